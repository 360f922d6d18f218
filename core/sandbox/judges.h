// The worker's checks, and what they say of batches.
#pragma once
#include <memory>
#include <string_view>
#include <vector>

#include "caseaudit/plugin.h"
#include "plugin/compiled_check.h"
#include "sandbox/batch.h"
#include "sandbox/configuration.h"
#include "sandbox/results.h"

namespace caseaudit::sandbox {

class Judges {
  public:
    // `shared`: the input as mapped here. Both must outlive this, and the plugin's table the process.
    Judges(const caseaudit_plugin& plugin, const std::byte* shared, Results& results)
        : plugin_(plugin), shared_(shared), results_(results) {}

    // Makes a check: u32 its number in the plugin's table, then its configuration. Made checks are numbered
    // from 0. Answers with a refusal, or with nothing.
    void create(std::string_view request);
    // Runs one: u32 its number, u64 the first row to judge, then the batch. Answers with verdicts, and
    // if it gave up with why; the unit in hand is then the rows that it gave up on.
    void run(std::string_view request);

  private:
    struct Made {
        const caseaudit_check* definition = nullptr;
        std::unique_ptr<Configuration> configuration;  // the check may use its calendar
        std::unique_ptr<plugin::CompiledCheck> check;  // null when it refused
    };
    std::string run_from(const Made& made, std::size_t first);
    std::string run_case_by_case(const Made& made, std::size_t first);
    std::string run_rows(const Made& made, std::size_t first, std::size_t count, bool says_unit);

    const caseaudit_plugin& plugin_;
    const std::byte* shared_;
    Results& results_;
    std::vector<Made> made_;
    SharedBatch batch_;
};

}  // namespace caseaudit::sandbox
