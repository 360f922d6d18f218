// Findings on their way from the engine into the document of a run.
#pragma once
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "cli/progress.h"
#include "engine/discretion.h"
#include "engine/run.h"
#include "engine/timeline.h"
#include "findings/document.h"

namespace caseaudit::cli {

// Called from the engine's threads. What it is made of outlives it.
class FindingWriter : public engine::FindingConsumer {
  public:
    // With `kinds` the timelines of the cases with findings are written too; what they hold of identifiers
    // only with `show_identifiers`.
    FindingWriter(findings::DocumentWriter& document, const casebook::Casebook& casebook,
                  const std::optional<dataset::Timelines>& kinds, bool show_identifiers, Progress& progress);

    void take(std::size_t range, std::vector<Finding>&& findings, bool more) override;
    void taken_before(std::uint64_t place) override { document_.taken_before(place); }

  private:
    std::string case_before(std::size_t range, const std::vector<Finding>& findings, bool more);

    findings::DocumentWriter& document_;
    const casebook::Casebook& casebook_;
    const std::optional<dataset::Timelines>& kinds_;
    std::optional<engine::Discretion> discretion_;  // of timelines
    Progress& progress_;
    std::mutex mutex_;
    std::unordered_map<std::size_t, std::string> last_cases_;  // of ranges of which more will come
};

}  // namespace caseaudit::cli
