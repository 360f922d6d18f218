#include "reports/text.h"

#include <catch2/catch.hpp>

using namespace caseaudit::reports;

TEST_CASE("XML text: markup escaped, what XML does not allow replaced") {
    CHECK(xml("a<b>&\"c\"") == "a&lt;b&gt;&amp;&quot;c&quot;");
    CHECK(xml("line\nend\ttab") == "line&#10;end&#9;tab");
    CHECK(xml("\x01\x1b") == "\xEF\xBF\xBD\xEF\xBF\xBD");
    CHECK(xml("caf\xC3\xA9 \xF0\x9F\x98\x80") == "caf\xC3\xA9 \xF0\x9F\x98\x80");
    CHECK(xml("\xEF\xBF\xBF") == "\xEF\xBF\xBD");                  // U+FFFF
    CHECK(xml("\xED\xA0\x80").find('\xED') == std::string::npos);  // a surrogate
    CHECK(xml("\xC3") == "\xEF\xBF\xBD");
    CHECK(xml("\xC0\xAF").find('\xC0') == std::string::npos);  // an overlong '/'
}

TEST_CASE("text on one line shows what would hide or move") {
    CHECK(visible("a\x1b[31mb\r\n") == "a\\u{1b}[31mb\\u{d}\\u{a}");
    CHECK(visible("x\xE2\x80\xAEy") == "x\\u{202e}y");
    CHECK(visible("\xC2\x85") == "\\u{85}");
    CHECK(visible("caf\xC3\xA9") == "caf\xC3\xA9");
    CHECK(visible("\xFF") == "\\x{ff}");
}

TEST_CASE("numbers are grouped by thousands") {
    CHECK(grouped(0) == "0");
    CHECK(grouped(999) == "999");
    CHECK(grouped(1000) == "1,000");
    CHECK(grouped(1234567) == "1,234,567");
}
