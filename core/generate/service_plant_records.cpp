// Errors in one cell: a value that cannot be read, is on no list, or is not there.
#include <array>
#include <utility>

#include "generate/service_planting.h"

namespace caseaudit::generate::service {
namespace {

struct CellError {
    std::string_view rule;
    Table table;
    std::size_t column;
    std::string_view text;  // what is put there
    bool filled = false;    // into a cell that holds something only
};

constexpr CellError rare_errors[] = {
    {"dates-unreadable-in-care-leavers", Table::care_leavers, leavers::contact, no_day},
    {"dates-unreadable-in-permanence", Table::permanence, permanence::matched, no_day},
    {"values-unreadable-in-permanence", Table::permanence, permanence::together, "some"},
    {"dates-unreadable-in-missing-episodes", Table::missing, missing::end, no_day},
    {"dates-unreadable-in-protection-plans", Table::cp_plans, cp_plans::start, no_day},
    {"values-unreadable-in-protection-plans", Table::cp_plans, cp_plans::ola, "perhaps"},
    {"dates-unreadable-in-protection-reviews", Table::cp_reviews, cp_reviews::date, no_day},
    {"values-unreadable-in-protection-reviews", Table::cp_reviews, cp_reviews::quorate, "perhaps"},
    {"dates-unreadable-in-review-changes", Table::changes, changes::changed, no_day},
    {"values-unreadable-in-review-changes", Table::changes, changes::area, "perhaps"},
    {"dates-unreadable-in-disputes", Table::disputes, disputes::raised, no_day},
    {"dispute-raised-date-missing", Table::disputes, disputes::raised, ""},
    {"codes-unknown-in-disputes", Table::disputes, disputes::category, "weather"},
    {"dates-unreadable-in-dispute-stages", Table::dispute_stages, stages::started, no_day},
    {"dispute-stage-start-missing", Table::dispute_stages, stages::started, ""},
    {"values-unreadable-in-dispute-stages", Table::dispute_stages, stages::stage, "first"},
};
constexpr CellError common_errors[] = {
    {"dates-unreadable-in-persons", Table::person, person::dob, no_day},
    {"date-of-birth-missing", Table::person, person::dob, ""},
    {"values-unreadable-in-persons", Table::person, person::send, "perhaps"},
    {"dates-unreadable-in-episodes", Table::episodes, episodes::end, no_day},
    {"episode-start-missing", Table::episodes, episodes::start, ""},
    {"dates-unreadable-in-placements", Table::placements, placements::start, no_day},
    {"placement-start-missing", Table::placements, placements::start, ""},
    {"values-unreadable-in-placements", Table::placements, placements::distance, "far"},
    {"dates-unreadable-in-reviews", Table::reviews, reviews::date, no_day},
    {"codes-unknown-in-reviews", Table::reviews, reviews::participation, "PN9", true},
    {"dates-unreadable-in-visits", Table::visits, visits::date, no_day},
    {"visit-date-missing", Table::visits, visits::date, ""},
    {"values-unreadable-in-visits", Table::visits, visits::seen, "perhaps"},
    {"dates-unreadable-in-health-checks", Table::health, health::date, no_day},
    {"health-check-date-missing", Table::health, health::date, ""},
    {"dates-unreadable-in-legal-statuses", Table::legal_status, legal::start, no_day},
    {"legal-status-start-missing", Table::legal_status, legal::start, ""},
    {"dates-unreadable-in-involvements", Table::involvements, involvements::start, no_day},
    {"dates-unreadable-in-care-plans", Table::care_plans, care_plans::start, no_day},
    {"dates-unreadable-in-notifications", Table::notifications, notifications::notified, no_day},
    {"entry-date-missing", Table::notifications, notifications::came, ""},
    {"dates-unreadable-in-review-documents", Table::documents, documents::completed, no_day},
    {"codes-unknown-in-review-documents", Table::documents, documents::kind, "letter"},
    {"codes-unknown-in-review-attendance", Table::attendance, attendance::role, "uncle"},
    {"dates-unreadable-in-plans", Table::plans, plans::updated, no_day},
    {"codes-unknown-in-plans", Table::plans, plans::grade, "excellent"},
    {"plan-kind-missing", Table::plans, plans::kind, ""},
    {"dates-unreadable-in-oversight", Table::oversight, oversight::date, no_day},
    {"codes-unknown-in-oversight", Table::oversight, oversight::kind, "stroll"},
    {"oversight-date-missing", Table::oversight, oversight::date, ""},
    {"oversight-kind-missing", Table::oversight, oversight::kind, ""},
    {"dates-unreadable-in-case-activity", Table::activity, activity::date, no_day},
    {"case-activity-date-missing", Table::activity, activity::date, ""},
    {"dates-unreadable-in-significant-events", Table::significant_events, events::notified, no_day},
    {"significant-event-date-missing", Table::significant_events, events::date, ""},
    {"dates-unreadable-in-permanence-meetings", Table::permanence_meetings, meetings::agreed, no_day},
    {"permanence-meeting-date-missing", Table::permanence_meetings, meetings::date, ""},
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
