#include "diagnostic/diagnostic.h"

#include <catch2/catch.hpp>

using caseaudit::nearest;

TEST_CASE("the nearest name is a likely slip of the hand") {
    const std::vector<std::string> names = {"header", "episodes", "reviews", "DECOM", "DEC", "LS"};
    CHECK(nearest("episode", names) == "episodes");
    CHECK(nearest("reveiws", names) == "reviews");  // swapped neighbours are one edit
    CHECK(nearest("decom", names) == "DECOM");
    CHECK(nearest("ls", names) == "LS");
    CHECK(nearest("heade", names) == "header");
    CHECK(nearest("ehader", names) == "header");
}

TEST_CASE("no name is suggested when none is near") {
    const std::vector<std::string> names = {"header", "episodes", "DEC", "LS", ""};
    CHECK(nearest("postcode", names).empty());
    CHECK(nearest("", names).empty());
    CHECK(nearest("LT", names).empty());  // every short name is one edit from another
    CHECK(nearest("DOC", names) == "DEC");
    CHECK(nearest("DOG", names).empty());
    CHECK(nearest(std::string(10000, 'a'), {std::string(10000, 'b')}).empty());
}

TEST_CASE("of names equally near the first is suggested") {
    CHECK(nearest("reviewx", {"reviewa", "reviewb"}) == "reviewa");
    CHECK(nearest("reviewb", {"reviewa", "reviewb"}) == "reviewb");
}
