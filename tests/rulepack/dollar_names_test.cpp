#include "rulepack/dollar_names.h"

using caseaudit::rulepack::dollar_names;

namespace {

std::string shown(std::string_view text) {
    std::string out;
    for (const auto& name : dollar_names(text)) {
        out += fmt::format("{}@{}{} ", name.name, name.offset, name.call ? "()" : "");
    }
    return out;
}

}  // namespace

TEST_CASE("names after a $ are found with their place") {
    CHECK(shown("") == "");
    CHECK(shown("held > $from") == "from@7 ");
    CHECK(shown("$a+$b_2($c)") == "a@0 b_2@3() c@8 ");
    CHECK(shown("$_x") == "_x@0 ");
}

TEST_CASE("a $ in quotes or with no name behind it is no name") {
    CHECK(shown("'$a' + \"$b\" + $c") == "c@14 ");
    CHECK(shown(R"('it\'s $a' + $c)") == "c@13 ");
    CHECK(shown("code.matches('^[A-Z]$')") == "");
    CHECK(shown("^\\d{5}$") == "");
    CHECK(shown("$1 $ $") == "");
    CHECK(shown("'never closed $a") == "");
    CHECK(shown("'ends in a backslash\\") == "");
}
