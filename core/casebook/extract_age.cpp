#include "casebook/extract_age.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace caseaudit::casebook {
namespace {

constexpr calendar::Day first_day = -25'567, last_day = 84'004;  // 1900 to 2199; others are wrong
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
        : column_(table.columns[static_cast<std::size_t>(field)]),
          rows_(table.rows),
          step_(table.rows / 65536 + 1) {
        if (column_.storage == Storage::none) return;
        for_each_day([this](calendar::Day day) {
            begin_ = std::min(begin_, day);
            end_ = std::max(end_, day + 1);
        });
        if (begin_ >= end_) return;
        counts_.resize(static_cast<std::size_t>(end_ - begin_));
        for_each_day([this](calendar::Day day) { ++counts_[place_of(day)], ++all_; });
    }

    // Of the rows looked at.
    std::uint64_t all() const { return all_; }
    // One row is looked at for so many.
    std::uint64_t step() const { return step_; }

    // How many are in [from, to].
    std::uint64_t between(calendar::Day from, calendar::Day to) const {
        std::uint64_t found = 0;
        for (calendar::Day day = std::max(from, begin_); day <= std::min(to, end_ - 1); ++day)
            found += counts_[place_of(day)];
        return found;
    }

    // The last day up to `to` that at least one is.
    std::optional<calendar::Day> newest(calendar::Day to) const {
        for (calendar::Day day = std::min(to, end_ - 1); day >= begin_; --day)
            if (counts_[place_of(day)] > 0) return day;
        return std::nullopt;
    }

    // The day that one in fifty is after: a few wrong ones do not show in it. There is at least one.
    calendar::Day late() const {
        std::uint64_t later = 0;
        calendar::Day at = end_ - 1;
        while ((later += counts_[place_of(at)]) * 50 < all_) --at;
        return at;
    }

  private:
    template <class Take>
    void for_each_day(Take&& take) const {
        for (std::uint64_t row = 0; row < rows_; row += step_) {
            const calendar::Day day = column_.day(static_cast<std::uint32_t>(row));
            if (column_.holds(static_cast<std::uint32_t>(row)) && day >= first_day && day <= last_day)
                take(day);
        }
    }

    std::size_t place_of(calendar::Day day) const { return static_cast<std::size_t>(day - begin_); }

    const ColumnView& column_;
    std::uint32_t rows_, step_;
    calendar::Day begin_ = last_day + 1, end_ = first_day;  // of the days that there are
    std::vector<std::uint32_t> counts_;                     // of each of them
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
    if (starts->between(as_at + 1, last_day) * 3 > starts->all()) {
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
