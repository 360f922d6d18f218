#include "cli/output_target.h"

#include <cstdio>
#include <system_error>

#include "platform/standard_streams.h"

namespace caseaudit::cli {

Diagnostic output_lost(int error) {
    const std::string reason = error == 0 ? "" : ": " + std::generic_category().message(error);
    return {"output.write",
            "standard output could not be written" + reason,
            {},
            {},
            "see where it leads to, and that there is room",
            {}};
}

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
    if (file_) {
        trouble_ = file_->append(bytes);
    } else if (standard_output_ && std::fwrite(bytes.data(), 1, bytes.size(), stdout) != bytes.size()) {
        trouble_ = {output_lost(platform::flush_standard_output().value_or(0))};
    }
    return trouble_.empty();
}

Diagnostics OutputTarget::commit() {
    if (file_) return file_->commit();
    if (!standard_output_) return {};
    const auto error = platform::flush_standard_output();
    return error ? Diagnostics{output_lost(*error)} : Diagnostics{};
}

}  // namespace caseaudit::cli
