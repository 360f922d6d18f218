#include "generate/output_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <system_error>

namespace caseaudit::generate {

Diagnostic cannot_write(const std::string& path, const std::string& why) {
    return {"generate.cannot-write", fmt::format("cannot write {}: {}", path, why), {path, 0, 0}, {}, {}, {}};
}

Diagnostic cannot_write(const std::string& path) {
    return cannot_write(path, std::generic_category().message(errno));
}

bool OutputFile::open(const std::string& at) {
    path = at;
    file_.reset(std::fopen(path.c_str(), "wb"));
    return file_ != nullptr;
}

bool OutputFile::put(std::string_view text) {
    bytes += text.size();
    return std::fwrite(text.data(), 1, text.size(), file_.get()) == text.size();
}

bool OutputFile::close() {
    return std::fclose(file_.release()) == 0;
}

}  // namespace caseaudit::generate
