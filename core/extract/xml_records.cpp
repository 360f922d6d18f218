#include "extract/xml_records.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "extract/byte_source.h"
#include "extract/case_element.h"
#include "extract/cell.h"
#include "extract/hash.h"
#include "extract/heading.h"
#include "extract/problem.h"
#include "extract/rows.h"
#include "extract/xml_stream.h"

namespace caseaudit::extract {
namespace {

// The bytes from the beginning on, in order.
class InOrder {
  public:
    explicit InOrder(const ByteSource& bytes) : bytes_(bytes) {}
    std::ptrdiff_t operator()(std::span<char> into) {
        const std::uint64_t left = bytes_.size() - offset_;
        const auto length = static_cast<std::size_t>(std::min<std::uint64_t>(left, into.size()));
        if (length == 0) return 0;
        if (!bytes_.read_at(offset_, into.first(length))) return -1;
        offset_ += length;
        return static_cast<std::ptrdiff_t>(length);
    }

  private:
    const ByteSource& bytes_;
    std::uint64_t offset_ = 0;
};

// A few names out of many, each once; so that a file of ten thousand does not fill the screen. A name that
// may be a value is told by the first line where it stands.
class FewNames {
  public:
    void add(std::string_view name, std::uint64_t line) {
        ++count_;
        if (!looks_like_name(name)) {
            if (unnamed_++ == 0) line_ = line;
        } else if (names_.size() < most) {
            names_.emplace(name);
        }
    }
    bool empty() const { return count_ == 0; }
    std::string list() const {
        std::vector<std::string> all(names_.begin(), names_.end());
        if (unnamed_ > 0)
            all.push_back(fmt::format("{} not named here, as the name may be a value, the first in line {}",
                                      unnamed_ == 1 ? "one" : std::to_string(unnamed_), line_));
        return fmt::format("{}", fmt::join(all, ", "));
    }

  private:
    static constexpr std::size_t most = 20;
    std::set<std::string, std::less<>> names_;
    std::uint64_t count_ = 0, unnamed_ = 0, line_ = 0;
};

// Stops at the root element.
class RootFinder final : public XmlHandler {
  public:
    std::string root, encoding;
    void start(XmlStream& stream, std::string_view name, std::span<const XmlAttribute>) override {
        root = name;
        encoding = stream.encoding();
        stream.stop();
    }
    void end(XmlStream&, std::string_view) override {}
    void text(XmlStream&, std::string_view) override {}
};

// Turns elements into the records of a layout.
class RecordReader final : public XmlHandler {
  public:
    RecordReader(const RecordLayout& layout, const XmlOptions& options, const std::string& file,
                 std::vector<RecordTable>& tables)
        : layout_(layout),
          options_(options),
          file_(file),
          tables_(tables),
          names_(layout),
          case_(layout, names_, options.case_limit) {}

    void start(XmlStream& stream, std::string_view name, std::span<const XmlAttribute> attributes) override {
        if (!open_.empty()) {
            open_.back().has_elements = true;
            stray_text(stream);
        }
        const std::size_t depth = open_.size();
        const bool on_path = on_path_ == depth && depth < layout_.path.size() && layout_.path[depth] == name;
        if (on_path) ++on_path_;
        Element element{Kind::other, on_path, false, false, stream.line(), stream.column()};
        if (on_path && on_path_ == layout_.path.size()) {
            element.kind = Kind::of_case;
            in_case_ = any_case_ = true;
            stray_ = false;
            case_.open(name, stream.line(), stream.column());
        } else if (in_case_ && names_.is_record(name)) {
            element.kind = Kind::record;
            case_.open_record(name, stream.line(), stream.column());
        }
        open_.push_back(element);
        value_.clear();
        too_long_ = false;
        for (const XmlAttribute& attribute : attributes)
            if (!attribute.qualified)
                take(stream, attribute.name, attribute.value, attribute.value.size() > options_.value_limit,
                     depth);
    }

    void end(XmlStream& stream, std::string_view name) override {
        const Element element = open_.back();
        if (element.kind == Kind::other && !element.on_path && !element.has_elements) {
            take(stream, name, value_, too_long_, open_.size() < 2 ? 0 : open_.size() - 2);
        } else {
            stray_text(stream);
        }
        if (element.kind == Kind::record) case_.close_record();
        if (element.kind == Kind::of_case) {
            case_.close(tables_, file_);
            in_case_ = false;
        }
        if (element.on_path) --on_path_;
        open_.pop_back();
        value_.clear();
        too_long_ = false;
    }

    void text(XmlStream&, std::string_view text) override {
        if (!in_case_ || too_long_) return;
        const std::string_view more = value_.empty() ? without_leading_space(text) : text;
        if (value_.size() + more.size() > options_.value_limit) {
            too_long_ = true;
            value_.clear();
        } else {
            value_ += more;
        }
    }

    // What was passed over.
    Diagnostics notes() const {
        Diagnostics notes;
        if (!unknown_.empty())
            notes.push_back(problem("extract.unknown-element",
                                    "elements that no table has are passed over: " + unknown_.list()));
        if (!outside_.empty())
            notes.push_back(problem("extract.element-outside",
                                    fmt::format("elements outside {} are passed over: {}",
                                                fmt::join(layout_.path, "/"), outside_.list())));
        if (!repeated_.empty())
            notes.push_back(
                problem("extract.repeated-element",
                        "elements that a record has more than once, of which the first is used: " +
                            repeated_.list()));
        return notes;
    }
    // The case that was being read when the document broke off.
    bool in_case() const { return in_case_; }
    // Elements there are, but no case among them.
    bool finds_no_case() const { return !any_case_ && !outside_.empty() && rejected.empty(); }
    std::vector<Rejected> rejected;

  private:
    enum class Kind : std::uint8_t { other, record, of_case };
    struct Element {
        Kind kind;
        bool on_path;
        bool has_elements;
        bool is_lost;
        std::uint64_t line;
        std::uint32_t column;
    };

    static std::string_view without_leading_space(std::string_view text) {
        const std::size_t from = text.find_first_not_of(" \t\r\n");
        return from == std::string_view::npos ? std::string_view() : text.substr(from);
    }

    // A value of the open element number `holder`.
    void take(const XmlStream& stream, std::string_view name, std::string_view value, bool too_long,
              std::size_t holder) {
        const int number = names_.number(name);
        if (!in_case_) {
            if (open_.size() > 1) outside_.add(name, stream.line());
            if (open_.size() > 1 && number != LayoutNames::unknown) lose(open_[holder]);
            return;
        }
        if (number == LayoutNames::unknown) {
            unknown_.add(name, stream.line());
        } else if (too_long) {
            case_.spoil("a value is longer than " + size_text(options_.value_limit));
        } else if (!case_.add(number, value)) {
            repeated_.add(name, stream.line());
        }
    }

    // What holds values of a table, and stands in no case.
    void lose(Element& record) {
        if (std::exchange(record.is_lost, true)) return;
        rejected.push_back({.file = file_,
                            .line = record.line,
                            .column = record.column,
                            .reason = fmt::format("a record that stands outside {}, as which the element of "
                                                  "each child has to be written: it is not read",
                                                  fmt::join(layout_.path, "/"))});
    }

    // Text between elements is no field's.
    void stray_text(XmlStream& stream) {
        if (in_case_ && !stray_ && (too_long_ || !trimmed(value_).empty())) {
            stray_ = true;  // one entry a case
            rejected.push_back({.file = file_,
                                .line = stream.line(),
                                .column = stream.column(),
                                .reason = "text that stands between elements is no field's value"});
        }
        value_.clear();
        too_long_ = false;
    }

    const RecordLayout& layout_;
    const XmlOptions& options_;
    const std::string& file_;
    std::vector<RecordTable>& tables_;
    LayoutNames names_;
    CaseElement case_;
    std::vector<Element> open_;
    std::size_t on_path_ = 0;  // steps of the layout's path that lead here
    bool in_case_ = false, any_case_ = false, too_long_ = false, stray_ = false;
    std::string value_;
    FewNames unknown_, outside_, repeated_;
};

class XmlRecords final : public Bundle {
  public:
    XmlRecords(std::unique_ptr<platform::File> opened, const RecordLayout& layout, const XmlOptions& options)
        : bytes_(std::move(opened)), layout_(layout), options_(options) {
        bytes = bytes_.size();
        format = "xml";
        whole = true;
    }

    Diagnostics prepare() {
        if (bytes == 0) return {problem("extract.empty-file", "the file is empty")};
        RootFinder finder;
        XmlStream stream;
        if (const auto trouble = stream.parse(InOrder(bytes_), finder)) {
            Diagnostic error = problem("extract.xml", trouble->reason);
            error.place.line = static_cast<std::uint32_t>(trouble->line);
            return {error};
        }
        if (finder.root != layout_.path.front())
            return {problem("extract.xml-root",
                            fmt::format("its root element is not {}", layout_.path.front()),
                            "is this the file that is sent to the Department for Education?")};
        encoding = finder.encoding;
        for (const RecordLayout::Table& table : layout_.tables) {
            BundlePart& part = parts.emplace_back(BundlePart{table.name, file, {}, {}});
            for (const RecordLayout::Column& column : table.columns) part.columns.push_back(column.name);
        }
        return {};
    }

    BundleReport read(const std::vector<BlockConsumer*>& consumers) override {
        std::vector<RecordTable> tables;
        tables.reserve(layout_.tables.size());
        for (std::size_t i = 0; i < layout_.tables.size(); ++i)
            tables.emplace_back(layout_.tables[i], consumers[i]);
        RecordReader reader(layout_, options_, file, tables);
        XmlStream stream;
        const auto trouble = stream.parse(InOrder(bytes_), reader);
        BundleReport report;
        report.notes = reader.notes();
        const bool no_case = reader.finds_no_case();
        report.rejected = std::move(reader.rejected);
        if (trouble) {
            report.rejected.push_back(broken_off(*trouble, reader.in_case()));
        } else if (no_case) {
            report.rejected.push_back(
                {.file = file,
                 .reason =
                     fmt::format("it has no element {}, so no record of it is read: see how the elements "
                                 "of the children are written",
                                 fmt::join(layout_.path, "/"))});
        }
        std::stable_sort(report.rejected.begin(), report.rejected.end(),
                         [](const Rejected& a, const Rejected& b) { return a.line < b.line; });
        const auto digest = sha256(bytes_);
        for (RecordTable& table : tables) {
            table.rows.flush();
            report.parts.push_back({table.rows.accepted(), std::move(table.rejected),
                                    std::move(table.rows.lines), digest ? *digest : std::string()});
            report.seen.push_back(std::move(table.seen));
        }
        return report;
    }

  private:
    Rejected broken_off(const XmlTrouble& trouble, bool in_case) const {
        return {
            .file = file,
            .line = trouble.line,
            .column = trouble.column,
            .reason = trouble.reason + (in_case ? "; the case that stands here and all after it are not read"
                                                : "; what comes after this place is not read")};
    }

    ByteSource bytes_;
    RecordLayout layout_;
    XmlOptions options_;
};

Result<std::unique_ptr<Bundle>> open_with_defaults(const OpenBundle& request) {
    return open_xml(request, {});
}

}  // namespace

Format xml_format() {
    return {.name = "xml", .extensions = {".xml"}, .open = nullptr, .open_bundle = &open_with_defaults};
}

Result<std::unique_ptr<Bundle>> open_xml(const OpenBundle& request, const XmlOptions& options) {
    Diagnostics errors;
    if (request.layout == nullptr) {
        errors = {problem("extract.no-layout", "XML is not a form that extracts of this dataset come in",
                          "give it as CSV files")};
    } else if (auto opened = options.files->open(request.path)) {
        auto source = std::make_unique<XmlRecords>(std::move(*opened), *request.layout, options);
        source->file = request.shown_name;
        errors = source->prepare();
        if (errors.empty()) return std::unique_ptr<Bundle>(std::move(source));
    } else {
        errors = std::move(opened.errors());
    }
    for (Diagnostic& error : errors) error.place.file = request.shown_name;
    return errors;
}

}  // namespace caseaudit::extract
