// What the history can be asked.
#include "history/history.h"

namespace caseaudit::history {
namespace {

// Reads while a run may be writing: it sees the history as it was before that run.
template <class Entry, class Bind, class Read>
Result<std::vector<Entry>> ask(const std::string& path, std::string_view sql, Bind bind, Read read) {
    auto database = Database::open(path, false, 5000);
    if (!database) return database.errors();
    std::vector<Entry> entries;
    auto statement = database->prepare(sql);
    bind(statement);
    while (statement.step()) entries.push_back(read(*database, statement));
    if (database->failed()) return database->trouble("read it");
    return entries;
}

std::vector<Event> events_of(const Database& database, const std::string& id) {
    std::vector<Event> events;
    auto statement = database.prepare(
        "SELECT run, as_at, what FROM events JOIN runs USING(run) WHERE id = ?1 ORDER BY run");
    statement.bind(1, id);
    while (statement.step()) events.push_back({statement.integer(0), statement.text(1), statement.text(2)});
    return events;
}

}  // namespace

Result<std::vector<RunEntry>> runs(const std::string& path) {
    return ask<RunEntry>(
        path,
        "SELECT run, as_at, dataset, packs, findings, added, reopened, resolved, whole, key_id FROM runs, "
        "about "
        "ORDER BY run",
        [](Statement&) {},
        [](const Database&, const Statement& row) {
            return RunEntry{row.integer(0), row.text(1),        row.text(2),    row.text(3),
                            row.text(9),    row.integer(4),     row.integer(5), row.integer(6),
                            row.integer(7), row.integer(8) != 0};
        });
}

Result<std::vector<FindingEntry>> findings_of(const std::string& path, const std::string& id) {
    return ask<FindingEntry>(
        path,
        "SELECT id, pack, rule, severity, case_name, responsible, first_seen, last_seen, open_since, "
        "resolved FROM "
        "findings WHERE substr(id, 1, length(?1)) = ?1 ORDER BY id LIMIT 10",
        [&](Statement& statement) { statement.bind(1, id); },
        [](const Database& database, const Statement& row) {
            FindingEntry entry{row.text(0), row.text(1), row.text(2), row.text(3), row.text(4), row.text(5),
                               row.text(6), row.text(7), row.text(8), {},          {}};
            if (!row.nothing(9)) entry.resolved = row.text(9);
            entry.events = events_of(database, entry.id);
            return entry;
        });
}

Result<std::vector<Figure>> figures_of(const std::string& path, const std::string& measure) {
    return ask<Figure>(
        path,
        "SELECT run, as_at, pack, grouped, population, rate, value FROM measures JOIN runs USING(run) WHERE "
        "measure = "
        "?1 ORDER BY pack, grouped, run",
        [&](Statement& statement) { statement.bind(1, measure); },
        [](const Database&, const Statement& row) {
            Figure figure{row.integer(0), row.text(1), row.text(2), row.text(3), row.integer(4), {}, {}};
            if (!row.nothing(5)) figure.rate = row.decimal(5);
            if (!row.nothing(6)) figure.value = row.decimal(6);
            return figure;
        });
}

}  // namespace caseaudit::history
