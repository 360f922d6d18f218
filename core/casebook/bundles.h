// Files of several tables among an extract's files. Private to casebook/.
#pragma once
#include <string>
#include <vector>

#include "casebook/build.h"
#include "casebook/load_file.h"

namespace caseaudit::casebook {

// Whether the part is a sheet beside the one of its workbook that holds the reference table.
bool is_cover(const dataset::Dataset& dataset, const std::vector<LoadFile>& files, const LoadFile& file);

// The table that the file is by its name, and were these its columns; -1 when none, `why` then says why.
int recognise_as(const dataset::Dataset& dataset, const LoadFile& file,
                 const std::vector<std::string>& columns, std::string& why);

// Finds the file's table unless it is given; else says why there is none.
std::string name_table(const dataset::Dataset& dataset, LoadFile& file);

// An extract is one file that is all of it, or many: two such files in one folder are an error.
Diagnostics check_whole_files(const std::vector<LoadFile>& files);

// Whether the file is part of a whole extract and another file holds the same table: then the part may not
// have any record.
bool is_elsewhere(const std::vector<LoadFile>& files, const LoadFile& file);

// Reads a file of several tables; `first` is its first part, the others stand behind it.
void read_bundle(LoadFile* first);

// After reading: tables that come with records both as part of a whole extract and as a file of their own.
Diagnostics check_twice(const dataset::Dataset& dataset, const std::vector<LoadFile>& files);

// After reading: columns and tables that a whole extract could have and has not are made absent.
void settle_whole(const dataset::Dataset& dataset, LoadFile& file, Collection& collection);

}  // namespace caseaudit::casebook
