#ifdef CASEAUDIT_MIMALLOC
#include <mimalloc.h>
#endif

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <exception>
#include <sstream>

#include "cli/command.h"
#include "cli/output_target.h"
#include "cli/surroundings.h"
#include "diagnostic/printable.h"
#include "platform/core_dumps.h"
#include "platform/exhaustion.h"
#include "platform/files.h"
#include "platform/late_library.h"
#include "platform/standard_streams.h"

using namespace caseaudit::cli;
namespace platform = caseaudit::platform;

namespace {

// The help that was asked for, or what is wrong with the arguments, which may hold any bytes.
int tell(const CLI::App& app, const CLI::ParseError& error) {
    std::stringstream help, trouble;
    const int status = app.exit(error, help, trouble);
    std::fputs(help.str().c_str(), stdout);
    for (std::string line; std::getline(trouble, line);)
        std::fprintf(stderr, "%s\n", caseaudit::printable(line).c_str());
    return status == 0 ? Exit::clean : Exit::wrong;
}

// A thread's heap grows in address space that is ready for it: else it asks for more piece by piece, and each
// time all threads of the process may wait for each other in the kernel.
void set_up_heap() {
#ifdef CASEAUDIT_MIMALLOC
    mi_option_set(mi_option_eager_commit_delay, 0);
#endif
}

void set_up_exhaustion() {
    platform::end_when_exhausted(
        "caseaudit: out of memory: what was asked for is not complete; give it more memory (ulimit -v, a "
        "container's limit), let it have fewer --threads, or audit fewer records at a time\n",
        "caseaudit: internal error (uncaught); nothing was audited to the end\n", Exit::incomplete);
#ifdef CASEAUDIT_MIMALLOC
    // It never asks what std::set_new_handler() was told, and aborts.
    mi_register_error(
        [](int error, void*) {
            if (error == ENOMEM) platform::end_exhausted();
        },
        nullptr);
#endif
}

#ifdef CASEAUDIT_MIMALLOC
// Before libraries set themselves up, for which memory may be too little already.
[[gnu::section(".preinit_array"), gnu::used]] void (*const before_libraries)() = set_up_exhaustion;
#endif

void set_up_process() {
    set_up_exhaustion();
    set_up_heap();
    platform::forbid_core_dumps();
    platform::hold_standard_streams();
    platform::remove_temporaries_on_signal();
}

// `status`, unless what was printed did not all get to where it was to go.
int end(int status) {
    const auto error = platform::flush_standard_output();
    // Whoever closes a pipe has read enough.
    if (!error || *error == EPIPE) return status;
    print({output_lost(*error)});
    return std::max<int>(status, Exit::incomplete);
}

int run(int argc, char** argv) {
    try {
        CLI::App app{
            "Caseaudit audits the case records of children in care: rule packs over an extract, findings as "
            "JSON."};
        app.set_version_flag("--version", "caseaudit " CASEAUDIT_VERSION);
        app.require_subcommand(1);
        app.get_formatter()->column_width(34);
        std::vector<std::pair<CLI::App*, Action>> commands;
        for (const auto add :
             {add_run, add_lint, add_test, add_list, add_explain, add_schema, add_docs, add_generate,
              add_report, add_new, add_plugin, add_key, add_diff, add_history}) {
            Action action = add(app);
            commands.emplace_back(app.get_subcommands([](CLI::App*) { return true; }).back(),
                                  std::move(action));
        }
        try {
            app.parse(argc, argv);
        } catch (const CLI::ParseError& error) {
            return tell(app, error);
        }
        for (auto& [command, action] : commands)
            if (command->parsed()) return action();
        return Exit::wrong;
    } catch (const platform::MissingLibrary& missing) {
        print({missing.diagnostic()});
        return Exit::wrong;
    } catch (const std::exception& error) {
        if (platform::says_exhausted(error)) platform::end_exhausted();
        // A fault in the program itself. Its text could hold anything, so only its kind is told.
        std::fprintf(stderr, "caseaudit: internal error (%s); nothing was audited to the end\n",
                     typeid(error).name());
        return Exit::incomplete;
    }
}

}  // namespace

int main(int argc, char** argv) {
    set_up_process();
    return end(run(argc, argv));
}
