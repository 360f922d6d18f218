#include "reports/html/sections.h"

#include <simdjson.h>

namespace caseaudit::reports {
namespace {

namespace ondemand = simdjson::ondemand;

std::string raw(ondemand::value value) {
    return std::string(std::string_view(simdjson::to_json_string(value)));
}

std::vector<std::string>* list_of(Sections& sections, std::string_view name) {
    if (name == "rules" || name == "rule") return &sections.rules;
    if (name == "measures" || name == "measure") return &sections.measures;
    if (name == "thresholds" || name == "threshold") return &sections.thresholds;
    if (name == "findings" || name == "finding") return &sections.findings;
    if (name == "proposed_escalations" || name == "proposed_escalation") return &sections.escalations;
    if (name == "rejected") return &sections.rejected;
    return nullptr;
}

Sections::Timeline timeline(ondemand::object object) {
    Sections::Timeline timeline;
    for (auto field : object) {
        const std::string_view key = field.unescaped_key();
        if (key == "case") timeline.case_key = std::string_view(field.value().get_string());
        if (key == "rows") timeline.rows = raw(field.value());
    }
    return timeline;
}

Sections from_json(std::string_view json) {
    const simdjson::padded_string text(json);
    ondemand::parser parser;
    ondemand::document document = parser.iterate(text);
    Sections sections;
    for (auto field : document.get_object()) {
        const std::string_view key = field.unescaped_key();
        if (key == "run") {
            sections.run = raw(field.value());
        } else if (key == "timelines") {
            for (auto element : field.value().get_array())
                sections.timelines.push_back(timeline(element.get_object()));
        } else if (auto* list = list_of(sections, key)) {
            for (auto element : field.value().get_array()) list->push_back(raw(element.value()));
        }
    }
    return sections;
}

void take_line(ondemand::document document, std::string_view line, Sections& sections) {
    const std::string type(std::string_view(document["type"].get_string()));
    document.rewind();
    if (type == "run")
        sections.run = raw(document["run"].value());
    else if (type == "timeline")
        sections.timelines.push_back(timeline(document.get_object()));
    else if (auto* list = list_of(sections, type))
        list->emplace_back(line);
}

Sections from_lines(std::string_view ndjson) {
    const simdjson::padded_string text(ndjson);
    const std::string_view all = text;
    ondemand::parser parser;
    Sections sections;
    for (std::size_t begin = 0; begin < all.size();) {
        const std::size_t end = std::min(all.find('\n', begin), all.size());
        const std::string_view line = all.substr(begin, end - begin);
        const simdjson::padded_string_view padded(line.data(), line.size(),
                                                  all.size() - begin + simdjson::SIMDJSON_PADDING);
        if (!line.empty()) take_line(parser.iterate(padded), line, sections);
        begin = end + 1;
    }
    return sections;
}

}  // namespace

Result<Sections> read_sections(const Source& source) {
    try {
        return source.json.empty() ? from_lines(source.ndjson) : from_json(source.json);
    } catch (const simdjson::simdjson_error& error) {
        return Diagnostic{
            "findings.read", error.what(), {}, {}, "make the document again with this version", {}};
    }
}

}  // namespace caseaudit::reports
