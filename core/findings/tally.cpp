#include "findings/tally.h"

#include <algorithm>
#include <iterator>

namespace caseaudit::findings {

Tally::Tally(std::size_t rules, const Life* life)
    : life_(life), counts_(rules), used_(life ? life->waivers.waivers().size() : 0) {}

void Tally::add(std::size_t batch, Judged&& judged) {
    for (const auto rule : judged.known) ++counts_[rule].known;
    for (const auto& one : judged.waived) {
        ++used_[static_cast<std::size_t>(one.waiver)];
        if (one.shown) ++counts_[one.rule].waived;
    }
    cases_ += judged.cases;
    if (judged.seen.empty()) return;
    auto& seen = seen_[batch];
    std::ranges::move(judged.seen, std::back_inserter(seen));
}

std::vector<Seen> Tally::take_seen() {
    std::vector<Seen> all;
    while (!seen_.empty()) {
        const auto batch = seen_.extract(seen_.begin());
        std::ranges::move(batch.mapped(), std::back_inserter(all));
    }
    return all;
}

void Tally::count(std::vector<RuleOutcome>& rules) const {
    for (std::size_t i = 0; i < rules.size(); ++i) {
        rules[i].known = counts_[i].known;
        rules[i].waived = counts_[i].waived;
    }
}

std::vector<WaiverInfo> Tally::waivers(const std::vector<RuleOutcome>& rules) const {
    std::vector<WaiverInfo> all;
    if (!life_) return all;
    const WaiverBook& book = life_->waivers;
    for (std::size_t i = 0; i < book.waivers().size(); ++i) {
        const Waiver& waiver = book.waivers()[i];
        all.push_back({waiver.rule, waiver.pack, waiver.case_name, waiver.finding, waiver.responsible,
                       waiver.reason, waiver.basis, waiver.owner, calendar::to_iso(waiver.expires),
                       std::string(name(book.status(i, used_[i], rules))), waiver.place.line, used_[i]});
    }
    return all;
}

}  // namespace caseaudit::findings
