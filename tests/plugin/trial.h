// Runs one check of a linked-in plugin over columns written as text, as the host would.
#pragma once
#include <string>
#include <vector>

#include "calendar/working_days.h"
#include "plugin/arguments.h"
#include "plugin/compiled_check.h"
#include "plugin/verdicts.h"

namespace caseaudit::plugin {

const calendar::WorkingDays& england_and_wales();

// A column in Arrow's layout. Cells: "" is missing, "!" is invalid, "!XX" the invalid code XX,
// else the value's text.
class TestColumn {
  public:
    TestColumn(int type, const std::vector<std::string>& cells);
    ArrowArray array();
    ArrowSchema schema() const;
    const std::uint8_t* states() const { return any_invalid_ ? states_.data() : nullptr; }
    std::size_t size() const { return states_.size(); }

  private:
    void append(const std::string& cell);
    int type_;
    bool any_invalid_ = false;
    std::vector<std::uint8_t> validity_, states_, bits_;
    std::vector<std::int64_t> integers_;
    std::vector<double> decimals_;
    std::vector<std::int32_t> int32s_;
    std::string text_;
    std::array<const void*, 3> buffers_{};
};

struct Outcome {
    std::string error;                  // of create or run
    std::string refused_parameter;      // of create
    std::string verdicts;               // a letter a row: P passed, F failed, ? undecided
    std::vector<std::string> evidence;  // per row: "due=2024-05-07 late=2"; "" when it did not fail
};

class Trial {
  public:
    Trial(const caseaudit_plugin* plugin, const std::string& check);
    Trial& expression(const std::string& name, int type, const std::vector<std::string>& cells);
    Trial& expressions(const std::string& name,
                       const std::vector<std::pair<int, std::vector<std::string>>>& columns);
    Trial& duration(const std::string& name, std::int64_t count, caseaudit_unit unit);
    Trial& constant(const std::string& name, ConstantValue value);
    Trial& texts(const std::string& name, const std::vector<std::string>& values);
    Trial& as_at(const std::string& iso);
    Trial& cases(std::vector<std::uint32_t> numbers);
    Outcome run();
    // Judges the same batch on this many threads at once; what each of them found.
    std::vector<Outcome> run_on_threads(std::size_t count);

  private:
    void fitted(const std::string& problem);
    void build_batch();
    Outcome judge(const CompiledCheck& check) const;
    const caseaudit_check* check_;
    ArgumentSet arguments_;
    std::vector<TestColumn> columns_;
    std::vector<std::uint32_t> cases_;
    calendar::Day as_at_;
    std::vector<ArrowArray> arrays_;
    std::vector<ArrowSchema> schemas_;
    std::vector<const std::uint8_t*> states_;
    caseaudit_batch batch_{};
};

const caseaudit_check& check_named(const caseaudit_plugin* plugin, const std::string& name);

}  // namespace caseaudit::plugin

// The tables of the bundled plugins, linked in under these names.
extern "C" {
const caseaudit_plugin* linked_assertion(void);
const caseaudit_plugin* linked_completeness(void);
const caseaudit_plugin* linked_uniqueness(void);
const caseaudit_plugin* linked_validity(void);
const caseaudit_plugin* linked_consistency(void);
const caseaudit_plugin* linked_timeliness(void);
}
