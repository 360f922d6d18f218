#include "extract/workbook.h"

using namespace caseaudit::extract;

TEST_CASE("serial numbers of days") {
    CHECK(date_of_serial(1, false) == "1900-01-01");
    CHECK(date_of_serial(59, false) == "1900-02-28");
    CHECK(date_of_serial(60, false).empty());
    CHECK(date_of_serial(61, false) == "1900-03-01");
    CHECK(date_of_serial(45748, false) == "2025-04-01");
    CHECK(date_of_serial(45748.5, false) == "2025-04-01T12:00:00");
    CHECK(date_of_serial(45748.999999, false) == "2025-04-02");
    CHECK(date_of_serial(2958465, false) == "9999-12-31");
    CHECK(date_of_serial(2958466, false).empty());
    CHECK(date_of_serial(0, false).empty());
    CHECK(date_of_serial(-1, false).empty());
    CHECK(date_of_serial(0.0 / 0.0, false).empty());
    CHECK(date_of_serial(0, true) == "1904-01-01");
    CHECK(date_of_serial(45748 - 1462, true) == "2025-04-01");
}

TEST_CASE("formats of dates") {
    for (const char* code :
         {"dd/mm/yyyy", "d-mmm-yy", "mmmm", "yyyy\\-mm\\-dd", "[$-809]dd mmmm yyyy;@", "m/d/yy h:mm"})
        CHECK(is_date_format(code));
    for (const char* code :
         {"General", "0.00", "h:mm:ss", "[h]:mm", "#,##0\" days\"", "0.00E+00", "\\d0", "[Red]0", "@"})
        CHECK_FALSE(is_date_format(code));
}
