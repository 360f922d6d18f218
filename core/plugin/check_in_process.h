// A check whose code runs in this process: what it throws costs the record that it judged, and no other.
#pragma once
#include <memory>
#include <string>

#include "plugin/compiled_check.h"
#include "plugin/quarantine.h"

namespace caseaudit::plugin {

// A batch is judged in one call. Where that gives up, it is judged over again by itself, row by row or case
// by case as the check promises (see caseaudit_judges): then it is known which of these it gives up on. So a
// check that never throws pays nothing.
class CheckInProcess final : public CompiledCheck {
  public:
    // `check` was made of `definition`, a check of the plugin of that name.
    CheckInProcess(std::unique_ptr<CompiledCheck> check, const caseaudit_check& definition,
                   std::string plugin, std::shared_ptr<Quarantine> quarantine)
        : check_(std::move(check)),
          definition_(definition),
          plugin_(std::move(plugin)),
          quarantine_(std::move(quarantine)) {}

    std::string run(const caseaudit_batch& batch, const caseaudit_sink& sink,
                    std::vector<Unjudged>& unjudged) const override {
        return check_->run(batch, sink, unjudged);
    }
    std::string judge(const caseaudit_batch& batch, Verdicts& verdicts,
                      std::vector<Unjudged>& unjudged) const override;
    std::string destroy() override { return check_->destroy(); }

  private:
    std::string judge_apart(const caseaudit_batch& batch, Verdicts& verdicts,
                            std::vector<Unjudged>& unjudged) const;
    std::unique_ptr<CompiledCheck> check_;
    const caseaudit_check& definition_;
    std::string plugin_;
    std::shared_ptr<Quarantine> quarantine_;
};

}  // namespace caseaudit::plugin
