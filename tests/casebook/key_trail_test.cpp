#include "casebook/key_trail.h"

#include <catch2/catch.hpp>

using namespace caseaudit::casebook;

namespace {

constexpr InternId id_of(std::uint64_t word) {
    return static_cast<InternId>(word * 2);
}

// Looks a key up as a loader does; true when the trail had it.
bool follow(KeyTrail& trail, std::uint64_t word) {
    const InternId found = trail.find(word);
    if (found == no_text) trail.met(word, id_of(word));
    if (found != no_text) CHECK(found == id_of(word));
    return found != no_text;
}

}  // namespace

TEST_CASE("keys that come in the order of the last time are on the trail") {
    KeyTrail trail;
    for (std::uint64_t word = 1; word <= 1000; ++word) CHECK_FALSE(follow(trail, word));
    follow(trail, 1);  // a new file
    for (std::uint64_t word = 2; word <= 1000; word += 3) CHECK(follow(trail, word));
}

TEST_CASE("new keys among known ones keep the trail") {
    KeyTrail trail;
    for (std::uint64_t word = 1; word <= 100; ++word) follow(trail, word);
    follow(trail, 1);
    for (std::uint64_t word = 2; word <= 100; ++word) {
        CHECK(follow(trail, word));
        CHECK_FALSE(follow(trail, 1000 + word));
    }
    follow(trail, 1);
    follow(trail, 1002);
    for (std::uint64_t word = 3; word <= 100; ++word) {
        CHECK(follow(trail, word));
        CHECK(follow(trail, 1000 + word));
    }
}

TEST_CASE("a key far from where the trail was followed is not found, and none is at its end") {
    KeyTrail trail;
    CHECK(trail.find(7) == no_text);
    for (std::uint64_t word = 1; word <= 100; ++word) follow(trail, word);
    CHECK(trail.find(50) == no_text);
    CHECK(trail.find(2) == id_of(2));
}
