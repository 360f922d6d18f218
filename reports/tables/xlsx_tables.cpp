#include "reports/renderer.h"
#include "reports/tables/measure_table.h"
#include "reports/workbook.h"

namespace caseaudit::reports {
namespace {

using Look = Workbook::Look;
constexpr std::uint32_t heading_row = 3;

void add_cell(Workbook& book, std::uint32_t row, std::uint16_t column, const TableCell& cell, Look look) {
    if (cell.kind == TableCell::Kind::number)
        book.number(row, column, cell.value, look);
    else if (cell.kind == TableCell::Kind::share)
        book.share(row, column, cell.value, look);
    else
        book.text(row, column, cell.text, look);
}

void add_measure(Workbook& book, const MeasureOutcome& measure) {
    book.sheet(measure.id);
    book.width(0, 34);
    book.text(0, 0, measure.title, Look::title);
    book.text(1, 0, measure.source.empty() ? measure.unit : measure.unit + ". After: " + measure.source,
              Look::note);
    if (!measure.skipped.empty() || measure.groups.empty()) {
        book.text(heading_row, 0,
                  measure.skipped.empty() ? "Nothing to count" : "Not counted: " + measure.skipped,
                  Look::note);
        return;
    }
    const auto table = table_of(measure);
    std::uint16_t column = 0;
    for (const std::string& heading : table.headings) {
        if (column > 0) book.width(column, 14);
        book.text(heading_row, column++, heading, Look::heading);
    }
    for (std::uint32_t i = 0; i < table.rows.size(); ++i) {
        column = 0;
        for (const TableCell& cell : table.rows[i])
            add_cell(book, heading_row + 1 + i, column++, cell, table.total[i] ? Look::strong : Look::plain);
    }
    book.freeze_above(heading_row + 1);
    book.print_across(heading_row);
}

void add_contents(Workbook& book, const findings::Document& document) {
    book.sheet("Measures");
    book.width(0, 60);
    book.width(1, 30);
    book.width(2, 30);
    book.width(3, 34);
    book.text(0, 0, "Measures as at " + document.run.as_at, Look::title);
    book.text(1, 0, "Counted from the case records. A rate is of those that could be judged.", Look::note);
    std::uint16_t column = 0;
    for (const auto* heading : {"Measure", "Figure", "Of", "Sheet"})
        book.text(heading_row, column++, heading, Look::heading);
    std::uint32_t row = heading_row;
    for (const auto& measure : document.measures) {
        ++row;
        book.text(row, 0, measure.title);
        book.text(row, 1, measure.skipped.empty() ? overall(measure) : "not counted");
        book.text(row, 2, measure.unit);
        book.text(row, 3, measure.id);
    }
    book.freeze_above(heading_row + 1);
    book.print_across(heading_row);
}

Result<Files> render(const Source& source) {
    Workbook book(source.document.run.as_at, "Measures as at " + source.document.run.as_at);
    add_contents(book, source.document);
    for (const auto& measure : source.document.measures) add_measure(book, measure);
    auto bytes = book.bytes();
    if (!bytes) return bytes.errors();
    return Files{{"", std::move(*bytes)}};
}

}  // namespace

extern const Renderer tables_xlsx;
const Renderer tables_xlsx = {"tables-xlsx", "The measures as tables of an annual report, an Excel workbook",
                              false, render};

}  // namespace caseaudit::reports
