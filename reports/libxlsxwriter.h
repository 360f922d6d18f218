// What is used of libxlsxwriter. Private to reports/.
#pragma once
#include <xlsxwriter.h>

#include "platform/late_library.h"

namespace caseaudit::reports {

struct XlsxWriter : platform::LateLibrary {
    XlsxWriter() : LateLibrary(name) {}
    static constexpr platform::LibraryName name{CASEAUDIT_XLSXWRITER_LIBRARY, "makes workbooks",
                                                "libxlsxwriter4"};
    Function<decltype(::format_set_align)> format_set_align{*this, "format_set_align"};
    Function<decltype(::format_set_bg_color)> format_set_bg_color{*this, "format_set_bg_color"};
    Function<decltype(::format_set_bold)> format_set_bold{*this, "format_set_bold"};
    Function<decltype(::format_set_bottom)> format_set_bottom{*this, "format_set_bottom"};
    Function<decltype(::format_set_font_color)> format_set_font_color{*this, "format_set_font_color"};
    Function<decltype(::format_set_font_size)> format_set_font_size{*this, "format_set_font_size"};
    Function<decltype(::format_set_num_format)> format_set_num_format{*this, "format_set_num_format"};
    Function<decltype(::format_set_text_wrap)> format_set_text_wrap{*this, "format_set_text_wrap"};
    Function<decltype(::lxw_strerror)> strerror{*this, "lxw_strerror"};
    Function<decltype(::lxw_workbook_free)> workbook_free{*this, "lxw_workbook_free"};
    Function<decltype(::workbook_add_format)> workbook_add_format{*this, "workbook_add_format"};
    Function<decltype(::workbook_add_worksheet)> workbook_add_worksheet{*this, "workbook_add_worksheet"};
    Function<decltype(::workbook_close)> workbook_close{*this, "workbook_close"};
    Function<decltype(::workbook_new)> workbook_new{*this, "workbook_new"};
    Function<decltype(::workbook_set_properties)> workbook_set_properties{*this, "workbook_set_properties"};
    Function<decltype(::worksheet_autofilter)> worksheet_autofilter{*this, "worksheet_autofilter"};
    Function<decltype(::worksheet_fit_to_pages)> worksheet_fit_to_pages{*this, "worksheet_fit_to_pages"};
    Function<decltype(::worksheet_freeze_panes)> worksheet_freeze_panes{*this, "worksheet_freeze_panes"};
    Function<decltype(::worksheet_repeat_rows)> worksheet_repeat_rows{*this, "worksheet_repeat_rows"};
    Function<decltype(::worksheet_set_column)> worksheet_set_column{*this, "worksheet_set_column"};
    Function<decltype(::worksheet_set_landscape)> worksheet_set_landscape{*this, "worksheet_set_landscape"};
    Function<decltype(::worksheet_set_paper)> worksheet_set_paper{*this, "worksheet_set_paper"};
    Function<decltype(::worksheet_write_blank)> worksheet_write_blank{*this, "worksheet_write_blank"};
    Function<decltype(::worksheet_write_datetime)> worksheet_write_datetime{*this,
                                                                            "worksheet_write_datetime"};
    Function<decltype(::worksheet_write_number)> worksheet_write_number{*this, "worksheet_write_number"};
    Function<decltype(::worksheet_write_string)> worksheet_write_string{*this, "worksheet_write_string"};
};

inline const XlsxWriter& xlsx() {
    return platform::late<XlsxWriter>();
}

}  // namespace caseaudit::reports
