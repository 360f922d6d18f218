#include "casebook/bundles.h"

#include <fmt/format.h>

#include <algorithm>

#include "dataset/headings.h"

namespace caseaudit::casebook {
namespace {

std::string stem(const std::string& file) {
    return file.substr(0, file.find_last_of('.'));
}

Diagnostic trouble(std::string code, std::string message, const std::string& file, std::string hint) {
    Diagnostic diagnostic;
    diagnostic.code = std::move(code);
    diagnostic.message = std::move(message);
    diagnostic.place.file = file;
    diagnostic.hint = std::move(hint);
    return diagnostic;
}

const dataset::Table& table_of(const dataset::Dataset& dataset, const LoadFile& file) {
    return dataset.tables[static_cast<std::size_t>(file.table)];
}

std::string of_extract(Which which) {
    return which == Which::prior ? " of the prior extract" : "";
}

// Another file of the same table that is no part of a whole extract.
const LoadFile* rival(const std::vector<LoadFile>& files, const LoadFile& file) {
    const auto found = std::find_if(files.begin(), files.end(), [&](const LoadFile& other) {
        return !other.is_whole() && other.rows != nullptr && other.which == file.which &&
               other.table == file.table;
    });
    return found == files.end() ? nullptr : &*found;
}

bool has_key(const dataset::Dataset& dataset, const LoadFile& file) {
    const dataset::Table& table = table_of(dataset, file);
    const auto named = dataset::name_fields(table, file.columns());
    return std::find(named.field.begin(), named.field.end(), table.lookup) != named.field.end();
}

}  // namespace

bool is_cover(const dataset::Dataset& dataset, const std::vector<LoadFile>& files, const LoadFile& file) {
    if (!file.is_reference || !file.bundle || file.is_whole() || has_key(dataset, file)) return false;
    return std::any_of(files.begin(), files.end(), [&](const LoadFile& other) {
        return other.bundle == file.bundle && has_key(dataset, other);
    });
}

int recognise_as(const dataset::Dataset& dataset, const LoadFile& file,
                 const std::vector<std::string>& columns, std::string& why) {
    const std::string name = file.bundle ? file.bundle->parts[file.part].name : stem(file.shown());
    const int table = dataset::recognise(dataset, name, columns, why);
    if (table >= 0 || !file.bundle || file.bundle->parts.size() != 1) return table;
    std::string other;  // Sheet1 of episodes.xlsx
    return dataset::recognise(dataset, stem(extract::shown_name(file.path)), columns, other);
}

std::string name_table(const dataset::Dataset& dataset, LoadFile& file) {
    if (file.is_whole() && !file.is_reference)
        file.table = dataset.find_table(file.bundle->parts[file.part].name);
    if (file.is_whole() && file.is_reference) {
        file.table = -1;
        return "a reference table does not come as an XML return";
    }
    if (file.table >= 0) return {};
    std::string why;
    file.table = recognise_as(dataset, file, file.columns(), why);
    return why;
}

Diagnostics check_whole_files(const std::vector<LoadFile>& files) {
    Diagnostics all;
    for (const LoadFile& file : files) {
        if (!file.is_whole() || file.part != 0 || file.is_reference) continue;
        const auto before = std::find_if(files.begin(), files.end(), [&](const LoadFile& other) {
            return other.is_whole() && other.which == file.which && !other.is_reference;
        });
        if (before->bundle == file.bundle) continue;
        all.push_back(trouble("casebook.two-returns",
                              fmt::format("{} and {} are each a whole extract{}", before->shown(),
                                          file.shown(), of_extract(file.which)),
                              file.shown(), "give one of them alone"));
    }
    return all;
}

bool is_elsewhere(const std::vector<LoadFile>& files, const LoadFile& file) {
    return file.is_whole() && rival(files, file) != nullptr;
}

void read_bundle(LoadFile* first) {
    const std::size_t parts = first->bundle->parts.size();
    std::vector<extract::BlockConsumer*> consumers;
    for (std::size_t i = 0; i < parts; ++i) consumers.push_back(first[i].rows);
    extract::BundleReport report = first->bundle->read(consumers);
    for (std::size_t i = 0; i < parts; ++i) {
        first[i].report = std::move(report.parts[i]);
        first[i].seen = std::move(report.seen[i]);
    }
    first->unplaced = std::move(report.rejected);
    for (Diagnostic& note : report.notes) {
        note.place.file = first->bundle->file;
        first->read_notes.push_back(std::move(note));
    }
}

Diagnostics check_twice(const dataset::Dataset& dataset, const std::vector<LoadFile>& files) {
    Diagnostics all;
    for (const LoadFile& file : files) {
        if (!file.is_whole() || file.table < 0 || file.report.accepted + file.report.rejected.size() == 0)
            continue;
        if (const LoadFile* other = rival(files, file))
            all.push_back(
                trouble("casebook.table-twice",
                        fmt::format("{}{} stands both in {} and in {}", table_of(dataset, file).label,
                                    of_extract(file.which), file.shown(), other->input.file),
                        other->input.file, "take one of the two files out of the folder"));
    }
    return all;
}

void settle_whole(const dataset::Dataset& dataset, LoadFile& file, Collection& collection) {
    if (!file.is_whole() || file.rows == nullptr) return;
    const dataset::Table& definition = table_of(dataset, file);
    if (definition.xml->optional && file.report.accepted + file.report.rejected.size() == 0) {
        collection.drop(file.table, file.which);
        file.rows = nullptr;
        return;
    }
    std::vector<std::uint8_t>& provided = collection.table(file.table, file.which).provided;
    for (std::size_t i = 0; i < file.columns().size(); ++i) {
        const int field = definition.find_field(file.columns()[i]);
        if (!file.seen[i] && definition.fields[static_cast<std::size_t>(field)].optional)
            provided[static_cast<std::size_t>(field)] = 0;
    }
}

}  // namespace caseaudit::casebook
