#include "engine/measures.h"

#include "expression/identifiers.h"

#include <charconv>
#include <cmath>

namespace caseaudit::engine {
namespace {

using expression::Kind;
using expression::NodeId;
using expression::Type;
using expression::Vector;
using expression::Which;
using rulepack::MeasureKind;

// Marks, in a row of totals, a key that is not distinguished. No value looks like it.
const std::string all_values{'\0'};

class MeasurePlanner {
  public:
    MeasurePlanner(const rulepack::LoadedPack& pack, Plan& plan, const rulepack::Measure& measure,
                   Diagnostics& errors)
        : pack_(pack), plan_(plan), measure_(measure), errors_(errors) {}

    void run(PlannedMeasure& planned) {
        planned.table = pack_.dataset.find_table(measure_.for_each);
        // A table that the dataset does not have is told where the pack is read.
        if (planned.table < 0 && measure_.for_each != "case") return;
        if (planned.table >= 0) planned.needs.insert({planned.table, Which::current, -1});
        if (measure_.where) planned.where = compile(planned, *measure_.where, "where", Type{Kind::boolean});
        for (const auto& text : measure_.except)
            planned.except.push_back(compile(planned, text, "except", Type{Kind::boolean}));
        if (measure_.met) planned.met = compile(planned, *measure_.met, "met", Type{Kind::boolean});
        if (measure_.value) planned.value = compile_number(planned, *measure_.value);
        for (const auto& key : measure_.by) {
            const NodeId node = planned.by.emplace_back(compile_key(planned, key));
            planned.fields_by.push_back(node < 0 ? std::nullopt
                                                 : field_shown(*plan_.compiler->graph(), node));
        }
    }

  private:
    std::vector<std::string> within(std::string key) const {
        return {fmt::format("pack {}", measure_.pack), fmt::format("measure {}", measure_.id),
                std::move(key)};
    }

    NodeId compile(PlannedMeasure& planned, const expression::Text& text, std::string key,
                   std::optional<Type> expected) {
        auto node =
            plan_.compiler->compile(text, {planned.table, Which::current, within(std::move(key))}, expected);
        if (!node) {
            errors_.insert(errors_.end(), node.errors().begin(), node.errors().end());
            return -1;
        }
        const auto& needs = plan_.compiler->needs(*node);
        planned.needs.insert(needs.begin(), needs.end());
        return *node;
    }

    NodeId compile_key(PlannedMeasure& planned, const rulepack::Measure::Key& key) {
        const NodeId node = compile(planned, key.text, "by: " + key.name, {});
        if (node >= 0 && shows_identifier(*plan_.compiler->graph(), node))
            errors_.push_back({"measure.identifier",
                               fmt::format("'{}' would name the groups by what identifies a child", key.name),
                               key.text.place, key.text.text, "group by something that many children share",
                               within("by: " + key.name)});
        return node;
    }

    NodeId compile_number(PlannedMeasure& planned, const expression::Text& text) {
        const NodeId node = compile(planned, text, "value", {});
        if (node < 0) return node;
        const Type type = plan_.compiler->type(node);
        if (type.kind != Kind::integer && type.kind != Kind::decimal)
            errors_.push_back(
                {"measure.not-a-number",
                 fmt::format("an average is of numbers, not of {}", describe(type, pack_.dataset)),
                 text.place, text.text, "", within("value")});
        return node;
    }

    const rulepack::LoadedPack& pack_;
    Plan& plan_;
    const rulepack::Measure& measure_;
    Diagnostics& errors_;
};

// A value as a number that is equal for equal values; within a batch only.
std::int64_t raw(const Vector& vector, std::uint32_t row) {
    switch (vector.kind) {
        case Kind::boolean:
            return vector.booleans()[row];
        case Kind::integer:
            return vector.int64s()[row];
        case Kind::decimal: {
            std::int64_t bits;
            std::memcpy(&bits, &vector.decimals()[row], sizeof bits);
            return bits;
        }
        default:
            return vector.int32s()[row];
    }
}

// A group's value for the document: dates yyyy-mm-dd.
std::string text_of(const Vector& vector, std::uint32_t row, std::size_t key, const PlannedMeasure& measure,
                    expression::Batch& batch, const Discretion* discretion) {
    if (vector.kind == Kind::date && vector.int32s()[row] > expression::invalid32)
        return calendar::to_iso(vector.int32s()[row]);
    std::string text = batch.text_of(measure.by[key], measure.table, Which::current, row);
    const bool shown = discretion == nullptr || vector.kind != Kind::text ||
                       discretion->may_show(vector.int32s()[row], text, measure.fields_by[key]);
    return shown ? text : std::string(withheld_text);
}

// Numbers by size, other texts by their bytes, numbers first.
bool in_order(const std::string& a, const std::string& b) {
    std::int64_t x = 0, y = 0;
    const bool a_number =
        std::from_chars(a.data(), a.data() + a.size(), x).ptr == a.data() + a.size() && !a.empty();
    const bool b_number =
        std::from_chars(b.data(), b.data() + b.size(), y).ptr == b.data() + b.size() && !b.empty();
    if (a_number && b_number && x != y) return x < y;
    if (a_number != b_number) return a_number;
    return a < b;
}

struct TupleHash {
    std::size_t operator()(const std::vector<std::int64_t>& tuple) const {
        std::uint64_t hash = 0;
        for (const auto value : tuple)
            hash = (hash ^ static_cast<std::uint64_t>(value)) * 0x9E3779B97F4A7C15ull;
        return hash ^ hash >> 32;
    }
};

}  // namespace

void plan_measures(const rulepack::LoadedPack& pack, calendar::Day as_at, Plan& plan, Diagnostics& errors) {
    for (const auto& measure : pack.pack.measures) {
        auto& planned = plan.measures.emplace_back();
        planned.measure = &measure;
        if (measure.effective_from && as_at < *measure.effective_from)
            planned.skipped = fmt::format("in force only from {}", calendar::to_iso(*measure.effective_from));
        if (measure.effective_to && as_at > *measure.effective_to)
            planned.skipped = fmt::format("in force only until {}", calendar::to_iso(*measure.effective_to));
        MeasurePlanner(pack, plan, measure, errors).run(planned);
    }
}

void MeasureTally::Counts::add(const Counts& other) {
    population += other.population;
    met += other.met;
    undecided += other.undecided;
    millionths += other.millionths;
}

void MeasureTally::judge(const PlannedMeasure& measure, const Vector& verdicts, std::uint32_t row,
                         Counts& counts) const {
    ++counts.population;
    if (measure.met >= 0) {
        counts.met += verdicts.booleans()[row] == 1;
        counts.undecided += verdicts.booleans()[row] < 0;
    } else if (measure.value >= 0 && verdicts.kind == Kind::integer) {
        const std::int64_t value = verdicts.int64s()[row];
        const bool known = value > expression::invalid64;
        counts.undecided += !known;
        if (known) counts.millionths += value * 1'000'000;
    } else if (measure.value >= 0) {
        const double value = verdicts.decimals()[row];
        counts.undecided += std::isnan(value);
        if (!std::isnan(value)) counts.millionths += std::llround(value * 1e6);
    }
}

void MeasureTally::count(const PlannedMeasure& measure, expression::Batch& batch, std::uint32_t rows,
                         const Discretion* discretion) {
    const auto evaluate = [&](NodeId node) { return batch.evaluate(node, measure.table, Which::current); };
    selection_.size = rows;
    selection_.all = true;
    if (measure.where >= 0) select(evaluate(measure.where), false, selection_);
    for (const NodeId node : measure.except) select(evaluate(node), true, selection_);
    if (selection_.count() == 0) return;
    Vector verdicts;
    if (measure.met >= 0) verdicts = evaluate(measure.met);
    if (measure.value >= 0) verdicts = evaluate(measure.value);
    std::vector<Vector> keys;
    for (const NodeId node : measure.by) keys.push_back(evaluate(node));

    struct Seen {
        std::uint32_t row;
        Counts counts;
    };
    std::unordered_map<std::vector<std::int64_t>, Seen, TupleHash> seen;
    std::vector<std::int64_t> tuple(keys.size());
    Seen* last = nullptr;  // of the row before: often the next one's too
    for (std::uint32_t i = 0; i < selection_.count(); ++i) {
        const std::uint32_t row = selection_.row(i);
        bool same = last != nullptr;
        for (std::size_t k = 0; k < keys.size(); ++k) {
            const std::int64_t value = raw(keys[k], row);
            same &= std::exchange(tuple[k], value) == value;
        }
        if (!same) last = &seen.try_emplace(tuple, Seen{row, {}}).first->second;
        judge(measure, verdicts, row, last->counts);
    }
    for (const auto& [values, group] : seen) {
        Values texts;
        for (std::size_t k = 0; k < keys.size(); ++k)
            texts.push_back(text_of(keys[k], group.row, k, measure, batch, discretion));
        groups_[std::move(texts)].add(group.counts);
    }
}

void MeasureTally::add(const MeasureTally& other) {
    for (const auto& [values, counts] : other.groups_) groups_[values].add(counts);
}

// Every group again with each choice of keys left out.
std::map<MeasureTally::Values, MeasureTally::Counts> MeasureTally::with_totals(bool totals,
                                                                               std::size_t keys) const {
    if (!totals) return groups_;
    std::map<Values, Counts> all;
    for (const auto& [values, counts] : groups_) {
        for (std::size_t left_out = 0; left_out < (std::size_t{1} << keys); ++left_out) {
            Values reduced = values;
            for (std::size_t k = 0; k < keys; ++k)
                if ((left_out >> k & 1) != 0) reduced[k] = all_values;
            all[std::move(reduced)].add(counts);
        }
    }
    return all;
}

MeasureGroup MeasureTally::group(const PlannedMeasure& measure, const Counts& counts,
                                 std::uint64_t all) const {
    MeasureGroup made;
    made.population = counts.population;
    made.met = counts.met;
    made.undecided = counts.undecided;
    const std::uint64_t judged = counts.population - counts.undecided;
    const auto share = [](std::uint64_t part, std::uint64_t whole) {
        return static_cast<double>(part) / static_cast<double>(whole);
    };
    if (measure.measure->kind == MeasureKind::rate && judged != 0) made.rate = share(counts.met, judged);
    if (measure.measure->kind == MeasureKind::distribution && all != 0)
        made.rate = share(counts.population, all);
    if (measure.measure->kind == MeasureKind::average && judged != 0)
        made.value = static_cast<double>(counts.millionths) / 1e6 / static_cast<double>(judged);
    return made;
}

MeasureOutcome MeasureTally::outcome(const PlannedMeasure& measure) const {
    const auto& of = *measure.measure;
    MeasureOutcome made{of.pack, of.id, of.title, of.unit, of.source, std::string(rulepack::name(of.kind)),
                        {},      {}};
    auto groups = with_totals(of.totals, of.by.size());
    if (of.by.empty()) groups.try_emplace(Values{});  // an empty population is a figure too
    std::uint64_t all = 0;
    for (const auto& [values, counts] : groups_) all += counts.population;
    std::vector<const std::pair<const Values, Counts>*> ordered;
    ordered.reserve(groups.size());
    for (const auto& entry : groups) ordered.push_back(&entry);
    std::stable_sort(ordered.begin(), ordered.end(), [](const auto* a, const auto* b) {
        const auto totals = [](const Values& values) {
            return std::count(values.begin(), values.end(), all_values);
        };
        const auto x = totals(a->first), y = totals(b->first);
        if (x != y) return x < y;
        return std::lexicographical_compare(a->first.begin(), a->first.end(), b->first.begin(),
                                            b->first.end(), in_order);
    });
    for (const auto* entry : ordered) {
        auto& group_made = made.groups.emplace_back(group(measure, entry->second, all));
        for (std::size_t k = 0; k < of.by.size(); ++k)
            if (entry->first[k] != all_values) group_made.by.emplace_back(of.by[k].name, entry->first[k]);
    }
    return made;
}

}  // namespace caseaudit::engine
