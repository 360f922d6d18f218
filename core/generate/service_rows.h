// Rows of an IRO service's tables, child by child, before they are written as text.
#pragma once
#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/civil.h"

namespace caseaudit::generate::service {

using calendar::Day;

// What one cell will say. Words are not copied: they are literals.
class Value {
  public:
    enum class Kind : std::uint8_t { blank, day, number, hundredths, word, id };
    Value() = default;
    Value(const char* word) : Value(std::string_view(word)) {}
    Value(std::string_view word)
        : kind_(word.empty() ? Kind::blank : Kind::word), size_(static_cast<std::uint32_t>(word.size())) {
        text_ = word.data();
    }
    static Value date(Day day) { return made(Kind::day, day); }
    static Value number(std::int64_t number) { return made(Kind::number, number); }
    static Value hundredths(std::int64_t number) { return made(Kind::hundredths, number); }  // 125 is 1.25
    // "R12-3": what it is, of which child (or which member of staff), and which of theirs; part 0 is left
    // out.
    static Value id(std::string_view kind, std::uint64_t owner, std::uint32_t part = 0) {
        Value value = made(Kind::id, static_cast<std::int64_t>(owner));
        for (std::size_t i = 0; i < kind.size() && i < sizeof value.prefix_; ++i) value.prefix_[i] = kind[i];
        value.size_ = part;
        return value;
    }
    static Value flag(bool yes) { return yes ? "Y" : "N"; }

    Kind kind() const { return kind_; }
    bool blank() const { return kind_ == Kind::blank; }
    bool is_day() const { return kind_ == Kind::day; }
    Day day() const { return static_cast<Day>(number_); }  // of a date
    std::string_view word() const { return kind_ == Kind::word ? std::string_view(text_, size_) : ""; }
    bool operator==(std::string_view text) const { return word() == text; }
    bool same(const Value& other) const {
        return kind_ == other.kind_ && size_ == other.size_ && prefix_ == other.prefix_ &&
               (kind_ == Kind::word ? word() == other.word() : number_ == other.number_);
    }
    void append_to(std::string& text) const;

  private:
    static Value made(Kind kind, std::int64_t number) {
        Value value;
        value.kind_ = kind;
        value.number_ = number;
        return value;
    }
    Kind kind_ = Kind::blank;
    std::array<char, 3> prefix_{};
    std::uint32_t size_ = 0;  // of a word; the part of an id
    union {
        std::int64_t number_ = 0;
        const char* text_;
    };
};

enum class Table : std::uint8_t {
    person,
    episodes,
    placements,
    reviews,
    visits,
    health,
    legal_status,
    care_leavers,
    permanence,
    missing,
    involvements,
    professionals,
    departments,
    cp_plans,
    cp_reviews,
    care_plans,
    notifications,
    documents,
    attendance,
    changes,
    plans,
    oversight,
    activity,
    significant_events,
    disputes,
    dispute_stages,
    caseloads,
    permanence_meetings
};
inline constexpr std::size_t table_count = 28;

struct TableShape {
    std::string_view name;    // in the dataset, in findings, and of the file without ".csv"
    std::string_view header;  // the header row
    std::size_t columns;
};
const TableShape& shape(Table table);

namespace person {
enum : std::size_t {
    id,
    forename,
    surname,
    sex,
    gender,
    ethnicity,
    dob,
    nhs,
    legacy,
    upn,
    send,
    expected,
    death
};
}
namespace episodes {
enum : std::size_t {
    id,
    person,
    start,
    start_reason,
    need,
    end,
    end_reason,
    care,
    referral,
    placement,
    entered,
    contact
};
}
namespace placements {
enum : std::size_t { id, start, type, urn, distance, care, provider, postcode, end, change_reason, person };
}
namespace reviews {
enum : std::size_t { id, care, due, date, cancelled, participation };
}
namespace visits {
enum : std::size_t { id, care, person, date, seen, alone };
}
namespace health {
enum : std::size_t { id, person, type, date, status };
}
namespace legal {
enum : std::size_t { id, person, status, start, end };
}
namespace leavers {
enum : std::size_t {
    id,
    person,
    eligibility,
    in_touch,
    contact,
    accommodation,
    suitable,
    activity,
    plan_review,
    adviser,
    team,
    worker
};
}
namespace permanence {
enum : std::size_t {
    id,
    person,
    care,
    decided,
    ffa_decided,
    order,
    placed,
    matched,
    by_carer,
    ffa_placed,
    reversed,
    foster_carer,
    siblings,
    together,
    apart,
    urn,
    reversal,
    order_date,
    order_type
};
}
namespace missing {
enum : std::size_t { id, person, start, type, end, offered, accepted };
}
namespace involvements {
enum : std::size_t { id, professional, role, team, start, end, reason, person, referral };
}
namespace professionals {
enum : std::size_t { id, staff, name, registration, title, caseload, department, equivalent, agency };
}
namespace cp_plans {
enum : std::size_t { id, referral, conference, person, start, end, initial, ola, latest };
}
namespace cp_reviews {
enum : std::size_t { id, person, plan, due, date, meeting, continues, quorate, participation };
}
namespace care_plans {
enum : std::size_t { id, person, start, end, json };
}
namespace notifications {
enum : std::size_t { id, person, came, notified, allocated, iro };
}
namespace documents {
enum : std::size_t { id, review, kind, completed, distributed, declined };
}
namespace attendance {
enum : std::size_t { review, role, attended, chaired };
}
namespace changes {
enum : std::size_t { review, original, changed, child, area, safeguarding };
}
namespace plans {
enum : std::size_t { id, person, kind, placement, completed, updated, shared, views, grade, implemented };
}
namespace oversight {
enum : std::size_t { id, person, iro, date, kind, seen };
}
namespace activity {
enum : std::size_t { person, date, kind };
}
namespace events {
enum : std::size_t { person, date, kind, notified };
}
namespace disputes {
enum : std::size_t { id, person, iro, raised, category, resolved };
}
namespace stages {
enum : std::size_t { dispute, stage, started, responded, ended };
}
namespace caseloads {
enum : std::size_t { iro, date, children, equivalent };
}
namespace meetings {
enum : std::size_t { person, date, agreed };
}

// Some rows of every table. Not shared between threads.
class Rows {
  public:
    std::size_t count(Table table) const { return cells(table).size() / shape(table).columns; }
    Value& at(Table table, std::size_t row, std::size_t column) {
        return cells(table)[row * shape(table).columns + column];
    }
    const Value& at(Table table, std::size_t row, std::size_t column) const {
        return cells(table)[row * shape(table).columns + column];
    }
    // The columns after the given ones are blank. Returns the number of the row.
    std::size_t add(Table table, std::initializer_list<Value> values);
    std::size_t copy(Table table, std::size_t row);  // added at the end
    void remove(Table table, std::size_t row);
    void clear() {
        for (std::vector<Value>& cells : cells_) cells.clear();
    }
    void append_to(Table table, std::string& text) const;

  private:
    std::vector<Value>& cells(Table table) { return cells_[static_cast<std::size_t>(table)]; }
    const std::vector<Value>& cells(Table table) const { return cells_[static_cast<std::size_t>(table)]; }
    std::array<std::vector<Value>, table_count> cells_;
};

}  // namespace caseaudit::generate::service
