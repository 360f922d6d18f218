#include "casebook/sample.h"

using namespace sample;

namespace {

// A folder of the test's own, removed at its end.
class Folder {
  public:
    Folder() {
        static int number = 0;
        path_ = std::filesystem::path(CASEAUDIT_BINARY_DIR) / fmt::format("casebook_files_{}", number++);
        std::filesystem::remove_all(path_);
        std::filesystem::create_directories(path_);
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    void write(const std::string& name, const std::string& content) const {
        std::ofstream(path_ / name, std::ios::binary) << content;
    }
    std::string path(const std::string& name = "") const {
        return name.empty() ? path_.string() : (path_ / name).string();
    }

  private:
    std::filesystem::path path_;
};

}  // namespace

TEST_CASE("files of a folder become tables, with their origins") {
    const Folder current, prior;
    current.write(
        "episodes.csv",
        "CHILD,DECOM,DEC,LS,PLACE\nb,01/01/2024,,A,x\na,02/01/2024,,B,\"y\nz\"\na,01/01/2024,,B,w\n");
    current.write("visits.csv", "VISIT,CHILD,COLOUR,VISIT\n1,b,red,9\n");
    current.write("junk.csv", "WHO,KNOWS\n1,2\n");
    prior.write("episodes.csv", "CHILD,DECOM,DEC,LS\nc,01/01/2023,,A\n");
    const auto dataset = make_dataset();
    const auto loaded = casebook::load_extract(dataset, {current.path(), prior.path(), {}});
    REQUIRE(loaded);
    const auto& book = loaded->casebook;
    REQUIRE(book.cases() == 3);
    CHECK(book.cell(episodes, Which::current, 4, 2) == "y\nz");
    CHECK(book.origin(episodes, Which::current, 1).line == 5);
    CHECK(book.origin(episodes, Which::current, 1).row == 3);
    CHECK(book.origin(episodes, Which::current, 0).file == "episodes.csv");
    CHECK(book.origin(episodes, Which::current, 0).line == 2);
    CHECK(book.cell(visits, Which::current, 0, 0) == "1");
    CHECK_FALSE(book.table(episodes, Which::prior).columns[4].present());
    CHECK(book.table(episodes, Which::current).columns[0].is_case_key);

    REQUIRE(loaded->inputs.size() == 3);
    CHECK(loaded->inputs[0].table == "episodes");
    CHECK(loaded->inputs[0].rows == 3);
    CHECK(loaded->inputs[0].sha256.size() == 64);
    CHECK(loaded->inputs[1].unknown_columns == std::vector<std::string>{"COLOUR"});
    CHECK(loaded->inputs[2].which == Which::prior);
    CHECK(loaded->inputs[2].absent_columns == std::vector<std::string>{"PLACE"});
    REQUIRE(loaded->rejected.size() == 1);
    CHECK(loaded->rejected[0].file == "junk.csv");
    CHECK_FALSE(loaded->rejected[0].reason.empty());
    std::vector<std::string> codes;
    for (const auto& note : loaded->notes) codes.push_back(note.code);
    for (const char* code :
         {"casebook.unknown-column", "casebook.repeated-column", "casebook.absent-column"}) {
        CHECK(std::find(codes.begin(), codes.end(), code) != codes.end());
    }
}

TEST_CASE("several files of one table are appended in the order of their names") {
    const Folder folder;
    auto dataset = make_dataset();
    dataset.tables[visits].files = {"visits*"};
    folder.write("visits_b.csv", "CHILD,VISIT\nx,1\nx,2\n");
    folder.write("visits_a.csv", "VISIT,CHILD\n2,x\n3,\n");
    const auto loaded = casebook::load_extract(dataset, {folder.path(), "", {}});
    REQUIRE(loaded);
    const auto& book = loaded->casebook;
    REQUIRE(book.table(visits, Which::current).rows == 4);
    CHECK(book.case_key(1) == "?visits_a.csv:3");
    CHECK(book.cell(visits, Which::current, 0, 0) == "1");
    CHECK(book.origin(visits, Which::current, 0).file == "visits_b.csv");
    CHECK(book.origin(visits, Which::current, 1).file == "visits_a.csv");
    CHECK(book.origin(visits, Which::current, 2).file == "visits_b.csv");
    CHECK(book.origin(visits, Which::current, 2).line == 3);
}

TEST_CASE("reference tables are looked up, not audited") {
    const Folder folder;
    folder.write("visits.csv", "VISIT,CHILD\n1,a\n");
    folder.write("list.txt.csv", "pcd,area\nB1 1AA,inner\n");
    const auto dataset = make_dataset();
    const auto loaded = casebook::load_extract(
        dataset, {folder.path("visits.csv"), "", {{"postcodes", folder.path("list.txt.csv")}}});
    REQUIRE(loaded);
    CHECK(loaded->casebook.look_up(postcodes, "B11AA") == 0);
    const auto unknown =
        casebook::load_extract(dataset, {folder.path(), "", {{"postcode", folder.path("list.txt.csv")}}});
    REQUIRE_FALSE(unknown);
    CHECK(unknown.errors().front().code == "casebook.unknown-reference");
    CHECK(unknown.errors().front().hint.find("postcodes") != std::string::npos);
}

TEST_CASE("an extract that cannot be audited says why") {
    const Folder folder;
    const auto dataset = make_dataset();
    const auto nowhere = casebook::load_extract(dataset, {folder.path("nowhere"), "", {}});
    REQUIRE_FALSE(nowhere);
    CHECK_FALSE(nowhere.errors().front().hint.empty());
    CHECK_FALSE(casebook::load_extract(dataset, {folder.path(), "", {}}));
    folder.write("junk.csv", "WHO,KNOWS\n1,2\n");
    const auto nothing = casebook::load_extract(dataset, {folder.path(), "", {}});
    REQUIRE_FALSE(nothing);
    CHECK(nothing.errors().front().code == "casebook.nothing-recognised");
    REQUIRE(nothing.errors().size() == 2);
    CHECK(nothing.errors()[1].place.file == "junk.csv");
    folder.write("visits.csv", "VISIT,CHILD\n");
    const auto header_only = casebook::load_extract(dataset, {folder.path(), "", {}});
    REQUIRE(header_only);
    CHECK(header_only->casebook.table(visits, Which::current).present);
    CHECK(header_only->casebook.table(visits, Which::current).rows == 0);
    const auto no_prior = casebook::load_extract(dataset, {folder.path(), folder.path("prior"), {}});
    CHECK_FALSE(no_prior);
}

TEST_CASE("fields that nobody looks at are not kept; every record is counted all the same") {
    const Folder folder;
    folder.write("episodes.csv",
                 "CHILD,DECOM,DEC,LS,PLACE\nb,01/01/2024,,A,x\na,03/01/2024,04/01/2024,B,y\n");
    folder.write("visits.csv", "VISIT,CHILD\n1,b\n");
    folder.write("notes.csv", "VISIT,NOTE\n1,hello\n");
    const auto dataset = make_dataset();
    const casebook::LoadRequest request{folder.path(), "", {}};
    casebook::FieldsUsed used(dataset);
    used.add(episodes, Which::current, 3);
    used.add(notes, Which::current, -1);
    for (const bool small_first : {false, true}) {
        auto files = casebook::ExtractFiles::open(dataset, request);
        REQUIRE(files);
        if (small_first) files->read_if_small();
        const auto loaded = std::move(*files).load(used);
        REQUIRE(loaded);
        const auto& book = loaded->casebook;
        const auto& table = book.table(episodes, Which::current);
        CHECK(book.cases() == 2);
        CHECK(table.rows == 2);
        CHECK(table.columns[0].is_case_key);
        CHECK(table.columns[1].present());  // orders the rows
        CHECK_FALSE(table.columns[2].present());
        CHECK(book.cell(episodes, Which::current, 3, 1) == "B");
        CHECK_FALSE(table.columns[4].present());
        CHECK(book.origin(episodes, Which::current, 1).line == 3);
        CHECK_FALSE(book.table(periods, Which::current).present);
        CHECK_FALSE(book.table(visits, Which::current).present);  // only to find the notes' case
        CHECK_FALSE(book.table(notes, Which::current).columns[1].present());
        CHECK(book.table(notes, Which::current).case_starts[1] == 1);
        CHECK(loaded->inputs.size() == 3);
        CHECK(loaded->inputs[0].absent_columns.empty());
    }
}

TEST_CASE("a derived table that is used brings what it is made of") {
    const Folder folder;
    folder.write("episodes.csv", "CHILD,DECOM,DEC,LS,PLACE\na,01/01/2024,02/01/2024,A,x\n");
    const auto dataset = make_dataset();
    const casebook::LoadRequest request{folder.path(), "", {}};
    casebook::FieldsUsed used(dataset);
    used.add(periods, Which::current, 4);  // last_PLACE
    auto files = casebook::ExtractFiles::open(dataset, request);
    REQUIRE(files);
    const auto loaded = std::move(*files).load(used);
    REQUIRE(loaded);
    const auto& book = loaded->casebook;
    REQUIRE(book.table(periods, Which::current).rows == 1);
    CHECK(book.cell(periods, Which::current, 1, 0) == "2024-01-02");
    CHECK(book.cell(periods, Which::current, 4, 0) == "x");
    CHECK_FALSE(book.table(periods, Which::current).columns[3].present());  // first_LS
    CHECK_FALSE(book.table(periods_both, Which::current).present);
    CHECK(used.of(episodes, Which::prior, 1) == casebook::Use::judged);  // orders them
    CHECK(used.of(episodes, Which::prior, 2) == casebook::Use::none);
}

TEST_CASE("what is only shown does not order the rows") {
    const Folder folder;
    folder.write("episodes.csv", "CHILD,DECOM,PLACE,LS\na,01/01/2024,z,B\na,01/01/2024,y,A\n");
    const auto dataset = make_dataset();
    const casebook::LoadRequest request{folder.path(), "", {}};
    const auto lines = [&](casebook::Use place, casebook::Use status) {
        casebook::FieldsUsed used(dataset);
        used.add(episodes, Which::current, 4, place);
        used.add(episodes, Which::current, 3, status);
        auto files = casebook::ExtractFiles::open(dataset, request);
        REQUIRE(files);
        const auto loaded = std::move(*files).load(used);
        REQUIRE(loaded);
        CHECK(loaded->casebook.cell(episodes, Which::current, 4, 0).size() == 1);
        return std::pair(loaded->casebook.origin(episodes, Which::current, 0).line,
                         loaded->casebook.origin(episodes, Which::current, 1).line);
    };
    CHECK(lines(casebook::Use::shown, casebook::Use::shown) == std::pair<std::uint64_t, std::uint64_t>(2, 3));
    CHECK(lines(casebook::Use::judged, casebook::Use::shown) ==
          std::pair<std::uint64_t, std::uint64_t>(3, 2));
}
