// Plugins and the checks they declare: loaded, verified, and called with both sides guarded.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "calendar/working_days.h"
#include "caseaudit/plugin.h"
#include "diagnostic/diagnostic.h"

namespace caseaudit::plugin {

struct Plugin {
    std::string name, version, description, file, sha256;  // file empty when the table was given directly
    const caseaudit_plugin* table = nullptr;
};

// Not shared between threads while plugins are added; afterwards any thread may read it.
class Registry {
  public:
    // Opens a shared library: absolute path, rtld_now, rtld_local. Refuses, with text that says what to
    // do: not a library, missing symbol, undefined symbol, wrong major, newer minor, malformed table,
    // duplicate plugin or check (naming both files).
    Diagnostics load(const std::string& path);
    // Every *.so of a folder, by name; errors of all of them.
    Diagnostics load_folder(const std::string& folder);
    // A table that is linked in (unit tests need no shared library).
    Diagnostics add(const caseaudit_plugin* table, std::string origin);

    const caseaudit_check* find(const std::string& qualified_name) const;  // "timeliness.deadline"; null
    const Plugin* plugin_of(const std::string& qualified_name) const;
    std::vector<std::string> check_names() const;
    const std::vector<Plugin>& plugins() const { return plugins_; }

  private:
    std::vector<Plugin> plugins_;
};

// A check created for one rule. Owns it; destroys it guarded. run() may be called concurrently.
class CompiledCheck {
  public:
    struct Refusal { std::string parameter, message; };
    static Result<std::unique_ptr<CompiledCheck>> create(const caseaudit_check& check,
                                                         const calendar::WorkingDays& working_days,
                                                         const caseaudit_configuration& configuration,
                                                         Refusal& refusal);
    ~CompiledCheck();
    // "" when the batch was judged, else why not (a refusal, or an exception that was caught).
    std::string run(const caseaudit_batch& batch, const caseaudit_sink& sink) const;

  private:
    CompiledCheck() = default;
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace caseaudit::plugin
