// What is used of SQLite. Private to history/.
#pragma once
#include <sqlite3.h>

#include "platform/late_library.h"

namespace caseaudit::history {

struct Sqlite : platform::LateLibrary {
    Sqlite() : LateLibrary(name) {}
    static constexpr platform::LibraryName name{CASEAUDIT_SQLITE3_LIBRARY, "keeps the history of runs",
                                                "libsqlite3-0"};
    Function<decltype(::sqlite3_bind_double)> bind_double{*this, "sqlite3_bind_double"};
    Function<decltype(::sqlite3_bind_int64)> bind_int64{*this, "sqlite3_bind_int64"};
    Function<decltype(::sqlite3_bind_null)> bind_null{*this, "sqlite3_bind_null"};
    Function<decltype(::sqlite3_bind_text)> bind_text{*this, "sqlite3_bind_text"};
    Function<decltype(::sqlite3_busy_timeout)> busy_timeout{*this, "sqlite3_busy_timeout"};
    Function<decltype(::sqlite3_close_v2)> close{*this, "sqlite3_close_v2"};
    Function<decltype(::sqlite3_column_bytes)> column_bytes{*this, "sqlite3_column_bytes"};
    Function<decltype(::sqlite3_column_double)> column_double{*this, "sqlite3_column_double"};
    Function<decltype(::sqlite3_column_int64)> column_int64{*this, "sqlite3_column_int64"};
    Function<decltype(::sqlite3_column_text)> column_text{*this, "sqlite3_column_text"};
    Function<decltype(::sqlite3_column_type)> column_type{*this, "sqlite3_column_type"};
    Function<decltype(::sqlite3_errcode)> errcode{*this, "sqlite3_errcode"};
    Function<decltype(::sqlite3_errstr)> errstr{*this, "sqlite3_errstr"};
    Function<decltype(::sqlite3_exec)> exec{*this, "sqlite3_exec"};
    Function<decltype(::sqlite3_extended_errcode)> extended_errcode{*this, "sqlite3_extended_errcode"};
    Function<decltype(::sqlite3_finalize)> finalize{*this, "sqlite3_finalize"};
    Function<decltype(::sqlite3_open_v2)> open{*this, "sqlite3_open_v2"};
    Function<decltype(::sqlite3_prepare_v2)> prepare{*this, "sqlite3_prepare_v2"};
    Function<decltype(::sqlite3_reset)> reset{*this, "sqlite3_reset"};
    Function<decltype(::sqlite3_step)> step{*this, "sqlite3_step"};
};

inline const Sqlite& sqlite() {
    return platform::late<Sqlite>();
}

}  // namespace caseaudit::history
