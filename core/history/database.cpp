#include "history/database.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <new>
#include <system_error>
#include <thread>
#include <utility>

#include "history/sqlite.h"
#include "platform/files.h"

namespace caseaudit::history {

namespace {

const char* remedy(int code) {
    switch (code) {
        case SQLITE_BUSY:
            return "another run holds it: try again when that has ended";
        case SQLITE_FULL:
        case SQLITE_IOERR:
            return "see that there is room on its disk, and that the disk can be written to and read";
        case SQLITE_READONLY:
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
            return "see that the file and its folder are yours to write in";
        default:
            return "give a file that 'caseaudit run --history' made, or none for a new one";
    }
}

// With all the bytes locked that SQLite locks by (its file format's "lock-byte page"): so nobody else is in
// the file, who might write to it meanwhile. SQLite itself locks an empty file by writing to its disk.
void remove_if_empty(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    if (file < 0) return;
    struct flock alone {};
    alone.l_type = F_WRLCK;
    alone.l_whence = SEEK_SET;
    alone.l_start = 0x40000000;
    alone.l_len = 512;
    struct stat status {};
    if (::fcntl(file, F_SETLK, &alone) == 0 && ::fstat(file, &status) == 0 && status.st_size == 0)
        ::unlink(path.c_str());
    ::close(file);
}

}  // namespace

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
      patience_(other.patience_),
      file_(std::move(other.file_)),
      made_(std::exchange(other.made_, false)) {}
Database& Database::operator=(Database&& other) noexcept {
    std::swap(handle_, other.handle_);
    std::swap(path_, other.path_);
    std::swap(patience_, other.patience_);
    std::swap(file_, other.file_);
    std::swap(made_, other.made_);
    return *this;
}
Database::~Database() {
    if (handle_ != nullptr) sqlite().close(handle_);  // gives up a transaction that was not committed
    if (made_) remove_if_empty(path_);
}

Result<Database> Database::open(const std::string& path, bool write, int patience) {
    if (auto missing = platform::why_missing<Sqlite>()) return *std::move(missing);
    Database database;
    database.path_ = path;
    database.patience_ = patience;
    if (write) {
        // SQLite would make it readable by others; what it makes beside it takes the rights of the file
        // itself.
        const int made = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (made >= 0) ::close(made);
        database.made_ = made >= 0;
        if (made < 0 && errno != EEXIST)
            return Diagnostic{"history.open",
                              "cannot open: " + std::generic_category().message(errno),
                              {path, 0, 0},
                              {},
                              {},
                              {}};
    }
    if (auto errors = platform::check_private(path); !errors.empty()) return errors;
    database.file_ = platform::identity_of(path);
    // Also to read: the last to leave brings what is in the write-ahead log into the file, and may be one
    // that reads. Where it may not write, SQLite reads alone.
    constexpr int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE;
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

bool Database::moved() const {
    return platform::identity_of(path_) != file_;
}

bool Database::commit() {
    if (!execute("COMMIT")) return false;
    // Others that have it open keep it from being closed by this one. What a reader holds up they do.
    execute("PRAGMA wal_checkpoint(PASSIVE)");
    return true;
}

Diagnostics Database::trouble(std::string_view doing) const {
    const int code = sqlite().extended_errcode(handle_);
    if ((code & 0xff) == SQLITE_NOMEM || code == SQLITE_IOERR_NOMEM) throw std::bad_alloc();
    return {Diagnostic{"history.open",
                       fmt::format("cannot {}: {}", doing, sqlite().errstr(code)),
                       {path_, 0, 0},
                       {},
                       remedy(code & 0xff),
                       {}}};
}

}  // namespace caseaudit::history
