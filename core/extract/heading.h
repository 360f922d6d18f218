// What of a file's own headings may be shown. A heading is text of the file: where its header row is damaged,
// or there is none, it is what stands in the record of a child.
#pragma once
#include <string_view>

namespace caseaudit::extract {

// Whether the text is shaped like the name of a column, an element or a sheet, and not like a case number, a
// date, a postcode, a Unique Pupil Number or a code: at most eight words of ASCII letters, the first one of
// which begins it, and besides them "SSDA903" (three digits at most behind letters), "line 2" or "2025-26". A
// child's name has the shape of a column's.
bool looks_like_name(std::string_view text);

}  // namespace caseaudit::extract
