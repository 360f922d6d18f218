// The web report: one HTML file that opens from disk and asks for nothing. The page is built from src/; this
// puts the document into it. The head (run, rules, measures) is JSON, read before anything is shown. Findings
// come as columns, which is what filters need, and as blocks of details that are unpacked one at a time.
#include <algorithm>
#include <array>
#include <unordered_map>

#include "findings/json_text.h"
#include "reports/html/packed.h"
#include "reports/html/page.h"
#include "reports/html/sections.h"
#include "reports/renderer.h"

namespace caseaudit::reports {
namespace {

using findings::Document;
using findings::JsonText;

constexpr std::size_t findings_per_block = 128;
constexpr std::size_t timeline_bytes_per_block = 1 << 18;
constexpr std::string_view head_mark = "<!--caseaudit:head-->", data_mark = "<!--caseaudit:data-->";

// Distinct texts in the order in which they come first.
class Names {
  public:
    std::uint64_t number(const std::string& name) {
        const auto [place, added] = numbers_.emplace(name, list_.size());
        if (added) list_.push_back(name);
        return place->second;
    }
    const std::vector<std::string>& list() const { return list_; }

  private:
    std::unordered_map<std::string, std::uint64_t> numbers_;
    std::vector<std::string> list_;
};

std::string array_of(const std::vector<std::string>& elements) {
    return fmt::format("[{}]", fmt::join(elements, ","));
}

std::string texts(const std::vector<std::string>& list) {
    std::string out;
    JsonText json(out);
    json.open('[');
    for (const auto& text : list) json.text(text);
    json.close(']');
    return out;
}

std::string element(std::string_view id, std::string_view type, std::string_view content) {
    return fmt::format("<script id=\"{}\" type=\"{}\">{}</script>\n", id, type, content);
}

std::string packed_element(std::string_view id, std::string_view json) {
    return element(id, "text/plain", packed(json));
}

std::string head(const Document& document, const Sections& sections, std::size_t cases_with) {
    const std::string json = fmt::format(
        R"({{"run":{},"rules":{},"measures":{},"thresholds":{},"rejected":{},"proposed_escalations":{},"findings":{},"cases_with":{}}})",
        sections.run, array_of(sections.rules), array_of(sections.measures), array_of(sections.thresholds),
        array_of(sections.rejected), array_of(sections.escalations), document.findings.size(), cases_with);
    return element("head", "application/json", embedded_json(json));
}

// Timelines in blocks, each an object by case; says which block each case is in.
struct Timelines {
    std::string elements;
    std::unordered_map<std::string, std::size_t> block;
};

Timelines timelines(const Sections& sections) {
    Timelines out;
    std::size_t number = 0;
    std::string json;
    const auto close = [&] {
        if (json.empty()) return;
        out.elements += packed_element(fmt::format("timelines-{}", number++), json + "}");
        json.clear();
    };
    for (const auto& timeline : sections.timelines) {
        json += json.empty() ? '{' : ',';
        findings::append_quoted(json, timeline.case_key);
        json += ':';
        json += timeline.rows;
        out.block.emplace(timeline.case_key, number);
        if (json.size() > timeline_bytes_per_block) close();
    }
    close();
    return out;
}

// For each finding the number of a text, -1 where it has none. Where none has one, no numbers.
class Numbered {
  public:
    void add(const std::string& text) {
        numbers_.push_back(text.empty() ? -1 : static_cast<std::int64_t>(names_.number(text)));
    }
    std::string numbers() const {
        return names_.list().empty() ? "[]" : fmt::format("[{}]", fmt::join(numbers_, ","));
    }
    std::string names() const { return texts(names_.list()); }

  private:
    Names names_;
    std::vector<std::int64_t> numbers_;
};

// What each finding has one of, for filters and lists.
std::string columns(const Document& document, const Timelines& timelines, Names& cases) {
    Numbered who, team, worker, state;
    std::string ids;
    std::vector<std::uint64_t> rules, of_case;
    std::vector<std::size_t> waived;
    std::vector<std::string> messages;
    for (const auto& finding : document.findings) {
        ids += finding.id;
        rules.push_back(finding.number);
        of_case.push_back(cases.number(finding.case_key));
        who.add(finding.responsible);
        team.add(finding.team);
        worker.add(finding.worker);
        messages.push_back(finding.message);
        state.add(finding.state);
        if (finding.waiver) waived.push_back(messages.size() - 1);
    }
    std::vector<std::int64_t> blocks;
    for (const auto& key : cases.list()) {
        const auto found = timelines.block.find(key);
        blocks.push_back(found == timelines.block.end() ? -1 : static_cast<std::int64_t>(found->second));
    }
    const std::string json = fmt::format(
        R"({{"ids":"{}","rule":[{}],"case":[{}],"who":{},"team":{},"worker":{},"message":{},"state":{},)"
        R"("waived":[{}],"cases":{},"people":{},"teams":{},"workers":{},"states":{},"timeline":[{}],"block":{}}})",
        ids, fmt::join(rules, ","), fmt::join(of_case, ","), who.numbers(), team.numbers(), worker.numbers(),
        texts(messages), state.numbers(), fmt::join(waived, ","), texts(cases.list()), who.names(),
        team.names(), worker.names(), state.names(), fmt::join(blocks, ","), findings_per_block);
    return packed_element("columns", json);
}

std::string details(const Sections& sections) {
    std::string out, json;
    for (std::size_t begin = 0; begin < sections.findings.size(); begin += findings_per_block) {
        const std::size_t end = std::min(begin + findings_per_block, sections.findings.size());
        json = "[";
        for (std::size_t i = begin; i < end; ++i)
            json.append(i == begin ? "" : ",").append(sections.findings[i]);
        json += ']';
        out += packed_element(fmt::format("details-{}", begin / findings_per_block), json);
    }
    return out;
}

Result<Files> render(const Source& source) {
    const std::string_view page = html_page();
    const auto sections = read_sections(source);
    if (!sections) return sections.errors();
    Names cases;
    const Timelines times = timelines(*sections);
    const std::string column_data = columns(source.document, times, cases);
    const std::size_t head_at = page.find(head_mark), data_at = page.find(data_mark);
    std::string out(page.substr(0, head_at));
    // Rows of staff are of no case.
    const auto none = static_cast<std::size_t>(std::ranges::count(cases.list(), std::string()));
    out += head(source.document, *sections, cases.list().size() - none);
    out += page.substr(head_at + head_mark.size(), data_at - head_at - head_mark.size());
    out += column_data;
    out += details(*sections);
    out += times.elements;
    out += page.substr(data_at + data_mark.size());
    return Files{{"", std::move(out)}};
}

}  // namespace

extern const Renderer html;
const Renderer html = {"html",
                       "One web page to read, filter and print; opens without a network",
                       false,
                       render,
                       true,
                       html_page().empty() ? "the web report is not built into this program" : "",
                       "install Node.js 18 or newer with npm, then: cmake --preset release && cmake --build "
                       "build/release"};

}  // namespace caseaudit::reports
