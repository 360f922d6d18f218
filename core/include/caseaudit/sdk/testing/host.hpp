// The host as tests of a check have it: a calendar, and what takes verdicts.
#pragma once
#include <caseaudit/sdk/testing/literals.hpp>

#include <set>
#include <string>
#include <vector>

namespace caseaudit::sdk::testing {

struct Found {
    std::string verdicts;  // a letter a row: P passed, F failed, ? undecided
    std::vector<std::string>
        evidence;  // a text a row, in the order the check gave: "before=2024-01-31 days=20"
    std::vector<std::vector<std::size_t>>
        judged_by;  // of each row that failed, the rows that are its context
};

// Working days from Monday to Friday but for the holidays given.
class TestCalendar {
  public:
    explicit TestCalendar(std::set<std::int32_t> holidays) : holidays_(std::move(holidays)) {}
    bool is_working_day(std::int32_t day) const {
        const std::chrono::weekday weekday{std::chrono::sys_days{std::chrono::days{day}}};
        return weekday.iso_encoding() <= 5 && !holidays_.contains(day);
    }
    std::int64_t between(std::int32_t from, std::int32_t to) const {
        if (to < from) return -between(to, from);
        std::int64_t count = 0;
        for (std::int32_t day = from; day < to;) count += is_working_day(++day);
        return count;
    }
    std::int32_t add(std::int32_t date, std::int64_t count, std::int32_t unit) const {
        switch (unit) {
            case CASEAUDIT_DAYS:
                return date + static_cast<std::int32_t>(count);
            case CASEAUDIT_WEEKS:
                return date + static_cast<std::int32_t>(7 * count);
            case CASEAUDIT_WORKING_DAYS:
                for (const std::int32_t step = count < 0 ? -1 : 1; count != 0;)
                    if (is_working_day(date += step)) count -= step;
                return date;
            case CASEAUDIT_MONTHS:
                return add_months(date, count);
            case CASEAUDIT_YEARS:
                return add_months(date, 12 * count);
            default:
                return date;
        }
    }

  private:
    static std::int32_t add_months(std::int32_t date, std::int64_t count) {
        using namespace std::chrono;
        const year_month_day from{sys_days{days{date}}};
        const auto month = from.year() / from.month() + months(static_cast<int>(count));
        const year_month_day same(month.year(), month.month(), from.day());
        const sys_days result = same.ok() ? sys_days(same) : sys_days(month / last);
        return static_cast<std::int32_t>(result.time_since_epoch().count());
    }
    std::set<std::int32_t> holidays_;
};

// Takes verdicts as the host does, and sees that the check keeps the contract.
class TestSink {
  public:
    // `cases`: the number of each row's case.
    TestSink(const caseaudit_check& check, const std::vector<std::uint32_t>& cases)
        : check_(&check), cases_(cases), found_{std::string(cases.size(), 'P'), {}, {}} {
        found_.evidence.resize(cases.size());
        found_.judged_by.resize(cases.size());
    }
    caseaudit_sink table() {
        caseaudit_sink sink{};
        sink.struct_size = sizeof sink;
        sink.self = this;
        sink.fail = [](void* self, std::size_t row, const caseaudit_evidence* evidence, std::size_t count) {
            static_cast<TestSink*>(self)->fail(row, evidence, count);
        };
        sink.fail_by = [](void* self, std::size_t row, const caseaudit_evidence* evidence, std::size_t count,
                          const std::size_t* rows, std::size_t row_count) {
            static_cast<TestSink*>(self)->fail(row, evidence, count);
            static_cast<TestSink*>(self)->judged_by(row, rows, row_count);
        };
        sink.undecided = [](void* self, std::size_t row) { static_cast<TestSink*>(self)->verdict(row, '?'); };
        return sink;
    }
    // What was found; throws std::logic_error for the first verdict that the host would not have believed.
    Found take() {
        if (!broken_.empty()) throw std::logic_error(broken_);
        return std::move(found_);
    }

  private:
    bool verdict(std::size_t row, char letter) {
        const bool fits = row < found_.verdicts.size() && found_.verdicts[row] == 'P';
        if (fits)
            found_.verdicts[row] = letter;
        else if (broken_.empty())
            broken_ = row < found_.verdicts.size() ? "row " + std::to_string(row) + " got two verdicts"
                                                   : "row " + std::to_string(row) + " is not in the batch";
        return fits;
    }
    void fail(std::size_t row, const caseaudit_evidence* evidence, std::size_t count) {
        if (!verdict(row, 'F')) return;
        for (std::size_t i = 0; i < count; ++i) {
            const std::string name(view(evidence[i].name));
            if (!declared(name, evidence[i].value.type) && broken_.empty())
                broken_ = "the check does not declare evidence '" + name + "' of that type";
            auto& text = found_.evidence[row];
            text += (text.empty() ? "" : " ") + name + "=" + shown(evidence[i].value);
        }
    }
    void judged_by(std::size_t row, const std::size_t* rows, std::size_t count) {
        for (std::size_t i = 0; i < count && broken_.empty(); ++i) {
            if (rows[i] >= cases_.size() || cases_[rows[i]] != cases_[row])
                broken_ = "row " + std::to_string(row) + " was judged by a row that is not of its case";
            else
                found_.judged_by[row].push_back(rows[i]);
        }
    }
    bool declared(const std::string& name, std::int32_t type) const {
        for (std::size_t i = 0; i < check_->evidence_count; ++i)
            if (name == check_->evidence[i]->name)
                return type == 0 || check_->evidence[i]->type == 0 || type == check_->evidence[i]->type;
        return false;
    }
    static std::string shown(const caseaudit_value& value) {
        if (value.type == CASEAUDIT_TEXT) return std::string(view(value.as.text));
        if (value.type == CASEAUDIT_DATE) return iso({static_cast<std::int32_t>(value.as.integer)});
        if (value.type == CASEAUDIT_BOOLEAN) return value.as.integer != 0 ? "true" : "false";
        if (value.type == CASEAUDIT_INTEGER) return std::to_string(value.as.integer);
        if (value.type == CASEAUDIT_DURATION)
            return std::to_string(value.as.integer) + " " + std::string(name(static_cast<Unit>(value.unit)));
        if (value.type != CASEAUDIT_DECIMAL) return "";
        char text[32];
        std::snprintf(text, sizeof text, "%.15g", value.as.decimal);
        return text;
    }

    const caseaudit_check* check_;
    const std::vector<std::uint32_t>& cases_;
    Found found_;
    std::string broken_;  // not thrown at once: no exception may leave a function of the table
};

}  // namespace caseaudit::sdk::testing
