#include "plugin/library.h"

#include <dlfcn.h>
#include <openssl/evp.h>

#include <boost/dll/shared_library.hpp>
#include <filesystem>
#include <fstream>

namespace caseaudit::plugin {
namespace {

Diagnostic refusal(const char* code, std::string message, const std::string& path, std::string hint) {
    Diagnostic problem;
    problem.code = code;
    problem.message = std::move(message);
    problem.place.file = path;
    problem.hint = std::move(hint);
    return problem;
}

// Empty when the file cannot be read.
std::string sha256_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> digest(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    if (!file || !digest || EVP_DigestInit_ex(digest.get(), EVP_sha256(), nullptr) != 1) return "";
    std::vector<char> buffer(1 << 16);
    while (file.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || file.gcount() > 0)
        EVP_DigestUpdate(digest.get(), buffer.data(), static_cast<std::size_t>(file.gcount()));
    if (file.bad()) return "";
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes;
    unsigned size = 0;
    EVP_DigestFinal_ex(digest.get(), bytes.data(), &size);
    std::string text;
    for (unsigned i = 0; i < size; ++i) text += fmt::format("{:02x}", bytes[i]);
    return text;
}

// Boost.DLL puts the system's own words in brackets after its own: "… (dlerror system message: WORDS)".
std::string system_words(const std::string& text) {
    constexpr std::string_view before = "dlerror system message: ";
    const auto at = text.find(before);
    if (at == std::string::npos) return text;
    auto words = text.substr(at + before.size());
    if (const auto bracket = words.rfind(')'); bracket != std::string::npos) words.resize(bracket);
    return words;
}

Diagnostic not_opened(const std::string& path, const std::string& text) {
    const auto words = system_words(text);
    constexpr std::string_view undefined = "undefined symbol: ";
    if (const auto at = words.find(undefined); at != std::string::npos)
        return refusal(
            "plugin.undefined-symbol",
            fmt::format("the plugin needs '{}', which nothing provides", words.substr(at + undefined.size())),
            path, "link the plugin with every library it uses (-Wl,-z,defs finds this when it is built)");
    if (words.find("cannot open shared object file") != std::string::npos &&
        words.find(path) == std::string::npos)
        return refusal("plugin.missing-library",
                       fmt::format("a library that the plugin needs is not there: {}", words), path,
                       "install it, or link it into the plugin");
    return refusal("plugin.not-a-library", fmt::format("cannot be opened as a shared library: {}", words),
                   path, "give the path of a plugin built as a shared library for this machine");
}

}  // namespace

Result<OpenedLibrary> open_library(const std::string& path) {
    namespace dll = boost::dll;
    const std::filesystem::path file(path);
    if (!file.is_absolute())
        return refusal("plugin.relative-path", "a plugin is opened by its absolute path only", path,
                       "write the whole path, from /");
    std::error_code error;
    if (!std::filesystem::is_regular_file(file, error))
        return refusal(
            "plugin.not-found",
            std::filesystem::exists(file, error) ? "is not a file" : "there is no such plugin file", path,
            "check the path");
    OpenedLibrary opened;
    opened.sha256 = sha256_of(path);
    if (opened.sha256.empty())
        return refusal("plugin.unreadable", "the plugin file cannot be read", path, "check its permissions");
    try {
        const auto mode = dll::load_mode::rtld_now | dll::load_mode::rtld_local |
                          static_cast<dll::load_mode::type>(RTLD_NODELETE);
        const dll::shared_library library(path, mode);
        if (!library.has(CASEAUDIT_PLUGIN_SYMBOL_NAME))
            return refusal(
                "plugin.missing-symbol",
                "the library does not export caseaudit_plugin_v1, so it is not a plugin of caseaudit 1", path,
                "end the plugin's source with CASEAUDIT_PLUGIN(…), or build it for this version");
        opened.entry = &library.get<const caseaudit_plugin*()>(CASEAUDIT_PLUGIN_SYMBOL_NAME);
    } catch (const std::exception& failure) {
        return not_opened(path, failure.what());
    } catch (...) {
        return refusal("plugin.threw", "the library threw an exception while it was opened", path,
                       "nothing in a plugin may throw when it is loaded");
    }
    return opened;
}

}  // namespace caseaudit::plugin
