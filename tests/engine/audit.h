// Audits a few rows in memory by rules that a test writes. The dataset is care.yaml, beside this file.
#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "casebook/load.h"
#include "engine/plan.h"
#include "engine/run.h"
#include "plugin/registry.h"

// A rule of the list under `rules:`. `body` is the rest of it, a key on each line.
std::string rule(const std::string& id, const std::string& body);

class Audit {
  public:
    // `file`: a rule file; `pack`: more of pack.yaml. Fails the test when they do not load.
    explicit Audit(const std::string& file, const std::string& pack = "");
    ~Audit();
    Audit(const Audit&) = delete;
    Audit& operator=(const Audit&) = delete;

    // A table of the extract, as a file holds it: a line of names, then rows. No quotes.
    Audit& table(const std::string& name, const std::string& text,
                 caseaudit::casebook::Which which = caseaudit::casebook::Which::current);
    Audit& as_at(const std::string& iso);
    Audit& only(std::set<std::string> rules);
    Audit& cases_per_range(std::uint32_t count);
    Audit& at_once(std::uint32_t rows, std::uint32_t findings);

    // Runs the rules; fails the test when they cannot be planned, or when counts and findings of a rule
    // disagree.
    Audit& run();
    // What planning refuses: "code line fragment | hint", in order.
    std::vector<std::string> refused() const;

    caseaudit::rulepack::LoadedPack& pack() { return pack_; }
    const caseaudit::plugin::Registry& registry() const { return registry_; }

    // "ran: 3 = 1 passed + 1 failed + 1 undecided", or "skipped: why", or "failed: why".
    std::string counts(const std::string& rule) const;
    const caseaudit::RuleOutcome& outcome(const std::string& rule) const;
    // "rule case: message", in the order of the document.
    std::vector<std::string> found() const;
    std::vector<caseaudit::Finding> findings() const;
    std::size_t largest_piece() const {
        return collected_.largest;
    }  // findings that were handed over together
    const caseaudit::casebook::Casebook& casebook() const { return extract_->casebook; }
    std::multiset<std::string> unjudged() const { return collected_.unjudged; }  // "rule case"
    const caseaudit::MeasureOutcome& measure(const std::string& id) const;
    // A line for each group: "team=A: 2 of 3, 1 undecided, rate 0.50".
    std::vector<std::string> groups(const std::string& id) const;

  private:
    struct Collected : caseaudit::engine::FindingConsumer {
        void take(std::size_t range, std::vector<caseaudit::Finding>&& findings, bool more) override;
        void taken_before(std::uint64_t place) override;
        void undecided(std::uint32_t rule, std::string_view case_key) override;
        std::mutex mutex;
        bool twice = false;              // a range was handed over two times
        bool too_late = false;           // a finding came after all before a later place had been taken
        std::uint64_t all_before = 0;    // the last place that was told so
        std::set<std::size_t> complete;  // ranges of which no more is to come
        std::size_t largest = 0;         // of the pieces
        std::map<std::size_t, std::vector<caseaudit::Finding>> by_range;
        std::multiset<std::string> unjudged;
        std::vector<std::string> rule_ids;
    };
    void reconcile() const;

    std::filesystem::path folder_;
    caseaudit::plugin::Registry registry_;
    caseaudit::rulepack::LoadedPack pack_;
    caseaudit::engine::PlanOptions options_;
    caseaudit::engine::RunOptions run_options_;
    std::vector<caseaudit::casebook::MemoryTable> tables_;
    // Findings point into the casebook.
    std::unique_ptr<caseaudit::casebook::LoadedExtract> extract_;
    std::vector<caseaudit::engine::Plan> plans_;
    std::vector<caseaudit::RuleOutcome> outcomes_;
    std::vector<caseaudit::MeasureOutcome> measures_;
    Collected collected_;
};

// The tables of plugins, linked in under these names.
extern "C" {
const caseaudit_plugin* linked_assertion(void);
const caseaudit_plugin* linked_completeness(void);
const caseaudit_plugin* linked_timeliness(void);
const caseaudit_plugin* linked_breaking(void);
}
