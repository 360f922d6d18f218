#include <cstdio>

#include "cli/command.h"
#include "dataset/dataset.h"
#include "findings/document.h"
#include "rulepack/pack.h"

namespace caseaudit::cli {

Action add_schema(CLI::App& app) {
    auto what = std::make_shared<std::string>();
    auto* command = app.add_subcommand("schema",
                                       "Print a JSON Schema: of rule packs, datasets, findings (as a "
                                       "document, or a line of NDJSON) or waivers");
    command->add_option("what", *what, "rulepack, dataset, findings, findings-line or waivers")
        ->required()
        ->check(CLI::IsMember({"rulepack", "dataset", "findings", "findings-line", "waivers"}));
    return [what]() -> int {
        const std::string schema = *what == "rulepack"        ? rulepack::json_schema()
                                   : *what == "dataset"       ? dataset::json_schema()
                                   : *what == "waivers"       ? findings::waivers_schema()
                                   : *what == "findings-line" ? findings::line_schema()
                                                              : findings::json_schema();
        std::fputs(schema.c_str(), stdout);
        return Exit::clean;
    };
}

}  // namespace caseaudit::cli
