#include "rulepack/merge.h"

#include <unordered_map>

#include "rulepack/constant.h"
#include "rulepack/protocol_file.h"

namespace caseaudit::rulepack {

using expression::Constant;

namespace {

class Merger {
  public:
    explicit Merger(std::vector<Layer>& layers) : layers_(layers) {}

    Merged merge() {
        for (Layer& layer : layers_) {
            chain_ = {pack_title(layer)};
            identity(layer);
            parameters(layer);
            lists(layer);
            expressions(layer);
            overrides(layer);
            plugins(layer);
            if (layer.dispute_protocol)
                inherit(merged_.pack.dispute_protocol, std::move(*layer.dispute_protocol));
            for (FileContents& file : layer.files) {
                rules(layer, file);
                measures(layer, file);
            }
        }
        examples(layers_.back());
        dispute_protocol();
        unused_plugins(layers_.back());
        Pack& pack = merged_.pack;
        for (RuleDraft& draft : merged_.drafts) draft.rule.pack = pack.id;
        for (Measure& measure : pack.measures) measure.pack = pack.id;
        for (auto layer = layers_.rbegin() + 1; layer != layers_.rend(); ++layer) {
            pack.extends.push_back(layer->id);
            pack.bases.push_back({layer->id, layer->version, layer->sha256});
        }
        return std::move(merged_);
    }

  private:
    void dispute_protocol() {
        const std::string pack = pack_title(layers_.back());
        for (auto& found : check_dispute_protocol(merged_, pack)) merged_.errors.push_back(std::move(found));
        for (auto& found : name_dispute_protocol(merged_, pack)) merged_.errors.push_back(std::move(found));
    }

    void error(std::string_view code, std::string message, const Place& place, std::string fragment,
               std::string hint, std::vector<std::string> below = {}) {
        std::vector<std::string> within = chain_;
        within.insert(within.end(), below.begin(), below.end());
        merged_.errors.push_back({fmt::format("pack.{}", code), std::move(message), place,
                                  std::move(fragment), std::move(hint), std::move(within)});
    }

    // What the nearest pack says counts; a dataset or calendar must be one and the same for all.
    void identity(const Layer& layer) {
        Pack& pack = merged_.pack;
        pack.id = layer.id;
        pack.title = layer.title;
        pack.version = layer.version;
        pack.description = layer.description;
        pack.requires_engine = layer.requires_engine;
        pack.sha256 = layer.sha256;
        pack.folder = layer.folder;
        pack.collections.clear();
        for (const auto& [year, named] : layer.collections) pack.collections.emplace(year, named.name);
        if (!layer.dataset.empty() && !pack.dataset_id.empty() && layer.dataset != pack.dataset_id) {
            error("dataset",
                  fmt::format("the packs it extends read the dataset {}, not {}", pack.dataset_id,
                              layer.dataset),
                  layer.dataset_place, layer.dataset, "packs that extend each other read the same dataset");
        } else if (!layer.dataset.empty()) {
            pack.dataset_id = layer.dataset;
        }
        if (!layer.calendar.empty()) pack.calendar = layer.calendar;
        for (const auto& [of, threshold] : layer.fail_if) pack.fail_if[of] = threshold;
        if (layer.effective.from) pack.effective_from = layer.effective.from;
        if (layer.effective.to) pack.effective_to = layer.effective.to;
    }

    // Whether the name is inherited as something of another sort.
    bool other_sort(const std::string& name, std::string_view sort, const Place& place) {
        std::string_view inherited;
        if (merged_.pack.parameters.contains(name)) inherited = "parameter";
        if (merged_.lists.contains(name)) inherited = "list";
        if (merged_.expressions.contains(name)) inherited = "expression";
        if (inherited.empty() || inherited == sort) return false;
        const auto article = [](std::string_view noun) { return noun[0] == 'e' ? "an" : "a"; };
        error("type-change",
              fmt::format("${} is inherited as {} {} and cannot become {} {}", name, article(inherited),
                          inherited, article(sort), sort),
              place, name, "choose another name");
        return true;
    }

    void parameters(Layer& layer) {
        for (auto& [name, parameter] : layer.parameters) {
            if (other_sort(name, "parameter", parameter.place)) continue;
            const auto inherited = merged_.pack.parameters.find(name);
            if (inherited == merged_.pack.parameters.end()) {
                merged_.pack.parameters.emplace(name, std::move(parameter));
            } else {
                replace(inherited->second, parameter);
            }
        }
    }

    void replace(Parameter& old, Parameter& parameter) {
        if (parameter.value.kind == expression::Kind::integer &&
            old.value.kind == expression::Kind::decimal) {
            parameter.value.kind = expression::Kind::decimal;
            parameter.value.decimal = static_cast<double>(parameter.value.integer);
        }
        if (parameter.value.kind != old.value.kind) {
            error("type-change",
                  fmt::format("parameter {} is {} in the pack it comes from, and {} here", parameter.name,
                              describe_kind(old.value.kind), describe_kind(parameter.value.kind)),
                  parameter.place, parameter.name, std::string(how_written(old.value.kind)));
            return;
        }
        if (!parameter.unit.empty() && !old.unit.empty() && parameter.unit != old.unit) {
            error("type-change",
                  fmt::format("parameter {} counts {} in the pack it comes from, and {} here", parameter.name,
                              old.unit, parameter.unit),
                  parameter.place, parameter.name, "give the value in the inherited unit");
            return;
        }
        if (parameter.unit.empty()) parameter.unit = old.unit;
        if (parameter.source.empty()) parameter.source = old.source;
        if (parameter.description.empty()) parameter.description = old.description;
        old = std::move(parameter);
    }

    void lists(Layer& layer) {
        for (auto& [name, list] : layer.lists) {
            if (other_sort(name, "list", list.place)) continue;
            DeclaredList& old = merged_.lists[name];
            if (!old.values.empty() && !list.values.empty() && old.values[0].kind != list.values[0].kind) {
                error(
                    "type-change",
                    fmt::format("list {} holds values such as {} in the pack it comes from, and {} here",
                                name, describe_kind(old.values[0].kind), describe_kind(list.values[0].kind)),
                    list.place, name, "an override keeps the type of the values");
                continue;
            }
            old = std::move(list);
        }
    }

    void expressions(Layer& layer) {
        for (auto& [name, declared] : layer.expressions) {
            if (other_sort(name, "expression", declared.place)) continue;
            const auto inherited = merged_.expressions.find(name);
            if (inherited == merged_.expressions.end()) {
                merged_.expressions.emplace(name, std::move(declared));
                continue;
            }
            const std::size_t had = inherited->second.named.arguments.size();
            const std::size_t has = declared.named.arguments.size();
            if (had != has) {
                error("type-change",
                      fmt::format("expression {} takes {} argument{} in the pack it comes from, and {} here",
                                  name, had, had == 1 ? "" : "s", has),
                      declared.place, name, "an override keeps the number of arguments");
                continue;
            }
            inherited->second = std::move(declared);
        }
    }

    std::vector<std::string> rule_ids() const {
        std::vector<std::string> ids;
        for (const RuleDraft& draft : merged_.drafts) ids.push_back(draft.rule.id);
        return ids;
    }

    void overrides(Layer& layer) {
        for (Override& change : layer.overrides) {
            const auto found = index_.find(change.rule);
            if (found != index_.end()) {
                apply(change, merged_.drafts[found->second].rule, layer);
                continue;
            }
            if (owns(layer, change.rule)) {
                error("own-rule", fmt::format("rule {} is this pack's own", change.rule), change.place,
                      change.rule, "change it where it is written; overrides are for inherited rules");
                continue;
            }
            const std::string near = nearest(change.rule, rule_ids());
            std::string hint = "caseaudit list rules --pack PACK shows the inherited ones";
            if (layer.extends.empty()) hint = "this pack extends none, so there is nothing to override";
            if (!near.empty()) hint = fmt::format("did you mean '{}'?", near);
            error("unknown-rule", fmt::format("there is no inherited rule {} to override", change.rule),
                  change.place, change.rule, hint);
        }
    }

    static bool owns(const Layer& layer, const std::string& rule) {
        for (const FileContents& file : layer.files) {
            for (const RuleDraft& draft : file.rules) {
                if (draft.rule.id == rule) return true;
            }
        }
        return false;
    }

    static void apply(Override& change, Rule& rule, const Layer& layer) {
        if (change.title) rule.title = *change.title;
        if (change.remedy) rule.remedy = *change.remedy;
        if (change.severity) rule.severity = *change.severity;
        if (change.fail_if) rule.fail_if = change.fail_if;
        if (change.disabled) {
            rule.disabled = *change.disabled;
            rule.disabled_by = *change.disabled ? layer.id : "";
        }
        if (change.where) rule.where = change.where;
        for (expression::Text& except : change.except) rule.except.push_back(std::move(except));
        for (Argument& argument : change.with) {
            const auto same = std::find_if(rule.with.begin(), rule.with.end(),
                                           [&](const Argument& old) { return old.name == argument.name; });
            if (same == rule.with.end()) {
                rule.with.push_back(std::move(argument));
            } else {
                *same = std::move(argument);
            }
        }
        if (!change.message.empty()) rule.message = std::move(change.message);
        if (change.effective) {
            rule.effective_from = change.effective->from;
            rule.effective_to = change.effective->to;
        }
    }

    void rules(Layer& layer, FileContents& file) {
        for (RuleDraft& draft : file.rules) {
            const auto [known, added] = index_.emplace(draft.rule.id, merged_.drafts.size());
            if (!added) {
                duplicate(draft.rule, merged_.drafts[known->second].rule, layer);
                continue;
            }
            draft.rule.defined_in = layer.id;
            merged_.drafts.push_back(std::move(draft));
        }
        file.rules.clear();
    }

    // A measure replaces an inherited one of its id, in its place.
    void measures(const Layer& layer, FileContents& file) {
        for (Measure& measure : file.measures) {
            const auto same = std::find_if(merged_.pack.measures.begin(), merged_.pack.measures.end(),
                                           [&](const Measure& old) { return old.id == measure.id; });
            measure.pack = layer.id;
            if (same == merged_.pack.measures.end()) {
                merged_.pack.measures.push_back(std::move(measure));
            } else if (same->pack != layer.id) {
                *same = std::move(measure);
            } else {
                error("duplicate-measure",
                      fmt::format("measure {} is already there: {}:{}:{}", measure.id, same->place.file,
                                  same->place.line, same->place.column),
                      measure.place, measure.id, "ids are unique in a pack: rename one of them",
                      {"measure " + measure.id});
            }
        }
        file.measures.clear();
    }

    void duplicate(const Rule& rule, const Rule& first, const Layer& layer) {
        const bool inherited = first.defined_in != layer.id;
        std::string hint = "ids are unique in a pack: rename one of them";
        if (inherited) hint = "change the inherited rule under overrides, or give this one another id";
        error("duplicate-rule",
              fmt::format("rule {} is already there: {}:{}:{}", rule.id, first.place.file, first.place.line,
                          first.place.column),
              rule.place, rule.id, hint, {"rule " + rule.id});
    }

    // What every pack needs must be there, so nothing replaces anything.
    void plugins(const Layer& layer) {
        for (const PluginNeed& need : layer.plugins) {
            auto& added = merged_.pack.plugins.emplace_back(need);
            added.pack = layer.id;
            added.folder = layer.folder;
        }
    }

    // Of the loaded pack only: those it extends were asked when they were written.
    void unused_plugins(const Layer& layer) {
        chain_ = {pack_title(layer)};
        std::vector<std::string> used;
        for (const RuleDraft& draft : merged_.drafts)
            used.push_back(draft.rule.check.substr(0, draft.rule.check.find('.')));
        for (const PluginNeed& need : layer.plugins) {
            if (std::find(used.begin(), used.end(), need.name) != used.end()) continue;
            const std::string near = nearest(need.name, used);
            error("unused", fmt::format("no rule uses a check of plugin {}", need.name), need.place,
                  need.name,
                  near.empty() ? "take it out, or write a rule with check: " + need.name + ".…"
                               : fmt::format("did you mean '{}'?", near));
        }
    }

    // Of the loaded pack only: an inherited rule's own examples may not hold for a pack that changes it.
    void examples(Layer& layer) {
        chain_ = {pack_title(layer)};
        for (RuleDraft& draft : merged_.drafts) {
            if (draft.rule.defined_in != layer.id) draft.rule.examples.clear();
        }
        for (FileContents& file : layer.files) {
            for (RuleExamples& group : file.examples) {
                const auto found = index_.find(group.rule);
                if (found == index_.end()) {
                    const std::string near = nearest(group.rule, rule_ids());
                    error("unknown-rule",
                          fmt::format("there are examples of rule {}, and no such rule", group.rule),
                          group.place, group.rule,
                          near.empty() ? "examples are given by rule id"
                                       : fmt::format("did you mean '{}'?", near));
                    continue;
                }
                auto& all = merged_.drafts[found->second].rule.examples;
                for (Example& example : group.examples) all.push_back(std::move(example));
            }
        }
    }

    std::vector<Layer>& layers_;
    std::vector<std::string> chain_;
    Merged merged_;
    std::unordered_map<std::string, std::size_t> index_;  // rule id -> position in drafts
};

}  // namespace

Merged merge(std::vector<Layer>& layers) {
    return Merger(layers).merge();
}

}  // namespace caseaudit::rulepack
