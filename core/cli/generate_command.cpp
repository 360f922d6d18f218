#include <cstdio>

#include "cli/command.h"
#include "cli/surroundings.h"
#include "diagnostic/printable.h"
#include "generate/iro.h"
#include "generate/ssda903.h"

namespace caseaudit::cli {
namespace {

struct GenerateOptions {
    std::string dataset, out;
    std::uint64_t children = 0;  // 0: as many as the dataset's sample has
    int year = 2025;
    std::uint64_t seed = 1;
    double error_rate = 0;
};

template <class Options>
Options filled(const GenerateOptions& given) {
    Options options;
    if (given.children) options.children = given.children;
    options.year = given.year;
    options.seed = given.seed;
    options.error_rate = given.error_rate;
    options.out = given.out;
    return options;
}

Result<generate::GenerateReport> generated(const GenerateOptions& options) {
    if (options.dataset == "iro") return generate::iro(filled<generate::IroOptions>(options));
    return generate::ssda903(filled<generate::Ssda903Options>(options));
}

}  // namespace

Action add_generate(CLI::App& app) {
    auto options = std::make_shared<GenerateOptions>();
    auto* command = app.add_subcommand(
        "generate", "Make a synthetic extract, with an answer key of the errors planted in it");
    command->add_option("--dataset", options->dataset, "Which dataset: ssda903 or iro")
        ->required()
        ->check(CLI::IsMember({"ssda903", "iro"}));
    command
        ->add_option("--children", options->children,
                     "Children in this year's return (1600 unless told), or of the year's service (1653)")
        ->check(CLI::Range(1, 100'000'000));
    command->add_option("--year", options->year, "The collection year begins on 1 April of this year")
        ->capture_default_str();
    command->add_option("--seed", options->seed, "The same seed makes the same bytes")->capture_default_str();
    command
        ->add_option("--error-rate", options->error_rate, "Probability, per child, that an error is planted")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    command
        ->add_option("--out", options->out,
                     "Folder for current/, answers.json, and for ssda903 prior/ and reference/")
        ->required();
    return [options]() -> int {
        const auto report = generated(*options);
        if (!report) {
            print(report.errors());
            return Exit::wrong;
        }
        std::printf("%s: %llu records (%.1f MB), %llu errors planted\n", printable(options->out).c_str(),
                    static_cast<unsigned long long>(report->rows), static_cast<double>(report->bytes) / 1e6,
                    static_cast<unsigned long long>(report->planted));
        return Exit::clean;
    };
}

}  // namespace caseaudit::cli
