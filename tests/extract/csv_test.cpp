#include "extract/csv.h"

#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include "collected.h"
#include "extract/window.h"

using namespace caseaudit;
using namespace caseaudit::extract;
using namespace caseaudit::extract::testing;

namespace {

std::string many_rows(std::size_t count) {
    std::string text = "CHILD,NOTE,DOB\n";
    for (std::size_t i = 0; i < count; ++i) {
        text += std::to_string(i);
        text += i % 97 == 0 ? ",\"a \"\"note\"\"\nof, two lines\"" : ",plain";
        text += i % 101 == 100 ? "\n" : ",01/02/2010\n";
    }
    return text;
}

}  // namespace

TEST_CASE("A file of several chunks reads as it does in one piece") {
    const std::string text = many_rows(200'000);
    REQUIRE(text.size() > CsvOptions().chunk);
    const Collected in_chunks = collect(text);
    const Collected whole = collect(text, {.chunk = text.size(), .parts = 1, .window = text.size()});
    CHECK(in_chunks.chunks == (text.size() / (CsvOptions().chunk * 2) + 1) * 2);
    CHECK(whole.chunks == 1);
    CHECK(in_chunks.report.accepted == 200'000 - 200'000 / 101);
    CHECK(in_chunks.report.sha256 == whole.report.sha256);
    CHECK(listing(in_chunks) == listing(whole));
}

TEST_CASE("The hash is that of the file's bytes") {
    // From `printf 'A\n1\n' | sha256sum`.
    CHECK(collect("A\n1\n").report.sha256 ==
          "8ebbd9fe688c1e5442da8aaf95b3ebd6d850c60f8ef42a69a3a4b82f4df064e6");
    const std::string quoted = "A,B\n1,\"x\"\"y\"\n";
    CHECK(collect(quoted, {.chunk = 4}).report.sha256 == collect(quoted).report.sha256);
}

TEST_CASE("A file without oddities needs one step of line map") {
    std::string text = "A,B\r\n";
    for (int i = 0; i < 50'000; ++i) text += "12345,x\r\n";
    const Collected result = collect(text, {.chunk = 10'000, .window = 1000});
    CHECK(result.chunks > 10);
    REQUIRE(result.report.lines.steps.size() == 1);
    CHECK(result.report.lines.row(49'999) == 50'000);
    CHECK(result.report.lines.line(49'999) == 50'001);
    CHECK(result.report.rejected.empty());
}

TEST_CASE("A file of ten thousand columns is read") {
    std::string text;
    for (int row = 0; row < 3; ++row) {
        for (int column = 0; column < 10'000; ++column)
            text += fmt::format("{}{}", column == 0 ? "" : ",", (column + row) % 7);
        text += row == 1 ? ",9\n" : "\n";
    }
    const Collected result = collect(text, {.chunk = 5000, .window = 1000});
    CHECK(result.columns.size() == 10'000);
    REQUIRE(result.rows.size() == 1);
    CHECK(result.rows.front()[9'999] == std::to_string(10'001 % 7));
    REQUIRE(result.report.rejected.size() == 1);
    CHECK(result.report.rejected.front().reason == "row has 10001 cells, the header has 10000");
}

TEST_CASE("A row beyond the limit is rejected and the next one read") {
    const std::string text = "A,B\n1,x\n2," + std::string(5'000, 'y') + "\n3,\"" + std::string(3'000, '\n') +
                             "\"\n4,z\n" + std::string(1'024, '5') + ",z\n" + std::string(1'023, '6') +
                             ",z\n";
    for (const bool strict : {false, true}) {
        const Collected result =
            collect(text, {.chunk = 700, .window = 64, .row_limit = 1 << 10, .strict = strict});
        REQUIRE(result.rows.size() == 2);
        CHECK(result.rows[1] == Cells{"4", "z"});
        CHECK(result.report.lines.row(1) == 4);
        CHECK(result.report.lines.line(1) == 3'005);
        REQUIRE(result.report.rejected.size() == 4);
        CHECK(result.report.rejected[0].line == 3);
        CHECK(result.report.rejected[0].column == 2);
        CHECK(result.report.rejected[1].column == 2);
        CHECK(result.report.rejected[2].column == 1);  // the limit is passed before the cell ends
        CHECK(result.report.rejected[3].column == 1);
        CHECK(result.report.rejected[0].reason == "row is longer than 1 kB, the most that is read");
        CHECK(result.report.rejected[1].row == 3);
        CHECK(result.report.rejected[1].reason ==
              "row is longer than 1 kB, the most that is read; the row runs over 3001 lines");
    }
}

TEST_CASE("A quote that is never closed is told of however far it runs") {
    std::string text = "A,B\n1,x\n2,\"y\n";
    for (int i = 0; i < 1'000; ++i) text += "3,z\n";
    const Collected result = collect(text, {.chunk = 512, .window = 64, .row_limit = 256});
    CHECK(result.rows.size() == 1);
    REQUIRE(result.report.rejected.size() == 1);
    CHECK(result.report.rejected[0].line == 3);
    CHECK(
        result.report.rejected[0].reason ==
        "the quote that opens cell 2 is never closed: the row runs to the end of the file, over 1001 lines");
}

TEST_CASE("The headings again, where files were joined, are no row") {
    const std::string head = "CHILD,NOTE,DOB";
    const std::string like = "CHILD,NOTE,DOBS\nCHILD,x,y\nC,NOTE,DOB\nchild,NOTE,DOB\n";
    for (const char* again : {"CHILD,NOTE,DOB\n", "CHILD,NOTE,DOB\r\n",
                              "\xEF\xBB\xBF"
                              "CHILD,NOTE,DOB\n",
                              "\"CHILD\",\"NOTE\", DOB\n", " CHILD,NOTE,DOB\n"}) {
        for (const bool strict : {false, true}) {
            INFO(again);
            const Collected result = collect(head + "\n1,a,b\n" + again + like + "2,a,b\n" + again + again,
                                             {.chunk = 40, .window = 32, .strict = strict});
            CHECK(result.rows.size() == 6);
            REQUIRE(result.report.rejected.size() == 3);
            for (std::size_t i = 0; i < 3; ++i) {
                CHECK(result.report.rejected[i].line == std::vector<std::uint64_t>{3, 9, 10}[i]);
                CHECK(result.report.rejected[i].column == 1);
                CHECK(result.report.rejected[i].reason == "the headings again");
            }
        }
    }
    CHECK(collect("NAME;O\xF6\nNAME;O\xF6\n1;2\n").report.rejected.size() == 1);  // Windows-1252
    CHECK(collect(std::string("\xFF\xFE"
                              "A\0\n\0"
                              "A\0\n\0"
                              "B\0",
                              12))
              .report.rejected.size() == 1);
    CHECK(collect(",B\n,B\n1,B\n").report.rejected.size() == 1);
}

TEST_CASE("A header that does not end, or is badly quoted, is no header") {
    CHECK(collect("A," + std::string(5'000, 'b'), {.row_limit = 1 << 10}).error ==
          "the first row does not end within 1 kB");
    CHECK(collect("A,\"B\n1,2\n").error ==
          "a quote in the header row is never closed, or text follows the closing one");
    CHECK(collect("A,\"B\n1,\"2\"\n3,4\n").error ==
          "a quote in the header row is never closed, or text follows the closing one");
}

TEST_CASE("A file that fails while it is read is told of, and what was read is kept") {
    std::string text = "A,B\n";
    for (int i = 0; i < 10'000; ++i) text += "1,x\n";
    SECTION("on opening") {
        MemoryFiles files(text);
        files.broken_from = 30'000;
        CHECK(collect(files, {.chunk = 10'000}).error == "cannot read: Input/output error");
        files.broken_from = 0;
        CHECK(collect(files).error == "cannot read: Input/output error");
    }
    SECTION("shorter than it said") {
        MemoryFiles files(text);
        files.claimed += 10;
        CHECK(collect(files, {.chunk = 10'000}).error == "the file became shorter while it was read");
    }
    SECTION("between survey and reading") {
        MemoryFiles files(text);
        auto source = open_csv("x", "x", {.chunk = 10'000, .window = 1'000, .files = &files});
        REQUIRE(source);
        files.broken_from = 30'000;
        Collector collector;
        const ReadReport report = (*source)->read(collector);
        CHECK(report.sha256.empty());
        CHECK(report.accepted == collector.all().size());
        CHECK(report.accepted >= 7'000);
        CHECK(report.accepted < 7'500);
        REQUIRE(report.rejected.size() == 1);
        CHECK(report.rejected[0].line == 0);
        CHECK(report.rejected[0].reason ==
              "the file could not be read to its end (cannot read: Input/output error); row and line numbers "
              "beyond that place are too low");
    }
    SECTION("written to between survey and reading") {
        MemoryFiles files(text);
        for (const bool held : {false, true}) {
            files.changed = false;
            auto source =
                open_csv("x", "x", {.chunk = held ? std::size_t{1} << 20 : 10'000, .files = &files});
            REQUIRE(source);
            files.changed = true;
            Collector collector;
            const ReadReport report = (*source)->read(collector);
            CHECK(report.accepted == 10'000);
            REQUIRE(report.rejected.size() == (held ? 0 : 1));
            if (held) continue;
            CHECK(report.rejected[0].line == 0);
            CHECK(report.rejected[0].reason == "the file was written to while it was read");
        }
    }
}

TEST_CASE("The tasks of a file may run in any order, and tell where in it they begin") {
    std::string text = "A,B\n";
    for (int i = 0; i < 10'000; ++i) text += std::to_string(i) + ",x\n";
    MemoryFiles files(text);
    const auto expected = collect(files);
    auto source = open_csv("x", "x", {.chunk = 10'000, .files = &files});
    REQUIRE(source);
    Collector collector;
    Workspace workspace;
    auto tasks = (*source)->tasks(collector);
    REQUIRE(tasks.size() > 5);
    double last = -1;
    for (const ReadTask& task : tasks) {
        CHECK(task.place >= last);
        CHECK(task.place < 1);
        last = task.place;
    }
    for (auto task = tasks.rbegin(); task != tasks.rend(); ++task) task->run(workspace);
    const ReadReport report = (*source)->finish();
    CHECK(report.sha256 == expected.report.sha256);
    CHECK(report.accepted == 10'000);
    CHECK(collector.all() == expected.rows);
}

TEST_CASE("Notes and errors name the file as it is shown") {
    const MemoryFiles files("A;B\n1;\xE9\n");
    auto source = open_csv("/somewhere/x.csv", "sub/x.csv", {.files = &files});
    REQUIRE(source);
    CHECK((*source)->file == "sub/x.csv");
    CHECK((*source)->bytes == 8);
    REQUIRE((*source)->notes.size() == 2);
    for (const Diagnostic& note : (*source)->notes) CHECK(note.place.file == "sub/x.csv");
    CHECK(open_source("/none/x.csv", "x.csv").errors().front().place.file == "x.csv");
    CHECK(open_source("/none/x.xlsx", "x.xlsx").errors().front().code == "extract.format");
}

TEST_CASE("Files that are surveyed together come out as each by itself, on any number of threads") {
    // Of many sizes, so that the threads run out of files to begin while others are under way.
    std::vector<MemoryFiles> files;
    std::vector<Collected> expected;
    for (int number = 0; number < 9; ++number) {
        std::string text = "A,B\n";
        for (int i = 0; i < 2'000 << number % 5; ++i)
            text += std::to_string(i * number) + (i % 500 == 3 ? ",\"x\n\"\"y\"\n" : ",x\n");
        if (number == 7) text += "\xE9,5\" nail\n";
        files.emplace_back(text);
        expected.push_back(collect(files.back(), {.chunk = 10'000}));
    }
    files[4].broken_from = 100'000;
    expected[4] = {};
    expected[4].error = "cannot read: Input/output error";
    for (const std::size_t threads : {1, 2, 3, 8}) {
        const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
        tbb::task_arena(static_cast<int>(threads)).execute([&] {
            std::vector<OpenedSource> sources;
            for (const MemoryFiles& file : files)
                sources.push_back(begin_csv("x.csv", "x.csv", {.chunk = 10'000, .files = &file}));
            REQUIRE((*sources[8])->surveyor() != nullptr);
            survey_sources(sources);
            for (std::size_t i = 0; i < files.size(); ++i) {
                const Collected read = collect(std::move(sources[i]));
                CHECK((listing(read) == listing(expected[i])));
                CHECK(read.report.sha256 == expected[i].report.sha256);
            }
        });
    }
}
