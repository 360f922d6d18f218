#include "casebook/sample.h"

namespace sample {
namespace {

dataset::Field field(std::string name, dataset::FieldType type) {
    dataset::Field made;
    made.name = std::move(name);
    made.type = type;
    if (type == dataset::FieldType::date) made.date_formats = {"dd/mm/yyyy"};
    if (type == dataset::FieldType::code) made.code_list = 0;
    return made;
}

dataset::Table table(std::string name, std::vector<dataset::Field> fields) {
    dataset::Table made;
    made.name = name;
    made.label = name;
    made.files = {name};
    made.fields = std::move(fields);
    return made;
}

dataset::Table period_table(std::string name, bool with_prior) {
    using dataset::FieldType;
    dataset::Table made =
        table(std::move(name), {field("start", FieldType::date), field("end", FieldType::date),
                                field("rows", FieldType::integer), field("first_LS", FieldType::code),
                                field("last_PLACE", FieldType::text)});
    made.order = {0};
    made.runs = dataset::RunsOf{episodes, 1, 2, with_prior, {3}, {4}};
    return made;
}

}  // namespace

dataset::Dataset make_dataset() {
    using dataset::FieldType;
    dataset::Dataset made;
    made.id = "sample";
    made.case_name = "CHILD";
    made.code_lists.push_back({"letters", {{"A", ""}, {"B", ""}, {"C2", ""}}, ""});
    made.tables.push_back(table("episodes", {field("CHILD", FieldType::text), field("DECOM", FieldType::date),
                                             field("DEC", FieldType::date), field("LS", FieldType::code),
                                             field("PLACE", FieldType::text)}));
    made.tables.back().key.field = 0;
    made.tables.back().order = {1};
    made.tables.push_back(table(
        "types", {field("CHILD", FieldType::text), field("D", FieldType::date), field("C", FieldType::code),
                  field("T", FieldType::text), field("I", FieldType::integer), field("N", FieldType::decimal),
                  field("B", FieldType::boolean), field("P", FieldType::postcode)}));
    made.tables.back().key.field = 0;
    made.tables.push_back(
        table("visits", {field("VISIT", FieldType::text), field("CHILD", FieldType::text)}));
    made.tables.back().key.field = 1;
    made.tables.push_back(table("notes", {field("VISIT", FieldType::text), field("NOTE", FieldType::text)}));
    made.tables.back().key = {0, visits, 0};
    made.tables.push_back(table("staff", {field("NAME", FieldType::text), field("ID", FieldType::integer)}));
    made.tables.back().lookup = 1;
    made.tables.push_back(
        table("postcodes", {field("pcd", FieldType::postcode), field("area", FieldType::text)}));
    made.tables.back().lookup = 0;
    made.tables.back().reference = true;
    made.tables.push_back(period_table("periods", false));
    made.tables.push_back(period_table("periods_both", true));
    return made;
}

std::vector<std::string> columns(const dataset::Dataset& dataset, int number) {
    std::vector<std::string> names;
    for (const auto& entry : dataset.tables[static_cast<std::size_t>(number)].fields)
        names.push_back(entry.name);
    return names;
}

casebook::LoadedExtract load_cells(const dataset::Dataset& dataset, const std::string& field,
                                   const std::vector<std::string>& cells) {
    MemoryTable rows{types, Which::current, {"CHILD", field}, {}};
    for (std::size_t i = 0; i < cells.size(); ++i) rows.rows.push_back({fmt::format("{:06}", i), cells[i]});
    return casebook::load_memory(dataset, {rows});
}

std::vector<std::uint32_t> by_place(const casebook::Casebook& book) {
    std::vector<std::uint32_t> cases(book.cases());
    std::iota(cases.begin(), cases.end(), 0);
    std::sort(cases.begin(), cases.end(),
              [&](std::uint32_t a, std::uint32_t b) { return book.place(a) < book.place(b); });
    return cases;
}

std::string describe(const casebook::Casebook& book, int table, Which which, int field, std::uint32_t row) {
    static const char* const names[] = {"present:", "missing:", "invalid:"};
    return names[static_cast<int>(book.state(table, which, field, row))] +
           book.cell(table, which, field, row);
}

}  // namespace sample
