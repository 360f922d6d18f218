// A check made for one rule, called with both sides guarded.
#pragma once
#include <memory>
#include <memory_resource>
#include <string>
#include <vector>

#include "calendar/working_days.h"
#include "caseaudit/plugin.h"
#include "diagnostic/diagnostic.h"

namespace caseaudit::plugin {

// Rows of a batch on which there is no verdict: the plugin broke while it judged them, or was not asked any
// more as it had broken too often.
struct Unjudged {
    std::uint32_t first = 0, count = 0;
    bool asked = true;
    std::string cause;  // what became of the plugin; no value of a record
};

// How the trouble of a check begins where the plugin's own words follow.
inline constexpr std::string_view refused_to_judge = "the check could not judge: ";
inline constexpr std::string_view threw_while_judging = "the check's run threw an exception: ";

// Owns what the plugin created; destroys it. run() may be called concurrently.
class CompiledCheck {
  public:
    // Why a check would not be made: the parameter to blame (may be empty) and a sentence.
    struct Refusal {
        std::string parameter, message;
    };
    // In this process. On refusal, and on an exception that leaves the plugin, the error's message says why
    // and `refusal` is filled, so that the caller can point at the parameter in the pack. The check's table
    // and `working_days` must outlive the result.
    static Result<std::unique_ptr<CompiledCheck>> create(const caseaudit_check& check,
                                                         const calendar::WorkingDays& working_days,
                                                         const caseaudit_configuration& configuration,
                                                         Refusal& refusal);
    virtual ~CompiledCheck() = default;

    // "" when the batch was judged, else why not (a refusal, or an exception that was caught): then nothing
    // of the batch is to be believed. Rows that cost the plugin its process are left undecided in `sink` and
    // added to `unjudged`; the verdicts on the others stand.
    virtual std::string run(const caseaudit_batch& batch, const caseaudit_sink& sink,
                            std::vector<Unjudged>& unjudged) const = 0;
    // For a check that runs in this process, where a plugin that breaks takes the process with it.
    std::string run(const caseaudit_batch& batch, const caseaudit_sink& sink) const {
        std::vector<Unjudged> none;
        return run(batch, sink, none);
    }
    // Destroys the check now: "" or what it threw. Afterwards run() refuses. The destructor does the same
    // and has nobody to tell.
    virtual std::string destroy() = 0;
    // Where the calling thread had best put the columns of its batches for this check: what lies elsewhere
    // may have to be copied. As long as the plugin is loaded.
    virtual std::pmr::memory_resource& memory() const { return *std::pmr::new_delete_resource(); }

  protected:
    CompiledCheck() = default;
};

}  // namespace caseaudit::plugin
