// One table in one file on its way into the casebook: opened, recognised, read. Private to casebook/.
#pragma once
#include <memory>

#include "casebook/load.h"
#include "casebook/table_load.h"
#include "extract/bundle.h"

namespace caseaudit::casebook {

struct LoadFile {
    std::string path;
    Which which = Which::current;
    int table = -1;  // given for reference tables, else found
    bool is_reference = false;
    bool is_read = false;
    // What reads it: a file of its own, or a part of a file of several tables.
    std::unique_ptr<extract::Source> source;
    std::shared_ptr<extract::Bundle> bundle;
    std::size_t part = 0;
    Diagnostics trouble;  // why it could not be opened
    TableLoad::FileLoad* rows = nullptr;
    extract::ReadReport report;
    std::vector<bool> seen;                   // of a part: by column, whether any record has it
    std::vector<extract::Rejected> unplaced;  // of a file of several tables: what belongs to none
    Diagnostics read_notes;
    Input input;

    // Part of a file that is all of an extract.
    bool is_whole() const { return bundle != nullptr && bundle->whole; }
    bool opened() const { return source != nullptr || bundle != nullptr; }
    const std::vector<std::string>& columns() const {
        return bundle ? bundle->parts[part].columns : source->columns;
    }
    // As shown to the user.
    const std::string& shown() const { return bundle ? bundle->parts[part].file : source->file; }
    const std::string& encoding() const { return bundle ? bundle->encoding : source->encoding; }
    const Diagnostics& notes() const { return bundle ? bundle->notes : source->notes; }
    std::uint64_t bytes() const { return bundle ? bundle->bytes : source ? source->bytes : 0; }
};

// Opens the files that are not open yet, in parallel. Files of several tables become one entry a part, which
// share the bundle.
void open_files(std::vector<LoadFile>& files, const extract::RecordLayout* layout);

}  // namespace caseaudit::casebook
