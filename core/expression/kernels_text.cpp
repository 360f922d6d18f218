#include <re2/re2.h>

#include "casebook/number_cell.h"
#include "casebook/postcode.h"
#include "expression/kernels.h"
#include "expression/letter_case.h"
#include "expression/text_function.h"

namespace caseaudit::expression::kernels {
namespace {

bool is_start_of_character(char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
}

// Bytes before the n-th character (from 0), or the length when there are fewer.
std::size_t offset_of_character(std::string_view text, std::int64_t n) {
    std::size_t at = 0;
    for (; at < text.size(); ++at)
        if (is_start_of_character(text[at]) && n-- == 0) return at;
    return at;
}

std::string_view without_spaces(std::string_view text) {
    constexpr std::string_view spaces = " \t\n\r\f\v";
    const auto first = text.find_first_not_of(spaces);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(spaces) - first + 1);
}

// Calls f for each piece of a text between separators, until f returns false.
template <class F>
void split(std::string_view text, std::string_view separator, F f) {
    while (true) {
        const auto found = separator.empty() ? std::string_view::npos : text.find(separator);
        if (!f(text.substr(0, found)) || found == std::string_view::npos) return;
        text.remove_prefix(found + separator.size());
    }
}

template <class F>
void make_texts(const KernelCall& call, F f) {
    over_texts<std::int32_t>(call, [&](std::string_view text) { return call.runtime.intern(f(text)); });
}

template <class F>
void test_pairs(const KernelCall& call, F f) {
    over_text_pairs<std::int8_t>(
        call, [&](std::string_view a, std::string_view b) { return static_cast<std::int8_t>(f(a, b)); });
    std::int8_t* __restrict out = call.out<std::int8_t>();
    const std::uint32_t size = call.size;
    for (std::uint32_t i = 0; i < size; ++i) out[i] = out[i] < 0 ? unknown_boolean : out[i];
}

template <class F>
void compare_bytes(const KernelCall& call) {
    test_pairs(call, [](std::string_view a, std::string_view b) { return F{}(a.compare(b), 0); });
}

template <class T, class F>
void format_values(const KernelCall& call, F f) {
    each<std::int32_t, T>(call, [&](T value) -> std::int32_t {
        return absent(value) ? state_of<std::int32_t>(value) : call.runtime.intern(f(value));
    });
}

// Numbers are read from texts as they are from cells.
std::int64_t parse_integer(std::string_view text) {
    text = without_spaces(text);
    const auto value = text.empty() ? std::nullopt : casebook::read_integer(text);
    return value && !absent(*value) ? *value : invalid64;
}

double parse_decimal(std::string_view text) {
    text = without_spaces(text);
    const auto value = text.empty() ? std::nullopt : casebook::read_decimal(text);
    return value ? *value : invalid_value<double>();
}

}  // namespace

void concatenate(const KernelCall& call) {
    std::string joined;
    over_text_pairs<std::int32_t>(call, [&](std::string_view a, std::string_view b) {
        joined.assign(a).append(b);
        return call.runtime.intern(joined);
    });
}

void starts_with(const KernelCall& call) {
    test_pairs(call, [](std::string_view a, std::string_view b) { return a.starts_with(b); });
}
void ends_with(const KernelCall& call) {
    test_pairs(call, [](std::string_view a, std::string_view b) { return a.ends_with(b); });
}
void contains(const KernelCall& call) {
    test_pairs(call,
               [](std::string_view a, std::string_view b) { return a.find(b) != std::string_view::npos; });
}

void matches(const KernelCall& call) {
    const re2::RE2& pattern = call.runtime.pattern(call.node.a);
    over_texts<std::int8_t>(call, [&pattern](std::string_view text) {
        return static_cast<std::int8_t>(re2::RE2::PartialMatch({text.data(), text.size()}, pattern));
    });
    std::int8_t* __restrict out = call.out<std::int8_t>();
    const std::uint32_t size = call.size;
    for (std::uint32_t i = 0; i < size; ++i) out[i] = out[i] < 0 ? unknown_boolean : out[i];
}

void size_of(const KernelCall& call) {
    over_texts<std::int64_t>(call, [](std::string_view text) -> std::int64_t {
        return std::count_if(text.begin(), text.end(), is_start_of_character);
    });
}

void upper(const KernelCall& call) {
    make_texts(call, upper_case);
}
void lower(const KernelCall& call) {
    make_texts(call, lower_case);
}
void trim(const KernelCall& call) {
    make_texts(call, without_spaces);
}

void substring_from(const KernelCall& call) {
    each<std::int32_t, std::int32_t, std::int64_t>(
        call, [&](std::int32_t id, std::int64_t from) -> std::int32_t {
            if (absent(id) || absent(from)) return state_of<std::int32_t>(id, from);
            const std::string_view text = call.runtime.text(id);
            return call.runtime.intern(
                text.substr(offset_of_character(text, std::max<std::int64_t>(from, 0))));
        });
}

void substring(const KernelCall& call) {
    each<std::int32_t, std::int32_t, std::int64_t, std::int64_t>(
        call, [&](std::int32_t id, std::int64_t from, std::int64_t to) -> std::int32_t {
            if (absent(id) || absent(from) || absent(to))
                return is_invalid_state(to) ? invalid32 : state_of<std::int32_t>(id, from);
            const std::string_view text = call.runtime.text(id);
            const auto begin = offset_of_character(text, std::max<std::int64_t>(from, 0));
            const auto end = offset_of_character(text, std::max<std::int64_t>(to, 0));
            return call.runtime.intern(text.substr(begin, end > begin ? end - begin : 0));
        });
}

void replace(const KernelCall& call) {
    each<std::int32_t, std::int32_t, std::int32_t, std::int32_t>(
        call, [&](std::int32_t id, std::int32_t from, std::int32_t to) -> std::int32_t {
            if (absent(id) || absent(from) || absent(to))
                return is_invalid_state(to) ? invalid32 : state_of<std::int32_t>(id, from);
            const std::string_view new_text = call.runtime.text(to);
            std::string result;
            bool first = true;
            split(call.runtime.text(id), call.runtime.text(from), [&](std::string_view piece) {
                if (!first) result += new_text;
                result += piece;
                first = false;
                return true;
            });
            return call.runtime.intern(result);
        });
}

void in_split(const KernelCall& call) {
    each<std::int8_t, std::int32_t, std::int32_t, std::int32_t>(
        call, [&](std::int32_t value, std::int32_t text, std::int32_t separator) -> std::int8_t {
            if (absent(value) || absent(text) || absent(separator)) return unknown_boolean;
            const std::string_view wanted = call.runtime.text(value);
            bool found = false;
            split(call.runtime.text(text), call.runtime.text(separator), [&](std::string_view piece) {
                found = without_spaces(piece) == wanted;
                return !found;
            });
            return static_cast<std::int8_t>(found);
        });
}

void split_count(const KernelCall& call) {
    over_text_pairs<std::int64_t>(call, [](std::string_view text, std::string_view separator) {
        std::int64_t count = 0;
        split(text, separator, [&](std::string_view) { return ++count > 0; });
        return count;
    });
}

void year_month(const KernelCall& call) {
    format_values<std::int32_t>(call, [](std::int32_t day) {
        std::string text = calendar::to_iso(day);
        text.resize(text.size() - 3);  // without the day
        return text;
    });
}

void quarter(const KernelCall& call) {
    format_values<std::int32_t>(call, [](std::int32_t day) {
        const auto date = calendar::civil(day);
        return fmt::format("{:04}-Q{}", date.year, (date.month + 2) / 3);
    });
}

void financial_year(const KernelCall& call) {
    format_values<std::int32_t>(call, [](std::int32_t day) {
        const auto date = calendar::civil(day);
        const int begun = date.month >= 4 ? date.year : date.year - 1;
        return fmt::format("{:04}/{:02}", begun, (begun + 1) % 100);
    });
}

Kernel to_text(Kind kind) {
    switch (kind) {
        case Kind::boolean:
            return [](const KernelCall& call) {
                format_values<std::int8_t>(call, [](std::int8_t value) { return value ? "true" : "false"; });
            };
        case Kind::integer:
            return [](const KernelCall& call) {
                format_values<std::int64_t>(call, [](std::int64_t value) { return std::to_string(value); });
            };
        case Kind::decimal:
            return [](const KernelCall& call) {
                format_values<double>(call, [](double value) { return fmt::format("{}", value); });
            };
        case Kind::date:
            return [](const KernelCall& call) {
                format_values<std::int32_t>(call, [](std::int32_t value) { return calendar::to_iso(value); });
            };
        default:
            return [](const KernelCall& call) {
                format_values<std::int32_t>(
                    call, [](std::int32_t value) { return casebook::unpack_postcode(value); });
            };
    }
}

void text_to_integer(const KernelCall& call) {
    over_texts<std::int64_t>(call, parse_integer);
}
void text_to_decimal(const KernelCall& call) {
    over_texts<double>(call, parse_decimal);
}
void decimal_to_integer(const KernelCall& call) {
    each<std::int64_t, double>(call, [](double a) {
        if (absent(a)) return state_of<std::int64_t>(a);
        return a > -9.2e18 && a < 9.2e18 ? static_cast<std::int64_t>(a) : missing64;
    });
}

Kernel compare_texts(Comparison comparison) {
    switch (comparison) {
        case Comparison::less:
            return compare_bytes<std::less<>>;
        case Comparison::less_or_equal:
            return compare_bytes<std::less_equal<>>;
        case Comparison::greater:
            return compare_bytes<std::greater<>>;
        default:
            return compare_bytes<std::greater_equal<>>;
    }
}

}  // namespace caseaudit::expression::kernels
