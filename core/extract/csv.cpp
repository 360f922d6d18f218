#include "extract/csv.h"

#include <algorithm>
#include <optional>

#include "extract/byte_source.h"
#include "extract/cell.h"
#include "extract/chunk_reader.h"
#include "extract/file_survey.h"
#include "extract/hash.h"
#include "extract/header.h"
#include "extract/problem.h"

namespace caseaudit::extract {
namespace {

class CsvSource final : public Source {
  public:
    CsvSource(std::unique_ptr<platform::File> opened, const CsvOptions& options)
        : bytes_(std::move(opened)), options_(options) {
        bytes = bytes_.size();
    }

    // Reads the header, and of a small file the rest; empty when all went well.
    Diagnostics begin();
    FileSurveyor* surveyor() override { return surveyor_ ? &*surveyor_ : nullptr; }
    Diagnostics surveyed() override;
    std::vector<ReadTask> tasks(BlockConsumer& consumer) override;
    ReadReport finish() override;

  private:
    Diagnostics prepare_header();
    Diagnostics judge_header(std::string_view text);
    Result<std::size_t> cut_at_end() const;
    Diagnostics settle(bool irregular, bool cut);
    void read_in_one_piece(bool nul);
    void note_encoding();
    void name_columns();
    bool is_wide() const { return encoding_ == Encoding::utf16_little || encoding_ == Encoding::utf16_big; }
    std::size_t chunk_size() const;
    Tally read_chunk(std::size_t number, BlockConsumer& consumer, Workspace& workspace);
    ReadReport merge();

    ByteSource bytes_;
    RunningHash hash_{bytes_};
    CsvOptions options_;
    Header header_;
    Encoding encoding_ = Encoding::utf8;
    bool beyond_ascii_ = false;  // the header is
    std::uint32_t unnamed_ = 0;
    std::size_t unended_ = 0;               // see cut_at_end()
    std::optional<FileSurveyor> surveyor_;  // until surveyed()
    std::vector<ChunkPlan> chunks_;
    std::vector<Tally> tallies_;  // by chunk
};

Diagnostics CsvSource::begin() {
    if (bytes == 0) return {problem("extract.empty-file", "the file is empty: no header row")};
    if (bytes <= options_.chunk)
        if (auto errors = bytes_.hold(); !errors.empty()) return errors;
    if (auto errors = prepare_header(); !errors.empty()) return errors;
    if (is_wide()) {
        chunks_.push_back({.begin = header_.body, .end = bytes});
        return settle(true, true);
    }
    hash_.catch_up(header_.body);
    const auto unended = cut_at_end();
    if (!unended) return unended.errors();
    unended_ = *unended;
    surveyor_.emplace(bytes_, header_.body, unended_, separator, chunk_size(), hash_);
    if (!bytes_.held()) return {};
    survey({&*surveyor_});
    return surveyed();
}

Diagnostics CsvSource::prepare_header() {
    std::string start;
    for (std::size_t wanted = std::size_t{64} << 10;; wanted *= 4) {
        start.resize(std::min<std::uint64_t>({wanted, bytes, options_.row_limit}));
        if (const auto got = bytes_.read_at(0, start); !got) return got.errors();
        const auto state = read_header(start, start.size() == bytes, header_);
        if (!state) return state.errors();
        if (*state == HeaderState::found) break;
        if (*state == HeaderState::absent)
            return {problem("extract.empty-file", "the file holds nothing but empty lines: no header row")};
        if (start.size() == options_.row_limit)
            return {problem("extract.header-too-long",
                            "the first row does not end within " + size_text(options_.row_limit),
                            "is this a CSV file, with the names of its columns in the first row?")};
    }
    separator = header_.separator;
    encoding_ = header_.encoding;
    if (auto errors = judge_header(std::string_view(start).substr(0, header_.body)); !errors.empty())
        return errors;
    if (separator != ',')
        notes.push_back(problem("extract.dialect", std::string("cells are separated by ") +
                                                       (separator == ';' ? "semicolons" : "tabs")));
    return {};
}

// Whether the header is UTF-8, where it is not UTF-16, and whole.
Diagnostics CsvSource::judge_header(std::string_view text) {
    const Diagnostic cut = problem("extract.cut", "the file is cut off within a character of its header row",
                                   "export or copy it once more");
    if (is_wide()) return cut_sequence(header_.cells.back()) > 0 ? Diagnostics{cut} : Diagnostics{};
    beyond_ascii_ = !all_ascii(text);
    if (valid_utf8(text)) return {};
    const std::string_view whole = text.substr(0, text.size() - cut_sequence(text));
    if (text.size() == bytes && valid_utf8(whole) && !all_ascii(whole)) return {cut};
    encoding_ = Encoding::windows_1252;
    return {};
}

// Bytes at the end of the file that begin a UTF-8 sequence which does not end.
Result<std::size_t> CsvSource::cut_at_end() const {
    char end[3];
    const std::size_t length = std::min<std::uint64_t>(sizeof end, bytes - header_.body);
    if (const auto got = bytes_.read_at(bytes - length, {end, length}); !got) return got.errors();
    return cut_sequence({end, length});
}

Diagnostics CsvSource::surveyed() {
    auto survey = surveyor_->result();
    surveyor_.reset();
    if (!survey) return std::move(survey.errors());
    if (survey->irregular)
        notes.push_back(
            problem("extract.quotes",
                    "quotes stand where RFC 4180 allows none: only a quote at the start of a cell "
                    "was taken to open one",
                    "a quote within a cell is written \"\", and the cell put in quotes"));
    // Of a file that is ASCII else, the last bytes may be letters of Windows-1252.
    const bool proved = beyond_ascii_ || survey->beyond_ascii;
    if (survey->not_utf8 || (unended_ > 0 && !proved)) encoding_ = Encoding::windows_1252;
    chunks_ = std::move(survey->chunks);
    return settle(survey->irregular, unended_ > 0 && encoding_ == Encoding::utf8);
}

// Decides how the chunks are read. `cut`: within a character at the end.
Diagnostics CsvSource::settle(bool irregular, bool cut) {
    if (irregular || options_.strict)
        read_in_one_piece(is_wide() ||
                          std::any_of(chunks_.begin(), chunks_.end(), [](auto& c) { return c.format.nul; }));
    chunks_.back().format.cut = cut;
    note_encoding();
    name_columns();
    if (columns.empty()) return {problem("extract.no-header", "the header row names no column")};
    for (ChunkPlan& chunk : chunks_) {
        chunk.format.separator = separator;
        chunk.format.columns = static_cast<std::uint32_t>(columns.size());
        chunk.format.unnamed = unnamed_;
        chunk.format.headings = &columns;
    }
    return {};
}

// Where rows begin is not known before the rows up to there are read.
void CsvSource::read_in_one_piece(bool nul) {
    chunks_ = {{.begin = header_.body, .end = bytes, .lone_returns = true}};
    chunks_.front().format.strict = true;
    chunks_.front().format.returns = true;
    chunks_.front().format.nul = nul;
}

void CsvSource::note_encoding() {
    encoding = encoding_name(encoding_);
    if (encoding_ == Encoding::windows_1252)
        notes.push_back(problem("extract.encoding", "read as Windows-1252, for it is not valid UTF-8",
                                "save it as \"CSV UTF-8\" if letters come out wrong"));
    if (is_wide()) notes.push_back(problem("extract.encoding", "read as UTF-16"));
    for (Diagnostic& note : notes) note.place.file = file;
}

void CsvSource::name_columns() {
    while (!header_.cells.empty() && trimmed(header_.cells.back()).empty()) {
        header_.cells.pop_back();
        ++unnamed_;
    }
    for (const std::string& cell : header_.cells) {
        const std::string name = encoding_ == Encoding::windows_1252 ? to_utf8(encoding_, cell) : cell;
        columns.emplace_back(trimmed(name));
    }
}

std::size_t CsvSource::chunk_size() const {
    constexpr std::uint64_t worth_cutting = std::uint64_t{256} << 10;
    const std::uint64_t body = std::max<std::uint64_t>(1, bytes - header_.body);
    const std::uint64_t parts = body < options_.parts * worth_cutting ? 1 : options_.parts;
    const std::uint64_t pieces = (body + options_.chunk * parts - 1) / (options_.chunk * parts) * parts;
    return (body + pieces - 1) / pieces;
}

Tally CsvSource::read_chunk(std::size_t number, BlockConsumer& consumer, Workspace& workspace) {
    const ChunkPlan& plan = chunks_[number];
    // No more memory than the chunk needs: touching it costs more than reading a small file.
    const std::size_t needed = std::max<std::uint64_t>(64, utf8_bound(encoding_, plan.end - plan.begin));
    const ChunkLimits limits{.window = std::min(options_.window, needed), .row = options_.row_limit};
    return extract::read_chunk(bytes_, encoding_, plan, limits, workspace, number, consumer);
}

std::vector<ReadTask> CsvSource::tasks(BlockConsumer& consumer) {
    consumer.chunks(chunks_.size());
    tallies_ = std::vector<Tally>(chunks_.size());
    std::vector<ReadTask> tasks;
    // What of the hash the survey has not made.
    if (!hash_.reached(bytes)) tasks.push_back({0, [this](Workspace&) { hash_.catch_up(bytes); }});
    for (std::size_t i = 0; i < chunks_.size(); ++i)
        tasks.push_back({static_cast<double>(i) / static_cast<double>(chunks_.size()),
                         [this, i, &consumer](Workspace& workspace) {
                             tallies_[i] = read_chunk(i, consumer, workspace);
                         }});
    return tasks;
}

ReadReport CsvSource::finish() {
    const Result<std::string> digest = hash_.finish();
    ReadReport report = merge();
    const bool whole = std::all_of(tallies_.begin(), tallies_.end(),
                                   [](const Tally& tally) { return tally.failure.empty(); });
    if (digest && whole) report.sha256 = *digest;
    if (!digest && report.rejected.empty())
        report.rejected.push_back({.file = file, .line = 0, .reason = digest.errors().front().message});
    // It is read twice, first for the hash and how it is to be cut up.
    if (bytes_.changed())
        report.rejected.insert(
            report.rejected.begin(),
            {.file = file, .line = 0, .reason = "the file was written to while it was read"});
    return report;
}

ReadReport CsvSource::merge() {
    ReadReport report;
    std::uint64_t rows = 0;
    std::uint64_t lines = header_.lines;
    const auto failed =
        std::find_if(tallies_.begin(), tallies_.end(), [](auto& tally) { return !tally.failure.empty(); });
    if (failed != tallies_.end())
        report.rejected.push_back({.file = file,
                                   .line = 0,
                                   .reason = "the file could not be read to its end (" + failed->failure +
                                             "); row and line numbers beyond that place are too low"});
    for (Tally& tally : tallies_) {
        for (Rejected& rejected : tally.rejected) {
            rejected.file = file;
            rejected.row += rows;
            rejected.line += lines;
            report.rejected.push_back(rejected);
        }
        for (LineMap::Step step : tally.steps) {
            step = {step.accepted + report.accepted, step.row + rows, step.line + lines};
            report.lines.add(step);
        }
        report.accepted += tally.accepted;
        report.blank += tally.blank;
        rows += tally.rows;
        lines += tally.lines;
    }
    // Below its last record a spreadsheet may well have such rows, but not in place of all records.
    if (report.blank > 0 && report.accepted == 0 && report.rejected.empty())
        report.rejected.push_back(
            {.file = file, .line = 0, .reason = "has no records: its rows hold nothing but blank cells"});
    std::stable_sort(report.rejected.begin(), report.rejected.end(),
                     [](const Rejected& a, const Rejected& b) { return a.line < b.line; });
    return report;
}

OpenedSource begin_with_defaults(const std::string& path, const std::string& shown_name) {
    return begin_csv(path, shown_name, {});
}

}  // namespace

OpenedSource begin_csv(const std::string& path, const std::string& shown_name, const CsvOptions& options) {
    auto opened = options.files->open(path);
    Diagnostics errors;
    if (opened) {
        auto source = std::make_unique<CsvSource>(std::move(*opened), options);
        source->file = shown_name;
        errors = source->begin();
        if (errors.empty()) return OpenedSource(std::move(source));
    } else {
        errors = std::move(opened.errors());
    }
    for (Diagnostic& error : errors) error.place.file = shown_name;
    return errors;
}

OpenedSource open_csv(const std::string& path, const std::string& shown_name, const CsvOptions& options) {
    std::vector<OpenedSource> one;
    one.push_back(begin_csv(path, shown_name, options));
    survey_sources(one);
    return std::move(one.front());
}

Format csv_format() {
    return {.name = "csv",
            .extensions = {".csv", ".tsv", ".txt"},
            .open = &begin_with_defaults,
            .open_bundle = nullptr};
}

}  // namespace caseaudit::extract
