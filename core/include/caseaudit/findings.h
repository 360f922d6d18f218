// What an audit says: findings with the records they rest on, and what became of every rule.
// Plain values; the JSON form is described in docs/findings.md and by `caseaudit schema findings`.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace caseaudit {

enum class Role : std::uint8_t { subject, context };

// A record that a finding reports (subject) or was judged by (context). Views point into the casebook and
// dataset of the run.
struct Record {
    Role role = Role::subject;
    bool prior = false;      // of the prior extract
    std::string_view table;  // published label, for example "OC3"
    std::string_view file;
    std::uint64_t row = 0;   // data row in the file, from 1
    std::uint64_t line = 0;  // physical line, from 1
    std::vector<std::pair<std::string_view, std::string>> fields;
};

struct Evidence {
    std::string name;
    std::string value;      // dates yyyy-mm-dd
    bool number = false;    // written without quotes
    bool duration = false;  // a number and its unit, "3 working days"
};

struct Finding {
    std::uint32_t rule = 0;         // into the list of rules
    std::string_view case_key;      // as in the extract; of a record without one "?file:line"
    bool case_known = false;        // false for such a record, and for one of a table of no case
    std::uint32_t case_number = 0;  // in the run's casebook; from its number of cases on: of no case
    std::uint64_t place = 0;        // a document has its findings in this order: by case
    std::string message;
    std::string responsible;   // who is to act: the worker or team that the rule says
    std::string team, worker;  // both, where the rule says them apart
    std::string identity;      // what the fingerprint is made of, beside pack and rule
    std::vector<Evidence> evidence;
    std::vector<Record> records;
    bool more_records = false;  // there are more than a finding lists
};

// More findings than this make an audit fail: a number of them, or a share of the rows that were judged.
struct Threshold {
    bool rate = false;
    double limit = 0;           // findings, or a share from 0 to 1; as many are still allowed
    std::uint64_t minimum = 0;  // of a rate: with fewer rows judged it does not apply
    std::string text;           // as written: "rate > 2 % of at least 50"
};

enum class Status : std::uint8_t { ran, skipped, failed };

// A record on which the plugin of the rule's check broke.
struct UnjudgedRecord {
    std::string table;                // published label; empty: a case as a whole
    std::string file;                 // empty for a row of a derived table
    std::uint64_t row = 0, line = 0;  // as in Record; without a file, row counts the rows of the table
    std::string cause;
};

// population = passed + failed + undecided, always. Rows for which it is undecided whether they belong to
// the population are not in it; scope_undecided counts them.
struct RuleOutcome {
    std::string pack, rule, title, severity, dimension, source, remedy;
    std::string module;             // the group of rules it belongs to: the name of its file in the pack
    std::vector<std::string> tags;  // words to group by, as the pack gives them
    Status status = Status::ran;
    std::string reason;  // why skipped or failed
    std::uint64_t population = 0, passed = 0, failed = 0, undecided = 0, scope_undecided = 0;
    std::uint64_t known = 0;       // of those that failed: in the baseline, and so not among the findings
    std::uint64_t waived = 0;      // of those that failed: among the findings, as waived
    std::int64_t nanoseconds = 0;  // spent on it, all threads; goes to --timings only
    std::uint64_t unjudged = 0;  // of the undecided: those that the check's plugin broke on, or broke before
    std::vector<UnjudgedRecord> broke_on;
};

// A group of a measure: rows with equal values of what it is grouped by. Fewer values than the measure has
// keys: a total over the keys left out.
struct MeasureGroup {
    std::vector<std::pair<std::string, std::string>> by;
    std::uint64_t population = 0;
    std::uint64_t met = 0, undecided = 0;  // of a rate; undecided of an average too: no value known
    std::optional<double> rate;            // absent when there was nothing to judge
    std::optional<double> value;           // of an average
    // The same group in earlier runs, oldest first, where there is a history.
    struct Earlier {
        std::string as_at;  // yyyy-mm-dd
        std::uint64_t population = 0;
        std::optional<double> rate, value;
    };
    std::vector<Earlier> trend;
    // Figures that are kept back, so that no child can be found by them: they read "c", and hold 0 or
    // nothing.
    bool population_suppressed = false, met_suppressed = false, undecided_suppressed = false;
    bool share_suppressed = false;  // the rate, or the value
};

struct MeasureOutcome {
    std::string pack, id, title, unit, source, kind;
    std::string skipped;  // why it was not measured; "" when it was
    std::vector<MeasureGroup> groups;
};

}  // namespace caseaudit
