#include "yaml/document.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "yaml/scalar_place.h"

using namespace caseaudit;
using yaml::Node;

namespace {

yaml::Document read(const std::string& text) {
    auto result = yaml::load_text("f.yaml", text);
    if (!result.ok()) FAIL(render(result.errors().front(), &text));
    return std::move(*result);
}

// "line:column code" of each error, in order.
std::vector<std::string> errors(const std::string& text) {
    std::vector<std::string> out;
    const auto result = yaml::load_text("f.yaml", text);
    if (result.ok()) return out;
    for (const Diagnostic& error : result.errors()) {
        out.push_back(fmt::format("{}:{} {}", error.place.line, error.place.column, error.code));
    }
    return out;
}

using Codes = std::vector<std::string>;

// What is said of a file whose tree is there all the same.
yaml::Reading reading_of(const std::string& text) {
    auto reading = yaml::read_text("f.yaml", text);
    REQUIRE(reading.document);
    CHECK_FALSE(reading.errors.empty());
    return reading;
}

}  // namespace

TEST_CASE("nodes know their kind, text and place") {
    const auto document = read("a: 1\nb:\n  - x\n  - 'y z'\nc: {d: \"7\", e: [], f: }\ng:\nh: ~\n");
    const Node& root = document.root;
    REQUIRE(root.kind == Node::Kind::map);
    REQUIRE(root.entries.size() == 5);
    CHECK(root.find("a")->text == "1");
    CHECK_FALSE(root.find("a")->quoted);
    const Node& list = *root.find("b");
    REQUIRE(list.items.size() == 2);
    CHECK(list.items[0].line == 3);
    CHECK(list.items[0].column == 5);
    CHECK(list.items[1].text == "y z");
    CHECK(list.items[1].quoted);
    const Node& flow = *root.find("c");
    CHECK(flow.find("d")->quoted);
    CHECK(flow.find("e")->kind == Node::Kind::sequence);
    CHECK(flow.find("f")->kind == Node::Kind::null);
    CHECK(root.find("g")->kind == Node::Kind::null);
    CHECK(root.find("g")->line == 6);  // an absent value stands at its key
    CHECK(root.find("h")->kind == Node::Kind::null);
    CHECK(root.find("nothing") == nullptr);
    CHECK(list.find("x") == nullptr);
}

TEST_CASE("an empty file is a null document") {
    CHECK(read("").root.kind == Node::Kind::null);
    CHECK(read("# only a comment\n").root.kind == Node::Kind::null);
    CHECK(read("\xEF\xBB\xBFid: x\n").root.find("id")->text == "x");
}

TEST_CASE("what strict YAML leaves out is an error with its place") {
    CHECK(errors("a: &x 1\nb: *x\n") == Codes{"1:4 yaml.anchor", "2:4 yaml.alias"});
    CHECK(errors("a: !!str 1\nb: !mine [1]\n") == Codes{"1:4 yaml.tag", "2:4 yaml.tag"});
    CHECK(errors("a: 1\nb: 2\na: 3\nb: 4\n") == Codes{"3:1 yaml.duplicate-key", "4:1 yaml.duplicate-key"});
    CHECK(errors("{a: 1, a: 2}") == Codes{"1:8 yaml.duplicate-key"});
    CHECK(errors("a: 1\n---\nb: 2\n") == Codes{"2:1 yaml.documents"});
    CHECK(errors("--- \na: 1\n...\n").empty());
}

TEST_CASE("of a key that is given twice the first value counts, and the rest of the file is there") {
    const auto reading = reading_of("a: 1\nb: 2\na: 3\nc: 4\n");
    CHECK(reading.errors.size() == 1);
    const Node& root = reading.document->root;
    REQUIRE(root.entries.size() == 3);
    CHECK(root.find("a")->text == "1");
    CHECK(root.find("b")->text == "2");
    CHECK(root.find("c")->text == "4");
    REQUIRE(reading.document->left_out.size() == 1);
    CHECK(reading.document->left_out[0].text == "3");
}

TEST_CASE("what a key says the second time is added to what it says first") {
    const auto reading = reading_of(
        "maps: {a: 1, b: {c: 2}}\nlist: [x, {y: 1}]\nmaps: {a: 3, b: {d: 4}, e: 5}\n"
        "list: [z, {y: 2}]\n");
    CHECK(reading.errors.size() == 2);
    const Node& maps = *reading.document->root.find("maps");
    REQUIRE(maps.entries.size() == 3);
    CHECK(maps.find("a")->text == "1");
    CHECK(maps.find("b")->find("c")->text == "2");
    CHECK(maps.find("b")->find("d")->text == "4");
    CHECK(maps.find("e")->text == "5");
    const Node& list = *reading.document->root.find("list");
    REQUIRE(list.items.size() == 3);
    CHECK(list.items[2].find("y")->text == "2");
    CHECK(reading.document->left_out.size() == 2);
}

TEST_CASE("the tree has the anchored value where an alias stands, and the text that was taken for a tag") {
    const auto reading = reading_of(
        "a: &list [1, {b: 2}]\nc: *list\nd: &text some\ne: *text\nf: !missing(x)\ng: !urgent do it\nh: !!str "
        "3\n");
    CHECK(reading.errors.size() == 7);
    const Node& root = reading.document->root;
    REQUIRE(root.find("c")->items.size() == 2);
    CHECK(root.find("c")->items[1].find("b")->text == "2");
    CHECK(root.find("c")->line == 1);
    CHECK(root.find("e")->text == "some");
    CHECK(root.find("f")->text == "!missing(x)");
    CHECK(root.find("g")->text == "!urgent do it");
    CHECK(root.find("h")->text == "3");
}

TEST_CASE("a map has what the alias under '<<' adds to it") {
    const auto reading = reading_of("a: &base {x: 1, y: 2}\nb:\n  <<: *base\n  y: 3\n  z: 4\n");
    CHECK(reading.errors.size() == 2);
    const Node& map = *reading.document->root.find("b");
    REQUIRE(map.entries.size() == 3);
    CHECK(map.find("x")->text == "1");
    CHECK(map.find("y")->text == "3");
    CHECK(map.find("z")->text == "4");
}

TEST_CASE("a map of many keys of which one is given twice keeps them all") {
    std::string text;
    for (int i = 0; i < 100; ++i) text += fmt::format("key{}: {}\n", i, i);
    const auto reading = reading_of(text + "key50: again\nlast: 1\n");
    CHECK(reading.document->root.entries.size() == 101);
    CHECK(reading.document->root.find("key50")->text == "50");
}

TEST_CASE("there is no tree of a file whose other errors leave none") {
    for (const char* text :
         {"a: 1\na: 2\nb: [\n", "a: 1\na: *x\n", "a: &a [1, *a]\n", "a: 1\na: 2\n---\nb: 1\n", "[1]: 2\n"}) {
        INFO(text);
        const auto reading = yaml::read_text("f.yaml", text);
        CHECK_FALSE(reading.document);
        CHECK_FALSE(reading.errors.empty());
    }
    std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x]\n";  // 8^11 nodes, if there were a tree
    for (int i = 1; i <= 11; ++i)
        bomb += fmt::format("a{}: &a{} [*a{}, *a{}, *a{}, *a{}, *a{}, *a{}, *a{}, *a{}]\n", i, i, i - 1,
                            i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
    CHECK_FALSE(yaml::read_text("f.yaml", bomb).document);
    std::string many;
    for (int i = 0; i < 200; ++i) many += "a: 1\n";
    CHECK_FALSE(yaml::read_text("f.yaml", many).document);
    CHECK_FALSE(yaml::read_file("/nonexistent/f.yaml").document);
}

TEST_CASE("a tab in the indentation is told as one, whatever the parser calls it") {
    for (const char* text :
         {"rules:\n  - id: a\n\ttitle: x\n", "rules:\n\t- id: a\n", "\trules: a\n",
          "rules:\n  -\tid: a\n    title: b\n", "a: >-\n\tfolded\n", "a: b\n  \t- c: d\n"}) {
        INFO(text);
        const auto result = yaml::load_text("f.yaml", text);
        REQUIRE_FALSE(result);
        CHECK(result.errors().front().hint == "YAML is indented by spaces: put them where the tab is");
    }
}

TEST_CASE("bytes that are not text are errors") {
    CHECK(errors("a: 1\nb: \xE9t\xE9\n") == Codes{"2:4 yaml.encoding"});
    CHECK(errors(std::string("a: \0b\n", 6)) == Codes{"1:4 yaml.character"});
    CHECK(errors("a: \x1B[31m\n") == Codes{"1:4 yaml.character"});
    CHECK(errors("a: \xED\xA0\x80\n") == Codes{"1:4 yaml.encoding"});  // a surrogate
    CHECK(errors("a: \xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\n").empty());
}

TEST_CASE("nesting beyond 64 is refused, at 64 it is read") {
    const auto nested = [](int depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    CHECK(errors(nested(64)).empty());
    CHECK(errors(nested(65)) == Codes{"1:65 yaml.nesting"});
    CHECK(errors(nested(100000)).size() == 1);
    std::string block;
    for (int i = 0; i < 1000; ++i) block += std::string(i, ' ') + "a:\n";
    CHECK(errors(block) == Codes{"65:65 yaml.nesting"});
}

TEST_CASE("a syntax error has a place") {
    CHECK(errors("a: [1, 2\nb: 3\n").size() == 1);
    CHECK(errors("a: b: c\n").size() == 1);
}

TEST_CASE("large files, folders and absent files are refused") {
    CHECK(errors(std::string((16u << 20) + 1, ' ')) == Codes{"0:0 yaml.size"});
    const auto absent = yaml::load_file("/no/such/file.yaml");
    REQUIRE_FALSE(absent.ok());
    CHECK(absent.errors()[0].code == "yaml.unreadable");
    const auto folder = yaml::load_file(std::filesystem::temp_directory_path().string());
    REQUIRE_FALSE(folder.ok());
    CHECK(folder.errors()[0].code == "yaml.unreadable");
}

TEST_CASE("the place of a character in a scalar") {
    const auto at = [](const std::string& source, std::size_t offset) {
        const auto document = read(source);
        const Place place = yaml::place_in(document, *document.root.find("a"), offset);
        return fmt::format("{}:{}", place.line, place.column);
    };
    CHECK(at("a: plain text", 0) == "1:4");
    CHECK(at("a: plain text", 6) == "1:10");
    CHECK(at("a: plain text", 10) == "1:14");  // behind the last
    CHECK(at("a: 'it''s x'", 0) == "1:5");
    CHECK(at("a: 'it''s x'", 3) == "1:9");
    CHECK(at("a: \"t\\tx\\u00e9y\"", 2) == "1:8");
    CHECK(at("a: \"t\\tx\\u00e9y\"", 5) == "1:15");
    CHECK(at("a: one\n   two", 4) == "2:4");
    CHECK(at("a: one   \n\n   two", 4) == "3:4");  // "one\ntwo"
    CHECK(at("a: 'one\n   two'", 5) == "2:5");
    CHECK(at("a: |\n  one\n  two\n", 0) == "2:3");
    CHECK(at("a: |\n  one\n  two\n", 4) == "3:3");
    CHECK(at("a: |\n  one\n    two\n", 6) == "3:5");
    CHECK(at("a: >\n  one\n  two\n", 5) == "3:4");
    CHECK(at("# first\r\na: one\r\n   two\r\n", 4) == "3:4");
}

TEST_CASE("a scalar as it is written") {
    const auto as_written = [](const std::string& source) {
        const auto document = read(source);
        return yaml::written(document, *document.root.find("a"));
    };
    CHECK(as_written("a: one # comment") == "one");
    CHECK(as_written("a: 'it''s' # comment") == "'it''s'");
    CHECK(as_written("a: \"x\\\"y\" # comment") == "\"x\\\"y\"");
    CHECK(as_written("a: [1, 2]") == "[");
    CHECK(as_written("a:") == "");
}
