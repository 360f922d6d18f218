// Random damage to files of several tables, the same every time: the readers answer, and count what they saw.
#include <fstream>
#include <random>
#include <sstream>

#include "extract/bundle_sample.h"
#include "extract/memory_files.h"
#include "extract/xlsx.h"
#include "extract/xml_records.h"

using namespace caseaudit;
using namespace caseaudit::extract;
using namespace caseaudit::extract::testing;

namespace {

std::string sample_xml() {
    std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<FILE>\n";
    for (int i = 0; i < 20; ++i)
        text += "<CHILD><HEAD><ID>" + std::to_string(i) +
                "</ID><DOB>2010-01-01</DOB></HEAD>\n<VISIT ON='2025-01-02'><NOTE>a &amp; b"
                "</NOTE></VISIT><CALL><ON>2025-01-03</ON></CALL></CHILD>\n";
    return text + "</FILE>\n";
}

std::string file(const std::string& name) {
    std::ifstream stream(std::string(CASEAUDIT_SOURCE_DIR "/tests/hostile/") + name, std::ios::binary);
    std::ostringstream content;
    content << stream.rdbuf();
    return content.str();
}

class Damage {
  public:
    std::string operator()(std::string content) {
        static const std::string pieces[] = {"<",
                                             ">",
                                             "&",
                                             "\"",
                                             "</CHILD>",
                                             "<CHILD>",
                                             "]]>",
                                             "<![CDATA[",
                                             "<!--",
                                             std::string(1, '\0'),
                                             "<!DOCTYPE FILE>",
                                             "PK\1\2",
                                             "PK\3\4",
                                             "\xFF\xFE"};
        for (std::uint64_t times = number(1, 10); times > 0 && !content.empty(); --times) {
            const std::size_t at = number(0, content.size() - 1);
            switch (number(0, 4)) {
                case 0:
                    content[at] = static_cast<char>(number(0, 255));
                    break;
                case 1:
                    content.erase(at, number(1, 40));
                    break;
                case 2:
                    content.insert(at, content.substr(number(0, content.size() - 1), number(1, 60)));
                    break;
                case 3:
                    content.insert(at, pieces[number(0, std::size(pieces) - 1)]);
                    break;
                default:
                    if (number(0, 9) == 0) content.resize(at);
            }
        }
        return content;
    }

  private:
    std::uint64_t number(std::uint64_t from, std::uint64_t to) { return from + random_() % (to - from + 1); }
    std::mt19937_64 random_{903};
};

void check(Bundle& bundle) {
    const BundleRows all = read_all(bundle);
    for (const auto& [name, report] : all.reports) {
        CHECK(all.parts.at(name).rows.size() == report.accepted);
        if (report.accepted > 0)
            CHECK(report.lines.row(report.accepted - 1) <= report.accepted + report.rejected.size());
    }
}

}  // namespace

TEST_CASE("damaged XML") {
    const std::string sample = sample_xml();
    const RecordLayout layout = sample_layout();
    Damage damage;
    std::size_t opened = 0;
    for (int i = 0; i < 3000; ++i) {
        const MemoryFiles files(damage(sample));
        XmlOptions options;
        options.files = &files;
        auto bundle = open_xml({"a.xml", "a.xml", &layout}, options);
        if (!bundle) continue;
        ++opened;
        check(**bundle);
    }
    CHECK(opened > 1000);
}

TEST_CASE("damaged workbooks") {
    // Not compressed, so that damage reaches the XML within.
    for (const char* name : {"stored.xlsx", "deflated.xlsx"}) {
        const std::string sample = file(name);
        REQUIRE(sample.size() > 1000);
        Damage damage;
        std::size_t opened = 0;
        for (int i = 0; i < 1500; ++i) {
            const MemoryFiles files(i == 0 ? sample : damage(sample));
            XlsxOptions options;
            options.files = &files;
            auto bundle = open_xlsx({"a.xlsx", "a.xlsx", nullptr}, options);
            if (!bundle) continue;
            ++opened;
            check(**bundle);
        }
        CHECK(opened > 20);
    }
}
