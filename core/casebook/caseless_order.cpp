#include "casebook/caseless_order.h"

#include <algorithm>
#include <map>
#include <span>
#include <tuple>
#include <unordered_map>

#include "casebook/converted_cell.h"
#include "casebook/short_text.h"

namespace caseaudit::casebook {
namespace {

// Of rows that what is kept of them does not tell apart, what their file says of them may: their ids depend
// on it.
bool before(const UnknownCase& a, const UnknownCase& b) {
    const TableLoad& table = *a.table;
    for (std::size_t field = 0; field < table.provided.size(); ++field) {
        if (table.provided[field] == 0 || static_cast<int>(field) == table.plan().key_field) continue;
        const auto order = read_cell(table, field, a.row) <=> read_cell(table, field, b.row);
        if (order != 0) return order < 0;
    }
    return std::tie(a.contents, a.row) < std::tie(b.contents, b.row);
}

// What the image holds of a case that stands for a row.
struct Facts {
    std::uint32_t key;
    std::uint64_t contents;
};

class Places {
  public:
    Places(ImageArena& arena, const image::Header& header)
        : keys_(arena.at<std::uint32_t>(header.case_texts)),
          contents_(arena.at<std::uint64_t>(header.unknown_contents)),
          known_(header.known_cases) {}
    Facts take(std::uint32_t index) const { return {keys_[index], contents_[index - known_]}; }
    void put(std::uint32_t index, const Facts& facts) const {
        keys_[index] = facts.key;
        contents_[index - known_] = facts.contents;
    }

  private:
    std::uint32_t* keys_;
    std::uint64_t* contents_;
    std::uint32_t known_;
};

// Of one file.
void order(std::span<UnknownCase> rows, const Places& places) {
    std::vector<std::uint32_t> numbers;
    for (const UnknownCase& row : rows) numbers.push_back(row.index);
    std::sort(numbers.begin(), numbers.end());
    std::sort(rows.begin(), rows.end(), before);
    std::vector<Facts> facts;
    for (const UnknownCase& row : rows) facts.push_back(places.take(row.index));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        UnknownCase& row = rows[i];
        row.index = numbers[i];
        row.table->segments[row.row >> segment_bits]->case_of()[row.row & (segment_rows - 1)] = row.index;
        places.put(row.index, facts[i]);
    }
}

// Rows that are the same in all that their files say of them are numbered, the second and later ones: each is
// known by a hash of its own. Which of them is which does not matter.
void tell_apart(const std::vector<UnknownCase>& rows, const Places& places) {
    std::map<const TableLoad*, std::unordered_map<std::uint64_t, std::uint64_t>> seen;
    for (const UnknownCase& row : rows) {
        Facts facts = places.take(row.index);
        if (facts.contents == 0) continue;  // its key leads nowhere: known by that
        const auto times = ++seen[row.table][facts.contents];
        if (times == 1) continue;
        facts.contents = hash_word(facts.contents + times);
        places.put(row.index, facts);
    }
}

}  // namespace

void order_caseless(std::vector<UnknownCase>& unknown, ImageArena& arena, const image::Header& header) {
    const Places places(arena, header);
    const auto file = [](const UnknownCase& row) { return std::tuple(row.table, row.part); };
    std::sort(unknown.begin(), unknown.end(),
              [&](const UnknownCase& a, const UnknownCase& b) { return file(a) < file(b); });
    for (auto from = unknown.begin(); from != unknown.end();) {
        const auto to = std::find_if(from, unknown.end(),
                                     [&](const UnknownCase& row) { return file(row) != file(*from); });
        order({from, to}, places);
        from = to;
    }
    tell_apart(unknown, places);
}

}  // namespace caseaudit::casebook
