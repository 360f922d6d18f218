#include "expression/world.h"

#include <stdexcept>

namespace world {
namespace {

using dataset::FieldType;

dataset::Field field(std::string name, FieldType type, int code_list = -1) {
    dataset::Field made;
    made.name = std::move(name);
    made.type = type;
    made.code_list = code_list;
    made.date_formats = {"dd/mm/yyyy"};
    return made;
}

dataset::CodeList codes(std::string name, const std::vector<std::string>& values) {
    dataset::CodeList list;
    list.name = std::move(name);
    for (const std::string& value : values) list.codes.push_back({value, ""});
    return list;
}

dataset::Table table(std::string name, std::string label, std::vector<dataset::Field> fields) {
    dataset::Table made;
    made.name = std::move(name);
    made.label = std::move(label);
    made.files = {made.name};
    made.fields = std::move(fields);
    made.key.field = 0;
    return made;
}

dataset::Dataset build() {
    dataset::Dataset made;
    made.id = "small";
    made.case_name = "CHILD";
    made.collection_start = calendar::day_number(2025, 4, 1);
    made.collection_end = calendar::day_number(2026, 3, 31);
    made.code_lists = {codes("legal_status", {"C1", "C2", "D1", "E1", "V2"}),
                       codes("placement", {"K1", "K2", "U1", "U4"}), codes("category_of_need", {"N1", "N2"}),
                       codes("participation", {"PN0", "PN1", "PN4"})};
    auto header =
        table("header", "Header",
              {field("CHILD", FieldType::text), field("SEX", FieldType::text), field("DOB", FieldType::date),
               field("UPN", FieldType::text), field("MOTHER", FieldType::boolean)});
    header.one_per_case = true;
    header.derived = {{"age_at_start", "age_at(DOB, collection.start)", "", {"small.yaml", 10, 5}}};
    auto episodes = table(
        "episodes", "Episodes",
        {field("CHILD", FieldType::text), field("DECOM", FieldType::date), field("DEC", FieldType::date),
         field("LS", FieldType::code, 0), field("PLACE", FieldType::code, 1),
         field("CIN", FieldType::code, 2), field("URN", FieldType::text),
         field("PL_POST", FieldType::postcode), field("PL_DISTANCE", FieldType::decimal),
         field("VISITS", FieldType::integer), field("AGREED", FieldType::boolean)});
    episodes.order = {1, 2};
    episodes.derived = {{"period", "periods_of_care.last(p, p.start <= DECOM)", "", {"small.yaml", 20, 5}},
                        {"span", "interval(DECOM, DEC)", "", {"small.yaml", 21, 5}},
                        {"round", "round_too", "", {"small.yaml", 22, 5}},
                        {"round_too", "round", "", {"small.yaml", 23, 5}}};
    auto reviews = table("reviews", "Reviews",
                         {field("CHILD", FieldType::text), field("REVIEW", FieldType::date),
                          field("REVIEW_CODE", FieldType::code, 3)});
    reviews.order = {1};
    auto missing =
        table("missing", "Missing", {field("CHILD", FieldType::text), field("MIS_START", FieldType::date)});
    missing.order = {1};
    auto periods = table(
        "periods_of_care", "PeriodsOfCare",
        {field("start", FieldType::date), field("end", FieldType::date), field("rows", FieldType::integer),
         field("first_LS", FieldType::code, 0), field("last_PLACE", FieldType::code, 1)});
    dataset::RunsOf runs;
    runs.table = 1;
    runs.start = 1;
    runs.end = 2;
    runs.first = {3};
    runs.last = {4};
    periods.runs = runs;
    periods.key.field = -1;
    periods.order = {0, 1};
    auto homes = table("homes", "Homes",
                       {field("URN", FieldType::text), field("POSTCODE", FieldType::postcode),
                        field("PLACES", FieldType::integer)});
    homes.key.field = -1;
    homes.reference = true;
    homes.lookup = 0;
    homes.derived = {{"large", "PLACES > 4", "", {"small.yaml", 40, 5}}};
    auto staff = table("staff", "Staff", {field("id", FieldType::text), field("team", FieldType::text)});
    staff.key.field = -1;
    made.tables = {header, episodes, reviews, missing, periods, homes, staff};
    return made;
}

expression::Constant number(std::int64_t value) {
    expression::Constant constant;
    constant.kind = expression::Kind::integer;
    constant.integer = value;
    return constant;
}

expression::Constant text(std::string value) {
    expression::Constant constant;
    constant.text = std::move(value);
    return constant;
}

int table_number(std::string name, Which& which) {
    which = name.starts_with("prior.") ? Which::prior : Which::current;
    if (which == Which::prior) name.erase(0, 6);
    return small_dataset().find_table(name);
}

}  // namespace

const dataset::Dataset& small_dataset() {
    static const dataset::Dataset made = build();
    return made;
}

expression::Environment small_environment() {
    expression::Environment environment;
    environment.as_at = calendar::day_number(2026, 3, 31);
    environment.parameters = {{"limit", number(20)}, {"team", text("North")}};
    environment.lists = {{"care_orders", {text("C1"), text("C2")}}, {"numbers", {number(1), number(20)}}};
    const auto named = [](std::vector<std::string> arguments, std::string body) {
        return expression::Named{std::move(arguments), {std::move(body), {"pack.yaml", 30, 9}}};
    };
    environment.named = {{"open", named({}, "missing(DEC)")},
                         {"days_open", named({"e"}, "days_between(e.DECOM, coalesce(e.DEC, as_at))")},
                         {"longer", named({"e", "n"}, "$days_open(e) > n")},
                         {"later_of", named({"a", "b"}, "a > b ? a : b")},
                         {"ring_of", named({"a"}, "$later_of(a, $ring_of(a))")},
                         {"ring", named({}, "$rang || true")},
                         {"rang", named({}, "$ring")},
                         {"broken", named({}, "1 +")},
                         {"wrong", named({}, "NOTHING == 1")}};
    environment.working_days =
        calendar::WorkingDays(calendar::day_number(2024, 1, 1), calendar::day_number(2026, 12, 31),
                              {calendar::day_number(2025, 12, 25), calendar::day_number(2025, 12, 26),
                               calendar::day_number(2026, 1, 1)});
    return environment;
}

casebook::Casebook make(const std::vector<Rows>& rows) {
    std::vector<casebook::MemoryTable> tables;
    for (const Rows& one : rows) {
        casebook::MemoryTable made;
        made.table = table_number(one.table, made.which);
        made.columns = one.columns;
        made.rows = one.rows;
        tables.push_back(std::move(made));
    }
    return casebook::load_memory(small_dataset(), tables).casebook;
}

const std::vector<Rows>& two_children() {
    static const std::vector<Rows> rows = {
        {"header",
         {"CHILD", "SEX", "DOB", "UPN", "MOTHER"},
         {{"A", "2", "29/02/2008", "H801200001001", "0"}, {"B", "1", "31/02/2015", "", ""}}},
        {"episodes",
         {"CHILD", "DECOM", "DEC", "LS", "PLACE", "CIN", "URN", "PL_POST", "PL_DISTANCE", "VISITS", "AGREED"},
         {{"A", "12/05/2025", "01/09/2025", "C2", "U1", "N1", "SC034567", "ab1 2cd", "12.5", "3", "Y"},
          {"A", "01/09/2025", "15/12/2025", "C2", "K2", "N9", "", "AB12CD", "", "x", "N"},
          {"A", "15/12/2025", "", "C1", "U1", "N1", "SC034567", "nowhere", "0.5", "", ""},
          {"B", "", "", "C2", "", "", "", "", "1.5", "7", "perhaps"}}},
        {"reviews",
         {"CHILD", "REVIEW", "REVIEW_CODE"},
         {{"A", "05/06/2025", "PN4"},
          {"A", "28/08/2025", "PN1"},
          {"A", "27/02/2026", ""},
          {"B", "no", "PN9"}}},
        {"missing", {"CHILD", "MIS_START"}, {{"B", "01/01/2026"}}},
        {"homes", {"URN", "POSTCODE", "PLACES"}, {{"SC034567", "AB1 2CD", "6"}, {"SC000001", "", ""}}},
        {"prior.header", {"CHILD", "SEX", "DOB", "UPN", "MOTHER"}, {{"A", "2", "01/03/2008", "", ""}}},
        {"prior.episodes",
         {"CHILD", "DECOM", "DEC", "LS", "PLACE", "CIN"},
         {{"A", "01/02/2025", "", "V2", "U4", "N1"}}},
    };
    return rows;
}

expression::Scope scope_of(const std::string& table) {
    expression::Scope scope;
    if (table != "case") scope.table = table_number(table, scope.which);
    scope.within = {"rule r1"};
    return scope;
}

World::World(const std::vector<Rows>& rows, expression::Environment the_environment)
    : casebook(make(rows)), environment(std::move(the_environment)), compiler(small_dataset(), environment) {}

expression::NodeId World::compile(const std::string& text, const std::string& table) {
    auto node = compiler.compile({text, {"rule.yaml", 7, 12}}, scope_of(table));
    if (node) return *node;
    std::string all;
    for (const Diagnostic& error : node.errors()) all += error.message + "\n";
    throw std::runtime_error(text + ": " + all);
}

std::vector<std::string> World::values(const std::string& text, const std::string& table) {
    const expression::NodeId node = compile(text, table);
    const expression::Scope scope = scope_of(table);
    const expression::Bound bound(compiler.graph(), casebook, environment);
    expression::Batch batch(bound);
    batch.start(0, casebook.cases());
    const std::uint32_t count =
        scope.table < 0 ? casebook.cases() : batch.row_count(scope.table, scope.which);
    std::vector<std::string> shown;
    for (std::uint32_t i = 0; i < count; ++i)
        shown.push_back(batch.text_of(node, scope.table, scope.which, i));
    return shown;
}

std::string World::value(const std::string& text, const std::string& table, std::size_t row) {
    return values(text, table).at(row);
}

std::vector<std::uint32_t> World::rows(const std::string& text, const std::string& table, std::uint32_t row) {
    const expression::NodeId node = compile(text, table);
    const expression::Scope scope = scope_of(table);
    const expression::Bound bound(compiler.graph(), casebook, environment);
    expression::Batch batch(bound);
    batch.start(0, casebook.cases());
    std::vector<std::uint32_t> found;
    batch.rows_of(node, scope.table, scope.which, row, found);
    return found;
}

std::string errors_of(const std::string& text, const std::string& table,
                      const expression::Environment& environment, std::optional<expression::Type> expected) {
    expression::Compiler compiler(small_dataset(), environment);
    const auto node = compiler.compile({text, {"rule.yaml", 1, 1}}, scope_of(table), expected);
    if (node) return "";
    std::string all;
    for (const Diagnostic& error : node.errors()) {
        const bool here = error.place.file == "rule.yaml";
        const std::string other = error.place.file + " is not read";
        all += render(error, here ? &text : &other) + "\n";
    }
    return all;
}

}  // namespace world
