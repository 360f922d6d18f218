#include "rulepack/message.h"

using namespace caseaudit::rulepack;

namespace {

// Pieces as text, expressions in angle brackets with their offset.
std::string shown(std::string_view text) {
    std::string out;
    for (const TemplatePiece& piece : parse_template(text).pieces) {
        out += piece.is_expression ? fmt::format("<{}@{}>", piece.text, piece.offset)
                                   : fmt::format("[{}]", piece.text);
    }
    return out;
}

}  // namespace

TEST_CASE("placeholders are told from text") {
    CHECK(shown("") == "");
    CHECK(shown("Only text.") == "[Only text.]");
    CHECK(shown("{held}") == "<held@1>");
    CHECK(shown("Held { held } late: {a + b}.") == "[Held ]<held@7>[ late: ]<a + b@21>[.]");
    CHECK(shown("{a}{b}") == "<a@1><b@4>");
}

TEST_CASE("doubled braces are braces of the text") {
    CHECK(shown("{{held}} {{ }}") == "[{held} { }]");
    CHECK(shown("{{{held}}}") == "[{]<held@3>[}]");
}

TEST_CASE("braces and quotes inside a placeholder's quoted text are text") {
    CHECK(shown("{kind == '}' ? \"{\" : 'a'}.") == "<kind == '}' ? \"{\" : 'a'@1>[.]");
    CHECK(shown("The child's {age}") == "[The child's ]<age@13>");
}

TEST_CASE("every wrong brace is reported with its place") {
    const Template wrong = parse_template("a } b {} c { } d {held");
    REQUIRE(wrong.errors.size() == 4);
    CHECK(wrong.errors[0].offset == 2);
    CHECK(wrong.errors[1].offset == 6);
    CHECK(wrong.errors[1].length == 2);
    CHECK(wrong.errors[2].offset == 11);
    CHECK(wrong.errors[3].offset == 17);
    CHECK(parse_template("{a {b}").errors.size() == 1);
    CHECK(parse_template("{'never closed}").errors.size() == 1);
}
