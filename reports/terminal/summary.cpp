#include "reports/terminal/summary.h"

#include <algorithm>
#include <map>

#include "reports/renderer.h"
#include "reports/text.h"

namespace caseaudit::reports {
namespace {

constexpr std::size_t shown_rules = 15, shown_slow = 5, shown_reasons = 8, shown_rejected = 10;
constexpr std::size_t least_title = 24;  // narrower, and counts make room for the title

std::string counted(std::uint64_t number, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", grouped(number), number == 1 ? one : many);
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

// Shortens UTF-8 text to `width` characters, the last of them then an ellipsis.
std::string shortened(std::string_view text, std::size_t width) {
    if (characters(text) <= width) return std::string(text);
    std::size_t i = 0;
    for (std::size_t shown = 0; i < text.size() && shown + 1 < width; ++shown) do
            ++i;
        while (i < text.size() && (text[i] & 0xC0) == 0x80);
    return std::string(text.substr(0, i)) + "…";
}

class Summary {
  public:
    Summary(const findings::RunInfo& run, const std::vector<RuleOutcome>& rules, const Style& style)
        : run_(run), rules_(rules), style_(style) {}

    void head(const Totals& totals, const std::vector<MeasureOutcome>& measures, std::size_t rejected) {
        std::vector<std::string> packs;
        for (const auto& pack : run_.packs) packs.push_back(visible(pack.id + " " + pack.version));
        line("Audited",
             fmt::format("{} as at {} ({})", fmt::join(packs, ", "), run_.as_at, run_.as_at_source));
        line("Extract", fmt::format("{}{}, {} rejected", counted(totals.records, "record", "records"),
                                    ", " + counted(run_.cases, "case", "cases"), grouped(rejected)));
        line("Rules", fmt::format("{} ran, {} skipped, {} failed", count(Status::ran), count(Status::skipped),
                                  count(Status::failed)));
        const auto cases = counted(totals.cases_with, "case", "cases");
        const auto failed = sum(&RuleOutcome::failed), known = sum(&RuleOutcome::known);
        line("Findings", run_.baseline ? grouped(failed) : fmt::format("{} in {}", grouped(failed), cases));
        by_severity();
        if (run_.baseline)
            line("", fmt::format("{} known since {} and not listed; {} listed, in {}", grouped(known),
                                 run_.baseline->as_at, grouped(failed - known), cases));
        waivers(totals);
        const auto skipped = std::count_if(measures.begin(), measures.end(),
                                           [](const auto& measure) { return !measure.skipped.empty(); });
        if (!measures.empty())
            line("Measures", fmt::format("{} counted, {} skipped",
                                         measures.size() - static_cast<std::size_t>(skipped), skipped));
        if (!totals.verdict.empty()) line("Exit", totals.verdict);
    }

    void waivers(const Totals& totals) {
        if (totals.waivers.empty()) return;
        line("", fmt::format("{} waived", grouped(sum(&RuleOutcome::waived))));
        std::map<std::string, std::vector<std::uint64_t>> lines;
        for (const auto& waiver : totals.waivers) lines[waiver.status].push_back(waiver.line);
        std::vector<std::string> parts;
        for (const auto& [status, where] : lines)
            parts.push_back(status == "used"
                                ? fmt::format("{} used", where.size())
                                : fmt::format("{} {} ({} {})", where.size(), status,
                                              where.size() == 1 ? "line" : "lines", fmt::join(where, ", ")));
        line("Waivers", fmt::format("{}", fmt::join(parts, ", ")));
    }

    // The rules with findings, the gravest first, and last those of which none counts; all when verbose.
    void rules() {
        std::vector<const RuleOutcome*> shown;
        for (const auto& rule : rules_)
            if (rule.failed != 0 || (style_.verbose && rule.status == Status::ran)) shown.push_back(&rule);
        if (shown.empty()) return;
        std::stable_sort(shown.begin(), shown.end(), [](const auto* a, const auto* b) {
            const auto order = [](const RuleOutcome& rule) {
                const auto counting = findings::counting(rule);
                return std::tuple(rule.failed == 0, counting == 0, rank(rule.severity),
                                  -static_cast<std::int64_t>(counting != 0 ? counting : rule.failed));
            };
            return order(*a) < order(*b);
        });
        const std::size_t more =
            style_.verbose || shown.size() <= shown_rules ? 0 : shown.size() - shown_rules;
        shown.resize(shown.size() - more);
        table(shown);
        if (more != 0) out_ += fmt::format("… and {} more with findings\n", counted(more, "rule", "rules"));
    }

    void not_run(Status status, std::string_view heading) {
        std::map<std::string, std::vector<std::string>> by_reason;
        for (const auto& rule : rules_)
            if (rule.status == status) by_reason[visible(rule.reason)].push_back(visible(rule.rule));
        if (by_reason.empty()) return;
        title(heading);
        std::size_t shown = 0;
        for (const auto& [reason, ids] : by_reason) {
            if (!style_.verbose && status == Status::skipped && ++shown > shown_reasons) {
                out_ += fmt::format("  … and {}, listed in the findings and by --verbose\n",
                                    counted(by_reason.size() - shown_reasons, "more reason", "more reasons"));
                break;
            }
            const bool many = !style_.verbose && ids.size() > 6;
            const auto end = ids.begin() + static_cast<std::ptrdiff_t>(many ? 5 : ids.size());
            wrapped(fmt::format("{}: {}{}", reason, fmt::join(ids.begin(), end, ", "),
                                many ? fmt::format(" and {} more", ids.size() - 5) : ""));
        }
    }

    void thresholds(const std::vector<findings::ThresholdOutcome>& outcomes) {
        if (outcomes.empty()) return;
        title("Thresholds");
        for (const auto& outcome : outcomes) {
            const auto& of = !outcome.rule.empty()       ? outcome.rule
                             : !outcome.severity.empty() ? outcome.severity
                                                         : outcome.pack;
            if (!outcome.exceeded && outcome.judged != 0 && !style_.verbose &&
                outcomes.size() > shown_reasons)
                continue;
            if (outcome.judged == 0) {  // its rules were skipped, failed or left out, or there was no record
                wrapped(fmt::format("{}: nothing judged, fails if {}", visible(of),
                                    visible(outcome.fail_if.text)));
                continue;
            }
            const auto share = fmt::format("{:.1f} %", 100.0 * static_cast<double>(outcome.findings) /
                                                           static_cast<double>(outcome.judged));
            wrapped(fmt::format("{}: {}, fails if {}: {} of {} judged, {}", visible(of),
                                outcome.exceeded ? "exceeded" : "kept", visible(outcome.fail_if.text),
                                grouped(outcome.findings), grouped(outcome.judged), share));
        }
    }

    void rejected(const std::vector<findings::RejectedInfo>& rejected) {
        if (rejected.empty()) return;
        title("Not read, and so not audited");
        const std::size_t shown =
            style_.verbose ? rejected.size() : std::min(rejected.size(), shown_rejected);
        for (std::size_t i = 0; i < shown; ++i) {
            const auto& entry = rejected[i];
            wrapped(fmt::format("{}{}: {}", visible(entry.file),
                                entry.line != 0 ? fmt::format(":{}", entry.line) : "",
                                visible(entry.reason)));
        }
        if (shown < rejected.size())
            out_ += fmt::format("  … and {} more, listed in the findings under \"rejected\"\n",
                                grouped(rejected.size() - shown));
    }

    void notes() {
        if (run_.notes.empty()) return;
        title("Noted");
        for (const auto& note : run_.notes) wrapped(visible(note));
    }

    void tail(const Totals& totals) {
        slowest();
        if (totals.seconds > 0) line("Took", fmt::format("{:.2f} s", totals.seconds));
        if (!totals.output.empty()) line("JSON", visible(totals.output));
    }

    std::string text() && { return std::move(out_); }

  private:
    void line(std::string_view what, std::string_view text) {
        wrap(fmt::format("{:<11}", what), text, std::string(11, ' '));
    }
    void title(std::string_view heading) {
        out_ += '\n';
        out_ += coloured(std::string(heading), "1");
        out_ += '\n';
    }

    std::string coloured(std::string text, std::string_view code) const {
        return style_.colour && !code.empty() ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : text;
    }
    static std::string_view code_of(std::string_view severity) {
        const int order = rank(severity);
        return order <= 1 ? "1;31" : order == 2 ? "33" : "36";
    }

    std::uint64_t sum(std::uint64_t RuleOutcome::*count) const {
        std::uint64_t all = 0;
        for (const auto& rule : rules_) all += rule.*count;
        return all;
    }
    std::uint64_t count(Status status) const {
        return static_cast<std::uint64_t>(std::count_if(
            rules_.begin(), rules_.end(), [&](const auto& rule) { return rule.status == status; }));
    }

    void by_severity() {
        std::map<int, std::pair<std::string, std::uint64_t>> counts;
        for (const auto& rule : rules_)
            if (rule.failed != 0) {
                auto& entry = counts[rank(rule.severity)];
                entry.first = rule.severity;
                entry.second += rule.failed;
            }
        std::vector<std::string> parts;
        for (const auto& [order, entry] : counts)
            parts.push_back(coloured(fmt::format("{} {}", grouped(entry.second), visible(entry.first)),
                                     code_of(entry.first)));
        if (!parts.empty()) out_ += fmt::format("{:<11}{}\n", "", fmt::join(parts, ", "));
    }

    void table(const std::vector<const RuleOutcome*>& rules) {
        std::size_t id_width = 4;
        for (const auto* rule : rules) id_width = std::max(id_width, characters(visible(rule->rule)));
        // What of the findings does not count, where there is any.
        const bool with_known = sum(&RuleOutcome::known) != 0, with_waived = sum(&RuleOutcome::waived) != 0;
        const auto aside = [&](const std::string& known, const std::string& waived) {
            return (with_known ? fmt::format("{:>9}  ", known) : "") +
                   (with_waived ? fmt::format("{:>9}  ", waived) : "");
        };
        const std::size_t counts_width = 8 + 2 + 9 + 2 + aside("", "").size();
        constexpr std::size_t more_width = 10 + 2 + 9 + 2;
        id_width = std::min(id_width, std::max<std::size_t>(20, style_.width / 2));
        std::size_t title_width =
            std::max(style_.width, id_width + 2 + counts_width) - (id_width + 2 + counts_width);
        const bool all_counts = title_width >= more_width + least_title;
        if (all_counts) title_width -= more_width;
        title(fmt::format("{:<{}}  {:<8}  {:>9}  {}{}{}", "Rule", id_width, "Severity", "Findings",
                          aside("Known", "Waived"),
                          all_counts ? fmt::format("{:>10}  {:>9}  ", "of", "Undecided") : "",
                          title_width != 0 ? "Title" : ""));
        for (const auto* rule : rules) {
            const auto id = shortened(visible(rule->rule), id_width);
            out_ += id + std::string(id_width - characters(id) + 2, ' ');
            out_ += coloured(fmt::format("{:<8}", visible(rule->severity)), code_of(rule->severity));
            out_ += fmt::format("  {:>9}  {}", grouped(rule->failed),
                                aside(grouped(rule->known), grouped(rule->waived)));
            if (all_counts)
                out_ += fmt::format("{:>10}  {:>9}  ", grouped(rule->population), grouped(rule->undecided));
            out_ += shortened(visible(rule->title), title_width);
            while (out_.back() == ' ') out_.pop_back();
            out_ += '\n';
        }
    }

    void wrapped(std::string_view text) { wrap("  ", text, "    "); }

    // Words on lines of the terminal's width: what the first begins with, and all others.
    void wrap(std::string first, std::string_view text, const std::string& others) {
        std::string current = std::move(first);
        std::size_t begun = current.size();
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find(' ', at), text.size());
            const auto word = text.substr(at, end - at);
            if (current.size() > begun && characters(current) + 1 + characters(word) > style_.width) {
                out_ += current + '\n';
                current = others;
                begun = others.size();
            }
            if (current.size() > begun) current += ' ';
            current += word;
            at = end + 1;
        }
        out_ += current + '\n';
    }

    void slowest() {
        std::vector<const RuleOutcome*> order;
        std::int64_t all = 0;
        for (const auto& rule : rules_) {
            order.push_back(&rule);
            all += rule.nanoseconds;
        }
        out_ += '\n';
        if (all == 0) return;
        std::stable_sort(order.begin(), order.end(),
                         [](const auto* a, const auto* b) { return a->nanoseconds > b->nanoseconds; });
        std::vector<std::string> parts;
        for (std::size_t i = 0; i < std::min(order.size(), shown_slow); ++i)
            parts.push_back(fmt::format("{} {:.1f} ms", visible(order[i]->rule),
                                        static_cast<double>(order[i]->nanoseconds) / 1e6));
        line("Slowest", fmt::format("{}", fmt::join(parts, ", ")));
    }

    const findings::RunInfo& run_;
    const std::vector<RuleOutcome>& rules_;
    const Style& style_;
    std::string out_;
};

}  // namespace

std::string summary(const findings::RunInfo& run, const std::vector<RuleOutcome>& rules,
                    const std::vector<MeasureOutcome>& measures,
                    const std::vector<findings::ThresholdOutcome>& thresholds,
                    const std::vector<findings::RejectedInfo>& rejected, const Totals& totals,
                    const Style& style) {
    Summary summary(run, rules, style);
    summary.head(totals, measures, rejected.size());
    summary.rules();
    summary.thresholds(thresholds);
    summary.not_run(Status::failed, "Failed: these rules gave no reliable answer");
    summary.not_run(Status::skipped, "Skipped: these rules were not judged");
    summary.rejected(rejected);
    summary.notes();
    summary.tail(totals);
    return std::move(summary).text();
}

}  // namespace caseaudit::reports
