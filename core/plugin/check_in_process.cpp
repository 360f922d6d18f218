#include "plugin/check_in_process.h"

#include "plugin/batch_rows.h"
#include "plugin/verdicts.h"

namespace caseaudit::plugin {

std::string CheckInProcess::judge(const caseaudit_batch& batch, Verdicts& verdicts,
                                  std::vector<Unjudged>& unjudged) const {
    if (quarantine_->closed()) return judge_apart(batch, verdicts, unjudged);
    verdicts.start(batch.length, batch.cases);
    auto why = check_->run(batch, verdicts.sink(), unjudged);
    if (why.empty()) return verdicts.finish();
    if (why == refused_and_judged) return why;
    const auto left = unjudged.size();
    auto fault = judge_apart(batch, verdicts, unjudged);
    // A check whose answer depends on which rows come together: none of its verdicts is believed.
    if (fault.empty() && unjudged.size() == left)
        return "the check gave up over records together, and over none of them apart";
    return fault;
}

std::string CheckInProcess::judge_apart(const caseaudit_batch& batch, Verdicts& verdicts,
                                        std::vector<Unjudged>& unjudged) const {
    const bool row_by_row = judges_of(definition_) == CASEAUDIT_JUDGES_ROWS;
    BatchRows parts;
    Verdicts of_part(definition_);
    verdicts.start(batch.length, batch.cases);
    for (std::size_t first = 0, end = 0; first < batch.length; first = end) {
        if (quarantine_->closed()) {
            leave(Unjudged::quarantined(first, batch.length - first, plugin_), verdicts.sink(), unjudged);
            break;
        }
        end = row_by_row ? first + 1 : end_of_case(batch, first);
        const auto& part = parts.of(batch, first, end - first);
        of_part.start(part.length, part.cases);
        auto why = check_->run(part, of_part.sink(), unjudged);
        if (why == refused_and_judged) return why;
        if (!why.empty()) {
            quarantine_->note_break();
            leave(Unjudged::gave_up(first, end - first, plugin_, std::move(why)), verdicts.sink(), unjudged);
        } else if (auto fault = of_part.finish(); !fault.empty()) {
            return fault;
        } else {
            verdicts.add(of_part, first);
        }
    }
    return verdicts.finish();
}

}  // namespace caseaudit::plugin
