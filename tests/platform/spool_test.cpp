#include "platform/spool.h"

using caseaudit::platform::Spool;

namespace {

std::string released(Spool& spool, std::size_t part) {
    std::string all;
    CHECK(spool.release(part, [&](std::string_view bytes) {
        all += bytes;
        return true;
    }));
    return all;
}

}  // namespace

TEST_CASE("parts that grow by turns come out each in one, from memory and from the file", "[spool]") {
    for (const std::size_t limit : {0, 4, 10, 1000}) {
        Spool spool("/tmp", limit);
        CHECK(spool.empty());
        CHECK(spool.append(7, "seven "));
        CHECK(spool.append(2, "two "));
        CHECK(spool.append(2, ""));
        CHECK(spool.append(2, "and two "));
        CHECK(spool.append(7, "and seven"));
        CHECK(spool.append(2, "more"));
        CHECK(spool.first() == 2);
        CHECK(spool.holds(7));
        CHECK(released(spool, 2) == "two and two more");
        CHECK_FALSE(spool.holds(2));
        CHECK(spool.append(2, "again"));
        CHECK(released(spool, 7) == "seven and seven");
        CHECK(released(spool, 2) == "again");
        CHECK(released(spool, 3).empty());
        CHECK(spool.empty());
        CHECK(spool.append(1, "from the start"));
        CHECK(released(spool, 1) == "from the start");
    }
}

TEST_CASE("many bytes pass through a spool of little memory", "[spool]") {
    Spool spool("/tmp", 1 << 16);
    std::string piece(5000, 'a');
    for (std::size_t i = 0; i < 1000; ++i) {
        piece[0] = static_cast<char>('a' + i % 26);
        REQUIRE(spool.append(i % 2, piece));
    }
    for (std::size_t part = 0; part < 2; ++part) {
        const std::string all = released(spool, part);
        REQUIRE(all.size() == 500 * piece.size());
        for (std::size_t i = 0; i < 500; ++i)
            REQUIRE(all[i * piece.size()] == static_cast<char>('a' + (2 * i + part) % 26));
    }
}

TEST_CASE("a taker that has enough is asked no more, and that is told", "[spool]") {
    Spool spool("/tmp", 4);
    CHECK(spool.append(0, "in the file"));
    CHECK(spool.append(1, "x"));
    CHECK(spool.append(0, "y"));
    int asked = 0;
    CHECK_FALSE(spool.release(0, [&](std::string_view) { return ++asked > 1; }));
    CHECK(asked == 1);
}

TEST_CASE("where there can be no file memory holds everything", "[spool]") {
    Spool spool("/nowhere", 4);
    CHECK(spool.append(1, "more than four"));
    CHECK(spool.append(0, " bytes"));
    CHECK(released(spool, 1) + released(spool, 0) == "more than four bytes");
}
