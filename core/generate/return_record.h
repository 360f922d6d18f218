// Rows of an SSDA903 return as text, child by child, before they are written.
#pragma once
#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "calendar/civil.h"

namespace caseaudit::generate {

using calendar::Day;

// At most 15 bytes of text, held in place: a record is copied and reset without touching the heap.
class Cell {
  public:
    Cell() = default;
    Cell(std::string_view text) : size_(static_cast<std::uint8_t>(text.size())) {
        if (size_ != 0) std::memcpy(text_, text.data(), size_);  // an empty view may point nowhere
    }
    Cell(const char* text) : Cell(std::string_view(text)) {}
    static Cell date(Day day);  // dd/mm/yyyy
    static Cell number(int value);
    std::string_view text() const { return {text_, size_}; }
    bool empty() const { return size_ == 0; }
    bool operator==(std::string_view other) const { return text() == other; }
    Day day() const;  // of a cell made by date()

  private:
    char text_[15] = {};
    std::uint8_t size_ = 0;
};

enum class Table : std::uint8_t {
    header,
    episodes,
    reviews,
    uasc,
    oc2,
    oc3,
    ad1,
    placed_for_adoption,
    previous_permanence,
    missing,
    sw_episodes,
    dolo
};
inline constexpr std::size_t table_count = 12;

struct TableShape {
    std::string_view name;    // of the file, without ".csv"
    std::string_view label;   // in findings
    std::string_view header;  // the header row
    int columns;
    int birth;  // the column of the date of birth, or -1
};
const TableShape& shape(Table table);

namespace header {
enum : int { child, sex, dob, ethnic, upn, mother, mc_dob, uasc };
}
namespace episodes {
enum : int { child, decom, rne, ls, cin, place, place_provider, dec, rec, reason, home_post, pl_post, urn };
}
namespace reviews {
enum : int { child, dob, date, code };
}
namespace uasc {
enum : int { child, sex, dob, duc };
}
namespace oc2 {
enum : int {
    child,
    dob,
    sdq_score,
    sdq_reason,
    convicted,
    health_check,
    immunisations,
    teeth_check,
    health_assessment,
    substance_misuse,
    received,
    offered
};
}
namespace oc3 {
enum : int { child, dob, in_touch, activity, accommodation };
}
namespace ad1 {
enum : int { child, dob, date_int, date_match, foster_care, adopters, sex_adopters, ls_adopters };
}
namespace placed {
enum : int { child, dob, date_placed, date_ceased, reason_ceased };
}
namespace permanence {
enum : int { child, dob, kind, authority, date };
}
namespace missing {
enum : int { child, dob, kind, start, end };
}
namespace worker {
enum : int { child, dob, id, decom, dec, reason };
}
namespace dolo {
enum : int { child, dob, start, end };
}

struct Record {
    std::array<Cell, 13> cells;
    Cell& operator[](int column) { return cells[static_cast<std::size_t>(column)]; }
    const Cell& operator[](int column) const { return cells[static_cast<std::size_t>(column)]; }
};

// One child's rows in one year's return.
struct Rows {
    std::array<std::vector<Record>, table_count> tables;
    std::vector<Record>& operator[](Table table) { return tables[static_cast<std::size_t>(table)]; }
    const std::vector<Record>& operator[](Table table) const {
        return tables[static_cast<std::size_t>(table)];
    }
    void clear() {
        for (std::vector<Record>& rows : tables) rows.clear();
    }
};

// 1 April to 31 March.
struct CollectionYear {
    Day start, end;
    explicit CollectionYear(int year)
        : start(calendar::day_number(year, 4, 1)), end(calendar::day_number(year + 1, 3, 31)) {}
    bool contains(Day day) const { return start <= day && day <= end; }
};

}  // namespace caseaudit::generate
