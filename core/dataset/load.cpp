#include <fmt/format.h>

#include <algorithm>

#include "calendar/read_date.h"
#include "dataset/dataset.h"
#include "dataset/draft.h"

namespace caseaudit::dataset {
namespace {

using yaml::MapReader;
using yaml::Need;
using yaml::Node;

void read_codes(const Node& codes, CodeList& list, yaml::Errors& errors) {
    if (codes.kind == Node::Kind::map) {
        for (const auto& [code, label] : codes.entries) {
            if (label.kind == Node::Kind::sequence || label.kind == Node::Kind::map) {
                errors.report(label, "wrong-type",
                              fmt::format("the label of code '{}' must be text", code.text));
            }
            list.codes.push_back({code.text, label.text});
        }
    } else if (codes.kind == Node::Kind::sequence) {
        for (const Node& code : codes.items) {
            if (code.kind != Node::Kind::scalar)
                errors.report(code, "wrong-type", "a code must be a single value");
            const auto same = [&](const Code& one) { return one.value == code.text; };
            if (std::any_of(list.codes.begin(), list.codes.end(), same)) {
                errors.report(code, "duplicate", fmt::format("the code '{}' is listed twice", code.text));
            }
            list.codes.push_back({code.text, ""});
        }
    } else {
        errors.report(codes, "wrong-type", "codes must be a list, or a map of codes and their meaning");
        return;
    }
    if (list.codes.empty())
        errors.report(codes, "empty", fmt::format("the code list '{}' is empty", list.name));
    for (const Code& code : list.codes) {
        if (code.value.empty() || code.value.front() == ' ' || code.value.back() == ' ') {
            errors.report(codes, "code",
                          "a code is neither empty nor begins or ends with a space: cells are trimmed");
        }
    }
}

// name: {source: …, codes: {A: meaning}}, or in short name: [A, B].
CodeList read_code_list(const Node& name, const Node& body, yaml::Errors& errors) {
    const yaml::Errors::Within within(errors, fmt::format("code list {}", name.text));
    CodeList list;
    list.name = name.text;
    if (body.kind == Node::Kind::sequence) {
        read_codes(body, list, errors);
        return list;
    }
    MapReader reader(body, fmt::format("the code list '{}'", name.text), errors);
    list.source = reader.text("source");
    if (const Node* codes = reader.any("codes", Need::required)) read_codes(*codes, list, errors);
    reader.finish();
    return list;
}

void read_collection(MapReader& reader, Dataset& dataset, yaml::Errors& errors) {
    const Node* node = reader.map("collection");
    if (!node) return;
    MapReader collection(*node, "'collection'", errors);
    dataset.collection_start = calendar::read_date(collection, "start", Need::required);
    dataset.collection_end = calendar::read_date(collection, "end", Need::required);
    collection.finish();
    if (dataset.collection_start && dataset.collection_end &&
        *dataset.collection_end < *dataset.collection_start) {
        errors.report(*node, "collection", "the collection ends before it begins");
    }
}

DatasetDraft read(const yaml::Document& document, yaml::Errors& errors) {
    DatasetDraft draft;
    Dataset& dataset = draft.dataset;
    MapReader reader(document.root, "the dataset", errors);
    dataset.file = document.file;
    dataset.id = reader.text("id", Need::required);
    dataset.title = reader.text("title", Need::required);
    dataset.version = reader.text("version", Need::required);
    dataset.source = reader.text("source");
    dataset.case_name = reader.text("case", Need::required);
    dataset.calendar = reader.text("calendar");
    draft.default_date_formats = read_date_formats(reader, "date_formats");
    dataset.ignore_code_case = reader.boolean("ignore_code_case", false);
    read_collection(reader, dataset, errors);
    if (const Node* xml = reader.map("xml")) read_xml_form(*xml, draft, errors);
    if (const Node* lists = reader.map("code_lists")) {
        for (const auto& [name, body] : lists->entries)
            dataset.code_lists.push_back(read_code_list(name, body, errors));
    }
    if (const Node* tables = reader.map("tables", Need::required)) {
        for (const auto& [name, body] : tables->entries) {
            const yaml::Errors::Within within(errors, fmt::format("table {}", name.text));
            draft.tables.push_back(read_table(name, body, draft, errors));
        }
        if (tables->entries.empty()) errors.report(*tables, "empty", "a dataset needs at least one table");
    }
    reader.finish();
    const auto is_source = [](const TableDraft& table) { return !table.runs; };
    std::stable_partition(draft.tables.begin(), draft.tables.end(), is_source);
    return draft;
}

// The file with names resolved; its nodes are gone.
Result<DatasetDraft> load_draft(const std::string& path) {
    yaml::Reading reading = yaml::read_file(path);
    Diagnostics found = std::move(reading.errors);
    if (!reading.document) return found;
    yaml::Errors errors(*reading.document, "dataset", found);
    DatasetDraft draft = read(*reading.document, errors);
    resolve(draft, errors);
    if (found.empty()) return draft;
    sort_by_place(found);
    return found;
}

}  // namespace

Result<Dataset> load(const std::string& path) {
    auto draft = load_draft(path);
    if (!draft) return std::move(draft.errors());
    for (TableDraft& table : draft->tables) draft->dataset.tables.push_back(std::move(table.table));
    return std::move(draft->dataset);
}

Result<Timelines> load_timelines(const std::string& path) {
    auto draft = load_draft(path);
    if (!draft) return std::move(draft.errors());
    Timelines timelines;
    for (TableDraft& table : draft->tables) timelines.push_back(std::move(table.entries));
    return timelines;
}

}  // namespace caseaudit::dataset
