// From frames that a worker wrote to verdicts in the host's sink.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "caseaudit/plugin.h"

namespace caseaudit::sandbox {

// For one batch. Rows are told once: a verdict on a row that is being judged waits until the row is done, and
// is dropped when the plugin breaks on it.
class Replay {
  public:
    Replay(const caseaudit_sink& sink, std::size_t rows) : sink_(sink), rows_(rows) {}

    // More frames, as copied from the output.
    void add(std::string_view frames) { waiting_.append(frames); }
    // Passes on the verdicts on rows before `row` and keeps the others. False when the frames cannot be read
    // or there are more of one row than any check has reason for.
    bool settle(std::size_t row);
    void drop_waiting() { waiting_.clear(); }
    // Why nothing of the batch is to be believed; "" when it is.
    const std::string& trouble() const { return trouble_; }
    // Why the check gave up at the unit in hand, once; "" when it did not.
    std::string take_giving_up() { return std::exchange(giving_up_, {}); }

  private:
    bool pass_on(std::uint32_t kind, std::string_view content, std::size_t row, std::string& kept);
    bool fail(std::string_view content);
    void mark(std::string_view content, std::size_t row, std::string& kept);
    const caseaudit_sink& sink_;
    std::size_t rows_;
    std::string waiting_, trouble_, giving_up_;
};

}  // namespace caseaudit::sandbox
