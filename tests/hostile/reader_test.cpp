// Files that are broken, huge or no CSV at all: the reader answers, in bounded memory, and every row it saw
// is either handed over or told of.
#include <atomic>
#include <random>

#include "extract/csv.h"
#include "platform/files.h"
#include "platform/process.h"

using namespace caseaudit;
using namespace caseaudit::extract;

namespace {

// A file whose bytes are made up as they are read.
class MadeUpFiles final : public platform::FileSystem {
  public:
    using Byte = char (*)(std::uint64_t offset);
    MadeUpFiles(std::uint64_t size, std::string start, Byte byte)
        : size_(size), start_(std::move(start)), byte_(byte) {}

    Result<std::unique_ptr<platform::File>> open(const std::string&) const override {
        return std::unique_ptr<platform::File>(new MadeUpFile(*this));
    }
    platform::Kind kind(const std::string&) const override { return platform::Kind::file; }
    Result<std::vector<platform::Entry>> list(const std::string&) const override {
        return std::vector<platform::Entry>{};
    }

  private:
    class MadeUpFile final : public platform::File {
      public:
        explicit MadeUpFile(const MadeUpFiles& files) : files_(files) {}
        std::uint64_t size() const override { return files_.size_; }
        Result<std::size_t> read_at(std::uint64_t offset, std::span<char> into) const override {
            const std::size_t length = std::min<std::uint64_t>(into.size(), files_.size_ - offset);
            for (std::size_t i = 0; i < length; ++i, ++offset)
                into[i] = offset < files_.start_.size() ? files_.start_[offset] : files_.byte_(offset);
            return length;
        }
        bool changed() const override { return false; }

      private:
        const MadeUpFiles& files_;
    };

    std::uint64_t size_;
    std::string start_;
    Byte byte_;
};

// Checks what a reader promises of every block, and counts.
class Checker final : public BlockConsumer {
  public:
    explicit Checker(std::size_t columns) : columns_(columns) {}
    void chunks(std::size_t count) override {
        chunks_ = count;
        if (count == 0) wrong = true;
    }
    void consume(std::size_t chunk, const Block& block) override {
        bool good = chunk < chunks_ && block.rows > 0 && block.columns == columns_;
        std::uint32_t last = 0;
        unsigned touched = 0;
        for (std::size_t i = 0; i < std::size_t{block.rows} * block.columns; ++i) {
            good &= block.starts[i] >= last && block.ends[i] >= block.starts[i];
            last = block.ends[i];
            touched += static_cast<unsigned char>(block.text[block.ends[i] + 31]);
        }
        if (!good) wrong = true;
        touched_ += touched;
        rows += block.rows;
    }
    std::atomic<std::uint64_t> rows{0};
    std::atomic<bool> wrong{false};

  private:
    std::size_t columns_;
    std::size_t chunks_ = 0;
    std::atomic<unsigned> touched_{0};
};

ReadReport read_all(const platform::FileSystem& files, const CsvOptions& options = {}) {
    CsvOptions with = options;
    with.files = &files;
    auto source = open_csv("x.csv", "x.csv", with);
    if (!source) {
        ReadReport none;
        none.rejected.push_back({.file = "x.csv", .reason = source.errors().front().message});
        return none;
    }
    Checker checker((*source)->columns.size());
    ReadReport report = (*source)->read(checker);
    CHECK_FALSE(checker.wrong);
    CHECK(report.accepted == checker.rows);
    return report;
}

// Bytes in memory.
class HeldFiles final : public platform::FileSystem {
  public:
    explicit HeldFiles(const std::string& content) : content_(content) {}
    Result<std::unique_ptr<platform::File>> open(const std::string&) const override {
        return std::unique_ptr<platform::File>(new HeldFile(content_));
    }
    platform::Kind kind(const std::string&) const override { return platform::Kind::file; }
    Result<std::vector<platform::Entry>> list(const std::string&) const override {
        return std::vector<platform::Entry>{};
    }

  private:
    class HeldFile final : public platform::File {
      public:
        explicit HeldFile(const std::string& content) : content_(content) {}
        std::uint64_t size() const override { return content_.size(); }
        Result<std::size_t> read_at(std::uint64_t offset, std::span<char> into) const override {
            return content_.copy(into.data(), into.size(), offset);
        }
        bool changed() const override { return false; }

      private:
        const std::string& content_;
    };
    const std::string& content_;
};

constexpr std::uint64_t megabyte = 1 << 20;
#ifdef __SANITIZE_THREAD__
constexpr std::uint64_t memory_factor = 3;  // the sanitizer keeps a record of every eight bytes
#else
constexpr std::uint64_t memory_factor = 1;
#endif

}  // namespace

TEST_CASE("A gigabyte without a line break is no header, and is not read through") {
    const MadeUpFiles files(1024 * megabyte, "", [](std::uint64_t) { return 'x'; });
    const auto before = platform::peak_memory();
    const ReadReport report = read_all(files);
    REQUIRE(report.rejected.size() == 1);
    CHECK(report.rejected[0].reason == "the first row does not end within 4 MB");
    CHECK(platform::peak_memory() - before < 32 * megabyte);
}

TEST_CASE("A row eight times the limit is rejected in little memory") {
    const MadeUpFiles files(32 * megabyte, "CHILD,NOTE\n1,a\n2,", [](std::uint64_t offset) {
        return offset + 5 < 32 * megabyte ? 'x' : "\n3,b\n"[offset % 5];
    });
    const auto before = platform::peak_memory();
    const ReadReport report = read_all(files);
    REQUIRE(report.rejected.size() >= 1);
    CHECK(report.rejected[0].line == 3);
    CHECK(report.rejected[0].reason == "row is longer than 4 MB, the most that is read");
    CHECK(platform::peak_memory() - before < 64 * megabyte);
}

TEST_CASE("A row of nothing but separators is rejected in bounded memory") {
    const MadeUpFiles files(16 * megabyte, "CHILD,NOTE\n1,a\n", [](std::uint64_t) { return ','; });
    const auto before = platform::peak_memory();
    const ReadReport report = read_all(files);
    CHECK(report.accepted == 1);
    REQUIRE(report.rejected.size() == 1);
    CHECK(report.rejected[0].reason == "row is longer than 4 MB, the most that is read");
    CHECK(platform::peak_memory() - before < 96 * megabyte * memory_factor);
}

TEST_CASE("An open quote over far more than a row may have is told of with the line where it opens") {
    const MadeUpFiles files(32 * megabyte, "CHILD,NOTE\n1,a\n2,\"b\n",
                            [](std::uint64_t offset) { return offset % 64 == 0 ? '\n' : ','; });
    const auto before = platform::peak_memory();
    const ReadReport report = read_all(files);
    CHECK(report.accepted == 1);
    REQUIRE(report.rejected.size() == 1);
    CHECK(report.rejected[0].line == 3);
    CHECK(report.rejected[0].reason.str().find("is never closed: the row runs to the end of the file") !=
          std::string::npos);
    CHECK(platform::peak_memory() - before < 64 * megabyte);
}

TEST_CASE("Bytes that are no CSV are answered") {
    for (unsigned seed = 0; seed < 3'000; ++seed) {
        CAPTURE(seed);
        std::mt19937 random(seed);
        std::string content(random() % 600, '\0');
        const bool with_header = seed % 2 == 0;
        for (char& c : content) c = static_cast<char>(random());
        if (with_header) content = "A,B,C\n" + content;
        const CsvOptions options{
            .chunk = 1 + random() % 300, .window = 16 + random() % 100, .row_limit = 200};
        const ReadReport report = read_all(HeldFiles(content), options);
        for (const Rejected& rejected : report.rejected) CHECK(!rejected.reason.empty());
    }
}

TEST_CASE("A file cut off anywhere keeps the rows before the cut") {
    const std::string whole =
        "CHILD,DOB,NOTE\r\n1,01/02/2010,\"a \"\"b\"\"\r\nc\"\r\n2,,plain\r\n3,03/04/2011,\"\"\r\n";
    const std::size_t row_ends[] = {43, 53, 70};
    for (std::size_t length = 0; length <= whole.size(); ++length) {
        CAPTURE(length);
        const std::string cut = whole.substr(0, length);
        const ReadReport report = read_all(HeldFiles(cut), {.chunk = 10, .window = 16});
        std::size_t complete = 0;
        for (const std::size_t end : row_ends) complete += length >= end ? 1 : 0;
        CHECK(report.accepted >= complete);
        // What is left after the last whole row is one row more, accepted or rejected.
        CHECK(report.accepted + report.rejected.size() <= complete + 1);
    }
}
