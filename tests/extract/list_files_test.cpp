#include <sys/stat.h>
#include <unistd.h>

#include <set>

#include "extract/bundle.h"
#include "extract/reader.h"

using namespace caseaudit::extract;
namespace fs = std::filesystem;

namespace {

struct Folder {
    fs::path path = fs::temp_directory_path() / ("caseaudit-extract-" + std::to_string(::getpid()));
    Folder() {
        fs::remove_all(path);
        fs::create_directories(path);
    }
    ~Folder() { fs::remove_all(path); }
    std::string operator/(const std::string& name) const { return (path / name).string(); }
    void put(const std::string& name) const { std::ofstream(path / name) << "A\n1\n"; }
};

}  // namespace

TEST_CASE("The files of a folder are those of known kinds, by name") {
    Folder folder;
    for (const char* name :
         {"b.csv", "A.CSV", "c.tsv", "d.txt", "e.ods", "~$g.xlsx", "notes", ".csvx", "f.csv.bak"})
        folder.put(name);
    fs::create_symlink("b.csv", folder / "link.csv");
    std::vector<Rejected> problems;
    const auto files = list_files(folder.path.string(), problems);
    REQUIRE(files);
    CHECK(*files == std::vector<std::string>{folder / "A.CSV", folder / "b.csv", folder / "c.tsv",
                                             folder / "d.txt", folder / "link.csv"});
    CHECK(problems.empty());
    CHECK(*list_files(folder.path.string() + "/", problems) == *files);
    CHECK(*list_files(folder / "b.csv", problems) == std::vector<std::string>{folder / "b.csv"});
}

TEST_CASE("Files that cannot be used are problems, and the others are read") {
    Folder folder;
    folder.put("a.csv");
    fs::create_directory(folder / "b.csv");
    REQUIRE(::mkfifo((folder / "c.csv").c_str(), 0600) == 0);
    fs::create_symlink("nowhere.csv", folder / "d.csv");
    folder.put("e.csv");
    fs::permissions(folder / "e.csv", fs::perms::none);
    std::vector<Rejected> problems;
    const auto files = list_files(folder.path.string(), problems);
    REQUIRE(files);
    const bool reads_everything = ::geteuid() == 0;  // permissions do not bind root
    CHECK(files->size() == (reads_everything ? 2 : 1));
    REQUIRE(problems.size() == (reads_everything ? 3 : 4));
    CHECK(problems[0].file == "b.csv");
    CHECK(problems[0].line == 0);
    CHECK(problems[0].reason == "is a folder, though named like a file");
    CHECK(problems[1].reason == "is a device or a pipe, not a file");
    CHECK(problems[2].reason == "the link leads nowhere");
    if (!reads_everything) CHECK(problems[3].reason == "cannot open: Permission denied");
}

TEST_CASE("A folder with nothing to read says so") {
    Folder folder;
    std::vector<Rejected> problems;
    CHECK(list_files(folder.path.string(), problems).errors().front().code == "extract.empty-folder");
    folder.put("a.ods");
    const auto none = list_files(folder.path.string(), problems);
    CHECK(none.errors().front().message == "the folder holds no file that can be read");
    CHECK(none.errors().front().hint == "files that can be read end in .csv, .tsv, .txt, .xlsx, .xlsm, .xml");
    CHECK(list_files(folder / "none", problems).errors().front().code == "extract.no-such-path");
    CHECK(list_files("/dev/null", problems).errors().front().code == "extract.not-a-file");
    CHECK(problems.empty());
}

TEST_CASE("Formats are found by extension, one reader for each") {
    std::vector<std::string> names;
    std::set<std::string> extensions;
    std::size_t listed = 0;
    for (const Format& format : formats()) {
        names.push_back(format.name);
        extensions.insert(format.extensions.begin(), format.extensions.end());
        listed += format.extensions.size();
        CHECK((format.open == nullptr) != (format.open_bundle == nullptr));
    }
    CHECK(names == std::vector<std::string>{"csv", "xlsx", "xml"});
    CHECK(extensions.size() == listed);
    CHECK(is_bundle("a/B.XML"));
    CHECK_FALSE(is_bundle("a.csv"));
}
