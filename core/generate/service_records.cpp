#include "generate/service_records.h"

#include <algorithm>

namespace caseaudit::generate::service {
namespace {

Value end_of(Day end) {
    return end == open_end ? Value() : Value::date(end);
}

// The parts of a period between changes of placement or legal status.
void add_episodes(Draft& draft, const Care& care) {
    const std::string_view first_reason = "S";
    std::size_t stay = 0, legal = 0;
    Day start = care.start;
    std::string_view reason = first_reason;
    for (;;) {
        const Stay& lives = care.stays[stay];
        const Legal& status = care.legal[legal];
        const Day end = std::min(lives.end, status.end);
        const bool last = stay + 1 == care.stays.size() && legal + 1 == care.legal.size();
        draft.rows.add(Table::episodes, {draft.fresh("E"),
                                         draft.person(),
                                         Value::date(start),
                                         reason,
                                         care.need,
                                         end_of(end),
                                         last ? care.end_reason : std::string_view("X1"),
                                         draft.care_id(care),
                                         Value::id("RF", draft.child.number + 1, care.number),
                                         draft.stay_id(lives),
                                         Value::date(care.start),
                                         {}});
        if (last) return;
        const bool moves = lives.end == end, turns = status.end == end;
        stay += moves;
        legal += turns;
        start = end;
        reason = moves && turns ? "B" : moves ? "P" : "L";
    }
}

void add_stays(Draft& draft, const Care& care) {
    for (const Stay& stay : care.stays) {
        const bool registered = stay.type == "K2" || stay.type == "H5";
        draft.rows.add(Table::placements,
                       {draft.stay_id(stay), Value::date(stay.start), stay.type,
                        registered ? Value::id("SC", 480000 + draft.random.below(900)) : Value(),
                        Value::hundredths(stay.distance), draft.care_id(care), stay.provider, stay.postcode,
                        end_of(stay.end), stay.change_reason, draft.person()});
    }
}

void add_adoption(Draft& draft, const Care& care) {
    if (care.adoption_decided == open_end) return;
    const Day order = care.adoption_decided + 40, matched = care.adoption_decided + 100;
    const bool placed = care.stays.size() > 1;
    const Day until = horizon(care, draft.year);
    draft.rows.add(Table::permanence, {draft.fresh("PE"),
                                       draft.person(),
                                       draft.care_id(care),
                                       Value::date(care.adoption_decided),
                                       {},
                                       order <= until ? Value::date(order) : Value(),
                                       placed ? Value::date(care.stays.back().start) : Value(),
                                       matched <= until ? Value::date(matched) : Value(),
                                       "N",
                                       {},
                                       {},
                                       {},
                                       "N",
                                       Value::number(1),
                                       Value::number(0)});
}

void add_order(Draft& draft, const Care& care) {
    const bool guardianship = care.end_reason == "E45" || care.end_reason == "E46";
    if (!guardianship && care.end_reason != "E41") return;
    const std::size_t row =
        draft.rows.add(Table::permanence, {draft.fresh("PE"), draft.person(), draft.care_id(care)});
    draft.rows.at(Table::permanence, row, permanence::order_date) = Value::date(care.end);
    draft.rows.at(Table::permanence, row, permanence::order_type) =
        guardianship ? "Special Guardianship Order" : "Child Arrangements Order";
}

void add_visits(Draft& draft, const Care& care) {
    const Day until = horizon(care, draft.year);
    std::size_t stay = 0;
    Day day = draft.days_after(care.start, 2, 6);
    while (day < until) {
        draft.rows.add(Table::visits,
                       {draft.fresh("V"), draft.care_id(care), draft.person(), Value::date(day), "Y", "Y"});
        Day next = draft.days_after(day, 34, 41);
        if (stay + 1 < care.stays.size() && next >= care.stays[stay + 1].start) {
            ++stay;
            next = std::min(next, draft.days_after(care.stays[stay].start, 2, 6));
        }
        day = next;
    }
}

void add_worker(Draft& draft, const Care& care, std::uint64_t change, Day start, Day end) {
    draft.rows.add(Table::involvements,
                   {draft.fresh("I"), Value::id("SW", Year::worker(draft.child.number, change)),
                    "Allocated Case Worker", Value::id("T", Year::team(draft.child.number)),
                    Value::date(start), end_of(end), change > 0 ? Value("PROMOT") : Value(), draft.person(),
                    Value::id("RF", draft.child.number + 1, care.number)});
}

void add_workers(Draft& draft, const Care& care) {
    const Day until = horizon(care, draft.year);
    const Day end = ended(care) ? care.end : open_end;
    const Day change = until - care.start > 200 && draft.random.chance(0.4)
                           ? draft.days_after(care.start, 100, until - care.start - 60)
                           : open_end;
    add_worker(draft, care, 0, care.start, std::min(change, end));
    if (change != open_end) add_worker(draft, care, 1, change, end);
}

}  // namespace

void add_person(Draft& draft) {
    static constexpr std::string_view girls[] = {"Ada", "Bea", "Cleo", "Dot", "Esme", "Fay", "Greta", "Hope"};
    static constexpr std::string_view boys[] = {"Abel", "Bram", "Cole", "Dan", "Eli", "Finn", "Gus", "Hal"};
    static constexpr std::string_view families[] = {"Alder", "Birch", "Cedar", "Elm",   "Hazel",  "Larch",
                                                    "Maple", "Oak",   "Pine",  "Rowan", "Sorrel", "Willow"};
    static constexpr std::string_view countries[] = {"AFG", "ERI", "SDN", "IRN", "IRQ", "VNM", "ALB", "ETH"};
    const Child& child = draft.child;
    Random& random = draft.random;
    const std::string_view sex = child.boy ? "M" : "F";
    draft.rows.add(Table::person, {draft.person(),
                                   child.boy ? random.pick(boys) : random.pick(girls),
                                   random.pick(families),
                                   sex,
                                   sex,
                                   child.ethnicity,
                                   Value::date(child.birth),
                                   {},
                                   Value::id("L", child.number + 1),
                                   child.asylum ? "UN4" : "",
                                   random.chance(0.2) ? "Y" : "N",
                                   {},
                                   {},
                                   "N",
                                   child.asylum ? random.pick(countries) : std::string_view()});
}

void add_care(Draft& draft, const Care& care) {
    add_episodes(draft, care);
    add_stays(draft, care);
    for (const Legal& legal : care.legal)
        draft.rows.add(Table::legal_status, {draft.fresh("LS"), draft.person(), legal.status,
                                             Value::date(legal.start), end_of(legal.end)});
    add_adoption(draft, care);
    add_order(draft, care);
}

void add_work(Draft& draft, const Care& care) {
    static constexpr std::string_view kinds[] = {"telephone call",      "home visit",      "supervision",
                                                 "case note",           "contact session", "email",
                                                 "multi-agency meeting"};
    const Day told = draft.days_after(care.start, 0, 1), allocated = draft.days_after(told, 0, 1);
    draft.rows.add(Table::notifications, {draft.fresh("N"), draft.person(), Value::date(care.start),
                                          draft.date(told), draft.date(allocated), draft.iro()});
    add_workers(draft, care);
    add_visits(draft, care);
    const Day until = horizon(care, draft.year);
    for (Day day = draft.days_after(care.start, 0, 3); day <= until; day = draft.days_after(day, 16, 27))
        draft.rows.add(Table::activity, {draft.person(), Value::date(day), draft.random.pick(kinds)});
}

void add_health(Draft& draft, const Care& care) {
    const Day until = horizon(care, draft.year);
    const auto check = [&](std::string_view type, Day day) {
        draft.rows.add(Table::health,
                       {draft.fresh("H"), draft.person(), type, Value::date(day), "Completed"});
    };
    for (Day day = draft.days_after(care.start, 6, 14); day <= until;) {
        check("Health Assessment", day);
        day = draft.child.age(day) < 5 ? draft.days_after(day, 150, 175) : draft.days_after(day, 320, 358);
    }
    for (Day day = draft.days_after(care.start, 20, 60); day <= until; day = draft.days_after(day, 300, 355))
        check("Dental Check", day);
}

void add_protection(Draft& draft, const Care& care) {
    static constexpr std::string_view categories[] = {"NEG", "PHY", "EMO", "SAB"};
    if (draft.child.asylum || !draft.random.chance(0.12)) return;
    const Day start = weekday(draft.days_after(care.start, -190, -60)),
              end = draft.days_after(care.start, 0, 20);
    if (start <= draft.child.birth || !draft.known(end)) return;
    const std::string_view category = draft.random.pick(categories);
    const Value plan = draft.fresh("CPP"), referral = Value::id("RF", draft.child.number + 1, care.number);
    draft.rows.add(Table::cp_plans, {plan, referral, draft.fresh("IC"), draft.person(), Value::date(start),
                                     Value::date(end), category, "N", category});
    Day due = calendar::add_months(start, 3);
    for (Day day = weekday(draft.days_after(start, 70, 85)); day < end;
         day = weekday(draft.days_after(day, 150, 175))) {
        const bool continues = day + 175 < end;
        draft.rows.add(Table::cp_reviews,
                       {draft.fresh("CPR"), draft.person(), plan, Value::date(due), Value::date(day),
                        draft.fresh("MT"), Value::flag(continues), "Y", "Y"});
        due = calendar::add_months(day, 6);
    }
}

void add_leaver(Draft& draft, const Care& care) {
    const Child& child = draft.child;
    const Day until = horizon(care, draft.year);
    const Day eligible = std::max(child.birthday(16) + 20, care.start + 4);
    if (eligible > until) return;
    const bool left = ended(care) && child.birthday(18) <= until, gone = ended(care);
    const Value adviser = Value::id("PA", Year::team(child.number));
    const Value team = Value::id("T", Year::team(child.number));
    draft.rows.add(Table::involvements, {draft.fresh("I"),
                                         adviser,
                                         "Personal Adviser",
                                         team,
                                         Value::date(eligible),
                                         {},
                                         {},
                                         draft.person(),
                                         Value::id("RF", child.number + 1, care.number)});
    Value reviewed;
    for (std::size_t row = 0; row < draft.rows.count(Table::plans); ++row) {
        if (!(draft.rows.at(Table::plans, row, plans::kind) == "pathway")) continue;
        const Value& updated = draft.rows.at(Table::plans, row, plans::updated);
        reviewed = updated.blank() ? draft.rows.at(Table::plans, row, plans::completed) : updated;
    }
    if (gone) reviewed = Value::date(std::max(eligible, draft.year.as_at - draft.random.between(3, 150)));
    const Day contact = std::max(eligible, draft.year.as_at - draft.random.between(3, 40));
    draft.rows.add(Table::care_leavers,
                   {draft.fresh("CL"), draft.person(), left ? "Former relevant child" : "Eligible child",
                    "YES", Value::date(contact), left ? "U" : "", left ? "1" : "", left ? "F2" : "", reviewed,
                    adviser, team, Value::id("SW", Year::worker(child.number, 0))});
}

void fill_rows(Random& random, const Year& year, const Child& child, Rows& rows) {
    Draft draft{random, year, child, rows};
    add_person(draft);
    for (const Care& care : child.care) {
        add_care(draft, care);
        add_work(draft, care);
        add_health(draft, care);
        add_reviews(draft, care);
        add_plans(draft, care);
        add_oversight(draft, care);
        add_events(draft, care);
        add_protection(draft, care);
    }
    add_leaver(draft, child.care.back());
}

}  // namespace caseaudit::generate::service
