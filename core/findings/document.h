// The findings document, version 1, as JSON or NDJSON.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "caseaudit/findings.h"
#include "caseaudit/timeline.h"
#include "diagnostic/diagnostic.h"
#include "findings/escalations.h"
#include "findings/fingerprint.h"
#include "findings/life.h"
#include "findings/thresholds.h"
#include "platform/shared_text.h"

namespace caseaudit::findings {

struct PackInfo {
    std::string id, version, sha256, title;
};
struct PluginInfo {
    std::string name, version, sha256;
};
struct InputInfo {
    std::string table, extract, file, sha256, encoding;
    std::uint64_t rows = 0, rejected = 0;
};
// A waiver and what became of it.
struct WaiverInfo {
    std::string rule, pack, case_name, finding, responsible, reason, basis, owner, expires, status;
    std::uint64_t line = 0;      // of the waiver file
    std::uint64_t findings = 0;  // waived, those of the baseline among them
};
struct RejectedInfo {  // of a wrong file every row is one
    platform::SharedText extract, file;
    std::uint64_t line = 0, row = 0;
    std::uint32_t column = 0;
    platform::SharedText reason;
};

struct RunInfo {
    std::string tool_version, as_at, as_at_source, dataset;
    std::map<std::string, std::string> parameters;
    std::vector<PackInfo> packs;
    std::vector<PluginInfo> plugins;
    std::vector<InputInfo> inputs;
    std::vector<std::string> notes;
    std::uint64_t cases = 0;  // of the extract; records without a case are one each
    std::string key_id;       // of the key that ids and pseudonyms are made with
    bool own_key = false;     // false: the built-in one, which everybody knows
    std::string
        shareable;  // the profile that figures were suppressed by; "" for a document that is not to be shared
    struct Baseline {
        std::string as_at;
        std::uint64_t findings = 0;
    };
    std::optional<Baseline> baseline;  // what was in it is counted, and not among the findings
    bool identifiers_shown = false;    // case keys and what else identifies a child, as in the extract
    bool timelines = false;            // the document has them; not written itself
};

// Where the bytes go. write() returns false when they could not be written.
class Output {
  public:
    virtual ~Output() = default;
    virtual bool write(std::string_view bytes) = 0;
};

// Takes findings batch by batch, from any thread and in any order, and writes them in the order of their
// places, of which each case has one. What is not written yet waits in memory, and past 16 MB in a file that
// has no name (in `spool_folder`), which vanishes with the process: in NDJSON findings whose turn has not
// come; in JSON all, as the outcome of the rules comes first. So do the escalations that the findings
// propose, which come after them. All findings of a case are in one batch.
class DocumentWriter {
  public:
    DocumentWriter(Form form, Output& output, RunInfo run, std::vector<RuleOutcome> rules,
                   Fingerprint fingerprint, const std::string& spool_folder, EscalationPlan escalations = {},
                   const Life* life = nullptr);  // outlives the writer
    ~DocumentWriter();
    DocumentWriter(const DocumentWriter&) = delete;
    DocumentWriter& operator=(const DocumentWriter&) = delete;

    // A batch comes in pieces, one after another, `more` saying of each whether others follow; those of a
    // case stand together in each, and in the order to be written. `timelines`: of cases of the piece, each
    // once in a batch, where RunInfo::timelines says that the document has them.
    void add(std::size_t batch, const std::vector<Finding>& findings,
             const std::vector<Timeline>& timelines = {}, bool more = false);
    // No finding before this place comes any more.
    void taken_before(std::uint64_t place);
    // After the last batch: adds what is known and what is waived of each rule to its counts.
    void count_standing(std::vector<RuleOutcome>& rules) const;
    // Every finding of the run, for a history; none without one. To be asked for once.
    std::vector<Seen> take_seen();
    // Cases with findings in the document: those with none but known ones are not among them.
    std::uint64_t cases_with() const;
    std::vector<WaiverInfo> waivers(const std::vector<RuleOutcome>& rules) const;  // as they ended
    // After the last batch. `rules` as they ended.
    Diagnostics finish(const std::vector<RuleOutcome>& rules, const std::vector<MeasureOutcome>& measures,
                       const std::vector<ThresholdOutcome>& thresholds,
                       const std::vector<RejectedInfo>& rejected);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

std::string json_schema();  // of the JSON document
std::string line_schema();  // of each line of NDJSON

}  // namespace caseaudit::findings
