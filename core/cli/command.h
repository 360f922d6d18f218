// The commands of `caseaudit`: each adds its options to the parser and leaves what to do when it was chosen.
#pragma once
#include <CLI/CLI.hpp>
#include <functional>
#include <stdexcept>

namespace caseaudit::cli {

// Exit statuses that scripts rely on.
enum Exit : int { clean = 0, findings = 1, wrong = 2, incomplete = 3 };

using Action = std::function<int()>;

Action add_run(CLI::App& app);
Action add_lint(CLI::App& app);
Action add_test(CLI::App& app);
Action add_list(CLI::App& app);
Action add_explain(CLI::App& app);
Action add_schema(CLI::App& app);
Action add_docs(CLI::App& app);
Action add_generate(CLI::App& app);
Action add_report(CLI::App& app);
Action add_new(CLI::App& app);
Action add_plugin(CLI::App& app);
Action add_key(CLI::App& app);
Action add_diff(CLI::App& app);
Action add_history(CLI::App& app);

}  // namespace caseaudit::cli
