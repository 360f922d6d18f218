#include "cli/output_target.h"

#include <cstdio>

namespace caseaudit::cli {

Diagnostics OutputTarget::open(const std::string& path, bool keep) {
    keep_ = keep;
    standard_output_ = path == "-";
    if (path.empty() || standard_output_) return {};
    auto created = platform::NewFile::create(path);
    if (!created) return created.errors();
    file_.emplace(std::move(*created));
    return {};
}

bool OutputTarget::write(std::string_view bytes) {
    if (keep_) kept_ += bytes;
    if (file_) return file_->append(bytes).empty();
    return !standard_output_ || std::fwrite(bytes.data(), 1, bytes.size(), stdout) == bytes.size();
}

Diagnostics OutputTarget::commit() {
    if (file_) return file_->commit();
    if (!standard_output_ || std::fflush(stdout) == 0) return {};
    return {{"output.write", "standard output could not be written", {}, {}, "see where it leads to", {}}};
}

}  // namespace caseaudit::cli
