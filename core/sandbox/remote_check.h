// A check whose plugin is in a sandbox.
#pragma once
#include <cstdint>
#include <string>

#include "plugin/compiled_check.h"
#include "sandbox/replay.h"
#include "sandbox/sandboxed_plugin.h"

namespace caseaudit::sandbox {

class RemoteCheck final : public plugin::CompiledCheck {
  public:
    // `request` makes the check in a worker: see Judges::create. `number`: the host's own for it.
    RemoteCheck(SandboxedPlugin& plugin, std::uint64_t number, std::string request)
        : plugin_(plugin), number_(number), request_(std::move(request)) {}

    // Makes it at the calling thread's seat, starting a process if there is none. False, with why.
    bool make(Seat& seat, Refusal& refusal) const;

    std::string run(const caseaudit_batch& batch, const caseaudit_sink& sink,
                    std::vector<plugin::Unjudged>& unjudged) const override;
    // What a worker holds goes with it.
    std::string destroy() override { return ""; }
    std::pmr::memory_resource& memory() const override;

  private:
    struct Judging;
    void judge_from(Judging& judging, std::size_t& row) const;
    SandboxedPlugin& plugin_;
    std::uint64_t number_;
    std::string request_;
};

}  // namespace caseaudit::sandbox
