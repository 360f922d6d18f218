// A check made for one rule, called with both sides guarded.
#pragma once
#include <memory>
#include <string>

#include "calendar/working_days.h"
#include "caseaudit/plugin.h"
#include "diagnostic/diagnostic.h"

namespace caseaudit::plugin {

// Owns what the plugin created; destroys it. run() may be called concurrently. The check's table and
// `working_days` must outlive this.
class CompiledCheck {
  public:
    // Why a check would not be made: the parameter to blame (may be empty) and a sentence.
    struct Refusal {
        std::string parameter, message;
    };
    // On refusal, and on an exception that leaves the plugin, the error's message says why and `refusal` is
    // filled, so that the caller can point at the parameter in the pack.
    static Result<std::unique_ptr<CompiledCheck>> create(const caseaudit_check& check,
                                                         const calendar::WorkingDays& working_days,
                                                         const caseaudit_configuration& configuration,
                                                         Refusal& refusal);
    ~CompiledCheck();
    // "" when the batch was judged, else why not (a refusal, or an exception that was caught).
    std::string run(const caseaudit_batch& batch, const caseaudit_sink& sink) const;
    // Destroys the check now: "" or what it threw. Afterwards run() refuses. The destructor does the same
    // and has nobody to tell.
    std::string destroy();

  private:
    CompiledCheck();
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace caseaudit::plugin
