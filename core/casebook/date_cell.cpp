#include "casebook/date_cell.h"

#include <algorithm>

#include "calendar/summer_time.h"

namespace caseaudit::casebook {

const std::array<std::uint64_t, (last_year - first_year + 1)* 16> months = [] {
    std::array<std::uint64_t, (last_year - first_year + 1) * 16> table{};
    for (int year = first_year; year <= last_year; ++year) {
        for (int month = 1; month <= 12; ++month) {
            const auto first = static_cast<std::uint32_t>(calendar::day_number(year, month, 1));
            const auto days = static_cast<std::uint64_t>(calendar::days_in_month(year, month));
            table[static_cast<std::size_t>((year - first_year) * 16 + month)] = days << 32 | first;
        }
    }
    return table;
}();

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// Reads up to `most` digits off the front.
bool take_number(std::string_view& text, std::size_t least, std::size_t most, unsigned& number) {
    std::size_t size = 0;
    number = 0;
    while (size < most && size < text.size() && is_digit(text[size])) {
        number = number * 10 + static_cast<unsigned>(text[size++] - '0');
    }
    text.remove_prefix(size);
    return size >= least;
}

// A time of day: hh:mm[:ss[.fraction]] and a zone. All that is used of it is whether it is in the last hour
// of a day of UTC, but it must be a time.
bool read_time(std::string_view text, bool& ends_utc_day) {
    unsigned hour = 0, minute = 0, second = 0;
    ends_utc_day = false;
    if (!take_number(text, 1, 2, hour) || hour > 24 || text.empty() || text.front() != ':') return false;
    text.remove_prefix(1);
    if (!take_number(text, 2, 2, minute) || minute > 59) return false;
    if (!text.empty() && text.front() == ':') {
        text.remove_prefix(1);
        if (!take_number(text, 2, 2, second) || second > 60) return false;
        if (!text.empty() && (text.front() == '.' || text.front() == ',')) {
            text.remove_prefix(1);
            unsigned ignored = 0;
            if (!take_number(text, 1, 9, ignored)) return false;
        }
    }
    if (text.empty()) return true;
    ends_utc_day = hour == 23;
    if (text == "Z" || text == "z") return true;
    if (text.front() != '+' && text.front() != '-') return false;
    text.remove_prefix(1);
    ends_utc_day &= text.find_first_not_of("0:") == std::string_view::npos;
    return text.size() >= 2 && text.size() <= 5 &&
           std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || c == ':'; });
}

bool read_format(std::string_view text, std::string_view format, calendar::Day& out) {
    unsigned year = 0, month = 0, day = 0;
    while (!format.empty()) {
        const char kind = format.front();
        std::size_t run = 0;
        while (run < format.size() && format[run] == kind) ++run;
        if (kind == 'y') {
            if (!take_number(text, 4, 4, year)) return false;
        } else if (kind == 'm' || kind == 'd') {
            if (!take_number(text, 1, 2, kind == 'm' ? month : day)) return false;
        } else {
            if (text.size() < run || text.substr(0, run) != format.substr(0, run)) return false;
            text.remove_prefix(run);
        }
        format.remove_prefix(run);
    }
    bool ends_utc_day = false;
    if (!text.empty()) {
        if (text.front() != ' ' && text.front() != 'T' && text.front() != 't') return false;
        if (!read_time(text.substr(1), ends_utc_day)) return false;
    }
    if (!day_of(year, month, day, out)) return false;
    out += static_cast<calendar::Day>(ends_utc_day && calendar::next_day_begins_early(out));
    return true;
}

// Without the time of day.
std::string date_part(std::string_view format) {
    std::string part(format.substr(0, format.find_first_of("Tt ")));
    std::transform(part.begin(), part.end(), part.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return part;
}

}  // namespace

DateFormats::DateFormats(const std::vector<std::string>& formats) {
    for (const std::string& format : formats) {
        std::string part = date_part(format);
        if (std::find(formats_.begin(), formats_.end(), part) == formats_.end()) formats_.push_back(part);
    }
    const std::string iso = "yyyy-mm-dd";
    if (std::find(formats_.begin(), formats_.end(), iso) == formats_.end()) formats_.push_back(iso);
    day_first_ = std::find(formats_.begin(), formats_.end(), "dd/mm/yyyy") != formats_.end();
}

std::optional<calendar::Day> DateFormats::read(std::string_view text) const {
    calendar::Day day = 0;
    for (const std::string& format : formats_) {
        if (read_format(text, format, day)) return day;
    }
    return std::nullopt;
}

}  // namespace caseaudit::casebook
