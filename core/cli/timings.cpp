#include "cli/timings.h"

#include <nlohmann/json.hpp>

#include "platform/files.h"
#include "platform/process.h"

namespace caseaudit::cli {
namespace {

// For each rule the rows of the tables that it is for, or the cases.
std::vector<std::uint64_t> rows_looked_at(const std::vector<engine::Plan>& plans,
                                          const casebook::Casebook& casebook) {
    std::vector<std::uint64_t> rows;
    for (const auto& plan : plans)
        for (const auto& planned : plan.rules) {
            auto& all = rows.emplace_back(0);
            for (const auto& part : planned.parts)
                all += part.table < 0 ? casebook.cases()
                                      : casebook.table(part.table, casebook::Which::current).rows;
        }
    return rows;
}

}  // namespace

Diagnostics write_timings(const std::string& path, const std::vector<engine::Plan>& plans,
                          const casebook::Casebook& casebook, const std::vector<RuleOutcome>& outcomes,
                          std::int64_t took) {
    nlohmann::ordered_json timings = {{"format", "caseaudit.timings/1"},
                                      {"seconds", static_cast<double>(took) / 1e9},
                                      {"peak_memory_bytes", platform::peak_memory()},
                                      {"rules", nlohmann::ordered_json::array()}};
    const auto rows = rows_looked_at(plans, casebook);
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        const auto spent = static_cast<double>(outcomes[i].nanoseconds);
        timings["rules"].push_back(
            {{"pack", outcomes[i].pack},
             {"rule", outcomes[i].rule},
             {"seconds", spent / 1e9},
             {"rows", rows[i]},
             {"nanoseconds_per_row", rows[i] == 0 ? 0 : spent / static_cast<double>(rows[i])}});
    }
    auto file = platform::NewFile::create(path);
    if (!file) return file.errors();
    auto errors = file->append(timings.dump(1) + "\n");
    if (errors.empty()) errors = file->commit();
    return errors;
}

}  // namespace caseaudit::cli
