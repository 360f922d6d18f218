#include "engine/report.h"

#include "expression/identifiers.h"

#include <set>

namespace caseaudit::engine {

using expression::NodeId;
using expression::Which;

std::string in_words(calendar::Day day) {
    constexpr std::string_view months[] = {"January",   "February", "March",    "April",
                                           "May",       "June",     "July",     "August",
                                           "September", "October",  "November", "December"};
    const auto date = calendar::civil(day);
    return fmt::format("{} {} {}", date.day, months[date.month - 1], date.year);
}

namespace {

// No child has as many of which all matter. Where a file gives all of its rows to one, each of its findings
// would list them all: of 300,000 rows the findings of one rule would take terabytes.
constexpr std::size_t most_records = 100;

// Rows of no case come after all cases, row by row.
constexpr std::uint64_t places_of_no_case = std::uint64_t{1} << 40;

// What a message says of a piece of evidence; a check gives none of what the record does not hold.
std::string shown_evidence(const std::vector<Evidence>& pieces, std::string_view name) {
    const auto piece =
        std::find_if(pieces.begin(), pieces.end(), [&](const Evidence& one) { return one.name == name; });
    if (piece == pieces.end() || piece->value.empty()) return "not recorded";
    calendar::Day day = 0;
    return !piece->number && calendar::parse_iso(piece->value, day) ? in_words(day) : piece->value;
}

}  // namespace

// Evidence that may show an identifier: text and days, made of columns that do, or of records that may.
void Reporter::withhold(const RulePart& part, Finding& finding) const {
    if (discretion_ == nullptr) return;
    for (auto& evidence : finding.evidence)
        if (!evidence.number && !evidence.duration &&
            (part.evidence_withheld ||
             (!evidence.value.empty() && (misplaced_ || !discretion_->may_show(evidence.value)))))
            evidence.value = withheld_text;
}

// What a node gives for a row of the scope, with discretion.
std::string Reporter::text_of(const ShownNode& shown, int table, std::uint32_t row) {
    if (shown.withheld && discretion_ != nullptr) return std::string(withheld_text);
    auto text = said_by_->text_of(shown.node, table, Which::current, row);
    if (discretion_ == nullptr || text == "(blank)") return text;
    using expression::Kind;
    const bool listed = shown.type.kind == Kind::list;
    const Kind kind = listed ? shown.type.element : shown.type.kind;
    if (kind == Kind::boolean || kind == Kind::row) return text;
    // A number that was worked out is none that stands in the extract.
    if ((kind == Kind::integer || kind == Kind::decimal) && !shown.of) return text;
    const auto may_show = [&] {
        if (misplaced_) return false;
        if (kind == Kind::integer || kind == Kind::decimal) return discretion_->may_show(text);
        if (kind != Kind::text) return true;
        if (listed) return discretion_->may_show(text);
        const auto texts = said_by_->evaluate(shown.node, table, Which::current);
        return discretion_->may_show(texts.int32s()[row], text, shown.of);
    };
    return may_show() ? text : std::string(withheld_text);
}

// "" where it is not known.
std::string Reporter::name(const ShownNode& name, int table, std::uint32_t row) {
    if (name.node < 0 || said_by_->text_of(name.node, table, Which::current, row) == "(blank)") return {};
    return text_of(name, table, row);
}

std::string Reporter::message(const RulePart& part, const Finding& finding, std::uint32_t row) {
    std::string text;
    for (const auto& piece : part.message) {
        if (piece.evidence) {
            text += shown_evidence(finding.evidence, piece.text);
        } else if (piece.shown.node < 0) {
            text += piece.text;
        } else {
            text += text_of(piece.shown, part.table, row);
        }
    }
    return text;
}

std::string Reporter::shown(int table, Which which, int field, std::uint32_t row) const {
    const auto& definition = casebook_.dataset().tables[table];
    const bool key = expression::holds_case_key(definition, field);
    const bool identifies = key || definition.fields[field].sensitivity == dataset::Sensitivity::identifier;
    if (discretion_ == nullptr || casebook_.state(table, which, field, row) == casebook::CellState::missing)
        return casebook_.cell(table, which, field, row);
    if (!identifies) return discretion_->cell(table, which, field, row);
    if (key && case_name_) return case_name_(casebook_.cell(table, which, field, row));
    return std::string(withheld_text);
}

void Reporter::add_record(const RulePart& part, Role role, int table, Which which, std::uint32_t row,
                          Finding& finding) {
    const Seen here{table, which, row};
    if (std::find(seen_.begin(), seen_.end(), here) != seen_.end()) return;
    if (finding.records.size() == most_records) {
        finding.more_records = true;
        return;
    }
    seen_.push_back(here);
    misplaced_ |= discretion_ != nullptr && discretion_->is_misplaced(table, which, row);
    const auto& definition = casebook_.dataset().tables[table];
    if (definition.runs) {  // a period of care stands for the records it was made of
        for (const auto source : casebook_.made_of(table, row))
            add_record(part, role, definition.runs->table, Which::current, source, finding);
        return;
    }
    const auto origin = casebook_.origin(table, which, row);
    Record record{role, which == Which::prior, definition.label, origin.file, origin.row, origin.line, {}};
    for (const auto& [shown_table, fields] : part.shown) {
        if (shown_table != table) continue;
        for (const int field : fields) {
            if (!casebook_.table(table, which).columns[field].present()) {
                add_derived(part, table, which, field, row, record);
                continue;
            }
            record.fields.emplace_back(definition.fields[field].name, shown(table, which, field, row));
        }
    }
    finding.records.push_back(std::move(record));
}

void Reporter::add_derived(const RulePart& part, int table, Which which, int field, std::uint32_t row,
                           Record& record) {
    for (const DerivedColumn& column : part.derived) {
        if (column.table != table || column.which != which || column.field != field) continue;
        const auto& definition = casebook_.dataset().tables[table].fields[field];
        const auto text =
            said_by_->text_of(column.node, table, which, row - said_by_->first_row(table, which));
        if (text == "(blank)") continue;
        const bool hide =
            discretion_ != nullptr && (definition.sensitivity == dataset::Sensitivity::identifier ||
                                       misplaced_ || !discretion_->may_show(text));
        record.fields.emplace_back(definition.name, hide ? std::string(withheld_text) : text);
    }
}

void Reporter::add_rows(const RulePart& part, Role role, const RowsNode& rows, std::uint32_t row,
                        Finding& finding) {
    rows_.clear();
    said_by_->rows_of(rows.node, part.table, Which::current, row, rows_);
    for (const auto r : rows_) {
        if (finding.more_records) return;
        add_record(part, role, rows.table, rows.which, r, finding);
    }
}

// The record's own identity, in the order of what lasts best: nothing but the case where it has one record
// at most; the fields that the dataset names; the field that others look the record up by; else all of its
// fields. A record of no case that should have one is known by all that its file says of it, or, where its
// key leads nowhere, as others are and by that key. See fields_read().
std::string Reporter::identity(const RulePart& part, std::uint32_t row, std::uint32_t case_index,
                               bool known_case) const {
    if (part.table < 0) return {};
    const auto& definition = casebook_.dataset().tables[part.table];
    std::string text = definition.name;
    const auto add = [&](int field) {
        if (!casebook_.table(part.table, Which::current).columns[field].present()) return;
        text += '\x1f';
        text += definition.fields[field].name;
        text += '=';
        text += casebook_.cell(part.table, Which::current, field, row);
    };
    const bool adrift = !known_case && definition.has_cases();
    const std::uint64_t contents = adrift ? casebook_.contents(case_index) : 0;
    if (contents != 0) {
        text += fmt::format("\x1f{:016x}", contents);
    } else if (!adrift && definition.one_per_case) {
        return text;
    } else if (!definition.identity.empty()) {
        for (const int field : definition.identity) add(field);
        if (adrift) add(definition.key.field);
    } else if (!adrift && definition.lookup >= 0) {
        add(definition.lookup);
    } else {
        for (int field = 0; field < static_cast<int>(definition.fields.size()); ++field)
            if (!definition.fields[field].optional) add(field);
    }
    return text;
}

expression::Batch& Reporter::batch_of(std::uint32_t case_index) {
    if (!few_ || case_index >= casebook_.cases()) return batch_;
    if (!alone_) alone_ = std::make_unique<expression::Batch>(bound_);
    if (case_alone_ != case_index) alone_->start(case_index, case_index + 1);
    case_alone_ = case_index;
    return *alone_;
}

Finding Reporter::report(const RulePart& part, std::uint32_t rule, std::uint32_t case_index,
                         const Failure& failure) {
    Finding finding;
    finding.rule = rule;
    const bool of_case = case_index < casebook_.cases();
    if (of_case) finding.case_key = casebook_.case_key(case_index);
    finding.case_known = of_case && casebook_.case_known(case_index);
    finding.case_number = case_index;
    finding.place = of_case ? casebook_.place(case_index) : places_of_no_case + case_index;
    finding.evidence = failure.evidence;
    const std::uint32_t row = part.table < 0 ? 0 : batch_.first_row(part.table, Which::current) + failure.row;
    said_by_ = &batch_of(case_index);
    const std::uint32_t scope_row = said_by_ == &batch_ ? failure.row
                                    : part.table < 0    ? 0
                                                     : row - said_by_->first_row(part.table, Which::current);
    seen_.clear();
    misplaced_ = false;
    finding.identity = identity(part, row, case_index, finding.case_known);
    if (part.table >= 0) add_record(part, Role::subject, part.table, Which::current, row, finding);
    for (const auto& rows : part.also_report) add_rows(part, Role::subject, rows, scope_row, finding);
    for (const auto other : failure.judged_by)
        if (part.table >= 0)
            add_record(part, Role::context, part.table, Which::current,
                       batch_.first_row(part.table, Which::current) + other, finding);
    for (const auto& rows : part.context) add_rows(part, Role::context, rows, scope_row, finding);
    // What is said may be of any of the records.
    finding.team = name(part.team, part.table, scope_row);
    finding.worker = name(part.worker, part.table, scope_row);
    finding.responsible = name(part.who, part.table, scope_row);
    if (part.who.node < 0) finding.responsible = finding.team.empty() ? finding.worker : finding.team;
    withhold(part, finding);
    finding.message = message(part, finding, scope_row);
    return finding;
}

}  // namespace caseaudit::engine
