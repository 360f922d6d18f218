#include "casebook/extract_age.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace caseaudit::casebook {
namespace {

constexpr calendar::Day first_day = -25'567, days = 109'572;  // 1900 to 2199
// Fewer episodes than this tell nothing.
constexpr std::uint64_t enough_starts = 20;

// The table of episodes: the one whose touching rows make a period of care.
struct Episodes {
    int table = -1, start = -1;
};

Episodes episodes_of(const dataset::Dataset& dataset) {
    for (const dataset::Table& table : dataset.tables)
        if (table.runs) return {table.runs->table, table.runs->start};
    return {};
}

// How many of a column's days each day is, of some of the rows, evenly from all.
class DayCounts {
  public:
    DayCounts(const TableView& table, int field)
        : column_(table.columns[static_cast<std::size_t>(field)]), step_(table.rows / 65536 + 1) {
        if (column_.storage != Storage::date32) return;
        counts_.assign(days, 0);
        for (std::uint64_t row = 0; row < table.rows; row += step_) add(static_cast<std::uint32_t>(row));
    }

    // Of the rows looked at.
    std::uint64_t all() const { return all_; }
    // One row is looked at for so many.
    std::uint64_t step() const { return step_; }

    // How many are in [from, to].
    std::uint64_t between(calendar::Day from, calendar::Day to) const {
        std::uint64_t found = 0;
        for (calendar::Day day = std::max(from, first_day); day <= std::min(to, first_day + days - 1); ++day)
            found += counts_[static_cast<std::size_t>(day - first_day)];
        return found;
    }

    // The last day up to `to` that at least one is.
    std::optional<calendar::Day> newest(calendar::Day to) const {
        for (calendar::Day day = std::min(to, first_day + days - 1); day >= first_day; --day)
            if (counts_[static_cast<std::size_t>(day - first_day)] > 0) return day;
        return std::nullopt;
    }

    // The day that one in fifty is after: a few wrong ones do not show in it.
    calendar::Day late() const {
        std::uint64_t later = 0;
        calendar::Day at = days - 1;
        while ((later += counts_[static_cast<std::size_t>(at)]) * 50 < all_) --at;
        return first_day + at;
    }

  private:
    void add(std::uint32_t row) {
        const bool present =
            column_.validity == nullptr || (column_.validity[row >> 3] >> (row & 7) & 1) != 0;
        const auto at =
            static_cast<std::uint32_t>(static_cast<const calendar::Day*>(column_.values)[row] - first_day);
        if (!present || at >= static_cast<std::uint32_t>(days)) return;
        ++counts_[at];
        ++all_;
    }

    const ColumnView& column_;
    std::uint32_t step_;
    std::vector<std::uint32_t> counts_;
    std::uint64_t all_ = 0;
};

// None where the extract has too few episodes.
std::optional<DayCounts> starts_of(const Casebook& casebook, Which which) {
    const Episodes episodes = episodes_of(casebook.dataset());
    if (episodes.table < 0 || !casebook.table(episodes.table, which).present) return std::nullopt;
    DayCounts counts(casebook.table(episodes.table, which), episodes.start);
    if (counts.all() < enough_starts) return std::nullopt;
    return counts;
}

// "DECOM of Episodes"
std::string column_name(const dataset::Dataset& dataset) {
    const Episodes episodes = episodes_of(dataset);
    const dataset::Table& table = dataset.tables[static_cast<std::size_t>(episodes.table)];
    return fmt::format("{} of {}", table.fields[static_cast<std::size_t>(episodes.start)].name, table.label);
}

}  // namespace

void note_swapped_extracts(const Casebook& casebook, Diagnostics& notes) {
    const auto now = starts_of(casebook, Which::current), before = starts_of(casebook, Which::prior);
    if (!now || !before || before->late() <= now->late()) return;
    Diagnostic note;
    note.code = "casebook.swapped-extracts";
    const Episodes episodes = episodes_of(casebook.dataset());
    const dataset::Table& table = casebook.dataset().tables[static_cast<std::size_t>(episodes.table)];
    note.message = fmt::format(
        "the prior extract is later than the current one: the newest {} of its {} are after this one's",
        table.fields[static_cast<std::size_t>(episodes.start)].name, table.label);
    note.hint = "give this year's folder to --input and last year's to --prior";
    notes.push_back(std::move(note));
}

void note_day_apart(const Casebook& casebook, calendar::Day as_at, Diagnostics& notes) {
    const auto starts = starts_of(casebook, Which::current);
    if (!starts) return;
    const std::string column = column_name(casebook.dataset());
    Diagnostic note;
    if (starts->between(as_at + 1, first_day + days) * 3 > starts->all()) {
        note.code = "casebook.newer-than-as-at";
        note.message = fmt::format(
            "more than a third of {} are after the as-at date: what has happened since counts as not yet "
            "done",
            column);
        note.hint = "see that --as-at is right";
        notes.push_back(note);
        return;
    }
    const auto newest = starts->newest(as_at);
    if (!newest) return;
    // Ten times as long as from one episode to the next on average is no chance; nor is it less than four
    // weeks.
    constexpr calendar::Day year = 365, least = 28;
    const auto of_a_year = starts->between(*newest - year + 1, *newest) * starts->step();
    const calendar::Day apart = as_at - *newest;
    if (apart <= least || static_cast<std::uint64_t>(apart) * of_a_year <= 10 * std::uint64_t{year}) return;
    note.code = "casebook.older-than-as-at";
    note.message = fmt::format(
        "no {} is in the {} weeks before the as-at date: what has been done since the extract was taken "
        "counts as not "
        "done",
        column, apart / 7);
    note.hint = "take a new extract, or give the day of this one with --as-at";
    notes.push_back(std::move(note));
}

}  // namespace caseaudit::casebook
