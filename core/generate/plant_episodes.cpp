// Errors in how the episodes of a child follow on each other, in this year's return and from last year's.
#include <algorithm>

#include "generate/planting.h"

namespace caseaudit::generate {
namespace {

using EpisodeTest = bool (*)(const Record& earlier, const Record& later);

std::vector<Record>& episodes_of(Planting& planting) {
    return planting.current[Table::episodes];
}
bool joined(const Record& earlier, const Record& later) {
    return earlier[episodes::dec] == later[episodes::decom].text();
}
bool asylum(const Planting& planting) {
    return planting.current[Table::header][0][header::uasc] == "1";
}

// A random row that has a successor and passes, or the number of rows.
std::size_t pick_pair(Planting& planting, EpisodeTest test) {
    const std::vector<Record>& rows = episodes_of(planting);
    if (rows.size() < 2) return rows.size();
    const std::size_t pairs = rows.size() - 1,
                      from = planting.random.below(static_cast<std::uint32_t>(pairs));
    for (std::size_t i = 0; i < pairs; ++i) {
        const std::size_t row = (from + i) % pairs;
        if (test(rows[row], rows[row + 1])) return row;
    }
    return rows.size();
}

bool overlap(Planting& planting) {
    std::vector<Record>& rows = episodes_of(planting);
    const std::size_t row = pick_pair(planting, joined);
    if (row == rows.size()) return false;
    // Past the next start, but not past the next end or the end of the collection.
    const Day next_start = rows[row + 1][episodes::decom].day();
    const Day limit = rows[row + 1][episodes::dec].empty() ? planting.collection.current.end
                                                           : rows[row + 1][episodes::dec].day();
    if (next_start + 2 > limit) return false;
    rows[row][episodes::dec] = Cell::date(std::min(limit - 1, next_start + planting.random.between(1, 30)));
    planting.report("501", Table::episodes, row + 1);
    planting.report_ten("episode-overlap", Table::episodes, row);
    return true;
}

bool gap(Planting& planting) {
    std::vector<Record>& rows = episodes_of(planting);
    const std::size_t row = pick_pair(planting, joined);
    if (row == rows.size()) return false;
    const Day start = rows[row][episodes::decom].day(), end = rows[row][episodes::dec].day();
    if (end - start < 4 || end - 3 < planting.collection.current.start) return false;
    rows[row][episodes::dec] = Cell::date(end - 2);
    planting.report("433", Table::episodes, row + 1);
    return true;
}

bool end_forgotten(Planting& planting) {
    std::vector<Record>& rows = episodes_of(planting);
    const std::size_t row = pick_pair(planting, joined);
    if (row == rows.size()) return false;
    rows[row][episodes::dec] = rows[row][episodes::rec] = rows[row][episodes::reason] = Cell();
    planting.report("142", Table::episodes, row);
    return true;
}

bool need_differs(Planting& planting) {
    std::vector<Record>& rows = episodes_of(planting);
    const std::size_t row = pick_pair(planting, joined);
    if (row == rows.size()) return false;
    rows[row + 1][episodes::cin] = rows[row][episodes::cin] == "N1" ? "N4" : "N1";
    planting.report("504", Table::episodes, row + 1);
    return true;
}

bool legal_status_the_same(Planting& planting) {
    std::vector<Record>& rows = episodes_of(planting);
    const std::size_t row = pick_pair(planting, [](const Record& earlier, const Record& later) {
        return joined(earlier, later) && later[episodes::rne] == "L";
    });
    if (row == rows.size()) return false;
    rows[row + 1][episodes::ls] = rows[row][episodes::ls];
    planting.report("434", Table::episodes, row + 1);
    return true;
}

bool placement_the_same(Planting& planting) {
    std::vector<Record>& rows = episodes_of(planting);
    const std::size_t row = pick_pair(planting, [](const Record& earlier, const Record& later) {
        return joined(earlier, later) && later[episodes::rne] == "P" &&
               later[episodes::place].text()[0] != 'T' && earlier[episodes::place].text()[0] != 'T';
    });
    if (row == rows.size()) return false;
    for (const int column : {episodes::place, episodes::place_provider, episodes::pl_post, episodes::urn})
        rows[row + 1][column] = rows[row][column];
    planting.report("435", Table::episodes, row + 1);
    return true;
}

bool change_without_reason(Planting& planting) {
    std::vector<Record>& rows = episodes_of(planting);
    const std::size_t row = pick_pair(
        planting, [](const Record& earlier, const Record&) { return !earlier[episodes::reason].empty(); });
    if (row == rows.size()) return false;
    rows[row][episodes::reason] = Cell();
    planting.report("225", Table::episodes, row);
    return true;
}

bool reason_for_open_episode(Planting& planting) {
    std::vector<Record>& rows = episodes_of(planting);
    if (rows.empty() || !rows.back()[episodes::dec].empty() || rows.back()[episodes::ls].text()[0] == 'V')
        return false;
    rows.back()[episodes::reason] = "CARPL";
    planting.report("233", Table::episodes, rows.size() - 1);
    return true;
}

bool ends_before_it_starts(Planting& planting) {
    std::vector<Record>& rows = episodes_of(planting);
    if (rows.empty() || rows.back()[episodes::dec].empty()) return false;
    rows.back()[episodes::dec] =
        Cell::date(rows.back()[episodes::decom].day() - planting.random.between(1, 20));
    planting.report("356", Table::episodes, rows.size() - 1);
    return true;
}

bool shorter_than_a_day(Planting& planting) {
    std::vector<Record>& rows = episodes_of(planting);
    if (rows.empty() || rows.back()[episodes::dec].empty()) return false;
    rows.back()[episodes::dec] = rows.back()[episodes::decom];
    planting.report("355", Table::episodes, rows.size() - 1);
    return true;
}

bool end_without_reason(Planting& planting) {
    std::vector<Record>& rows = episodes_of(planting);
    if (rows.empty() || rows.back()[episodes::dec].empty()) return false;
    rows.back()[episodes::rec] = Cell();
    planting.report("148", Table::episodes, rows.size() - 1);
    return true;
}

// Cuts the last open episode in two or three, so that there are three placements in the year.
bool three_placements(Planting& planting) {
    std::vector<Record>& rows = episodes_of(planting);
    if (rows.empty() || !rows.back()[episodes::dec].empty() ||
        rows.back()[episodes::place].text()[0] != 'U' || rows.back()[episodes::pl_post].empty())
        return false;
    const Day from = std::max(planting.collection.current.start, rows.back()[episodes::decom].day());
    const Day to = planting.collection.current.end;
    if (to - from < 60) return false;
    for (int part = 1; part <= 2; ++part) {
        Record next = rows.back();
        Record& ended = rows.back();
        const Day day = from + (to - from) * part / 3;
        ended[episodes::dec] = next[episodes::decom] = Cell::date(day);
        ended[episodes::rec] = "X1";
        ended[episodes::reason] = "CARPL";
        next[episodes::rne] = "P";
        next[episodes::reason] = Cell();
        next[episodes::place] = "U6";
        next[episodes::pl_post] = part == 1 ? "TW9 4ZZ" : "TW9 5ZZ";
        rows.push_back(next);
    }
    planting.report_both("three-placements", Table::episodes, 0);
    return true;
}

// The open episode of last year's return that this year's first episode goes on with.
Record* open_last_year(Planting& planting) {
    std::vector<Record>& now = episodes_of(planting);
    for (Record& record : planting.prior[Table::episodes])
        if (record[episodes::dec].empty() && !now.empty() &&
            now[0][episodes::decom] == record[episodes::decom].text())
            return &record;
    return nullptr;
}

template <int column>
bool contradicts_last_year(Planting& planting, std::string_view rule, Cell one, Cell other) {
    Record* record = open_last_year(planting);
    if (!record || (*record)[column].empty()) return false;
    (*record)[column] = (*record)[column] == one.text() ? other : one;
    planting.report(rule, Table::episodes, 0);
    return true;
}

bool legal_status_last_year(Planting& planting) {
    return contradicts_last_year<episodes::ls>(planting, "503B", "V2", "C2");
}
bool need_last_year(Planting& planting) {
    return contradicts_last_year<episodes::cin>(planting, "503C", "N1", "N4");
}
bool place_last_year(Planting& planting) {
    return contradicts_last_year<episodes::place>(planting, "503D", "U6", "U4");
}
bool sector_last_year(Planting& planting) {
    return contradicts_last_year<episodes::place_provider>(planting, "503E", "PR4", "PR5");
}
bool urn_last_year(Planting& planting) {
    return contradicts_last_year<episodes::urn>(planting, "503F", "SC900001", "SC900002");
}
bool new_reason_last_year(Planting& planting) {
    return contradicts_last_year<episodes::rne>(planting, "503A", "P", "S");
}

bool start_last_year(Planting& planting) {
    Record* record = open_last_year(planting);
    if (!record || asylum(planting)) return false;
    (*record)[episodes::decom] = Cell::date((*record)[episodes::decom].day() - 1);
    planting.report("502", Table::episodes, 0);
    return true;
}

constexpr Planter planters[] = {
    overlap,
    overlap,
    gap,
    end_forgotten,
    need_differs,
    legal_status_the_same,
    placement_the_same,
    change_without_reason,
    reason_for_open_episode,
    ends_before_it_starts,
    shorter_than_a_day,
    end_without_reason,
    three_placements,
    legal_status_last_year,
    need_last_year,
    place_last_year,
    sector_last_year,
    urn_last_year,
    new_reason_last_year,
    start_last_year,
};

}  // namespace

std::span<const Planter> episode_planters() {
    return planters;
}

}  // namespace caseaudit::generate
