#include <sys/stat.h>
#include <unistd.h>

#include <set>

#include "extract/bundle.h"
#include "extract/listing.h"
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

TEST_CASE("Every entry of a folder is read, told or plainly no part of an extract") {
    Folder folder;
    for (const char* name :
         {"b.csv",        "A.CSV",       "c.tsv",     "d.txt",    "e.ods",         "~$g.xlsx",   "notes",
          ".csvx",        "f.csv.bak",   "h.XLS",     "i.csv.gz", "j.dat",         "k.csv.part", "README",
          "readme.first", "l.md",        "m.PDF",     "n.docx",   "findings.json", "o.yaml",     "p.log",
          "Thumbs.db",    "desktop.ini", ".DS_Store", "._b.csv",  ".~lock.b#",     "a.csv.b"})
        folder.put(name);
    fs::create_symlink("b.csv", folder / "link.csv");
    const auto listing = list_files(folder.path.string());
    REQUIRE(listing);
    CHECK(listing->files == std::vector<std::string>{folder / "A.CSV", folder / "b.csv", folder / "c.tsv",
                                                     folder / "d.txt", folder / "link.csv"});
    std::vector<std::string> unread;
    for (const auto& one : listing->unread) unread.push_back(one.name);
    CHECK(unread == std::vector<std::string>{"a.csv.b", "e.ods", "f.csv.bak", "h.XLS", "i.csv.gz", "j.dat",
                                             "k.csv.part", "notes"});
    const auto reason = [&](std::size_t i, const char* words) {
        INFO(listing->unread[i].reason);
        CHECK(listing->unread[i].reason.find(words) != std::string::npos);
    };
    reason(1, "save it as an Excel workbook (.xlsx) or as CSV");
    reason(3, "save it as an Excel workbook (.xlsx) or as CSV");
    reason(4, "unpack it");
    reason(5, "a format that is not read: save it as CSV");
    reason(7, "no extension");
    CHECK(listing->passed_over == std::vector<std::string>{".DS_Store", "._b.csv", ".csvx", ".~lock.b#",
                                                           "README", "Thumbs.db", "desktop.ini",
                                                           "findings.json", "l.md", "m.PDF", "n.docx",
                                                           "o.yaml", "p.log", "readme.first", "~$g.xlsx"});
    CHECK(list_files(folder.path.string() + "/")->files == listing->files);
    CHECK(list_files(folder / "b.csv")->files == std::vector<std::string>{folder / "b.csv"});
}

TEST_CASE("Folders within that hold data are told, others are not") {
    Folder folder;
    folder.put("a.csv");
    for (const char* name : {"b", "c/d/e", "f/g", ".h", "empty/empty"})
        fs::create_directories(folder.path / name);
    for (const char* name : {"b/x.csv", "c/d/e/x.xls", "f/g/x.md", ".h/x.csv"}) folder.put(name);
    fs::create_symlink(".", folder / "itself");
    const auto listing = list_files(folder.path.string());
    REQUIRE(listing);
    std::vector<std::string> unread;
    for (const auto& one : listing->unread) unread.push_back(one.name);
    CHECK(unread == std::vector<std::string>{"b/", "c/", "itself/"});
    CHECK(listing->unread[0].reason.find("give its files directly") != std::string::npos);
    CHECK(listing->passed_over == std::vector<std::string>{".h/", "empty/", "f/"});
}

TEST_CASE("Files that cannot be used are problems, and the others are read") {
    Folder folder;
    folder.put("a.csv");
    fs::create_directory(folder / "b.csv");
    REQUIRE(::mkfifo((folder / "c.csv").c_str(), 0600) == 0);
    fs::create_symlink("nowhere.csv", folder / "d.csv");
    folder.put("e.csv");
    fs::permissions(folder / "e.csv", fs::perms::none);
    const auto listing = list_files(folder.path.string());
    REQUIRE(listing);
    const auto& problems = listing->unread;
    const bool reads_everything = ::geteuid() == 0;  // permissions do not bind root
    CHECK(listing->files.size() == (reads_everything ? 2 : 1));
    REQUIRE(problems.size() == (reads_everything ? 3 : 4));
    CHECK(problems[0].name == "b.csv");
    CHECK(problems[0].reason == "is a folder, though named like a file");
    CHECK(problems[1].reason == "is a device or a pipe, not a file");
    CHECK(problems[2].reason == "the link leads nowhere");
    if (!reads_everything) CHECK(problems[3].reason == "cannot open: Permission denied");
}

TEST_CASE("A folder with nothing to read says so, and what it holds instead") {
    Folder folder;
    CHECK(list_files(folder.path.string()).errors().front().code == "extract.empty-folder");
    folder.put("a.ods");
    folder.put("answers.json");
    const auto none = list_files(folder.path.string());
    REQUIRE(none.errors().size() == 2);
    CHECK(none.errors().front().message == "the folder holds no file that can be read");
    CHECK(none.errors().front().hint == "files that can be read end in .csv, .tsv, .txt, .xlsx, .xlsm, .xml");
    CHECK(none.errors()[1].place.file == "a.ods");
    for (const char* name : {"current", "prior", "notes"}) fs::create_directory(folder / name);
    for (const char* name : {"current/a.csv", "prior/a.csv", "notes/a.md"}) folder.put(name);
    CHECK(list_files(folder.path.string()).errors().front().hint ==
          "did you mean " + (folder / "current") + " or " + (folder / "prior") + "?");
    CHECK(list_files(folder / "none").errors().front().code == "extract.no-such-path");
    CHECK(list_files("/dev/null").errors().front().code == "extract.not-a-file");
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
