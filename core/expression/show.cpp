#include "expression/show.h"

#include "casebook/postcode.h"
#include "expression/states.h"

namespace caseaudit::expression {
namespace {

std::string show_date(calendar::Day day) {
    constexpr const char* months[] = {"January", "February", "March",     "April",   "May",      "June",
                                      "July",    "August",   "September", "October", "November", "December"};
    const calendar::Civil civil = calendar::civil(day);
    return fmt::format("{} {} {}", civil.day, months[civil.month - 1], civil.year);
}

template <class T, class F>
std::string show_state(const void* value, F show_present) {
    const T typed = *static_cast<const T*>(value);
    if (is_missing_state(typed)) return "(blank)";
    if (is_invalid_state(typed)) return "(unreadable)";
    return show_present(typed);
}

}  // namespace

std::string show(const Type& type, const void* value, Runtime& runtime) {
    switch (type.kind) {
        case Kind::boolean:
            return show_state<std::int8_t>(value,
                                           [](std::int8_t b) { return std::string(b ? "yes" : "no"); });
        case Kind::integer:
            return show_state<std::int64_t>(value,
                                            [](std::int64_t number) { return std::to_string(number); });
        case Kind::decimal:
            return show_state<double>(value, [](double number) { return fmt::format("{}", number); });
        case Kind::date:
            return show_state<std::int32_t>(value, show_date);
        case Kind::postcode:
            return show_state<std::int32_t>(value, casebook::unpack_postcode);
        case Kind::row: {
            const TableRef table{type.table, type.which};
            return show_state<std::int32_t>(value, [&](std::int32_t row) {
                const RowRange& range = runtime.rows(table);
                const auto starts = range.case_starts;
                const auto above =
                    std::upper_bound(starts.begin(), starts.end(), static_cast<std::uint32_t>(row));
                const std::uint32_t first = above == starts.begin() ? 0 : *(above - 1);
                const auto& name =
                    runtime.casebook().dataset().tables[static_cast<std::size_t>(type.table)].label;
                return fmt::format("{} {}", name, static_cast<std::uint32_t>(row) - first + 1);
            });
        }
        default:
            return show_state<std::int32_t>(value, [&](std::int32_t id) {
                const std::string_view text = runtime.text(id);
                return text.empty() ? std::string("(blank)") : std::string(text);
            });
    }
}

std::string show(const Constant& constant) {
    switch (constant.kind) {
        case Kind::boolean:
            return constant.boolean ? "yes" : "no";
        case Kind::integer:
            return std::to_string(constant.integer);
        case Kind::decimal:
            return fmt::format("{}", constant.decimal);
        case Kind::date:
            return show_date(constant.date);
        default:
            return constant.text;
    }
}

}  // namespace caseaudit::expression
