#include "cli/destinations.h"

#include <algorithm>
#include <filesystem>

#include "extract/reader.h"

namespace caseaudit::cli {
namespace {

namespace fs = std::filesystem;

bool belongs(const fs::path& destination, const fs::path& input) {
    std::error_code none;
    if (!fs::exists(destination, none)) return false;
    if (fs::equivalent(destination, input, none)) return true;
    const fs::path folder = destination.has_parent_path() ? destination.parent_path() : fs::path(".");
    return fs::is_directory(input, none) && fs::equivalent(folder, input, none) &&
           extract::format_of(destination.string()) != nullptr;
}

}  // namespace

Diagnostics refuse_inputs(const std::vector<std::string>& destinations,
                          const std::vector<std::string>& inputs) {
    Diagnostics errors;
    for (const std::string& destination : destinations) {
        if (destination.empty() || destination == "-") continue;
        const bool taken = std::ranges::any_of(
            inputs, [&](const std::string& input) { return !input.empty() && belongs(destination, input); });
        if (taken)
            errors.push_back({"command.overwrites-input",
                              "this file is part of the input, and would be written over",
                              {destination, 0, 0},
                              {},
                              "name another file, outside the extract's folder",
                              {}});
    }
    return errors;
}

}  // namespace caseaudit::cli
