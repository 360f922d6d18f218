// The files of one folder that an extract or a reference table is in. Private to casebook/.
#pragma once
#include <string>
#include <vector>

#include "casebook/load.h"

namespace caseaudit::casebook {

struct Folder {
    std::vector<std::string> files;  // paths
    std::vector<extract::Rejected> rejected;
    Diagnostics notes;
};

// The files of the current or the prior extract: what is not read is rejected or, where it is plainly no part
// of an extract, noted, unless the request names it for something else.
Result<Folder> extract_folder(const LoadRequest& request, Which which);

// The files of a reference table. Its folder is its publisher's, and may hold what it likes: that is noted.
Result<Folder> reference_folder(const std::string& path, const std::string& table);

}  // namespace caseaudit::casebook
