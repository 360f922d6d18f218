#include "engine/timeline.h"

#include <algorithm>

namespace caseaudit::engine {
namespace {

using casebook::Casebook;
using casebook::CellState;
using casebook::Which;

// A day that could be read, or "".
std::string day(const Casebook& casebook, int table, int field, std::uint32_t row) {
    if (field < 0 ||
        !casebook.table(table, Which::current).columns[static_cast<std::size_t>(field)].present())
        return {};
    if (casebook.state(table, Which::current, field, row) != CellState::present) return {};
    return casebook.cell(table, Which::current, field, row);
}

bool is_blank(const Casebook& casebook, int table, int field, std::uint32_t row) {
    return field >= 0 &&
           casebook.table(table, Which::current).columns[static_cast<std::size_t>(field)].present() &&
           casebook.state(table, Which::current, field, row) == CellState::missing;
}

void add_row(const Casebook& casebook, int table, const dataset::TimelineEntry& entry, std::uint32_t row,
             const Discretion* discretion, std::vector<TimelineRow>& rows) {
    TimelineRow made;
    made.date = day(casebook, table, entry.date, row);
    if (made.date.empty()) return;
    if (discretion != nullptr && discretion->is_misplaced(table, Which::current, row)) return;
    made.end = day(casebook, table, entry.end, row);
    made.open = is_blank(casebook, table, entry.end, row);
    const auto& definition = casebook.dataset().tables[static_cast<std::size_t>(table)];
    const auto origin = casebook.origin(table, Which::current, row);
    made.kind = entry.kind;
    made.table = definition.label;
    made.file = origin.file;
    made.row = origin.row;
    made.line = origin.line;
    for (const int field : entry.show) {
        if (!casebook.table(table, Which::current).columns[static_cast<std::size_t>(field)].present())
            continue;
        made.fields.emplace_back(definition.fields[static_cast<std::size_t>(field)].name,
                                 discretion == nullptr ? casebook.cell(table, Which::current, field, row)
                                                       : discretion->cell(table, Which::current, field, row));
    }
    rows.push_back(std::move(made));
}

std::vector<TimelineRow> rows_of(const Casebook& casebook, const dataset::Timelines& kinds,
                                 const Discretion* discretion, std::uint32_t case_index) {
    std::vector<TimelineRow> rows;
    for (int table = 0; table < static_cast<int>(kinds.size()); ++table) {
        const auto& view = casebook.table(table, Which::current);
        if (!view.present || view.case_starts.empty()) continue;
        for (const auto& entry : kinds[static_cast<std::size_t>(table)])
            for (std::uint32_t row = view.case_starts[case_index]; row < view.case_starts[case_index + 1];
                 ++row)
                add_row(casebook, table, entry, row, discretion, rows);
    }
    std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.date < b.date; });
    return rows;
}

}  // namespace

std::vector<Timeline> timelines(const Casebook& casebook, const dataset::Timelines& kinds,
                                const std::vector<Finding>& findings, const Discretion* discretion,
                                std::string_view but) {
    std::vector<Timeline> out;
    for (const auto& finding : findings) {
        if (!finding.case_known || finding.case_key == but) continue;
        if (!out.empty() && out.back().case_key == finding.case_key) continue;
        out.push_back({finding.case_key, rows_of(casebook, kinds, discretion, finding.case_number)});
    }
    return out;
}

void add_timeline_fields(const dataset::Timelines& kinds, casebook::FieldsUsed& used) {
    const auto add = [&](std::size_t table, int field) {
        used.add(static_cast<int>(table), Which::current, field, casebook::Use::shown);
    };
    for (std::size_t table = 0; table < kinds.size(); ++table)
        for (const dataset::TimelineEntry& entry : kinds[table]) {
            add(table, entry.date);
            add(table, entry.end);
            for (const int field : entry.show) add(table, field);
        }
}

}  // namespace caseaudit::engine
