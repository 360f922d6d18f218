// The rule expression language: parsed, type-checked against a dataset, compiled into one graph that all
// rules of a run share (equal subexpressions are one node), and evaluated batch by batch over columns.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/working_days.h"
#include "casebook/casebook.h"
#include "dataset/dataset.h"
#include "diagnostic/diagnostic.h"

namespace caseaudit::expression {

using casebook::Which;

enum class Kind : std::uint8_t { boolean, integer, decimal, date, text, postcode, row, list, interval };

struct Type {
    Kind kind = Kind::boolean;
    int table = -1;                // of row, and of list of rows
    Which which = Which::current;  // of row, and of list of rows
    int code_list = -1;            // of text that is a code
    Kind element = Kind::row;      // of list
    bool operator==(const Type&) const = default;
};
std::string describe(const Type&, const dataset::Dataset&);  // "date", "row of episodes", "list of text"

// A constant: a parameter's value, or a list's element.
struct Constant {
    Kind kind = Kind::text;  // boolean, integer, decimal, date or text
    bool boolean = false;
    std::int64_t integer = 0;
    double decimal = 0;
    calendar::Day date = 0;
    std::string text;
};

// Text of an expression and where it stands, so that errors point into the YAML.
struct Text {
    std::string text;
    Place place;  // of its first character
    // Finds the place of the byte at an offset where the text as written differs from what it reads as
    // (folded lines, escapes). Asked for errors only; may be empty. Safe to call from any thread.
    std::function<Place(std::size_t)> locate = {};
    Place at(std::size_t offset) const;
};

// An expression with a name, usable as $name or $name(a, b); compiled where it is used.
struct Named {
    std::vector<std::string> arguments;
    Text text;
};

// What names mean beyond the dataset.
struct Environment {
    std::map<std::string, Constant> parameters;          // $name
    std::map<std::string, std::vector<Constant>> lists;  // $name
    std::map<std::string, Named> named;                  // $name, $name(…)
    calendar::Day as_at = 0;
    std::optional<calendar::Day> collection_start, collection_end;
    calendar::WorkingDays working_days;
};

struct Scope {
    int table = -1;  // the population's table; -1: one evaluation per case
    Which which = Which::current;
    std::vector<std::string> within;  // context for diagnostics
};

using NodeId = std::int32_t;

// A column that a node reads, directly or through others.
struct Need {
    int table;
    Which which;
    int field;  // -1: only that the table is there
    auto operator<=>(const Need&) const = default;
};

// A column that is derived where the extract lacks it, and what that takes.
struct Alternative {
    Need column;
    std::set<Need> needs;
    std::vector<std::string> blank_parameters;  // of the pack: without them there is no value
};

// Where names were used, for reports of unused parameters.
struct Used {
    std::set<std::string> parameters, lists, named;
};

class Graph;  // hash-consed nodes; private to expression/

// Compiles into one graph. Not shared between threads while compiling.
class Compiler {
  public:
    // The dataset outlives the compiler and its graph; the environment is copied.
    Compiler(const dataset::Dataset& dataset, const Environment& environment);
    ~Compiler();
    // Compiles in a scope and checks the type: `expected` empty takes any. Errors come all at once.
    Result<NodeId> compile(const Text& text, const Scope& scope, std::optional<Type> expected = {});
    // Whether comparing a code with a literal that its list lacks is an error (it is unless switched off).
    void check_codes(bool on);
    Type type(NodeId node) const;
    const std::set<Need>& needs(NodeId node) const;
    // All that anything compiled so far may read, columns that others are derived from among it.
    std::set<Need> reads() const;
    // Of the columns that needs() may name.
    const std::vector<Alternative>& alternatives() const;
    const Used& used() const;
    // If the node is a constant (a literal or parameter), its value.
    std::optional<Constant> constant(NodeId node) const;
    std::shared_ptr<const Graph> graph() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// Values with their states: missing and invalid are marked in the value itself.
//   boolean   int8:  0 false, 1 true, unknown_boolean (missing or undecided), invalid_boolean
//   integer   int64; date, postcode int32; text int32 text ids of the run's pool; row int32 rows of the table
//   missing = the type's lowest value, invalid = lowest + 1; decimals: two NaNs (see is_missing, is_invalid)
inline constexpr std::int8_t unknown_boolean = -128, invalid_boolean = -127;
inline constexpr std::int32_t missing32 = INT32_MIN, invalid32 = INT32_MIN + 1;
inline constexpr std::int64_t missing64 = INT64_MIN, invalid64 = INT64_MIN + 1;

struct Vector {
    Kind kind = Kind::boolean;
    std::uint32_t size = 0;
    const void* data = nullptr;
    const std::int8_t* booleans() const { return static_cast<const std::int8_t*>(data); }
    const std::int32_t* int32s() const { return static_cast<const std::int32_t*>(data); }
    const std::int64_t* int64s() const { return static_cast<const std::int64_t*>(data); }
    const double* decimals() const { return static_cast<const double*>(data); }
};
bool is_missing(double value);  // tells the two NaNs apart
bool is_invalid(double value);

// A graph bound to a casebook: constants resolved, histograms (occurrences) counted. Shared by threads.
class Bound {
  public:
    Bound(std::shared_ptr<const Graph> graph, const casebook::Casebook& casebook,
          const Environment& environment);
    ~Bound();
    // The nodes of each rule in the order in which the rules will be evaluated in every batch. Optional:
    // with it, Batch::finish_rule() frees what no later rule needs. Call before any Batch is made.
    void plan(const std::vector<std::vector<NodeId>>& rules);

  private:
    friend class Batch;
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

// Evaluates nodes over a range of cases. One per thread; reused from batch to batch.
class Batch {
  public:
    explicit Batch(const Bound& bound);
    ~Batch();
    // Cases [begin, end). Drops everything computed for the batch before.
    void start(std::uint32_t begin, std::uint32_t end);
    // First row, in the whole table, of the batch's rows of a table; and how many there are.
    std::uint32_t first_row(int table, Which which) const;
    std::uint32_t row_count(int table, Which which) const;
    // The case of each of these rows, counted from the batch's first; for tables of cases. Valid until
    // start().
    const std::uint32_t* case_of_rows(int table, Which which) const;
    // The node's value for every row of the scope's table in the batch (for scope table -1: for every
    // case), computed at most once and shared with every other node that contains it. Valid until
    // start() or finish_rule().
    Vector evaluate(NodeId node, int scope_table, Which scope_which);
    // The rows that a row-typed or list-of-rows node gives for the i-th row (or case) of the batch,
    // as rows of the whole table, appended in table order.
    void rows_of(NodeId node, int scope_table, Which scope_which, std::uint32_t i,
                 std::vector<std::uint32_t>& out);
    // The node's value for the i-th row as text for a message: dates 31 March 2026, missing "(blank)".
    std::string text_of(NodeId node, int scope_table, Which scope_which, std::uint32_t i);
    // Text behind an id in a text vector (the casebook's pool, or made during evaluation). Valid until
    // start() for ids beyond the casebook's.
    std::string_view text(std::int32_t id) const;
    // Call after each rule of the plan, in its order: frees what no later rule needs. A node asked for again
    // is computed again.
    void finish_rule();
    // Vectors computed so far, for tests and measurements of sharing.
    std::uint64_t computed() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// What is wrong with an expression whatever row it is of: its syntax, and functions that there are none of.
// For named expressions that nothing uses yet, which are compiled nowhere. `within` as in Scope.
Diagnostics check_unused(const Named& named, std::vector<std::string> within);

// One documented function of the language: the documentation page and its tests are made from these.
struct FunctionDoc {
    std::string name, signature, missing, example, result;
};
const std::vector<FunctionDoc>& functions();

}  // namespace caseaudit::expression
