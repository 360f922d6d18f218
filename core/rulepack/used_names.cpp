#include "rulepack/used_names.h"

#include "rulepack/dollar_names.h"

namespace caseaudit::rulepack {
namespace {

class Search {
  public:
    explicit Search(const Pack& pack) : pack_(pack) {}

    void text(std::string_view text) {
        for (const DollarName& dollar : dollar_names(text)) {
            const std::string name(dollar.name);
            if (pack_.parameters.contains(name)) used.parameters.insert(name);
            if (pack_.lists.contains(name)) used.lists.insert(name);
            const auto named = pack_.named.find(name);
            if (named != pack_.named.end() && used.expressions.insert(name).second)
                this->text(named->second.text.text);
        }
    }

    void node(const yaml::Node& node) {
        text(node.text);
        for (const yaml::Node& item : node.items) this->node(item);
        for (const auto& [key, value] : node.entries) this->node(value);
    }

    UsedNames used;

  private:
    const Pack& pack_;
};

}  // namespace

UsedNames names_used(const Pack& pack, const Rule& rule) {
    Search search(pack);
    if (rule.where) search.text(rule.where->text);
    for (const auto* texts : {&rule.except, &rule.also_report, &rule.context}) {
        for (const expression::Text& one : *texts) search.text(one.text);
    }
    for (const Argument& argument : rule.with) search.node(argument.node);
    for (const MessagePiece& piece : rule.message) {
        if (piece.expression) search.text(piece.expression->text);
    }
    for (const auto* text : {&rule.responsible.who, &rule.responsible.team, &rule.responsible.worker}) {
        if (*text) search.text((*text)->text);
    }
    return std::move(search.used);
}

UsedNames names_used(const Pack& pack, const Measure& measure) {
    Search search(pack);
    for (const auto* text : {&measure.where, &measure.met, &measure.value}) {
        if (*text) search.text((*text)->text);
    }
    for (const expression::Text& one : measure.except) search.text(one.text);
    for (const Measure::Key& key : measure.by) search.text(key.text.text);
    return std::move(search.used);
}

}  // namespace caseaudit::rulepack
