#include "rulepack/expression_reader.h"

using namespace caseaudit;

// The quick way to a place must give what the general way gives, for every character of every scalar.
TEST_CASE("places of characters in scalars") {
    const std::string text =
        "plain: held > $from\n"
        "single: 'it''s {held}'\n"
        "double: \"a \\\"b\\\" {held}\"\n"
        "    \n"
        "folded: >\n"
        "  Held {held}\n"
        "  and {due}\n"
        "literal: |\n"
        "    first {a}\n"
        "    second {b}\n"
        "several: one line\n"
        "  and {another}\n"
        "flow: {a: x y, b: 'c d'}\n";
    auto loaded = yaml::load_text("p.yaml", text);
    REQUIRE(loaded);
    const yaml::Document& document = *loaded;
    const rulepack::ScalarPlaces places(document);
    const auto compare = [&](const yaml::Node& node) {
        for (std::size_t offset = 0; offset <= node.text.size(); ++offset) {
            const Place quick = places.at(node, offset), general = yaml::place_in(document, node, offset);
            INFO(node.text << " at " << offset);
            CHECK(quick.line == general.line);
            CHECK(quick.column == general.column);
        }
    };
    for (const auto& [key, value] : document.root.entries) {
        compare(key);
        if (value.kind == yaml::Node::Kind::scalar) compare(value);
        for (const auto& [inner, cell] : value.entries) compare(cell);
    }
    // A text knows the place of each of its bytes.
    for (const auto& [key, value] : document.root.entries) {
        if (value.kind != yaml::Node::Kind::scalar) continue;
        const expression::Text text_of_value = places.text(value);
        for (std::size_t offset = 0; offset < value.text.size(); ++offset) {
            INFO(value.text << " at " << offset);
            CHECK(text_of_value.at(offset) == yaml::place_in(document, value, offset));
        }
    }
    // And what that is: the brace in the folded text's second line.
    const yaml::Node& folded = *document.root.find("folded");
    const Place due = places.at(folded, folded.text.find("{due}"));
    CHECK(due.line == 7);
    CHECK(due.column == 7);
}
