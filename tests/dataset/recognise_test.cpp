#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "dataset/dataset.h"
#include "dataset/headings.h"

using namespace caseaudit;

namespace {

const dataset::Dataset& ssda903() {
    static const dataset::Dataset data = [] {
        auto result = dataset::load(CASEAUDIT_SOURCE_DIR "/rules/datasets/ssda903.yaml");
        if (!result) FAIL(render(result.errors().front()));
        return std::move(*result);
    }();
    return data;
}

std::vector<std::string> split(const std::string& line) {
    std::vector<std::string> out;
    std::istringstream stream(line);
    for (std::string cell; std::getline(stream, cell, ',');) out.push_back(cell);
    return out;
}

std::string recognised(const std::string& stem, const std::string& columns) {
    std::string why;
    const int table = dataset::recognise(ssda903(), stem, split(columns), why);
    CHECK((table < 0) == !why.empty());
    return table < 0 ? "" : ssda903().tables[static_cast<std::size_t>(table)].name;
}

}  // namespace

TEST_CASE("a file is recognised by its name, however it is spelt") {
    CHECK(recognised("header", "CHILD") == "header");
    CHECK(recognised("Header", "CHILD") == "header");
    CHECK(recognised("SSDA903 Episodes 2025-26", "CHILD") == "episodes");
    CHECK(recognised("sw_episodes", "CHILD") == "sw_episodes");
    CHECK(recognised("SWEpisodes", "CHILD") == "sw_episodes");
    CHECK(recognised("ssda903_sw_episodes", "CHILD") == "sw_episodes");
    CHECK(recognised("Placed-for Adoption", "CHILD") == "placed_for_adoption");
    CHECK(recognised("PlacedAdoption", "CHILD") == "placed_for_adoption");
    CHECK(recognised("dbo.Missing", "CHILD") == "missing");
    CHECK(recognised("reviews", "") == "reviews");  // an empty file
}

TEST_CASE("a file whose columns fit another table than its name says is neither") {
    const auto why = [](const std::string& stem, const std::string& columns) {
        std::string told;
        CHECK(dataset::recognise(ssda903(), stem, split(columns), told) == -1);
        return told;
    };
    CHECK(why("episodes", "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB") ==
          "its name is that of table episodes, but its columns fit header: give it the name of the "
          "table it holds, or export it anew");
    CHECK(why("missing", "child,dob,review,review_code").find("fit reviews") != std::string::npos);
    CHECK(why("Header 2025", "CHILD,SEX,DOB,DUC").find("fit uasc") != std::string::npos);
    CHECK(why("episodes", "CHILD,SEX,DOB,ETHNIC,UPN,MORE").find("fit header") != std::string::npos);
    // As long as it may be what its name says, it is.
    CHECK(recognised("episodes", "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB,RNE") == "episodes");
    CHECK(recognised("episodes", "CHILD,NOTES,REASON") == "episodes");
    CHECK(recognised("missing", "CHILD,DOB,REVIEW") == "missing");
    CHECK(recognised("header", "CHILD,SEX,DOB") == "header");
    CHECK(recognised("header", "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB,DUC") == "header");
}

TEST_CASE("a file is recognised by its columns") {
    CHECK(recognised("extract1", "CHILD,DOB,REVIEW,REVIEW_CODE") == "reviews");
    CHECK(recognised("extract2", "review_code,review,dob,child") == "reviews");
    CHECK(recognised("extract3", "CHILD,SEX,DOB,DUC") == "uasc");
    CHECK(recognised("extract4", "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB") == "header");
    CHECK(recognised("extract5", "CHILD,DECOM,RNE,LS,CIN,PLACE,DEC,REC,EXTRA") == "episodes");
    CHECK(recognised("extract6", "CHILD,DOB,MISSING,MIS_START,MIS_END") == "missing");
    CHECK(recognised("missing", "CHILD,DOB,REVIEW") == "missing");  // the name goes first
    CHECK(recognised("missing", "one,two") == "");                  // unless nothing fits it
    CHECK(recognised("reviews", "URN,POSTCODE") == "provider_info");
}

TEST_CASE("headings count without regard to spaces, _ and -") {
    CHECK(recognised("extract6", "Child,DOB,MISSING,MIS START,mis-end") == "missing");
    CHECK(recognised("extract6", "\uFEFFCHILD\u00A0,DOB,MISSING,MIS\u2009START,MIS_END") == "missing");
    CHECK(recognised("missing", "CHILD ID,MISSING START") == "");
}

TEST_CASE("a heading that is a field's name goes before one that is like it") {
    const auto& episodes = ssda903().tables[static_cast<std::size_t>(ssda903().find_table("episodes"))];
    const int home = episodes.find_field("HOME_POST");
    const auto named = [&](const std::string& headings) {
        return dataset::name_fields(episodes, split(headings)).field;
    };
    CHECK(named("HOME POST") == std::vector{home});
    CHECK(named("HOME POST,home_post") == std::vector{-1, home});
    CHECK(named("home_post,HOME-POST") == std::vector{home, -1});
    CHECK(named("HOME POST,HOME-POST") == std::vector{-1, -1});
    CHECK(named("HOME_POST,HOME_POST") == std::vector{home, home});
    CHECK(named("HOME POSTS") == std::vector{-1});
    CHECK(named("HOME\nPOST\u200B") == std::vector{home});
    CHECK(named("-,_,\u00A0,\xC2,\xE2\x80") == std::vector{-1, -1, -1, -1, -1});
    CHECK(dataset::name_fields(episodes, split("HOME POST,LS")).loosely == std::vector{true, false});
}

TEST_CASE("names that a heading is near to") {
    const std::vector<std::string> names{"CHILD", "REVIEW_CODE", "LS"};
    CHECK(dataset::near_name("REVIEWCOD", names) == "REVIEW_CODE");
    CHECK(dataset::near_name("Child ID", names) == "CHILD");
    CHECK(dataset::near_name("Review", names) == "REVIEW_CODE");
    CHECK(dataset::near_name("LSX", names) == "LS");
    CHECK(dataset::near_name("SHOE", names).empty());
    CHECK(dataset::near_name("RE", names).empty());
}

TEST_CASE("what is no table of the dataset is not guessed") {
    CHECK(recognised("notes", "name,comment") == "");
    CHECK(recognised("notes", "") == "");
    CHECK(recognised("notes", "CHILD,DOB") == "");                     // fits several equally well
    CHECK(recognised("notes", "DOB,REVIEW,REVIEW_CODE") == "");        // no case key
    CHECK(recognised("notes", "CHILD,DECOM,RNE,LS,CIN,PLACE") == "");  // less than half of the columns
    CHECK(recognised("notes", "CHILD,DECOM,RNE,LS,CIN,PLACE,DEC") == "episodes");
    std::string why;
    dataset::recognise(ssda903(), "notes", {"CHILD", "DOB"}, why);
    CHECK(why.find("several tables") != std::string::npos);
}

TEST_CASE("every file of the worked cases is recognised, by name and by columns") {
    std::filesystem::path cases = CASEAUDIT_SOURCE_DIR "/../shared/ssda903/cases";
    if (!std::filesystem::exists(cases))
        cases = CASEAUDIT_SOURCE_DIR "/../../shared/ssda903/cases";  // a worktree
    if (!std::filesystem::exists(cases)) {
        WARN("skipped: the worked cases are not here");
        return;
    }
    int files = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(cases)) {
        if (entry.path().extension() != ".csv") continue;
        ++files;
        std::string header;
        std::ifstream stream(entry.path());
        std::getline(stream, header);
        if (header.ends_with('\r')) header.pop_back();
        INFO(entry.path());
        const std::string stem = entry.path().stem().string();
        CHECK(recognised(stem, header) == stem);
        CHECK(recognised("unnamed", header) == stem);
        for (const std::string& column : split(header)) {  // and none of its columns is unknown
            const auto& table = ssda903().tables[static_cast<std::size_t>(ssda903().find_table(stem))];
            INFO(column);
            CHECK(table.find_field(column) >= 0);
        }
    }
    CHECK(files > 150);
}
