// The built page, taken in as it is: CASEAUDIT_HTML_PAGE is its path.
#include "reports/html/page.h"

__asm__(
    ".section .rodata\n"
    ".hidden caseaudit_html_page_begin\n"
    ".hidden caseaudit_html_page_end\n"
    ".global caseaudit_html_page_begin\n"
    ".global caseaudit_html_page_end\n"
    "caseaudit_html_page_begin:\n"
    ".incbin \"" CASEAUDIT_HTML_PAGE
    "\"\n"
    "caseaudit_html_page_end:\n"
    ".previous\n");

extern "C" __attribute__((visibility("hidden"))) const char caseaudit_html_page_begin[];
extern "C" __attribute__((visibility("hidden"))) const char caseaudit_html_page_end[];

namespace caseaudit::reports {

std::string_view html_page() {
    return {caseaudit_html_page_begin,
            static_cast<std::size_t>(caseaudit_html_page_end - caseaudit_html_page_begin)};
}

}  // namespace caseaudit::reports
