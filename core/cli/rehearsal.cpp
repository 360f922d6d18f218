#include "cli/rehearsal.h"

#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <exception>
#include <span>

#include "platform/child.h"
#include "platform/process.h"
#include "plugin/link_library.h"
#include "plugin/printable.h"

namespace caseaudit::cli {
namespace {

constexpr int channel = 3, first_descriptor = 4;  // see platform::Child

// The one message on the channel.
struct Told {
    enum class Outcome : std::uint32_t { survived = 1, threw } outcome = Outcome::survived;
    std::uint32_t size = 0;
    char words[504] = {};  // of the exception
};

void tell(Told::Outcome outcome, std::string_view words) {
    Told told;
    told.outcome = outcome;
    told.size = static_cast<std::uint32_t>(words.copy(told.words, sizeof told.words));
    if (::write(channel, &told, sizeof told) != sizeof told) ::_exit(2);
}

[[noreturn]] void tell_exception() {
    try {
        if (const auto thrown = std::current_exception()) std::rethrow_exception(thrown);
    } catch (const std::exception& error) {
        tell(Told::Outcome::threw, error.what());
    } catch (...) {
        tell(Told::Outcome::threw, "of unknown type");
    }
    ::_exit(1);
}

std::string how_it_ended(platform::Child& process) {
    const auto end = process.ended(1000);
    if (!end) return "it cut itself off from the process that loaded it";
    if (end->signal != 0) return fmt::format("signal {} ({})", end->signal, ::strsignal(end->signal));
    return fmt::format("it ended the process, with status {}", end->status);
}

}  // namespace

Diagnostics rehearse_loading(const plugin::PluginFile& file, bool by_path) {
    const int descriptors[] = {file.descriptor()};
    auto process = platform::Child::start(
        platform::executable_path(),
        {"plugin", "rehearse", by_path ? file.path() : fmt::format("/proc/self/fd/{}", first_descriptor)},
        descriptors, platform::Child::Environment::of_this_process);
    if (!process) return process.errors();
    Told told;
    auto received = platform::Child::Received::nothing;
    while (received == platform::Child::Received::nothing)
        received = process->receive(std::as_writable_bytes(std::span(&told, 1)), 1000);
    const bool heard = received == platform::Child::Received::message;
    if (heard && told.outcome == Told::Outcome::survived) return {};
    const auto cause =
        heard ? "it threw an exception: " +
                    plugin::printable({told.words, std::min<std::size_t>(told.size, sizeof told.words)})
              : how_it_ended(*process);
    return {{"plugin.broke",
             "the plugin could not be loaded: " + cause,
             {file.path(), 0, 0},
             {},
             "nothing that a plugin does when it is loaded may throw, crash or end the process",
             {}}};
}

void serve_rehearsal(const std::string& path) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // nobody is left to hear how it went
    std::set_terminate(tell_exception);
    if (const auto entry = plugin::link_library(path)) static_cast<void>(plugin::read_table(*entry, path));
    tell(Told::Outcome::survived, {});
    ::_exit(0);
}

}  // namespace caseaudit::cli
