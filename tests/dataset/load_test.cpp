#include "dataset/dataset.h"
#include "dataset/timeline.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

using namespace caseaudit;
using dataset::FieldType;

namespace {

dataset::Dataset read(const std::string& text) {
    const auto path = std::filesystem::temp_directory_path() / "caseaudit_dataset_load_test.yaml";
    std::ofstream(path, std::ios::binary) << text;
    auto result = dataset::load(path.string());
    if (!result) FAIL(render(result.errors().front()));
    std::filesystem::remove(path);
    return std::move(*result);
}

const std::string head = "id: d\ntitle: t\nversion: 1\ncase: child\n";

const dataset::Table& table(const dataset::Dataset& data, const std::string& name) {
    REQUIRE(data.find_table(name) >= 0);
    return data.tables[static_cast<std::size_t>(data.find_table(name))];
}

}  // namespace

TEST_CASE("fields in short and in long") {
    const auto data = read(head + R"(
date_formats: dd/mm/yyyy
code_lists: {colour: [red, green], size: {source: s, codes: {1: small, 2: large}}}
tables:
  things:
    case_key: child
    fields:
      child:
      made: date
      sold: {type: date, formats: [yyyy-mm-dd], optional: true, aliases: [sale, sold_on]}
      colour: {codes: colour, sensitivity: plain}
      weight: decimal
)");
    const dataset::Table& things = table(data, "things");
    CHECK(things.label == "things");
    CHECK(things.files == std::vector<std::string>{"things"});
    CHECK(things.key.field == 0);
    CHECK(things.fields[0].type == FieldType::text);
    CHECK(things.fields[1].date_formats == std::vector<std::string>{"dd/mm/yyyy"});
    CHECK(things.fields[2].date_formats == std::vector<std::string>{"yyyy-mm-dd"});
    CHECK(things.fields[2].optional);
    CHECK(things.fields[3].type == FieldType::code);
    CHECK(things.fields[3].code_list == 0);
    CHECK(things.fields[3].sensitivity == dataset::Sensitivity::plain);
    CHECK(things.fields[4].sensitivity == dataset::Sensitivity::sensitive);
    CHECK(data.code_lists[1].codes[1].value == "2");
    CHECK(data.code_lists[1].codes[1].label == "large");
    CHECK(things.find_field("COLOUR") == 3);
    CHECK(things.find_field("Sold_On") == 2);
    CHECK(things.find_field("nothing") == -1);
}

TEST_CASE("a case is found through several tables") {
    const auto data = read(head + R"(
tables:
  notes: {case_key: {field: meeting, through: meetings.id}, fields: {meeting: , text: }}
  meetings: {case_key: {field: stay, through: stays.id}, fields: {id: , stay: }}
  stays: {case_key: child, fields: {id: , child: }}
  staff: {case_key: none, lookup: id, fields: {id: , name: }}
)");
    const dataset::Table& notes = table(data, "notes");
    CHECK(notes.key.field == 0);
    CHECK(notes.key.through_table == data.find_table("meetings"));
    CHECK(notes.key.through_field == 0);
    CHECK(table(data, "meetings").key.through_table == data.find_table("stays"));
    CHECK(table(data, "stays").key.through_table == -1);
    CHECK_FALSE(table(data, "staff").has_cases());
    CHECK(table(data, "staff").lookup == 0);
}

TEST_CASE("runs stand behind the tables they are made of and carry fields over") {
    const auto data = read(head + R"(
code_lists: {why: [a]}
tables:
  periods:
    runs: {of: stays, start: from_day, end: to_day, with_prior: true, first: why, last: [why, note]}
    derived: {days: "end - start"}
  stays: {case_key: child, order: [from_day, to_day], fields: {child: , from_day: date, to_day: date, why: {codes: why}, note: }}
)");
    CHECK(data.tables[0].name == "stays");
    const dataset::Table& periods = table(data, "periods");
    CHECK(periods.runs->table == 0);
    CHECK(periods.runs->start == 1);
    CHECK(periods.runs->with_prior);
    CHECK(periods.runs->last == std::vector<int>{3, 4});
    std::vector<std::string> names;
    for (const auto& field : periods.fields) names.push_back(field.name);
    CHECK(names == std::vector<std::string>{"start", "end", "rows", "first_why", "last_why", "last_note"});
    CHECK(periods.fields[0].type == FieldType::date);
    CHECK(periods.fields[2].type == FieldType::integer);
    CHECK(periods.fields[3].code_list == 0);
    CHECK(periods.order == std::vector<int>{0});
    CHECK(periods.has_cases());
    CHECK(periods.key.field == -1);
    CHECK(periods.files.empty());
    CHECK(periods.derived[0].expression == "end - start");
}

TEST_CASE("a table says once or several times what its rows are on a timeline") {
    const std::string fields = "    fields: {child: , from: date, to: date, note: }\n";
    const std::string text = head + "tables:\n  one:\n    case_key: child\n" +
                             "    timeline: {kind: Stay, date: from, end: to, show: note}\n" + fields +
                             "  two:\n    case_key: child\n" +
                             "    timeline: [{kind: A, date: from}, {kind: B, date: to}]\n" + fields +
                             "  none:\n    case_key: child\n" + fields;
    const auto path = std::filesystem::temp_directory_path() / "caseaudit_timeline_load_test.yaml";
    std::ofstream(path, std::ios::binary) << text;
    const auto timelines = dataset::load_timelines(path.string());
    std::filesystem::remove(path);
    REQUIRE(timelines);
    REQUIRE(timelines->size() == 3);
    const auto& one = (*timelines)[0];
    REQUIRE(one.size() == 1);
    CHECK(one[0].kind == "Stay");
    CHECK(one[0].date == 1);
    CHECK(one[0].end == 2);
    CHECK(one[0].show == std::vector<int>{3});
    const auto& two = (*timelines)[1];
    REQUIRE(two.size() == 2);
    CHECK(two[1].date == 2);
    CHECK(two[1].end == -1);
    CHECK((*timelines)[2].empty());
}

TEST_CASE("a derived field knows where its expression begins") {
    const auto data =
        read(head +
             "tables:\n  t:\n    case_key: a\n    fields: {a: }\n    derived:\n      b: \"a == 'x'\"\n"
             "      c: {expression: size(a), description: length}\n");
    CHECK(data.tables[0].derived[0].expression == "a == 'x'");
    CHECK(data.tables[0].derived[0].place.line == 10);
    CHECK(data.tables[0].derived[0].place.column == 11);  // behind the quote
    CHECK(data.tables[0].derived[1].place.column == 23);
    CHECK(data.tables[0].derived[1].description == "length");
}

TEST_CASE("where cases and records stand in an XML file") {
    const auto data =
        read(head +
             "xml: {case: ROOT/LIST/ONE, fields: {a: [A1, A2], c: C1}}\ntables:\n  t:\n    case_key: a\n"
             "    fields: {a: , b: }\n    xml: {element: [X, Y], when: [B, K=1], optional: true, fields: {b: "
             "B1}}\n"
             "  u:\n    case_key: c\n    fields: {c: }\n    xml: ONE\n  v: {case_key: d, fields: {d: }}\n");
    REQUIRE(data.xml);
    CHECK(data.xml->path == std::vector<std::string>{"ROOT", "LIST", "ONE"});
    const auto& xml = *data.tables[0].xml;
    CHECK(xml.elements == std::vector<std::string>{"X", "Y"});
    CHECK(xml.names == std::vector<std::vector<std::string>>{{"A1", "A2"}, {"B1"}});
    CHECK(xml.optional);
    REQUIRE(xml.when.size() == 2);
    CHECK((xml.when[0].element == "B" && xml.when[0].value.empty()));
    CHECK((xml.when[1].element == "K" && xml.when[1].value == "1"));
    CHECK(data.tables[1].xml->elements == std::vector<std::string>{"ONE"});
    CHECK(data.tables[1].xml->names == std::vector<std::vector<std::string>>{{"C1"}});
    CHECK_FALSE(data.tables[2].xml);
}

TEST_CASE("a field may be derived where it is absent") {
    const auto data =
        read(head +
             "ignore_code_case: true\ntables:\n  t:\n    case_key: a\n    fields:\n      a: text\n"
             "      b: {optional: true, otherwise: a}\n"
             "      c: {optional: true, otherwise: {expression: a + b, optional: [u.x], parameters: p}}\n");
    CHECK(data.ignore_code_case);
    const auto& fields = data.tables[0].fields;
    CHECK_FALSE(fields[0].otherwise);
    CHECK(fields[1].otherwise->expression == "a");
    CHECK(fields[1].otherwise->place.line > 0);
    CHECK(fields[2].otherwise->expression == "a + b");
    CHECK(fields[2].otherwise->optional == std::vector<std::string>{"u.x"});
    CHECK(fields[2].otherwise->parameters == std::vector<std::string>{"p"});
}

TEST_CASE("the JSON Schema is JSON and names every key of the reader") {
    const auto schema = nlohmann::json::parse(dataset::json_schema());
    CHECK(schema.at("properties").contains("code_lists"));
    CHECK(schema.at("$defs").at("table").at("properties").contains("runs"));
}

TEST_CASE("the dataset in the guide is one") {
    std::ifstream stream(CASEAUDIT_SOURCE_DIR "/docs/datasets.md");
    std::string text, line;
    bool inside = false;
    while (std::getline(stream, line)) {
        if (line == "```") inside = false;
        if (inside) text += line + "\n";
        if (line == "```yaml") inside = true;
    }
    REQUIRE_FALSE(text.empty());
    const auto data = read(text);
    CHECK(table(data, "visits").key.through_table == data.find_table("bookings"));
    CHECK(table(data, "periods").find_field("last_room") == 4);
    CHECK(table(data, "stays").find_field("bedroom") == 5);
}
