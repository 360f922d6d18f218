#include "reports/worklist/worklist.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace caseaudit::reports {
namespace {

// Letters and digits of ASCII as they are, small; a hyphen for what is between them.
std::string safe(std::string_view name) {
    std::string out;
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80 && std::isalnum(byte) != 0)
            out += static_cast<char>(std::tolower(byte));
        else if (!out.empty() && out.back() != '-')
            out += '-';
    }
    while (!out.empty() && out.back() == '-') out.pop_back();
    return out.substr(0, 80);
}

Task task(const findings::Document& document, const findings::ReadFinding& finding) {
    const auto& rule = document.rule_of(finding);
    Task task;
    task.due = finding.evidence_of("due");
    task.severity = finding.severity;
    task.case_key = finding.case_key;
    task.rule = finding.rule;
    task.title = rule.title;
    task.message = finding.message;
    task.remedy = rule.remedy;
    task.id = finding.id;
    task.responsible = finding.responsible;
    task.team = finding.team;
    task.worker = finding.worker;
    if (!finding.records.empty()) {
        const auto& record = finding.records.front();
        task.table = record.table;
        task.file = record.file;
        task.line = record.line;
    }
    return task;
}

std::string_view name_of(const findings::ReadFinding& finding, Split split) {
    switch (split) {
        case Split::team:
            return finding.team;
        case Split::worker:
            return finding.worker;
        case Split::responsible:
            break;
    }
    return finding.responsible;
}

bool more_urgent(const Task& a, const Task& b) {
    const auto key = [](const Task& task) {
        // One that is withheld, as it would tell a birthday, is no day to sort by.
        const bool dated =
            !task.due.empty() && std::isdigit(static_cast<unsigned char>(task.due.front())) != 0;
        return std::tuple(rank(task.severity), !dated, task.due, task.case_key, task.rule, task.id);
    };
    return key(a) < key(b);
}

}  // namespace

std::vector<Worklist> worklists(const findings::Document& document, Split split) {
    std::map<std::string_view, Worklist> by_name;
    for (const auto& finding : document.findings)
        if (!finding.waiver) by_name[name_of(finding, split)].tasks.push_back(task(document, finding));
    std::vector<Worklist> lists;
    for (auto& [name, list] : by_name) {
        list.of = name;
        std::sort(list.tasks.begin(), list.tasks.end(), more_urgent);
        lists.push_back(std::move(list));
    }
    if (!lists.empty() && lists.front().of.empty())
        std::rotate(lists.begin(), lists.begin() + 1, lists.end());
    std::set<std::string> taken;
    for (auto& list : lists) {
        std::string name = list.of.empty() ? "nobody-named" : safe(list.of);
        if (name.empty()) name = "list";
        list.file_name = name;
        for (int number = 2; !taken.insert(list.file_name).second; ++number)
            list.file_name = fmt::format("{}-{}", name, number);
    }
    return lists;
}

}  // namespace caseaudit::reports
