// What an extract may hold: tables, fields, types, code lists, the case key, order, derived tables and
// fields. Read from rules/datasets/*.yaml; immutable afterwards and safe to share between threads.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/civil.h"
#include "diagnostic/diagnostic.h"

namespace caseaudit::dataset {

enum class FieldType : std::uint8_t { text, code, date, integer, decimal, boolean, postcode };
enum class Sensitivity : std::uint8_t { plain, sensitive, identifier };

struct Code {
    std::string value;
    std::string label;
};
struct CodeList {
    std::string name;
    std::vector<Code> codes;
    std::string source;
};

// What every row of a table has for a field whose column the extract lacks. Compiled by the expression layer,
// in the scope of the row.
struct Derivation {
    std::string expression;
    std::vector<std::string> optional;    // tables and fields (postcodes.oscty) that may be absent
    std::vector<std::string> parameters;  // of the pack, without which there is no value
    Place place;
};

struct Field {
    std::string name;  // as in the extract's header row; compared without regard to case
    FieldType type = FieldType::text;
    int code_list = -1;  // into Dataset::code_lists, for type code
    std::vector<std::string>
        date_formats;  // "dd/mm/yyyy", "yyyy-mm-dd", "yyyy-mm-ddThh:mm:ss"; ISO always read
    Sensitivity sensitivity = Sensitivity::sensitive;
    bool optional = false;             // an extract without this column is complete all the same
    std::vector<std::string> aliases;  // other names the column goes by
    std::optional<Derivation> otherwise;
    std::string description;
    Place place;
};

// A field or row link computed by an expression, for example `period` of reviews. The text is compiled by
// the expression layer in the scope of a row of the table.
struct DerivedField {
    std::string name;
    std::string expression;
    std::string description;
    Place place;
};

// How the case of a row is found: by a field of the row itself, or through another table
// (clar_cla_id -> ssd_cla_episodes.clae_cla_id -> that table's case).
struct CaseKey {
    int field = -1;          // into Table::fields; -1: the table belongs to no case (staff, departments)
    int through_table = -1;  // into Dataset::tables, or -1 when `field` is the case key itself
    int through_field = -1;
};

// Rows of `from` that touch, made one row: [start, end) runs where the next start is not after the
// greatest end so far. A missing end is open. Rows whose start is missing or invalid are left out.
struct RunsOf {
    int table = -1;            // source table
    int start = -1, end = -1;  // date fields of it
    bool with_prior = false;   // rows of the prior extract take part too
    std::vector<int> first;    // source fields carried over from the run's first row, as first_<field>
    std::vector<int> last;     // and from its last, as last_<field>
};

// How the table's records stand in an XML file; see extract/record_layout.h.
struct XmlTable {
    struct Condition {
        std::string element, value;
    };
    std::vector<std::string> elements;
    std::vector<Condition> when;
    bool optional = false;                        // without a record the extract lacks the table
    std::vector<std::vector<std::string>> names;  // by field: names of elements besides its own
};

// The form of an extract that is one XML file.
struct XmlForm {
    std::vector<std::string> path;  // from the root element to that which holds a case
};

struct Table {
    std::string name;                // in expressions, packs and inputs: "placed_for_adoption"
    std::string label;               // in findings: "PlacedAdoption"
    std::vector<std::string> files;  // file-name patterns (* and ?), case ignored, without extension
    std::vector<Field> fields;
    std::vector<DerivedField> derived;
    CaseKey key;
    bool one_per_case = false;
    std::vector<int> order;      // fields that order the rows of a case; missing and invalid last
    std::vector<int> identity;   // fields that tell one record of a case from another over time
    std::optional<RunsOf> runs;  // set for a derived table: fields are start, end, rows, first_*, last_*
    bool reference = false;      // a reference table: no case, looked up by `lookup`
    int lookup = -1;             // key field of a reference table, or of another table of no case
    std::optional<XmlTable> xml;
    std::string description;
    std::string source;  // of a reference table: who publishes it and where
    Place place;
    int find_field(std::string_view field) const;  // -1 when absent; names and aliases, case ignored
    // Rows of a derived table belong to the cases of the rows they are made of; its `key` stays empty.
    bool has_cases() const { return key.field >= 0 || runs.has_value(); }
};

struct Dataset {
    std::string id, title, version, source;
    std::string case_name;                                          // "CHILD"
    std::string calendar;                                           // "england-and-wales"
    std::optional<calendar::Day> collection_start, collection_end;  // defaults; packs may set them
    std::optional<XmlForm> xml;
    bool ignore_code_case = false;  // a code in small letters is the code
    std::vector<CodeList> code_lists;
    std::vector<Table> tables;                     // a derived table after the tables it comes from
    std::string file;                              // where it was read from
    int find_table(std::string_view table) const;  // -1 when absent
};

// All errors of the file at once, each with file:line:column.
Result<Dataset> load(const std::string& path);

// Names of tables and columns, of which the case of letters (A to Z) does not count.
bool same_name(std::string_view a, std::string_view b);

// The forms a date field may be declared with; ISO dates and date-times are read besides.
const std::vector<std::string>& date_formats();

// JSON Schema of dataset files, for editors.
std::string json_schema();

// The table that a file is: by its name, else by its columns (the case key and at least half of the
// table's required fields, and no other table fits better). -1 when none, and when its columns are at odds
// with its name, exactly those of another table; `why` then says what was tried.
int recognise(const Dataset& dataset, std::string_view file_stem, const std::vector<std::string>& columns,
              std::string& why);

}  // namespace caseaudit::dataset
