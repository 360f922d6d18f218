// The names in examples: tables, fields, parameters, and the records that they expect.
#include "rulepack/references.h"
#include "rulepack/settings.h"

namespace caseaudit::rulepack {

using yaml::Node;

namespace {

class ExampleChecker {
  public:
    ExampleChecker(const Pack& pack, const dataset::Dataset& dataset, Diagnostics& errors)
        : pack_(pack), dataset_(dataset), errors_(errors) {}

    void check(const Rule& rule) {
        for (std::size_t i = 0; i < rule.examples.size(); ++i) {
            example_ = &rule.examples[i];
            chain_ = {"pack " + pack_.id, "rule " + rule.id, fmt::format("example {}", i + 1)};
            tables(example_->given, false);
            tables(example_->prior, false);
            tables(example_->reference, true);
            settings();
            for (const std::string& record : example_->finds) expectation(record);
            for (const std::string& record : example_->undecided) undecided(record);
        }
    }

  private:
    void error(std::string_view code, std::string message, Place place, const std::string& fragment,
               std::string hint) {
        errors_.push_back({fmt::format("pack.{}", code), std::move(message), std::move(place), fragment,
                           std::move(hint), chain_});
    }

    Place place_of(const Node& node) const { return {example_->place.file, node.line, node.column}; }

    std::string suggestion(const std::string& name, const std::vector<std::string>& known) const {
        const std::string near = nearest(name, known);
        if (!near.empty()) return fmt::format("did you mean '{}'?", near);
        return fmt::format("one of {}", fmt::join(known, ", "));
    }

    std::vector<std::string> table_names(bool reference) const {
        std::vector<std::string> names;
        for (const auto& table : dataset_.tables) {
            if (table.reference == reference && !table.runs) names.push_back(table.name);
        }
        return names;
    }

    void tables(const Node& node, bool reference) {
        for (const auto& [name, rows] : node.entries) {
            const int found = dataset_.find_table(name.text);
            const auto known = table_names(reference);
            if (std::find(known.begin(), known.end(), name.text) == known.end()) {
                error("unknown-table",
                      fmt::format("the dataset {} has no table {} to give", dataset_.id, name.text),
                      place_of(name), name.text, suggestion(name.text, known));
                continue;
            }
            const auto& table = dataset_.tables[static_cast<std::size_t>(found)];
            for (const Node& row : rows.items) fields(row, table);
        }
    }

    void fields(const Node& row, const dataset::Table& table) {
        for (const auto& [name, cell] : row.entries) {
            if (table.find_field(name.text) >= 0) continue;
            std::vector<std::string> known;
            for (const auto& field : table.fields) known.push_back(field.name);
            error("unknown-field", fmt::format("{} has no field {}", table.name, name.text), place_of(name),
                  name.text, suggestion(name.text, known));
        }
    }

    void settings() {
        for (const auto& [name, text] : example_->set) {
            const auto found = pack_.parameters.find(name);
            std::optional<Diagnostic> diagnostic;
            if (found == pack_.parameters.end()) {
                diagnostic = unknown_parameter(name, parameter_names(pack_));
            } else {
                Parameter copy = found->second;
                diagnostic = set_parameter(copy, text);
            }
            if (!diagnostic) continue;
            error(diagnostic->code.substr(diagnostic->code.find('.') + 1), diagnostic->message,
                  example_->place, "", diagnostic->hint);
        }
    }

    bool names_table(const std::string& record) const {
        const std::size_t colon = record.find(':');  // a case key may hold one too
        return colon != std::string::npos && dataset_.find_table(record.substr(0, colon)) >= 0;
    }

    static bool holds(const Node& tables, const std::string& text) {
        for (const auto& table : tables.entries)
            for (const Node& row : table.second.items)
                for (const auto& cell : row.entries)
                    if (cell.second.text == text) return true;
        return false;
    }

    // A case's key is a cell of the example. What is found without one is named by the program, as
    // ?table.csv:2.
    void key(const std::string& record) {
        if (record.starts_with('?') || holds(example_->given, record) || holds(example_->prior, record))
            return;
        error("bad-value", fmt::format("{} is no case of the example", record), example_->place, "",
              "write the key of a case that is given");
    }

    void undecided(const std::string& record) {
        if (!names_table(record)) return key(record);
        error("bad-value", fmt::format("undecided names cases, and {} is a row", record), example_->place, "",
              "write the case's key");
    }

    // A case's key, or table:row with data rows from 1 among the given rows.
    void expectation(const std::string& record) {
        if (!names_table(record)) return key(record);
        const std::size_t colon = record.find(':');
        const std::string table = record.substr(0, colon);
        const Node* rows = example_->given.find(table);
        const std::string number = record.substr(colon + 1);
        const bool digits = !number.empty() && number.size() < 9 &&
                            number.find_first_not_of("0123456789") == std::string::npos;
        const std::size_t row = digits ? std::stoul(number) : 0;
        if (rows && row >= 1 && row <= rows->items.size()) return;
        error("bad-value", fmt::format("{} is no row of the example", record), example_->place, "",
              "write table:row, where the first row that is given is row 1");
    }

    const Pack& pack_;
    const dataset::Dataset& dataset_;
    Diagnostics& errors_;
    const Example* example_ = nullptr;
    std::vector<std::string> chain_;
};

}  // namespace

void check_examples(const std::vector<RuleDraft>& drafts, const Pack& pack, const dataset::Dataset& dataset,
                    Diagnostics& errors) {
    ExampleChecker checker(pack, dataset, errors);
    for (const RuleDraft& draft : drafts) checker.check(draft.rule);
}

}  // namespace caseaudit::rulepack
