#include "extract/xlsx.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "extract/cell.h"
#include "extract/hash.h"
#include "extract/heading.h"
#include "extract/problem.h"
#include "extract/row_buffer.h"
#include "extract/sheet.h"
#include "extract/workbook.h"

namespace caseaudit::extract {
namespace {

class XlsxBundle final : public Bundle {
  public:
    XlsxBundle(std::unique_ptr<platform::File> opened, const XlsxOptions& options)
        : bytes_(std::move(opened)), options_(options) {
        bytes = bytes_.size();
        format = "xlsx";
        encoding = "UTF-8";
    }

    Diagnostics prepare();
    BundleReport read(const std::vector<BlockConsumer*>& consumers) override;

  private:
    struct SheetPart {
        std::string path;
        std::uint64_t heading_row = 0;
    };
    std::optional<XmlTrouble> read_sheet(const std::string& path, const std::function<bool(SheetRow&)>& take);
    Diagnostics find_headings();
    ReadReport read_part(std::size_t number, BlockConsumer* consumer);

    ByteSource bytes_;
    XlsxOptions options_;
    std::optional<ZipArchive> archive_;
    Workbook workbook_;
    std::vector<SheetPart> sheets_;
};

Diagnostics XlsxBundle::prepare() {
    if (bytes == 0) return {problem("extract.empty-file", "the file is empty")};
    char magic[4] = {};
    const std::size_t length = std::min<std::uint64_t>(bytes, sizeof magic);
    if (const auto got = bytes_.read_at(0, {magic, length}); !got) return got.errors();
    if (std::string_view(magic, length) == "\xD0\xCF\x11\xE0")
        return {problem("extract.workbook", "it is encrypted, or a workbook of Excel 97 to 2003",
                        "save it as an Excel workbook (.xlsx) without a password")};
    auto archive = ZipArchive::open(bytes_, std::max(options_.always, bytes * options_.most_times));
    if (!archive) return archive.errors();
    archive_.emplace(std::move(*archive));
    auto workbook = read_workbook(*archive_);
    if (!workbook) return workbook.errors();
    workbook_ = std::move(*workbook);
    if (auto errors = find_headings(); !errors.empty()) return errors;
    if (parts.empty()) return {problem("extract.no-header", "no sheet has a row of headings")};
    return {};
}

std::optional<XmlTrouble> XlsxBundle::read_sheet(const std::string& path,
                                                 const std::function<bool(SheetRow&)>& take) {
    auto entry = archive_->entry(path);
    if (!entry) return XmlTrouble{0, 0, entry.errors().front().message};
    SheetReader reader(workbook_, take);
    XmlStream stream;
    auto trouble = stream.parse([&](std::span<char> into) { return entry->read(into); }, reader);
    if (!entry->trouble().empty()) return XmlTrouble{0, 0, entry->trouble()};
    return trouble;
}

Diagnostics XlsxBundle::find_headings() {
    for (std::size_t i = 0; i < workbook_.sheets.size(); ++i) {
        const Workbook::Sheet& sheet = workbook_.sheets[i];
        SheetRow headings;
        std::vector<FirstRow> below;
        bool found = false;
        const auto trouble = read_sheet(sheet.path, [&](SheetRow& row) {
            if (found) {
                below.push_back({row.number, row.cells});
                return below.size() < most_first_rows;
            }
            const auto texts = std::count_if(row.cells.begin(), row.cells.end(),
                                             [](const std::string& cell) { return !cell.empty(); });
            if (texts >= 2 || headings.number == 0) headings = row;
            found = texts >= 2;
            return true;
        });
        if (trouble && !found) return {problem("extract.workbook", trouble->reason)};
        if (headings.number == 0) continue;
        BundlePart& part = parts.emplace_back(BundlePart{
            sheet.name,
            file + "/" + (looks_like_name(sheet.name) ? sheet.name : fmt::format("sheet {}", i + 1)),
            {},
            std::move(below)});
        for (const std::string& cell : headings.cells) part.columns.emplace_back(trimmed(cell));
        sheets_.push_back({sheet.path, headings.number});
    }
    return {};
}

// The first cell from `from` on that has a text; the last one has.
std::uint32_t first_text(const std::vector<std::string>& cells, std::size_t from) {
    const auto found = std::find_if(cells.begin() + static_cast<std::ptrdiff_t>(from), cells.end(),
                                    [](const std::string& cell) { return !cell.empty(); });
    return static_cast<std::uint32_t>(found - cells.begin());
}

ReadReport XlsxBundle::read_part(std::size_t number, BlockConsumer* consumer) {
    const std::size_t columns = parts[number].columns.size();
    const std::string& shown = parts[number].file;
    RowBuffer rows(columns, consumer);
    ReadReport report;
    std::uint64_t row = 0, last = 0;
    const auto trouble = read_sheet(sheets_[number].path, [&](SheetRow& read) {
        if (read.number <= sheets_[number].heading_row) return true;
        last = read.number;
        ++row;
        if (read.trouble.empty() && read.cells.size() > columns) {
            read.trouble = "it has more cells than there are headings";
            read.trouble_column = first_text(read.cells, columns) + 1;
        }
        if (read.trouble.empty() && read.cells.size() == columns &&
            std::equal(read.cells.begin(), read.cells.end(), parts[number].columns.begin(),
                       [](const std::string& cell, const std::string& heading) {
                           return trimmed(cell) == heading;
                       })) {
            read.trouble = "the headings again";
            read.trouble_column = 1;
        }
        if (!read.trouble.empty()) {
            report.rejected.push_back({.file = shown,
                                       .line = read.number,
                                       .row = row,
                                       .column = read.trouble_column,
                                       .reason = read.trouble});
            return true;
        }
        read.cells.resize(columns);
        for (const std::string& cell : read.cells) rows.add(cell);
        rows.end_row(row, read.number);
        return true;
    });
    if (trouble)
        report.rejected.push_back({.file = shown,
                                   .line = last + 1,
                                   .column = 1,
                                   .reason = trouble->reason + "; what comes after this place is not read"});
    rows.flush();
    report.accepted = rows.accepted();
    report.lines = std::move(rows.lines);
    return report;
}

BundleReport XlsxBundle::read(const std::vector<BlockConsumer*>& consumers) {
    BundleReport report;
    const auto digest = sha256(bytes_);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        report.parts.push_back(consumers[i] == nullptr ? ReadReport{} : read_part(i, consumers[i]));
        if (digest) report.parts.back().sha256 = *digest;
        report.seen.emplace_back(parts[i].columns.size(), true);
    }
    return report;
}

Result<std::unique_ptr<Bundle>> open_with_defaults(const OpenBundle& request) {
    return open_xlsx(request, {});
}

}  // namespace

Result<std::unique_ptr<Bundle>> open_xlsx(const OpenBundle& request, const XlsxOptions& options) {
    Diagnostics errors;
    if (auto opened = options.files->open(request.path)) {
        auto bundle = std::make_unique<XlsxBundle>(std::move(*opened), options);
        bundle->file = request.shown_name;
        errors = bundle->prepare();
        if (errors.empty()) return std::unique_ptr<Bundle>(std::move(bundle));
    } else {
        errors = std::move(opened.errors());
    }
    for (Diagnostic& error : errors) error.place.file = request.shown_name;
    return errors;
}

Format xlsx_format() {
    return {.name = "xlsx",
            .extensions = {".xlsx", ".xlsm"},
            .open = nullptr,
            .open_bundle = &open_with_defaults};
}

}  // namespace caseaudit::extract
