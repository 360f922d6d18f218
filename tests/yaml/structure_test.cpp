// What goes wrong in the structure of a file, and that reading goes on behind it.
#include <catch2/catch.hpp>

#include "yaml/document.h"

using namespace caseaudit;

namespace {

std::vector<std::string> errors(const std::string& text) {
    std::vector<std::string> out;
    const auto result = yaml::load_text("f.yaml", text);
    if (result.ok()) return out;
    for (const Diagnostic& one : result.errors()) {
        out.push_back(fmt::format("{}:{} {}", one.place.line, one.place.column, one.message));
    }
    return out;
}

using Said = std::vector<std::string>;

}  // namespace

TEST_CASE("several mistakes are told at once") {
    CHECK(errors("a: [1, 2\nb: 'open\nc: x: y\nd: {e: 1 f: 2\ng: ok\nh ok\n") ==
          Said{"1:4 the '[' that opens here is not closed", "2:4 the quote that opens here is not closed",
               "3:5 a second ':' in the line", "4:11 ',' or '}' is missing here",
               "6:1 a key and ':' are missing here"});
    CHECK(errors("rules:\n  - id: a: b\n    title: x\n  - id: [\n  - id: c\n") ==
          Said{"2:10 a second ':' in the line", "4:9 the '[' that opens here is not closed"});
}

TEST_CASE("indentation that fits nothing") {
    CHECK(errors("a:\n  b: 1\n   c: 2\n") == Said{"3:5 a ':' in text that goes on from the line above"});
    CHECK(errors("a:\n    b: 1\n  c: 2\nd: 3\n") ==
          Said{"3:3 the line is indented more than the keys above"});
    CHECK(errors("- a\n  - b\n- c: 1\n - d\n").size() == 1);
    CHECK(errors("a:\n\tb: 1\n") == Said{"2:1 a tab in the indentation"});
    CHECK(errors("a: 1\n- b\n") == Said{"2:1 a list entry among the keys of a map"});
    CHECK(errors("a: - b\n") == Said{"1:4 a list begins on the line below its key"});
}

TEST_CASE("keys that are no text") {
    CHECK(errors("? a\n: b\n").front() == "1:1 a key must be text");
    CHECK(errors("[a]: b\n").size() == 1);
    CHECK(errors("{[a]: b}") == Said{"1:2 a key must be text"});
    CHECK(errors("~: b\n") == Said{"1:1 a key must be text"});
    CHECK(errors("{a: 1, b: 2, a: 3, b: 4}").size() == 2);
}

TEST_CASE("values that begin with a sign") {
    for (const char* sign : {"@x", "`x", "%x", ",x", "]x", "}x", "? x"}) {
        INFO(sign);
        CHECK(errors(std::string("a: ") + sign + "\n").size() == 1);
        CHECK(errors(std::string("a: '") + sign + "'\n").empty());
    }
    CHECK(errors("a: 'x' y\n") == Said{"1:8 text behind the end of a value"});
    CHECK(errors("a: {x} y\n") == Said{"1:8 text behind the end of a value"});
    CHECK(errors("a: | x\n").size() == 1);
    CHECK(errors("a: [b: c]\n") == Said{"1:6 ',' or ']' is missing here"});
    CHECK(errors("a: [b, , c]\n") == Said{"1:8 a value cannot begin with ','"});
}

TEST_CASE("escapes that do not exist") {
    CHECK(errors("a: \"\\d\"\n") == Said{"1:5 there is no such escape in double quotes"});
    CHECK(errors("a: \"\\u12\"\n") == Said{"1:5 this escape needs 4 hexadecimal digits"});
    CHECK(errors("a: \"\\ud800\"\n") == Said{"1:5 there is no such character"});
    CHECK(errors("a: \"\\U00110000\"\n") == Said{"1:5 there is no such character"});
    CHECK(errors("a: '\\d'\n").empty());
}

TEST_CASE("directives, and text behind the end") {
    CHECK(errors("%YAML 1.2\n---\na: 1\n") == Said{"1:1 directives are not allowed"});
    CHECK(errors("a: 1\n...\nb: 2\n") == Said{"3:1 text behind the end of the document"});
    CHECK(errors("a: 'x\n---\ny'\n").size() >= 1);
}

TEST_CASE("no file is too bad to end with") {
    std::string broken;
    for (int i = 0; i < 5000; ++i) broken += fmt::format("k{}: [\n", i);
    CHECK(errors(broken).size() == 100);
    CHECK(errors(std::string(100000, '{')).size() == 1);
    CHECK(errors(std::string(100000, '-')).empty());
    std::string many = "a: [";
    for (int i = 0; i < 1100000; ++i) many += "b,";
    CHECK(errors(many + "]").size() == 1);
    std::string same;
    for (int i = 0; i < 20000; ++i) same += fmt::format("k{}: 1\n", i);
    CHECK(errors(same).empty());
    CHECK(errors(same + "k7: 2\n") == Said{"20001:1 the key 'k7' is given twice"});
    CHECK(errors(",*a ").size() >= 1);
}
