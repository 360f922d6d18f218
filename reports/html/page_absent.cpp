#include "reports/html/page.h"

namespace caseaudit::reports {

std::string_view html_page() {
    return {};
}

}  // namespace caseaudit::reports
