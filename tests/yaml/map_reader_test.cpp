#include "yaml/map_reader.h"

#include <catch2/catch.hpp>

using namespace caseaudit;
using yaml::Need;

namespace {

struct Reading {
    yaml::Document document;
    Diagnostics found;
    yaml::Errors errors{document, "test", found};
    explicit Reading(const std::string& text) : document(std::move(*yaml::load_text("f.yaml", text))) {}
    yaml::MapReader reader() { return {document.root, "the thing", errors}; }
    std::vector<std::string> messages() const {
        std::vector<std::string> out;
        for (const Diagnostic& one : found) {
            out.push_back(fmt::format("{}:{} {} {}{}{}", one.place.line, one.place.column, one.code,
                                      one.message, one.hint.empty() ? "" : " | ", one.hint));
        }
        return out;
    }
};

using Messages = std::vector<std::string>;

}  // namespace

TEST_CASE("typed keys are read") {
    Reading reading("name: x\ncount: -12\nflag: true\nlist: [a, 'b']\none: c\nmap: {k: v}\n");
    auto reader = reading.reader();
    CHECK(reader.text("name", Need::required) == "x");
    CHECK(reader.integer("count") == -12);
    CHECK(reader.boolean("flag", false));
    CHECK(reader.boolean("absent", true));
    CHECK(reader.texts("list") == Messages{"a", "b"});
    CHECK(reader.texts("one", Need::required, true) == Messages{"c"});
    REQUIRE(reader.map("map"));
    CHECK(reader.map("map")->find("k")->text == "v");
    reader.finish();
    CHECK(reading.messages().empty());
}

TEST_CASE("every mistake is reported, each at its place") {
    Reading reading("naem: x\ncount: '12'\nflag: yes\nlist: a\nmap: [1]\ntext: {}\nnothing:\n");
    auto reader = reading.reader();
    {
        const yaml::Errors::Within within(reading.errors, "table t");
        reader.text("name", Need::required);
        reader.integer("count");
        reader.boolean("flag", false);
    }
    reader.texts("list");
    reader.map("map");
    reader.text("text");
    reader.text("nothing", Need::required);
    reader.finish();
    CHECK(reading.messages() == Messages{
                                    "1:1 test.missing-key the thing has no 'name'",
                                    "2:8 test.wrong-type 'count' must be a whole number",
                                    "3:7 test.wrong-type 'flag' must be true or false",
                                    "4:7 test.wrong-type 'list' must be a list, not a single value",
                                    "5:6 test.wrong-type 'map' must be a map of keys and values, not a list",
                                    "6:7 test.wrong-type 'text' must be a single value, not a map",
                                    "7:1 test.empty 'nothing' has no value",
                                    "1:1 test.unknown-key the thing has no key 'naem' | did you mean 'name'?",
                                });
    CHECK(reading.found[0].within == Messages{"table t"});
    CHECK(reading.found[3].within.empty());
    CHECK(reading.found[1].fragment == "'12'");
}

TEST_CASE("what is no map is reported once") {
    Reading reading("[1, 2]");
    auto reader = reading.reader();
    reader.text("name", Need::required);
    reader.finish();
    CHECK(reading.messages() ==
          Messages{"1:1 test.not-a-map the thing must be a map of keys and values, not a list"});
}

TEST_CASE("numbers are read strictly") {
    const auto scalar = [](std::string text, bool quoted = false) {
        yaml::Node node;
        node.kind = yaml::Node::Kind::scalar;
        node.text = std::move(text);
        node.quoted = quoted;
        return node;
    };
    CHECK(yaml::as_integer(scalar("+5")) == 5);
    CHECK(yaml::as_integer(scalar("-5")) == -5);
    for (const char* bad : {"", "+", "-", "+-5", "5.0", "1e3", "5 ", "99999999999999999999"}) {
        CHECK_FALSE(yaml::as_integer(scalar(bad)));
    }
    CHECK(yaml::as_decimal(scalar("-1.5")) == -1.5);
    CHECK(yaml::as_decimal(scalar("7")) == 7.0);
    for (const char* bad : {"", ".", "1.", ".5", "1e3", "nan", "1.2.3", "--1"})
        CHECK_FALSE(yaml::as_decimal(scalar(bad)));
    CHECK_FALSE(yaml::as_integer(scalar("5", true)));
    CHECK(yaml::as_boolean(scalar("false")) == false);
    CHECK_FALSE(yaml::as_boolean(scalar("True")));
    CHECK_FALSE(yaml::as_boolean(scalar("true", true)));
}

TEST_CASE("names that expressions can use") {
    CHECK(yaml::is_identifier("PL_POST"));
    CHECK(yaml::is_identifier("_x1"));
    for (const char* bad : {"", "1x", "a-b", "a b", "\xC3\xA9"}) CHECK_FALSE(yaml::is_identifier(bad));
}
