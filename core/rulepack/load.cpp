// From a name to a pack: its layers, all their files in parallel, put together and judged.
#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include <filesystem>

#include "platform/do_both.h"
#include "rulepack/digest.h"
#include "rulepack/find.h"
#include "rulepack/merge.h"
#include "rulepack/pack.h"
#include "rulepack/references.h"

namespace caseaudit::rulepack {

namespace {

void append(Diagnostics& to, Diagnostics from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

// Reads the pack.yaml of a pack and of all those it extends, each once, base before heir.
class Lineage {
  public:
    explicit Lineage(const SearchPath& path) : path_(path) {}

    void add(const std::string& folder) {
        Layer layer = read_pack_file(folder);
        open_.push_back({same_folder(folder), layer.id.empty() ? folder : layer.id});
        const auto folders = folders_near(folder, path_);
        std::vector<std::string> bases;
        // The first named is the nearest: it comes last, and so its word counts over the others'.
        for (auto extended = layer.extends.rbegin(); extended != layer.extends.rend(); ++extended) {
            const std::string base = find_base(layer, *extended, folders);
            if (!base.empty()) bases.push_back(same_folder(base));
        }
        open_.pop_back();
        done_.push_back(same_folder(folder));
        direct_bases.push_back(std::move(bases));
        layers.push_back(std::move(layer));
    }

    // Positions in `layers` of the packs that the layer extends by its own words.
    std::vector<std::size_t> bases_of(std::size_t layer) const {
        std::vector<std::size_t> positions;
        for (const std::string& base : direct_bases[layer]) {
            positions.push_back(
                static_cast<std::size_t>(std::find(done_.begin(), done_.end(), base) - done_.begin()));
        }
        return positions;
    }

    std::vector<Layer> layers;
    std::vector<std::vector<std::string>> direct_bases;
    Diagnostics errors;

  private:
    struct Open {
        std::string folder, name;
    };

    std::string find_base(const Layer& layer, const Layer::Extended& extended,
                          const std::vector<std::string>& folders) {
        const auto error = [&](std::string_view code, std::string message, std::string hint) {
            errors.push_back({fmt::format("pack.{}", code),
                              std::move(message),
                              extended.place,
                              extended.name,
                              std::move(hint),
                              {pack_title(layer), "extends"}});
            return "";
        };
        const std::string folder = find_pack(extended.name, layer.folder, folders);
        if (folder.empty()) {
            std::vector<std::string> known;
            for (const Found& pack : find_packs({folders})) {
                if (pack.id != layer.id) known.push_back(pack.id);
            }
            return error("not-found", fmt::format("there is no pack {}", extended.name),
                         hint_for(extended.name, known, folders));
        }
        const std::string same = same_folder(folder);
        const auto opened =
            std::find_if(open_.begin(), open_.end(), [&](const Open& one) { return one.folder == same; });
        if (opened != open_.end()) {
            std::string cycle;
            for (auto one = opened; one != open_.end(); ++one) cycle += one->name + " → ";
            return error("cycle",
                         fmt::format("packs extend each other in a circle: {}{}", cycle, opened->name),
                         "take one of the extends out");
        }
        if (std::find(done_.begin(), done_.end(), same) == done_.end()) add(folder);
        return folder;
    }

    const SearchPath& path_;
    std::vector<Open> open_;         // the packs whose bases are being read
    std::vector<std::string> done_;  // folder of each layer
};

// What is read in parallel: the files of all layers, the dataset and its calendar.
struct Reading {
    std::optional<Result<dataset::Dataset>> dataset;
    std::optional<Result<calendar::WorkingDays>> calendar;
    std::string calendar_file;
};

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

// `place`: what names the calendar.
void read_calendar(const std::string& id, const Layer& layer, const Place& place, const SearchPath& path,
                   Reading& reading) {
    const auto folders = folders_near(layer.folder, path);
    const std::string file = find_file("calendars", id, folders);
    if (file.empty()) {
        reading.calendar = not_found("calendar", id, place, "calendars", folders, layer);
    } else {
        reading.calendar = calendar::WorkingDays::load(file);
        reading.calendar_file = file;
    }
}

const Layer& layer_with_calendar(const std::vector<Layer>& layers) {
    return nearest_that(layers, [](const Layer& layer) { return !layer.calendar.empty(); });
}

// The calendar that a pack names; where none does, it is the dataset's.
void read_calendar(const std::vector<Layer>& layers, const SearchPath& path, Reading& reading) {
    const Layer& says = layer_with_calendar(layers);
    if (!says.calendar.empty()) read_calendar(says.calendar, says, says.calendar_place, path, reading);
}

void read_dataset(const std::vector<Layer>& layers, const SearchPath& path, Reading& reading) {
    const Layer& says = nearest_that(layers, [](const Layer& layer) { return !layer.dataset.empty(); });
    const auto folders = folders_near(says.folder, path);
    if (says.dataset.empty()) {
        const yaml::Document* document = says.pack_file.document.get();
        if (!document || document->root.kind != yaml::Node::Kind::map) return;  // then that is the error
        reading.dataset = Diagnostic{"pack.missing-key",
                                     "the pack names no dataset",
                                     {document->file, document->root.line, document->root.column},
                                     "",
                                     "write dataset: and one of those that caseaudit list datasets shows",
                                     {pack_title(says)}};
        return;
    }
    const std::string file = find_file("datasets", says.dataset, folders);
    if (file.empty()) {
        reading.dataset = not_found("dataset", says.dataset, says.dataset_place, "datasets", folders, says);
        return;
    }
    reading.dataset = dataset::load(file);
    if (!*reading.dataset || !layer_with_calendar(layers).calendar.empty()) return;
    const std::string& calendar = (**reading.dataset).calendar;
    if (!calendar.empty()) read_calendar(calendar, layers.back(), says.dataset_place, path, reading);
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

// Documents by path. Those of the pack itself are parsed while its lineage is still being made out.
using Parsed = std::map<std::string, yaml::Reading>;

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

Reading read_all(std::vector<Layer>& layers, Parsed parsed, const SearchPath& path, bool examples,
                 Diagnostics& errors) {
    Reading reading;
    std::vector<Task> tasks = list_files(layers, examples, errors);
    sort_largest_first(tasks);
    tbb::parallel_for(
        tbb::blocked_range<std::size_t>(0, tasks.size() + 2, 1),
        [&](const tbb::blocked_range<std::size_t>& range) {
            for (std::size_t i = range.begin(); i < range.end(); ++i) {
                if (i == 0) {
                    read_dataset(layers, path, reading);
                } else if (i == 1) {
                    read_calendar(layers, path, reading);
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
    if (reading.dataset && !*reading.dataset) append(errors, reading.dataset->errors());
    if (reading.calendar && !*reading.calendar) append(errors, reading.calendar->errors());
    return reading;
}

// Over the files that decide results, and the packs they build on; examples change nothing.
std::string digest_of(const Layer& layer, const std::vector<const Layer*>& bases) {
    std::vector<std::string> names;
    names.reserve(bases.size());
    std::vector<std::pair<std::string_view, std::string_view>> parts;
    for (const Layer* base : bases) {
        names.push_back("extends " + base->id);
        parts.emplace_back(names.back(), base->sha256);
    }
    const auto add = [&](const FileContents& file) {
        if (!file.document || file.document->file.ends_with(".examples.yaml")) return;
        std::string_view name = file.document->file;
        if (name.starts_with(layer.folder)) name.remove_prefix(layer.folder.size());
        parts.emplace_back(name, file.document->text);
    };
    add(layer.pack_file);
    for (const FileContents& file : layer.files) add(file);
    return digest(std::move(parts));
}

void digest_all(Lineage& lineage) {
    for (std::size_t i = 0; i < lineage.layers.size(); ++i) {
        std::vector<const Layer*> bases;
        for (const std::size_t base : lineage.bases_of(i)) bases.push_back(&lineage.layers[base]);
        lineage.layers[i].sha256 = digest_of(lineage.layers[i], bases);
    }
}

std::vector<std::string> files_read(const std::vector<Layer>& layers, const Reading& reading) {
    std::vector<std::string> files{(**reading.dataset).file};
    if (!reading.calendar_file.empty()) files.push_back(reading.calendar_file);
    for (const Layer& layer : layers) {
        if (layer.pack_file.document) files.push_back(layer.pack_file.document->file);
        for (const FileContents& file : layer.files)
            if (file.document) files.push_back(file.document->file);
    }
    return files;
}

LoadedPack finish(Merged merged, Reading reading, const std::vector<Layer>& layers) {
    LoadedPack loaded;
    loaded.files = files_read(layers, reading);
    loaded.pack = std::move(merged.pack);
    loaded.dataset = **std::move(reading.dataset);
    if (reading.calendar && *reading.calendar) loaded.working_days = **std::move(reading.calendar);
    if (loaded.pack.calendar.empty()) loaded.pack.calendar = loaded.dataset.calendar;
    for (auto& [name, list] : merged.lists) loaded.pack.lists.emplace(name, std::move(list.values));
    for (auto& [name, declared] : merged.expressions)
        loaded.pack.named.emplace(name, std::move(declared.named));
    loaded.pack.rules.reserve(merged.drafts.size());
    for (RuleDraft& draft : merged.drafts) loaded.pack.rules.push_back(std::move(draft.rule));
    return loaded;
}

Diagnostic no_such_pack(const std::string& name, const SearchPath& path) {
    if (name.find('/') != std::string::npos) {
        return {"pack.not-found",
                fmt::format("there is no pack in {}", name),
                {},
                name,
                "a pack is a folder that holds pack.yaml",
                {}};
    }
    std::vector<std::string> known;
    for (const Found& pack : find_packs(path)) known.push_back(pack.id);
    return {"pack.not-found",
            fmt::format("there is no pack {}", name),
            {},
            name,
            hint_for(name, known, path.folders),
            {}};
}

void check_collections(const Layer& layer, const SearchPath& path, Diagnostics& errors) {
    const auto folders = folders_near(layer.folder, path);
    for (const auto& [year, named] : layer.collections) {
        if (!find_pack(named.name, layer.folder, folders).empty()) continue;
        Diagnostic error = no_such_pack(named.name, {folders});
        error.place = named.place;
        error.within = {pack_title(layer), fmt::format("collection {}", year)};
        errors.push_back(std::move(error));
    }
}

}  // namespace

Inspection inspect(const std::string& name_or_path, const SearchPath& path, const LoadOptions& options) {
    Inspection inspection;
    const std::string folder = find_pack(name_or_path, "", path.folders);
    if (folder.empty()) {
        inspection.errors.push_back(no_such_pack(name_or_path, path));
        return inspection;
    }
    Lineage lineage(path);
    Parsed parsed;
    platform::do_both([&] { lineage.add(folder); }, [&] { parsed = parse_files(folder, options.examples); });
    Diagnostics& errors = inspection.errors;
    append(errors, std::move(lineage.errors));
    Reading reading = read_all(lineage.layers, std::move(parsed), path, options.examples, errors);
    digest_all(lineage);
    // Names are judged only when every file could be read: a rule in an unread file may use or declare them.
    const bool complete = std::all_of(lineage.layers.begin(), lineage.layers.end(), [](const Layer& layer) {
        return layer.pack_file.document &&
               std::all_of(layer.files.begin(), layer.files.end(),
                           [](const FileContents& file) { return file.document != nullptr; });
    });
    const bool extends_found = std::none_of(errors.begin(), errors.end(), [](const Diagnostic& error) {
        return error.code == "pack.not-found" || error.code == "pack.cycle";
    });
    Merged merged = merge(lineage.layers);
    if (complete && extends_found) {
        append(errors, std::move(merged.errors));
        check_names(lineage.layers, merged, errors);
    }
    check_collections(lineage.layers.back(), path, errors);
    append(errors, set_parameters({&merged.pack}, options.set));
    if (reading.dataset && *reading.dataset) {
        check_tables(merged, **reading.dataset, errors);
        if (options.examples) check_examples(merged.drafts, merged.pack, **reading.dataset, errors);
        inspection.pack = finish(std::move(merged), std::move(reading), lineage.layers);
    }
    sort_by_place(errors);
    return inspection;
}

Result<LoadedPack> load(const std::string& name_or_path, const SearchPath& path, const LoadOptions& options) {
    Inspection inspection = inspect(name_or_path, path, options);
    if (!inspection.errors.empty()) return std::move(inspection.errors);
    return *std::move(inspection.pack);
}

expression::Environment environment(const LoadedPack& loaded, calendar::Day as_at) {
    expression::Environment environment;
    for (const auto& [name, parameter] : loaded.pack.parameters)
        environment.parameters.emplace(name, parameter.value);
    environment.lists = loaded.pack.lists;
    environment.named = loaded.pack.named;
    environment.as_at = as_at;
    const auto day = [&](const std::string& name, std::optional<calendar::Day> otherwise) {
        const auto found = loaded.pack.parameters.find(name);
        const bool date =
            found != loaded.pack.parameters.end() && found->second.value.kind == expression::Kind::date;
        return date ? std::optional(found->second.value.date) : otherwise;
    };
    environment.collection_start = day("collection_start", loaded.dataset.collection_start);
    environment.collection_end = day("collection_end", loaded.dataset.collection_end);
    environment.working_days = loaded.working_days;
    return environment;
}

bool in_force(const Pack& pack, const Rule& rule, calendar::Day as_at) {
    const auto from = rule.effective_from ? rule.effective_from : pack.effective_from;
    const auto to = rule.effective_to ? rule.effective_to : pack.effective_to;
    return (!from || *from <= as_at) && (!to || as_at <= *to);
}

}  // namespace caseaudit::rulepack
