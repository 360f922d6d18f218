// Errors in one cell: a value that cannot be read, is on no list, or is not there.
#include <array>
#include <utility>

#include "generate/service_planting.h"

namespace caseaudit::generate::service {
namespace {

struct CellError {
    std::string_view rule;
    std::size_t column;
    std::string_view text;  // what is put there
    Table table;
    bool filled = false;  // into a cell that holds something only
};

constexpr CellError rare_errors[] = {
    {"dates-unreadable-in-care-leavers", leavers::contact, no_day, Table::care_leavers},
    {"dates-unreadable-in-permanence", permanence::matched, no_day, Table::permanence},
    {"values-unreadable-in-permanence", permanence::together, "some", Table::permanence},
    {"dates-unreadable-in-missing-episodes", missing::end, no_day, Table::missing},
    {"dates-unreadable-in-protection-plans", cp_plans::start, no_day, Table::cp_plans},
    {"values-unreadable-in-protection-plans", cp_plans::ola, "perhaps", Table::cp_plans},
    {"dates-unreadable-in-protection-reviews", cp_reviews::date, no_day, Table::cp_reviews},
    {"values-unreadable-in-protection-reviews", cp_reviews::quorate, "perhaps", Table::cp_reviews},
    {"dates-unreadable-in-review-changes", changes::changed, no_day, Table::changes},
    {"values-unreadable-in-review-changes", changes::area, "perhaps", Table::changes},
    {"dates-unreadable-in-disputes", disputes::raised, no_day, Table::disputes},
    {"dispute-raised-date-missing", disputes::raised, "", Table::disputes},
    {"codes-unknown-in-disputes", disputes::category, "weather", Table::disputes},
    {"dates-unreadable-in-dispute-stages", stages::started, no_day, Table::dispute_stages},
    {"dispute-stage-start-missing", stages::started, "", Table::dispute_stages},
    {"values-unreadable-in-dispute-stages", stages::stage, "first", Table::dispute_stages},
};
constexpr CellError common_errors[] = {
    {"dates-unreadable-in-persons", person::dob, no_day, Table::person},
    {"date-of-birth-missing", person::dob, "", Table::person},
    {"values-unreadable-in-persons", person::send, "perhaps", Table::person},
    {"dates-unreadable-in-episodes", episodes::end, no_day, Table::episodes},
    {"episode-start-missing", episodes::start, "", Table::episodes},
    {"dates-unreadable-in-placements", placements::start, no_day, Table::placements},
    {"placement-start-missing", placements::start, "", Table::placements},
    {"values-unreadable-in-placements", placements::distance, "far", Table::placements},
    {"dates-unreadable-in-reviews", reviews::date, no_day, Table::reviews},
    {"codes-unknown-in-reviews", reviews::participation, "PN9", Table::reviews, true},
    {"dates-unreadable-in-visits", visits::date, no_day, Table::visits},
    {"visit-date-missing", visits::date, "", Table::visits},
    {"values-unreadable-in-visits", visits::seen, "perhaps", Table::visits},
    {"dates-unreadable-in-health-checks", health::date, no_day, Table::health},
    {"health-check-date-missing", health::date, "", Table::health},
    {"dates-unreadable-in-legal-statuses", legal::start, no_day, Table::legal_status},
    {"legal-status-start-missing", legal::start, "", Table::legal_status},
    {"dates-unreadable-in-involvements", involvements::start, no_day, Table::involvements},
    {"dates-unreadable-in-care-plans", care_plans::start, no_day, Table::care_plans},
    {"dates-unreadable-in-notifications", notifications::notified, no_day, Table::notifications},
    {"entry-date-missing", notifications::came, "", Table::notifications},
    {"dates-unreadable-in-review-documents", documents::completed, no_day, Table::documents},
    {"codes-unknown-in-review-documents", documents::kind, "letter", Table::documents},
    {"codes-unknown-in-review-attendance", attendance::role, "uncle", Table::attendance},
    {"dates-unreadable-in-plans", plans::updated, no_day, Table::plans},
    {"codes-unknown-in-plans", plans::grade, "excellent", Table::plans},
    {"plan-kind-missing", plans::kind, "", Table::plans},
    {"dates-unreadable-in-oversight", oversight::date, no_day, Table::oversight},
    {"codes-unknown-in-oversight", oversight::kind, "stroll", Table::oversight},
    {"oversight-date-missing", oversight::date, "", Table::oversight},
    {"oversight-kind-missing", oversight::kind, "", Table::oversight},
    {"dates-unreadable-in-case-activity", activity::date, no_day, Table::activity},
    {"case-activity-date-missing", activity::date, "", Table::activity},
    {"dates-unreadable-in-significant-events", events::notified, no_day, Table::significant_events},
    {"significant-event-date-missing", events::date, "", Table::significant_events},
    {"dates-unreadable-in-permanence-meetings", meetings::agreed, no_day, Table::permanence_meetings},
    {"permanence-meeting-date-missing", meetings::date, "", Table::permanence_meetings},
};

template <const auto& errors, std::size_t entry>
bool plant_cell(Planting& planting) {
    constexpr const CellError& error = errors[entry];
    const std::size_t row = planting.any(error.table, [&](std::size_t each) {
        return !error.filled || !planting.at(error.table, each, error.column).blank();
    });
    if (row == no_row) return false;
    planting.at(error.table, row, error.column) = error.text;
    return planting.report(error.rule, error.table, row);
}

template <const auto& errors, std::size_t... entries>
constexpr std::array<Planter, sizeof...(entries)> planters_of(std::index_sequence<entries...>) {
    return {plant_cell<errors, entries>...};
}

constexpr auto rare = planters_of<rare_errors>(std::make_index_sequence<std::size(rare_errors)>());
constexpr auto common = planters_of<common_errors>(std::make_index_sequence<std::size(common_errors)>());

}  // namespace

Planters record_planters() {
    return {rare, common};
}

}  // namespace caseaudit::generate::service
