#include "diagnostic/printable.h"

#include <catch2/catch.hpp>

using namespace caseaudit;

TEST_CASE("what a terminal could obey and what is no UTF-8 are shown as bytes") {
    CHECK(printable("plain, Zo\u00EB, \u20AC, \U0001F600") == "plain, Zo\u00EB, \u20AC, \U0001F600");
    CHECK(printable("a\x1B[31m\r\n\t\x7F") == "a\\x1b[31m\\x0d\\x0a\\x09\\x7f");
    CHECK(printable("\u009B31m \u202E \u2066 \u200B \u061C \uFEFF") ==
          "\\xc2\\x9b31m \\xe2\\x80\\xae \\xe2\\x81\\xa6 \\xe2\\x80\\x8b \\xd8\\x9c \\xef\\xbb\\xbf");
    CHECK(printable("\x9B"
                    "31m \xC3( \xE2\x82") == "\\x9b31m \\xc3( \\xe2\\x82");
    CHECK(printable("\xC0\x80 \xED\xA0\x80 \xF5") == "\\xc0\\x80 \\xed\\xa0\\x80 \\xf5");
    CHECK(printable("") == "");
}

TEST_CASE("text that is too long is cut between characters") {
    CHECK(printable("12345", 5) == "12345");
    CHECK(printable("123456", 5) == "12\u2026");
    CHECK(printable("1\u20AC\u20AC", 6) == "1\u2026");
    CHECK(printable("\x1B\x1B", 7) == "\\x1b\u2026");
}

TEST_CASE("masked text keeps its places") {
    CHECK(masked("a\tZo\u00EB\x1B[m\u009B\xFF\u202E!") ==
          "a\tZo\u00EB?[m?????"
          "?!");
}

TEST_CASE("UTF-8 is told from other bytes") {
    CHECK(is_utf8("Zo\u00EB\x1B"));
    CHECK_FALSE(is_utf8("Zo\xEB"));
    CHECK_FALSE(is_utf8("Zo\xC3"));
}
