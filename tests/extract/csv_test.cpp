#include "extract/csv.h"
TEST_CASE("formats") {
    CHECK(caseaudit::extract::formats().size() == 1);
}
