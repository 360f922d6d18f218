#include "extract/heading.h"

using namespace caseaudit::extract;

TEST_CASE("what is shaped like the name of a column") {
    for (const char* name : {"CHILD", "MC_DOB", "Home post (full)", "Reason for leaving?", "Address line 2",
                             "SSDA903 Episodes 2025-26", "URN_2024", "pers_forename", "Sheet1", "% seen",
                             "No. of moves", "Child's view", "x", "dbo.ssd_person"}) {
        INFO(name);
        CHECK(looks_like_name(name) == (name[0] != '%'));
    }
}

TEST_CASE("what may be the value of a child is no name") {
    for (const char* value : {"",
                              " CHILD",
                              "11234567",
                              "A1B2C3",
                              "Notes11234567",
                              "Notes1234",
                              "Notes2012",
                              "15/12/2024",
                              "2012-03-12",
                              "12 March 2012",
                              "March 12 2012",
                              "on 12/03/2012",
                              "DOB 12-03-12",
                              "SW13 4ZR",
                              "SW134ZR",
                              "ME4 1JT",
                              "B1 2",
                              "AB1",
                              "V318123456714",
                              "C2",
                              "N1",
                              "U6",
                              "PR4",
                              "SC416568",
                              "2025",
                              "born 1998",
                              "Zo\xC3\xAB",
                              "moved to live with her grandparents on the advice of the court",
                              "a\x1b[31m",
                              "a,b",
                              "a\"b",
                              "-",
                              "_x"}) {
        INFO(value);
        CHECK_FALSE(looks_like_name(value));
    }
    CHECK_FALSE(looks_like_name(std::string(65, 'a')));
    CHECK(looks_like_name(std::string(64, 'a')));
}
