// Data in the page: what the first view needs as JSON, the rest compressed and in base64.
#pragma once
#include <string>
#include <string_view>

namespace caseaudit::reports {

// JSON that may stand in a script element: "<" is written as an escape, which only strings can hold.
std::string embedded_json(std::string_view json);

// zlib's format in base64, as the page's DecompressionStream("deflate") takes it.
std::string packed(std::string_view bytes);

}  // namespace caseaudit::reports
