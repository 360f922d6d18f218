// The reader of Excel workbooks (.xlsx): each sheet with a row of headings is a table. Formulas are not
// calculated: their stored values count.
#pragma once
#include "extract/bundle.h"
#include "platform/files.h"

namespace caseaudit::extract {

struct XlsxOptions {
    // Bytes that the workbook may inflate to: so many times its size, and so many in any case.
    std::uint64_t most_times = 200, always = std::uint64_t{64} << 20;
    const platform::FileSystem* files = &platform::system_files();
};

// The first row of a sheet that has two cells or more is its headings: what stands above it is a title.
// Sheets without any are passed over.
Result<std::unique_ptr<Bundle>> open_xlsx(const OpenBundle& request, const XlsxOptions& options);

// The entry for formats().
Format xlsx_format();

}  // namespace caseaudit::extract
