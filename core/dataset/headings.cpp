#include "dataset/headings.h"

#include <algorithm>
#include <map>

#include "diagnostic/diagnostic.h"

namespace caseaudit::dataset {
namespace {

// Bytes of the separator that the text begins with: '_', '-', or a character of Unicode 15 that is white
// space, has no width or is a hyphen; 0 when it begins with none.
std::size_t separator(std::string_view text) {
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    const unsigned first = byte(0);
    if (first == '_' || first == '-' || first == ' ' || (first >= '\t' && first <= '\r')) return 1;
    if (first == 0xC2) return byte(1) == 0xA0 || byte(1) == 0xAD || byte(1) == 0x85 ? 2 : 0;
    const unsigned rest = byte(1) << 8 | byte(2);
    if (first == 0xE2)
        return (rest >= 0x8080 && rest <= 0x8095) || (rest >= 0x80A8 && rest <= 0x80AF) || rest == 0x819F ||
                       rest == 0x81A0
                   ? 3
                   : 0;
    const bool other = (first == 0xE1 && rest == 0x9A80) || (first == 0xE3 && rest == 0x8080) ||
                       (first == 0xEF && rest == 0xBBBF);
    return other ? 3 : 0;
}

std::string_view without_separators_before(std::string_view text) {
    while (const std::size_t length = separator(text)) text.remove_prefix(length);
    return text;
}

// Whether the name begins with all of `start`.
bool begins_like(std::string_view name, std::string_view start, bool and_ends) {
    for (;;) {
        name = without_separators_before(name);
        start = without_separators_before(start);
        if (start.empty()) return !and_ends || name.empty();
        if (name.empty() || !same_name(name.substr(0, 1), start.substr(0, 1))) return false;
        name.remove_prefix(1);
        start.remove_prefix(1);
    }
}

// The one field whose name or alias is like the heading; -1 when none or more are.
int like_field(const Table& table, std::string_view heading) {
    int found = -1;
    for (std::size_t i = 0; i < table.fields.size(); ++i) {
        const Field& field = table.fields[i];
        const auto like = [&](const std::string& name) { return like_name(name, heading); };
        if (!like(field.name) && std::none_of(field.aliases.begin(), field.aliases.end(), like)) continue;
        if (found >= 0) return -1;
        found = static_cast<int>(i);
    }
    return found;
}

}  // namespace

bool like_name(std::string_view a, std::string_view b) {
    return begins_like(a, b, true);
}

NamedFields name_fields(const Table& table, const std::vector<std::string>& headings) {
    NamedFields named{std::vector<int>(headings.size(), -1), std::vector<bool>(headings.size(), false)};
    std::vector<bool> taken(table.fields.size(), false);
    bool all = true;
    for (std::size_t i = 0; i < headings.size(); ++i) {
        named.field[i] = table.find_field(headings[i]);
        if (named.field[i] >= 0) taken[static_cast<std::size_t>(named.field[i])] = true;
        all &= named.field[i] >= 0;
    }
    if (all) return named;
    std::map<int, std::vector<std::size_t>> like;  // field -> headings
    for (std::size_t i = 0; i < headings.size(); ++i) {
        if (named.field[i] >= 0) continue;
        const int field = like_field(table, headings[i]);
        if (field >= 0 && !taken[static_cast<std::size_t>(field)]) like[field].push_back(i);
    }
    for (const auto& [field, of] : like) {
        if (of.size() > 1) continue;
        named.field[of.front()] = field;
        named.loosely[of.front()] = true;
    }
    return named;
}

std::string near_name(std::string_view heading, const std::vector<std::string>& names) {
    constexpr std::size_t telling = 4;
    if (std::string near = nearest(heading, names); !near.empty()) return near;
    const auto found = std::find_if(names.begin(), names.end(), [&](const std::string& name) {
        return std::min(name.size(), heading.size()) >= telling &&
               (begins_like(heading, name, false) || begins_like(name, heading, false));
    });
    return found == names.end() ? "" : *found;
}

}  // namespace caseaudit::dataset
