// What is said of the columns of a file. Private to casebook/.
#pragma once
#include <string>
#include <vector>

#include "casebook/file_columns.h"

namespace caseaudit::casebook {

// The first names of many, and how many more there are: ten thousand columns shall not fill the screen.
std::vector<std::string> few(const std::vector<std::string>& names);

// The columns that are no field, by heading; by number alone ("columns 14 to 26") where one of the headings
// is not shaped like a name, for then all of them may be values.
std::vector<std::string> unknown_names(const FileColumns& match, const std::vector<std::string>& headings);

// What a user should know of them: which are unknown, taken for one that they resemble,
// come twice or are absent.
Diagnostics column_notes(const dataset::Table& table, const FileColumns& match,
                         const std::vector<std::string>& headings, const std::string& file);

// "" unless the known headings are followed by what is shaped like the values of a record, which is then
// lost: the reason to reject it.
std::string lost_line_break(const FileColumns& match, const std::vector<std::string>& headings);

}  // namespace caseaudit::casebook
