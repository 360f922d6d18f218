#include "reports/markdown.h"
#include "reports/renderer.h"
#include "reports/tables/measure_table.h"
#include "reports/text.h"

namespace caseaudit::reports {
namespace {

void add_table(std::string& out, const MeasureTable& table) {
    std::vector<std::string> cells;
    for (const auto& heading : table.headings) cells.push_back(markdown(heading));
    markdown_row(out, cells);
    cells.clear();
    for (std::size_t i = 0; i < table.headings.size(); ++i)
        cells.emplace_back(table.rows.front()[i].kind == TableCell::Kind::text ? "---" : "---:");
    markdown_row(out, cells);
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
        cells.clear();
        for (const auto& cell : table.rows[row]) {
            const auto text = cell.kind == TableCell::Kind::text ? markdown(cell.text) : cell.text;
            cells.push_back(table.total[row] ? fmt::format("**{}**", text) : text);
        }
        markdown_row(out, cells);
    }
}

void add_measure(std::string& out, const MeasureOutcome& measure) {
    out += fmt::format("\n## {}\n\n", markdown(measure.title));
    const auto figure = overall(measure);
    if (!figure.empty()) out += fmt::format("**{}**, {}.\n\n", figure, markdown(measure.unit));
    if (!measure.skipped.empty())
        out += fmt::format("Not counted: {}.\n", markdown(measure.skipped));
    else if (measure.groups.empty())
        out += "Nothing to count.\n";
    else
        add_table(out, table_of(measure));
    out += fmt::format("\nMeasure `{}`, by {}.", measure.id, markdown(measure.unit));
    if (!measure.source.empty()) out += fmt::format(" After: {}.", markdown(measure.source));
    out += '\n';
}

Result<Files> render(const Source& source) {
    const auto& document = source.document;
    std::vector<std::string> packs;
    for (const auto& pack : document.run.packs) packs.push_back(pack.id + " " + pack.version);
    std::string out =
        fmt::format("# Measures as at {}\n\nCounted from the case records by caseaudit {}, {}.\n",
                    document.run.as_at, document.run.tool_version, fmt::join(packs, ", "));
    out +=
        "A rate is of those that could be judged; *not judged* are those whose records lack what the measure "
        "needs.\n";
    if (document.measures.empty()) out += "\nThe packs of this audit have no measures.\n";
    for (const auto& measure : document.measures) add_measure(out, measure);
    return Files{{"", std::move(out)}};
}

}  // namespace

extern const Renderer tables_markdown;
const Renderer tables_markdown = {"tables-markdown",
                                  "The measures as tables of an annual report, in Markdown", false, render};

}  // namespace caseaudit::reports
