#include "platform/spool.h"

using caseaudit::platform::Spool;

namespace {

std::string released(Spool& spool, std::uint64_t end = UINT64_MAX) {
    std::string all;
    CHECK(spool.release(end, [&](std::string_view bytes) {
        all += bytes;
        return true;
    }));
    return all;
}

}  // namespace

TEST_CASE("parts come out by place, those of one place as they came, from memory and from the file",
          "[spool]") {
    for (const std::size_t limit : {0, 4, 10, 1000}) {
        Spool spool("/tmp", limit);
        CHECK(spool.empty());
        CHECK(spool.add(7, "seven "));
        CHECK(spool.add(2, "two "));
        CHECK(spool.add(2, ""));
        CHECK(spool.add(2, "and two "));
        CHECK(spool.add(7, "and seven"));
        CHECK(spool.add(2, "more "));
        CHECK(spool.add(std::uint64_t{1} << 40, "and all the rest"));
        CHECK(released(spool, 2).empty());
        CHECK(released(spool, 3) == "two and two more ");
        CHECK_FALSE(spool.empty());
        CHECK(spool.add(2, "again "));
        CHECK(released(spool) == "again seven and sevenand all the rest");
        CHECK(spool.empty());
        CHECK(released(spool).empty());
        CHECK(spool.add(1, "from the start"));
        CHECK(released(spool) == "from the start");
    }
}

TEST_CASE("many bytes pass through a spool of little memory", "[spool]") {
    Spool spool("/tmp", 1 << 16);
    std::string piece(5000, 'a');
    for (std::size_t i = 0; i < 1000; ++i) {
        piece[0] = static_cast<char>('a' + i % 26);
        REQUIRE(spool.add(i * 7919 % 1000, piece));
    }
    REQUIRE(spool.add(1000, std::string(3 << 20, 'z')));  // one is larger than what is handed over at a time
    const std::string all = released(spool);
    REQUIRE(all.size() == 1000 * piece.size() + (3 << 20));
    for (std::size_t i = 0; i < 1000; ++i)
        REQUIRE(all[i * 7919 % 1000 * piece.size()] == static_cast<char>('a' + i % 26));
}

TEST_CASE("a taker that has enough is asked no more, and that is told", "[spool]") {
    Spool spool("/tmp", 4);
    const std::string much(std::size_t{1} << 20, 'x');
    CHECK(spool.add(0, much));
    CHECK(spool.add(2, much));
    CHECK(spool.add(1, much));
    int asked = 0;
    CHECK_FALSE(spool.release(3, [&](std::string_view) { return ++asked > 1; }));
    CHECK(asked == 1);
}

TEST_CASE("where there can be no file memory holds everything", "[spool]") {
    Spool spool("/nowhere", 4);
    CHECK(spool.add(1, "more than four"));
    CHECK(spool.add(2, " bytes"));
    CHECK(released(spool) == "more than four bytes");
}
