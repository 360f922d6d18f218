// What tests of a check write down: cells, constants, records; and the columns that are made from them.
#pragma once
#include <caseaudit/sdk/values.hpp>

#include <array>
#include <chrono>
#include <cstdio>
#include <map>
#include <string>
#include <variant>
#include <vector>

namespace caseaudit::sdk::testing {

struct Missing {};
struct Invalid {
    std::string code;  // the text of a code that is not on its list; empty: what cannot be read
};
inline constexpr Missing missing;
inline Invalid invalid(std::string code = {}) {
    return {std::move(code)};
}

// 2024-02-29 as a Date.
inline Date date(const std::string& iso) {
    int year = 0, month = 0, day = 0;
    char rest = 0;
    const bool read = std::sscanf(iso.c_str(), "%4d-%2d-%2d%c", &year, &month, &day, &rest) == 3;
    const std::chrono::year_month_day civil{std::chrono::year(year),
                                            std::chrono::month(static_cast<unsigned>(month)),
                                            std::chrono::day(static_cast<unsigned>(day))};
    if (!read || iso.size() != 10 || !civil.ok())
        throw std::invalid_argument("'" + iso + "' is no date: write 2024-01-31");
    return {static_cast<std::int32_t>(std::chrono::sys_days(civil).time_since_epoch().count())};
}
inline std::string iso(Date date) {
    const std::chrono::year_month_day civil{std::chrono::sys_days{std::chrono::days{date.days}}};
    char text[48];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(civil.year()),
                  static_cast<unsigned>(civil.month()), static_cast<unsigned>(civil.day()));
    return text;
}

// A cell or constant as a test writes it: text stands for a date where the check wants one.
struct Literal : std::variant<Missing, Invalid, bool, std::int64_t, double, std::string, Date, Duration> {
    using variant::variant;
    Literal(int number) : variant(std::int64_t{number}) {}
    Literal(const char* text) : variant(std::string(text)) {}
};

// A row of the population: its case, and a cell for each expression.
struct Record {
    std::string of_case;
    std::vector<Literal> cells;
};

// A column in Arrow's layout, made from literals.
class TestColumn {
  public:
    // `type`: what the parameter wants; 0: what the literals are.
    TestColumn(int type, const std::string& name, const std::vector<const Literal*>& cells) : type_(type) {
        for (const Literal* cell : cells)
            if (type_ == 0) type_ = type_of_literal(*cell);
        if (type_ == 0) type_ = CASEAUDIT_TEXT;
        offsets_.push_back(0);
        validity_.assign(cells.size() / 8 + 1, 0);
        booleans_.assign(cells.size() / 8 + 1, 0);
        for (const Literal* cell : cells) add(*cell, name);
    }
    int type() const { return type_; }
    ArrowArray array() {
        const void* const bits = booleans_.data();
        const std::map<int, const void*> values = {{CASEAUDIT_BOOLEAN, bits},
                                                   {CASEAUDIT_INTEGER, integers_.data()},
                                                   {CASEAUDIT_DECIMAL, decimals_.data()},
                                                   {CASEAUDIT_DATE, dates_.data()},
                                                   {CASEAUDIT_TEXT, offsets_.data()}};
        buffers_ = {validity_.data(), values.at(type_), text_.data()};
        ArrowArray made{};
        made.length = static_cast<std::int64_t>(states_.size());
        made.null_count = -1;
        made.n_buffers = type_ == CASEAUDIT_TEXT ? 3 : 2;
        made.buffers = buffers_.data();
        return made;
    }
    ArrowSchema schema() const {
        static constexpr const char* formats[] = {"", "b", "l", "g", "tdD", "u"};
        ArrowSchema made{};
        made.format = formats[type_];
        made.name = "";
        made.flags = ARROW_FLAG_NULLABLE;
        return made;
    }
    const std::uint8_t* states() const { return states_.data(); }

    static int type_of_literal(const Literal& literal) {
        static constexpr int types[] = {0,
                                        0,
                                        CASEAUDIT_BOOLEAN,
                                        CASEAUDIT_INTEGER,
                                        CASEAUDIT_DECIMAL,
                                        CASEAUDIT_TEXT,
                                        CASEAUDIT_DATE,
                                        CASEAUDIT_DURATION};
        return types[literal.index()];
    }

  private:
    [[noreturn]] static void misfit(const std::string& name) {
        throw std::invalid_argument("a literal is not of the type that '" + name + "' wants");
    }
    template <class T>
    static const T& as(const Literal& literal, const std::string& name) {
        const T* value = std::get_if<T>(&literal);
        if (value == nullptr) misfit(name);
        return *value;
    }
    void add(const Literal& cell, const std::string& name) {
        const auto* code = std::get_if<Invalid>(&cell);
        const bool is_missing = std::holds_alternative<Missing>(cell);
        const bool known = code != nullptr ? !code->code.empty() : !is_missing;
        const std::size_t row = states_.size();
        states_.push_back(static_cast<std::uint8_t>(code         ? State::invalid
                                                    : is_missing ? State::missing
                                                                 : State::present));
        if (known) validity_[row / 8] |= static_cast<std::uint8_t>(1U << (row % 8));
        if (code != nullptr && known && type_ != CASEAUDIT_TEXT) misfit(name);
        add_value(cell, code, known, row, name);
    }
    void add_value(const Literal& cell, const Invalid* code, bool known, std::size_t row,
                   const std::string& name) {
        const bool present = known && code == nullptr;
        if (type_ == CASEAUDIT_BOOLEAN) {
            if (present && as<bool>(cell, name))
                booleans_[row / 8] |= static_cast<std::uint8_t>(1U << (row % 8));
        } else if (type_ == CASEAUDIT_INTEGER) {
            integers_.push_back(present ? as<std::int64_t>(cell, name) : 0);
        } else if (type_ == CASEAUDIT_DECIMAL) {
            const auto* whole = std::get_if<std::int64_t>(&cell);
            decimals_.push_back(!present ? 0 : whole ? static_cast<double>(*whole) : as<double>(cell, name));
        } else if (type_ == CASEAUDIT_DATE) {
            const auto* text = std::get_if<std::string>(&cell);
            dates_.push_back(!present ? 0 : text ? date(*text).days : as<Date>(cell, name).days);
        } else {
            text_ += code ? code->code : present ? as<std::string>(cell, name) : std::string();
            offsets_.push_back(static_cast<std::int32_t>(text_.size()));
        }
    }

    int type_;
    std::vector<std::uint8_t> validity_, states_, booleans_;
    std::vector<std::int64_t> integers_;
    std::vector<double> decimals_;
    std::vector<std::int32_t> dates_, offsets_;
    std::string text_;
    std::array<const void*, 3> buffers_{};
};

}  // namespace caseaudit::sdk::testing
