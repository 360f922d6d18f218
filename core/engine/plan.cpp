#include "engine/plan.h"

#include "engine/availability.h"
#include "engine/measures.h"
#include "expression/identifiers.h"

#include <map>

namespace caseaudit::engine {
namespace {

using dataset::Dataset;
using expression::Kind;
using expression::Need;
using expression::NodeId;
using expression::Type;
using expression::Which;

// Plans one rule; collects its errors.
struct RulePlanner {
    const rulepack::LoadedPack& pack;
    const plugin::Registry& registry;
    Plan& plan;
    const rulepack::Rule& rule;
    Diagnostics& errors;

    std::vector<std::string> within() const {
        return {fmt::format("pack {}", rule.pack), fmt::format("rule {}", rule.id)};
    }

    void take(Diagnostics&& found) {
        for (auto& d : found) errors.push_back(std::move(d));
    }

    // Compiles text in the part's scope, notes what it needs; -1 after an error.
    NodeId compile(RulePart& part, const expression::Text& text, std::string_view key,
                   std::optional<Type> expected, bool required = true) {
        expression::Scope scope{part.table, Which::current, within()};
        scope.within.emplace_back(key);
        auto node = plan.compiler->compile(text, scope, expected);
        if (!node) {
            take(std::move(node.errors()));
            return -1;
        }
        if (required) note_needs(part, *node);
        return *node;
    }

    void note_needs(RulePart& part, NodeId node) {
        const auto& needs = plan.compiler->needs(node);
        part.needs.insert(needs.begin(), needs.end());
    }

    void compile_rows(RulePart& part, const expression::Text& text, std::string_view key,
                      std::vector<RowsNode>& out) {
        const NodeId node = compile(part, text, key, {});
        if (node < 0) return;
        const Type type = plan.compiler->type(node);
        if (type.kind == Kind::row || (type.kind == Kind::list && type.element == Kind::row)) {
            out.push_back({node, type.table, type.which});
            return;
        }
        errors.push_back(
            {"rule.not-rows",
             fmt::format("'{}' names records, so it takes rows, not {}", key, describe(type, pack.dataset)),
             text.place, text.text, "name a table, prev, next, or a filter of a table", within()});
    }

    void compile_population(RulePart& part) {
        if (rule.where) part.where = compile(part, *rule.where, "where", Type{Kind::boolean});
        for (const auto& text : rule.except)
            part.except.push_back(compile(part, text, "except", Type{Kind::boolean}));
    }

    void compile_message(RulePart& part, const caseaudit_check& check) {
        const auto schema = plugin::schema_of(check);
        for (const auto& piece : rule.message) {
            CompiledPiece compiled;
            compiled.text = piece.expression ? piece.expression->text : piece.text;
            if (piece.expression) {
                compiled.evidence = schema.shows(compiled.text);
                // What a message mentions never decides whether the rule can run.
                if (!compiled.evidence)
                    compiled.shown = shown(compile(part, *piece.expression, "message", {}, false));
            }
            part.message.push_back(std::move(compiled));
        }
    }

    // Who is to act never decides whether the rule can run.
    ShownNode compile_name(RulePart& part, const std::optional<expression::Text>& text) {
        if (!text) return {};
        return shown(compile(part, *text, "responsible", {}, false));
    }

    ShownNode shown(NodeId node) const {
        if (node < 0) return {};
        return {node, plan.compiler->type(node), shows_identifier(node),
                expression::field_shown(*plan.compiler->graph(), node)};
    }

    bool shows_identifier(NodeId node) const {
        return node >= 0 && expression::shows_identifier(*plan.compiler->graph(), node);
    }

    void choose_shown_fields(RulePart& part) {
        std::map<int, std::set<int>> shown;
        for (const Need& need : part.needs)
            if (need.field >= 0 && need.field != pack.dataset.tables[need.table].key.field)
                shown[need.table].insert(need.field);
        if (!rule.fields.empty() && part.table >= 0) {
            auto& fields = shown[part.table];
            fields.clear();
            for (const auto& name : rule.fields)
                if (const int field = pack.dataset.tables[part.table].find_field(name); field >= 0)
                    fields.insert(field);
        }
        for (const auto& [table, fields] : shown) {
            part.shown.emplace_back(table, std::vector<int>(fields.begin(), fields.end()));
            for (const int field : fields) compile_derived(part, table, field);
        }
    }

    void compile_derived(RulePart& part, int table, int field) {
        const auto& definition = pack.dataset.tables[table].fields[field];
        if (!definition.otherwise) return;
        for (const Which which : {Which::current, Which::prior}) {
            const bool read = part.needs.contains({table, which, field}) ||
                              (which == Which::current && table == part.table);
            if (!read) continue;
            auto node =
                plan.compiler->compile({definition.name, definition.place, {}}, {table, which, {}}, {});
            if (node) part.derived.push_back({table, which, field, *node});
        }
    }

    // Without its check a part is compiled for its errors alone.
    void plan_part(PlannedRule& planned, int table, const caseaudit_check* check) {
        RulePart part;
        part.table = table;
        if (table >= 0) part.needs.insert({table, Which::current, -1});
        const std::size_t before = errors.size();
        compile_population(part);
        if (check != nullptr) bind(part, *check);
        for (const auto& text : rule.also_report) compile_rows(part, text, "also_report", part.also_report);
        for (const auto& text : rule.context) compile_rows(part, text, "context", part.context);
        part.who = compile_name(part, rule.responsible.who);
        part.team = compile_name(part, rule.responsible.team);
        part.worker = compile_name(part, rule.responsible.worker);
        if (check == nullptr) return;
        compile_message(part, *check);
        if (errors.size() != before) return;
        create_check(part, *check);
        choose_shown_fields(part);
        planned.parts.push_back(std::move(part));
    }

    void bind(RulePart& part, const caseaudit_check& check) {
        part.definition = &check;
        auto bound = bind_arguments(rule, check, *plan.compiler, plan.environment,
                                    {part.table, Which::current, within()}, errors);
        part.arguments = std::move(bound.set);
        part.columns = std::move(bound.columns);
        for (const auto& column : part.columns) {
            note_needs(part, column.value);
            // Which column a check made a piece of evidence of is not known to anybody but the check.
            part.evidence_withheld |= shows_identifier(column.value);
        }
    }

    void create_check(RulePart& part, const caseaudit_check& check) {
        plugin::CompiledCheck::Refusal refusal;
        auto created = registry.create(
            check, pack.working_days,
            part.arguments->configuration(rule.pack, rule.id, plan.environment.as_at), refusal);
        if (created) {
            part.check = std::move(*created);
            return;
        }
        Place place = rule.check_place;
        for (const auto& argument : rule.with)
            if (argument.name == refusal.parameter) place = argument.name_place;
        errors.push_back(
            {"rule.refused",
             fmt::format("the check '{}' refuses this rule: {}{}", rule.check,
                         refusal.parameter.empty() ? "" : refusal.parameter + " ", refusal.message),
             place,
             refusal.parameter.empty() ? rule.check : refusal.parameter,
             {},
             within()});
    }

    // What is said of a check that is not there.
    void miss_check() {
        if (rule.check.empty() || registry.absent(rule.check)) return;  // told already
        auto unknown = registry.unknown_check(rule.check);
        unknown.place = rule.check_place;
        unknown.within = within();
        errors.push_back(std::move(unknown));
    }

    // Tables that the dataset does not have are told where the pack is read.
    void run(PlannedRule& planned) {
        const caseaudit_check* check = registry.find(rule.check);
        if (check == nullptr) miss_check();
        const std::size_t before = errors.size();
        for (const auto& name : rule.for_each) {
            const int table = pack.dataset.find_table(name);
            if (table >= 0 || name == "case") plan_part(planned, table, check);
        }
        tell_once(before);
    }

    // What is wrong with a rule of several tables, whichever of them it judges.
    void tell_once(std::size_t first) {
        const auto begin = errors.begin() + static_cast<std::ptrdiff_t>(first);
        auto kept = begin;
        for (auto one = begin; one != errors.end(); ++one) {
            const bool told = std::any_of(begin, kept, [&](const Diagnostic& other) {
                return other.place == one->place && other.message == one->message;
            });
            if (told) continue;
            if (kept != one) *kept = std::move(*one);
            ++kept;
        }
        errors.erase(kept, errors.end());
    }
};

std::string not_in_force(const rulepack::LoadedPack& pack, const rulepack::Rule& rule, calendar::Day as_at) {
    if (rule.disabled) return fmt::format("disabled by pack {}", rule.disabled_by);
    if (rulepack::in_force(pack.pack, rule, as_at)) return {};
    const auto from = rule.effective_from ? rule.effective_from : pack.pack.effective_from;
    const auto to = rule.effective_to ? rule.effective_to : pack.pack.effective_to;
    if (from && as_at < *from) return fmt::format("in force only from {}", calendar::to_iso(*from));
    return fmt::format("in force only until {}", calendar::to_iso(to.value_or(as_at)));
}

}  // namespace

Result<Plan> plan(const rulepack::LoadedPack& pack, const plugin::Registry& registry,
                  const PlanOptions& options) {
    Plan result;
    result.pack = &pack;
    result.environment = rulepack::environment(pack, options.as_at);
    result.compiler = std::make_unique<expression::Compiler>(pack.dataset, result.environment);
    Diagnostics errors;
    std::set<std::string> unknown = options.only;
    for (const auto& rule : pack.pack.rules) {
        unknown.erase(rule.id);
        if (!options.only.empty() && !options.only.contains(rule.id)) continue;
        auto& planned = result.rules.emplace_back();
        planned.rule = &rule;
        planned.skipped = not_in_force(pack, rule, options.as_at);
        RulePlanner{pack, registry, result, rule, errors}.run(planned);
    }
    if (options.only.empty()) plan_measures(pack, options.as_at, result, errors);
    std::vector<std::string> ids;
    for (const auto& rule : pack.pack.rules) ids.push_back(rule.id);
    for (const auto& id : unknown) {
        const auto near = nearest(id, ids);
        errors.push_back({"rule.unknown",
                          fmt::format("pack {} has no rule '{}'", pack.pack.id, id),
                          {},
                          id,
                          near.empty() ? fmt::format("'caseaudit list rules --pack {}' shows those there are",
                                                     pack.pack.id)
                                       : fmt::format("did you mean '{}'?", near),
                          {}});
    }
    if (!errors.empty()) return errors;
    return result;
}

}  // namespace caseaudit::engine
