#include "plugin/library.h"

#include "plugin/link_library.h"
#include "plugin/plugin_file.h"

namespace caseaudit::plugin {

Result<OpenedLibrary> open_library(const std::string& path) {
    const auto file = PluginFile::open(path);
    if (!file) return file.errors();
    const auto entry = link_library(path);
    if (!entry) return entry.errors();
    return OpenedLibrary{*entry, file->sha256()};
}

}  // namespace caseaudit::plugin
