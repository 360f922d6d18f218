#include "engine/audit.h"

#include <tbb/task_arena.h>
#include <unistd.h>

#include <atomic>
#include <sstream>

#include "calendar/civil.h"

namespace fs = std::filesystem;
using namespace caseaudit;

namespace {

std::string rendered(const Diagnostics& errors) {
    std::string text;
    for (const auto& error : errors) text += render(error) + "\n";
    return text;
}

std::vector<std::string> split(const std::string& text, char separator) {
    std::vector<std::string> parts(1);
    for (const char c : text)
        if (c == separator)
            parts.emplace_back();
        else
            parts.back() += c;
    return parts;
}

rulepack::LoadedPack loaded(const fs::path& folder, const std::string& file, const std::string& pack) {
    const fs::path dataset = fs::path(CASEAUDIT_SOURCE_DIR) / "tests/engine/care.yaml";
    fs::create_directories(folder / "datasets");
    fs::create_directories(folder / "care-rules");
    fs::copy_file(dataset, folder / "datasets/care.yaml");
    std::ofstream(folder / "care-rules/pack.yaml")
        << "id: care-rules\nversion: 1.0.0\ntitle: Rules of a test\ndataset: care\n" + pack;
    std::ofstream(folder / "care-rules/rules.yaml") << file;
    auto result = rulepack::load((folder / "care-rules").string(), {{folder.string()}}, {true, {}});
    if (!result) FAIL(rendered(result.errors()));
    return *std::move(result);
}

fs::path new_folder() {
    static std::atomic<int> count = 0;
    return fs::temp_directory_path() / fmt::format("caseaudit-engine-{}-{}", ::getpid(), count++);
}

}  // namespace

std::string rule(const std::string& id, const std::string& body) {
    std::string text =
        fmt::format("  - id: {}\n    title: A rule\n    dimension: validity\n    severity: high\n", id);
    if (body.find("message:") == body.npos) text += "    message: It is so.\n";
    for (const auto& line : split(body, '\n'))
        if (!line.empty()) text += "    " + line + "\n";
    return text;
}

Audit::Audit(const std::string& file, const std::string& pack)
    : folder_(new_folder()), pack_(loaded(folder_, file, pack)) {
    for (const auto* plugin :
         {linked_assertion(), linked_completeness(), linked_timeliness(), linked_breaking()})
        REQUIRE(registry_.add(plugin, "tests").empty());
    run_options_.tell_undecided = true;
    as_at("2024-12-31");
}

Audit::~Audit() {
    fs::remove_all(folder_);
}

Audit& Audit::table(const std::string& name, const std::string& text, casebook::Which which) {
    const int table = pack_.dataset.find_table(name);
    REQUIRE(table >= 0);
    auto lines = split(text, '\n');
    if (lines.back().empty()) lines.pop_back();
    casebook::MemoryTable made{table, which, split(lines.front(), ','), {}};
    for (std::size_t i = 1; i < lines.size(); ++i) made.rows.push_back(split(lines[i], ','));
    tables_.push_back(std::move(made));
    return *this;
}

Audit& Audit::as_at(const std::string& iso) {
    REQUIRE(calendar::parse_iso(iso, options_.as_at));
    return *this;
}

Audit& Audit::only(std::set<std::string> rules) {
    options_.only = std::move(rules);
    return *this;
}

Audit& Audit::cases_per_range(std::uint32_t count) {
    run_options_.cases_per_range = count;
    return *this;
}

Audit& Audit::at_once(std::uint32_t rows, std::uint32_t findings) {
    run_options_.rows_at_once = rows;
    run_options_.findings_at_once = findings;
    return *this;
}

Audit& Audit::run() {
    auto planned = engine::plan(pack_, registry_, options_);
    if (!planned) FAIL(rendered(planned.errors()));
    plans_.clear();
    plans_.push_back(*std::move(planned));
    extract_ = std::make_unique<casebook::LoadedExtract>(casebook::load_memory(pack_.dataset, tables_));
    outcomes_ = engine::prepare(plans_, extract_->casebook);
    collected_.by_range.clear();
    collected_.complete.clear();
    collected_.all_before = 0;
    collected_.largest = 0;
    collected_.unjudged.clear();
    collected_.rule_ids.clear();
    for (const auto& outcome : outcomes_) collected_.rule_ids.push_back(outcome.rule);
    tbb::task_arena(2).execute(
        [&] { measures_ = engine::run(plans_, extract_->casebook, run_options_, outcomes_, collected_); });
    reconcile();
    return *this;
}

void Audit::reconcile() const {
    CHECK_FALSE(collected_.twice);
    CHECK_FALSE(collected_.too_late);
    if (casebook().cases() > 0) CHECK(collected_.all_before == UINT64_MAX);
    CHECK(collected_.complete.size() == collected_.by_range.size());
    std::map<std::string, std::uint64_t> found;
    for (const auto& finding : findings()) ++found[outcomes_[finding.rule].rule];
    for (const auto& outcome : outcomes_) {
        INFO("rule " << outcome.rule);
        CHECK(outcome.population == outcome.passed + outcome.failed + outcome.undecided);
        CHECK(outcome.failed == found[outcome.rule]);
        CHECK(outcome.reason.empty() == (outcome.status == Status::ran));
    }
}

std::vector<std::string> Audit::refused() const {
    std::vector<std::string> lines;
    const auto planned = engine::plan(pack_, registry_, options_);
    if (planned) return lines;
    for (const auto& error : planned.errors())
        lines.push_back(fmt::format("{} {} {}{}{}", error.code, error.place.line, error.fragment,
                                    error.hint.empty() ? "" : " | ", error.hint));
    return lines;
}

const RuleOutcome& Audit::outcome(const std::string& rule) const {
    for (const auto& outcome : outcomes_)
        if (outcome.rule == rule) return outcome;
    throw std::out_of_range("no rule " + rule);
}

std::string Audit::counts(const std::string& rule) const {
    const auto& of = outcome(rule);
    const std::string numbers = fmt::format("{} = {} passed + {} failed + {} undecided", of.population,
                                            of.passed, of.failed, of.undecided);
    if (of.status == Status::ran) return "ran: " + numbers;
    if (of.status == Status::failed) return fmt::format("failed: {}; {}", of.reason, numbers);
    CHECK(of.population == 0);
    return "skipped: " + of.reason;
}

std::vector<Finding> Audit::findings() const {
    std::vector<Finding> all;
    for (const auto& [range, findings] : collected_.by_range)
        all.insert(all.end(), findings.begin(), findings.end());
    std::ranges::stable_sort(all, {}, &Finding::place);
    return all;
}

std::vector<std::string> Audit::found() const {
    std::vector<std::string> lines;
    for (const auto& finding : findings())
        lines.push_back(
            fmt::format("{} {}: {}", outcomes_[finding.rule].rule, finding.case_key, finding.message));
    return lines;
}

const MeasureOutcome& Audit::measure(const std::string& id) const {
    for (const auto& measure : measures_)
        if (measure.id == id) return measure;
    throw std::out_of_range("no measure " + id);
}

std::vector<std::string> Audit::groups(const std::string& id) const {
    std::vector<std::string> lines;
    for (const auto& group : measure(id).groups) {
        std::string line;
        for (const auto& [name, value] : group.by)
            line += fmt::format("{}{}={}", line.empty() ? "" : " ", name, value);
        line += fmt::format("{}{} of {}, {} undecided", line.empty() ? "" : ": ", group.met, group.population,
                            group.undecided);
        if (group.rate) line += fmt::format(", rate {:.3f}", *group.rate);
        if (group.value) line += fmt::format(", value {:.3f}", *group.value);
        lines.push_back(std::move(line));
    }
    return lines;
}

void Audit::Collected::take(std::size_t range, std::vector<Finding>&& findings, bool more) {
    const std::lock_guard lock(mutex);
    twice = twice || complete.contains(range);
    if (!more) complete.insert(range);
    largest = std::max(largest, findings.size());
    for (const auto& finding : findings) too_late = too_late || finding.place < all_before;
    std::ranges::move(findings, std::back_inserter(by_range[range]));
}

void Audit::Collected::taken_before(std::uint64_t place) {
    const std::lock_guard lock(mutex);
    too_late = too_late || place <= all_before;
    all_before = place;
}

void Audit::Collected::undecided(std::uint32_t rule, std::string_view case_key) {
    const std::lock_guard lock(mutex);
    unjudged.insert(fmt::format("{} {}", rule_ids.at(rule), case_key));
}
