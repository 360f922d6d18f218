#include "casebook/identifying_text.h"

using caseaudit::casebook::holds_full_date;
using caseaudit::casebook::holds_postcode_or_pupil_number;
using caseaudit::casebook::looks_like_value;

TEST_CASE("a postcode or a pupil number is known wherever it stands by itself") {
    for (const char* text : {"TW12 2LS", "tw122ls", "M1 1AE", "GIR 0AA", "at ME4  1JT, the flat", "B11AA",
                             "Q98765432101Z", "(q987654321012)"}) {
        CAPTURE(text);
        CHECK(holds_postcode_or_pupil_number(text));
    }
    for (const char* text :
         {"", "PR4", "CARPL", "SC416568", "TW12", "2LS", "TW12, 2LS", "TW12-2LS", "XTW12 2LSX", "31/02/2025",
          "19149416", "Q9876543210", "QQ8765432101Z", "no place 12 of 3"}) {
        CAPTURE(text);
        CHECK_FALSE(holds_postcode_or_pupil_number(text));
    }
}

TEST_CASE("a full date is known in figures and in words, with a time or without") {
    for (const char* text :
         {"03/05/2010", "3.5.10", "2010-05-03", "2010-05-03T00:00:00", "05/31/2010", "born 03-05-2010",
          "3 May 2010", "3rd may 2010", "03-May-10", "May 3, 2010", "3 SEPT 2010"}) {
        CAPTURE(text);
        CHECK(holds_full_date(text));
    }
    for (const char* text :
         {"", "2010", "05/2010", "2010-05", "31/31/2010", "00/05/2010", "1.2.3.4.5", "May 2010",
          "marching 3 2010", "PN1", "R12-3-1", "45415", "20100503", "3/4", "03/05-2010"}) {
        CAPTURE(text);
        CHECK_FALSE(holds_full_date(text));
    }
}

TEST_CASE("what is shaped like a value and called no column") {
    for (const char* value : {"15/12/2024", "2012-03-12", "SW13 4ZR", "me4 1jt", "AB12CD", "11234567",
                              "V318123456714", "URN1234567"}) {
        CAPTURE(value);
        CHECK(looks_like_value(value));
    }
    for (const char* text :
         {"", "2024", "Q1 2024", "C2", "PR4", "Address line 2", "CHILD", "2nd", "top10s"}) {
        CAPTURE(text);
        CHECK_FALSE(looks_like_value(text));
    }
}
