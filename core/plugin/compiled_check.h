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

class Verdicts;

// Rows of a batch on which there is no verdict: the plugin broke or gave up while it judged them, or was not
// asked any more as it had done so too often.
struct Unjudged {
    std::uint32_t first = 0, count = 0;
    bool asked = true;
    std::string cause;  // what became of the plugin; no value of a record
    std::string words;  // where it gave up, what CompiledCheck::run gave for that; may hold values

    static Unjudged gave_up(std::size_t first, std::size_t count, const std::string& plugin,
                            std::string words);
    static Unjudged quarantined(std::size_t first, std::size_t count, const std::string& plugin);
};
// Adds them to `unjudged`, and leaves them undecided in `sink`.
void leave(Unjudged rows, const caseaudit_sink& sink, std::vector<Unjudged>& unjudged);

// How what run() gives begins where the plugin's own words follow.
inline constexpr std::string_view refused_to_judge = "the check could not judge: ";
inline constexpr std::string_view threw_while_judging = "the check's run threw an exception: ";
// What run() gives for a check that contradicts itself: on which row it refused is then not known.
inline constexpr std::string_view refused_and_judged = "the check refused, and said that it had judged";

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

    // Has a batch judged, into verdicts that this begins and finishes. "" when they stand, else why nothing
    // of the batch is to be believed. Rows that the plugin broke or gave up on are undecided in `verdicts`
    // and added to `unjudged`; the verdicts on the others stand.
    virtual std::string judge(const caseaudit_batch& batch, Verdicts& verdicts,
                              std::vector<Unjudged>& unjudged) const;
    // One call of the check, into any sink. "" when it judged the batch, else why it did not (a refusal, or
    // an exception that was caught; or refused_and_judged). Rows that cost the plugin its process are dealt
    // with as judge() does.
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
