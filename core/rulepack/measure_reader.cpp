#include "rulepack/measure_reader.h"

namespace caseaudit::rulepack {

using yaml::Errors;
using yaml::MapReader;
using yaml::Need;
using yaml::Node;

namespace {

class MeasureReader {
  public:
    MeasureReader(Errors& errors, ExpressionReader& expressions)
        : errors_(errors), expressions_(expressions) {}

    std::optional<Measure> read(const Node& node) {
        MapReader map(node, "a measure", errors_);
        if (!map.is_map()) {
            map.finish();
            return {};
        }
        Measure measure;
        measure.place = expressions_.place(node);
        identity(map, measure);
        population(map, measure);
        kind(map, measure);
        groups(map, measure);
        if (auto period = read_period(map, "effective")) {
            measure.effective_from = period->from;
            measure.effective_to = period->to;
        }
        map.finish();
        refuse_empty(map, measure_keys());
        if (measure.id.empty()) return {};
        return measure;
    }

  private:
    void identity(MapReader& map, Measure& measure) {
        if (const Node* id = map.scalar("id", Need::required)) {
            measure.place = expressions_.place(*id);
            if (check_id(*id, "the measure's id", errors_)) measure.id = id->text;
        }
        measure.title = map.text("title", Need::required);
        measure.unit = map.text("unit", Need::required);
        measure.source = map.text("source");
        measure.description = map.text("description");
    }

    void population(MapReader& map, Measure& measure) {
        measure.for_each = map.text("for_each", Need::required);
        if (const Node* node = map.node().find("for_each"))
            measure.for_each_place = expressions_.place(*node);
        for (const Node* node : map.scalars("optional", Need::optional, true)) {
            measure.optional.push_back(node->text);
            measure.optional_places.push_back(expressions_.place(*node));
        }
        measure.where = expressions_.expression(map, "where");
        measure.except = expressions_.expressions(map, "except");
    }

    void kind(MapReader& map, Measure& measure) {
        const Node* node = map.scalar("kind", Need::required);
        measure.met = expressions_.expression(map, "met");
        measure.value = expressions_.expression(map, "value");
        if (!node) return;
        const auto kind = parse_measure_kind(node->text);
        if (!kind) {
            const std::vector<std::string> names(measure_kind_names.begin(), measure_kind_names.end());
            const std::string near = nearest(node->text, names);
            errors_.report(*node, "bad-kind", fmt::format("'{}' is no kind of measure", node->text),
                           near.empty() ? fmt::format("one of {}", fmt::join(names, ", "))
                                        : fmt::format("did you mean '{}'?", near));
            return;
        }
        measure.kind = *kind;
        belongs(map, "met", *kind == MeasureKind::rate, "a rate says with it what the standard is");
        belongs(map, "value", *kind == MeasureKind::average, "an average says with it what is averaged");
    }

    // A key that its kind needs and no other kind may have.
    void belongs(MapReader& map, std::string_view key, bool needed, std::string hint) {
        const bool given = map.node().find(key) != nullptr;
        if (given == needed) return;
        errors_.report(map.key_node(key), needed ? "missing-key" : "unknown-key",
                       needed ? fmt::format("this kind of measure needs '{}'", key)
                              : fmt::format("this kind of measure has no '{}'", key),
                       std::move(hint));
    }

    void groups(MapReader& map, Measure& measure) {
        measure.totals = map.boolean("totals", false);
        const Node* by = map.map("by");
        if (!by) return;
        const Errors::Within within(errors_, "by");
        for (const auto& [name, node] : by->entries)
            if (auto text = expressions_.expression(node, name.text))
                measure.by.push_back({name.text, *text});
    }

    Errors& errors_;
    ExpressionReader& expressions_;
};

}  // namespace

void read_measures(const Node& list, Errors& errors, ExpressionReader& expressions,
                   std::vector<Measure>& out) {
    for (std::size_t i = 0; i < list.items.size(); ++i) {
        const Node* id = list.items[i].find("id");
        const Errors::Within within(errors, id && id->kind == Node::Kind::scalar
                                                ? "measure " + id->text
                                                : fmt::format("measure number {} of the file", i + 1));
        if (auto measure = MeasureReader(errors, expressions).read(list.items[i]))
            out.push_back(std::move(*measure));
    }
}

}  // namespace caseaudit::rulepack
