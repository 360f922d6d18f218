// What each team or worker has to put right: one list for each, the most urgent first.
#pragma once
#include <string>
#include <vector>

#include "reports/renderer.h"

namespace caseaudit::reports {

// Whom lists are made for: who is responsible, or the team, or the worker that findings name.
enum class Split : std::uint8_t { responsible, team, worker };

struct Task {
    std::string_view due;  // yyyy-mm-dd: when what is wrong was or is to be done; "" where no day is known
    std::string_view severity, case_key, rule, title, message, remedy, table, file, id, responsible, team,
        worker;
    std::uint64_t line = 0;
};

struct Worklist {
    std::string of;           // the team or worker; "" for findings that name nobody
    std::string file_name;    // without ending: safe on any file system, unique among the lists
    std::vector<Task> tasks;  // by severity, then by due day (known ones first), then by case
};

// In the order of the names; the list of nobody's findings last.
std::vector<Worklist> worklists(const findings::Document& document, Split split);

}  // namespace caseaudit::reports
