// Reads a findings document back, JSON or NDJSON: what reports, comparisons and explanations start from.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "caseaudit/findings.h"
#include "diagnostic/diagnostic.h"
#include "findings/document.h"

namespace caseaudit::findings {

// As written: dates yyyy-mm-dd, withheld values "(withheld)".
struct ReadRecord {
    Role role = Role::subject;
    bool prior = false;
    std::string table, file;
    std::uint64_t row = 0, line = 0;  // from 1
    std::vector<std::pair<std::string, std::string>> fields;
};

struct ReadFinding {
    std::string id, pack, rule, severity, case_key, message, responsible, team, worker;
    std::uint32_t number = 0;                   // of its rule, into Document::rules
    std::string state, first_seen, open_since;  // "" where the run had nothing to tell it by
    struct Waived {
        std::string reason, basis, owner, expires;
    };
    std::optional<Waived> waiver;
    std::vector<Evidence> evidence;
    std::vector<ReadRecord> records;
    bool more_records = false;
    // The value of a piece of evidence, "" when there is none of that name.
    std::string_view evidence_of(std::string_view name) const;
};

struct ReadEscalation {
    struct Issue {
        std::string finding, rule, category, open_since;
    };
    std::string case_key, pack, addressee;
    std::uint64_t stage = 0;
    std::vector<Issue> issues;
};

// Keys of a later version 1 that this program does not know are passed over.
struct Document {
    RunInfo run;
    std::vector<RuleOutcome> rules;
    std::vector<MeasureOutcome> measures;
    std::vector<ThresholdOutcome> thresholds;  // of fail_if the text alone
    std::vector<WaiverInfo> waivers;
    std::vector<ReadFinding> findings;
    std::vector<ReadEscalation> escalations;
    std::vector<RejectedInfo> rejected;

    const RuleOutcome& rule_of(const ReadFinding& finding) const { return rules[finding.number]; }
};

// `name` stands for the document in errors: its path, or "standard input". Fails with "findings.read" when
// `text` is no findings document of version 1, or an NDJSON one that was cut off; no value of it is in the
// error.
Result<Document> read_document(std::string_view text, const std::string& name);

}  // namespace caseaudit::findings
