// The parts of a findings document as JSON: what stands between the braces of each, so that an element of a
// list and a line of NDJSON say the same.
#pragma once
#include "findings/document.h"
#include "findings/json_text.h"

namespace caseaudit::findings {

void write_members(JsonText& json, const RunInfo& run);
void write_members(JsonText& json, const RuleOutcome& rule);
void write_members(JsonText& json, const MeasureOutcome& measure);
void write_members(JsonText& json, const ThresholdOutcome& outcome);
void write_members(JsonText& json, const WaiverInfo& waiver);
void write_members(JsonText& json, const RejectedInfo& rejected);
// `case_name`: what the document calls the case.
void write_members(JsonText& json, const Timeline& timeline, std::string_view case_name);

// What a document says of a finding beside what was found.
struct ShownFinding {
    std::string_view id, case_name;
    const RuleOutcome& rule;
    const Standing& standing;
    const Waiver* waiver = nullptr;  // that it is waived by
};
void write_members(JsonText& json, const Finding& finding, const ShownFinding& shown);

}  // namespace caseaudit::findings
