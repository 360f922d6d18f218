// What a folder holds: files that are read, and what is not.
#pragma once
#include <string>
#include <vector>

#include "diagnostic/diagnostic.h"

namespace caseaudit::extract {

struct Listing {
    // An entry of the folder that may be part of the extract and is not read, and why.
    struct Unread {
        std::string name, reason;  // a folder's name ends in '/'
    };
    std::vector<std::string> files;  // paths
    std::vector<Unread> unread;
    std::vector<std::string>
        passed_over;  // names of what is plainly no part of an extract: documents, settings
};

// Every entry of the folder, each in one of the lists, by name; or the one file itself. Folders within are
// not looked into but to see whether they hold data. Fails where there is nothing to read; the hints then
// name folders within that have some.
Result<Listing> list_files(const std::string& path);

}  // namespace caseaudit::extract
