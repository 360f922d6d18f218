// A plugin's file, read once: what is hashed is what is loaded, whatever becomes of the file meanwhile.
#pragma once
#include <string>

#include "diagnostic/diagnostic.h"

namespace caseaudit::plugin {

// Movable owner of a sealed copy of the file in memory.
class PluginFile {
  public:
    // `path` must be absolute. Fails with "plugin.relative-path", "plugin.not-found", "plugin.unreadable".
    static Result<PluginFile> open(const std::string& path);
    PluginFile(PluginFile&& other) noexcept;
    PluginFile& operator=(PluginFile&& other) noexcept;
    ~PluginFile();

    const std::string& path() const { return path_; }
    const std::string& sha256() const { return sha256_; }  // lower case hexadecimal
    // Why it is not to run in this process, whoever vouches for it: somebody other than the user and root
    // could have written it ("plugin.unsafe", one for the file and one for its folder). Empty: nobody could.
    const Diagnostics& unsafe() const { return unsafe_; }
    // Of the copy, which nobody can change any more. Owned by this object.
    int descriptor() const { return descriptor_; }

  private:
    PluginFile() = default;
    std::string path_, sha256_;
    Diagnostics unsafe_;
    int descriptor_ = -1;
};

}  // namespace caseaudit::plugin
