// Whether a constant keeps to the limits that its parameter declares, and these in words: what the host
// refuses, what tests of a check refuse, and what documentation says is the same. Pure; any thread may call.
#pragma once
#include <caseaudit/sdk/values.hpp>

#include <cstddef>
#include <cstdio>
#include <cstring>
#include <string>

namespace caseaudit::sdk {

// The parameter with all members of this version, those that an older plugin does not have being 0.
inline caseaudit_parameter complete(const caseaudit_parameter& declared) {
    caseaudit_parameter whole{};
    std::memcpy(&whole, &declared, declared.struct_size < sizeof whole ? declared.struct_size : sizeof whole);
    return whole;
}

inline std::string in_words(double number) {
    char text[32];
    std::snprintf(text, sizeof text, "%.15g", number);
    return text;
}

// "from 1 to 12", "at least 1", "at most 12"; "" without limits. `declared` must be complete.
inline std::string range_in_words(const caseaudit_parameter& declared) {
    switch (declared.limits) {
        case CASEAUDIT_AT_LEAST:
            return "at least " + in_words(declared.least);
        case CASEAUDIT_AT_MOST:
            return "at most " + in_words(declared.most);
        case CASEAUDIT_AT_LEAST | CASEAUDIT_AT_MOST:
            return "from " + in_words(declared.least) + " to " + in_words(declared.most);
        default:
            return "";
    }
}

// "in weeks or months"; "" when every unit is allowed. `declared` must be complete.
inline std::string units_in_words(const caseaudit_parameter& declared) {
    std::string text;
    for (std::uint32_t unit = CASEAUDIT_DAYS; unit <= CASEAUDIT_YEARS; ++unit)
        if ((declared.units >> unit & 1) != 0)
            text += (text.empty() ? "in " : " or ") + std::string(name(static_cast<Unit>(unit)));
    return text;
}

// Whether a number, or the count of a duration, lies within; so does what is neither.
inline bool within_range(const caseaudit_parameter& declared, const caseaudit_value& value) {
    if (value.type != CASEAUDIT_INTEGER && value.type != CASEAUDIT_DECIMAL &&
        value.type != CASEAUDIT_DURATION)
        return true;
    const double number =
        value.type == CASEAUDIT_DECIMAL ? value.as.decimal : static_cast<double>(value.as.integer);
    return ((declared.limits & CASEAUDIT_AT_LEAST) == 0 || number >= declared.least) &&
           ((declared.limits & CASEAUDIT_AT_MOST) == 0 || number <= declared.most);
}
inline bool unit_allowed(const caseaudit_parameter& declared, std::int32_t unit) {
    return declared.units == 0 || (unit >= 0 && unit < 32 && (declared.units >> unit & 1) != 0);
}

}  // namespace caseaudit::sdk
