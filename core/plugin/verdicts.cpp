#include "plugin/verdicts.h"

#include <bit>

#include "plugin/printable.h"

namespace caseaudit::plugin {
namespace {

constexpr std::size_t most_context = 256;  // rows, of one failure: as the contract says

// Runs host code that a plugin called: an exception of ours must not travel through its frames.
template <class Work>
void contained(std::string& fault, Work&& work) noexcept {
    try {
        work();
    } catch (...) {
        try {
            if (fault.empty()) fault = "there is not enough memory for the check's verdicts";
        } catch (...) {
            std::terminate();  // not even for that sentence
        }
    }
}

}  // namespace

Verdicts::Verdicts(const caseaudit_check& check)
    : schema_(schema_of(check)),
      sink_{sizeof(caseaudit_sink), this, &fail, &leave_undecided, &mark, nullptr, &fail_by} {}

void Verdicts::start(std::size_t rows, const std::uint32_t* cases) {
    rows_ = rows;
    cases_ = cases;
    undecided_count_ = 0;
    failures_.clear();
    evidence_.clear();
    context_.clear();
    failed_.assign((rows + 63) / 64, 0);
    undecided_.assign((rows + 63) / 64, 0);
    fault_.clear();
}

std::string Verdicts::finish() {
    const auto by_row = [](const Failure& left, const Failure& right) { return left.row < right.row; };
    if (!std::is_sorted(failures_.begin(), failures_.end(), by_row))
        std::sort(failures_.begin(), failures_.end(), by_row);
    undecided_count_ = 0;
    for (const auto word : undecided_) undecided_count_ += static_cast<std::size_t>(std::popcount(word));
    return fault_;
}

void Verdicts::add(const Verdicts& part, std::size_t first) {
    for (auto failure : part.failures_) {
        failure.row += static_cast<std::uint32_t>(first);
        failure.first_evidence += static_cast<std::uint32_t>(evidence_.size());
        failure.first_context += static_cast<std::uint32_t>(context_.size());
        failures_.push_back(failure);
        failed_[failure.row / 64] |= std::uint64_t{1} << (failure.row % 64);
    }
    evidence_.insert(evidence_.end(), part.evidence_.begin(), part.evidence_.end());
    for (const auto row : part.context_) context_.push_back(row + static_cast<std::uint32_t>(first));
    for (std::size_t row = 0; row < part.rows_; ++row)
        if (part.undecided(row)) undecided_[(first + row) / 64] |= std::uint64_t{1} << ((first + row) % 64);
}

bool Verdicts::claim(std::size_t row) {
    if (!fault_.empty()) return false;
    if (row >= rows_) {
        fault_ = fmt::format("the check gave a verdict on row {} of a batch of {}", row, rows_);
        return false;
    }
    if (((failed_[row / 64] | undecided_[row / 64]) >> (row % 64) & 1) != 0) {
        fault_ = fmt::format("the check gave two verdicts on row {} of a batch", row);
        return false;
    }
    return true;
}

void Verdicts::take(const caseaudit_evidence& evidence) {
    const std::string_view name(evidence.name.size == 0 ? "" : evidence.name.data, evidence.name.size);
    const auto found = std::find_if(schema_.evidence.begin(), schema_.evidence.end(),
                                    [&](const EvidenceSchema& one) { return one.name == name; });
    if (found == schema_.evidence.end()) {
        fault_ = fmt::format("the check gave evidence '{}', which it does not declare", printable(name));
        return;
    }
    const caseaudit_value& value = evidence.value;
    if (value.type < 0 || value.type > CASEAUDIT_DURATION ||
        (found->type != 0 && value.type != 0 && value.type != found->type)) {
        fault_ = fmt::format("the check gave evidence '{}' of another type than it declares", name);
        return;
    }
    EvidenceValue taken;
    taken.name = static_cast<std::uint32_t>(found - schema_.evidence.begin());
    taken.type = value.type;
    if (value.type == CASEAUDIT_TEXT) {
        if (value.as.text.size > 0) taken.text.assign(value.as.text.data, value.as.text.size);
        if (!is_utf8(taken.text))
            fault_ = fmt::format("the check gave evidence '{}' that is not UTF-8", name);
    } else if (value.type == CASEAUDIT_DECIMAL) {
        taken.decimal = value.as.decimal;
    } else if (value.type != 0) {
        taken.integer = value.as.integer;
        taken.unit = value.type == CASEAUDIT_DURATION ? value.unit : 0;
    }
    evidence_.push_back(std::move(taken));
}

void Verdicts::take_context(std::size_t row, std::size_t judged_by) {
    if (judged_by >= rows_)
        fault_ = fmt::format("the check judged row {} by row {} of a batch of {}", row, judged_by, rows_);
    else if (cases_ != nullptr && cases_[judged_by] != cases_[row])
        fault_ = fmt::format("the check judged row {} of a batch by row {}, which is of another case", row,
                             judged_by);
    else
        context_.push_back(static_cast<std::uint32_t>(judged_by));
}

void Verdicts::fail(void* self, std::size_t row, const caseaudit_evidence* evidence, std::size_t count) {
    fail_by(self, row, evidence, count, nullptr, 0);
}

void Verdicts::fail_by(void* self, std::size_t row, const caseaudit_evidence* evidence, std::size_t count,
                       const std::size_t* rows, std::size_t row_count) {
    auto& verdicts = *static_cast<Verdicts*>(self);
    contained(verdicts.fault_, [&] {
        if (!verdicts.claim(row)) return;
        const auto first = static_cast<std::uint32_t>(verdicts.evidence_.size());
        const auto first_context = static_cast<std::uint32_t>(verdicts.context_.size());
        for (std::size_t i = 0; i < count && verdicts.fault_.empty(); ++i) verdicts.take(evidence[i]);
        if (row_count > most_context) verdicts.fault_ = "the check judged a record by more than 256 others";
        for (std::size_t i = 0; i < row_count && verdicts.fault_.empty(); ++i)
            verdicts.take_context(row, rows[i]);
        verdicts.failures_.push_back({static_cast<std::uint32_t>(row), first,
                                      static_cast<std::uint32_t>(verdicts.evidence_.size()) - first,
                                      first_context,
                                      static_cast<std::uint32_t>(verdicts.context_.size()) - first_context});
        verdicts.failed_[row / 64] |= std::uint64_t{1} << (row % 64);
    });
}

void Verdicts::leave_undecided(void* self, std::size_t row) {
    auto& verdicts = *static_cast<Verdicts*>(self);
    contained(verdicts.fault_, [&] {
        if (verdicts.claim(row)) verdicts.undecided_[row / 64] |= std::uint64_t{1} << (row % 64);
    });
}

void Verdicts::mark(void* self, std::size_t first, std::uint64_t failed, std::uint64_t undecided) {
    auto& verdicts = *static_cast<Verdicts*>(self);
    contained(verdicts.fault_, [&] {
        // The common case: a whole, untouched word of undecided rows.
        const std::uint64_t both = failed | undecided;
        const std::size_t highest = both == 0 ? 0 : 63 - static_cast<std::size_t>(std::countl_zero(both));
        if (both == 0) return;
        if (first % 64 != 0 || first + highest >= verdicts.rows_ || (failed & undecided) != 0 ||
            ((verdicts.failed_[first / 64] | verdicts.undecided_[first / 64]) & both) != 0) {
            for (std::uint64_t rest = failed; rest != 0; rest &= rest - 1)
                fail(self, first + static_cast<std::size_t>(std::countr_zero(rest)), nullptr, 0);
            for (std::uint64_t rest = undecided; rest != 0; rest &= rest - 1)
                leave_undecided(self, first + static_cast<std::size_t>(std::countr_zero(rest)));
            return;
        }
        if (!verdicts.fault_.empty()) return;
        for (std::uint64_t rest = failed; rest != 0; rest &= rest - 1)
            verdicts.failures_.push_back(
                {static_cast<std::uint32_t>(first + static_cast<std::size_t>(std::countr_zero(rest))),
                 static_cast<std::uint32_t>(verdicts.evidence_.size()), 0, 0, 0});
        verdicts.failed_[first / 64] |= failed;
        verdicts.undecided_[first / 64] |= undecided;
    });
}

}  // namespace caseaudit::plugin
