#include "history/database.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <system_error>
#include <thread>
#include <utility>

#include "history/sqlite.h"
#include "platform/files.h"

namespace caseaudit::history {

Statement::Statement(sqlite3* database, std::string_view sql) {
    failed_ = sqlite().prepare(database, sql.data(), static_cast<int>(sql.size()), &statement_, nullptr) !=
              SQLITE_OK;
}
Statement::~Statement() {
    sqlite().finalize(statement_);
}
Statement& Statement::bind(int at, std::string_view text) {
    sqlite().bind_text(statement_, at, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
    return *this;
}
Statement& Statement::bind(int at, std::int64_t number) {
    sqlite().bind_int64(statement_, at, number);
    return *this;
}
Statement& Statement::bind(int at, double number) {
    sqlite().bind_double(statement_, at, number);
    return *this;
}
Statement& Statement::bind_nothing(int at) {
    sqlite().bind_null(statement_, at);
    return *this;
}
bool Statement::step() {
    if (failed_) return false;
    const int outcome = sqlite().step(statement_);
    failed_ = outcome != SQLITE_ROW && outcome != SQLITE_DONE;
    return outcome == SQLITE_ROW;
}
bool Statement::run() {
    while (step()) {
    }
    reset();
    return !failed_;
}
void Statement::reset() {
    sqlite().reset(statement_);
}
std::string Statement::text(int column) const {
    const auto* text = sqlite().column_text(statement_, column);
    return text == nullptr ? std::string()
                           : std::string(reinterpret_cast<const char*>(text),
                                         static_cast<std::size_t>(sqlite().column_bytes(statement_, column)));
}
std::int64_t Statement::integer(int column) const {
    return sqlite().column_int64(statement_, column);
}
double Statement::decimal(int column) const {
    return sqlite().column_double(statement_, column);
}
bool Statement::nothing(int column) const {
    return sqlite().column_type(statement_, column) == SQLITE_NULL;
}

Database::Database(Database&& other) noexcept
    : handle_(std::exchange(other.handle_, nullptr)),
      path_(std::move(other.path_)),
      patience_(other.patience_) {}
Database& Database::operator=(Database&& other) noexcept {
    std::swap(handle_, other.handle_);
    std::swap(path_, other.path_);
    std::swap(patience_, other.patience_);
    return *this;
}
Database::~Database() {
    if (handle_ != nullptr) sqlite().close(handle_);  // gives up a transaction that was not committed
}

Result<Database> Database::open(const std::string& path, bool write, int patience) {
    if (auto missing = platform::why_missing<Sqlite>()) return *std::move(missing);
    if (write) {
        // SQLite would make it readable by others; what it makes beside it takes the rights of the file
        // itself.
        const int made = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (made >= 0) ::close(made);
        if (made < 0 && errno != EEXIST)
            return Diagnostic{"history.open",
                              "cannot open: " + std::generic_category().message(errno),
                              {path, 0, 0},
                              {},
                              {},
                              {}};
    }
    if (auto errors = platform::check_private(path); !errors.empty()) return errors;
    Database database;
    database.path_ = path;
    database.patience_ = patience;
    const int flags = (write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) | SQLITE_OPEN_EXRESCODE;
    if (sqlite().open(path.c_str(), &database.handle_, flags, nullptr) != SQLITE_OK)
        return database.trouble("open");
    sqlite().busy_timeout(database.handle_, patience);
    return database;
}

bool Database::execute(const char* sql) {
    return sqlite().exec(handle_, sql, nullptr, nullptr, nullptr) == SQLITE_OK;
}

// SQLite waits for others by itself, but not where the file's kind of journal is set (two that make a new
// history at once) or the last to leave takes the journal away: it then says "busy" at once.
bool Database::begin_to_write() {
    const auto given_up = std::chrono::steady_clock::now() + std::chrono::milliseconds(patience_);
    // NORMAL would do for the file to stay whole, FULL is what makes a run last.
    while (!execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; BEGIN IMMEDIATE")) {
        if (!busy() || std::chrono::steady_clock::now() >= given_up) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return true;
}

bool Database::failed() const {
    const int code = sqlite().errcode(handle_) & 0xff;
    return code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE;
}
bool Database::busy() const {
    return (sqlite().errcode(handle_) & 0xff) == SQLITE_BUSY;
}

Diagnostics Database::trouble(std::string_view doing) const {
    return {
        Diagnostic{"history.open",
                   fmt::format("cannot {}: {}", doing, sqlite().errstr(sqlite().extended_errcode(handle_))),
                   {path_, 0, 0},
                   {},
                   busy() ? "another run holds it: try again when that has ended"
                          : "give a file that 'caseaudit run --history' made, or none for a new one",
                   {}}};
}

}  // namespace caseaudit::history
