// Frames that a worker may have written, whatever it meant by them.
#include <random>

#include "plugin/verdicts.h"
#include "sandbox/protocol.h"
#include "sandbox/replay.h"

using namespace caseaudit::sandbox;

namespace {

// Writes down what it is told.
struct Heard {
    std::string said;
    caseaudit_sink sink{
        sizeof(caseaudit_sink),
        this,
        [](void* self, std::size_t row, const caseaudit_evidence* evidence, std::size_t count) {
            static_cast<Heard*>(self)->failed(row, evidence, count);
        },
        [](void* self, std::size_t row) { static_cast<Heard*>(self)->said += fmt::format("?{} ", row); },
        [](void* self, std::size_t first, std::uint64_t failed, std::uint64_t undecided) {
            if ((failed | undecided) != 0)
                static_cast<Heard*>(self)->said += fmt::format("m{}:{:x}/{:x} ", first, failed, undecided);
        },
        nullptr,
        [](void* self, std::size_t row, const caseaudit_evidence* evidence, std::size_t count,
           const std::size_t* rows, std::size_t row_count) {
            auto& heard = *static_cast<Heard*>(self);
            heard.failed(row, evidence, count);
            heard.said.back() = '(';
            for (std::size_t i = 0; i < row_count; ++i) heard.said += fmt::format("{} ", rows[i]);
            heard.said.back() = ')';
            heard.said += ' ';
        }};
    void failed(std::size_t row, const caseaudit_evidence* evidence, std::size_t count) {
        said += fmt::format("F{}", row);
        for (std::size_t i = 0; i < count; ++i)
            said +=
                fmt::format("[{}={}]", std::string_view(evidence[i].name.data, evidence[i].name.size),
                            evidence[i].value.type == CASEAUDIT_TEXT
                                ? std::string(evidence[i].value.as.text.data, evidence[i].value.as.text.size)
                                : std::to_string(evidence[i].value.as.integer));
        said += ' ';
    }
};

std::string frame(Frame kind, const Encoder& content) {
    return Encoder().put(static_cast<std::uint32_t>(content.bytes().size())).put(kind).bytes() +
           content.bytes();
}
std::string undecided(std::uint32_t row) {
    return frame(Frame::undecided, Encoder().put(row));
}
std::string failed(std::uint32_t row, const std::vector<std::uint32_t>& judged_by = {}) {
    Encoder content;
    content.put(row).put(std::uint32_t{2});
    content.text("late").put(2).put(0).put(std::int64_t{-7});
    content.text("what").put(5).put(0).text("soon");
    content.put(static_cast<std::uint32_t>(judged_by.size()));
    for (const auto other : judged_by) content.put(other);
    return frame(Frame::failed, content);
}

}  // namespace

TEST_CASE("verdicts on rows that are done are passed on, once; the others wait") {
    Heard heard;
    Replay replay(heard.sink, 10);
    replay.add(undecided(1) + failed(2) + undecided(3));
    CHECK(replay.settle(3));
    CHECK(heard.said == "?1 F2[late=-7][what=soon] ");
    CHECK(replay.settle(3));
    replay.add(undecided(4) + failed(5, {3, 4}));
    CHECK(replay.settle(10));
    CHECK(heard.said == "?1 F2[late=-7][what=soon] ?3 ?4 F5[late=-7][what=soon](3 4) ");
}

TEST_CASE("verdicts on the row that a plugin broke on are dropped") {
    Heard heard;
    Replay replay(heard.sink, 10);
    replay.add(undecided(1) + failed(2) +
               frame(Frame::marked,
                     Encoder().put(std::uint64_t{0}).put(std::uint64_t{0b1101}).put(std::uint64_t{0})));
    CHECK(replay.settle(2));
    replay.drop_waiting();
    CHECK(replay.settle(10));
    CHECK(heard.said == "?1 m0:1/0 ");
}

TEST_CASE("marks of 64 rows are cut where the rows that are done end") {
    Heard heard;
    Replay replay(heard.sink, 200);
    const auto all = ~std::uint64_t{0};
    replay.add(frame(Frame::marked, Encoder().put(std::uint64_t{64}).put(all).put(std::uint64_t{0})));
    CHECK(replay.settle(64));
    CHECK(heard.said.empty());
    CHECK(replay.settle(66));
    CHECK(heard.said == "m64:3/0 ");
    CHECK(replay.settle(200));
    CHECK(heard.said == "m64:3/0 m64:fffffffffffffffc/0 ");
}

TEST_CASE("what is no frame is not read") {
    const auto good = failed(2);
    for (const auto& bytes :
         {std::string("x"), std::string(8, '\xff'), good.substr(0, good.size() - 1),
          frame(static_cast<Frame>(99), Encoder()), frame(Frame::marked, Encoder().put(1)),
          frame(Frame::undecided, Encoder().put(std::uint64_t{1})),
          frame(Frame::failed, Encoder().put(1u).put(4000000000u)),
          frame(Frame::failed, Encoder().put(1u).put(1u).text("late").put(2).put(0)),
          frame(Frame::failed, Encoder().put(1u).put(0u)),
          frame(Frame::failed, Encoder().put(1u).put(0u).put(1u)), failed(2, std::vector<std::uint32_t>(257)),
          frame(Frame::trouble, Encoder()), frame(Frame::description, Encoder().put(1))}) {
        Heard heard;
        Replay replay(heard.sink, 10);
        replay.add(undecided(1) + bytes);
        CHECK_FALSE(replay.settle(10));
    }
}

TEST_CASE("no bytes whatever make it read past their end") {
    std::mt19937 random(7);
    for (int round = 0; round < 20000; ++round) {
        std::string bytes = failed(2) + undecided(3) + failed(4, {2, 3});
        for (int i = 0; i < 3; ++i) bytes[random() % bytes.size()] = static_cast<char>(random());
        bytes.resize(random() % (bytes.size() + 1));
        Heard heard;
        Replay replay(heard.sink, 10);
        replay.add(bytes);
        static_cast<void>(replay.settle(random() % 11));
    }
}

TEST_CASE("the first reason that is given stands, and is fit to print") {
    Heard heard;
    Replay replay(heard.sink, 10);
    const std::string first = "no \x1b[2Jteams", second = "other";
    for (const auto& reason : {first, second})
        replay.add(Encoder().put(static_cast<std::uint32_t>(reason.size())).put(Frame::trouble).bytes() +
                   reason);
    CHECK(replay.settle(10));
    CHECK(replay.trouble() == "no \\x1b[2Jteams");
}

TEST_CASE("that a check gave up is told once, and is no trouble of the batch") {
    Heard heard;
    Replay replay(heard.sink, 10);
    replay.add(undecided(1) + Encoder().put(std::uint32_t{8}).put(Frame::gave_up).bytes() + "no \x1bteam");
    CHECK(replay.settle(3));
    CHECK(heard.said == "?1 ");
    CHECK(replay.trouble().empty());
    CHECK(replay.take_giving_up() == "no \\x1bteam");
    CHECK(replay.take_giving_up().empty());
    replay.add(frame(Frame::gave_up, Encoder()));
    CHECK_FALSE(replay.settle(10));
}
