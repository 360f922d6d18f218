// Files are read by libyaml: the tree must be the one that yaml-cpp makes of them.
#include "yaml/quick_events.h"

#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <random>
#include <sstream>

#include "yaml/document.h"
#include "yaml/tree_builder.h"

using namespace caseaudit;

namespace {

// One line a node: its kind, place and text. What is not there has no place: the two find it before the white
// space or after it.
void describe(const yaml::Node& node, std::string& out) {
    if (node.kind != yaml::Node::Kind::null) out += fmt::format("{}:{} ", node.line, node.column);
    out += fmt::format("{}{} {}\n", static_cast<int>(node.kind), node.quoted ? " quoted" : "", node.text);
    for (const auto& item : node.items) describe(item, out);
    for (const auto& [key, value] : node.entries) {
        describe(key, out);
        describe(value, out);
    }
}

// "" when the text has errors.
std::string by_yaml_cpp(const std::string& text) {
    Diagnostics errors;
    yaml::TreeBuilder builder("f.yaml", errors);
    try {
        std::istringstream stream(text);
        YAML::Parser parser(stream);
        while (parser.HandleNextDocument(builder)) {
        }
    } catch (const YAML::Exception&) {
        return "";
    } catch (const yaml::GiveUp&) {
        return "";
    }
    if (!errors.empty()) return "";
    std::string out;
    describe(builder.take_root(), out);
    return out;
}

void check_same(const std::string& text) {
    const auto document = yaml::load_text("f.yaml", text);
    REQUIRE(document);
    std::string read;
    describe(document->root, read);
    CHECK(read == by_yaml_cpp(text));
}

}  // namespace

TEST_CASE("a text read quickly gives the tree that yaml-cpp makes of it") {
    for (const char* text : {
             "title: Child is looked after without a review  \nassert: missing(DEC) or DEC >= DECOM\n",
             "{first thing: second thing, third: [fourth item, 'fifth item', \"sixth item\"], seventh: 8}\n",
             "text: >-\n  folded words here\n  and more of them\n\n    deeper words there\n  the end\nnext: "
             "value\n",
             "text: |+\n  literal # words\n  - not an item: none\n\n\nnext: value # with a comment\n",
             "plain: over several lines\n  of words, with commas\n  and it's quoted not at all\nnext: "
             "value\n",
             "'single ''quoted'' key': \"double \\\"quoted\\\" \\u00e9scaped value\"\n",
             "- \"over lines of\n  double quoted text\"\n- 'and of\n  single quoted text'\n",
             "none: null\nNull word: NULL\nabc: nullify\nyes: ~\nempty:\nlast: \"null\"\n",
             "- - nested items here\n  - more of them\n- key in item: value\n  other key: other value\n",
             "caf\xC3\xA9 and words: \xE2\x80\xA6 and so on\nkey\xC3\xA9: value\n",
             "windows: line ends here\r\nnext line: value of it\r\n",
             "--- \nafter a mark: words and words\n",
             "url: http://example.org/a/path\ntime: 12:30:45\nweight: $parameter + 3\n",
             "long: (a == b) and (c != d) ? 'yes' :'no'\n",
             "? complex words\n: value of words\n",
             "a: 1\nab: 12\nabc: 123\nabcd: 1234\n",
             "tab:\tvalue\tafter tabs\n",
         }) {
        INFO(text);
        check_same(text);
    }
}

TEST_CASE("texts of whatever signs are what yaml-cpp reads, both read alike") {
    const std::vector<std::string> pieces = {"abc",
                                             "null",
                                             "ab",
                                             "a long text",
                                             "x-y",
                                             "$name",
                                             "=b",
                                             "<c",
                                             "\xC3\xA9t\xC3\xA9",
                                             "1",
                                             "2026-03-31",
                                             "~",
                                             "!",
                                             "&",
                                             "*",
                                             "|",
                                             ">",
                                             "%",
                                             "@",
                                             "`",
                                             "-",
                                             "- ",
                                             "? ",
                                             ": ",
                                             ":",
                                             "#",
                                             " #",
                                             ", ",
                                             "[",
                                             "]",
                                             "{",
                                             "}",
                                             "'",
                                             "\"",
                                             "\\",
                                             "\n",
                                             "\n",
                                             "\n  ",
                                             "\n- ",
                                             "\n  - ",
                                             " ",
                                             "  ",
                                             "\r\n",
                                             "\r",
                                             "...",
                                             "---",
                                             "key: ",
                                             "\nkey: ",
                                             "\nother: ",
                                             "first: ",
                                             "|\n  ",
                                             ">-\n  ",
                                             "'it''s'",
                                             "\"quoted text\"",
                                             "[one two, three]",
                                             "{a: four five}"};
    std::mt19937 random(1);
    const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
    std::size_t read_well = 0;
    for (int i = 0; i < 30'000; ++i) {
        std::string text = below(2) == 0 ? "first: " : "";
        for (std::size_t n = 1 + below(8); n > 0; --n) text += pieces[below(pieces.size())];
        const auto document = yaml::load_text("f.yaml", text);
        if (!document) continue;
        std::string read;
        describe(document->root, read);
        INFO(text);
        const std::string told = by_yaml_cpp(text);
        if (told.empty()) continue;  // libyaml takes a block of text that is not indented, and the like
        REQUIRE(read == told);
        ++read_well;
    }
    CHECK(read_well > 3'000);
}

TEST_CASE("every shipped file of rules, datasets and calendars is read quickly, and the same") {
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(CASEAUDIT_SOURCE_DIR "/rules")) {
        if (entry.path().extension() != ".yaml") continue;
        INFO(entry.path());
        const auto document = yaml::load_file(entry.path().string());
        REQUIRE(document);
        std::string read;
        describe(document->root, read);
        CHECK((read == by_yaml_cpp(document->text)));
        Diagnostics errors;
        yaml::TreeBuilder builder("f.yaml", errors);
        CHECK(yaml::tell_events_quickly(document->text, builder));
        ++files;
    }
    CHECK(files > 20);
}

TEST_CASE("errors are told in the words and at the places of the file") {
    const auto result =
        yaml::load_text("f.yaml", "some long key: some long value\nanother key: &some anchor\n");
    REQUIRE_FALSE(result);
    REQUIRE(result.errors().size() == 1);
    CHECK(result.errors()[0].fragment == "&some");
    CHECK(result.errors()[0].place.line == 2);
    CHECK(yaml::load_text("f.yaml", std::string(1100, 'k') + ": value\n").ok() == false);
}
