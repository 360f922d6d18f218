#include "expression/world.h"
#include "precompiled.h"

#include <cstdlib>
#include <set>

using namespace caseaudit;

namespace {

// The children that the guide introduces; examples are for A's second episode.
std::string example_value(const std::string& text) {
    world::World world;
    return world.value(text, "episodes", 1);
}

// Signatures, which "; " parts, one a line.
std::string lines_of(const std::string& signatures) {
    std::string lines;
    for (std::size_t i = 0; i < signatures.size(); ++i) {
        const bool parts = signatures.compare(i, 2, "; ") == 0;
        lines += parts ? '\n' : signatures[i];
        i += parts ? 1 : 0;
    }
    return lines;
}

std::string reference_section() {
    std::string section = "\n";
    for (const expression::FunctionDoc& doc : expression::functions())
        section += fmt::format("### {}\n\n```\n{}\n```\n\n{}\n\nExample: `{}` gives `{}`.\n\n", doc.name,
                               lines_of(doc.signature), doc.missing, doc.example, doc.result);
    return section;
}

constexpr std::string_view begin_mark =
    "<!-- functions: written by the tests of the expression language -->\n";
constexpr std::string_view end_mark = "<!-- end of functions -->\n";

std::string page_path() {
    return std::string(CASEAUDIT_SOURCE_DIR) + "/docs/expressions.md";
}

std::string read_page() {
    std::ifstream file(page_path(), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("every function's example gives what its documentation says") {
    std::set<std::string> names;
    for (const expression::FunctionDoc& doc : expression::functions()) {
        INFO(doc.name << ": " << doc.example);
        CHECK(names.insert(doc.name).second);
        CHECK_FALSE(doc.signature.empty());
        CHECK_FALSE(doc.missing.empty());
        CHECK(doc.example.find(doc.name) != std::string::npos);
        CHECK(example_value(doc.example) == doc.result);
    }
    CHECK(names.size() > 50);
}

// With CASEAUDIT_UPDATE_DOCS set, writes the section anew.
TEST_CASE("the guide holds the reference of functions") {
    std::string page = read_page();
    const auto begin = page.find(begin_mark), end = page.find(end_mark);
    REQUIRE(begin != std::string::npos);
    REQUIRE(end != std::string::npos);
    const auto from = begin + begin_mark.size();
    const std::string section = reference_section();
    if (std::getenv("CASEAUDIT_UPDATE_DOCS") != nullptr) {
        page.replace(from, end - from, section);
        std::ofstream(page_path(), std::ios::binary) << page;
        return;
    }
    CHECK(read_page().substr(from, end - from) == section);
}

// Lines "`expression` gives `value`" of the guide's own text, in tables or sentences.
TEST_CASE("what the guide says expressions give, they give") {
    const std::string page = read_page();
    int checked = 0;
    for (std::size_t at = 0; (at = page.find("` gives `", at)) != std::string::npos; ++at) {
        const auto begin = page.rfind('`', at - 1) + 1, end = page.find('`', at + 9);
        const std::string text = page.substr(begin, at - begin);
        INFO(text);
        CHECK(example_value(text) == page.substr(at + 9, end - at - 9));
        ++checked;
    }
    CHECK(checked > 60);
}
