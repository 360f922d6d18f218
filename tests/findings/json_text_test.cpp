#include "findings/json_text.h"

#include <nlohmann/json.hpp>

using namespace caseaudit::findings;

TEST_CASE("quoted text reads back as it was", "[findings]") {
    for (const std::string text :
         {"", "plain", "say \"no\"", "back\\slash", "two\nlines\r\tand tab", "Zoë – £5"}) {
        std::string out;
        append_quoted(out, text);
        CHECK(nlohmann::json::parse(out) == text);
    }
    std::string out;
    append_quoted(out, std::string("\x01\x1f\0", 3));
    CHECK(out == "\"\\u0001\\u001f\\u0000\"");
}

TEST_CASE("commas stand between members and elements and nowhere else", "[findings]") {
    std::string out;
    JsonText json(out);
    json.open('{')
        .member("a", "x")
        .key("empty")
        .open('[')
        .close(']')
        .key("list")
        .open('[')
        .number(1)
        .number(2)
        .open('{')
        .close('}')
        .close(']');
    json.key("n").null().close('}');
    CHECK(out == R"({"a":"x","empty":[],"list":[1,2,{}],"n":null})");
}
