// The host's side of caseaudit_sink: collects the verdicts of one batch and believes nothing it is told.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "caseaudit/plugin.h"
#include "plugin/schema.h"

namespace caseaudit::plugin {

struct EvidenceValue {
    std::uint32_t name = 0;    // into the check's declared evidence
    std::int32_t type = 0;     // caseaudit_type; 0: missing
    std::int32_t unit = 0;     // caseaudit_unit of a duration
    std::int64_t integer = 0;  // also boolean 0/1, date, count of a duration
    double decimal = 0;
    std::string text;
};

// One thread's; reused from batch to batch, as it keeps its memory.
class Verdicts {
  public:
    struct Failure {
        std::uint32_t row = 0;
        std::uint32_t first_evidence = 0, evidence_count = 0;
        std::uint32_t first_context = 0, context_count = 0;
    };
    // The check's table must outlive this.
    explicit Verdicts(const caseaudit_check& check);
    Verdicts(const Verdicts&) = delete;
    Verdicts& operator=(const Verdicts&) = delete;

    // Forgets everything and expects verdicts on rows 0 … rows - 1. `cases`: of each row, as in the batch, to
    // outlive the call of finish(); null: the rows of a failure's context may be of any case.
    void start(std::size_t rows, const std::uint32_t* cases = nullptr);
    const caseaudit_sink& sink() const { return sink_; }
    // Call once the check has run: orders the failures by row. "" or what the check did wrong (a row that
    // is not in the batch, two verdicts on a row, evidence it did not declare); nothing it said of this
    // batch is then to be used.
    std::string finish();

    // Adds the verdicts of a part of the batch, whose rows begin with row `first` of this. That part must be
    // finished without fault, and no verdict on its rows be here.
    void add(const Verdicts& part, std::size_t first);

    std::span<const Failure> failures() const { return failures_; }
    std::span<const EvidenceValue> evidence(const Failure& failure) const {
        return std::span(evidence_).subspan(failure.first_evidence, failure.evidence_count);
    }
    // The rows of the batch by which it was judged.
    std::span<const std::uint32_t> context(const Failure& failure) const {
        return std::span(context_).subspan(failure.first_context, failure.context_count);
    }
    std::size_t undecided_count() const { return undecided_count_; }
    bool undecided(std::size_t row) const { return (undecided_[row / 64] >> (row % 64) & 1) != 0; }
    // Bit i % 64 of word i / 64 is row i.
    std::span<const std::uint64_t> undecided_rows() const { return undecided_; }

  private:
    static void fail(void* self, std::size_t row, const caseaudit_evidence* evidence, std::size_t count);
    static void fail_by(void* self, std::size_t row, const caseaudit_evidence* evidence, std::size_t count,
                        const std::size_t* rows, std::size_t row_count);
    static void leave_undecided(void* self, std::size_t row);
    static void mark(void* self, std::size_t first, std::uint64_t failed, std::uint64_t undecided);
    bool claim(std::size_t row);
    void take(const caseaudit_evidence& evidence);
    void take_context(std::size_t row, std::size_t judged_by);

    CheckSchema schema_;
    caseaudit_sink sink_;
    std::size_t rows_ = 0, undecided_count_ = 0;
    const std::uint32_t* cases_ = nullptr;
    std::vector<Failure> failures_;
    std::vector<EvidenceValue> evidence_;
    std::vector<std::uint32_t> context_;
    std::vector<std::uint64_t> failed_, undecided_;
    std::string fault_;
};

}  // namespace caseaudit::plugin
