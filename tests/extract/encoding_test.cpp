#include "extract/encoding.h"

#include <random>

#include "collected.h"

using namespace caseaudit::extract;
using namespace caseaudit::extract::testing;

TEST_CASE("UTF-8 sequences are told from others at the edges of Unicode's table") {
    const auto valid = [](const char* text) { return valid_utf8(text); };
    for (const char* text : {"", "a", "\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF",
                             "\xEE\x80\x80", "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"})
        CHECK(valid(text));
    for (const char* text :
         {"\x80", "\xC0\x80", "\xC1\xBF", "\xC2", "\xC2\x41", "\xE0\x9F\xBF", "\xE2\x82", "\xED\xA0\x80",
          "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xF0\x90\x80", "\xFF"})
        CHECK_FALSE(valid(text));
}

TEST_CASE("A sequence that does not end is told from one that is malformed") {
    const auto cut = [](const char* text) { return cut_sequence(text); };
    for (const char* text : {"", "a", "\xC3\xA9", "\xE2\x82\xAC", "a\x80", "\x80\x80\x80\x80", "\xC1", "\xF5",
                             "\xFF", "\xE0\x80", "\xED\xA0", "\xF0\x80", "\xF4\x90\x80", "\xC3\xA9\x80"})
        CHECK(cut(text) == 0);
    for (const char* text : {"\xC2", "a\xC3", "\xE0", "\xED", "\xF0", "\xC3\xA9\xF4"}) CHECK(cut(text) == 1);
    for (const char* text : {"\xE2\x82", "\xED\x9F", "\xF0\x90", "a\xE0\xA0"}) CHECK(cut(text) == 2);
    for (const char* text : {"\xF0\x9F\x98", "a\xF4\x8F\x80"}) CHECK(cut(text) == 3);
}

TEST_CASE("A file cut off within a character is UTF-8 up to there, and its last row is rejected") {
    // The only whole character beyond ASCII stands in the header, in the first chunk or in the last.
    const std::string filler(300, 'x');
    for (const std::string start : {"A,B\xC3\xA9\n1,x\n", "A,B\n1,Zo\xC3\xAB\n",
                                    "\xEF\xBB\xBF"
                                    "A,B\n1,x\n"})
        for (const std::string cut : {"\xC3", "\xE2\x82", "\xF0\x9F\x98"})
            for (const std::size_t size : {std::size_t{16}, std::size_t{64}, std::size_t{1} << 20})
                for (const bool strict : {false, true}) {
                    CAPTURE(start, cut, size, strict);
                    const Collected result = collect(start + "2," + filler + "\n3,Ren" + cut,
                                                     {.chunk = size, .window = size, .strict = strict});
                    CHECK(result.encoding == "UTF-8");
                    CHECK(result.rows.size() == 2);
                    REQUIRE(result.report.rejected.size() == 1);
                    const Rejected& rejected = result.report.rejected[0];
                    CHECK(rejected.reason == "the file is cut off within a character of cell 2");
                    CHECK(rejected.line == 4);
                    CHECK(rejected.row == 3);
                    CHECK(rejected.column == 2);
                }
}

TEST_CASE("What the end of a file may be beside a cut character") {
    SECTION("a letter of Windows-1252, where nothing says that the file is UTF-8") {
        const Collected result = collect("A,B\n1,caf\xE9");
        CHECK(result.encoding == "windows-1252");
        CHECK(result.rows == std::vector<Cells>{{"1", "caf\xC3\xA9"}});
    }
    SECTION("one of a file that holds others of them") {
        CHECK(collect("A,B\n1,Zo\xC3\xAB\n2,\xE9t\n3,caf\xE9").encoding == "windows-1252");
    }
    SECTION("within a quoted cell, which then is never closed") {
        const Collected result = collect("A,B\n1,Zo\xC3\xAB\n2,\"Ren\xC3");
        CHECK(result.encoding == "UTF-8");
        REQUIRE(result.report.rejected.size() == 1);
        CHECK(std::string_view(result.report.rejected[0].reason).starts_with("the quote that opens cell 2"));
    }
    SECTION("in the first cell, and in a row that has too few") {
        const Collected result = collect("A,B\n1,Zo\xC3\xAB\n\xC3");
        REQUIRE(result.report.rejected.size() == 1);
        CHECK(result.report.rejected[0].column == 1);
        CHECK(result.report.rejected[0].reason == "the file is cut off within a character of cell 1");
    }
    SECTION("in the header row") {
        CHECK(collect("A\xC3\xA9,B\xC3").error == "the file is cut off within a character of its header row");
        CHECK(collect("A,caf\xE9").columns == Cells{"A", "caf\xC3\xA9"});
    }
}

TEST_CASE("Windows-1252 becomes UTF-8") {
    CHECK(to_utf8(Encoding::windows_1252, "plain text, long enough") == "plain text, long enough");
    CHECK(to_utf8(Encoding::windows_1252, "Zo\xEB \x80\x9F\xA0\xFF") ==
          "Zo\xC3\xAB \xE2\x82\xAC\xC5\xB8\xC2\xA0\xC3\xBF");
    CHECK(to_utf8(Encoding::windows_1252, "\x81") == "\xC2\x81");
}

TEST_CASE("A pair of UTF-16 that is cut off waits for its other half") {
    const std::string text("a\0\x3D\xD8\x00\xDE", 6);
    std::string out(32, '\0');
    std::size_t used = 0;
    CHECK(to_utf8(Encoding::utf16_little, text.substr(0, 4), out.data(), used, false) == 1);
    CHECK(used == 2);
    CHECK(to_utf8(Encoding::utf16_little, text.substr(2), out.data(), used, true) == 4);
    CHECK(out.substr(0, 4) == "\xF0\x9F\x98\x80");
    CHECK(to_utf8(Encoding::utf16_little, text.substr(0, 4)) == "a\xED");
    CHECK(to_utf8(Encoding::utf16_little, text.substr(0, 5)) == "a\xED");
    CHECK(to_utf8(Encoding::utf16_big, std::string("\0a\0", 3)) == "a\xED");
    CHECK(to_utf8(Encoding::utf16_little, std::string("\x3D\xD8z\0", 4)) == "\xEF\xBF\xBDz");
    CHECK(to_utf8(Encoding::utf16_little, std::string("\x00\xDE", 2)) == "\xEF\xBF\xBD");
}

namespace {
std::string in_utf16(std::u16string_view text) {
    std::string bytes = "\xFF\xFE";
    for (const char16_t unit : text) bytes += {static_cast<char>(unit & 0xFF), static_cast<char>(unit >> 8)};
    return bytes;
}
}  // namespace

TEST_CASE("A file in UTF-16 that is cut off within a character has its last row rejected") {
    const std::string whole = in_utf16(u"A,B\n1,x\uFFFD\n2,Ren\U0001F600");
    CHECK(collect(whole).rows == std::vector<Cells>{{"1", "x\xEF\xBF\xBD"}, {"2", "Ren\xF0\x9F\x98\x80"}});
    for (const std::size_t left : {1, 2, 3}) {  // of the last four bytes
        CAPTURE(left);
        const Collected result = collect(whole.substr(0, whole.size() - 4 + left));
        CHECK(result.encoding == "UTF-16");
        CHECK(result.rows == std::vector<Cells>{{"1", "x\xEF\xBF\xBD"}});
        REQUIRE(result.report.rejected.size() == 1);
        CHECK(result.report.rejected[0].reason == "the file is cut off within a character of cell 2");
        CHECK(result.report.rejected[0].line == 3);
        CHECK(result.report.rejected[0].column == 2);
    }
    CHECK(collect(whole.substr(0, whole.size() - 4)).rows.size() == 2);
    CHECK(collect(in_utf16(u"A,Caf\u00E9").substr(0, 13)).error ==
          "the file is cut off within a character of its header row");
}

TEST_CASE("One byte that is not UTF-8, anywhere, makes the file Windows-1252") {
    const char* const pieces[] = {"a", "bcd", ",", "\n", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80"};
    const char* const broken[] = {"\xE9",         "\x80",         "\xC3",    "\xE2\x82",
                                  "\xF0\x9F\x98", "\xED\xA0\x80", "\xC0\x80"};
    std::size_t found = 0;
    for (unsigned seed = 0; seed < 2'000; ++seed) {
        CAPTURE(seed);
        std::mt19937 random(seed);
        std::string text = "A,B\n";
        const bool breaks = random() % 2 == 0;
        for (std::size_t i = random() % 200; i > 0; --i) {
            text += pieces[random() % std::size(pieces)];
            if (breaks && random() % 60 == 0) text += broken[random() % std::size(broken)];
        }
        const std::string_view whole = std::string_view(text).substr(0, text.size() - cut_sequence(text));
        const bool valid = valid_utf8(whole) && (whole.size() == text.size() || !all_ascii(whole));
        found += valid ? 0 : 1;
        const std::size_t chunk = 1 + random() % 90;
        const Collected result = collect(text, {.chunk = chunk, .window = 16 + random() % 60});
        REQUIRE(result.encoding == (valid ? "UTF-8" : "windows-1252"));
        if (valid) continue;
        // The same rows as from the file converted beforehand.
        const Collected converted = collect(to_utf8(Encoding::windows_1252, text));
        REQUIRE(result.rows == converted.rows);
        REQUIRE(result.report.rejected.size() == converted.report.rejected.size());
    }
    CHECK(found > 500);
}
