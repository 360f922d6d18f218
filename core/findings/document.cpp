#include "findings/document.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "findings/layout.h"
#include "findings/members.h"
#include "findings/tally.h"

namespace caseaudit::findings {

struct DocumentWriter::Impl {
    struct Piece {
        Elements elements;
        Judged judged;
    };
    // What the findings of a case propose: it may go on in the next piece of its batch.
    struct Proposals {
        CaseElements elements;
        Escalations escalations;
        std::uint64_t place = 0;              // of the case
        std::optional<std::uint64_t> listed;  // the place of the last case with a finding in the document
        explicit Proposals(const Impl& document)
            : escalations(document.escalations, document.form, elements.text) {}
        void finish() {
            escalations.finish();
            elements.end(place);
        }
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
    std::unordered_map<std::size_t, std::unique_ptr<Proposals>> begun;  // of batches that go on

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

    std::unique_ptr<Proposals> proposals_of(std::size_t batch);
    void add(Piece& piece, const Finding& finding, Seen seen, Proposals& proposals) const;
    void add(Piece& piece, const std::vector<Finding>& findings, Proposals& proposals) const;
    void add(Piece& piece, const std::vector<Timeline>& timelines,
             const std::vector<Finding>& findings) const;
};

std::unique_ptr<DocumentWriter::Impl::Proposals> DocumentWriter::Impl::proposals_of(std::size_t batch) {
    const std::lock_guard lock(mutex);
    auto known = begun.extract(batch);
    return known.empty() ? std::make_unique<Proposals>(*this) : std::move(known.mapped());
}

void DocumentWriter::Impl::add(Piece& piece, const Finding& finding, Seen seen, Proposals& proposals) const {
    const Standing standing = life ? life->judge(seen, finding) : Standing{};
    if (standing.known) piece.judged.known.push_back(finding.rule);
    if (standing.waiver >= 0) piece.judged.waived.push_back({finding.rule, standing.waiver, !standing.known});
    if (!standing.known) {
        if (!finding.case_key.empty() && proposals.listed != finding.place) ++piece.judged.cases;
        proposals.listed = finding.place;
        const auto case_name = shown(finding.case_key, seen.case_name);
        const Waiver* waiver = standing.waiver < 0 ? nullptr : &life->waivers.waivers()[standing.waiver];
        append_element(form, piece.elements.findings.text, "finding", [&](JsonText& json) {
            write_members(json, finding, {seen.id, case_name, rules[finding.rule], standing, waiver});
        });
        // Of a record of no case there is nobody to raise a dispute for, and a waived finding is no cause.
        if (finding.case_known && waiver == nullptr)
            proposals.escalations.add(case_name, finding.rule, rules[finding.rule].rule, seen.id,
                                      standing.open_since);
    }
    if (life && life->with_history) piece.judged.seen.push_back(std::move(seen));
}

void DocumentWriter::Impl::add(Piece& piece, const std::vector<Finding>& findings,
                               Proposals& proposals) const {
    std::string name;
    for (std::size_t i = 0; i < findings.size(); ++i) {
        const Finding& finding = findings[i];
        if (i == 0 || finding.place != findings[i - 1].place)
            name = pseudonym(finding.case_key, finding.case_known);
        if (finding.place != proposals.place) proposals.finish();
        proposals.place = finding.place;
        add(piece, finding, {id(finding), name, finding.responsible, finding.rule}, proposals);
        if (i + 1 == findings.size() || findings[i + 1].place != finding.place)
            piece.elements.findings.end(finding.place);
    }
}

// Timelines are of the findings' cases, in the order of these.
void DocumentWriter::Impl::add(Piece& piece, const std::vector<Timeline>& timelines,
                               const std::vector<Finding>& findings) const {
    auto of_case = findings.begin();
    for (const auto& timeline : timelines) {
        const std::string_view key = timeline.case_key;
        of_case = std::find_if(of_case, findings.end(),
                               [&](const Finding& finding) { return finding.case_key == key; });
        const auto name = pseudonym(key, of_case->case_known);
        append_element(form, piece.elements.timelines.text, "timeline",
                       [&](JsonText& json) { write_members(json, timeline, shown(key, name)); });
        piece.elements.timelines.end(of_case->place);
    }
}

DocumentWriter::DocumentWriter(Form form, Output& output, RunInfo run, std::vector<RuleOutcome> rules,
                               Fingerprint fingerprint, const std::string& spool_folder,
                               EscalationPlan escalations, const Life* life)
    : impl_(std::make_unique<Impl>(form, output, std::move(run), std::move(rules), std::move(fingerprint),
                                   spool_folder, std::move(escalations), life)) {}

DocumentWriter::~DocumentWriter() = default;

void DocumentWriter::add(std::size_t batch, const std::vector<Finding>& findings,
                         const std::vector<Timeline>& timelines, bool more) {
    Impl::Piece piece;
    auto proposals = impl_->proposals_of(batch);
    impl_->add(piece, findings, *proposals);
    impl_->add(piece, timelines, findings);
    if (!more) proposals->finish();
    std::swap(piece.elements.escalations, proposals->elements);
    const std::lock_guard lock(impl_->mutex);
    if (more) impl_->begun.emplace(batch, std::move(proposals));
    impl_->tally.add(batch, std::move(piece.judged));
    impl_->layout.take(piece.elements);
}

void DocumentWriter::taken_before(std::uint64_t place) {
    const std::lock_guard lock(impl_->mutex);
    impl_->layout.taken_before(place);
}

void DocumentWriter::count_standing(std::vector<RuleOutcome>& rules) const {
    impl_->tally.count(rules);
}

std::vector<Seen> DocumentWriter::take_seen() {
    return impl_->tally.take_seen();
}

std::uint64_t DocumentWriter::cases_with() const {
    return impl_->tally.cases();
}

std::vector<WaiverInfo> DocumentWriter::waivers(const std::vector<RuleOutcome>& rules) const {
    return impl_->tally.waivers(rules);
}

Diagnostics DocumentWriter::finish(const std::vector<RuleOutcome>& rules,
                                   const std::vector<MeasureOutcome>& measures,
                                   const std::vector<ThresholdOutcome>& thresholds,
                                   const std::vector<RejectedInfo>& rejected) {
    return impl_->layout.finish(impl_->run, {rules, measures, thresholds, waivers(rules), rejected});
}

}  // namespace caseaudit::findings
