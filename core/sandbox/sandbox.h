// Plugins that nobody vouches for, in processes of their own that can do nothing but judge.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "plugin/plugin_file.h"
#include "plugin/registry.h"
#include "plugin/schema.h"
#include "sandbox/limits.h"

namespace caseaudit::sandbox {

// What a plugin says of itself.
struct Description {
    std::string name, version, description;
    std::uint32_t abi_major = 0, abi_minor = 0;
    std::string sha256;  // of its file
    std::vector<plugin::CheckSchema> checks;
};

// Asks a plugin in a process of its own; none of its code runs in this one. `path`: absolute. `worker`: the
// program caseaudit-worker. Fails as PluginFile::open does, with what is wrong with the plugin, with
// "plugin.broke" when it does not survive the question, and with "sandbox.…" where none can be made.
Result<Description> describe(const std::string& path, const std::string& worker);

// Limits, by a plugin's name.
using LimitsOf = std::function<Limits(const std::string& name)>;

// Opens a plugin in a sandbox and adds its checks to the registry. Fails as describe() and Registry::add()
// do. It is safe to share between threads, each of which gets a process of its own when it first needs one.
Diagnostics load(plugin::PluginFile file, const std::string& worker, const LimitsOf& limits_of,
                 plugin::Registry& registry);

}  // namespace caseaudit::sandbox
