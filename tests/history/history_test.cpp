#include "history/history.h"

#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>

using namespace caseaudit;
namespace fs = std::filesystem;

namespace {

// No file may grow beyond this meanwhile, as on a disk that is full.
class Room {
  public:
    explicit Room(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{bytes, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~Room() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }

  private:
    void (*handler_)(int);
    rlimit before_{};
};

class Folder {
  public:
    Folder() {
        std::string name = (fs::temp_directory_path() / "history-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        path = name;
    }
    ~Folder() { fs::remove_all(path); }
    std::string file() const { return (path / "history.sqlite").string(); }
    std::size_t files() const {
        return static_cast<std::size_t>(
            std::distance(fs::directory_iterator(path), fs::directory_iterator()));
    }
    fs::path path;
};

findings::RunInfo info(const std::string& as_at) {
    findings::RunInfo run;
    run.as_at = as_at;
    run.dataset = "ssda903";
    run.key_id = "key";
    run.packs.push_back({"pack", "1.0.0", "", ""});
    return run;
}

// A run with so many findings, from beginning to end.
Diagnostics add_run(const std::string& file, const std::string& as_at, std::size_t findings,
                    bool commit = true) {
    auto history = history::History::begin(file, info(as_at), 0);
    if (!history) return history.errors();
    RuleOutcome rule;
    rule.pack = "pack";
    rule.rule = "rule";
    rule.status = Status::ran;
    std::vector<findings::Seen> seen;
    for (std::size_t i = 0; i < findings; ++i)
        seen.push_back({fmt::format("{:064}", i), "case", "nobody", 0});
    auto errors = history->add({rule}, seen, {}, true);
    if (errors.empty() && commit) errors = history->commit();
    return errors;
}

std::string bytes_of(const std::string& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

TEST_CASE("without room the cause is told, and nothing stays of a history that was begun", "[history]") {
    for (const rlim_t bytes : {0, 2000}) {
        const Folder folder;
        Diagnostics errors;
        {
            const Room room(bytes);
            errors = add_run(folder.file(), "2026-01-01", 20000);
        }
        CAPTURE(bytes);
        REQUIRE(errors.size() == 1);
        CHECK(errors.front().message != "cannot add this run: not an error");
        CHECK(errors.front().hint.find("room on its disk") != std::string::npos);
        CHECK(folder.files() == 0);
    }
}

TEST_CASE("without room a history stays as it was", "[history]") {
    const Folder folder;
    REQUIRE(add_run(folder.file(), "2026-01-01", 1000).empty());
    const auto before = bytes_of(folder.file());
    Diagnostics errors;
    {
        const Room room(before.size());
        errors = add_run(folder.file(), "2026-02-01", 20000);
    }
    REQUIRE(errors.size() == 1);
    CHECK(errors.front().message != "cannot add this run: not an error");
    CHECK(errors.front().hint.find("room on its disk") != std::string::npos);
    CHECK((bytes_of(folder.file()) == before));
    CHECK(folder.files() == 1);
}

TEST_CASE("what is committed is in the file alone, and what is given up is not", "[history]") {
    const Folder folder;
    for (const char* as_at : {"2026-01-01", "2026-02-01"}) {
        REQUIRE(add_run(folder.file(), as_at, 1000).empty());
        CHECK(folder.files() == 1);
    }
    const auto before = bytes_of(folder.file());
    CHECK(add_run(folder.file(), "2026-03-01", 20000, false).empty());
    CHECK((bytes_of(folder.file()) == before));
    CHECK(folder.files() == 1);
    // Somebody has it open, and holds up nothing.
    auto idle = history::Database::open(folder.file(), false, 0);
    REQUIRE(idle.ok());
    REQUIRE((*idle).execute("SELECT count(*) FROM runs"));
    REQUIRE(add_run(folder.file(), "2026-03-01", 10).empty());
    const auto copy = (folder.path / "copy.sqlite").string();
    fs::copy_file(folder.file(), copy);
    const auto runs = history::runs(copy);
    REQUIRE(runs.ok());
    CHECK((*runs).size() == 3);
}

TEST_CASE("a run that waited for one that took its file away makes another", "[history]") {
    const Folder folder;
    auto maker = history::Database::open(folder.file(), true, 0);
    auto waiting = history::Database::open(folder.file(), true, 0);
    REQUIRE(maker.ok());
    REQUIRE(waiting.ok());
    *maker = history::Database();
    CHECK(folder.files() == 0);
    CHECK((*waiting).moved());
    CHECK_FALSE((*waiting).begin_to_write());
    REQUIRE(add_run(folder.file(), "2026-01-01", 10).empty());
    *waiting = history::Database();  // takes nothing away that is not its own
    const auto runs = history::runs(folder.file());
    REQUIRE(runs.ok());
    CHECK((*runs).size() == 1);
}
