// The page that the web report fills in: reports/html/src, built by Vite into one file.
#pragma once
#include <string_view>

namespace caseaudit::reports {

// With the marks where the data goes; "" when this program was built without Node.js.
std::string_view html_page();

}  // namespace caseaudit::reports
