// Rule packs: what a folder of YAML says, with inheritance resolved and everything checked that can be
// checked without data. Immutable after loading.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "calendar/civil.h"
#include "caseaudit/findings.h"
#include "dataset/dataset.h"
#include "diagnostic/diagnostic.h"
#include "expression/expression.h"
#include "rulepack/dispute_protocol.h"
#include "rulepack/plugin_need.h"
#include "yaml/document.h"

namespace caseaudit::rulepack {

enum class Severity : std::uint8_t { info, low, medium, high, critical };
enum class Dimension : std::uint8_t { completeness, uniqueness, timeliness, validity, accuracy, consistency };
std::string_view name(Severity);
std::string_view name(Dimension);
std::optional<Severity> parse_severity(std::string_view text);
std::optional<Dimension> parse_dimension(std::string_view text);

struct Parameter {
    std::string name;
    expression::Constant value;
    std::string unit, source, description;
    Place place;
};

// One entry of `with:`. Its meaning depends on the check's parameter schema: an expression is compiled in
// the rule's scope, anything else is a constant read from the node ($name is replaced by the parameter).
struct Argument {
    std::string name;
    yaml::Node node;
    Place place;                                // of its first character; its file may be an heir's
    std::shared_ptr<const std::string> source;  // of that file, for the places of errors
    Place name_place;
};
// A scalar of the argument's node, as an expression to compile.
expression::Text text_of(const Argument& argument, const yaml::Node& scalar);

// "{expression}" pieces of a message. Text pieces have no expression.
struct MessagePiece {
    std::string text;  // literal text, or the placeholder as written
    std::optional<expression::Text> expression;
};

struct Example {
    yaml::Node given, prior, reference;  // table name -> list of {field: value}
    std::optional<calendar::Day> as_at;
    std::map<std::string, std::string> set;  // parameters for this example
    std::vector<std::string> finds;          // cases, or "table:row" with data rows from 1
    std::vector<std::string> undecided;      // cases
    bool has_undecided = false;
    std::string note;
    Place place;
};

// Who is to act on a finding: `responsible: EXPRESSION` gives `who` alone. Without it the team is named, else
// the worker.
struct Responsible {
    std::optional<expression::Text> who, team, worker;
};

struct Rule {
    std::string pack;        // id of the pack that was loaded, inherited rules included
    std::string defined_in;  // id of the pack that the rule was written in
    std::string id, title, source, remedy, description;
    Dimension dimension = Dimension::validity;
    Severity severity = Severity::medium;
    std::vector<std::string> for_each;  // table names, or the one word "case"
    std::optional<expression::Text> where;
    std::vector<expression::Text> except;  // rows for which one of these is true are left out
    std::string check;                     // "timeliness.deadline"; "assertion.holds" for `assert:`
    Place check_place;
    std::vector<Argument> with;
    std::vector<expression::Text> also_report;  // more subject records: rows or lists of rows
    std::vector<expression::Text> context;      // context records: rows or lists of rows
    std::vector<std::string> fields;            // shown of the subject; empty: those the rule reads
    std::vector<std::string> optional;          // tables, table.field, prior.table …: may be absent
    std::vector<MessagePiece> message;
    Responsible responsible;
    std::optional<calendar::Day> effective_from, effective_to;  // both inclusive
    bool disabled = false;
    std::string disabled_by;  // id of the pack whose override did it
    std::vector<Example> examples;
    Place place;
    std::vector<std::string> tags;
    std::optional<Threshold> fail_if;
    std::string module;  // the name of the file it is written in, without folder and ending
};

// A pack that another one extends, for the record of a run.
struct Base {
    std::string id, version, sha256;
};

enum class MeasureKind : std::uint8_t { rate, count, average, distribution };
std::string_view name(MeasureKind);
std::optional<MeasureKind> parse_measure_kind(std::string_view text);

// A figure that a report publishes: a population, and of it a rate, count, average or distribution, for
// each group of equal values of the `by` expressions.
struct Measure {
    struct Key {
        std::string name;
        expression::Text text;
    };
    std::string pack, id, title, unit, source, description;
    MeasureKind kind = MeasureKind::count;
    std::string for_each;  // a table's name, or the word "case"
    Place for_each_place;
    std::optional<expression::Text> where;
    std::vector<expression::Text> except;
    std::optional<expression::Text> met;    // of a rate: what the standard is
    std::optional<expression::Text> value;  // of an average: what is averaged
    std::vector<Key> by;
    bool totals = false;  // also groups over all values of some or all keys
    std::vector<std::string> optional;
    std::vector<Place> optional_places;
    std::optional<calendar::Day> effective_from, effective_to;
    Place place;
};

struct Pack {
    std::string id, title, version, requires_engine, sha256, folder, description;
    std::vector<std::string> extends;  // ids of all packs inherited from, nearest first
    std::vector<Base> bases;           // the same, in the same order
    std::string dataset_id, calendar;
    std::optional<calendar::Day> effective_from, effective_to;
    std::map<int, std::string> collections;  // pack by the year in which its collection ends; not inherited
    std::map<std::string, Parameter> parameters;
    std::map<std::string, std::vector<expression::Constant>> lists;
    std::map<std::string, expression::Named> named;
    std::optional<DisputeProtocol> dispute_protocol;
    std::map<std::string, Threshold> fail_if;  // by severity, or "pack": all of its rules
    std::vector<PluginNeed> plugins;  // of all packs inherited from, then its own; a name may come again
    std::vector<Rule> rules;          // in order of files by name, then of place
    std::vector<Measure> measures;    // in the same order; a later pack's replaces one of the same id
};

// Where packs, datasets and calendars are looked for, in order: $CASEAUDIT_RULES, ./rules, the installed
// share folder. The command fills it; the library reads no environment.
struct SearchPath {
    std::vector<std::string> folders;
};

struct LoadOptions {
    bool examples = false;                   // also read examples (inline and *.examples.yaml)
    std::map<std::string, std::string> set;  // parameter -> text, from --set
};

struct LoadedPack {
    Pack pack;
    dataset::Dataset dataset;
    calendar::WorkingDays working_days;
    std::vector<std::string> files;  // all that were read: its own, of packs it extends, dataset, calendar
};

// By name (in the search path) or by path. All errors in one go, in order of file, line and column.
// A name is a folder of that name, or any pack with that id. The pack's dataset (datasets/<id>.yaml), its
// calendar (calendars/<id>.yaml) and the packs it extends are looked for in the folder that the pack's own
// folder is in, then in the search path; `extends` also takes a path relative to the pack's folder.
// Reads files in parallel in the calling thread's oneTBB arena.
Result<LoadedPack> load(const std::string& name_or_path, const SearchPath& path, const LoadOptions& options);

// The same for a linter, which goes on to compile what could be read: `pack` is there, with what was sound
// in it, whenever the pack's dataset could be loaded; `errors` is empty exactly when load() would succeed.
struct Inspection {
    std::optional<LoadedPack> pack;
    Diagnostics errors;
};
Inspection inspect(const std::string& name_or_path, const SearchPath& path, const LoadOptions& options);

// Sets parameters from their text (--set), read as the type that the pack gives them. A name that none of
// the packs declares is an error, and so is text that is not of the type. For a run of several packs, each
// of which declares some of the names; load() does the same for one. A collection lasts a
// year at most: of collection_start and collection_end the one that is not set follows the one that is when
// the two would bound more than a year, or nothing.
Diagnostics set_parameters(const std::vector<Pack*>& packs, const std::map<std::string, std::string>& set);

// Whether the rule applies on a day: by its own effective dates, else by its pack's. Both ends inclusive.
bool in_force(const Pack& pack, const Rule& rule, calendar::Day as_at);

// The environment of the pack's expressions: parameters (with --set applied), lists, named expressions,
// collection_start and collection_end parameters, as_at.
expression::Environment environment(const LoadedPack& pack, calendar::Day as_at);

struct Found {
    std::string id, title, version, dataset, folder;
    std::size_t rules = 0;
};
std::vector<Found> find_packs(const SearchPath& path);  // for `caseaudit list packs`

std::string json_schema();  // of pack.yaml and rule files, for editors

}  // namespace caseaudit::rulepack
