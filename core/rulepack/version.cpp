#include "rulepack/version.h"

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace caseaudit::rulepack {
namespace {

using Numbers = std::array<std::uint32_t, 4>;

// Reads the numbers at the front of `text` and leaves what follows them.
std::optional<Numbers> take_numbers(std::string_view& text) {
    Numbers numbers{};
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), numbers[i]);
        if (error != std::errc{}) return std::nullopt;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        if (text.empty() || text[0] != '.') return numbers;
        if (i + 1 < numbers.size()) text.remove_prefix(1);
    }
    return std::nullopt;  // a fifth number
}

std::string_view trim(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

// Where the first of several conditions ends: at a comma, or at a space before the next one's sign.
std::size_t end_of_first(std::string_view text) {
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == ',') return i;
        const auto next = text.find_first_not_of(' ', i);
        const bool sign =
            next != text.npos && std::string_view("<>=").find(text[next]) != std::string_view::npos;
        if (text[i] == ' ' && sign && text[i - 1] >= '0' && text[i - 1] <= '9') return i;
    }
    return std::string_view::npos;
}

Requirement check_one(std::string_view text, const Numbers& version) {
    text = trim(text);
    const std::size_t sign = text.find_first_not_of("<>=");
    if (sign == std::string_view::npos) return Requirement::malformed;
    const std::string_view operation = text.substr(0, sign);
    text = trim(text.substr(sign));
    const std::optional<Numbers> wanted = take_numbers(text);
    if (!wanted || !text.empty()) return Requirement::malformed;
    bool met = false;
    if (operation == ">=") {
        met = version >= *wanted;
    } else if (operation == ">") {
        met = version > *wanted;
    } else if (operation == "<=") {
        met = version <= *wanted;
    } else if (operation == "<") {
        met = version < *wanted;
    } else if (operation == "=" || operation == "==" || operation.empty()) {
        met = version == *wanted;
    } else {
        return Requirement::malformed;
    }
    return met ? Requirement::met : Requirement::not_met;
}

}  // namespace

std::string_view engine_version() {
    return CASEAUDIT_ENGINE_VERSION;
}

bool is_version(std::string_view text) {
    if (!take_numbers(text)) return false;
    if (text.empty()) return true;
    if (text[0] != '-' && text[0] != '+') return false;
    constexpr std::string_view allowed = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-";
    text.remove_prefix(1);
    return !text.empty() && text.find_first_not_of(allowed) == std::string_view::npos;
}

Requirement check_requirement(std::string_view text, std::string_view version) {
    const std::optional<Numbers> have = take_numbers(version);
    if (!have) return Requirement::malformed;
    Requirement all = Requirement::met;
    while (true) {
        const std::size_t end = end_of_first(text);
        const Requirement one = check_one(text.substr(0, end), *have);
        if (one == Requirement::malformed) return one;
        if (one == Requirement::not_met) all = one;
        if (end == std::string_view::npos) return all;
        text.remove_prefix(end + 1);
    }
}

}  // namespace caseaudit::rulepack
