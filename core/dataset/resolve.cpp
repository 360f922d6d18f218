#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "dataset/draft.h"

namespace caseaudit::dataset {
namespace {

using yaml::Node;

class Resolver {
  public:
    Resolver(DatasetDraft& draft, yaml::Errors& errors) : draft_(draft), errors_(errors) {
        for (const TableDraft& table : draft.tables) table_names_.push_back(table.table.name);
    }

    void run() {
        each([this](TableDraft& table) { resolve_code_lists(table); });
        each([this](TableDraft& table) { resolve_keys(table); });
        each([this](TableDraft& table) {
            resolve_runs(table);
        });  // after keys: it asks whether the source has cases
        each([this](TableDraft& table) { resolve_order(table); });
        each([this](TableDraft& table) { resolve_timeline(table); });
        each([this](TableDraft& table) { check_key_chain(table); });
        check_labels();
        check_file_patterns();
    }

  private:
    template <class Step>
    void each(Step step) {
        for (TableDraft& table : draft_.tables) {
            const yaml::Errors::Within within(errors_, fmt::format("table {}", table.table.name));
            step(table);
        }
    }

    static std::string suggestion(const std::string& name, const std::vector<std::string>& known,
                                  std::string_view what) {
        const std::string near = nearest(name, known);
        if (!near.empty()) return fmt::format("did you mean '{}'?", near);
        return known.empty() ? "" : fmt::format("{}: {}", what, fmt::join(known, ", "));
    }

    int find_table(const std::string& name) const {
        const auto found = std::find(table_names_.begin(), table_names_.end(), name);
        return found == table_names_.end() ? -1 : static_cast<int>(found - table_names_.begin());
    }

    // Fields are mentioned as they are defined: aliases and other spellings are for files only.
    int field_of(const Table& table, const std::string& name, const Node& at) {
        std::vector<std::string> known;
        for (std::size_t i = 0; i < table.fields.size(); ++i) {
            if (table.fields[i].name == name) return static_cast<int>(i);
            known.push_back(table.fields[i].name);
        }
        if (!name.empty()) {
            errors_.report(at, "unknown-field",
                           fmt::format("the table '{}' has no field '{}'", table.name, name),
                           suggestion(name, known, "its fields are"));
        }
        return -1;
    }
    int field_of(const Table& table, const Mention& mention) {
        return field_of(table, mention.name, *mention.node);
    }

    std::vector<int> fields_of(const Table& table, const std::vector<Mention>& mentions) {
        std::vector<int> out;
        for (const Mention& mention : mentions) {
            const int field = field_of(table, mention);
            if (field < 0) continue;
            if (std::find(out.begin(), out.end(), field) != out.end()) {
                errors_.report(*mention.node, "duplicate", fmt::format("'{}' is listed twice", mention.name));
            }
            out.push_back(field);
        }
        return out;
    }

    void resolve_code_lists(TableDraft& draft) {
        std::vector<std::string> known;
        for (const CodeList& list : draft_.dataset.code_lists) known.push_back(list.name);
        for (std::size_t i = 0; i < draft.code_lists.size(); ++i) {
            const std::optional<Mention>& mention = draft.code_lists[i];
            if (!mention) continue;
            const auto found = std::find(known.begin(), known.end(), mention->name);
            draft.table.fields[i].code_list =
                found == known.end() ? -1 : static_cast<int>(found - known.begin());
            if (found == known.end()) {
                errors_.report(*mention->node, "unknown-code-list",
                               fmt::format("there is no code list '{}'", mention->name),
                               suggestion(mention->name, known, "the code lists are"));
            }
        }
    }

    void resolve_keys(TableDraft& draft) {
        Table& table = draft.table;
        if (draft.runs) {
            if (draft.has_case_key)
                report(draft, "case-key", "a table made of runs belongs to the cases of its source",
                       "take 'case_key' out");
            if (table.reference)
                report(draft, "reference", "a table made of runs cannot be a reference table");
            if (draft.lookup) report(draft, "lookup", "a table made of runs has no 'lookup'");
            return;
        }
        if (!draft.has_case_key && !table.reference) {
            report(draft, "no-case-key", "the table does not say how the case of a row is found",
                   "give 'case_key' a field, or 'none' for tables of no case");
        }
        if (draft.case_key && table.reference)
            report(draft, "reference", "a reference table belongs to no case", "take 'case_key' out");
        if (draft.case_key) table.key.field = field_of(table, *draft.case_key);
        if (draft.through) resolve_through(draft);
        if (table.one_per_case && !draft.case_key && !table.reference) {
            report(draft, "one-per-case", "a table of no case cannot have one row per case");
        }
        if (draft.lookup) table.lookup = field_of(table, *draft.lookup);
        if (draft.lookup && draft.case_key) {
            errors_.report(*draft.lookup->node, "lookup",
                           "only a table of no case can be looked up by a field");
        }
        if (table.reference && !draft.lookup)
            report(draft, "lookup", "a reference table needs 'lookup', its key field");
    }

    void resolve_through(TableDraft& draft) {
        const Mention& through = *draft.through;
        const std::size_t dot = through.name.find('.');
        if (dot == std::string::npos) {
            errors_.report(*through.node, "through", "'through' must be table.field");
            return;
        }
        const std::string name = through.name.substr(0, dot);
        const int target = find_table(name);
        if (target < 0) {
            errors_.report(*through.node, "unknown-table", fmt::format("there is no table '{}'", name),
                           suggestion(name, table_names_, "the tables are"));
            return;
        }
        const TableDraft& other = draft_.tables[static_cast<std::size_t>(target)];
        if (other.runs || !other.case_key) {
            errors_.report(*through.node, "through",
                           fmt::format("the rows of '{}' have no case key to go by", name));
            return;
        }
        draft.table.key.through_table = target;
        draft.table.key.through_field = field_of(other.table, through.name.substr(dot + 1), *through.node);
    }

    void resolve_runs(TableDraft& draft) {
        if (!draft.runs) return;
        const RunsDraft& mentioned = *draft.runs;
        RunsOf runs;
        runs.with_prior = mentioned.with_prior;
        runs.table = find_table(mentioned.of.name);
        draft.table.runs = runs;
        if (runs.table < 0) {
            if (mentioned.of.name.empty()) return;  // said already
            errors_.report(*mentioned.of.node, "unknown-table",
                           fmt::format("there is no table '{}'", mentioned.of.name),
                           suggestion(mentioned.of.name, table_names_, "the tables are"));
            return;
        }
        const TableDraft& source = draft_.tables[static_cast<std::size_t>(runs.table)];
        if (source.runs || !source.case_key) {
            errors_.report(
                *mentioned.of.node, "runs",
                fmt::format("runs are made of a table with a case key; '{}' has none", mentioned.of.name));
            return;
        }
        runs.start = date_field(source.table, mentioned.start);
        runs.end = date_field(source.table, mentioned.end);
        runs.first = fields_of(source.table, mentioned.first);
        runs.last = fields_of(source.table, mentioned.last);
        draft.table.runs = runs;
        add_run_fields(draft, source.table);
    }

    int date_field(const Table& table, const Mention& mention) {
        const int field = field_of(table, mention);
        if (field >= 0 && table.fields[static_cast<std::size_t>(field)].type != FieldType::date) {
            errors_.report(*mention.node, "not-a-date", fmt::format("'{}' is not a date", mention.name));
        }
        return field;
    }

    void add_run_fields(TableDraft& draft, const Table& source) {
        Table& table = draft.table;
        const auto add = [&](std::string name, FieldType type, std::string description) {
            Field field;
            field.name = std::move(name);
            field.type = type;
            field.description = std::move(description);
            field.place = table.place;
            table.fields.push_back(std::move(field));
        };
        add("start", FieldType::date, "first day of the run");
        add("end", FieldType::date, "day the run ended; missing while it is open");
        add("rows", FieldType::integer, "how many rows it is made of");
        const auto carry = [&](const std::vector<int>& fields, const std::string& prefix) {
            for (const int index : fields) {
                Field field = source.fields[static_cast<std::size_t>(index)];
                field.name = prefix + field.name;
                field.aliases.clear();
                field.optional = true;
                field.place = table.place;
                table.fields.push_back(std::move(field));
            }
        };
        carry(table.runs->first, "first_");
        carry(table.runs->last, "last_");
        for (const DerivedField& derived : table.derived) {
            if (table.find_field(derived.name) < 0) continue;
            errors_.report(derived.place, derived.expression, "duplicate",
                           fmt::format("the run has a field called '{}' already", derived.name));
        }
    }

    void resolve_order(TableDraft& draft) {
        draft.table.order = fields_of(draft.table, draft.order);
        draft.table.identity = fields_of(draft.table, draft.identity);
        if (draft.runs && draft.order.empty()) draft.table.order = {0};
        if (draft.runs && draft.identity.empty()) draft.table.identity = {0};
    }

    void resolve_timeline(TableDraft& draft) {
        for (const TimelineDraft& mentioned : draft.timeline) {
            if (draft.runs || !draft.case_key) {
                errors_.report(
                    *mentioned.date.node, "timeline",
                    fmt::format("rows of '{}' are on no timeline: they are of no case, or made of others",
                                draft.table.name),
                    "take 'timeline' out");
                return;
            }
            TimelineEntry entry;
            entry.kind = mentioned.kind;
            entry.date = date_field(draft.table, mentioned.date);
            if (mentioned.end) entry.end = date_field(draft.table, *mentioned.end);
            entry.show = fields_of(draft.table, mentioned.show);
            check_withheld(draft.table, mentioned);
            draft.entries.push_back(std::move(entry));
        }
    }

    // A timeline is written whether identifiers are shown or not.
    void check_withheld(const Table& table, const TimelineDraft& mentioned) {
        std::vector<Mention> mentions = mentioned.show;
        mentions.push_back(mentioned.date);
        if (mentioned.end) mentions.push_back(*mentioned.end);
        for (const Mention& mention : mentions) {
            const int field = table.find_field(mention.name);
            if (field < 0) continue;
            const bool key = field == table.key.field;
            if (key || table.fields[static_cast<std::size_t>(field)].sensitivity == Sensitivity::identifier)
                errors_.report(
                    *mention.node, "timeline",
                    fmt::format("'{}' identifies the child and cannot be on a timeline", mention.name));
        }
    }

    // Follows `through` from table to table; a chain longer than there are tables goes round.
    void check_key_chain(const TableDraft& draft) {
        std::vector<std::string> chain = {draft.table.name};
        for (int at = draft.table.key.through_table; at >= 0;) {
            const TableDraft& next = draft_.tables[static_cast<std::size_t>(at)];
            chain.push_back(next.table.name);
            if (next.table.name == draft.table.name) {
                errors_.report(
                    *draft.through->node, "cycle",
                    fmt::format("the case key goes round in a circle: {}", fmt::join(chain, " -> ")));
            }
            if (next.table.name == draft.table.name || chain.size() > draft_.tables.size() + 1) return;
            at = next.table.key.through_table;
        }
    }

    void check_labels() {
        std::map<std::string, std::string> seen;
        each([&](const TableDraft& draft) {
            const auto [first, is_new] = seen.emplace(draft.table.label, draft.table.name);
            if (is_new) return;
            report(draft, "duplicate",
                   fmt::format("the label '{}' is that of table '{}' too", draft.table.label, first->second));
        });
    }

    void check_file_patterns() {
        std::map<std::string, std::string> seen;
        each([&](const TableDraft& draft) {
            for (const std::string& pattern : draft.table.files) {
                const auto [first, is_new] = seen.emplace(fold_file_name(pattern), draft.table.name);
                if (is_new || first->second == draft.table.name) continue;
                report(draft, "duplicate",
                       fmt::format("files called '{}' are those of table '{}' too", pattern, first->second));
            }
        });
    }

    void report(const TableDraft& draft, std::string_view code, std::string message, std::string hint = "") {
        errors_.report(*draft.name_node, code, std::move(message), std::move(hint));
    }

    DatasetDraft& draft_;
    yaml::Errors& errors_;
    std::vector<std::string> table_names_;
};

}  // namespace

void resolve(DatasetDraft& draft, yaml::Errors& errors) {
    Resolver(draft, errors).run();
}

}  // namespace caseaudit::dataset
