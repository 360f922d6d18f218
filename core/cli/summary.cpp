#include "cli/summary.h"

#include <map>

namespace caseaudit::cli {
namespace {

constexpr std::size_t shown_rules = 15, shown_slow = 5, shown_skipped = 8, shown_rejected = 10;

// 1234567 as 1,234,567.
std::string grouped(std::uint64_t number) {
    std::string digits = std::to_string(number);
    for (int at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(static_cast<std::size_t>(at), ",");
    return digits;
}

std::string counted(std::uint64_t number, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", grouped(number), number == 1 ? one : many);
}

int rank(std::string_view severity) {
    constexpr std::array<std::string_view, 5> order = {"critical", "high", "medium", "low", "info"};
    return static_cast<int>(std::find(order.begin(), order.end(), severity) - order.begin());
}

// Shortens UTF-8 text to `width` characters.
std::string shortened(std::string_view text, std::size_t width) {
    std::size_t characters = 0, i = 0;
    for (; i < text.size() && characters < width; ++characters) do
            ++i;
        while (i < text.size() && (static_cast<unsigned char>(text[i]) & 0xC0) == 0x80);
    return i < text.size() ? std::string(text.substr(0, i)) + "…" : std::string(text);
}

void add_by_severity(std::string& out, const std::vector<RuleOutcome>& rules) {
    std::map<int, std::pair<std::string, std::uint64_t>> counts;
    for (const auto& rule : rules)
        if (rule.failed != 0) {
            auto& entry = counts[rank(rule.severity)];
            entry.first = rule.severity;
            entry.second += rule.failed;
        }
    std::vector<std::string> parts;
    for (const auto& [order, entry] : counts)
        parts.push_back(fmt::format("{} {}", grouped(entry.second), entry.first));
    if (!parts.empty()) out += fmt::format("           {}\n", fmt::join(parts, ", "));
}

void add_rules(std::string& out, const std::vector<RuleOutcome>& rules) {
    std::vector<const RuleOutcome*> found;
    for (const auto& rule : rules)
        if (rule.failed != 0) found.push_back(&rule);
    if (found.empty()) return;
    std::stable_sort(found.begin(), found.end(), [](const auto* a, const auto* b) {
        return rank(a->severity) != rank(b->severity) ? rank(a->severity) < rank(b->severity)
                                                      : a->failed > b->failed;
    });
    std::size_t width = 4;
    for (const auto* rule : found) width = std::max(width, rule->rule.size());
    out += fmt::format("\n{:<{}}  {:<8}  {:>9}  {:>10}  {:>9}  {}\n", "Rule", width, "Severity", "Findings",
                       "of", "Undecided", "Title");
    for (std::size_t i = 0; i < std::min(found.size(), shown_rules); ++i)
        out += fmt::format("{:<{}}  {:<8}  {:>9}  {:>10}  {:>9}  {}\n", found[i]->rule, width,
                           found[i]->severity, grouped(found[i]->failed), grouped(found[i]->population),
                           grouped(found[i]->undecided), shortened(found[i]->title, 70));
    if (found.size() > shown_rules)
        out += fmt::format("… and {} more with findings\n",
                           counted(found.size() - shown_rules, "rule", "rules"));
}

void add_not_run(std::string& out, const std::vector<RuleOutcome>& rules, Status status,
                 std::string_view heading) {
    std::map<std::string, std::vector<std::string>> by_reason;
    for (const auto& rule : rules)
        if (rule.status == status) by_reason[rule.reason].push_back(rule.rule);
    if (by_reason.empty()) return;
    out += fmt::format("\n{}\n", heading);
    std::size_t shown = 0;
    for (const auto& [reason, ids] : by_reason) {
        if (++shown > shown_skipped && status == Status::skipped) {
            out += fmt::format("  … and {} more reasons, listed in the findings\n",
                               by_reason.size() - shown_skipped);
            break;
        }
        const bool many = ids.size() > 6;
        out += fmt::format(
            "  {}: {}{}\n", reason,
            fmt::join(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(many ? 5 : ids.size()), ", "),
            many ? fmt::format(" and {} more", ids.size() - 5) : "");
    }
}

void add_rejected(std::string& out, const std::vector<findings::RejectedInfo>& rejected) {
    if (rejected.empty()) return;
    out += "\nNot read, and so not audited\n";
    for (std::size_t i = 0; i < std::min(rejected.size(), shown_rejected); ++i) {
        const auto& entry = rejected[i];
        out += fmt::format("  {}{}: {}\n", entry.file, entry.line != 0 ? fmt::format(":{}", entry.line) : "",
                           entry.reason);
    }
    if (rejected.size() > shown_rejected)
        out += fmt::format("  … and {} more, listed in the findings under \"rejected\"\n",
                           grouped(rejected.size() - shown_rejected));
}

void add_slowest(std::string& out, const std::vector<RuleOutcome>& rules) {
    std::vector<const RuleOutcome*> order;
    std::int64_t all = 0;
    for (const auto& rule : rules) {
        order.push_back(&rule);
        all += rule.nanoseconds;
    }
    if (all == 0) return;
    std::stable_sort(order.begin(), order.end(),
                     [](const auto* a, const auto* b) { return a->nanoseconds > b->nanoseconds; });
    out += "\nSlowest    ";
    for (std::size_t i = 0; i < std::min(order.size(), shown_slow); ++i)
        out += fmt::format("{}{} {:.1f} ms", i == 0 ? "" : ", ", order[i]->rule,
                           static_cast<double>(order[i]->nanoseconds) / 1e6);
    out += '\n';
}

}  // namespace

std::string summary(const findings::RunInfo& run, const std::vector<RuleOutcome>& rules,
                    const std::vector<findings::RejectedInfo>& rejected, const Totals& totals) {
    std::string out;
    std::vector<std::string> packs;
    for (const auto& pack : run.packs) packs.push_back(pack.id + " " + pack.version);
    out += fmt::format("Audited    {} as at {} ({})\n", fmt::join(packs, ", "), run.as_at, run.as_at_source);
    std::uint64_t ran = 0, skipped = 0, failed = 0;
    for (const auto& rule : rules)
        ++(rule.status == Status::ran ? ran : rule.status == Status::skipped ? skipped : failed);
    out += fmt::format("Extract    {}, {}, {} rejected\n", counted(totals.records, "record", "records"),
                       counted(totals.cases, "case", "cases"), grouped(totals.rejected));
    out += fmt::format("Rules      {} ran, {} skipped, {} failed\n", ran, skipped, failed);
    out += fmt::format("Findings   {} in {}\n", grouped(totals.findings),
                       counted(totals.cases_with, "case", "cases"));
    add_by_severity(out, rules);
    if (totals.measures != 0)
        out += fmt::format("Measures   {} counted, {} skipped\n", totals.measures - totals.measures_skipped,
                           totals.measures_skipped);
    add_rules(out, rules);
    add_not_run(out, rules, Status::failed, "Failed: these rules gave no reliable answer");
    add_not_run(out, rules, Status::skipped, "Skipped: these rules were not judged");
    add_rejected(out, rejected);
    if (!run.notes.empty()) {
        out += "\nNoted\n";
        for (const auto& note : run.notes) out += fmt::format("  {}\n", note);
    }
    add_slowest(out, rules);
    out += fmt::format("Took       {:.2f} s\n", totals.seconds);
    if (!totals.output.empty()) out += fmt::format("JSON       {}\n", totals.output);
    return out;
}

}  // namespace caseaudit::cli
