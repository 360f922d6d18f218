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

}  // namespace

std::string lacking(const std::vector<std::string>& optional, const std::set<Need>& needs,
                    const Casebook& casebook) {
    const Dataset& dataset = casebook.dataset();
    std::vector<std::string> absent;
    for (const Need& need : needs) {
        if (may_be_absent(optional, dataset, need)) continue;
        const auto& view = casebook.table(need.table, need.which);
        const auto& table = dataset.tables[need.table];
        std::string text;
        if (!view.present) {
            text = fmt::format("table {}{}", table.label,
                               need.which == Which::prior ? " of the prior extract" : "");
        } else if (need.field >= 0 && !view.columns[need.field].present()) {
            text = fmt::format("column {} of table {}{}", table.fields[need.field].name, table.label,
                               need.which == Which::prior ? " of the prior extract" : "");
        }
        if (!text.empty() && std::find(absent.begin(), absent.end(), text) == absent.end())
            absent.push_back(text);
    }
    return absent.empty() ? std::string{} : fmt::format("the extract lacks {}", fmt::join(absent, ", "));
}

std::string lacking(const PlannedRule& planned, const Casebook& casebook) {
    std::string first;
    for (const auto& part : planned.parts) {
        const auto reason = lacking(planned.rule->optional, part.needs, casebook);
        if (reason.empty()) return {};
        if (first.empty()) first = reason;
    }
    return first;
}

}  // namespace caseaudit::engine
