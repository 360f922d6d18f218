// A plugin's table as bytes, and a table of the host's own made from such bytes: what a plugin declares is
// then known without any of its code, or of its memory, being in the host.
#pragma once
#include <deque>
#include <memory>
#include <string>
#include <string_view>

#include "caseaudit/plugin.h"
#include "sandbox/protocol.h"

namespace caseaudit::sandbox {

// The table must have been verified.
std::string encode_plugin(const caseaudit_plugin& plugin);

// Owns all that its table points to. The functions of its checks are there, as the contract wants them, and
// refuse: such a check is made and run elsewhere. Immutable.
class PluginTable {
  public:
    // Null when the bytes are no description. The table is still to be verified.
    static std::unique_ptr<PluginTable> decode(std::string_view bytes);
    PluginTable(const PluginTable&) = delete;
    PluginTable& operator=(const PluginTable&) = delete;
    const caseaudit_plugin& table() const { return plugin_; }

  private:
    PluginTable() = default;
    const char* keep(std::string_view text);
    caseaudit_value decode_value(Decoder& in);
    caseaudit_plugin plugin_{};
    std::deque<std::string> texts_;
    std::deque<caseaudit_check> checks_;
    std::deque<caseaudit_parameter> parameters_;
    std::deque<caseaudit_evidence_schema> evidence_;
    std::deque<std::vector<const caseaudit_parameter*>> parameter_lists_;
    std::deque<std::vector<const caseaudit_evidence_schema*>> evidence_lists_;
    std::vector<const caseaudit_check*> check_list_;
};

}  // namespace caseaudit::sandbox
