#include "rulepack/contents.h"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <filesystem>

#include "rulepack/find.h"

namespace caseaudit::rulepack {
namespace {

void append(Diagnostics& to, Diagnostics from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

Diagnostic not_found(const std::string& what, const std::string& id, const Place& place,
                     const std::string& kind, const std::vector<std::string>& folders, const Layer& layer) {
    return {fmt::format("pack.unknown-{}", what),
            fmt::format("there is no {} {}", what, id),
            place,
            id,
            hint_for(id, ids_of(kind, folders), folders),
            {pack_title(layer), what}};
}

// The layer whose word on the dataset or calendar counts.
template <class Says>
const Layer& nearest_that(const std::vector<Layer>& layers, Says says) {
    const auto found = std::find_if(layers.rbegin(), layers.rend(), says);
    return found == layers.rend() ? layers.back() : *found;
}

// Where what `says` names is looked for: beside the pack itself, beside each that it extends as far as the
// one that says so, then in the same places as packs. So a pack may bring its own copy of what it inherits.
std::vector<std::string> folders_from(const std::vector<Layer>& layers, const Layer& says,
                                      const SearchPath& path) {
    SearchPath beside = {};
    for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer) {
        beside.folders.push_back(folders_near(layer->folder, {}).front());
        if (&*layer == &says) break;
    }
    beside.folders.insert(beside.folders.end(), path.folders.begin(), path.folders.end());
    return folders_near("", beside);
}

// `place`: what names the calendar.
void read_calendar(const std::string& id, const std::vector<Layer>& layers, const Layer& layer,
                   const Place& place, const SearchPath& path, Surroundings& found) {
    const auto folders = folders_from(layers, layer, path);
    const std::string file = find_file("calendars", id, folders);
    if (file.empty()) {
        found.calendar = not_found("calendar", id, place, "calendars", folders, layer);
    } else {
        found.calendar = calendar::WorkingDays::load(file);
        found.calendar_file = file;
    }
}

const Layer& layer_with_calendar(const std::vector<Layer>& layers) {
    return nearest_that(layers, [](const Layer& layer) { return !layer.calendar.empty(); });
}

// The calendar that a pack names; where none does, it is the dataset's.
void read_calendar(const std::vector<Layer>& layers, const SearchPath& path, Surroundings& found) {
    const Layer& says = layer_with_calendar(layers);
    if (!says.calendar.empty()) read_calendar(says.calendar, layers, says, says.calendar_place, path, found);
}

void read_dataset(const std::vector<Layer>& layers, const SearchPath& path, Surroundings& found) {
    const Layer& says = nearest_that(layers, [](const Layer& layer) { return !layer.dataset.empty(); });
    const auto folders = folders_from(layers, says, path);
    if (says.dataset.empty()) {
        const yaml::Document* document = says.pack_file.document.get();
        if (!document || document->root.kind != yaml::Node::Kind::map) return;  // then that is the error
        found.dataset = Diagnostic{"pack.missing-key",
                                   "the pack names no dataset",
                                   {document->file, document->root.line, document->root.column},
                                   "",
                                   "write dataset: and one of those that caseaudit list datasets shows",
                                   {pack_title(says)}};
        return;
    }
    const std::string file = find_file("datasets", says.dataset, folders);
    if (file.empty()) {
        found.dataset = not_found("dataset", says.dataset, says.dataset_place, "datasets", folders, says);
        return;
    }
    found.dataset = dataset::load(file);
    if (!*found.dataset || !layer_with_calendar(layers).calendar.empty()) return;
    const std::string& calendar = (**found.dataset).calendar;
    if (!calendar.empty()) read_calendar(calendar, layers, says, says.dataset_place, path, found);
}

// A file still to be read, and where its contents go.
struct Task {
    std::string path, chain;
    FileContents* into;
    bool examples_file, with_examples;
    std::uintmax_t size;  // bytes; 0 where that cannot be told
};

std::uintmax_t size_of(const std::string& path) {
    std::error_code trouble;
    const auto size = std::filesystem::file_size(path, trouble);
    return trouble ? 0 : size;
}

template <class Range>
void sort_largest_first(Range& files) {  // so that no thread is left with one at the end
    std::stable_sort(files.begin(), files.end(),
                     [](const auto& a, const auto& b) { return a.size > b.size; });
}

std::vector<Task> list_files(std::vector<Layer>& layers, bool examples, Diagnostics& errors) {
    std::vector<Task> tasks;
    for (Layer& layer : layers) {
        const std::string chain = pack_title(layer);
        const PackFiles files = files_of(layer.folder);
        for (const std::string& file : files.misnamed) {
            errors.push_back({"pack.file-name",
                              "the file is not read: its name does not end in .yaml",
                              {file, 0, 0},
                              "",
                              "rename it to .yaml, or move it out of the pack",
                              {chain}});
        }
        if (!files.readable) {
            errors.push_back({"pack.unreadable",
                              "a folder of the pack cannot be read",
                              {layer.folder, 0, 0},
                              "",
                              "check its permissions",
                              {chain}});
        }
        const bool read_examples = examples && &layer == &layers.back();
        layer.files.resize(files.rules.size() + (read_examples ? files.examples.size() : 0));
        std::size_t next = 0;
        for (const std::string& file : files.rules) {
            tasks.push_back({file, chain, &layer.files[next++], false, read_examples, size_of(file)});
        }
        if (!read_examples) continue;
        for (const std::string& file : files.examples) {
            tasks.push_back({file, chain, &layer.files[next++], true, true, size_of(file)});
        }
    }
    return tasks;
}

void read(const Task& task, Parsed& parsed) {
    const auto found = parsed.find(task.path);
    auto reading = found != parsed.end() ? std::move(found->second) : yaml::read_file(task.path);
    *task.into = task.examples_file ? read_examples_file(std::move(reading), task.chain)
                                    : read_rule_file(std::move(reading), task.chain, task.with_examples);
}

}  // namespace

Parsed parse_files(const std::string& folder, bool examples) {
    struct File {
        std::string path;
        std::uintmax_t size;
        yaml::Reading reading;
    };
    const PackFiles listed = files_of(folder);
    std::vector<File> files;
    for (const std::string& path : listed.rules) files.push_back({path, size_of(path), {}});
    if (examples)
        for (const std::string& path : listed.examples) files.push_back({path, size_of(path), {}});
    sort_largest_first(files);
    tbb::parallel_for(
        tbb::blocked_range<std::size_t>(0, files.size(), 1),
        [&](const tbb::blocked_range<std::size_t>& range) {
            for (std::size_t i = range.begin(); i < range.end(); ++i)
                files[i].reading = yaml::read_file(files[i].path);
        },
        tbb::simple_partitioner());
    Parsed parsed;
    for (File& file : files) parsed.emplace(std::move(file.path), std::move(file.reading));
    return parsed;
}

Surroundings read_contents(std::vector<Layer>& layers, Parsed parsed, const SearchPath& path, bool examples,
                           Diagnostics& errors) {
    Surroundings found;
    std::vector<Task> tasks = list_files(layers, examples, errors);
    sort_largest_first(tasks);
    tbb::parallel_for(
        tbb::blocked_range<std::size_t>(0, tasks.size() + 2, 1),
        [&](const tbb::blocked_range<std::size_t>& range) {
            for (std::size_t i = range.begin(); i < range.end(); ++i) {
                if (i == 0) {
                    read_dataset(layers, path, found);
                } else if (i == 1) {
                    read_calendar(layers, path, found);
                } else {
                    read(tasks[i - 2], parsed);
                }
            }
        },
        tbb::simple_partitioner());
    for (Layer& layer : layers) {
        append(errors, std::move(layer.pack_file.errors));
        for (FileContents& file : layer.files) append(errors, std::move(file.errors));
    }
    if (found.dataset && !*found.dataset) append(errors, found.dataset->errors());
    if (found.calendar && !*found.calendar) append(errors, found.calendar->errors());
    return found;
}

}  // namespace caseaudit::rulepack
