// What another YAML reader makes of the same text: yaml-cpp, event by event, with the place of each scalar.
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "yaml/document.h"

using namespace caseaudit;
using yaml::Node;

namespace {

class Events : public YAML::EventHandler {
  public:
    std::string out;
    void scalar(bool quoted, int line, int column, const std::string& text) {
        out += fmt::format("{}:{} {} {};", line, column, quoted ? "quoted" : "plain", text);
    }
    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark&, YAML::anchor_t) override { out += "null;"; }
    void OnAlias(const YAML::Mark&, YAML::anchor_t) override { out += "alias;"; }
    void OnScalar(const YAML::Mark& at, const std::string& tag, YAML::anchor_t,
                  const std::string& text) override {
        scalar(tag == "!", at.line + 1, at.column + 1, text);
    }
    void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                         YAML::EmitterStyle::value) override {
        out += "[;";
    }
    void OnSequenceEnd() override { out += "];"; }
    void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                    YAML::EmitterStyle::value) override {
        out += "{;";
    }
    void OnMapEnd() override { out += "};"; }
};

void describe(const Node& node, Events& to) {
    switch (node.kind) {
        case Node::Kind::null:
            to.out += "null;";
            break;
        case Node::Kind::scalar:
            to.scalar(node.quoted, static_cast<int>(node.line), static_cast<int>(node.column), node.text);
            break;
        case Node::Kind::sequence:
            to.out += "[;";
            for (const Node& item : node.items) describe(item, to);
            to.out += "];";
            break;
        case Node::Kind::map:
            to.out += "{;";
            for (const auto& [key, value] : node.entries) describe(key, to), describe(value, to);
            to.out += "};";
    }
}

void compare(const std::string& text) {
    Events theirs, ours;
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    parser.HandleNextDocument(theirs);
    const auto document = yaml::load_text("f.yaml", text);
    INFO(text);
    if (!document) FAIL(render(document.errors().front(), &text));
    describe(document->root, ours);
    CHECK(ours.out == theirs.out);
}

}  // namespace

TEST_CASE("another reader sees the same in all our rules") {
    int files = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(CASEAUDIT_SOURCE_DIR "/rules")) {
        if (entry.path().extension() != ".yaml") continue;
        std::ostringstream text;
        text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
        INFO(entry.path());
        compare(text.str());
        ++files;
    }
    CHECK(files >= 3);
}

TEST_CASE("another reader sees the same in every form of scalar and collection") {
    for (const char* text :
         {"a: one\n   two\n\n   three # comment\nb: x#y\nc: http://x.y/z#f\nd: a:b\n",
          "a: 'it''s\n  folded\n\n  twice'\nb: ''\nc: ' x '\n",
          "a: \"x\\ty \\u00e9 \\x41 \\\\ \\\"\\/ \\\n  joined\\\n\n\n  on\"\nb: \"  \"\n",
          "a: |\n  literal\n    more\n\n  back\n\nb: |-\n  x\n\nc: |+\n  x\n\nd: 1\n",
          "a: |2\n    indented\nb: |1-\n  x\n",
          "a: >\n  folded\n  text\n\n  para\n    indented\n  end\nb: >-\n  x\n  y\n",
          "- x\n- - y\n  - z\n- a: 1\n  b: 2\n-\n  c: 3\n- - - deep\n",
          "a:\n- x\n- y: 1\n  z: 2\nb:\n  - 1\nc:\n  d:\n    e:\n",
          "a: {b: 1, \"c\":2, d: [x, y z, {e: f}], g: }\nh: [ ]\ni: {}\nj: [a,\n  b # c\n  , 'd',\n]\n",
          "a: [one\n  two, 3]\nb: {c d: e\n  f}\n",
          "a:\n  'b': 1\n  \"c: d\": 2\n  e f: 3\n  -g: 4\n  ?h: 5\n  i: -1\n",
          "# first\n---\n# second\na: ~ # third\nb: null\nc: \"null\"\n...\n", "'just text'\n",
          "just\ntext\n", "- only\n", "[]", "a:    b   \r\nc: d\r\n",
          "a: present(x) && y in ['C2', 'V2'] # why\nb: x == \"y\"\nc: Notified {late} days {a}\n"}) {
        compare(text);
    }
}
