// The plugins that packs need: found, and held to the versions that the packs name.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "plugin/registry.h"
#include "rulepack/pack.h"
#include "sandbox/limits.h"

namespace caseaudit::cli {

// What the packs let a plugin use: of one pack the nearest word, of several packs the larger.
rulepack::PluginLimits limits_of_packs(const std::vector<const rulepack::Pack*>& packs,
                                       const std::string& plugin);
// What `above` says replaces what `limits` says.
void overlay(rulepack::PluginLimits& limits, const rulepack::PluginLimits& above);
// With the defaults for what nobody says.
sandbox::Limits to_limits(const rulepack::PluginLimits& limits);

class PackPlugins {
  public:
    // `folders`: where to look before the folder plugins/ of each pack. The registry's first `bundled`
    // plugins run in this process, whoever trusts them. All must outlive this.
    PackPlugins(const std::vector<const rulepack::Pack*>& packs, const std::vector<std::string>& folders,
                std::size_t bundled, plugin::Registry& registry)
        : packs_(packs), folders_(folders), bundled_(bundled), registry_(registry) {}

    // Has those that the registry lacks loaded by `load`, which is given a file and adds errors of its own;
    // then compares versions. Errors point at what the pack says.
    void load(const std::function<bool(const std::string& file)>& load, Diagnostics& errors);

  private:
    const plugin::Plugin* find(const std::string& name) const;
    std::vector<std::string> candidates(const std::string& name) const;
    void load(const rulepack::PluginNeed& need, const std::function<bool(const std::string& file)>& load,
              Diagnostics& errors);
    void compare(const rulepack::PluginNeed& need, Diagnostics& errors) const;

    const std::vector<const rulepack::Pack*>& packs_;
    const std::vector<std::string>& folders_;
    std::size_t bundled_;
    plugin::Registry& registry_;
};

}  // namespace caseaudit::cli
