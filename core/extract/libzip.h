// What is used of libzip. Private to extract/.
#pragma once
#include <zip.h>

#include "platform/late_library.h"

namespace caseaudit::extract {

struct LibZip : platform::LateLibrary {
    LibZip() : LateLibrary(name) {}
    static constexpr platform::LibraryName name{CASEAUDIT_ZIP_LIBRARY, "unpacks workbooks", "libzip4"};
    Function<decltype(::zip_discard)> discard{*this, "zip_discard"};
    Function<decltype(::zip_error_code_zip)> error_code_zip{*this, "zip_error_code_zip"};
    Function<decltype(::zip_error_fini)> error_fini{*this, "zip_error_fini"};
    Function<decltype(::zip_error_init)> error_init{*this, "zip_error_init"};
    Function<decltype(::zip_error_set)> error_set{*this, "zip_error_set"};
    Function<decltype(::zip_error_to_data)> error_to_data{*this, "zip_error_to_data"};
    Function<decltype(::zip_fclose)> fclose{*this, "zip_fclose"};
    Function<decltype(::zip_fopen)> fopen{*this, "zip_fopen"};
    Function<decltype(::zip_fread)> fread{*this, "zip_fread"};
    Function<decltype(::zip_get_error)> get_error{*this, "zip_get_error"};
    Function<decltype(::zip_name_locate)> name_locate{*this, "zip_name_locate"};
    Function<decltype(::zip_open_from_source)> open_from_source{*this, "zip_open_from_source"};
    Function<decltype(::zip_source_free)> source_free{*this, "zip_source_free"};
    Function<decltype(::zip_source_function_create)> source_function_create{*this,
                                                                            "zip_source_function_create"};
    Function<decltype(::zip_source_make_command_bitmap)> source_make_command_bitmap{
        *this, "zip_source_make_command_bitmap"};
    Function<decltype(::zip_source_seek_compute_offset)> source_seek_compute_offset{
        *this, "zip_source_seek_compute_offset"};
    Function<decltype(::zip_stat_init)> stat_init{*this, "zip_stat_init"};
};

inline const LibZip& libzip() {
    return platform::late<LibZip>();
}

}  // namespace caseaudit::extract
