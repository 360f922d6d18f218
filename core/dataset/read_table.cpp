#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "dataset/draft.h"

namespace caseaudit::dataset {
namespace {

using yaml::MapReader;
using yaml::Need;
using yaml::Node;

constexpr std::array<std::pair<std::string_view, FieldType>, 7> types = {{{"text", FieldType::text},
                                                                          {"code", FieldType::code},
                                                                          {"date", FieldType::date},
                                                                          {"integer", FieldType::integer},
                                                                          {"decimal", FieldType::decimal},
                                                                          {"boolean", FieldType::boolean},
                                                                          {"postcode", FieldType::postcode}}};
constexpr std::array<std::pair<std::string_view, Sensitivity>, 3> sensitivities = {
    {{"plain", Sensitivity::plain},
     {"sensitive", Sensitivity::sensitive},
     {"identifier", Sensitivity::identifier}}};

// The value that a word stands for; reports a word that stands for none.
template <class Value, std::size_t count>
Value choose(const std::array<std::pair<std::string_view, Value>, count>& choices, const Node& node,
             Value otherwise, std::string_view what, yaml::Errors& errors) {
    std::vector<std::string> names;
    for (const auto& [name, value] : choices) {
        if (name == node.text) return value;
        names.emplace_back(name);
    }
    const std::string near = nearest(node.text, names);
    errors.report(node, "unknown-word", fmt::format("'{}' is no {}", node.text, what),
                  near.empty() ? fmt::format("one of: {}", fmt::join(names, ", "))
                               : fmt::format("did you mean '{}'?", near));
    return otherwise;
}

// Names that mean something else in the scope of a row.
bool is_reserved(std::string_view name) {
    constexpr std::array<std::string_view, 12> words = {"row",       "prev",  "next",       "prior",
                                                        "reference", "as_at", "collection", "case",
                                                        "true",      "false", "in",         "null"};
    return std::find(words.begin(), words.end(), name) != words.end();
}

void check_name(const Node& node, std::string_view what, yaml::Errors& errors) {
    if (!yaml::is_identifier(node.text)) {
        errors.report(node, "name", fmt::format("'{}' cannot be the name of {}", node.text, what),
                      "a name is a letter or '_', then letters, digits and '_'");
    } else if (is_reserved(node.text)) {
        errors.report(node, "name",
                      fmt::format("'{}' cannot be the name of {}: expressions give it another meaning",
                                  node.text, what));
    }
}

std::optional<Mention> mention(const Node* node) {
    if (!node) return std::nullopt;
    return Mention{node->text, node};
}

std::vector<Mention> mentions(MapReader& reader, std::string_view key) {
    std::vector<Mention> out;
    for (const Node* node : reader.scalars(key, Need::optional, true)) out.push_back({node->text, node});
    return out;
}

class TableReader {
  public:
    TableReader(const DatasetDraft& dataset, yaml::Errors& errors) : dataset_(dataset), errors_(errors) {}

    TableDraft read(const Node& name, const Node& body) {
        check_name(name, "a table", errors_);
        draft_.name_node = &name;
        table().name = name.text;
        table().place = place_of(errors_.document(), name);
        MapReader reader(body, fmt::format("the table '{}'", name.text), errors_);
        table().label = reader.text("label");
        if (table().label.empty()) table().label = name.text;
        table().description = reader.text("description");
        read_runs(reader);
        table().files = reader.texts("files", Need::optional, true);
        if (table().files.empty() && !draft_.runs) table().files = {name.text};
        table().one_per_case = reader.boolean("one_per_case", false);
        table().reference = reader.boolean("reference", false);
        read_keys(reader);
        read_timeline(reader);
        read_fields(reader);
        if (const Node* derived = reader.map("derived")) read_derived(*derived);
        if (const Node* xml = reader.any("xml")) read_xml_table(*xml, dataset_, table(), errors_);
        table().source = reader.text("source");
        reader.finish();
        return std::move(draft_);
    }

  private:
    Table& table() { return draft_.table; }

    void read_keys(MapReader& reader) {
        draft_.order = mentions(reader, "order");
        draft_.identity = mentions(reader, "identity");
        draft_.lookup = mention(reader.scalar("lookup"));
        const Node* key = reader.any("case_key");
        draft_.has_case_key = key != nullptr;
        if (!key) return;
        if (key->kind == Node::Kind::scalar) {
            if (key->text != "none") draft_.case_key = mention(key);
            return;
        }
        MapReader through(*key, "'case_key'", errors_);
        draft_.case_key = mention(through.scalar("field", Need::required));
        draft_.through = mention(through.scalar("through", Need::required));
        through.finish();
    }

    void read_runs(MapReader& reader) {
        const Node* node = reader.map("runs");
        if (!node) return;
        MapReader runs(*node, "'runs'", errors_);
        RunsDraft out;
        const auto required = [&](std::string_view key) {
            return mention(runs.scalar(key, Need::required)).value_or(Mention{"", node});
        };
        out.of = required("of");
        out.start = required("start");
        out.end = required("end");
        out.with_prior = runs.boolean("with_prior", false);
        out.first = mentions(runs, "first");
        out.last = mentions(runs, "last");
        runs.finish();
        draft_.runs = std::move(out);
    }

    // One entry, or a list of them.
    void read_timeline(MapReader& reader) {
        const Node* node = reader.any("timeline");
        if (!node) return;
        if (node->kind != Node::Kind::sequence) return read_timeline_entry(*node);
        for (const Node& item : node->items) read_timeline_entry(item);
    }

    void read_timeline_entry(const Node& node) {
        MapReader entry(node, "an entry of 'timeline'", errors_);
        TimelineDraft out;
        out.kind = entry.text("kind", Need::required);
        out.date = mention(entry.scalar("date", Need::required)).value_or(Mention{"", &node});
        out.end = mention(entry.scalar("end"));
        out.show = mentions(entry, "show");
        entry.finish();
        draft_.timeline.push_back(std::move(out));
    }

    void read_fields(MapReader& reader) {
        const Node* fields = reader.map("fields", draft_.runs ? Need::optional : Need::required);
        if (!fields) return;
        if (draft_.runs) {
            errors_.report(*fields, "derived-fields", "a table made of runs gets its fields from them",
                           "take 'fields' out; list under 'first' and 'last' what is to be carried over");
            return;
        }
        for (const auto& [name, body] : fields->entries) read_field(name, body);
        if (fields->entries.empty()) errors_.report(*fields, "empty", "a table needs at least one field");
    }

    void read_field(const Node& name, const Node& body) {
        const yaml::Errors::Within within(errors_, fmt::format("field {}", name.text));
        Field field;
        field.name = name.text;
        field.place = place_of(errors_.document(), name);
        check_name(name, "a field", errors_);
        std::optional<Mention> code_list;
        if (body.kind == Node::Kind::scalar) {  // DECOM: date
            field.type = choose(types, body, FieldType::text, "type of field", errors_);
            if (field.type == FieldType::code)
                errors_.report(body, "no-codes", "a code needs its list", "write {codes: name-of-list}");
        } else if (body.kind != Node::Kind::null) {  // DECOM: nothing means text
            code_list = read_field_keys(field, body);
        }
        if (field.type == FieldType::date && field.date_formats.empty())
            field.date_formats = dataset_.default_date_formats;
        check_unique(name, field.aliases);
        table().fields.push_back(std::move(field));
        draft_.code_lists.push_back(std::move(code_list));
    }

    std::optional<Mention> read_field_keys(Field& field, const Node& body) {
        MapReader reader(body, fmt::format("the field '{}'", field.name), errors_);
        const std::optional<Mention> code_list = mention(reader.scalar("codes"));
        const Node* type = reader.scalar("type");
        if (type) field.type = choose(types, *type, FieldType::text, "type of field", errors_);
        if (code_list && type && field.type != FieldType::code) {
            errors_.report(*type, "codes", "a field with a list of codes is of type code", "take 'type' out");
        }
        if (!code_list && field.type == FieldType::code) {
            errors_.report(*type, "no-codes", "a code needs its list", "add 'codes' with the name of a list");
        }
        if (code_list) field.type = FieldType::code;
        if (const Node* formats = reader.any("formats"); formats && field.type != FieldType::date) {
            errors_.report(*formats, "formats", "only a date has formats");
        }
        field.date_formats = read_date_formats(reader, "formats");
        if (const Node* word = reader.scalar("sensitivity")) {
            field.sensitivity = choose(sensitivities, *word, field.sensitivity, "sensitivity", errors_);
        }
        field.optional = reader.boolean("optional", false);
        field.aliases = reader.texts("aliases", Need::optional, true);
        if (const Node* otherwise = reader.any("otherwise")) read_otherwise(*otherwise, field);
        field.description = reader.text("description");
        reader.finish();
        return code_list;
    }

    // otherwise: EXPRESSION, or with what may be absent and which parameters must not be blank.
    void read_otherwise(const Node& node, Field& field) {
        if (!field.optional)
            errors_.report(node, "otherwise",
                           "only a field that is optional can be derived where it is absent",
                           "add optional: true");
        Derivation derivation;
        const Node* expression = &node;
        if (node.kind != Node::Kind::scalar) {
            MapReader reader(node, "'otherwise'", errors_);
            expression = reader.scalar("expression", Need::required);
            derivation.optional = reader.texts("optional", Need::optional, true);
            derivation.parameters = reader.texts("parameters", Need::optional, true);
            reader.finish();
        }
        if (!expression) return;
        derivation.expression = expression->text;
        derivation.place = place_in(errors_.document(), *expression, 0);
        field.otherwise = std::move(derivation);
    }

    void read_derived(const Node& derived) {
        for (const auto& [name, body] : derived.entries) {
            const yaml::Errors::Within within(errors_, fmt::format("derived field {}", name.text));
            check_name(name, "a derived field", errors_);
            check_unique(name, {});
            DerivedField field{name.text, "", "", place_of(errors_.document(), name)};
            const Node* expression = &body;
            if (body.kind == Node::Kind::map) {
                MapReader reader(body, fmt::format("the derived field '{}'", name.text), errors_);
                expression = reader.scalar("expression", Need::required);
                field.description = reader.text("description");
                reader.finish();
            } else if (body.kind != Node::Kind::scalar) {
                errors_.report(name, "wrong-type",
                               fmt::format("the derived field '{}' must be an expression", name.text));
                continue;
            }
            if (!expression) continue;
            field.expression = expression->text;
            field.place = place_in(errors_.document(), *expression, 0);
            table().derived.push_back(std::move(field));
        }
    }

    // Names and aliases of a table's fields must differ in more than case: header rows are read that way.
    void check_unique(const Node& name, const std::vector<std::string>& aliases) {
        std::vector<std::string> mine = {name.text};
        mine.insert(mine.end(), aliases.begin(), aliases.end());
        for (const std::string& one : mine) {
            const std::string folded = fold_case(one);
            if (std::find(names_.begin(), names_.end(), folded) != names_.end()) {
                errors_.report(
                    name, "duplicate",
                    fmt::format("the table has two fields called '{}' (case does not count)", one));
            }
            names_.push_back(folded);
        }
    }

    const DatasetDraft& dataset_;
    yaml::Errors& errors_;
    TableDraft draft_;
    std::vector<std::string> names_;
};

}  // namespace

std::vector<std::string> read_date_formats(MapReader& reader, std::string_view key) {
    std::vector<std::string> out;
    for (const Node* node : reader.scalars(key, Need::optional, true)) {
        const std::vector<std::string>& known = date_formats();
        if (std::find(known.begin(), known.end(), node->text) == known.end()) {
            reader.errors().report(*node, "format", fmt::format("'{}' is no date format", node->text),
                                   fmt::format("one of: {}", fmt::join(known, ", ")));
        }
        out.push_back(node->text);
    }
    return out;
}

TableDraft read_table(const Node& name, const Node& body, const DatasetDraft& dataset, yaml::Errors& errors) {
    return TableReader(dataset, errors).read(name, body);
}

}  // namespace caseaudit::dataset
