#include "generate/ssda903.h"

#include <tbb/task_arena.h>

#include <unistd.h>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

namespace {

namespace fs = std::filesystem;
using namespace caseaudit;

const std::vector<std::string> tables = {"header",
                                         "episodes",
                                         "reviews",
                                         "uasc",
                                         "oc2",
                                         "oc3",
                                         "ad1",
                                         "placed_for_adoption",
                                         "previous_permanence",
                                         "missing",
                                         "sw_episodes",
                                         "dolo"};

// A generated return in a folder that is gone when the test is.
class Generated {
  public:
    explicit Generated(generate::Ssda903Options options, int threads = 2) {
        static int count = 0;
        folder_ = fs::temp_directory_path() / fmt::format("caseaudit-generate-{}-{}", ::getpid(), count++);
        options.out = folder_.string();
        tbb::task_arena arena(threads);
        arena.execute([&] {
            const auto result = generate::ssda903(options);
            REQUIRE(result.ok());
            report = *result;
        });
    }
    ~Generated() { fs::remove_all(folder_); }
    std::string text(const std::string& file) const {
        std::ifstream in(folder_ / file, std::ios::binary);
        REQUIRE(in.good());
        return {std::istreambuf_iterator<char>(in), {}};
    }
    std::vector<std::string> lines(const std::string& file) const {
        std::vector<std::string> all;
        std::istringstream in(text(file));
        for (std::string line; std::getline(in, line);) all.push_back(line);
        return all;
    }
    std::vector<std::string> files() const {
        std::vector<std::string> all;
        for (const auto& entry : fs::recursive_directory_iterator(folder_))
            if (entry.is_regular_file()) all.push_back(fs::relative(entry.path(), folder_).string());
        std::sort(all.begin(), all.end());
        return all;
    }
    nlohmann::json answers() const { return nlohmann::json::parse(text("answers.json")); }
    generate::GenerateReport report;

  private:
    fs::path folder_;
};

generate::Ssda903Options options(std::uint64_t children, double error_rate, std::uint64_t seed = 7) {
    generate::Ssda903Options all;
    all.children = children;
    all.error_rate = error_rate;
    all.seed = seed;
    return all;
}

std::map<std::string, std::vector<std::string>> by_child(const std::vector<std::string>& lines) {
    std::map<std::string, std::vector<std::string>> rows;
    for (std::size_t i = 1; i < lines.size(); ++i)
        rows[lines[i].substr(0, lines[i].find(','))].push_back(lines[i]);
    return rows;
}

std::vector<std::string> cells(const std::string& line) {
    std::vector<std::string> all;
    std::istringstream in(line + ",");
    for (std::string cell; std::getline(in, cell, ',');) all.push_back(cell);
    return all;
}

}  // namespace

TEST_CASE("A return has the twelve tables of both years, the reference tables and the answer key",
          "[generate]") {
    const Generated made(options(50, 0));
    std::set<std::string> expected = {"answers.json", "reference/postcodes.csv",
                                      "reference/provider_info.csv"};
    for (const std::string& table : tables)
        for (const char* year : {"current/", "prior/"}) expected.insert(year + table + ".csv");
    const std::vector<std::string> files = made.files();
    CHECK(std::set<std::string>(files.begin(), files.end()) == expected);
}

TEST_CASE("The same options give the same bytes, on one thread or two, in large pieces or small",
          "[generate]") {
    generate::Ssda903Options all = options(700, 0.3);
    const Generated two_threads(all, 2), one_thread(all, 1);
    all.children_at_once = 37;
    const Generated small_pieces(all, 2);
    for (const std::string& file : two_threads.files()) {
        INFO(file);
        CHECK(two_threads.text(file) == one_thread.text(file));
        CHECK(two_threads.text(file) == small_pieces.text(file));
    }
}

TEST_CASE("Another seed gives another return", "[generate]") {
    const Generated one(options(40, 0, 1)), other(options(40, 0, 2));
    CHECK(one.text("current/header.csv") != other.text("current/header.csv"));
}

TEST_CASE("A child's records do not depend on how many children there are", "[generate]") {
    const Generated few(options(150, 0.5)), many(options(400, 0.5));
    for (const std::string& file : few.files()) {
        if (file.find(".csv") == std::string::npos || file.find("reference") == 0) continue;
        const auto rows = by_child(many.lines(file));
        for (const auto& [child, expected] : by_child(few.lines(file))) {
            INFO(file << " " << child);
            const auto found = rows.find(child);
            REQUIRE(found != rows.end());
            CHECK(found->second == expected);
        }
    }
}

TEST_CASE("Errors change the children they are planted in and nobody else", "[generate]") {
    const Generated clean(options(300, 0)), spoilt(options(300, 0.2));
    CHECK(clean.report.planted == 0);
    CHECK(clean.answers()["planted"].empty());
    std::set<std::string> planted;
    const nlohmann::json answers = spoilt.answers();
    for (const auto& answer : answers["planted"]) planted.insert(answer["case"]);
    CHECK(planted.size() == spoilt.report.planted);
    CHECK(planted.size() > 30);
    CHECK(planted.size() < 90);
    std::set<std::string> changed;
    for (const char* year : {"current/", "prior/"}) {
        for (const std::string& table : tables) {
            const auto before = by_child(clean.lines(year + table + ".csv"));
            const auto after = by_child(spoilt.lines(year + table + ".csv"));
            for (const auto& [child, rows] : before)
                if (!after.count(child) || after.at(child) != rows) changed.insert(child);
        }
    }
    CHECK(changed == planted);
}

TEST_CASE("The answer key points at rows that exist and belong to the child", "[generate]") {
    const Generated made(options(2000, 1.0));
    std::set<std::string> rules;
    std::map<std::string, std::vector<std::string>> lines;
    const nlohmann::json answers = made.answers();
    for (const auto& answer : answers["planted"]) {
        const std::string file = "current/" + answer["file"].get<std::string>();
        if (!lines.count(file)) lines[file] = made.lines(file);
        const std::size_t row = answer["row"];
        REQUIRE(row >= 1);
        REQUIRE(row < lines[file].size());
        CHECK(cells(lines[file][row])[0] == answer["case"]);
        rules.insert(answer["pack"].get<std::string>() + "/" + answer["rule"].get<std::string>());
    }
    CHECK(made.report.planted == 2000);
    CHECK(rules.size() >= 60);
    for (const char* rule : {"late-review", "episode-overlap", "review-without-header", "birth-differs",
                             "invalid-code", "review-after-collection", "asylum-seeker-over-18",
                             "missing-spell-reversed", "three-placements", "participation-missing"})
        CHECK(rules.count(std::string("ten/") + rule) == 1);
}

TEST_CASE("Episodes that last year's return left open go on in this year's as they were", "[generate]") {
    const Generated made(options(500, 0));
    const auto current = by_child(made.lines("current/episodes.csv"));
    std::size_t carried = 0;
    for (const auto& [child, rows] : by_child(made.lines("prior/episodes.csv"))) {
        const std::vector<std::string> last = cells(rows.back());
        if (!last[7].empty()) continue;
        ++carried;
        REQUIRE(current.count(child) == 1);
        const std::vector<std::string> first = cells(current.at(child).front());
        for (const std::size_t column : {0, 1, 2, 3, 4, 5, 6, 10, 11, 12})
            CHECK(first[column] == last[column]);
    }
    CHECK(carried > 200);
}

TEST_CASE("Children keep birth, sex and ethnicity from year to year, and have one header row", "[generate]") {
    const Generated made(options(500, 0));
    const auto prior = by_child(made.lines("prior/header.csv"));
    std::size_t both = 0;
    for (const auto& [child, rows] : by_child(made.lines("current/header.csv"))) {
        CHECK(rows.size() == 1);
        if (!prior.count(child)) continue;
        ++both;
        for (const std::size_t column : {1, 2, 3})
            CHECK(cells(rows[0])[column] == cells(prior.at(child)[0])[column]);
    }
    CHECK(both > 200);
}

TEST_CASE("Options that make no sense are refused, all at once", "[generate]") {
    generate::Ssda903Options wrong = options(0, 1.5);
    wrong.year = 12;
    const auto result = generate::ssda903(wrong);
    REQUIRE_FALSE(result.ok());
    CHECK(result.errors().size() == 4);
    for (const Diagnostic& diagnostic : result.errors()) CHECK(diagnostic.code == "generate.bad-option");
}

TEST_CASE("A folder that cannot be made is an error, not a crash", "[generate]") {
    generate::Ssda903Options all = options(10, 0);
    all.out = "/dev/null/returns";
    const auto result = generate::ssda903(all);
    REQUIRE_FALSE(result.ok());
    CHECK(result.errors()[0].code == "generate.cannot-write");
}
