// A period of care cut into episodes: a new one at each change of placement or legal status.
#pragma once
#include <string_view>
#include <vector>

#include "generate/care_history.h"

namespace caseaudit::generate {

// What is different from a day on. Either part may be absent.
struct Change {
    Day day = 0;
    bool moves = false;
    bool same_carer = false;
    Placement placement;
    std::string_view legal_status;  // "" when it stays
};

// Days from 28 March to 5 April become 6 April, so that no event stands at the turn of the collection
// year, where the two years' files read differently. Keeps the order of days.
Day clear_of_year_turn(Day day);

// Birthdays keep away from the turn of the year too, as the day someone turns 18 ends their care: up to 25
// days earlier.
Day clear_birth(Day birth);

bool is_temporary(std::string_view place);  // T0 … T4

// Adds episodes from `first` on through the changes that lie inside the period. Changes nearer than a
// week to each other happen on the earlier one's day.
void cut_into_episodes(Random& random, PeriodOfCare& period, const Change& first,
                       std::vector<Change> changes);

}  // namespace caseaudit::generate
