// One pack folder as it is read, before it is put together with the packs it extends.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "rulepack/pack.h"

namespace caseaudit::rulepack {

// A $name in the text of an expression or argument. Points into a document that the layer owns.
struct NameUse {
    std::string name;
    std::size_t offset = 0;  // of the $ in node->text
    const yaml::Node* node = nullptr;
    const yaml::Document* document = nullptr;
    std::vector<std::string> within;
};

struct Period {
    std::optional<calendar::Day> from, to;
};

struct DeclaredList {
    std::vector<expression::Constant> values;
    Place place;
};

struct DeclaredExpression {
    expression::Named named;
    Place place;
    std::vector<std::string> uses;  // $names in it
};

struct Override {
    std::string rule;
    Place place;
    std::optional<std::string> title, remedy;
    std::optional<Severity> severity;
    std::optional<Threshold> fail_if;
    std::optional<bool> disabled;
    std::optional<expression::Text> where;
    std::vector<expression::Text> except;
    std::vector<Argument> with;
    std::vector<MessagePiece> message;  // empty: not replaced
    std::optional<Period> effective;
};

// A rule, and the places of its parts that only the dataset can judge.
struct RuleDraft {
    Rule rule;
    std::vector<Place> for_each_places, fields_places, optional_places;
};

struct RuleExamples {
    std::string rule;
    Place place;
    std::vector<Example> examples;
};

// What one file of rules or examples holds. Filled by one thread.
struct FileContents {
    std::unique_ptr<yaml::Document> document;  // null when it could not be read as YAML
    std::vector<RuleDraft> rules;
    std::vector<Measure> measures;
    std::vector<RuleExamples> examples;
    std::vector<NameUse> uses;
    Diagnostics errors;
};

struct Layer {
    std::string folder;               // as named to the user
    FileContents pack_file;           // no rules in it
    std::vector<FileContents> files;  // by name
    std::string id, title, version, description, requires_engine, dataset, calendar;
    Place id_place, dataset_place, calendar_place;
    struct Extended {
        std::string name;
        Place place;
    };
    std::vector<Extended> extends;
    std::map<std::string, Threshold> fail_if;
    Period effective;
    std::map<int, Extended> collections;  // by the year in which the collection ends
    std::map<std::string, Parameter> parameters;
    std::map<std::string, DeclaredList> lists;
    std::map<std::string, DeclaredExpression> expressions;
    std::vector<Override> overrides;
    std::optional<DisputeProtocol> dispute_protocol;
    std::vector<PluginNeed> plugins;
    std::string sha256;
};

// How a pack is named in the chain of a diagnostic: by its id, or by its folder's name when it has none.
std::string pack_title(const Layer& layer);

// Reads pack.yaml of the folder. Errors go to pack_file.errors; what is sound is kept.
Layer read_pack_file(const std::string& folder);

// Reads a file of rules, or of examples (*.examples.yaml). `chain` begins the chain of its diagnostics.
FileContents read_rule_file(yaml::Reading reading, const std::string& chain, bool with_examples);
FileContents read_examples_file(yaml::Reading reading, const std::string& chain);

}  // namespace caseaudit::rulepack
