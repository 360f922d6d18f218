// Plugins and the checks they declare: loaded, verified and found by name.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/working_days.h"
#include "caseaudit/plugin.h"
#include "diagnostic/diagnostic.h"
#include "plugin/compiled_check.h"
#include "plugin/plugin_file.h"
#include "plugin/quarantine.h"

namespace caseaudit::plugin {

// A plugin whose code runs somewhere else than in this process. Safe to share between threads.
class Elsewhere {
  public:
    virtual ~Elsewhere() = default;
    // What it declares, in memory of the host. As long as this.
    virtual const caseaudit_plugin& table() const = 0;
    // As CompiledCheck::create, of a check of table(). The result refers to this.
    virtual Result<std::unique_ptr<CompiledCheck>> create(const caseaudit_check& check,
                                                          const calendar::WorkingDays& working_days,
                                                          const caseaudit_configuration& configuration,
                                                          CompiledCheck::Refusal& refusal) = 0;
};

struct Plugin {
    std::string name, version, description, file,
        sha256;  // file and sha256 empty when the table was linked in
    const caseaudit_plugin* table = nullptr;
    std::string origin;                    // the file, or what add() was told: for messages
    std::shared_ptr<Elsewhere> elsewhere;  // null: it runs in this process
    // Of a plugin that runs in this process; one that runs elsewhere has its own.
    std::shared_ptr<Quarantine> quarantine = std::make_shared<Quarantine>();
};

// Not shared between threads while plugins are added; afterwards any thread may read it. Plugins stay loaded
// when it is destroyed. Nothing of a plugin that is refused is registered.
class Registry {
  public:
    // Opens a shared library: absolute path, rtld_now, rtld_local. Refuses, with text that says what to
    // do: not a library, missing symbol, undefined symbol, wrong major, newer minor, malformed table,
    // the same plugin twice, another plugin or check of the same name (naming both files).
    Diagnostics load(const std::string& path);
    // Loads what the file held when it was opened, by its descriptor, whatever lies at its path now. The same
    // refusals.
    Diagnostics load(const PluginFile& file);
    // Every *.so of a folder, by name; errors of all of them. No folder, or none in it: no error.
    Diagnostics load_folder(const std::string& folder);
    // A table that is linked in (unit tests need no shared library).
    Diagnostics add(const caseaudit_plugin* table, const std::string& origin);
    // A plugin that runs elsewhere, and the file that it is in.
    Diagnostics add(std::shared_ptr<Elsewhere> elsewhere, const std::string& file, const std::string& sha256);

    // Makes a check that find() knows, wherever its plugin runs: see CompiledCheck::create and
    // CheckInProcess. The registry must outlive the result.
    Result<std::unique_ptr<CompiledCheck>> create(const caseaudit_check& check,
                                                  const calendar::WorkingDays& working_days,
                                                  const caseaudit_configuration& configuration,
                                                  CompiledCheck::Refusal& refusal) const;

    const caseaudit_check* find(const std::string& qualified_name) const;  // "timeliness.deadline"; null
    const Plugin* plugin_of(const std::string& qualified_name) const;      // null
    std::vector<std::string> check_names() const;                          // qualified, in order
    // A plugin that was looked for in vain, which has been told: that its checks are not there is no news.
    void note_absent(const std::string& plugin_name) { absent_.insert(plugin_name); }
    bool absent(const std::string& qualified_name) const {
        return absent_.contains(qualified_name.substr(0, qualified_name.find('.')));
    }
    // One sentence and a hint ("did you mean …?") for a check that find() does not know.
    Diagnostic unknown_check(const std::string& qualified_name) const;
    const std::vector<Plugin>& plugins() const { return plugins_; }  // in the order they were added

  private:
    Diagnostics add(Plugin plugin);
    struct Entry {
        std::size_t plugin = 0;
        const caseaudit_check* check = nullptr;
    };
    std::vector<Plugin> plugins_;
    std::set<std::string> absent_;
    std::map<std::string, Entry, std::less<>> checks_;
};

}  // namespace caseaudit::plugin
