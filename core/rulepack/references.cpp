#include "rulepack/references.h"

#include <set>

#include "rulepack/dollar_names.h"
#include "rulepack/optional_tables.h"
#include "rulepack/settings.h"
#include "yaml/scalar_place.h"

namespace caseaudit::rulepack {

using yaml::Node;

namespace {

// Parameters that the engine itself reads, or that every pack of a return declares.
constexpr std::array<std::string_view, 3> always_used = {"collection_start", "collection_end",
                                                         "local_authority"};

std::string suggestion(const std::string& name, const std::vector<std::string>& known,
                       std::string otherwise) {
    const std::string near = nearest(name, known);
    return near.empty() ? std::move(otherwise) : fmt::format("did you mean '{}'?", near);
}

template <class Map>
void add_keys(const Map& map, std::vector<std::string>& names) {
    for (const auto& [name, value] : map) names.push_back(name);
}

void unknown_names(const std::vector<NameUse>& uses, const Merged& merged, std::set<std::string>& used,
                   Diagnostics& errors) {
    for (const NameUse& use : uses) {
        used.insert(use.name);
        const bool known = merged.pack.parameters.contains(use.name) || merged.lists.contains(use.name) ||
                           merged.expressions.contains(use.name);
        if (known) continue;
        std::vector<std::string> names;
        add_keys(merged.pack.parameters, names);
        add_keys(merged.lists, names);
        add_keys(merged.expressions, names);
        used.insert(nearest(use.name, names));  // what was meant is not unused as well
        errors.push_back(
            {"pack.unknown-name",
             fmt::format("${} is no parameter, list or expression of the pack", use.name),
             yaml::place_in(*use.document, *use.node, use.offset), "$" + use.name,
             suggestion(use.name, names, "declare it in pack.yaml under parameters, lists or expressions"),
             use.within});
    }
}

// What a key says that was given before is not judged; still its names are in use.
void use_names(const Node& node, std::set<std::string>& used) {
    for (const DollarName& name : dollar_names(node.text)) used.emplace(name.name);
    for (const Node& item : node.items) use_names(item, used);
    for (const auto& [key, value] : node.entries) use_names(value, used);
}

void judge_names(const FileContents& file, const Merged& merged, std::set<std::string>& used,
                 Diagnostics& errors) {
    unknown_names(file.uses, merged, used, errors);
    for (const Node& node : file.document->left_out) use_names(node, used);
}

// The names from the first to itself, when the expression uses itself through others; else empty.
std::vector<std::string> find_loop(const std::string& name,
                                   const std::map<std::string, DeclaredExpression>& all,
                                   std::vector<std::string>& path, std::set<std::string>& done) {
    const auto seen = std::find(path.begin(), path.end(), name);
    if (seen != path.end()) {
        std::vector<std::string> loop(seen, path.end());
        loop.push_back(name);
        return loop;
    }
    const auto declared = all.find(name);
    if (declared == all.end() || done.contains(name)) return {};
    path.push_back(name);
    for (const std::string& used : declared->second.uses) {
        auto loop = find_loop(used, all, path, done);
        if (!loop.empty()) return loop;
    }
    path.pop_back();
    done.insert(name);
    return {};
}

void self_use(const std::vector<Layer>& layers, const Merged& merged, Diagnostics& errors) {
    std::set<std::string> done;
    for (const auto& [name, declared] : merged.expressions) {
        std::vector<std::string> path;
        const auto loop = find_loop(name, merged.expressions, path, done);
        if (loop.empty()) continue;
        done.insert(loop.begin(), loop.end());
        errors.push_back({"pack.expression-cycle",
                          fmt::format("expression {} uses itself: ${}", loop[0], fmt::join(loop, " → $")),
                          merged.expressions.at(loop[0]).place,
                          loop[0],
                          "write one of them without the other",
                          {pack_title(layers.back())}});
    }
}

class TableChecker {
  public:
    TableChecker(const dataset::Dataset& dataset, Diagnostics& errors) : dataset_(dataset), errors_(errors) {}

    void check(const RuleDraft& draft) {
        within_ = {"pack " + draft.rule.defined_in, "rule " + draft.rule.id};
        const auto& tables = draft.rule.for_each;
        for (std::size_t i = 0; i < tables.size(); ++i)
            population(tables[i], draft.for_each_places[i], tables.size());
        for (std::size_t i = 0; i < draft.rule.fields.size(); ++i)
            shown(draft.rule.fields[i], tables, draft.fields_places[i]);
        for (std::size_t i = 0; i < draft.rule.optional.size(); ++i)
            optional(draft.rule.optional[i], draft.optional_places[i]);
    }

    void check(const Measure& measure) {
        within_ = {"pack " + measure.pack, "measure " + measure.id};
        if (!measure.for_each.empty()) population(measure.for_each, measure.for_each_place, 1);
        for (std::size_t i = 0; i < measure.optional.size(); ++i)
            optional(measure.optional[i], measure.optional_places[i]);
    }

  private:
    // Those that have rows to judge.
    std::vector<std::string> judged_tables() const {
        std::vector<std::string> names;
        for (const auto& table : dataset_.tables)
            if (!table.reference) names.push_back(table.name);
        return names;
    }

    std::vector<std::string> all_tables() const {
        std::vector<std::string> names;
        for (const auto& table : dataset_.tables) names.push_back(table.name);
        return names;
    }

    static std::vector<std::string> fields(const dataset::Table& table) {
        std::vector<std::string> names;
        for (const auto& field : table.fields) names.push_back(field.name);
        return names;
    }

    void error(std::string_view code, std::string message, const Place& place, const std::string& fragment,
               std::string hint, std::string_view key) {
        auto within = within_;
        within.emplace_back(key);
        errors_.push_back({fmt::format("pack.{}", code), std::move(message), place, fragment, std::move(hint),
                           std::move(within)});
    }

    void unknown_table(const std::string& name, const Place& place, const std::string& fragment,
                       const std::vector<std::string>& known, std::string_view key) {
        auto hint = fmt::format("the dataset's tables are {}", fmt::join(judged_tables(), ", "));
        error("unknown-table", fmt::format("the dataset {} has no table {}", dataset_.id, name), place,
              fragment, suggestion(name, known, std::move(hint)), key);
    }

    void population(const std::string& name, const Place& place, std::size_t count) {
        if (name == "case") {
            if (count > 1)
                error("bad-value", "case cannot be one of several tables", place, name, "", "for_each");
            return;
        }
        const int found = dataset_.find_table(name);
        if (found < 0) {
            auto known = judged_tables();
            known.emplace_back("case");
            unknown_table(name, place, name, known, "for_each");
        } else if (dataset_.tables[static_cast<std::size_t>(found)].reference) {
            error("bad-value", fmt::format("{} is a reference table and has no rows to judge", name), place,
                  name, "rules judge the rows of the extract's own tables", "for_each");
        }
    }

    // A shown field is one of every table that the rule judges.
    void shown(const std::string& name, const std::vector<std::string>& judged, const Place& place) {
        std::vector<std::string> lacking, known;
        for (const std::string& table_name : judged) {
            const int found = dataset_.find_table(table_name);
            if (found < 0) continue;  // said already, or case
            const auto& table = dataset_.tables[static_cast<std::size_t>(found)];
            for (const auto& field : table.fields) known.push_back(field.name);
            if (table.find_field(name) < 0) lacking.push_back(table_name);
        }
        if (lacking.empty()) return;
        error("unknown-field",
              fmt::format("{} {} no field {}", fmt::join(lacking, " and "),
                          lacking.size() > 1 ? "have" : "has", name),
              place, name, suggestion(name, known, "fields are those of the tables under for_each"),
              "fields");
    }

    void optional(const std::string& entry, const Place& place) {
        for (const std::string& name : alternatives_of(entry)) absent(name, place);
    }

    // table, table.field, or either after "prior." or "reference.".
    void absent(const std::string& text, const Place& place) {
        std::string rest = text;
        for (const std::string_view prefix : {"prior.", "reference."}) {
            if (rest.starts_with(prefix)) rest = rest.substr(prefix.size());
        }
        const std::size_t dot = rest.find('.');
        const std::string table_name = rest.substr(0, dot);
        const int found = dataset_.find_table(table_name);
        if (found < 0) return unknown_table(table_name, place, text, all_tables(), "optional");
        if (dot == std::string::npos) return;
        const auto& table = dataset_.tables[static_cast<std::size_t>(found)];
        const std::string field = rest.substr(dot + 1);
        if (table.find_field(field) >= 0) return;
        error("unknown-field", fmt::format("{} has no field {}", table_name, field), place, text,
              suggestion(field, fields(table), "write table, or table.field"), "optional");
    }

    const dataset::Dataset& dataset_;
    Diagnostics& errors_;
    std::vector<std::string> within_;  // the pack, and its rule or measure
};

}  // namespace

void check_names(const std::vector<Layer>& layers, const Merged& merged, Diagnostics& errors) {
    std::set<std::string> used(always_used.begin(), always_used.end());
    for (const Layer& layer : layers) {
        judge_names(layer.pack_file, merged, used, errors);
        for (const FileContents& file : layer.files) judge_names(file, merged, used, errors);
    }
    self_use(layers, merged, errors);
    for (const auto& [name, parameter] : merged.pack.parameters) {
        if (used.contains(name)) continue;
        errors.push_back({"pack.unused-parameter",
                          fmt::format("parameter {} is used by no rule or expression", name),
                          parameter.place,
                          name,
                          "use it as $" + name + ", or remove it",
                          {pack_title(layers.back()), "parameter " + name}});
    }
}

void check_tables(const Merged& merged, const dataset::Dataset& dataset, Diagnostics& errors) {
    TableChecker checker(dataset, errors);
    for (const RuleDraft& draft : merged.drafts) checker.check(draft);
    for (const Measure& measure : merged.pack.measures) checker.check(measure);
}

}  // namespace caseaudit::rulepack
