#include "cli/surroundings.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "platform/process.h"

namespace caseaudit::cli {

namespace fs = std::filesystem;

namespace {

fs::path installation() {
    return fs::path(platform::executable_path()).parent_path().parent_path();
}

}  // namespace

rulepack::SearchPath search_path() {
    rulepack::SearchPath path;
    if (const char* given = std::getenv("CASEAUDIT_RULES"); given != nullptr) {
        std::string_view rest = given;
        while (!rest.empty()) {
            const auto colon = std::min(rest.find(':'), rest.size());
            if (colon > 0) path.folders.emplace_back(rest.substr(0, colon));
            rest.remove_prefix(std::min(colon + 1, rest.size()));
        }
    }
    path.folders.emplace_back("rules");
    path.folders.push_back((installation() / "share/caseaudit/rules").string());
    return path;
}

Diagnostics load_bundled_plugins(plugin::Registry& registry) {
    for (const char* library : {"lib", CASEAUDIT_LIBRARY_FOLDER}) {
        const auto folder = installation() / library / "caseaudit/plugins";
        if (fs::is_directory(folder)) return registry.load_folder(folder.string());
    }
    return {};
}

std::string worker_program() {
    return (installation() / "libexec/caseaudit/caseaudit-worker").string();
}

std::string configuration_folder() {
    // As the XDG Base Directory Specification says: what is no absolute path is passed over.
    const char* given = std::getenv("XDG_CONFIG_HOME");
    if (given != nullptr && *given == '/') return (fs::path(given) / "caseaudit").string();
    const char* home = std::getenv("HOME");
    return home != nullptr && *home == '/' ? (fs::path(home) / ".config/caseaudit").string() : std::string();
}

std::string template_folder(const std::string& kind) {
    return (installation() / "share/caseaudit/templates" / kind).string();
}

Result<std::map<std::string, std::string>> read_pairs(const std::vector<std::string>& pairs,
                                                      const std::string& option) {
    std::map<std::string, std::string> read;
    Diagnostics errors;
    for (const auto& pair : pairs) {
        const auto equals = pair.find('=');
        if (equals == 0 || equals == pair.npos) {
            errors.push_back({"command.pair",
                              fmt::format("{} takes NAME=VALUE", option),
                              {},
                              pair,
                              fmt::format("for example {} {}", option,
                                          option == "--reference" ? "postcodes=postcodes.csv"
                                                                  : "collection_start=2025-04-01"),
                              {}});
            continue;
        }
        if (!read.emplace(pair.substr(0, equals), pair.substr(equals + 1)).second)
            errors.push_back({"command.pair",
                              fmt::format("{} gives '{}' twice", option, pair.substr(0, equals)),
                              {},
                              pair,
                              "keep one of them",
                              {}});
    }
    if (!errors.empty()) return errors;
    return read;
}

void print(const Diagnostics& diagnostics) {
    for (const auto& diagnostic : diagnostics) std::fprintf(stderr, "%s\n", render(diagnostic).c_str());
    if (diagnostics.size() > 1) std::fprintf(stderr, "%zu errors\n", diagnostics.size());
}

reports::Style style(bool error) {
    reports::Style style;
    const int descriptor = error ? STDERR_FILENO : STDOUT_FILENO;
    if (isatty(descriptor) != 1) return style;
    winsize size{};
    if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col != 0) style.width = size.ws_col;
    const char *refused = std::getenv("NO_COLOR"), *terminal = std::getenv("TERM");
    style.colour = (refused == nullptr || *refused == '\0') && terminal != nullptr &&
                   std::string_view(terminal) != "dumb";
    return style;
}

}  // namespace caseaudit::cli
