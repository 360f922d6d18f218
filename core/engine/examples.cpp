#include "engine/examples.h"

#include <set>

#include "casebook/load.h"
#include "engine/run.h"
#include "rulepack/constant.h"
#include "rulepack/optional_tables.h"

namespace caseaudit::engine {
namespace {

using casebook::MemoryTable;
using expression::Which;

struct Collected : FindingConsumer {
    const dataset::Dataset& dataset;
    std::set<std::string> cases, subjects, unjudged;
    explicit Collected(const dataset::Dataset& of) : dataset(of) {}
    // Examples name tables as packs do, findings by their published labels.
    std::string_view table_name(std::string_view label) const {
        for (const auto& table : dataset.tables)
            if (table.label == label) return table.name;
        return label;
    }
    void take(std::size_t, std::vector<Finding>&& findings, bool) override {
        for (const auto& finding : findings) {
            cases.emplace(finding.case_key);
            for (const auto& record : finding.records)
                if (record.role == Role::subject)
                    subjects.insert(fmt::format("{}:{}", table_name(record.table), record.row));
        }
    }
    void undecided(std::uint32_t, std::string_view case_key) override { unjudged.emplace(case_key); }
};

std::string listed(const std::set<std::string>& entries) {
    return entries.empty() ? "nothing" : fmt::format("{}", fmt::join(entries, ", "));
}

// One example of one rule.
struct ExampleRun {
    const rulepack::LoadedPack& pack;
    const plugin::Registry& registry;
    const rulepack::Rule& rule;
    const rulepack::Example& example;
    Diagnostics& errors;

    void error(const yaml::Node* node, std::string message, std::string fragment, std::string hint) {
        Place place = example.place;
        if (node != nullptr) place = {example.place.file, node->line, node->column};
        errors.push_back({"example.wrong",
                          std::move(message),
                          std::move(place),
                          std::move(fragment),
                          std::move(hint),
                          {fmt::format("rule {}", rule.id), "examples"}});
    }

    void read_row(MemoryTable& table, const yaml::Node& row) {
        const auto& definition = pack.dataset.tables[table.table];
        auto& cells = table.rows.emplace_back(definition.fields.size());
        if (row.kind != yaml::Node::Kind::map) {
            error(&row, fmt::format("a record of '{}' is written {{field: value}}", definition.name),
                  row.text, "");
            return;
        }
        for (const auto& [key, value] : row.entries) {
            const int field = definition.find_field(key.text);
            if (field >= 0) {
                cells[static_cast<std::size_t>(field)] = value.text;
                continue;
            }
            std::vector<std::string> known;
            for (const auto& f : definition.fields) known.push_back(f.name);
            const auto near = nearest(key.text, known);
            error(&key, fmt::format("'{}' is no field of {}", key.text, definition.name), key.text,
                  near.empty() ? "" : fmt::format("did you mean '{}'?", near));
        }
    }

    MemoryTable empty(int table, Which which) const {
        MemoryTable memory{table, which, {}, {}};
        for (const auto& field : pack.dataset.tables[table].fields) memory.columns.push_back(field.name);
        return memory;
    }

    bool optional(const std::string& table, Which which, bool reference) const {
        const std::string prefix = reference ? "reference." : which == Which::prior ? "prior." : "";
        return std::any_of(rule.optional.begin(), rule.optional.end(), [&](const std::string& entry) {
            const auto parts = rulepack::alternatives_of(entry);
            return std::find(parts.begin(), parts.end(), prefix + table) != parts.end();
        });
    }

    // Tables that an example does not mention are there and empty, so that it need not list them; those that
    // the rule can do without are not there.
    void read(const yaml::Node& given, Which which, bool reference, std::vector<MemoryTable>& out) {
        for (const auto& [name, rows] : given.entries) {
            const int table = pack.dataset.find_table(name.text);
            if (table >= 0 && pack.dataset.tables[table].reference == reference &&
                !pack.dataset.tables[table].runs)
                continue;
            error(&name, fmt::format("'{}' is no table an example can give here", name.text), name.text, "");
        }
        for (int t = 0; t < static_cast<int>(pack.dataset.tables.size()); ++t) {
            const auto& definition = pack.dataset.tables[t];
            if (definition.reference != reference || definition.runs) continue;
            MemoryTable table = empty(t, which);
            const auto* rows = given.find(definition.name);
            if (!rows && optional(definition.name, which, reference)) continue;
            if (rows)
                for (const auto& row : rows->items) read_row(table, row);
            out.push_back(std::move(table));
        }
    }

    std::optional<rulepack::LoadedPack> with_parameters() {
        rulepack::LoadedPack changed = pack;
        changed.pack.rules = {rule};
        for (const auto& [name, text] : example.set) {
            const auto found = changed.pack.parameters.find(name);
            const auto value = found == changed.pack.parameters.end()
                                   ? std::nullopt
                                   : rulepack::constant_from(text, found->second.value.kind);
            if (!value) {
                error(
                    nullptr,
                    fmt::format("set: '{}' is no parameter of the pack, or the value does not fit it", name),
                    name, "");
                return {};
            }
            found->second.value = *value;
        }
        return changed;
    }

    void compare(const Collected& collected, const RuleOutcome& outcome, std::size_t number,
                 ExampleReport& report) {
        const std::set<std::string> expected(example.finds.begin(), example.finds.end());
        const bool by_row = std::any_of(expected.begin(), expected.end(), [&](const std::string& entry) {
            return pack.dataset.find_table(entry.substr(0, entry.find(':'))) >= 0 &&
                   entry.find(':') != entry.npos;
        });
        const auto& found = by_row ? collected.subjects : collected.cases;
        const std::set<std::string> undecided(example.undecided.begin(), example.undecided.end());
        const auto fail = [&](std::string want, std::string got) {
            report.failures.push_back({rule.id, number, example.place, std::move(want), std::move(got)});
        };
        if (outcome.status != Status::ran)
            return fail("finds " + listed(expected), "the rule was not run: " + outcome.reason);
        if (found != expected) return fail("finds " + listed(expected), "found " + listed(found));
        if (example.has_undecided && collected.unjudged != undecided)
            fail("undecided " + listed(undecided), "undecided " + listed(collected.unjudged));
        if (!example.has_undecided && outcome.undecided > 0 && outcome.passed + outcome.failed == 0)
            report.unjudged.push_back({rule.id, number, example.place});
    }

    void run(std::size_t number, ExampleReport& report) {
        std::vector<MemoryTable> tables;
        const std::size_t before = errors.size();
        read(example.given, Which::current, false, tables);
        if (example.prior.kind == yaml::Node::Kind::map) read(example.prior, Which::prior, false, tables);
        if (example.reference.kind == yaml::Node::Kind::map)
            read(example.reference, Which::current, true, tables);
        const auto changed = with_parameters();
        if (errors.size() != before || !changed) return;
        const auto loaded = casebook::load_memory(pack.dataset, tables);
        const auto environment = rulepack::environment(*changed, 0);
        PlanOptions options;
        options.as_at = example.as_at.value_or(environment.collection_end.value_or(0));
        auto planned = plan(*changed, registry, options);
        if (!planned) {
            errors.insert(errors.end(), planned.errors().begin(), planned.errors().end());
            return;
        }
        std::vector<Plan> plans;
        plans.push_back(std::move(*planned));
        auto outcomes = prepare(plans, loaded.casebook);
        Collected collected(pack.dataset);
        RunOptions run_options;
        run_options.tell_undecided = true;
        run_options.show_identifiers = true;  // examples are of nobody
        run_options.cases_per_range =
            std::numeric_limits<std::uint32_t>::max();  // one range: no locking needed
        engine::run(plans, loaded.casebook, run_options, outcomes, collected);
        compare(collected, outcomes.front(), number, report);
    }
};

}  // namespace

ExampleReport run_examples(const rulepack::LoadedPack& pack, const plugin::Registry& registry,
                           const std::set<std::string>& only) {
    ExampleReport report;
    for (const auto& rule : pack.pack.rules) {
        if (!only.empty() && !only.contains(rule.id)) continue;
        ++(rule.examples.empty() ? report.rules_without : report.rules_with);
        std::size_t number = 0;
        for (const auto& example : rule.examples) {
            ++report.examples;
            ExampleRun{pack, registry, rule, example, report.errors}.run(++number, report);
        }
    }
    return report;
}

}  // namespace caseaudit::engine
