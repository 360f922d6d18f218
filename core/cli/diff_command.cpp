#include <cstdio>
#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "cli/surroundings.h"
#include "findings/compare.h"
#include "platform/files.h"
#include "reports/text.h"

namespace caseaudit::cli {
namespace {

using findings::Comparison;
using nlohmann::ordered_json;
using Table = std::map<std::string, Comparison::Counts>;

constexpr std::array<std::string_view, 4> names = {"new", "persisting", "resolved", "not_judged"};

struct Options {
    std::string old_file, new_file, format = "text";
};

ordered_json counts_of(const Comparison::Counts& counts) {
    ordered_json json;
    for (std::size_t i = 0; i < names.size(); ++i) json[names[i]] = counts[i];
    return json;
}

ordered_json table_of(const Table& table, std::string_view key) {
    ordered_json rows = ordered_json::array();
    for (const auto& [name, counts] : table) {
        ordered_json row = {{key, name}};
        row.update(counts_of(counts));
        rows.push_back(std::move(row));
    }
    return rows;
}

void print_json(const findings::Document& old, const findings::Document& current,
                const Comparison& comparison) {
    ordered_json json = {{"format", "caseaudit.diff/1"},
                         {"old", {{"as_at", old.run.as_at}}},
                         {"new", {{"as_at", current.run.as_at}}},
                         {"notes", comparison.notes},
                         {"counts", counts_of(comparison.all)},
                         {"by_rule", table_of(comparison.by_rule, "rule")},
                         {"by_responsible", table_of(comparison.by_responsible, "responsible")},
                         {"by_team", table_of(comparison.by_team, "team")},
                         {"by_worker", table_of(comparison.by_worker, "worker")},
                         {"by_age", table_of(comparison.by_age, "days")},
                         {"findings", ordered_json::array()}};
    for (const auto& changed : comparison.changes) {
        const auto& finding = *changed.finding;
        json["findings"].push_back({{"id", finding.id},
                                    {"change", names[static_cast<std::size_t>(changed.change)]},
                                    {"pack", finding.pack},
                                    {"rule", finding.rule},
                                    {"severity", finding.severity},
                                    {"case", finding.case_key},
                                    {"responsible", finding.responsible},
                                    {"team", finding.team},
                                    {"worker", finding.worker},
                                    {"age_days", changed.age_days}});
    }
    std::printf("%s\n", json.dump(1).c_str());
}

bool names_somebody(const Table& table) {
    return std::any_of(table.begin(), table.end(), [](const auto& row) { return !row.first.empty(); });
}

void print_table(std::string_view title, const Table& table) {
    std::size_t width = title.size();
    for (const auto& [name, counts] : table) width = std::max(width, reports::visible(name).size());
    std::string out = fmt::format("\n{:<{}}  {:>9}  {:>10}  {:>9}  {:>10}\n", title, width, "New",
                                  "Persisting", "Resolved", "Not judged");
    for (const auto& [name, counts] : table)
        out +=
            fmt::format("{:<{}}  {:>9}  {:>10}  {:>9}  {:>10}\n", name.empty() ? "-" : reports::visible(name),
                        width, counts[0], counts[1], counts[2], counts[3]);
    std::fputs(out.c_str(), stdout);
}

void print_text(const findings::Document& old, const findings::Document& current,
                const Comparison& comparison) {
    std::printf("%s\n", fmt::format("As at {} against {}: {} new, {} persisting, {} resolved, {} not judged",
                                    current.run.as_at, old.run.as_at, comparison.all[0], comparison.all[1],
                                    comparison.all[2], comparison.all[3])
                            .c_str());
    for (const auto& note : comparison.notes) std::printf("Note: %s\n", reports::visible(note).c_str());
    print_table("Rule", comparison.by_rule);
    print_table("Who is to act", comparison.by_responsible);
    if (names_somebody(comparison.by_team)) print_table("Team", comparison.by_team);
    if (names_somebody(comparison.by_worker)) print_table("Worker", comparison.by_worker);
    print_table("Open for, days", comparison.by_age);
}

Result<findings::Document> read(const std::string& path) {
    auto text = platform::read_whole(platform::system_files(), path, std::uint64_t{4} << 30);
    if (!text) return text.errors();
    return findings::read_document(*text, path);
}

int diff(const Options& options) {
    const auto old = read(options.old_file), current = read(options.new_file);
    Diagnostics errors;
    for (const auto* one : {&old, &current})
        if (!*one) errors.insert(errors.end(), one->errors().begin(), one->errors().end());
    if (errors.empty()) {
        errors = findings::comparable(*old, options.old_file, current->run);
        const auto others = findings::comparable(*current, options.new_file, current->run);
        errors.insert(errors.end(), others.begin(), others.end());
    }
    if (!errors.empty()) {
        print(errors);
        return Exit::wrong;
    }
    const auto comparison = findings::compare(*old, *current);
    options.format == "json" ? print_json(*old, *current, comparison)
                             : print_text(*old, *current, comparison);
    return Exit::clean;
}

}  // namespace

Action add_diff(CLI::App& app) {
    auto options = std::make_shared<Options>();
    auto* command = app.add_subcommand("diff", "Compare two findings documents: new, persisting, resolved");
    command->add_option("old", options->old_file, "The older document, JSON or NDJSON")->required();
    command->add_option("new", options->new_file, "The newer document")->required();
    command->add_option("--format", options->format, "text or json")
        ->check(CLI::IsMember({"text", "json"}))
        ->capture_default_str();
    return [options]() -> int { return diff(*options); };
}

}  // namespace caseaudit::cli
