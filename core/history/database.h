// SQLite, as far as the history needs it: statements whose failure is a value. Private to history/.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "diagnostic/diagnostic.h"
#include "platform/file_identity.h"

struct sqlite3;
struct sqlite3_stmt;

namespace caseaudit::history {

// A prepared statement. Borrowed texts are copied when bound.
class Statement {
  public:
    Statement(sqlite3* database, std::string_view sql);
    ~Statement();
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    Statement& bind(int at, std::string_view text);  // from 1
    Statement& bind(int at, std::int64_t number);
    Statement& bind(int at, double number);
    Statement& bind_nothing(int at);
    bool step();                         // true: there is a row. Nothing happens once it failed.
    bool run();                          // to the end, and ready to be bound again; false when it failed
    void reset();                        // to be bound and stepped again
    std::string text(int column) const;  // from 0
    std::int64_t integer(int column) const;
    double decimal(int column) const;
    bool nothing(int column) const;

  private:
    sqlite3_stmt* statement_ = nullptr;
    bool failed_ = false;
};

// An open file. Not shared between threads.
class Database {
  public:
    Database() = default;
    Database(Database&& other) noexcept;
    Database& operator=(Database&& other) noexcept;
    ~Database();
    // `write`: makes the file, for its owner's eyes only, when there is none; one that stays empty is taken
    // away again. Another process that writes is waited for, for `patience` milliseconds. Fails with
    // "history.open" and "file.private".
    static Result<Database> open(const std::string& path, bool write, int patience);

    bool execute(const char* sql);
    // Begins a transaction that no other process writes beside, after waiting as `open` was told to.
    bool begin_to_write();
    // What is committed is brought into the file itself, so that a copy of it is a copy of all.
    bool commit();
    // Whether its path leads to another file by now, or to none.
    bool moved() const;
    Statement prepare(std::string_view sql) const { return Statement(handle_, sql); }
    // What went wrong last. Never holds values of rows. Throws std::bad_alloc where that is want of memory.
    Diagnostics trouble(std::string_view doing) const;
    bool failed() const;
    bool busy() const;

  private:
    sqlite3* handle_ = nullptr;
    std::string path_;
    int patience_ = 0;  // milliseconds
    std::optional<platform::FileIdentity> file_;
    bool made_ = false;  // the file, by this one
};

}  // namespace caseaudit::history
