#include "findings/document.h"

#include <algorithm>
#include <mutex>
#include <unordered_map>

#include "findings/layout.h"
#include "findings/members.h"
#include "findings/tally.h"

namespace caseaudit::findings {

struct DocumentWriter::Impl {
    struct Batch {
        Elements elements;
        Judged judged;
    };

    Form form;
    RunInfo run;
    std::vector<RuleOutcome> rules;
    Fingerprint fingerprint;
    EscalationPlan escalations;
    const Life* life;

    std::mutex mutex;  // of what follows
    Layout layout;
    Tally tally;
    std::unordered_map<std::size_t, Batch> waiting;  // whose turn has not come
    std::size_t next = 0;

    Impl(Form form_, Output& output, RunInfo run_, std::vector<RuleOutcome> rules_, Fingerprint fingerprint_,
         const std::string& spool_folder, EscalationPlan escalations_, const Life* life_)
        : form(form_),
          run(std::move(run_)),
          rules(std::move(rules_)),
          fingerprint(std::move(fingerprint_)),
          escalations(std::move(escalations_)),
          life(life_),
          layout(form_, output, spool_folder),
          tally(rules.size(), life_) {
        run.key_id = fingerprint.key_id();
        run.own_key = fingerprint.own_key();
        layout.begin(run);
    }

    // A record that has no case, though it should, is told by what it holds and not by where it stands.
    std::string id(const Finding& finding) const {
        const RuleOutcome& rule = rules[finding.rule];
        const bool adrift = !finding.case_known && !finding.case_key.empty();
        return fingerprint.of(rule.pack, rule.rule, adrift ? "?" : finding.case_key, finding.identity);
    }
    std::string pseudonym(std::string_view case_key, bool known) const {
        return known ? fingerprint.pseudonym(case_key) : std::string(case_key);
    }
    std::string_view shown(std::string_view case_key, std::string_view pseudonym) const {
        return run.identifiers_shown ? case_key : pseudonym;
    }

    void add(Batch& batch, const Finding& finding, Seen seen, Escalations& proposals) const;
    void add(Batch& batch, const std::vector<Finding>& findings) const;
    void add(Batch& batch, const std::vector<Timeline>& timelines,
             const std::vector<Finding>& findings) const;
    void take(Batch& batch) {
        tally.add(std::move(batch.judged));
        layout.take(batch.elements);
    }
};

void DocumentWriter::Impl::add(Batch& batch, const Finding& finding, Seen seen,
                               Escalations& proposals) const {
    const Standing standing = life ? life->judge(seen, finding) : Standing{};
    if (standing.known) batch.judged.known.push_back(finding.rule);
    if (standing.waiver >= 0) batch.judged.waived.push_back({finding.rule, standing.waiver, !standing.known});
    if (!standing.known) {
        const auto case_name = shown(finding.case_key, seen.case_name);
        const Waiver* waiver = standing.waiver < 0 ? nullptr : &life->waivers.waivers()[standing.waiver];
        append_element(form, batch.elements.findings, "finding", [&](JsonText& json) {
            write_members(json, finding, {seen.id, case_name, rules[finding.rule], standing, waiver});
        });
        // Of a record of no case there is nobody to raise a dispute for, and a waived finding is no cause.
        if (finding.case_known && waiver == nullptr)
            proposals.add(case_name, finding.rule, rules[finding.rule].rule, seen.id, standing.open_since);
    }
    if (life && life->with_history) batch.judged.seen.push_back(std::move(seen));
}

void DocumentWriter::Impl::add(Batch& batch, const std::vector<Finding>& findings) const {
    Escalations proposals(escalations, form, batch.elements.escalations);
    std::string_view case_key;
    std::string name;
    for (const auto& finding : findings) {
        if (name.empty() || finding.case_key != case_key)
            name = pseudonym(finding.case_key, finding.case_known);
        case_key = finding.case_key;
        add(batch, finding, {id(finding), name, finding.responsible, finding.rule}, proposals);
    }
    proposals.finish();
}

// Timelines are of the findings' cases, in the order of these.
void DocumentWriter::Impl::add(Batch& batch, const std::vector<Timeline>& timelines,
                               const std::vector<Finding>& findings) const {
    auto of_case = findings.begin();
    for (const auto& timeline : timelines) {
        const std::string_view key = timeline.case_key;
        of_case = std::find_if(of_case, findings.end(),
                               [&](const Finding& finding) { return finding.case_key == key; });
        const auto name = pseudonym(key, of_case != findings.end() && of_case->case_known);
        append_element(form, batch.elements.timelines, "timeline",
                       [&](JsonText& json) { write_members(json, timeline, shown(key, name)); });
    }
}

DocumentWriter::DocumentWriter(Form form, Output& output, RunInfo run, std::vector<RuleOutcome> rules,
                               Fingerprint fingerprint, const std::string& spool_folder,
                               EscalationPlan escalations, const Life* life)
    : impl_(std::make_unique<Impl>(form, output, std::move(run), std::move(rules), std::move(fingerprint),
                                   spool_folder, std::move(escalations), life)) {}

DocumentWriter::~DocumentWriter() = default;

void DocumentWriter::add(std::size_t number, const std::vector<Finding>& findings,
                         const std::vector<Timeline>& timelines) {
    Impl::Batch batch;
    impl_->add(batch, findings);
    impl_->add(batch, timelines, findings);
    const std::lock_guard lock(impl_->mutex);
    if (number != impl_->next) {
        impl_->waiting.emplace(number, std::move(batch));
        return;
    }
    impl_->take(batch);
    for (auto it = impl_->waiting.find(++impl_->next); it != impl_->waiting.end();
         it = impl_->waiting.find(++impl_->next)) {
        impl_->take(it->second);
        impl_->waiting.erase(it);
    }
}

void DocumentWriter::count_standing(std::vector<RuleOutcome>& rules) const {
    impl_->tally.count(rules);
}

const std::vector<Seen>& DocumentWriter::seen() const {
    return impl_->tally.seen();
}

std::vector<WaiverInfo> DocumentWriter::waivers() const {
    return impl_->tally.waivers();
}

Diagnostics DocumentWriter::finish(const std::vector<RuleOutcome>& rules,
                                   const std::vector<MeasureOutcome>& measures,
                                   const std::vector<ThresholdOutcome>& thresholds,
                                   const std::vector<RejectedInfo>& rejected) {
    return impl_->layout.finish(impl_->run, {rules, measures, thresholds, waivers(), rejected});
}

}  // namespace caseaudit::findings
