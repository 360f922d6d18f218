#include "extract/cell.h"

#include <cstring>

namespace caseaudit::extract {

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view space = " \t\r\n\v\f";
    const std::size_t begin = text.find_first_not_of(space);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(space) - begin + 1);
}

bool blank(std::string_view cell) {
    const bool quoted = cell.size() >= 2 && cell.front() == '"' && cell.back() == '"';
    return trimmed(quoted ? cell.substr(1, cell.size() - 2) : cell).empty();
}

bool well_quoted(std::string_view cell) {
    if (cell.size() < 2 || cell.back() != '"') return false;
    for (std::size_t i = 1; i + 1 < cell.size(); ++i) {
        if (cell[i] != '"') continue;
        if (i + 2 >= cell.size() || cell[i + 1] != '"') return false;
        ++i;
    }
    return true;
}

std::size_t unquote(char* cell, std::size_t length) {
    char* const end = cell + length - 1;
    char* out = static_cast<char*>(std::memchr(cell + 1, '"', length - 2));
    if (out == nullptr) return length - 2;
    for (const char* in = out; in < end; ++in) {
        *out++ = *in;
        if (*in == '"') ++in;  // the second of a pair
    }
    return static_cast<std::size_t>(out - cell) - 1;
}

}  // namespace caseaudit::extract
