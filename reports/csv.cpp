#include "reports/csv.h"

namespace caseaudit::reports {

void append_csv(std::string& out, const std::vector<std::string>& cells) {
    bool first = true;
    for (const auto& cell : cells) {
        if (!first) out += ',';
        first = false;
        const bool formula =
            !cell.empty() && std::string_view("=+-@\t\r").find(cell[0]) != std::string_view::npos;
        if (!formula && cell.find_first_of(",\"\r\n") == std::string::npos) {
            out += cell;
            continue;
        }
        out += formula ? "\"'" : "\"";
        for (const char c : cell) {
            if (c == '"') out += '"';
            out += c;
        }
        out += '"';
    }
    out += "\r\n";
}

}  // namespace caseaudit::reports
