#include "casebook/listed_codes.h"

namespace caseaudit::casebook {
namespace {

std::string in_small_letters(std::string_view text) {
    std::string small(text);
    for (char& c : small)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    return small;
}

}  // namespace

ListedCodes::ListedCodes(const dataset::CodeList& list) {
    for (const dataset::Code& code : list.codes) {
        const auto [at, is_new] = codes_.try_emplace(in_small_letters(code.value), code.value);
        if (!is_new) at->second.clear();
    }
}

std::string_view ListedCodes::find(std::string_view text) const {
    const auto found = codes_.find(in_small_letters(text));
    return found == codes_.end() ? std::string_view() : found->second;
}

}  // namespace caseaudit::casebook
