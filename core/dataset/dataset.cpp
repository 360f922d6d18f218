#include "dataset/dataset.h"

#include <algorithm>

#include "dataset/draft.h"

namespace caseaudit::dataset {

std::string fold_case(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

std::string fold_file_name(std::string_view text) {
    std::string out = fold_case(text);
    std::erase_if(out, [](char c) { return c == '_' || c == '-' || c == ' '; });
    return out;
}

int Table::find_field(std::string_view wanted) const {
    const std::string folded = fold_case(wanted);
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (fold_case(fields[i].name) == folded) return static_cast<int>(i);
    }
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const auto is = [&](const std::string& alias) { return fold_case(alias) == folded; };
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
