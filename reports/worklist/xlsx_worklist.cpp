#include "reports/text.h"
#include "reports/workbook.h"
#include "reports/worklist/worklist.h"

namespace caseaudit::reports {
namespace {

struct Column {
    std::string_view heading;
    double width;
};
constexpr Column columns[] = {{"Severity", 10},   {"Due", 11},    {"Case", 18},        {"What is wrong", 60},
                              {"What to do", 50}, {"Rule", 28},   {"Title", 40},       {"Table", 22},
                              {"File", 26},       {"Line", 8},    {"Responsible", 20}, {"Team", 20},
                              {"Worker", 16},     {"Finding", 34}};
constexpr std::uint32_t heading_row = 2;

Result<std::string> workbook(const findings::RunInfo& run, const Worklist& list) {
    const std::string who = list.of.empty() ? "Findings that name nobody" : list.of;
    Workbook book(run.as_at, who);
    book.sheet("To put right");
    book.text(0, 0, who, Workbook::Look::title);
    book.text(1, 0, fmt::format("{} to put right, as at {}", grouped(list.tasks.size()), run.as_at),
              Workbook::Look::note);
    std::uint16_t number = 0;
    for (const Column& column : columns) {
        book.width(number, column.width);
        book.text(heading_row, number++, column.heading, Workbook::Look::heading);
    }
    std::uint32_t row = heading_row;
    for (const auto& task : list.tasks) {
        ++row;
        book.text(row, 0, task.severity);
        book.date(row, 1, task.due);
        book.text(row, 2, task.case_key);
        book.text(row, 3, task.message);
        book.text(row, 4, task.remedy);
        book.text(row, 5, task.rule);
        book.text(row, 6, task.title);
        book.text(row, 7, task.table);
        book.text(row, 8, task.file);
        if (task.line != 0) book.number(row, 9, static_cast<double>(task.line));
        book.text(row, 10, task.responsible);
        book.text(row, 11, task.team);
        book.text(row, 12, task.worker);
        book.text(row, 13, task.id);
    }
    book.freeze_above(heading_row + 1);
    book.filter(heading_row, row, std::size(columns) - 1);
    book.print_across(heading_row);
    return book.bytes();
}

template <Split split>
Result<Files> render(const Source& source) {
    Files files;
    for (const auto& list : worklists(source.document, split)) {
        auto bytes = workbook(source.document.run, list);
        if (!bytes) return bytes.errors();
        files.push_back({list.file_name + ".xlsx", std::move(*bytes)});
    }
    return files;
}

}  // namespace

extern const Renderer worklist_xlsx, worklist_xlsx_by_team, worklist_xlsx_by_worker;
const Renderer worklist_xlsx = {
    "worklist-xlsx",
    "An Excel workbook for everybody who is to act: what to put right, the most urgent first", true,
    render<Split::responsible>};
const Renderer worklist_xlsx_by_team = {"worklist-xlsx-by-team", "An Excel workbook for each team: the same",
                                        true, render<Split::team>};
const Renderer worklist_xlsx_by_worker = {
    "worklist-xlsx-by-worker", "An Excel workbook for each worker: the same", true, render<Split::worker>};

}  // namespace caseaudit::reports
