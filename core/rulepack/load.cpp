// From a name to a pack: its layers and their files, put together and judged.
#include "platform/do_both.h"
#include "rulepack/contents.h"
#include "rulepack/find.h"
#include "rulepack/lineage.h"
#include "rulepack/merge.h"
#include "rulepack/pack.h"
#include "rulepack/references.h"

namespace caseaudit::rulepack {

namespace {

void append(Diagnostics& to, Diagnostics from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

std::vector<std::string> files_read(const std::vector<Layer>& layers, const Surroundings& found) {
    std::vector<std::string> files{(**found.dataset).file};
    if (!found.calendar_file.empty()) files.push_back(found.calendar_file);
    for (const Layer& layer : layers) {
        if (layer.pack_file.document) files.push_back(layer.pack_file.document->file);
        for (const FileContents& file : layer.files)
            if (file.document) files.push_back(file.document->file);
    }
    return files;
}

LoadedPack finish(Merged merged, Surroundings found, const std::vector<Layer>& layers) {
    LoadedPack loaded;
    loaded.files = files_read(layers, found);
    loaded.pack = std::move(merged.pack);
    loaded.dataset = **std::move(found.dataset);
    if (found.calendar && *found.calendar) loaded.working_days = **std::move(found.calendar);
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
    Surroundings found = read_contents(lineage.layers, std::move(parsed), path, options.examples, errors);
    lineage.digest_all();
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
        check_units(merged, errors);
    }
    check_collections(lineage.layers.back(), path, errors);
    append(errors, set_parameters({&merged.pack}, options.set));
    if (found.dataset && *found.dataset) {
        check_tables(merged, **found.dataset, errors);
        if (options.examples) check_examples(merged.drafts, merged.pack, **found.dataset, errors);
        inspection.pack = finish(std::move(merged), std::move(found), lineage.layers);
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
