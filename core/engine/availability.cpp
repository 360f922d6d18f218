#include "engine/availability.h"

namespace caseaudit::engine {

using casebook::Casebook;
using dataset::Dataset;
using expression::Need;
using expression::Which;

namespace {

std::string need_name(const Dataset& dataset, const Need& need, bool with_field) {
    const auto& table = dataset.tables[need.table];
    std::string name = need.which == Which::prior ? "prior." + table.name : table.name;
    if (with_field && need.field >= 0) name += "." + table.fields[need.field].name;
    return name;
}

bool may_be_absent(const std::vector<std::string>& optional, const Dataset& dataset, const Need& need) {
    const auto listed = [&](const std::string& name) {
        return std::any_of(optional.begin(), optional.end(), [&](const std::string& entry) {
            return entry == name || entry == "reference." + name;
        });
    };
    return listed(need_name(dataset, need, false)) ||
           (need.field >= 0 && listed(need_name(dataset, need, true)));
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

std::string lacking(const std::vector<std::string>& optional, const std::set<Need>& needs,
                    const std::vector<expression::Alternative>& alternatives, const Casebook& casebook) {
    Lack lack(alternatives, casebook);
    for (const Need& need : needs)
        if (!may_be_absent(optional, casebook.dataset(), need)) lack.look(need);
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
