#include "rulepack/constant.h"

using namespace caseaudit;
using expression::Kind;
using rulepack::constant_from;

namespace {

yaml::Node scalar(std::string text, bool quoted = false) {
    yaml::Node node;
    node.kind = yaml::Node::Kind::scalar;
    node.text = std::move(text);
    node.quoted = quoted;
    return node;
}

Kind kind_of(const std::string& text, bool quoted = false) {
    return constant_from(scalar(text, quoted))->kind;
}

}  // namespace

TEST_CASE("a value's type is seen from how it is written") {
    CHECK(kind_of("5") == Kind::integer);
    CHECK(kind_of("-5") == Kind::integer);
    CHECK(kind_of("0.5") == Kind::decimal);
    CHECK(kind_of("true") == Kind::boolean);
    CHECK(kind_of("2025-04-01") == Kind::date);
    CHECK(kind_of("E09000027") == Kind::text);
    CHECK(kind_of("2025-04") == Kind::text);
    for (const char* text : {"5", "0.5", "true", "2025-04-01"}) CHECK(kind_of(text, true) == Kind::text);
    CHECK(constant_from(scalar("2024-02-29"))->date == calendar::day_number(2024, 2, 29));
    CHECK(constant_from(scalar("E1", true))->text == "E1");
}

TEST_CASE("a day that does not exist is no value, unless it is in quotes") {
    CHECK_FALSE(constant_from(scalar("2025-02-29")));
    CHECK_FALSE(constant_from(scalar("2025-13-01")));
    CHECK(constant_from(scalar("2025-02-29", true))->text == "2025-02-29");
    CHECK_FALSE(constant_from(yaml::Node{}));
}

TEST_CASE("text is read as the type wanted") {
    CHECK(constant_from("12", Kind::integer)->integer == 12);
    CHECK(constant_from("12", Kind::decimal)->decimal == 12);
    CHECK(constant_from("12", Kind::text)->text == "12");
    CHECK(constant_from("false", Kind::boolean)->boolean == false);
    CHECK(constant_from("2025-04-01", Kind::date)->date == calendar::day_number(2025, 4, 1));
    CHECK_FALSE(constant_from("1.5", Kind::integer));
    CHECK_FALSE(constant_from("", Kind::integer));
    CHECK_FALSE(constant_from("yes", Kind::boolean));
    CHECK_FALSE(constant_from("01/04/2025", Kind::date));
    CHECK_FALSE(constant_from("2025-02-30", Kind::date));
}
