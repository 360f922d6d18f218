#include "diagnostic/diagnostic.h"

#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>

using caseaudit::Diagnostic;
using caseaudit::render;

TEST_CASE("a diagnostic shows the place, the chain, the line with carets and the hint") {
    const std::string source = "id: iro\nwhere: presnt(start)\n";
    const Diagnostic diagnostic{"expression.unknown-function", "there is no function 'presnt'",
                                {"pack.yaml", 2, 8},           "presnt",
                                "did you mean 'present'?",     {"rule late", "where"}};
    CHECK(render(diagnostic, &source) ==
          "pack.yaml:2:8: error: there is no function 'presnt'\n"
          "  in rule late, where\n"
          "  2 | where: presnt(start)\n"
          "    |        ^^^^^^\n"
          "  hint: did you mean 'present'?");
}

TEST_CASE("what is not known is left out") {
    CHECK(render({"c", "it broke", {}, "", "", {}}) == "error: it broke");
    CHECK(render({"c", "it broke", {"a.yaml", 0, 0}, "", "", {}}) == "a.yaml: error: it broke");
    const std::string source = "one\ntwo";
    CHECK(render({"c", "it broke", {"a.yaml", 2, 0}, "", "", {}}, &source) ==
          "a.yaml:2: error: it broke\n  2 | two");
    CHECK(render({"c", "it broke", {"a.yaml", 9, 1}, "", "", {}}, &source) == "a.yaml:9:1: error: it broke");
    CHECK(render({"c", "it broke", {"/no/such/file", 1, 1}, "", "", {}}) ==
          "/no/such/file:1:1: error: it broke");
}

TEST_CASE("the source line is read from the file when no source is given") {
    const auto path = std::filesystem::temp_directory_path() / "caseaudit_render_test.yaml";
    std::ofstream(path, std::ios::binary) << "a\r\nb: c\r\n";
    CHECK(render({"c", "no", {path.string(), 2, 4}, "c", "", {}}) ==
          path.string() + ":2:4: error: no\n  2 | b: c\n    |    ^");
    std::filesystem::remove(path);
}

TEST_CASE("carets stand below characters, not bytes, and keep tabs") {
    const std::string source = "\t\xC3\xA9 = bad\xC3\xA9!";
    CHECK(render({"c", "no", {"f", 1, 7}, "bad\xC3\xA9", "", {}}, &source) ==
          "f:1:7: error: no\n  1 | \t\xC3\xA9 = bad\xC3\xA9!\n    | \t    ^^^^");
}

TEST_CASE("a fragment does not reach beyond its line, a long line is cut, control characters are hidden") {
    const std::string source = "ab\x1B[31m";
    CHECK(render({"c", "no", {"f", 1, 2}, "b [31mxxxxxxxxx\nsecond", "", {}}, &source) ==
          "f:1:2: error: no\n  1 | ab?[31m\n    |  ^^^^^^");
    const std::string longest = std::string(1000, 'x') + "HERE" + std::string(1000, 'y');
    const std::string shown = render({"c", "no", {"f", 1, 1001}, "HERE", "", {}}, &longest);
    CHECK(shown.size() < 500);
    CHECK(shown.find("...") != std::string::npos);
    const auto line = shown.find("HERE") - shown.find("\n  1 | ");
    const auto caret = shown.find("^^^^") - shown.find("\n    | ");
    CHECK(line == caret);
}

TEST_CASE("nothing of a diagnostic reaches the terminal as it should not") {
    const std::string source = "x \xFFy\xC2\x9B z";
    CHECK(render({"c", "m\xFF", {"f\xFF\x1B", 1, 4}, "y", "h\xC2\x9B", {"w\xE2\x80\xAE"}}, &source) ==
          "f\\xff\\x1b:1:4: error: m\\xff\n  in w\\xe2\\x80\\xae\n  1 | x ?y?? z\n    |    ^\n  hint: "
          "h\\xc2\\x9b");
}

TEST_CASE("diagnostics are put in the order of the file") {
    caseaudit::Diagnostics all = {{"c", "", {"b", 1, 1}, "", "", {}},
                                  {"d", "", {"a", 2, 1}, "", "", {}},
                                  {"e", "", {"a", 1, 9}, "", "", {}},
                                  {"f", "", {"a", 1, 9}, "", "", {}}};
    caseaudit::sort_by_place(all);
    CHECK(all[0].code + all[1].code + all[2].code + all[3].code == "efdc");
}
