#include "reports/tables/measure_table.h"

#include <algorithm>
#include <array>

#include "reports/text.h"

namespace caseaudit::reports {
namespace {

TableCell words(std::string text) {
    return {TableCell::Kind::text, std::move(text), 0};
}
TableCell number(std::uint64_t count) {
    return {TableCell::Kind::number, grouped(count), static_cast<double>(count)};
}
// What is kept back in a document to be shared.
TableCell kept_back() {
    return words("c");
}
TableCell count(std::uint64_t records, bool suppressed) {
    return suppressed ? kept_back() : number(records);
}
// A rate over nobody is no rate: the cell says so.
TableCell share(const std::optional<double>& rate) {
    if (!rate) return words("–");
    return {TableCell::Kind::share, fmt::format("{:.1f} %", *rate * 100), *rate};
}
TableCell average(const std::optional<double>& value) {
    if (!value) return words("–");
    return {TableCell::Kind::number, fmt::format("{:.1f}", *value), *value};
}

std::string heading_of(std::string_view key) {
    std::string out(key);
    std::replace(out.begin(), out.end(), '_', ' ');
    if (!out.empty()) out[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(out[0])));
    return out;
}

// A value as people write it: the month "2026-03" is March 2026, and a code's words have spaces between.
std::string label_of(std::string_view key, const std::string& value) {
    static constexpr std::array months = {"January",   "February", "March",    "April",
                                          "May",       "June",     "July",     "August",
                                          "September", "October",  "November", "December"};
    if (key == "month" && value.size() == 7 && value[4] == '-') {
        const int month = std::atoi(value.c_str() + 5);
        if (month >= 1 && month <= 12)
            return fmt::format("{} {}", months[static_cast<std::size_t>(month - 1)], value.substr(0, 4));
    }
    std::string words(value);
    std::replace(words.begin(), words.end(), '_', ' ');
    return words;
}

const std::string* value_of(const MeasureGroup& group, const std::string& key) {
    for (const auto& [name, value] : group.by)
        if (name == key) return &value;
    return nullptr;
}

std::vector<std::string> keys_of(const MeasureOutcome& measure) {
    std::vector<std::string> keys;
    for (const auto& group : measure.groups)
        for (const auto& [name, value] : group.by)
            if (std::find(keys.begin(), keys.end(), name) == keys.end()) keys.push_back(name);
    return keys;
}

std::vector<std::string> figure_headings(std::string_view kind) {
    if (kind == "rate") return {"In scope", "Met", "Rate", "Not judged"};
    if (kind == "distribution") return {"Number", "Share"};
    if (kind == "average") return {"Number", "Average", "Not judged"};
    return {"Number"};
}

void add_figures(std::vector<TableCell>& row, std::string_view kind, const MeasureGroup& group) {
    row.push_back(count(group.population, group.population_suppressed));
    if (kind == "rate") row.push_back(count(group.met, group.met_suppressed));
    if (kind == "rate" || kind == "distribution")
        row.push_back(group.share_suppressed ? kept_back() : share(group.rate));
    if (kind == "average") row.push_back(group.share_suppressed ? kept_back() : average(group.value));
    if (kind == "rate" || kind == "average")
        row.push_back(count(group.undecided, group.undecided_suppressed));
}

MeasureTable list(const MeasureOutcome& measure, const std::vector<std::string>& keys) {
    MeasureTable table;
    for (const auto& key : keys) table.headings.push_back(heading_of(key));
    for (auto& heading : figure_headings(measure.kind)) table.headings.push_back(std::move(heading));
    for (const auto& group : measure.groups) {
        auto& row = table.rows.emplace_back();
        bool total = false;
        for (const auto& key : keys) {
            const auto* value = value_of(group, key);
            total |= value == nullptr;
            row.push_back(words(value != nullptr ? label_of(key, *value) : "Total"));
        }
        add_figures(row, measure.kind, group);
        table.total.push_back(total && !keys.empty());
    }
    return table;
}

// One key down, one across; where the pack asks for totals, the last row and column hold them, and of a
// distribution a column after it the share of each row.
class CrossTable {
  public:
    CrossTable(const MeasureOutcome& measure, std::string down, std::string across)
        : measure_(measure), down_(std::move(down)), across_(std::move(across)) {
        for (const auto& group : measure.groups) {
            note(rows_, value_of(group, down_));
            note(columns_, value_of(group, across_));
        }
        // In order of their values, totals last.
        for (auto* list : {&rows_, &columns_}) std::stable_sort(list->begin(), list->end(), before);
    }

    MeasureTable table() const {
        MeasureTable table;
        const bool shares = measure_.kind == "distribution" && !columns_.empty() && !columns_.back();
        table.headings.push_back(heading_of(down_));
        for (const auto& column : columns_)
            table.headings.push_back(column ? label_of(across_, *column) : "Total");
        if (shares) table.headings.emplace_back("Share");
        for (const auto& down : rows_) {
            auto& row = table.rows.emplace_back();
            row.push_back(words(down ? label_of(down_, *down) : "Total"));
            const MeasureGroup* last = nullptr;
            for (const auto& column : columns_) {
                last = find(down, column);
                row.push_back(last != nullptr ? count(last->population, last->population_suppressed)
                                              : number(0));
            }
            const bool hidden = last != nullptr && last->share_suppressed;
            if (shares)
                row.push_back(hidden ? kept_back() : share(last != nullptr ? last->rate : std::nullopt));
            table.total.push_back(!down);
        }
        return table;
    }

  private:
    using Value = std::optional<std::string>;  // none: the total
    static bool before(const Value& a, const Value& b) { return a && (!b || *a < *b); }
    static void note(std::vector<Value>& values, const std::string* value) {
        const Value entry = value != nullptr ? Value(*value) : std::nullopt;
        if (std::find(values.begin(), values.end(), entry) == values.end()) values.push_back(entry);
    }
    const MeasureGroup* find(const Value& down, const Value& across) const {
        for (const auto& group : measure_.groups) {
            const auto *d = value_of(group, down_), *a = value_of(group, across_);
            if ((d != nullptr) == down.has_value() && (a != nullptr) == across.has_value() &&
                (d == nullptr || *d == *down) && (a == nullptr || *a == *across))
                return &group;
        }
        return nullptr;
    }

    const MeasureOutcome& measure_;
    std::string down_, across_;
    std::vector<Value> rows_, columns_;
};

}  // namespace

MeasureTable table_of(const MeasureOutcome& measure) {
    const auto keys = keys_of(measure);
    const bool counts = measure.kind == "count" || measure.kind == "distribution";
    if (keys.size() == 2 && counts) return CrossTable(measure, keys[0], keys[1]).table();
    return list(measure, keys);
}

std::string overall(const MeasureOutcome& measure) {
    for (const auto& group : measure.groups) {
        if (!group.by.empty()) continue;
        if (group.share_suppressed || group.population_suppressed) return kept_back().text;
        if (measure.kind == "rate" && !group.rate) return "nothing to judge";
        if (measure.kind == "rate")
            return fmt::format("{} ({} of {})", share(group.rate).text, grouped(group.met),
                               grouped(group.population - group.undecided));
        if (measure.kind == "average") return average(group.value).text;
        return grouped(group.population);
    }
    return {};
}

}  // namespace caseaudit::reports
