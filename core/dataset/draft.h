// A dataset file between reading and resolving: its own keys are read, names of other things are still text.
// Private to dataset/.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "dataset/dataset.h"
#include "dataset/timeline.h"
#include "yaml/document.h"
#include "yaml/map_reader.h"

namespace caseaudit::dataset {

// A name as written, and the node it stands in. The node is never null.
struct Mention {
    std::string name;
    const yaml::Node* node = nullptr;
};

struct RunsDraft {
    Mention of, start, end;
    bool with_prior = false;
    std::vector<Mention> first, last;
};

struct TimelineDraft {
    std::string kind;
    Mention date;
    std::optional<Mention> end;
    std::vector<Mention> show;
};

struct TableDraft {
    Table table;
    const yaml::Node* name_node = nullptr;
    std::vector<std::optional<Mention>> code_lists;  // by field
    bool has_case_key = false;                       // says which field, or that there is none
    std::optional<Mention> case_key;
    std::optional<Mention> through;  // "table.field"
    std::vector<Mention> order, identity;
    std::optional<Mention> lookup;
    std::optional<RunsDraft> runs;
    std::vector<TimelineDraft> timeline;
    std::vector<TimelineEntry> entries;  // the same, resolved
};

struct DatasetDraft {
    Dataset dataset;                 // without tables
    std::vector<TableDraft> tables;  // derived ones last
    std::vector<std::string> default_date_formats;
    std::vector<std::pair<std::string, std::vector<std::string>>> xml_names;  // of fields of all tables
};

// Reads one entry of `tables:`. Everything wrong with it is in `errors`.
TableDraft read_table(const yaml::Node& name, const yaml::Node& body, const DatasetDraft& dataset,
                      yaml::Errors& errors);
// Reads `xml:` of the dataset, and of a table whose fields are read.
void read_xml_form(const yaml::Node& node, DatasetDraft& draft, yaml::Errors& errors);
void read_xml_table(const yaml::Node& node, const DatasetDraft& dataset, Table& table, yaml::Errors& errors);
std::vector<std::string> read_date_formats(yaml::MapReader& reader, std::string_view key);

// Replaces names by positions; reports names that mean nothing, and cycles.
void resolve(DatasetDraft& draft, yaml::Errors& errors);

std::string fold_case(std::string_view text);
// For file names: case, '_', '-' and spaces do not count.
std::string fold_file_name(std::string_view text);

}  // namespace caseaudit::dataset
