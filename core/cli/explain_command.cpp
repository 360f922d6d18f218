#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "cli/surroundings.h"

namespace caseaudit::cli {
namespace {

using nlohmann::json;

struct Options {
    std::string file, id;
    bool show_values = false;
};

int refuse(std::string message, std::string fragment, std::string hint) {
    print({Diagnostic{"explain", std::move(message), {}, std::move(fragment), std::move(hint), {}}});
    return Exit::wrong;
}

// A findings document, or the lines of an NDJSON one put together as the same.
json read(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    json document = json::parse(text, nullptr, false);
    if (!document.is_discarded() && document.is_object() && document.contains("findings")) return document;
    json whole = {{"findings", json::array()}, {"rules", json::array()}};
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        const json line = json::parse(text.begin() + static_cast<std::ptrdiff_t>(at),
                                      text.begin() + static_cast<std::ptrdiff_t>(end), nullptr, false);
        at = end + 1;
        if (line.is_discarded() || !line.is_object()) return {};
        const auto type = line.value("type", "");
        if (type == "run") whole["format"] = line.value("format", "");
        if (type == "finding") whole["findings"].push_back(line);
        if (type == "rule") whole["rules"].push_back(line);
    }
    return whole;
}

void print_records(const json& finding, bool show_values) {
    for (const auto& record : finding["records"]) {
        std::printf("  %-8s %s%s, %s line %llu (row %llu)\n", record["role"].get<std::string>().c_str(),
                    record["extract"] == "prior" ? "last extract's " : "",
                    record["table"].get<std::string>().c_str(), record["file"].get<std::string>().c_str(),
                    record["line"].get<unsigned long long>(), record["row"].get<unsigned long long>());
        std::vector<std::string> fields;
        for (const auto& [name, value] : record["fields"].items())
            fields.push_back(show_values ? fmt::format("{}={}", name, value.get<std::string>()) : name);
        if (!fields.empty())
            std::printf("           %s\n", fmt::format("{}", fmt::join(fields, ", ")).c_str());
    }
}

void print_finding(const json& document, const json& finding, bool show_values) {
    const auto id = finding["rule"].get<std::string>();
    std::printf("Finding    %s\nRule       %s (pack %s), severity %s\n",
                finding["id"].get<std::string>().c_str(), id.c_str(),
                finding["pack"].get<std::string>().c_str(), finding["severity"].get<std::string>().c_str());
    for (const auto& rule : document["rules"]) {
        if (rule["rule"] != id || rule["pack"] != finding["pack"]) continue;
        std::printf("           %s\n", rule["title"].get<std::string>().c_str());
        std::printf("Dimension  %s\n", rule["dimension"].get<std::string>().c_str());
        if (rule.contains("source"))
            std::printf("Source     %s\n", rule["source"].get<std::string>().c_str());
        if (rule.contains("remedy"))
            std::printf("To do      %s\n", rule["remedy"].get<std::string>().c_str());
        std::printf("Judged     %llu records: %llu passed, %llu failed, %llu undecided\n",
                    rule["population"].get<unsigned long long>(), rule["passed"].get<unsigned long long>(),
                    rule["failed"].get<unsigned long long>(), rule["undecided"].get<unsigned long long>());
    }
    if (finding.contains("first_seen"))
        std::printf("First seen %s, open since %s\n", finding["first_seen"].get<std::string>().c_str(),
                    finding["open_since"].get<std::string>().c_str());
    if (finding.contains("waiver"))
        std::printf("Waived     until %s by %s\n", finding["waiver"]["expires"].get<std::string>().c_str(),
                    finding["waiver"]["owner"].get<std::string>().c_str());
    if (show_values) {
        std::printf("Case       %s\nMessage    %s\n", finding["case"].get<std::string>().c_str(),
                    finding["message"].get<std::string>().c_str());
        if (finding.contains("responsible"))
            std::printf("Who        %s\n", finding["responsible"].get<std::string>().c_str());
    }
    std::printf("Records\n");
    print_records(finding, show_values);
    if (!show_values) std::printf("Values of the child's record are not shown; --show-values shows them.\n");
}

int explain(const Options& options) {
    const json document = read(options.file);
    if (!document.is_object() || document.value("format", "") != "caseaudit.findings/1")
        return refuse("this is no findings document of caseaudit", options.file,
                      "give the file that 'caseaudit run --output' wrote");
    std::vector<const json*> matches;
    for (const auto& finding : document["findings"])
        if (finding["id"].get<std::string>().starts_with(options.id)) matches.push_back(&finding);
    if (matches.empty())
        return refuse("no finding has this id", options.id, "ids stand under findings[].id in the document");
    if (matches.size() > 1)
        return refuse(fmt::format("{} findings have an id that begins so", matches.size()), options.id,
                      "give more of the id");
    print_finding(document, *matches.front(), options.show_values);
    return Exit::clean;
}

}  // namespace

Action add_explain(CLI::App& app) {
    auto options = std::make_shared<Options>();
    auto* command = app.add_subcommand(
        "explain", "Say what a finding is about, which records it rests on and what to do");
    command->add_option("findings", options->file, "A findings document, JSON or NDJSON")
        ->required()
        ->check(CLI::ExistingFile);
    command->add_option("id", options->id, "The finding's id, or enough of its beginning")->required();
    command->add_flag("--show-values", options->show_values,
                      "Also print the case, the message and the records' values");
    return [options]() -> int { return explain(*options); };
}

}  // namespace caseaudit::cli
