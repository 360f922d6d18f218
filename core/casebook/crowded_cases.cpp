#include "casebook/crowded_cases.h"

#include <fmt/format.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <bit>
#include <unordered_map>

#include "casebook/damage.h"

namespace caseaudit::casebook {
namespace {

// Of so many rows one is looked at: of a crowded case twenty or more.
constexpr std::uint32_t stride = most_rows_of_a_case / 20;

// Rows counted by the last bits of their case.
class Buckets {
  public:
    explicit Buckets(std::uint32_t rows) : counts_(std::bit_ceil(rows / stride * 2 + 64), 0) {}
    void add(std::uint32_t of_case) { any_ |= ++counts_[of_case & (counts_.size() - 1)] >= suspicious_; }
    bool any_suspicious() const { return any_; }
    bool is_suspicious(std::uint32_t of_case) const {
        return counts_[of_case & (counts_.size() - 1)] >= suspicious_;
    }

  private:
    static constexpr std::uint32_t suspicious_ = most_rows_of_a_case / stride / 2;
    std::vector<std::uint32_t> counts_;
    bool any_ = false;
};

Buckets some_rows(const TableLoad& table) {
    Buckets buckets(table.rows);
    std::uint32_t row = 0;
    for (const auto& segment : table.segments) {
        for (; row < segment->rows; row += stride) {
            const std::uint32_t of_case = std::as_const(*segment).case_of()[row];
            if (of_case != no_text) buckets.add(of_case);
        }
        row -= segment->rows;
    }
    return buckets;
}

// The numbers of those of a table, in order. Looks at some of its rows, and only where these are suspicious
// at each.
std::vector<std::uint32_t> crowded_cases(const TableLoad& table) {
    if (table.rows <= most_rows_of_a_case) return {};
    const Buckets buckets = some_rows(table);
    if (!buckets.any_suspicious()) return {};
    std::unordered_map<std::uint32_t, std::uint32_t> counts;
    for (const auto& segment : table.segments) {
        for (std::uint32_t row = 0; row < segment->rows; ++row) {
            const std::uint32_t of_case = std::as_const(*segment).case_of()[row];
            if (of_case != no_text && buckets.is_suspicious(of_case)) ++counts[of_case];
        }
    }
    std::vector<std::uint32_t> crowded;
    for (const auto& [number, rows] : counts)
        if (rows > most_rows_of_a_case) crowded.push_back(number);
    std::sort(crowded.begin(), crowded.end());
    return crowded;
}

// What their cells say of them is no longer known: they are told apart by their order.
constexpr std::uint64_t crowded_contents = 1;

// `cases` in order. Returns how many rows of the table were theirs.
std::size_t detach(TableLoad& table, const std::vector<std::uint32_t>& cases) {
    std::size_t rows = 0;
    for (auto& segment : table.segments) {
        const std::size_t blank = segment->keyless.size();
        for (std::uint32_t row = 0; row < segment->rows; ++row) {
            std::uint32_t& in_case = segment->case_of()[row];
            if (!std::binary_search(cases.begin(), cases.end(), in_case)) continue;
            in_case = no_text;
            segment->keyless.push_back({row, crowded_contents});
        }
        if (segment->keyless.size() == blank) continue;
        rows += segment->keyless.size() - blank;
        segment->has_caseless = true;
        std::sort(segment->keyless.begin(), segment->keyless.end(),
                  [](const KeylessRow& a, const KeylessRow& b) { return a.row < b.row; });
    }
    return rows;
}

class Detaching {
  public:
    Detaching(const dataset::Dataset& dataset, std::vector<std::unique_ptr<TableLoad>>& tables)
        : dataset_(dataset), tables_(tables), crowded_(tables.size()), detached_(tables.size(), 0) {}

    Result<std::vector<std::size_t>> run(Diagnostics& notes) {
        tbb::parallel_for(std::size_t{0}, tables_.size(), [&](std::size_t i) {
            if (has_cases(i)) crowded_[i] = crowded_cases(*tables_[i]);
        });
        detach_nobody(notes);
        for (std::size_t i = 0; i < tables_.size(); ++i)
            if (!tables_[i]->plan().keyed && !crowded_[i].empty())
                tell(detach_from(i, crowded_[i]), shown(i), i, notes);
        if (!errors_.empty()) return std::move(errors_);
        return std::move(detached_);
    }

  private:
    // A key that is no child's is none in any table.
    void detach_nobody(Diagnostics& notes) {
        std::vector<std::uint32_t> nobody;
        std::size_t shown_by = tables_.size();
        for (std::size_t i = tables_.size(); i-- > 0;) {
            if (!tables_[i]->plan().keyed || crowded_[i].empty()) continue;
            nobody.insert(nobody.end(), crowded_[i].begin(), crowded_[i].end());
            shown_by = i;
        }
        if (nobody.empty()) return;
        std::sort(nobody.begin(), nobody.end());
        std::size_t rows = 0, of_tables = 0;
        for (std::size_t i = 0; i < tables_.size(); ++i) {
            const std::size_t of_table = has_cases(i) ? detach_from(i, nobody) : 0;
            rows += of_table;
            of_tables += of_table > 0 ? 1 : 0;
        }
        tell(rows, of_tables == 1 ? shown(shown_by) : fmt::format("{} tables", of_tables), shown_by, notes);
    }

    std::size_t detach_from(std::size_t place, const std::vector<std::uint32_t>& cases) {
        const std::size_t rows = detach(*tables_[place], cases);
        detached_[place] += rows;
        return rows;
    }

    // `shown_by`: the table that has too many rows of a case.
    void tell(std::size_t rows, const std::string& where, std::size_t shown_by, Diagnostics& notes) {
        if (rows == 0) return;
        const dataset::Table& of = definition(shown_by);
        const std::string& field = of.fields[static_cast<std::size_t>(of.key.field)].name;
        const std::string why =
            fmt::format("are of a case that has more than {} rows in {}, which no child has",
                        most_rows_of_a_case, shown(shown_by));
        Diagnostic told;
        told.code = "casebook.crowded-case";
        if (rows > most_crowded_rows) {
            told.message = fmt::format("more than {} rows {}: this is no extract that can be audited",
                                       most_crowded_rows, why);
            told.hint = fmt::format("export {} anew: {} is not each child's own", shown(shown_by), field);
            errors_.push_back(std::move(told));
        } else {
            told.message =
                fmt::format("{} rows of {} {}; each is audited as a case of its own", rows, where, why);
            told.hint = fmt::format("see that {} is right in each row of {}", field, shown(shown_by));
            notes.push_back(std::move(told));
        }
    }

    const dataset::Table& definition(std::size_t place) const {
        return dataset_.tables[static_cast<std::size_t>(tables_[place]->table())];
    }
    bool has_cases(std::size_t place) const { return definition(place).has_cases(); }
    std::string shown(std::size_t place) const {
        return definition(place).label + of_extract(tables_[place]->which());
    }

    const dataset::Dataset& dataset_;
    std::vector<std::unique_ptr<TableLoad>>& tables_;
    std::vector<std::vector<std::uint32_t>> crowded_;  // by table
    std::vector<std::size_t> detached_;                // rows, by table
    Diagnostics errors_;
};

}  // namespace

Result<std::vector<std::size_t>> detach_crowded(const dataset::Dataset& dataset,
                                                std::vector<std::unique_ptr<TableLoad>>& tables,
                                                Diagnostics& notes) {
    return Detaching(dataset, tables).run(notes);
}

}  // namespace caseaudit::casebook
