#include "casebook/record_layout.h"

#include <algorithm>

namespace caseaudit::casebook {
namespace {

extract::RecordLayout::Table table_of(const dataset::Table& definition, const std::string& case_element) {
    const dataset::XmlTable& xml = *definition.xml;
    extract::RecordLayout::Table table;
    table.name = definition.name;
    table.elements = xml.elements;
    for (const auto& condition : xml.when) table.when.push_back({condition.element, condition.value});
    const bool is_case =
        std::find(xml.elements.begin(), xml.elements.end(), case_element) != xml.elements.end();
    for (std::size_t i = 0; i < definition.fields.size(); ++i) {
        const dataset::Field& field = definition.fields[i];
        if (field.optional && is_case && xml.names[i].empty()) continue;
        extract::RecordLayout::Column column{field.name, xml.names[i], field.optional};
        column.elements.push_back(field.name);
        column.elements.insert(column.elements.end(), field.aliases.begin(), field.aliases.end());
        table.columns.push_back(std::move(column));
    }
    return table;
}

}  // namespace

std::optional<extract::RecordLayout> record_layout(const dataset::Dataset& dataset) {
    if (!dataset.xml) return {};
    extract::RecordLayout layout;
    layout.path = dataset.xml->path;
    for (const dataset::Table& table : dataset.tables)
        if (table.xml) layout.tables.push_back(table_of(table, layout.path.back()));
    return layout;
}

}  // namespace caseaudit::casebook
