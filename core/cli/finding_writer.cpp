#include "cli/finding_writer.h"

namespace caseaudit::cli {

FindingWriter::FindingWriter(findings::DocumentWriter& document, const casebook::Casebook& casebook,
                             const std::optional<dataset::Timelines>& kinds, bool show_identifiers,
                             Progress& progress)
    : document_(document), casebook_(casebook), kinds_(kinds), progress_(progress) {
    if (!show_identifiers) discretion_.emplace(casebook);
}

void FindingWriter::take(std::size_t range, std::vector<Finding>&& findings, bool more) {
    const std::string before = case_before(range, findings, more);
    std::vector<Timeline> timelines;
    if (kinds_)
        timelines =
            engine::timelines(casebook_, *kinds_, findings, discretion_ ? &*discretion_ : nullptr, before);
    document_.add(range, findings, timelines, more);
    if (!more) progress_.step();
}

// The case that the piece before ended with, which may go on in this one; "" when this is the first.
std::string FindingWriter::case_before(std::size_t range, const std::vector<Finding>& findings, bool more) {
    const std::lock_guard lock(mutex_);
    const auto before = last_cases_.extract(range);
    std::string last = before.empty() ? "" : before.mapped();
    if (more) last_cases_[range] = findings.empty() ? last : findings.back().case_key;
    return last;
}

}  // namespace caseaudit::cli
