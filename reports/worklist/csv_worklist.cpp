#include "reports/csv.h"
#include "reports/worklist/worklist.h"

namespace caseaudit::reports {
namespace {

template <Split split>
Result<Files> render(const Source& source) {
    Files files;
    for (const auto& list : worklists(source.document, split)) {
        std::string out(byte_order_mark);
        append_csv(out, {"Severity", "Due", "Case", "What is wrong", "What to do", "Rule", "Title", "Table",
                         "File", "Line", "Responsible", "Team", "Worker", "Finding"});
        for (const auto& task : list.tasks)
            append_csv(out, {std::string(task.severity), std::string(task.due), std::string(task.case_key),
                             std::string(task.message), std::string(task.remedy), std::string(task.rule),
                             std::string(task.title), std::string(task.table), std::string(task.file),
                             task.line != 0 ? std::to_string(task.line) : "", std::string(task.responsible),
                             std::string(task.team), std::string(task.worker), std::string(task.id)});
        files.push_back({list.file_name + ".csv", std::move(out)});
    }
    return files;
}

}  // namespace

extern const Renderer worklist_csv, worklist_csv_by_team, worklist_csv_by_worker;
const Renderer worklist_csv = {"worklist-csv",
                               "A CSV for everybody who is to act: what to put right, the most urgent first",
                               true, render<Split::responsible>};
const Renderer worklist_csv_by_team = {"worklist-csv-by-team", "A CSV for each team: the same", true,
                                       render<Split::team>};
const Renderer worklist_csv_by_worker = {"worklist-csv-by-worker", "A CSV for each worker: the same", true,
                                         render<Split::worker>};

}  // namespace caseaudit::reports
