// Disputes that do not go by the protocol. Each is a new one, so that every child's record allows it.
#include "generate/service_planting.h"

namespace caseaudit::generate::service {
namespace {

using P = Planting;

struct Raised {
    Value id;
    std::size_t row, stage;  // of the dispute, and of its only stage
    Day day;
};

// A dispute raised two months or more before the as-at date, answered on the next day and resolved on the one
// after.
std::optional<Raised> raise(P& p, std::string_view category = "other", std::uint32_t part = 9101) {
    const Care& care = p.child.care.back();
    const Day until = std::min(p.last_day(care), p.year.as_at - 60);
    if (until - care.start < 5) return std::nullopt;
    Raised raised;
    raised.day = p.random.between(std::max(care.start + 1, p.year.start), until);
    raised.id = Value::id("DR", p.child.number + 1, part);
    raised.stage =
        p.rows.add(Table::dispute_stages, {raised.id, Value::number(1), Value::date(raised.day),
                                           Value::date(raised.day + 1), Value::date(raised.day + 2)});
    raised.row =
        p.rows.add(Table::disputes, {raised.id, Value::id("P", p.child.number + 1),
                                     Value::id("IRO", Year::iro(p.child.number)), Value::date(raised.day),
                                     category, Value::date(raised.day + 2)});
    return raised;
}

bool dispute_cell(P& p, std::string_view rule, std::size_t column, Value value) {
    const auto raised = raise(p);
    if (!raised) return false;
    p.at(Table::disputes, raised->row, column) = value;
    return p.report(rule, Table::disputes, raised->row);
}
bool dispute_day(P& p, std::string_view rule, std::size_t column, int days) {
    const auto raised = raise(p);
    if (!raised) return false;
    p.at(Table::disputes, raised->row, column) = Value::date(raised->day + days);
    return p.report(rule, Table::disputes, raised->row);
}
bool stage_cell(P& p, std::string_view rule, std::size_t column, Value value) {
    const auto raised = raise(p);
    if (!raised) return false;
    p.at(Table::dispute_stages, raised->stage, column) = value;
    return p.report(rule, Table::dispute_stages, raised->stage);
}
bool stage_day(P& p, std::string_view rule, std::size_t column, int days) {
    const auto raised = raise(p);
    if (!raised) return false;
    p.at(Table::dispute_stages, raised->stage, column) = Value::date(raised->day + days);
    return p.report(rule, Table::dispute_stages, raised->stage);
}

bool without_stages(P& p) {
    const auto raised = raise(p);
    if (!raised) return false;
    p.rows.remove(Table::dispute_stages, raised->stage);
    return p.report("dispute-without-stages", Table::disputes, raised->row);
}

bool first_stage_late(P& p) {
    const auto raised = raise(p);
    if (!raised) return false;
    for (const std::size_t column : {stages::started, stages::responded, stages::ended})
        p.at(Table::dispute_stages, raised->stage, column) = Value::date(raised->day + 12);
    p.at(Table::disputes, raised->row, disputes::resolved) = Value::date(raised->day + 12);
    return p.report("dispute-first-stage-late", Table::disputes, raised->row);
}

bool without_response(P& p) {
    const auto raised = raise(p);
    if (!raised) return false;
    p.at(Table::dispute_stages, raised->stage, stages::responded) = {};
    return p.report("dispute-resolved-without-response", Table::disputes, raised->row);
}

bool stage_of(P& p, std::string_view rule, int number) {
    const auto raised = raise(p);
    if (!raised) return false;
    const Value day = Value::date(raised->day + 2);
    const std::size_t row =
        p.rows.add(Table::dispute_stages, {raised->id, Value::number(number), day, day, day});
    return p.report(rule, Table::dispute_stages, row);
}

bool raised_again(P& p) {
    const auto first = raise(p, "communication");
    if (!first) return false;
    const auto second = raise(p, "communication", 9102);
    // Of two raised on one day the rule reports the one that stands later in its table's order.
    const bool second_later = second->day >= first->day;
    return p.report("dispute-raised-again", Table::disputes, second_later ? second->row : first->row);
}

bool moves_on(P& p) {
    const auto raised = raise(p);
    if (!raised) return false;
    p.at(Table::disputes, raised->row, disputes::resolved) = {};
    p.at(Table::dispute_stages, raised->stage, stages::ended) = {};
    return p.report("dispute-moves-on", Table::dispute_stages, raised->stage);
}

bool neither_resolved_nor_moved_on(P& p) {
    const auto raised = raise(p);
    if (!raised) return false;
    p.at(Table::disputes, raised->row, disputes::resolved) = {};
    return p.report("dispute-neither-resolved-nor-moved-on", Table::dispute_stages, raised->stage);
}

constexpr Planter common[] = {
    [](P& p) { return dispute_day(p, "dispute-past-total", disputes::resolved, 50); },
    [](P& p) { return dispute_day(p, "dispute-resolved-before-raised", disputes::resolved, -3); },
    [](P& p) { return dispute_cell(p, "dispute-category-missing", disputes::category, {}); },
    [](P& p) { return stage_day(p, "dispute-stage-overrun", stages::ended, 30); },
    [](P& p) { return stage_day(p, "dispute-stage-unanswered", stages::responded, 30); },
    [](P& p) { return stage_day(p, "dispute-stage-dates-out-of-order", stages::responded, -2); },
    [](P& p) { return stage_day(p, "dispute-stages-out-of-order", stages::started, -4); },
    [](P& p) { return stage_cell(p, "dispute-stage-number-missing", stages::stage, {}); },
    without_stages,
    first_stage_late,
    without_response,
    [](P& p) { return stage_of(p, "dispute-stage-skipped", 3); },
    [](P& p) { return stage_of(p, "dispute-stage-not-in-protocol", 9); },
    raised_again,
    moves_on,
    neither_resolved_nor_moved_on,
};

}  // namespace

Planters dispute_planters() {
    return {{}, common};
}

}  // namespace caseaudit::generate::service
