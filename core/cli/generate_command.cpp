#include <cstdio>

#include "cli/command.h"
#include "cli/surroundings.h"
#include "generate/ssda903.h"

namespace caseaudit::cli {

Action add_generate(CLI::App& app) {
    struct Options {
        std::string dataset;
        generate::Ssda903Options ssda903;
    };
    auto options = std::make_shared<Options>();
    auto* command = app.add_subcommand(
        "generate", "Make a synthetic extract, with an answer key of the errors planted in it");
    command->add_option("--dataset", options->dataset, "Which dataset: ssda903")
        ->required()
        ->check(CLI::IsMember({"ssda903"}));
    command->add_option("--children", options->ssda903.children, "Children in this year's return")
        ->capture_default_str();
    command->add_option("--year", options->ssda903.year, "The collection year begins on 1 April of this year")
        ->capture_default_str();
    command->add_option("--seed", options->ssda903.seed, "The same seed makes the same bytes")
        ->capture_default_str();
    command
        ->add_option("--error-rate", options->ssda903.error_rate,
                     "Probability, per child, that an error is planted")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    command
        ->add_option("--out", options->ssda903.out,
                     "Folder for current/, prior/, reference/ and answers.json")
        ->required();
    return [options]() -> int {
        const auto report = generate::ssda903(options->ssda903);
        if (!report) {
            print(report.errors());
            return Exit::wrong;
        }
        std::printf("%s: %llu records (%.1f MB), %llu errors planted\n", options->ssda903.out.c_str(),
                    static_cast<unsigned long long>(report->rows), static_cast<double>(report->bytes) / 1e6,
                    static_cast<unsigned long long>(report->planted));
        return Exit::clean;
    };
}

}  // namespace caseaudit::cli
