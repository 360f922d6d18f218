#include "generate/care_episodes.h"

#include <algorithm>

namespace caseaudit::generate {
namespace {

constexpr Weighted<std::string_view> change_reasons[] = {
    {"CARPL", 46}, {"CREQB", 14}, {"CREQO", 9}, {"CHILD", 6}, {"LAREQ", 6}, {"PLACE", 5},
    {"OTHER", 8},  {"STAND", 2},  {"ALLEG", 2}, {"APPRR", 1}, {"CLOSE", 1},
};

std::string_view reason_for_new(bool moved, bool same_carer, bool legal) {
    if (moved && legal) return same_carer ? "U" : "B";
    if (moved) return same_carer ? "T" : "P";
    return "L";
}

}  // namespace

Day clear_of_year_turn(Day day) {
    const calendar::Civil civil = calendar::civil(day);
    const bool near = (civil.month == 3 && civil.day >= 28) || (civil.month == 4 && civil.day <= 5);
    return near ? calendar::day_number(civil.year, 4, 6) : day;
}

Day clear_birth(Day birth) {
    const calendar::Civil civil = calendar::civil(birth);
    const bool near = (civil.month == 3 && civil.day >= 22) || (civil.month == 4 && civil.day <= 9);
    return near ? birth - 25 : birth;
}

bool is_temporary(std::string_view place) {
    return place.size() == 2 && place[0] == 'T';
}

void cut_into_episodes(Random& random, PeriodOfCare& period, const Change& first,
                       std::vector<Change> changes) {
    std::stable_sort(changes.begin(), changes.end(),
                     [](const Change& a, const Change& b) { return a.day < b.day; });
    Episode episode;
    episode.start = period.start;
    episode.new_reason = "S";
    episode.legal_status = first.legal_status;
    episode.placement = first.placement;
    for (std::size_t i = 0; i < changes.size();) {
        const Day day = changes[i].day;
        Change whole = changes[i];
        for (++i; i < changes.size() && changes[i].day < day + 7; ++i) {
            if (!changes[i].legal_status.empty()) whole.legal_status = changes[i].legal_status;
            if (!changes[i].moves) continue;
            whole.moves = true;
            whole.same_carer = changes[i].same_carer;
            whole.placement = changes[i].placement;
        }
        if (period.end != open_end && day > period.end - 6) break;
        if (day <= episode.start) continue;
        const bool legal = !whole.legal_status.empty() && whole.legal_status != episode.legal_status;
        const bool moved = whole.moves && !(whole.placement == episode.placement);
        if (!legal && !moved) continue;
        Episode next = episode;
        next.start = day;
        next.new_reason = reason_for_new(moved, whole.same_carer, legal);
        if (legal) next.legal_status = whole.legal_status;
        if (moved) next.placement = whole.placement;
        episode.end = day;
        episode.end_reason = "X1";
        if (moved && !is_temporary(episode.placement.place) && !is_temporary(next.placement.place))
            episode.change_reason = pick(random, change_reasons);
        period.episodes.push_back(episode);
        episode = next;
    }
    period.episodes.push_back(episode);
    period.episodes.back().end = period.end;
}

}  // namespace caseaudit::generate
