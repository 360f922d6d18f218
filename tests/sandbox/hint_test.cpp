// Looking at a word before waiting for a message.
#include <atomic>
#include <chrono>
#include <thread>

#include "sandbox/protocol.h"

using namespace caseaudit::sandbox;

namespace {

template <class Work>
double seconds_of(Work&& work) {
    const auto begun = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

}  // namespace

TEST_CASE("who waits looks until the word changes, and no longer than it is worth") {
    std::atomic<std::uint32_t> word = 1;
    const Hint hint(word);
    CHECK(seconds_of([&] { hint.await_change(0, 60'000'000); }) < 30);  // has changed already
    CHECK(seconds_of([&] { hint.await_change(1, 20'000); }) >= 0.019);  // counted in whole microseconds
    std::thread other([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        word = 2;
    });
    CHECK(seconds_of([&] { hint.await_change(1, 60'000'000); }) < 30);
    CHECK(word == 2);
    other.join();
}
