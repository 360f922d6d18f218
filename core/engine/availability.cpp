#include "engine/availability.h"

#include "rulepack/optional_tables.h"

namespace caseaudit::engine {

using casebook::Casebook;
using dataset::Dataset;
using expression::Need;
using expression::Which;

namespace {

// The entry that names the need or its table, one that names it alone before one of "a or b"; empty if none
// does.
std::vector<Need> entry_for(const std::vector<std::string>& optional, const Dataset& dataset,
                            const Need& need) {
    std::vector<Need> found;
    for (const std::string& entry : optional) {
        std::vector<Need> parts;
        for (const std::string& name : rulepack::alternatives_of(entry))
            if (const auto part = optional_need(dataset, name)) parts.push_back(*part);
        const bool names = std::any_of(parts.begin(), parts.end(), [&](const Need& part) {
            return part == need || part == Need{need.table, need.which, -1};
        });
        if (names && (found.empty() || parts.size() == 1)) found = std::move(parts);
    }
    return found;
}

void add(std::vector<std::string>& list, std::string text) {
    if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(std::move(text));
}

// Collects what is lacking, and what would help.
class Lack {
  public:
    Lack(const std::vector<expression::Alternative>& alternatives, const Casebook& casebook)
        : alternatives_(alternatives), casebook_(casebook) {}

    void look(const Need& need) {
        if (holds(need) || derivable(need)) return;
        add(absent_, describe(need));
        const dataset::Table& table = casebook_.dataset().tables[need.table];
        if (table.reference && !casebook_.table(need.table, need.which).present) add(remedies_, supply(need));
        const bool there = casebook_.table(need.table, need.which).present;
        if (const auto* alternative = find(need); alternative != nullptr && there) help(*alternative);
    }
    void look_for_one_of(const std::vector<Need>& needs) {
        std::vector<std::string> names;
        for (const Need& need : needs) {
            if (holds(need) || derivable(need)) return;
            names.push_back(describe(need));
        }
        add(absent_, fmt::format("{}", fmt::join(names, " or ")));
    }
    std::string reason() const {
        if (absent_.empty()) return {};
        std::string text = fmt::format("the extract lacks {}", fmt::join(absent_, ", "));
        if (!remedies_.empty()) text += fmt::format("; give {}", fmt::join(remedies_, " and "));
        return text;
    }

  private:
    bool holds(const Need& need) const {
        const auto& view = casebook_.table(need.table, need.which);
        return view.present && (need.field < 0 || view.columns[need.field].present());
    }
    const expression::Alternative* find(const Need& need) const {
        for (const auto& alternative : alternatives_)
            if (alternative.column == need) return &alternative;
        return nullptr;
    }
    // The table itself must be there.
    bool derivable(const Need& need) const {
        const expression::Alternative* alternative = find(need);
        if (alternative == nullptr || !alternative->blank_parameters.empty()) return false;
        return casebook_.table(need.table, need.which).present &&
               std::all_of(alternative->needs.begin(), alternative->needs.end(),
                           [&](const Need& other) { return holds(other) || derivable(other); });
    }
    void help(const expression::Alternative& alternative) {
        for (const std::string& parameter : alternative.blank_parameters)
            add(remedies_, fmt::format("--set {}=VALUE", parameter));
        for (const Need& need : alternative.needs) {
            if (holds(need) || derivable(need)) continue;
            if (const expression::Alternative* further = find(need))
                help(*further);
            else
                add(remedies_, supply(need));
        }
    }
    std::string describe(const Need& need) const {
        const auto& table = casebook_.dataset().tables[need.table];
        const char* of = need.which == Which::prior ? " of the prior extract" : "";
        if (!casebook_.table(need.table, need.which).present)
            return fmt::format("table {}{}", table.label, of);
        return fmt::format("column {} of table {}{}", table.fields[need.field].name, table.label, of);
    }
    std::string supply(const Need& need) const {
        const auto& table = casebook_.dataset().tables[need.table];
        if (!table.reference || casebook_.table(need.table, need.which).present) return describe(need);
        return fmt::format("--reference {}=FILE{}", table.name,
                           table.source.empty() ? "" : fmt::format(" ({})", table.source));
    }

    const std::vector<expression::Alternative>& alternatives_;
    const Casebook& casebook_;
    std::vector<std::string> absent_, remedies_;
};

}  // namespace

std::optional<Need> optional_need(const Dataset& dataset, std::string_view name) {
    Need need{-1, Which::current, -1};
    if (name.starts_with("prior.")) {
        need.which = Which::prior;
        name.remove_prefix(6);
    } else if (name.starts_with("reference.")) {
        name.remove_prefix(10);
    }
    const auto dot = name.find('.');
    need.table = dataset.find_table(name.substr(0, dot));
    if (need.table < 0) return std::nullopt;
    if (dot == name.npos) return need;
    need.field = dataset.tables[need.table].find_field(name.substr(dot + 1));
    return need.field < 0 ? std::nullopt : std::optional(need);
}

std::string lacking(const std::vector<std::string>& optional, const std::set<Need>& needs,
                    const std::vector<expression::Alternative>& alternatives, const Casebook& casebook) {
    Lack lack(alternatives, casebook);
    for (const Need& need : needs) {
        const std::vector<Need> entry = entry_for(optional, casebook.dataset(), need);
        if (entry.empty())
            lack.look(need);
        else if (entry.size() > 1)
            lack.look_for_one_of(entry);
    }
    return lack.reason();
}

std::string lacking(const PlannedRule& planned, const std::vector<expression::Alternative>& alternatives,
                    const Casebook& casebook) {
    std::string first;
    for (const auto& part : planned.parts) {
        const auto reason = lacking(planned.rule->optional, part.needs, alternatives, casebook);
        if (reason.empty()) return {};
        if (first.empty()) first = reason;
    }
    return first;
}

}  // namespace caseaudit::engine
