#include "casebook/load.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>

#include "casebook/build.h"
#include "casebook/bundles.h"
#include "casebook/column_notes.h"
#include "casebook/damage.h"
#include "casebook/folder.h"
#include "casebook/heading_row.h"
#include "casebook/load_file.h"
#include "casebook/phases.h"
#include "casebook/record_layout.h"
#include "dataset/headings.h"
#include "extract/listing.h"
#include "extract/window.h"

namespace caseaudit::casebook {
namespace {

// Files mostly list their cases in one order: a thread that reads the same part of each meets few keys that
// the others meet as well, and need not look those up among all (see KeyTrail). One that has done its part
// helps with the next.
void run_by_place(const std::vector<extract::ReadTask>& tasks) {
    struct Part {
        std::vector<const extract::ReadTask*> tasks;
        std::atomic<std::size_t> next = 0;
    };
    const auto count = static_cast<std::size_t>(tbb::this_task_arena::max_concurrency());
    std::vector<Part> parts(count);
    for (const extract::ReadTask& task : tasks)
        parts[static_cast<std::size_t>(task.place * static_cast<double>(count))].tasks.push_back(&task);
    tbb::parallel_for(
        tbb::blocked_range<std::size_t>(0, count, 1),
        [&](const tbb::blocked_range<std::size_t>& range) {
            extract::Workspace workspace;
            for (std::size_t i = 0; i < count; ++i) {
                Part& part = parts[(range.begin() + i) % count];
                for (std::size_t next; (next = part.next++) < part.tasks.size();)
                    part.tasks[next]->run(workspace);
            }
        },
        tbb::simple_partitioner());
}

}  // namespace

class ExtractFiles::Loader {
  public:
    Loader(const dataset::Dataset& dataset, const LoadRequest& request, EarlyFiles early)
        : dataset_(dataset), request_(request), early_(std::move(early)), collection_(dataset) {}

    // Empty when all went well.
    Diagnostics open() {
        Diagnostics errors;
        add_folder(Which::current, errors);
        if (!request_.prior.empty()) add_folder(Which::prior, errors);
        add_references(errors);
        if (!errors.empty()) return errors;
        const auto layout = record_layout(dataset_);
        open_files(files_, layout ? &*layout : nullptr);
        if (Diagnostics several = check_whole_files(files_); !several.empty()) return several;
        for (LoadFile& file : files_)
            if (!file.is_whole()) recognise(file);
        for (LoadFile& file : files_)
            if (file.is_whole()) recognise(file);
        return check_recognised();
    }

    bool read_if_small() {
        std::uint64_t bytes = 0;
        for (const LoadFile& file : files_)
            if (file.part == 0) bytes += file.bytes();
        const bool is_small = bytes <= small_extract;
        if (is_small) read();
        return is_small;
    }

    Result<LoadedExtract> load(const FieldsUsed& used, Phases* phases) {
        LapClock clock(phases, platform::system_clock());
        collection_.keep(used);
        read();
        if (Diagnostics twice = check_twice(dataset_, files_); !twice.empty()) return twice;
        for (LoadFile& file : files_) settle_whole(dataset_, file, collection_);
        for (LoadFile& file : files_) finish(file);
        clock.lap(&Phases::read);
        auto casebook = std::move(collection_).build(notes_, clock);
        if (!casebook) return casebook.errors();
        sort_results();
        Diagnostics damaged = damage(*casebook, inputs_);
        notes_.insert(notes_.end(), std::make_move_iterator(damaged.begin()),
                      std::make_move_iterator(damaged.end()));
        return LoadedExtract{std::move(*casebook), std::move(inputs_), std::move(all_rejected_),
                             std::move(notes_), rejected_of_current_};
    }

  private:
    void add_folder(Which which, Diagnostics& errors) {
        for (std::string& file : taken(extract_folder(request_, which), which, errors)) {
            LoadFile& added = files_.emplace_back();
            if (const auto opened = early_.sources_.find(file); opened != early_.sources_.end())
                added.source = std::move(opened->second);
            added.path = std::move(file);
            added.which = which;
        }
    }

    // The folder's files; the rest of it goes where it is told.
    std::vector<std::string> taken(Result<Folder> folder, Which which, Diagnostics& errors) {
        const auto append = [](auto& to, const auto& from) { to.insert(to.end(), from.begin(), from.end()); };
        if (!folder) {
            append(errors, folder.errors());
            return {};
        }
        append(rejected_[which == Which::prior ? 1 : 0], folder->rejected);
        append(notes_, folder->notes);
        return std::move(folder->files);
    }

    void add_references(Diagnostics& errors) {
        for (const auto& [name, path] : request_.reference) {
            const int table = dataset_.find_table(name);
            if (table < 0 || !dataset_.tables[static_cast<std::size_t>(table)].reference) {
                errors.push_back(unknown_reference(name));
                continue;
            }
            for (std::string& file : taken(reference_folder(path, name), Which::current, errors)) {
                LoadFile& added = files_.emplace_back();
                added.path = std::move(file);
                added.table = table;
                added.is_reference = true;
            }
        }
    }

    Diagnostic unknown_reference(const std::string& name) const {
        std::vector<std::string> names;
        for (const dataset::Table& table : dataset_.tables) {
            if (table.reference) names.push_back(table.name);
        }
        Diagnostic trouble;
        trouble.code = "casebook.unknown-reference";
        trouble.message = fmt::format("dataset {} has no reference table '{}'", dataset_.id, name);
        trouble.fragment = name;
        const std::string near = nearest(name, names);
        if (!near.empty()) {
            trouble.hint = fmt::format("did you mean '{}'?", near);
        } else if (!names.empty()) {
            trouble.hint = fmt::format("its reference tables are: {}", fmt::join(names, ", "));
        }
        return trouble;
    }

    static std::string with_hint(const Diagnostic& trouble) {
        return trouble.hint.empty() ? trouble.message : fmt::format("{}; {}", trouble.message, trouble.hint);
    }

    void reject_file(const LoadFile& file, const std::string& reason) {
        rejected_[file.which == Which::prior ? 1 : 0].push_back(
            {.file = file.opened() ? file.shown() : extract::shown_name(file.path),
             .line = 0,
             .row = 0,
             .column = 0,
             .reason = reason});
    }

    bool has_no_column(const LoadFile& file) const {
        const auto named =
            dataset::name_fields(dataset_.tables[static_cast<std::size_t>(file.table)], file.columns());
        return std::all_of(named.field.begin(), named.field.end(), [](int field) { return field < 0; });
    }

    // Finds the file's table and readies it for the rows.
    void recognise(LoadFile& file) {
        if (!file.opened()) return reject_file(file, with_hint(file.trouble.front()));
        if (is_cover(dataset_, files_, file)) return;
        std::string why = name_table(dataset_, file);
        const bool odd = file.table < 0 || (file.is_reference && has_no_column(file));
        if (std::string misplaced; odd && !(misplaced = misplaced_headings(dataset_, file)).empty())
            return reject_file(file, misplaced);
        if (file.table < 0) return reject_file(file, why);
        if (is_elsewhere(files_, file)) return;
        const dataset::Table& definition = dataset_.tables[static_cast<std::size_t>(file.table)];
        if (definition.runs) {
            return reject_file(
                file, fmt::format("the table {} is derived from others and not read", definition.name));
        }
        FileColumns match = match_columns(dataset_, definition, file.columns());
        if (file.part == 0) notes_.insert(notes_.end(), file.notes().begin(), file.notes().end());
        Diagnostics about = column_notes(definition, match, file.columns(), file.shown());
        std::move(about.begin(), about.end(), std::back_inserter(notes_));
        if (std::string lost = lost_line_break(match, file.columns()); !lost.empty()) reject_file(file, lost);
        file.input.table = definition.name;
        file.input.which = file.which;
        file.input.file = file.shown();
        file.input.path = file.path;
        file.input.encoding = file.encoding();
        file.input.unknown_columns = unknown_names(match, file.columns());
        file.input.absent_columns = std::move(match.absent);
        file.rows =
            &collection_.table(file.table, file.which).add_file(std::move(match.column_of), match.key_column);
    }

    Diagnostics check_recognised() const {
        const bool any = std::any_of(files_.begin(), files_.end(), [](const LoadFile& file) {
            return file.rows != nullptr && !file.is_reference && file.which == Which::current;
        });
        if (any) return {};
        Diagnostic trouble;
        trouble.code = "casebook.nothing-recognised";
        trouble.message = fmt::format("no file in {} is a table of dataset {}", request_.input, dataset_.id);
        trouble.place.file = request_.input;
        std::vector<std::string> names;
        for (const dataset::Table& table : dataset_.tables) {
            if (!table.runs && !table.reference) names.push_back(table.name);
        }
        trouble.hint = fmt::format("name the files after their tables ({}) or give them the tables' columns",
                                   fmt::join(few(names), ", "));
        Diagnostics all{std::move(trouble)};
        for (const extract::Rejected& file : rejected_[0]) {
            Diagnostic each;
            each.code = "casebook.file-not-used";
            each.message = file.reason;
            each.place.file = file.file;
            all.push_back(std::move(each));
        }
        return all;
    }

    // What was not read before. Largest first, so that no thread is left with a large file at the end.
    void read() {
        std::vector<LoadFile*> order;
        for (LoadFile& file : files_) {
            if (!file.is_read && (file.bundle ? file.part == 0 : file.rows != nullptr))
                order.push_back(&file);
        }
        std::stable_sort(order.begin(), order.end(),
                         [](const LoadFile* a, const LoadFile* b) { return a->bytes() > b->bytes(); });
        std::vector<extract::ReadTask> tasks;
        for (LoadFile* file : order) {
            file->is_read = true;
            if (file->bundle)
                tasks.push_back({0, [file](extract::Workspace&) { read_bundle(file); }});
            else
                add_tasks(*file, tasks);
        }
        run_by_place(tasks);
    }

    // The last task to end gives the file's memory back.
    static void add_tasks(LoadFile& file, std::vector<extract::ReadTask>& tasks) {
        auto own = file.source->tasks(*file.rows);
        const auto left = std::make_shared<std::atomic<std::size_t>>(own.size());
        for (extract::ReadTask& task : own) {
            tasks.push_back(
                {task.place, [&file, left, run = std::move(task.run)](extract::Workspace& workspace) {
                     run(workspace);
                     if (--*left > 0) return;
                     file.report = file.source->finish();
                     file.source.reset();
                 }});
        }
    }

    void finish(LoadFile& file) {
        auto& rejected = rejected_[file.which == Which::prior ? 1 : 0];
        rejected.insert(rejected.end(), file.unplaced.begin(), file.unplaced.end());
        notes_.insert(notes_.end(), file.read_notes.begin(), file.read_notes.end());
        if (file.rows == nullptr) return;
        if (file.report.blank > 0 && file.report.accepted > 0) notes_.push_back(passed_over(file));
        file.rows->part.file = file.input.file;
        file.rows->part.lines = std::move(file.report.lines);
        file.input.sha256 = std::move(file.report.sha256);
        file.input.rejected = static_cast<std::uint64_t>(
            std::count_if(file.report.rejected.begin(), file.report.rejected.end(),
                          [](const extract::Rejected& entry) { return entry.line > 0; }));
        file.input.rows = file.report.accepted + file.input.rejected;
        rejected.insert(rejected.end(), std::make_move_iterator(file.report.rejected.begin()),
                        std::make_move_iterator(file.report.rejected.end()));
        inputs_.push_back(std::move(file.input));
    }

    static Diagnostic passed_over(const LoadFile& file) {
        Diagnostic note;
        note.code = "extract.blank-rows";
        note.place.file = file.input.file;
        note.message = file.report.blank == 1
                           ? std::string("1 row that holds nothing but blank cells was passed over")
                           : fmt::format("{} rows that hold nothing but blank cells were passed over",
                                         file.report.blank);
        return note;
    }

    void sort_results() {
        std::stable_sort(inputs_.begin(), inputs_.end(), [](const Input& a, const Input& b) {
            return std::tie(a.which, a.file) < std::tie(b.which, b.file);
        });
        rejected_of_current_ = rejected_[0].size();
        for (auto& rejected : rejected_) {
            std::stable_sort(rejected.begin(), rejected.end(),
                             [](const extract::Rejected& a, const extract::Rejected& b) {
                                 return std::tie(a.file, a.line) < std::tie(b.file, b.line);
                             });
            if (all_rejected_.empty())
                all_rejected_ = std::move(rejected);
            else
                all_rejected_.insert(all_rejected_.end(), rejected.begin(), rejected.end());
        }
    }

    static constexpr std::uint64_t small_extract = std::uint64_t{16} << 20;  // bytes

    const dataset::Dataset& dataset_;
    const LoadRequest& request_;
    EarlyFiles early_;
    Collection collection_;
    std::vector<LoadFile> files_;
    std::vector<extract::Rejected> rejected_[2];  // of the current extract, of the prior one
    std::vector<extract::Rejected> all_rejected_;
    std::size_t rejected_of_current_ = 0;
    std::vector<Input> inputs_;
    Diagnostics notes_;
};

ExtractFiles::ExtractFiles(std::unique_ptr<Loader> loader) : loader_(std::move(loader)) {}
ExtractFiles::ExtractFiles(ExtractFiles&&) noexcept = default;
ExtractFiles::~ExtractFiles() = default;

EarlyFiles EarlyFiles::open(const LoadRequest& request) {
    std::vector<LoadFile> files;
    for (const std::string& path : {request.input, request.prior}) {
        if (path.empty()) continue;
        auto listing = extract::list_files(path);
        if (!listing) continue;
        for (std::string& file : listing->files)
            if (!extract::is_bundle(file)) files.emplace_back().path = std::move(file);
    }
    open_files(files, nullptr);
    EarlyFiles early;
    for (LoadFile& file : files)
        if (file.source) early.sources_.emplace(file.path, std::move(file.source));
    return early;
}

Result<ExtractFiles> ExtractFiles::open(const dataset::Dataset& dataset, const LoadRequest& request,
                                        EarlyFiles early) {
    auto loader = std::make_unique<Loader>(dataset, request, std::move(early));
    if (Diagnostics errors = loader->open(); !errors.empty()) return errors;
    return ExtractFiles(std::move(loader));
}

bool ExtractFiles::read_if_small() {
    return loader_->read_if_small();
}

Result<LoadedExtract> ExtractFiles::load(const FieldsUsed& used, Phases* phases) && {
    return loader_->load(used, phases);
}

Result<LoadedExtract> load_extract(const dataset::Dataset& dataset, const LoadRequest& request,
                                   Phases* phases) {
    auto files = ExtractFiles::open(dataset, request);
    if (!files) return files.errors();
    return std::move(*files).load(FieldsUsed::all(dataset), phases);
}

}  // namespace caseaudit::casebook
