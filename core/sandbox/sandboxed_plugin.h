// A plugin in its sandbox, as the host sees it: the threads' seats, the table, how often it broke.
#pragma once
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "plugin/plugin_file.h"
#include "plugin/quarantine.h"
#include "plugin/registry.h"
#include "sandbox/limits.h"
#include "sandbox/plugin_table.h"
#include "sandbox/seat.h"

namespace caseaudit::sandbox {

class SandboxedPlugin final : public plugin::Elsewhere {
  public:
    static Result<std::shared_ptr<SandboxedPlugin>> open(plugin::PluginFile file, const std::string& worker);
    // Before any check is made.
    void set_limits(const Limits& limits);
    const caseaudit_plugin& table() const override { return table_->table(); }
    Result<std::unique_ptr<plugin::CompiledCheck>> create(const caseaudit_check& check,
                                                          const calendar::WorkingDays& working_days,
                                                          const caseaudit_configuration& configuration,
                                                          plugin::CompiledCheck::Refusal& refusal) override;

    const plugin::PluginFile& file() const { return file_; }
    std::string name() const { return table().name; }
    // The calling thread's; made when it is first asked for.
    Result<Seat*> seat();

    // It crashed, hung or gave up; after as many as it may have the plugin is quarantined, as it is at once
    // for a lie.
    void note_break() { quarantine_.note_break(); }
    void quarantine() { quarantine_.close(); }
    bool quarantined() const { return quarantine_.closed(); }

  private:
    SandboxedPlugin(plugin::PluginFile file, const std::string& worker)
        : file_(std::move(file)), worker_(worker) {}
    plugin::PluginFile file_;
    std::string worker_;
    Limits limits_;
    std::unique_ptr<PluginTable> table_;
    std::mutex mutex_;  // of seats_
    std::map<std::thread::id, std::unique_ptr<Seat>> seats_;
    plugin::Quarantine quarantine_;
    std::atomic<std::uint64_t> checks_made_ = 0;
};

}  // namespace caseaudit::sandbox
