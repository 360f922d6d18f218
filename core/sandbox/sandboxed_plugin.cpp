#include "sandbox/sandboxed_plugin.h"

#include "plugin/verify.h"
#include "sandbox/configuration.h"
#include "sandbox/remote_check.h"
#include "sandbox/sandbox.h"

namespace caseaudit::sandbox {
namespace {

std::size_t position(const caseaudit_plugin& plugin, const caseaudit_check& check) {
    std::size_t i = 0;
    while (i < plugin.check_count && plugin.checks[i] != &check) ++i;
    return i;
}

}  // namespace

Result<std::shared_ptr<SandboxedPlugin>> SandboxedPlugin::open(plugin::PluginFile file,
                                                               const std::string& worker) {
    std::shared_ptr<SandboxedPlugin> opened(new SandboxedPlugin(std::move(file), worker));
    auto seat = opened->seat();
    if (!seat) return seat.errors();
    const auto described = (*seat)->start();
    if (!described) return described.errors();
    opened->table_ = PluginTable::decode(*described);
    if (opened->table_ == nullptr)
        return Diagnostic{"plugin.malformed",           "the plugin's table cannot be read",
                          {opened->file_.path(), 0, 0}, {},
                          "correct the plugin's table", {}};
    if (auto problems = plugin::verify(&opened->table(), opened->file_.path()); !problems.empty())
        return problems;
    return opened;
}

Result<Seat*> SandboxedPlugin::seat() {
    const std::lock_guard lock(mutex_);
    auto& seat = seats_[std::this_thread::get_id()];
    if (seat == nullptr) {
        auto made = Seat::create(worker_, file_, limits_);
        if (!made) return made.errors();
        seat = std::move(*made);
    }
    return seat.get();
}

void SandboxedPlugin::set_limits(const Limits& limits) {
    const std::lock_guard lock(mutex_);
    // A process has the memory that it was started with.
    if (limits.memory != limits_.memory)
        for (auto& [thread, seat] : seats_) seat->stop();
    limits_ = limits;
    quarantine_.allow(limits.breaks);
}

Result<std::unique_ptr<plugin::CompiledCheck>> SandboxedPlugin::create(
    const caseaudit_check& check, const calendar::WorkingDays& working_days,
    const caseaudit_configuration& configuration, plugin::CompiledCheck::Refusal& refusal) {
    auto made = std::make_unique<RemoteCheck>(
        *this, ++checks_made_,
        Encoder().put(static_cast<std::uint32_t>(position(table(), check))).bytes() +
            encode_configuration(configuration, working_days));
    const auto seat = this->seat();
    if (!seat) return seat.errors();
    if (made->make(**seat, refusal)) return std::unique_ptr<plugin::CompiledCheck>(std::move(made));
    Diagnostic problem;
    problem.code = "plugin.refused";
    problem.message = refusal.message;
    return problem;
}

Result<Description> describe(const std::string& path, const std::string& worker) {
    auto file = plugin::PluginFile::open(path);
    if (!file) return file.errors();
    const auto opened = SandboxedPlugin::open(std::move(*file), worker);
    if (!opened) return opened.errors();
    const auto& table = (*opened)->table();
    Description described{table.name,
                          table.version,
                          table.description,
                          table.abi_major,
                          table.abi_minor,
                          (*opened)->file().sha256(),
                          {}};
    for (std::size_t i = 0; i < table.check_count; ++i)
        described.checks.push_back(plugin::schema_of(*table.checks[i]));
    return described;
}

Diagnostics load(plugin::PluginFile file, const std::string& worker, const LimitsOf& limits_of,
                 plugin::Registry& registry) {
    const auto path = file.path(), sha256 = file.sha256();
    const auto opened = SandboxedPlugin::open(std::move(file), worker);
    if (!opened) return opened.errors();
    (*opened)->set_limits(limits_of((*opened)->name()));
    return registry.add(*opened, path, sha256);
}

}  // namespace caseaudit::sandbox
