// The datasets that come with the program.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <set>

#include "dataset/dataset.h"

using namespace caseaudit;

namespace {

dataset::Dataset read(const std::string& name) {
    auto result = dataset::load(std::string(CASEAUDIT_SOURCE_DIR "/rules/datasets/") + name + ".yaml");
    if (!result) {
        for (const Diagnostic& one : result.errors()) UNSCOPED_INFO(render(one));
        FAIL("the dataset has errors");
    }
    return std::move(*result);
}

const dataset::Table& table(const dataset::Dataset& data, const std::string& name) {
    INFO(name);
    REQUIRE(data.find_table(name) >= 0);
    return data.tables[static_cast<std::size_t>(data.find_table(name))];
}

const dataset::Field& field(const dataset::Table& from, const std::string& name) {
    INFO(from.name << "." << name);
    REQUIRE(from.find_field(name) >= 0);
    return from.fields[static_cast<std::size_t>(from.find_field(name))];
}

}  // namespace

TEST_CASE("ssda903 has the twelve tables of the collection") {
    const auto data = read("ssda903");
    const std::vector<std::pair<std::string, std::string>> tables = {
        {"header", "Header"},
        {"episodes", "Episodes"},
        {"reviews", "Reviews"},
        {"uasc", "UASC"},
        {"oc2", "OC2"},
        {"oc3", "OC3"},
        {"ad1", "AD1"},
        {"placed_for_adoption", "PlacedAdoption"},
        {"previous_permanence", "PrevPerm"},
        {"missing", "Missing"},
        {"sw_episodes", "SWEpisodes"},
        {"dolo", "DoLo"}};
    for (const auto& [name, label] : tables) {
        const dataset::Table& one = table(data, name);
        CHECK(one.label == label);
        CHECK(one.key.field == one.find_field("CHILD"));
        CHECK(field(one, "DOB").sensitivity == dataset::Sensitivity::identifier);
    }
    const std::set<std::string> one_per_case = {"header", "uasc", "oc2", "oc3", "ad1", "previous_permanence"};
    for (const dataset::Table& one : data.tables)
        CHECK(one.one_per_case == (one_per_case.count(one.name) > 0));
    CHECK(data.case_name == "CHILD");
    CHECK(*data.collection_start == calendar::day_number(2025, 4, 1));
    CHECK(*data.collection_end == calendar::day_number(2026, 3, 31));
    CHECK(table(data, "provider_info").reference);
    CHECK(table(data, "periods_of_care").runs->with_prior);
}

TEST_CASE("ssda903 protects what identifies a child") {
    const auto data = read("ssda903");
    for (const dataset::Table& one : data.tables) {
        for (const dataset::Field& each : one.fields) {
            const bool identifies =
                std::set<std::string>{"DOB", "MC_DOB", "UPN", "HOME_POST", "PL_POST"}.count(each.name);
            INFO(one.name << "." << each.name);
            CHECK((each.sensitivity == dataset::Sensitivity::identifier) == identifies);
        }
    }
}

TEST_CASE("ssda903 code lists") {
    const auto data = read("ssda903");
    const auto has = [&](const std::string& in, const std::string& column, const std::string& code) {
        const auto& codes =
            data.code_lists[static_cast<std::size_t>(field(table(data, in), column).code_list)].codes;
        return std::any_of(codes.begin(), codes.end(), [&](const auto& one) { return one.value == code; });
    };
    CHECK(has("episodes", "PLACE", "K3"));
    CHECK(has("episodes", "PLACE", "Z14"));
    CHECK_FALSE(has("episodes", "PLACE", "Z1"));
    CHECK(has("episodes", "REC", "E4A"));
    CHECK(has("oc2", "CONVICTED", "0"));
    CHECK(has("oc3", "IN_TOUCH", "NO"));
    CHECK_FALSE(has("header", "SEX", "1"));
    for (const dataset::CodeList& list : data.code_lists) CHECK_FALSE(list.codes.empty());
}

TEST_CASE("iro finds the child of a document through its review and the review's episode") {
    const auto data = read("iro");
    const dataset::Table& documents = table(data, "iro_review_documents");
    const dataset::Table& reviews = table(data, "ssd_cla_reviews");
    CHECK(documents.key.through_table == data.find_table("ssd_cla_reviews"));
    CHECK(documents.key.through_field == reviews.find_field("clar_cla_review_id"));
    CHECK(reviews.key.field == reviews.find_field("clar_cla_id"));
    CHECK(reviews.key.through_table == data.find_table("ssd_cla_episodes"));
    const dataset::Table& stages = table(data, "iro_dispute_stages");
    CHECK(stages.key.through_table == data.find_table("iro_disputes"));
    CHECK_FALSE(table(data, "ssd_professionals").has_cases());
    CHECK(table(data, "ssd_professionals").lookup >= 0);
    CHECK(table(data, "ssd_person").one_per_case);
    CHECK_FALSE(data.collection_end);
}

TEST_CASE("iro reads every date as a date and every flag as a flag") {
    const auto data = read("iro");
    for (const dataset::Table& one : data.tables) {
        for (const dataset::Field& each : one.fields) {
            INFO(one.name << "." << each.name);
            if (each.name.ends_with("_date")) CHECK(each.type == dataset::FieldType::date);
            if (each.name.ends_with("_seen") || each.name.ends_with("_flag"))
                CHECK(each.type == dataset::FieldType::boolean);
        }
    }
    CHECK(field(table(data, "iro_review_documents"), "declined").type == dataset::FieldType::boolean);
    CHECK(field(table(data, "iro_dispute_stages"), "stage").type == dataset::FieldType::integer);
    CHECK(field(table(data, "iro_caseloads"), "full_time_equivalent").type == dataset::FieldType::decimal);
    const dataset::Field& kind = field(table(data, "iro_disputes"), "category");
    CHECK(data.code_lists[static_cast<std::size_t>(kind.code_list)].codes.size() == 21);
}

TEST_CASE("iro has every table and field that the IRO service's list names") {
    std::filesystem::path list = CASEAUDIT_SOURCE_DIR "/../shared/iro/tables.csv";
    if (!std::filesystem::exists(list))
        list = CASEAUDIT_SOURCE_DIR "/../../shared/iro/tables.csv";  // a worktree
    std::ifstream stream(list);
    if (!stream) {
        WARN("skipped: the list is not here");
        return;
    }
    const auto data = read("iro");
    std::string line;
    std::getline(stream, line);
    int fields = 0;
    for (; std::getline(stream, line); ++fields) {
        const std::size_t first = line.find(','), second = line.find(',', first + 1);
        field(table(data, line.substr(0, first)), line.substr(first + 1, second - first - 1));
    }
    CHECK(fields == 63);
}
