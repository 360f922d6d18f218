#include <charconv>
#include <cstdio>
#include <limits>

#include "cli/command.h"
#include "cli/surroundings.h"
#include "diagnostic/printable.h"
#include "generate/iro.h"
#include "generate/ssda903.h"

namespace caseaudit::cli {
namespace {

// Numbers as they were given: a reader of the command line takes -1 for a very large one.
struct GenerateOptions {
    std::string dataset, out;
    std::string children;  // empty: as many as the dataset's sample has
    std::string year = "2025", seed = "1", error_rate = "0";
};

// Reads all of `text` as a number from `least` to `most`.
template <class Number>
void read_number(const char* option, const std::string& text, Number least, Number most, Number& number,
                 Diagnostics& wrong) {
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec == std::errc() && read.ptr == text.data() + text.size() && number >= least && number <= most)
        return;
    wrong.push_back({"command.number",
                     fmt::format("{} takes a {} from {} to {}, and not '{}'", option,
                                 std::is_integral_v<Number> ? "whole number" : "number", least, most, text),
                     {},
                     text,
                     {},
                     {}});
}

template <class Options>
Result<Options> read(const GenerateOptions& given) {
    Options options;
    Diagnostics wrong;
    if (!given.children.empty())
        read_number<std::uint64_t>("--children", given.children, 1, generate::most_children, options.children,
                                   wrong);
    std::uint64_t year = 0;
    read_number("--year", given.year, generate::earliest_year, generate::latest_year, year, wrong);
    read_number<std::uint64_t>("--seed", given.seed, 0, std::numeric_limits<std::uint64_t>::max(),
                               options.seed, wrong);
    read_number("--error-rate", given.error_rate, 0.0, 1.0, options.error_rate, wrong);
    if (!wrong.empty()) return wrong;
    options.year = static_cast<int>(year);
    options.out = given.out;
    return options;
}

template <class Options, class Generate>
Result<generate::GenerateReport> generated(const GenerateOptions& given, Generate generate) {
    const auto options = read<Options>(given);
    if (!options) return options.errors();
    return generate(*options);
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
        ->type_name("NUMBER");
    command->add_option("--year", options->year, "The collection year begins on 1 April of this year")
        ->type_name("NUMBER")
        ->capture_default_str();
    command->add_option("--seed", options->seed, "The same seed makes the same bytes")
        ->type_name("NUMBER")
        ->capture_default_str();
    command
        ->add_option("--error-rate", options->error_rate, "Probability, per child, that an error is planted")
        ->type_name("NUMBER")
        ->capture_default_str();
    command
        ->add_option("--out", options->out,
                     "Folder for current/, answers.json, and for ssda903 prior/ and reference/")
        ->required();
    return [options]() -> int {
        const auto report = options->dataset == "iro"
                                ? generated<generate::IroOptions>(*options, generate::iro)
                                : generated<generate::Ssda903Options>(*options, generate::ssda903);
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
