// What goes wrong in the structure of a file: each file ends in errors, in bounded time.
#include <catch2/catch.hpp>

#include "yaml/document.h"

using namespace caseaudit;

namespace {

using Said = std::vector<std::string>;

Said errors(const std::string& text) {
    Said out;
    const auto result = yaml::load_text("f.yaml", text);
    if (result.ok()) return out;
    for (const Diagnostic& one : result.errors()) {
        out.push_back(fmt::format("{}:{} {}{}{}", one.place.line, one.place.column, one.message,
                                  one.hint.empty() ? "" : " | ", one.hint));
    }
    return out;
}

}  // namespace

TEST_CASE("a file that begins with a sign the parser takes nothing of is refused, and reading ends") {
    for (const char* text : {",", ",a", ",*a", ",*a ", ", [x]\n", "# first\n\n,a: b\n"}) {
        INFO(text);
        const Said said = errors(text);
        REQUIRE(said.size() == 1);
        CHECK(said[0].ends_with("a value cannot begin here | put it in quotes"));
    }
}

TEST_CASE("a quote that nothing closes is an error at the quote") {
    const std::string open = "the quote that opens here is not closed";
    CHECK(errors("a: 'open\n") == Said{"1:4 " + open});
    CHECK(errors("a: \"open\n") == Said{"1:4 " + open});
    CHECK(errors("a: \"open\\\"\n") == Said{"1:4 " + open});
    CHECK(errors("a: 'it''s open''\n") == Said{"1:4 " + open});
    CHECK(errors("a: 1\r\nb: \xC3\xA9t\xC3\xA9 \xE2\x82\xAC\r\nc: [d, 'op\xC3\xA9n\r\ne: f\r\n").size() == 1);
    CHECK(errors("a: \xC3\xA9\r\nb: 'op\xC3\xA9n\r\nc: d\r\n") == Said{"2:4 " + open});
    CHECK(errors("'open\n") == Said{"1:1 " + open});
    CHECK(errors("a: 'open") == Said{"1:9 illegal EOF in scalar | a quote in line 1 or below is not closed"});
}

TEST_CASE("a quote that is closed at the very end is none") {
    for (const char* text :
         {"a: 'it''s'", "a: \"x\\\\\"", "a: ''", "a: ''''\n", "a: 'x\n  y'\n", "a: 'x\n'\n", "'\xE2\x82\xAC'",
          "a: \xE2\x82\xAC\r\nb: '\xC3\xA9'\r\n", "a: |\n  'x\n", "a: 'x'\nb: it's\n", "'a': \"it's\"\n"}) {
        INFO(text);
        CHECK(errors(text).empty());
    }
}

TEST_CASE("what to do about common mistakes") {
    CHECK(errors("a: b: c\n") == Said{"1:5 illegal map value | put text that holds ': ' in quotes"});
    CHECK(errors("a: %b\n") == Said{"1:4 unknown token | text that begins with this sign needs quotes"});
    CHECK(errors("a:\n\tb: 1\n").size() == 1);
}

TEST_CASE("keys that are no text") {
    CHECK(errors("[a]: b\n").size() == 1);
    CHECK(errors("{[a]: b}") == Said{"1:2 a key must be text | write 'key: value'"});
    CHECK(errors("~: b\n") == Said{"1:1 a key must be text | write 'key: value'"});
}

TEST_CASE("structures that fit nothing are refused") {
    for (const char* text :
         {"a: 1\n- b\n", "a: - b\n", "a:\n    b: 1\n  c: 2\nd: 3\n", "a: 'x' y\n", "a: {x} y\n", "a: | x\n",
          "a: [b\n", "a: {b: c\n", "]", "a: \"\\d\"\n", "a: \"\\u12\"\n"}) {
        INFO(text);
        CHECK(errors(text).size() == 1);
    }
}

TEST_CASE("no file is too bad to end with") {
    CHECK(errors(std::string(100'000, '{')).size() == 1);
    CHECK(errors(std::string(2'000'000, '[')) ==
          Said{"1:1000001 more than 1000000 lines and signs of YAML | split the file"});
    std::string many = "a: [";
    for (int i = 0; i < 600'000; ++i) many += "b,\n";
    CHECK(errors(many + "]").size() == 1);
    std::string same;
    for (int i = 0; i < 20'000; ++i) same += fmt::format("k{}: 1\n", i);
    CHECK(errors(same).empty());
    CHECK(errors(same + "k7: 2\n") ==
          Said{"20001:1 the key 'k7' is given twice | it is first given in line 8"});
    std::string broken;
    for (int i = 0; i < 5'000; ++i) broken += "k: 1\n";
    CHECK(errors(broken).size() == 100);
}
