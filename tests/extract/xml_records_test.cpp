#include "extract/xml_records.h"
#include "extract/bundle_sample.h"
#include "extract/memory_files.h"

using namespace caseaudit;
using namespace caseaudit::extract;
using namespace caseaudit::extract::testing;

namespace {

using Rows = std::vector<std::vector<std::string>>;

struct Opened {
    explicit Opened(std::string content, RecordLayout the_layout = sample_layout())
        : files(std::move(content)), layout(std::move(the_layout)) {}
    Result<std::unique_ptr<Bundle>> open(XmlOptions options = {}) {
        options.files = &files;
        return open_xml({"return.xml", "return.xml", &layout}, options);
    }
    BundleRows read(XmlOptions options = {}) {
        auto bundle = open(options);
        REQUIRE(bundle);
        return read_all(**bundle);
    }
    MemoryFiles files;
    RecordLayout layout;
};

std::string refusal(const std::string& content) {
    const auto bundle = Opened(content).open();
    REQUIRE_FALSE(bundle);
    CHECK(bundle.errors().front().place.file == "return.xml");
    return bundle.errors().front().message;
}

}  // namespace

TEST_CASE("records are cases, elements within, and take what they lack from around") {
    auto all = Opened(R"(<FILE>
<CHILD><HEAD><ID>1</ID><VISIT><ON>2025-01-02</ON></VISIT></HEAD>
<DOB>2010-01-01</DOB>
<CALL><ON>2025-01-03</ON><NOTE>n</NOTE><ID>9</ID></CALL></CHILD>
<CHILD ID="2"><VISIT ON=" x "/></CHILD></FILE>)")
                   .read();
    CHECK(all.parts["people"].rows == Rows{{"1", "2010-01-01"}, {"2", ""}});
    CHECK(all.parts["visits"].rows ==
          Rows{{"1", "2025-01-02", ""}, {"9", "2025-01-03", "n"}, {"2", " x ", ""}});
    CHECK(all.parts["leavers"].rows.empty());
    CHECK(all.parts["visits"].begun == 1);
    const LineMap& lines = all.reports["visits"].lines;
    CHECK(std::vector{lines.line(0), lines.line(1), lines.line(2)} == std::vector<std::uint64_t>{2, 4, 5});
    CHECK(std::vector{lines.row(0), lines.row(2)} == std::vector<std::uint64_t>{1, 3});
    CHECK(all.rejected.empty());
    CHECK(all.notes.empty());
}

TEST_CASE("an element of the case's name within it is a value") {
    auto all = Opened("<FILE><CHILD><HEAD><CHILD>7</CHILD></HEAD></CHILD></FILE>").read();
    CHECK(all.parts["people"].rows == Rows{{"7", ""}});
}

TEST_CASE("conditions ask for a value, or for one value") {
    auto all = Opened(
                   "<FILE><CHILD><ID>1</ID><LEFT>x</LEFT></CHILD><CHILD><ID>2</ID><LEFT> </LEFT></CHILD>"
                   "<CHILD><ID>3</ID><STATUS>gone</STATUS></CHILD><CHILD><ID>4</ID><STATUS>here</STATUS></"
                   "CHILD></FILE>")
                   .read();
    CHECK(all.parts["leavers"].rows == Rows{{"1", "x"}, {"3", ""}});
}

TEST_CASE("references, CDATA, comments, namespaces and empty elements") {
    auto all = Opened(
                   "<f:FILE xmlns:f='u' xmlns:i='v'><f:CHILD><ID><![CDATA[a<]]>&amp;&#233;<!-- no "
                   "-->b</ID><DOB i:nil='true'/>"
                   "</f:CHILD></f:FILE>")
                   .read();
    CHECK(all.parts["people"].rows == Rows{{"a<&\xC3\xA9"
                                            "b",
                                            ""}});
    CHECK(all.notes.empty());
}

TEST_CASE("of an element that comes twice the first with a value counts") {
    auto all = Opened("<FILE><CHILD><ID/><ID>1</ID><ID>2</ID></CHILD></FILE>").read();
    CHECK(all.parts["people"].rows == Rows{{"1", ""}});
    REQUIRE(all.notes.size() == 1);
    CHECK(all.notes[0].message.find("ID") != std::string::npos);
}

TEST_CASE("a value or case too long is rejected, and the rest is read") {
    XmlOptions options;
    options.value_limit = 10;
    options.case_limit = 2000;
    const std::string many(4000, 'x');
    std::string visits;
    for (int i = 0; i < 100; ++i) visits += "<VISIT><ON>1</ON></VISIT>";
    auto all =
        Opened("<FILE>\n<CHILD><ID>1</ID><VISIT><ON>" + many + "</ON></VISIT></CHILD>\n<CHILD><ID>2</ID>" +
               visits + "</CHILD>\n<CHILD><ID>3</ID></CHILD></FILE>")
            .read(options);
    CHECK(all.parts["people"].rows == Rows{{"1", ""}, {"3", ""}});
    CHECK(all.parts["visits"].rows.empty());
    REQUIRE(all.reports["visits"].rejected.size() > 1);
    CHECK(all.reports["visits"].rejected[0].line == 2);
    CHECK(all.reports["visits"].rejected[0].column == 24);  // after <CHILD><ID>1</ID><VISIT
    CHECK(all.reports["visits"].rejected[1].column == 24);
    CHECK(all.reports["people"].rejected[0].column == 7);
    CHECK(all.reports["visits"].rejected[0].reason.str().find(many) == std::string::npos);
    CHECK(all.reports["people"].rejected.size() == 1);
    CHECK(all.reports["people"].lines.row(1) == 3);
}

TEST_CASE("a file that breaks off gives the cases before that") {
    auto all = Opened("<FILE>\n<CHILD><ID>1</ID></CHILD>\n<CHILD><ID>2</ID>").read();
    CHECK(all.parts["people"].rows == Rows{{"1", ""}});
    REQUIRE(all.rejected.size() == 1);
    CHECK(all.rejected[0].line == 3);
    CHECK(all.rejected[0].column == 18);  // the end of the file
}

TEST_CASE("text between elements is rejected with its place") {
    auto all = Opened("<FILE>\n<CHILD><ID>1</ID> lost <VISIT/></CHILD></FILE>").read();
    REQUIRE(all.rejected.size() == 1);
    CHECK(all.rejected[0].line == 2);
    CHECK(all.rejected[0].column > 17);
    CHECK(all.rejected[0].column < 34);
}

TEST_CASE("a record that stands outside the cases is rejected with its place") {
    auto all =
        Opened(
            "<FILE><ABOUT><LA>1</LA></ABOUT>\n<child>\n<HEAD><ID>1</ID></HEAD><VISIT ON='x'/></child>\n"
            "<CHILD><ID>2</ID></CHILD>\n<GROUP>\n<CHILD><DOB/><ID>3</ID></CHILD>\n</GROUP></FILE>")
            .read();
    CHECK(all.parts["people"].rows == Rows{{"2", ""}});
    std::vector<std::uint64_t> lines;
    for (const Rejected& one : all.rejected) {
        lines.push_back(one.line);
        CHECK(one.column > 0);
        CHECK(one.reason.str().find("outside FILE/CHILD") != std::string::npos);
    }
    CHECK(lines == std::vector<std::uint64_t>{3, 3, 6});
}

TEST_CASE("a file with elements and no case is rejected, and an empty one is not") {
    auto all = Opened("<FILE><child><id>1</id></child></FILE>").read();
    REQUIRE(all.rejected.size() == 1);
    CHECK(all.rejected[0].line == 0);
    CHECK(all.rejected[0].reason.str().find("no element FILE/CHILD") != std::string::npos);
    CHECK(Opened("<FILE/>").read().rejected.empty());
}

TEST_CASE("a file that cannot be read to its end says so") {
    Opened opened("<FILE><CHILD><ID>1</ID></CHILD>" + std::string(300000, ' ') + "</FILE>");
    auto bundle = opened.open();
    REQUIRE(bundle);
    opened.files.broken_from = 100000;
    auto all = read_all(**bundle);
    CHECK(all.parts["people"].rows == Rows{{"1", ""}});
    REQUIRE(all.rejected.size() == 1);
    CHECK(all.rejected[0].reason.str().find("could not be read") != std::string::npos);
}

TEST_CASE("files that are refused as a whole") {
    CHECK(refusal("").find("empty") != std::string::npos);
    CHECK(refusal("ID,DOB\n1,2\n").find("XML") != std::string::npos);
    CHECK(refusal("<OTHER/>").find("root element is not FILE") != std::string::npos);
    CHECK(refusal("<!DOCTYPE FILE [<!ENTITY a 'b'>]><FILE>&a;</FILE>").find("document type") !=
          std::string::npos);
    MemoryFiles files("<FILE/>");
    XmlOptions options;
    options.files = &files;
    CHECK_FALSE(open_xml({"a.xml", "a.xml", nullptr}, options));
}
