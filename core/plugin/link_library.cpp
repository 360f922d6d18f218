#include "plugin/link_library.h"

#include <dlfcn.h>
#include <fmt/format.h>

#define BOOST_DLL_USE_STD_FS  // not one more library for what has to start quickly
#include <boost/dll/shared_library.hpp>
#include <new>

#include "diagnostic/file_error.h"
#include "platform/room_to_load.h"
#include "plugin/verify.h"

namespace caseaudit::plugin {
namespace {

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
        return file_error(
            "plugin.undefined-symbol",
            fmt::format("the plugin needs '{}', which nothing provides", words.substr(at + undefined.size())),
            path, "link the plugin with every library it uses (-Wl,-z,defs finds this when it is built)");
    if (words.find("cannot open shared object file") != std::string::npos &&
        words.find(path) == std::string::npos)
        return file_error("plugin.missing-library",
                          fmt::format("a library that the plugin needs is not there: {}", words), path,
                          "install it, or link it into the plugin");
    return file_error("plugin.not-a-library", fmt::format("cannot be opened as a shared library: {}", words),
                      path, "give the path of a plugin built as a shared library for this machine");
}

}  // namespace

Result<caseaudit_plugin_v1_function> link_library(const std::string& path) {
    namespace dll = boost::dll;
    try {
        const auto mode = dll::load_mode::rtld_now | dll::load_mode::rtld_local |
                          static_cast<dll::load_mode::type>(RTLD_NODELETE);
        const dll::shared_library library(path, mode);
        if (library.has(CASEAUDIT_PLUGIN_SYMBOL_NAME))
            return &library.get<const caseaudit_plugin*()>(CASEAUDIT_PLUGIN_SYMBOL_NAME);
        return file_error(
            "plugin.missing-symbol",
            "the library does not export caseaudit_plugin_v1, so it is not a plugin of caseaudit 1", path,
            "end the plugin's source with CASEAUDIT_PLUGIN(…), or build it for this version");
    } catch (const std::exception& failure) {
        if (platform::lacks_room_to_load(failure.what())) throw std::bad_alloc();
        return not_opened(path, failure.what());
    } catch (...) {
        return file_error("plugin.threw", "the library threw an exception while it was opened", path,
                          "nothing in a plugin may throw when it is loaded");
    }
}

Result<const caseaudit_plugin*> read_table(caseaudit_plugin_v1_function entry, const std::string& origin) {
    const caseaudit_plugin* table = nullptr;
    std::string thrown;
    try {
        table = entry();
    } catch (const std::exception& error) {
        thrown = fmt::format("caseaudit_plugin_v1 threw an exception: {}", error.what());
    } catch (...) {
        thrown = "caseaudit_plugin_v1 threw an exception of unknown type";
    }
    if (!thrown.empty())
        return file_error("plugin.threw", thrown, origin,
                          "caseaudit_plugin_v1 may only return the plugin's table");
    if (auto problems = verify(table, origin); !problems.empty()) return problems;
    return table;
}

}  // namespace caseaudit::plugin
