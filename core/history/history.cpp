#include "history/history.h"

#include <fmt/format.h>

#include <set>

namespace caseaudit::history {
namespace {

constexpr std::int64_t version = 1;

// A day stands in a finding as often as something happened to it; `found` in a run is not repeated as an
// event while the finding stays open.
constexpr const char* tables = R"(
CREATE TABLE about(version INTEGER NOT NULL, key_id TEXT NOT NULL);
CREATE TABLE runs(run INTEGER PRIMARY KEY, as_at TEXT NOT NULL, dataset TEXT NOT NULL, packs TEXT NOT NULL,
  findings INTEGER NOT NULL, added INTEGER NOT NULL, reopened INTEGER NOT NULL, resolved INTEGER NOT NULL,
  whole INTEGER NOT NULL);
CREATE TABLE findings(id TEXT PRIMARY KEY, pack TEXT NOT NULL, rule TEXT NOT NULL, severity TEXT NOT NULL,
  case_name TEXT NOT NULL, responsible TEXT NOT NULL, first_seen TEXT NOT NULL, open_since TEXT NOT NULL,
  last_seen TEXT NOT NULL, last_run INTEGER NOT NULL, resolved TEXT) WITHOUT ROWID;
CREATE INDEX findings_of_rules ON findings(pack, rule) WHERE resolved IS NULL;
CREATE TABLE events(id TEXT NOT NULL, run INTEGER NOT NULL REFERENCES runs, what TEXT NOT NULL,
  PRIMARY KEY(id, run, what)) WITHOUT ROWID;
CREATE TABLE measures(run INTEGER NOT NULL REFERENCES runs, pack TEXT NOT NULL, measure TEXT NOT NULL,
  grouped TEXT NOT NULL, population INTEGER NOT NULL, rate REAL, value REAL,
  PRIMARY KEY(pack, measure, grouped, run)) WITHOUT ROWID;
)";

Diagnostic refusal(const std::string& path, std::string message, std::string hint) {
    return {"history.refused", std::move(message), {path, 0, 0}, {}, std::move(hint), {}};
}

// How a group is written; what it is found again by.
std::string text_of(const MeasureGroup& group) {
    std::string text;
    for (const auto& [key, value] : group.by)
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", key, value);
    return text;
}

}  // namespace

Result<History> History::begin(const std::string& path, const findings::RunInfo& run, int patience) {
    History history;
    history.run_ = run;
    Database& database = history.database_;
    bool begun = false;
    do {  // another run may have made the file, come to nothing and taken it away meanwhile
        auto opened = Database::open(path, true, patience);
        if (!opened) return opened.errors();
        database = std::move(*opened);
        begun = database.begin_to_write();
    } while (database.moved());
    if (!begun) return database.trouble("take it for this run");
    auto exists = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'about'");
    if (!exists.step()) {
        if (database.failed() || !database.execute(tables)) return database.trouble("make a history of it");
        auto about = database.prepare("INSERT INTO about VALUES(?1, ?2)");
        if (!about.bind(1, version).bind(2, run.key_id).run())
            return database.trouble("make a history of it");
    }
    auto about = database.prepare("SELECT version, key_id FROM about");
    if (!about.step()) return database.trouble("read it");
    if (about.integer(0) != version)
        return refusal(path,
                       fmt::format("was made by another version of caseaudit (form {}, this one knows {})",
                                   about.integer(0), version),
                       "use that version, or begin a new history");
    if (about.text(1) != run.key_id)
        return refusal(path, "was made with another key, so that no finding of this run would be known in it",
                       "give --key the file that the history was begun with, or begin a new history");
    auto last = database.prepare(
        "SELECT max(as_at), coalesce((SELECT max(run) FROM runs), 0) FROM runs WHERE dataset = ?1");
    if (!last.bind(1, run.dataset).step()) return database.trouble("read it");
    if (last.text(0) > run.as_at)
        return refusal(path,
                       fmt::format("holds a run as at {}, and this one is as at {}", last.text(0), run.as_at),
                       "a history goes forward: run as at that day or later, or without --history");
    history.number_ = last.integer(1) + 1;
    return history;
}

Result<findings::Pasts> History::past() {
    findings::Pasts pasts;
    for (const auto& pack : run_.packs) {
        auto known =
            database_.prepare("SELECT id, first_seen, open_since, resolved FROM findings WHERE pack = ?1");
        known.bind(1, pack.id);
        while (known.step()) pasts[known.text(0)] = {known.text(1), known.text(2), !known.nothing(3)};
    }
    if (database_.failed()) return database_.trouble("read it");
    return pasts;
}

Diagnostics History::add_trends(std::vector<MeasureOutcome>& measures, std::size_t most) {
    // The last run of each day before this one.
    auto earlier = database_.prepare(
        "SELECT grouped, as_at, population, rate, value FROM measures JOIN runs USING(run) "
        "WHERE pack = ?1 AND measure = ?2 AND as_at < ?3 AND run IN "
        "(SELECT max(run) FROM measures JOIN runs USING(run) WHERE pack = ?1 AND measure = ?2 GROUP BY "
        "as_at) "
        "ORDER BY as_at");
    for (auto& measure : measures) {
        std::map<std::string, std::vector<MeasureGroup::Earlier>> trends;
        earlier.bind(1, measure.pack).bind(2, measure.id).bind(3, run_.as_at);
        while (earlier.step()) {
            auto& figure = trends[earlier.text(0)].emplace_back();
            figure.as_at = earlier.text(1);
            figure.population = static_cast<std::uint64_t>(earlier.integer(2));
            if (!earlier.nothing(3)) figure.rate = earlier.decimal(3);
            if (!earlier.nothing(4)) figure.value = earlier.decimal(4);
        }
        earlier.reset();
        for (auto& group : measure.groups) {
            auto& trend = trends[text_of(group)];
            if (trend.size() > most)
                trend.erase(trend.begin(), trend.end() - static_cast<std::ptrdiff_t>(most));
            group.trend = std::move(trend);
        }
    }
    if (database_.failed()) return database_.trouble("read it");
    return {};
}

bool History::add_run(const std::vector<RuleOutcome>&, std::size_t found, bool whole) {
    std::string packs;
    for (const auto& pack : run_.packs)
        packs += fmt::format("{}{} {}", packs.empty() ? "" : ", ", pack.id, pack.version);
    auto run = database_.prepare("INSERT INTO runs VALUES(?1, ?2, ?3, ?4, ?5, 0, 0, 0, ?6)");
    return run.bind(1, number_)
        .bind(2, run_.as_at)
        .bind(3, run_.dataset)
        .bind(4, packs)
        .bind(5, static_cast<std::int64_t>(found))
        .bind(6, std::int64_t{whole})
        .run();
}

bool History::add_findings(const std::vector<RuleOutcome>& rules, const std::vector<findings::Seen>& seen) {
    auto event = database_.prepare(
        "INSERT OR IGNORE INTO events SELECT ?1, ?2, CASE WHEN NOT EXISTS(SELECT 1 FROM findings WHERE id = "
        "?1) THEN "
        "'found' ELSE 'reopened' END WHERE NOT EXISTS(SELECT 1 FROM findings WHERE id = ?1 AND resolved IS "
        "NULL)");
    auto finding = database_.prepare(
        "INSERT INTO findings VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?7, ?8, NULL) ON CONFLICT(id) DO UPDATE "
        "SET "
        "open_since = CASE WHEN resolved IS NULL THEN open_since ELSE ?7 END, resolved = NULL, last_seen = "
        "?7, "
        "last_run = ?8, severity = ?4, responsible = ?6");
    for (const auto& one : seen) {
        const RuleOutcome& rule = rules[one.rule];
        if (!event.bind(1, one.id).bind(2, number_).run()) return false;
        finding.bind(1, one.id)
            .bind(2, rule.pack)
            .bind(3, rule.rule)
            .bind(4, rule.severity)
            .bind(5, one.case_name);
        if (!finding.bind(6, one.responsible).bind(7, run_.as_at).bind(8, number_).run()) return false;
    }
    return true;
}

bool History::resolve(const std::vector<RuleOutcome>& rules) {
    auto event = database_.prepare(
        "INSERT OR IGNORE INTO events SELECT id, ?1, 'resolved' FROM findings WHERE pack = ?2 AND rule = ?3 "
        "AND "
        "resolved IS NULL AND last_run < ?1");
    auto finding = database_.prepare(
        "UPDATE findings SET resolved = ?4 WHERE pack = ?2 AND rule = ?3 AND resolved IS NULL AND last_run < "
        "?1");
    for (const auto& rule : rules) {
        if (rule.status != Status::ran) continue;  // what it would have found nobody knows
        if (!event.bind(1, number_).bind(2, rule.pack).bind(3, rule.rule).run()) return false;
        if (!finding.bind(1, number_).bind(2, rule.pack).bind(3, rule.rule).bind(4, run_.as_at).run())
            return false;
    }
    return true;
}

bool History::add_measures(const std::vector<MeasureOutcome>& measures) {
    auto figure = database_.prepare("INSERT OR REPLACE INTO measures VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    for (const auto& measure : measures)
        for (const auto& group : measure.groups) {
            figure.bind(1, number_).bind(2, measure.pack).bind(3, measure.id).bind(4, text_of(group));
            figure.bind(5, static_cast<std::int64_t>(group.population));
            group.rate ? figure.bind(6, *group.rate) : figure.bind_nothing(6);
            group.value ? figure.bind(7, *group.value) : figure.bind_nothing(7);
            if (!figure.run()) return false;
        }
    return true;
}

Diagnostics History::add(const std::vector<RuleOutcome>& rules, const std::vector<findings::Seen>& seen,
                         const std::vector<MeasureOutcome>& measures, bool whole) {
    const bool added = add_run(rules, seen.size(), whole) && add_findings(rules, seen) &&
                       (!whole || resolve(rules)) && add_measures(measures);
    if (!added) return database_.trouble("add this run");
    auto count = database_.prepare(
        "UPDATE runs SET added = (SELECT count(*) FROM events WHERE run = ?1 AND what = 'found'), "
        "reopened = (SELECT count(*) FROM events WHERE run = ?1 AND what = 'reopened'), "
        "resolved = (SELECT count(*) FROM events WHERE run = ?1 AND what = 'resolved') WHERE run = ?1");
    if (count.bind(1, number_).run()) return {};
    return database_.trouble("add this run");
}

Diagnostics History::commit() {
    if (database_.commit()) return {};
    return database_.trouble("add this run");
}

}  // namespace caseaudit::history
