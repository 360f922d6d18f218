#include "dataset/dataset.h"

#include <algorithm>

#include "dataset/draft.h"

namespace caseaudit::dataset {

namespace {
char folded(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
}  // namespace

std::string fold_case(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = folded(c);
    return out;
}

bool same_name(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return folded(x) == folded(y); });
}

std::string fold_file_name(std::string_view text) {
    std::string out = fold_case(text);
    std::erase_if(out, [](char c) { return c == '_' || c == '-' || c == ' '; });
    return out;
}

int Table::find_field(std::string_view wanted) const {
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (same_name(fields[i].name, wanted)) return static_cast<int>(i);
    }
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const auto is = [&](const std::string& alias) { return same_name(alias, wanted); };
        if (std::any_of(fields[i].aliases.begin(), fields[i].aliases.end(), is)) return static_cast<int>(i);
    }
    return -1;
}

int Dataset::find_table(std::string_view wanted) const {
    const auto found =
        std::find_if(tables.begin(), tables.end(), [&](const Table& table) { return table.name == wanted; });
    return found == tables.end() ? -1 : static_cast<int>(found - tables.begin());
}

const std::vector<std::string>& date_formats() {
    static const std::vector<std::string> formats = {"dd/mm/yyyy", "yyyy-mm-dd", "yyyy-mm-ddThh:mm:ss"};
    return formats;
}

}  // namespace caseaudit::dataset
