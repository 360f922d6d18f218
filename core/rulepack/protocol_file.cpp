#include "rulepack/protocol_file.h"

#include <set>

#include "rulepack/dollar_names.h"

namespace caseaudit::rulepack {

using expression::Text;
using yaml::Errors;
using yaml::MapReader;
using yaml::Need;
using yaml::Node;

namespace {

constexpr std::string_view key = "dispute_protocol";
constexpr std::int64_t longest = 1000;  // working days; sums of limits stay far from any overflow

bool is_limit(std::int64_t days) {
    return days >= 1 && days <= longest;
}

class ProtocolReader {
  public:
    ProtocolReader(Errors& errors, ExpressionReader& expressions)
        : errors_(errors), expressions_(expressions) {}

    DisputeProtocol read(const Node& node) {
        MapReader map(node, "the dispute protocol", errors_);
        if (const Node* total = map.map("total")) {
            const Errors::Within within(errors_, "total");
            MapReader reader(*total, "the total", errors_);
            protocol_.total = working_days(reader).value_or(Text{});
            reader.finish();
        } else if (node.find("total")) {
            protocol_.total.emplace();  // what is wrong with it has been said
        }
        if (const Node* stages = map.sequence("stages")) {
            for (const Node& stage : stages->items) read_stage(stage);
        }
        for (const Node* rule : map.scalars("proposes", Need::optional, true)) propose(*rule);
        if (const Node* categories = map.map("categories")) {
            for (const auto& [rule, category] : categories->entries) name_category(rule, category);
        }
        map.finish();
        refuse_empty(map, dispute_protocol_keys());
        return std::move(protocol_);
    }

  private:
    // A whole number from 1, or $name.
    std::optional<Text> working_days(MapReader& map) {
        const Node* node = map.is_map() ? map.scalar("working_days", Need::required) : nullptr;
        if (!node) return std::nullopt;
        const auto number = yaml::as_integer(*node);
        const auto names = dollar_names(node->text);
        const bool parameter =
            names.size() == 1 && names[0].offset == 0 && names[0].name.size() + 1 == node->text.size();
        if (!parameter && (!number || !is_limit(*number))) {
            errors_.report(*node, "bad-value",
                           fmt::format("'{}' is not a number of working days", node->text),
                           "write a whole number from 1 to 1000, or $name of a parameter that is one");
            return std::nullopt;
        }
        const Errors::Within within(errors_, "working_days");
        return expressions_.expression(*node, "working_days");
    }

    void read_stage(const Node& node) {
        const Errors::Within within(errors_, fmt::format("stage {}", protocol_.stages.size() + 1));
        MapReader map(node, "a stage", errors_);
        DisputeStage& stage = protocol_.stages.emplace_back();
        if (map.is_map()) {
            stage.name = map.text("name", Need::required);
            stage.addressee = map.text("addressee", Need::required);
        }
        if (auto limit = working_days(map)) stage.working_days = std::move(*limit);
        map.finish();
    }

    void propose(const Node& rule) {
        if (protocol_.proposed_by(rule.text)) {
            errors_.report(rule, "duplicate", fmt::format("rule {} is proposed twice", rule.text));
            return;
        }
        protocol_.proposes.push_back({rule.text, expressions_.place(rule)});
    }

    void name_category(const Node& rule, const Node& category) {
        if (category.kind != Node::Kind::scalar || category.text.empty()) {
            errors_.report(category.kind == Node::Kind::null ? rule : category, "wrong-type",
                           fmt::format("the category of {} must be text", rule.text),
                           "write rule-id: category");
        }
        protocol_.categories[rule.text] = {category.text, expressions_.place(rule)};
    }

    Errors& errors_;
    ExpressionReader& expressions_;
    DisputeProtocol protocol_;
};

class ProtocolChecker {
  public:
    ProtocolChecker(const Merged& merged, const std::string& pack)
        : merged_(merged), protocol_(*merged.pack.dispute_protocol), pack_(pack) {
        for (const RuleDraft& draft : merged.drafts) rules_.push_back(draft.rule.id);
    }

    Diagnostics check() {
        if (!protocol_.total)
            error("missing-key", "the dispute protocol has no total", protocol_.place, std::string(key),
                  "write total: {working_days: 20}");
        if (protocol_.stages.empty())
            error("missing-key", "the dispute protocol has no stages", protocol_.place, std::string(key),
                  "write stages: and a line '- {name: …, addressee: …, working_days: …}' for each");
        const auto total = protocol_.total ? days(*protocol_.total, "the total") : std::nullopt;
        check_sum(total);
        check_rules();
        return std::move(errors_);
    }

  private:
    void error(std::string_view code, std::string message, const Place& place, std::string fragment,
               std::string hint) {
        errors_.push_back({fmt::format("pack.{}", code),
                           std::move(message),
                           place,
                           std::move(fragment),
                           std::move(hint),
                           {pack_, std::string(key)}});
    }

    // Nothing when it is not known, which has then been reported.
    std::optional<std::int64_t> days(const Text& limit, const std::string& what) {
        if (limit.text.empty()) return std::nullopt;
        if (!limit.text.starts_with('$')) return std::stoll(limit.text);
        const auto found = merged_.pack.parameters.find(limit.text.substr(1));
        if (found == merged_.pack.parameters.end()) {
            if (merged_.lists.contains(limit.text.substr(1)) ||
                merged_.expressions.contains(limit.text.substr(1)))
                error("bad-value", fmt::format("{} is no parameter, and {} wants one", limit.text, what),
                      limit.place, limit.text, "a limit is a whole number or a parameter");
            return std::nullopt;
        }
        const expression::Constant& value = found->second.value;
        if (value.kind == expression::Kind::integer && is_limit(value.integer)) return value.integer;
        error("bad-value", fmt::format("parameter {} is not a number of working days", limit.text),
              limit.place, limit.text, "give the parameter a whole number from 1 to 1000");
        return std::nullopt;
    }

    void check_sum(std::optional<std::int64_t> total) {
        std::int64_t sum = 0;
        bool known = true;
        for (std::size_t i = 0; i < protocol_.stages.size(); ++i) {
            const Text& limit = protocol_.stages[i].working_days;
            const auto stage = days(limit, fmt::format("stage {}", i + 1));
            known &= stage.has_value();
            sum += stage.value_or(0);
        }
        if (!known || !total || sum <= *total) return;
        error("bad-value",
              fmt::format("the stages take {} working days together, and a dispute may take {}", sum, *total),
              protocol_.place, std::string(key), "shorten a stage");
    }

    void check_rules() {
        for (const auto& [rule, place] : protocol_.proposes) {
            if (!known(rule, place)) continue;
            if (protocol_.categories.contains(rule)) continue;
            error("missing-key", fmt::format("rule {} is proposed and has no category", rule), place, rule,
                  fmt::format("write {}: and its category under categories", rule));
        }
        for (const auto& [rule, category] : protocol_.categories) known(rule, category.place);
    }

    bool known(const std::string& rule, const Place& place) {
        if (std::find(rules_.begin(), rules_.end(), rule) != rules_.end()) return true;
        const std::string near = nearest(rule, rules_);
        error("unknown-rule", fmt::format("there is no rule {}", rule), place, rule,
              near.empty() ? "name the ids of rules of the pack" : fmt::format("did you mean '{}'?", near));
        return false;
    }

    const Merged& merged_;
    const DisputeProtocol& protocol_;
    std::string pack_;
    std::vector<std::string> rules_;
    Diagnostics errors_;
};

std::string literal(std::string_view text) {
    std::string quoted = "'";
    for (const char c : text) {
        if (c == '\'' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return quoted + "'";
}

// stage == 1 ? a : stage == 2 ? b : …, and undecided past the last.
template <class Value>
std::string by_stage(const std::vector<DisputeStage>& stages, std::string_view otherwise, Value value) {
    std::string text;
    for (std::size_t i = 0; i < stages.size(); ++i)
        text += fmt::format("stage == {} ? {} : ", i + 1, value(stages[i]));
    return text.append(otherwise);
}

}  // namespace

bool DisputeProtocol::proposed_by(const std::string& rule) const {
    return std::any_of(proposes.begin(), proposes.end(), [&](const Named& one) { return one.name == rule; });
}

std::string DisputeProtocol::category_of(const std::string& rule) const {
    const auto found = categories.find(rule);
    return found == categories.end() ? "" : found->second.name;
}

std::optional<DisputeProtocol> read_dispute_protocol(MapReader& pack, ExpressionReader& expressions) {
    const Node* node = pack.map(key);
    if (!node) return std::nullopt;
    const Errors::Within within(pack.errors(), std::string(key));
    DisputeProtocol protocol = ProtocolReader(pack.errors(), expressions).read(*node);
    protocol.place = expressions.place(pack.key_node(key));
    return protocol;
}

void inherit(std::optional<DisputeProtocol>& inherited, DisputeProtocol nearer) {
    if (!inherited) {
        inherited = std::move(nearer);
        return;
    }
    inherited->place = nearer.place;
    if (nearer.total) inherited->total = std::move(nearer.total);
    if (!nearer.stages.empty()) inherited->stages = std::move(nearer.stages);
    if (!nearer.proposes.empty()) inherited->proposes = std::move(nearer.proposes);
    for (auto& [rule, category] : nearer.categories) inherited->categories[rule] = std::move(category);
}

Diagnostics check_dispute_protocol(const Merged& merged, const std::string& pack) {
    if (!merged.pack.dispute_protocol) return {};
    return ProtocolChecker(merged, pack).check();
}

Diagnostics name_dispute_protocol(Merged& merged, const std::string& pack) {
    if (!merged.pack.dispute_protocol) return {};
    const DisputeProtocol& protocol = *merged.pack.dispute_protocol;
    Diagnostics errors;
    const auto declare = [&](const std::string& name, bool of_stage, std::string text) {
        if (merged.pack.parameters.contains(name) || merged.lists.contains(name) ||
            merged.expressions.contains(name)) {
            errors.push_back({"pack.duplicate",
                              fmt::format("${} is declared, and dispute_protocol makes it too", name),
                              protocol.place,
                              std::string(key),
                              "choose another name for the one that is declared",
                              {pack}});
            return;
        }
        DeclaredExpression made;
        if (of_stage) made.named.arguments = {"stage"};
        for (const DollarName& used : dollar_names(text)) made.uses.emplace_back(used.name);
        const Place place = protocol.place;
        made.place = place;
        made.named.text = {std::move(text), place, [place](std::size_t) { return place; }};
        merged.expressions.emplace(name, std::move(made));
    };
    // Stands in for a limit that is wrong, which has been said, so that nothing is said of those who use it.
    const auto sound = [](const Text& limit) { return limit.text.empty() ? std::string("1") : limit.text; };
    const auto limit = [&](const DisputeStage& stage) { return sound(stage.working_days); };
    declare("protocol_stages", false, std::to_string(protocol.stages.size()));
    declare("protocol_total", false, sound(protocol.total.value_or(Text{})));
    declare("protocol_limit", true, by_stage(protocol.stages, "1 / 0", limit));
    declare("protocol_addressee", true,
            by_stage(protocol.stages, "string(1 / 0)", [](auto& stage) { return literal(stage.addressee); }));
    declare("protocol_stage_name", true,
            by_stage(protocol.stages, "string(1 / 0)", [](auto& stage) { return literal(stage.name); }));
    return errors;
}

}  // namespace caseaudit::rulepack
