// A plugin that dies, at places that nobody chose.
#include <sys/wait.h>

#include <filesystem>
#include <random>
#include <set>
#include <thread>

#include "sandbox/trial.h"

using namespace caseaudit;
using namespace caseaudit::sandbox;

namespace {

std::size_t open_descriptors() {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd"))
        count += !entry.path().empty();
    return count;
}

bool has_children() {
    return ::waitpid(-1, nullptr, WNOHANG) >= 0;
}

}  // namespace

TEST_CASE("at 1,000 random crash points the exact record is named and no other finding is lost or doubled") {
    NEEDS_A_SANDBOX();
    constexpr std::size_t rows = 1000, batches = 50;
    std::mt19937 random(20240331);
    std::set<std::size_t> crashes;
    while (crashes.size() < 1000) crashes.insert(random() % (rows * batches));
    Limits limits;
    limits.breaks = 5000;
    limits.seconds = 60;  // a busy machine is no hang
    const auto descriptors = open_descriptors();
    {
        Trial trial("segfault", limits);
        std::set<std::size_t> named;
        for (std::size_t b = 0; b < batches; ++b) {
            std::vector<bool> on(rows), fails(rows);
            std::string expected(rows, 'P');
            for (std::size_t i = 0; i < rows; ++i) {
                on[i] = crashes.contains(b * rows + i);
                fails[i] = random() % 3 == 0;
                expected[i] = on[i] ? '?' : fails[i] ? 'F' : 'P';
            }
            REQUIRE(trial.judge(on, fails) == expected);
            for (const auto& one : trial.unjudged) {
                CHECK(one.count == 1);
                CHECK(one.asked);
                CHECK(one.cause.starts_with("plugin hostile was ended by signal 11"));
                CHECK(named.insert(b * rows + one.first).second);
            }
        }
        CHECK(named == crashes);
    }
    CHECK(open_descriptors() == descriptors);
    CHECK_FALSE(has_children());
}

TEST_CASE("a plugin that breaks too often is quarantined, and says of how many rows it was not asked") {
    NEEDS_A_SANDBOX();
    Limits limits;
    limits.breaks = 3;
    Trial trial("segfault", limits);
    const std::vector<bool> on{false, true, false, true, false, true, false, false};
    const std::vector<bool> fails(8, true);
    CHECK(trial.judge(on, fails) == "F?F?F???");
    REQUIRE(trial.unjudged.size() == 4);
    CHECK(trial.unjudged[3].first == 6);
    CHECK(trial.unjudged[3].count == 2);
    CHECK_FALSE(trial.unjudged[3].asked);
    CHECK(trial.unjudged[3].cause == "plugin hostile was quarantined");
    CHECK(trial.judge({false, false}, {true, true}) == "??");
}

TEST_CASE("rows that a plugin gives up on are named, and its process goes on with the next") {
    NEEDS_A_SANDBOX();
    Limits limits;
    limits.breaks = 3;
    Trial trial("throw", limits);
    CHECK(trial.judge({true, false, false, true}, {true, true, false, true}) == "?FP?");
    REQUIRE(trial.unjudged.size() == 2);
    CHECK(trial.unjudged[1].first == 3);
    CHECK(trial.unjudged[1].cause == "plugin hostile gave up");
    CHECK(trial.unjudged[1].words.starts_with("the check's run threw an exception: "));
    CHECK(trial.judge({false, true, false}, {true, true, true}) == "F??");
    REQUIRE(trial.unjudged.size() == 2);
    CHECK_FALSE(trial.unjudged[1].asked);
}

TEST_CASE("a hang ends soon after its limit, and a crash on the first and last row is told like any other") {
    NEEDS_A_SANDBOX();
    Limits limits;
    limits.seconds = 0.5;
    Trial sleeping("sleep", limits);
    const auto begun = std::chrono::steady_clock::now();
    CHECK(sleeping.judge({true, false}, {true, true}) == "?F");
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    CHECK(took.count() > 0.5);
    CHECK(took.count() < 5);  // the benchmark measures it; a busy machine may be slow
    CHECK(sleeping.unjudged.at(0).cause == "plugin hostile did not end within 0.5 s and was ended");
    Trial crashing("segfault");
    CHECK(crashing.judge({true, false, true}, {true, true, true}) == "?F?");
}

TEST_CASE("threads are served by processes of their own") {
    NEEDS_A_SANDBOX();
    Limits limits;
    limits.breaks = 1000;
    limits.seconds = 60;
    Trial first("segfault", limits);
    std::vector<std::string> said(4);
    std::vector<std::thread> threads;
    for (auto& one : said)
        threads.emplace_back([&] {
            // Verdicts are one thread's, the check is everybody's.
            const std::vector<bool> on{false, true, false}, fails{true, false, false};
            const Batch batch(on, fails, first.check().memory());
            std::vector<plugin::Unjudged> unjudged;
            std::string letters(3, 'P');
            caseaudit_sink sink{
                sizeof sink,
                &letters,
                [](void* self, std::size_t row, const caseaudit_evidence*, std::size_t) {
                    (*static_cast<std::string*>(self))[row] = 'F';
                },
                [](void* self, std::size_t row) { (*static_cast<std::string*>(self))[row] = '?'; },
                nullptr,
                nullptr,
                nullptr};
            for (int i = 0; i < 10; ++i) one += first.check().run(batch.get(), sink, unjudged) + letters;
        });
    for (auto& thread : threads) thread.join();
    for (const auto& one : said) CHECK(one == "F?PF?PF?PF?PF?PF?PF?PF?PF?PF?P");
}
