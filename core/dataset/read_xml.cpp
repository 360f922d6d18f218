#include <fmt/format.h>

#include <algorithm>

#include "dataset/draft.h"

namespace caseaudit::dataset {
namespace {

using yaml::MapReader;
using yaml::Need;
using yaml::Node;

using NamedFields = std::vector<std::pair<std::string, std::vector<std::string>>>;

// fields: {PLACE: PL, CHILD: [CHILDID, ID]}
NamedFields read_names(MapReader& reader, yaml::Errors& errors) {
    NamedFields out;
    const Node* fields = reader.map("fields");
    if (fields == nullptr) return out;
    MapReader names(*fields, "'fields'", errors);
    for (const auto& [field, body] : fields->entries)
        out.emplace_back(field.text, names.texts(field.text, Need::required, true));
    names.finish();
    return out;
}

std::vector<std::string> steps_of(std::string_view path) {
    std::vector<std::string> steps;
    for (std::size_t from = 0; from <= path.size();) {
        const std::size_t slash = std::min(path.find('/', from), path.size());
        steps.emplace_back(path.substr(from, slash - from));
        from = slash + 1;
    }
    return steps;
}

}  // namespace

void read_xml_form(const Node& node, DatasetDraft& draft, yaml::Errors& errors) {
    MapReader reader(node, "'xml'", errors);
    reader.text("source");
    draft.xml_names = read_names(reader, errors);
    if (const Node* path = reader.scalar("case", Need::required)) {
        XmlForm form{steps_of(path->text)};
        const bool whole =
            std::none_of(form.path.begin(), form.path.end(), [](auto& step) { return step.empty(); });
        if (form.path.size() < 2 || !whole) {
            errors.report(*path, "xml-path",
                          "the path to a case leads from the root element over at least one other",
                          "for example EXPSSDA903/CHILD");
        } else {
            draft.dataset.xml = std::move(form);
        }
    }
    reader.finish();
}

void read_xml_table(const Node& node, const DatasetDraft& dataset, Table& table, yaml::Errors& errors) {
    if (!dataset.dataset.xml) {
        errors.report(node, "xml", "the dataset has no 'xml', which says where its cases stand",
                      "add xml: {case: ROOT/CASE}");
        return;
    }
    XmlTable xml;
    xml.names.resize(table.fields.size());
    const auto add = [&](const NamedFields& fields, bool must_exist) {
        for (const auto& [name, elements] : fields) {
            const auto same = [&name = name](const Field& field) { return field.name == name; };
            const auto field = std::find_if(table.fields.begin(), table.fields.end(), same);
            if (field == table.fields.end()) {
                if (must_exist)
                    errors.report(node, "unknown-field",
                                  fmt::format("the table '{}' has no field '{}'", table.name, name));
                continue;
            }
            auto& names = xml.names[static_cast<std::size_t>(field - table.fields.begin())];
            names.insert(names.end(), elements.begin(), elements.end());
        }
    };
    if (node.kind == Node::Kind::scalar) {
        xml.elements = {node.text};
    } else {
        MapReader reader(node, "'xml'", errors);
        xml.elements = reader.texts("element", Need::required, true);
        for (const std::string& text : reader.texts("when", Need::optional, true)) {
            const std::size_t equals = std::min(text.find('='), text.size());
            xml.when.push_back({text.substr(0, equals), text.substr(std::min(equals + 1, text.size()))});
        }
        xml.optional = reader.boolean("optional", false);
        add(read_names(reader, errors), true);
        reader.finish();
    }
    add(dataset.xml_names, false);
    if (xml.elements.empty())
        errors.report(node, "empty", "'xml' names no element");
    else
        table.xml = std::move(xml);
}

}  // namespace caseaudit::dataset
