#include <cstdio>
#include <iostream>

#include "cli/command.h"
#include "cli/surroundings.h"
#include "diagnostic/printable.h"
#include "findings/fingerprint.h"
#include "findings/key_file.h"

namespace caseaudit::cli {
namespace {

int make(const std::string& path) {
    if (const auto errors = findings::make_key(path); !errors.empty()) {
        print(errors);
        return Exit::wrong;
    }
    std::printf(
        "%s holds a new key. Keep it as you keep the case records, and keep a copy: without it the\n"
        "findings of one run cannot be told from those of the next.\n",
        printable(path).c_str());
    return Exit::clean;
}

// Case numbers come from standard input: arguments can be seen by every user of the machine.
int pseudonyms(const std::string& path) {
    auto key = findings::read_key(path);
    if (!key) {
        print(key.errors());
        return Exit::wrong;
    }
    const findings::Fingerprint fingerprint(std::move(*key));
    for (std::string line; std::getline(std::cin, line);) {
        if (line.ends_with('\r')) line.pop_back();
        if (!line.empty()) std::printf("%s,%s\n", fingerprint.pseudonym(line).c_str(), line.c_str());
    }
    return Exit::clean;
}

}  // namespace

Action add_key(CLI::App& app) {
    auto path = std::make_shared<std::string>();
    auto* command = app.add_subcommand("key", "Make the key for pseudonyms, or look up who is who");
    command->require_subcommand(1);
    auto* fresh = command->add_subcommand("new", "Make a key of 256 bits in a file that only you may read");
    fresh->add_option("file", *path, "The file; one that is there is left alone")->required();
    auto* look = command->add_subcommand(
        "pseudonyms", "Read case numbers from standard input, a line each; print pseudonym,case number");
    look->add_option("file", *path, "The key's file")->required();
    return [path, fresh]() -> int { return fresh->parsed() ? make(*path) : pseudonyms(*path); };
}

}  // namespace caseaudit::cli
