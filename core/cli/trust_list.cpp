#include "cli/trust_list.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <sstream>
#include <system_error>

#include "diagnostic/file_error.h"

namespace caseaudit::cli {
namespace fs = std::filesystem;
namespace {

constexpr const char* file_name = "trusted-plugins";

// Whether nobody but the user and root can have written it.
bool own(int descriptor) {
    struct stat state {};
    return ::fstat(descriptor, &state) == 0 && (state.st_uid == ::geteuid() || state.st_uid == 0) &&
           (state.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

bool is_hash(std::string_view text) {
    return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

std::string read_all(int descriptor) {
    std::string text;
    char buffer[4096];
    ssize_t size = 0;
    while ((size = ::read(descriptor, buffer, sizeof buffer)) > 0 || (size < 0 && errno == EINTR))
        if (size > 0) text.append(buffer, static_cast<std::size_t>(size));
    return text;
}

// A path as one line of the list.
std::string one_line(std::string path) {
    std::replace_if(
        path.begin(), path.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; }, '?');
    return path;
}

}  // namespace

std::string TrustList::path_in(const std::string& folder) {
    return folder.empty() ? std::string() : (fs::path(folder) / file_name).string();
}

Result<TrustList> TrustList::read(const std::string& folder) {
    TrustList list;
    list.folder_ = folder;
    if (folder.empty()) return list;
    const std::string path = path_in(folder);
    const int home = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (home < 0 && errno == ENOENT) return list;
    const int file =
        home < 0 ? -1 : ::openat(home, file_name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    const int error = errno;
    const bool safe = file >= 0 && own(home) && own(file);
    const std::string text = safe ? read_all(file) : std::string();
    if (file >= 0) ::close(file);
    if (home >= 0) ::close(home);
    if (file < 0 && error == ENOENT) return list;
    if (file < 0)
        return file_error(
            "trust.unreadable",
            "the list of trusted plugins cannot be read: " + std::generic_category().message(error), path,
            "it must be a file, and yours to read");
    if (!safe)
        return file_error(
            "trust.unsafe", "somebody else can write the list of trusted plugins, so it is not believed",
            path,
            fmt::format("see what is in it; then make it yours alone: chmod 700 '{}' && chmod 600 '{}'",
                        folder, path));
    std::istringstream lines(text);
    std::string line;
    for (std::uint32_t number = 1; std::getline(lines, line); ++number) {
        if (line.size() < 66 || !is_hash(std::string_view(line).substr(0, 64)) || line.substr(64, 2) != "  ")
            return Diagnostic{
                "trust.malformed",
                "the line is no trusted plugin",
                {path, number, 1},
                {},
                "a line is a SHA-256, two spaces and a path; delete it and trust the plugin again",
                {}};
        list.add({line.substr(0, 64), line.substr(66)});
    }
    return list;
}

Diagnostics TrustList::write() const {
    const std::string path = path_in(folder_), fresh = path + ".new";
    if (folder_.empty())
        return {file_error("trust.write", "there is no configuration folder to keep the list in", {},
                           "set HOME, or XDG_CONFIG_HOME to an absolute path")};
    const auto failed = [&](int error) {
        return Diagnostics{file_error(
            "trust.write",
            "the list of trusted plugins cannot be written: " + std::generic_category().message(error), path,
            "see that the folder is yours and that there is room")};
    };
    std::error_code error;
    fs::create_directories(fs::path(folder_).parent_path(), error);
    if (::mkdir(folder_.c_str(), 0700) != 0 && errno != EEXIST) return failed(errno);
    std::string text;
    for (const auto& plugin : plugins_) text += fmt::format("{}  {}\n", plugin.sha256, one_line(plugin.file));
    ::unlink(fresh.c_str());  // left by one that was interrupted
    const int file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file < 0) return failed(errno);
    const bool written = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                         ::fsync(file) == 0 && ::rename(fresh.c_str(), path.c_str()) == 0;
    const int why = errno;
    ::close(file);
    if (written) return {};
    ::unlink(fresh.c_str());
    return failed(why);
}

bool TrustList::holds(const std::string& sha256) const {
    return std::any_of(plugins_.begin(), plugins_.end(),
                       [&](const Trusted& one) { return one.sha256 == sha256; });
}

void TrustList::add(Trusted plugin) {
    remove(plugin.sha256);
    plugins_.push_back(std::move(plugin));
}

bool TrustList::remove(const std::string& sha256) {
    return std::erase_if(plugins_, [&](const Trusted& one) { return one.sha256 == sha256; }) > 0;
}

}  // namespace caseaudit::cli
