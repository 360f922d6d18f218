#include "generate/iro.h"

#include <tbb/task_arena.h>

#include <fmt/format.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "generate/service_planting.h"
#include "generate/service_records.h"

using namespace caseaudit;
using generate::service::Table;
using generate::service::Value;

namespace {

std::string text_of(const Value& value) {
    std::string text;
    value.append_to(text);
    return text;
}

class Folder {
  public:
    explicit Folder(const std::string& name)
        : path_(std::filesystem::temp_directory_path() /
                fmt::format("caseaudit-iro-{}-{}", ::getpid(), name)) {
        std::filesystem::remove_all(path_);
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    std::string path() const { return path_.string(); }
    std::map<std::string, std::string> files() const {
        std::map<std::string, std::string> contents;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(path_)) {
            if (!entry.is_regular_file()) continue;
            std::ostringstream text;
            text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
            contents[std::filesystem::relative(entry.path(), path_).string()] = text.str();
        }
        return contents;
    }

  private:
    std::filesystem::path path_;
};

std::map<std::string, std::string> service(generate::IroOptions options, const std::string& name) {
    const Folder folder(name);
    options.out = folder.path();
    REQUIRE(generate::iro(options));
    return folder.files();
}

}  // namespace

TEST_CASE("cells are written as the dataset reads them") {
    CHECK(text_of({}) == "");
    CHECK(text_of(Value::date(calendar::day_number(2024, 2, 29))) == "2024-02-29");
    CHECK(text_of(Value::number(-12)) == "-12");
    CHECK(text_of(Value::hundredths(1205)) == "12.05");
    CHECK(text_of(Value::id("CLA", 1234567, 2)) == "CLA1234567-2");
    CHECK(text_of(Value::id("IRO", 7)) == "IRO7");
    CHECK(text_of("plain words") == "plain words");
    CHECK(text_of(R"({"A": "B"})") == R"("{""A"": ""B""}")");
}

TEST_CASE("rows are added, copied and removed in place") {
    generate::service::Rows rows;
    rows.add(Table::activity, {"P1", Value::date(0), "visit"});
    rows.add(Table::activity, {"P2"});
    REQUIRE(rows.copy(Table::activity, 0) == 2);
    rows.remove(Table::activity, 0);
    std::string text;
    rows.append_to(Table::activity, text);
    CHECK(text == "P2,,\nP1,1970-01-01,visit\n");
}

TEST_CASE("the bytes of a service depend neither on threads nor on the size of a piece of work") {
    generate::IroOptions options;
    options.children = 330;
    options.error_rate = 0.5;
    const auto expected = service(options, "one");
    CHECK(expected.size() == 29);
    options.children_at_once = 7;
    tbb::task_arena four(4);
    std::map<std::string, std::string> again;
    four.execute([&] { again = service(options, "two"); });
    CHECK(again == expected);
    options.seed = 2;
    CHECK(service(options, "three") != expected);
}

TEST_CASE("a child's records do not depend on how many children there are") {
    generate::IroOptions options;
    options.children = 40;
    const auto few = service(options, "few");
    options.children = 90;
    const auto many = service(options, "many");
    for (const char* table : {"ssd_person", "ssd_cla_reviews", "iro_review_documents", "iro_plans"}) {
        const std::string file = std::string("current/") + table + ".csv";
        CHECK(many.at(file).starts_with(few.at(file)));
        CHECK(many.at(file).size() > few.at(file).size());
    }
}

TEST_CASE("nothing is recorded after the as-at date, and every child was in care in the year") {
    const generate::service::Year year(2023);
    for (std::uint64_t number = 0; number < 300; ++number) {
        generate::Random lived(5, number, 1), recorded(5, number, 2);
        const auto child = generate::service::draw_child(lived, year, number);
        generate::service::Rows rows;
        generate::service::fill_rows(recorded, year, child, rows);
        CHECK(child.care.back().start <= year.as_at);
        CHECK(child.care.back().end >= year.start);
        CHECK(child.birthday(18) >= horizon(child.care.back(), year));
        CHECK(child.birth <= child.care.front().start);
        // A review is due on a day that may lie ahead, and a finding about a child may not.
        for (std::size_t table = 0; table < generate::service::table_count; ++table) {
            const auto each = static_cast<Table>(table);
            for (std::size_t row = 0; row < rows.count(each); ++row)
                for (std::size_t column = 0; column < shape(each).columns; ++column)
                    if (const Value& value = rows.at(each, row, column);
                        value.is_day() &&
                        !(each == Table::reviews && column == generate::service::reviews::due))
                        CHECK(value.day() <= year.as_at);
        }
    }
}

TEST_CASE("options that make no service are refused together") {
    generate::IroOptions options;
    options.children = 0;
    options.year = 1900;
    options.error_rate = 1.5;
    const auto report = generate::iro(options);
    REQUIRE(!report);
    CHECK(report.errors().size() == 4);
}
