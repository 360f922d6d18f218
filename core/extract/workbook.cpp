#include "extract/workbook.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <map>

#include "extract/rows.h"
#include "extract/xml_stream.h"

namespace caseaudit::extract {
namespace {

constexpr std::size_t most_shared = std::size_t{512} << 20;

Diagnostic problem(std::string message) {
    Diagnostic result;
    result.code = "extract.workbook";
    result.message = std::move(message);
    return result;
}

std::string_view attribute(std::span<const XmlAttribute> attributes, std::string_view name,
                           bool qualified = false) {
    for (const XmlAttribute& one : attributes)
        if (one.name == name && one.qualified == qualified) return one.value;
    return {};
}

int number(std::string_view text) {
    int value = -1;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

// Elements are told by their names alone; what is in them is gathered by the handlers below.
class Listener : public XmlHandler {
  public:
    void end(XmlStream&, std::string_view) override {}
    void text(XmlStream&, std::string_view) override {}
};

struct Relations final : Listener {
    struct Target {
        std::string type, path;
    };
    std::map<std::string, Target, std::less<>> by_id;
    void start(XmlStream&, std::string_view name, std::span<const XmlAttribute> attributes) override {
        if (name != "Relationship") return;
        by_id[std::string(attribute(attributes, "Id"))] = {std::string(attribute(attributes, "Type")),
                                                           std::string(attribute(attributes, "Target"))};
    }
};

struct SheetList final : Listener {
    std::vector<std::pair<std::string, std::string>> sheets;  // name, relation
    bool from_1904 = false;
    void start(XmlStream&, std::string_view name, std::span<const XmlAttribute> attributes) override {
        if (name == "sheet")
            sheets.emplace_back(attribute(attributes, "name"), attribute(attributes, "id", true));
        if (name == "workbookPr") {
            const std::string_view value = attribute(attributes, "date1904");
            from_1904 = value == "1" || value == "true";
        }
    }
};

struct Styles final : Listener {
    std::map<int, bool> formats;  // that the workbook defines: is it a date's
    std::vector<bool> dates;
    bool in_cells = false;
    void start(XmlStream&, std::string_view name, std::span<const XmlAttribute> attributes) override {
        if (name == "numFmt")
            formats[number(attribute(attributes, "numFmtId"))] =
                is_date_format(attribute(attributes, "formatCode"));
        if (name == "cellXfs") in_cells = true;
        if (name == "xf" && in_cells) dates.push_back(is_date(number(attribute(attributes, "numFmtId"))));
    }
    void end(XmlStream&, std::string_view name) override {
        if (name == "cellXfs") in_cells = false;
    }
    // Formats that every workbook has, ECMA-376 part 1, 18.8.30.
    bool is_date(int format) const {
        const auto defined = formats.find(format);
        if (defined != formats.end()) return defined->second;
        return (format >= 14 && format <= 17) || format == 22 || (format >= 27 && format <= 31) ||
               format == 36 || (format >= 50 && format <= 58);
    }
};

// <si><t>…</t></si>, or in runs <si><r><t>…</t></r>…</si>; <rPh> says how it is pronounced.
struct TextList final : Listener {
    explicit TextList(SharedTexts& all) : texts(all) {}
    SharedTexts& texts;
    bool in_text = false, in_item = false;
    int pronounced = 0;
    void start(XmlStream&, std::string_view name, std::span<const XmlAttribute>) override {
        if (name == "si") {
            texts.begin();
            in_item = true;
        }
        if (name == "rPh") ++pronounced;
        in_text = name == "t" && pronounced == 0 && in_item;
    }
    void end(XmlStream&, std::string_view name) override {
        in_text = false;
        if (name == "rPh") --pronounced;
        if (name == "si") in_item = false;
    }
    void text(XmlStream& stream, std::string_view text) override {
        if (in_text) texts.append(text);
        if (texts.bytes() > most_shared) stream.stop("its texts take more than " + size_text(most_shared));
    }
};

Diagnostics parse(ZipArchive& archive, const std::string& path, XmlHandler& handler) {
    auto entry = archive.entry(path);
    if (!entry) return entry.errors();
    XmlStream stream;
    const auto trouble = stream.parse([&](std::span<char> into) { return entry->read(into); }, handler);
    if (!entry->trouble().empty()) return {problem(entry->trouble())};
    if (trouble) return {problem("a part of it cannot be read: " + trouble->reason)};
    return {};
}

// A target is relative to the folder of the part that names it, or absolute.
std::string resolved(const std::string& folder, const std::string& target) {
    return target.starts_with('/') ? target.substr(1) : folder + target;
}

}  // namespace

bool is_date_format(std::string_view code) {
    bool quoted = false, clock = false, month = false;
    for (std::size_t i = 0; i < code.size(); ++i) {
        const char c = code[i];
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        if (c == '\\' || c == '_' || c == '*') {
            ++i;  // the character after it stands for itself
            continue;
        }
        if (c == '[') {  // a colour, a language, or time that has passed: [h]
            const std::size_t close = std::min(code.find(']', i), code.size());
            const std::string_view within = code.substr(i + 1, close - i - 1);
            clock = clock || within.find_first_not_of("hHmMsS") == std::string_view::npos;
            i = close;
            continue;
        }
        if (c == 'd' || c == 'D' || c == 'y' || c == 'Y') return true;
        if (c == 'h' || c == 'H' || c == 's' || c == 'S') clock = true;
        if (c == 'm' || c == 'M') month = true;
    }
    return month && !clock && code != "General";
}

std::string date_of_serial(double serial, bool from_1904) {
    using namespace std::chrono;
    constexpr double last = 2958466;  // 1 January 10000
    if (!(serial >= (from_1904 ? 0 : 1)) || serial >= last) return {};
    auto days = static_cast<int>(std::floor(serial));
    auto seconds = static_cast<int>(std::lround((serial - days) * 86400));
    if (seconds == 86400) {
        ++days;
        seconds = 0;
    }
    if (!from_1904 && days == 60) return {};
    const sys_days base = from_1904   ? sys_days(1904y / January / 1)
                          : days < 60 ? sys_days(1899y / December / 31)
                                      : sys_days(1899y / December / 30);
    const year_month_day date(base + std::chrono::days(days));
    std::string text = fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                                   static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    if (seconds != 0)
        text += fmt::format("T{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    return text;
}

Result<Workbook> read_workbook(ZipArchive& archive) {
    Relations roots, parts;
    if (auto errors = parse(archive, "_rels/.rels", roots); !errors.empty()) return errors;
    std::string book;
    for (const auto& [id, target] : roots.by_id)
        if (target.type.ends_with("/officeDocument")) book = resolved("", target.path);
    if (book.empty()) return problem("it is a ZIP archive, but no workbook");
    const std::size_t slash = book.find_last_of('/') + 1;  // 0 when there is none
    const std::string folder = book.substr(0, slash);
    SheetList list;
    if (auto errors = parse(archive, book, list); !errors.empty()) return errors;
    if (auto errors = parse(archive, folder + "_rels/" + book.substr(slash) + ".rels", parts);
        !errors.empty())
        return errors;
    Workbook workbook;
    workbook.from_1904 = list.from_1904;
    for (const auto& [name, id] : list.sheets) {
        const auto target = parts.by_id.find(id);
        if (target != parts.by_id.end() && target->second.type.ends_with("/worksheet"))
            workbook.sheets.push_back({name, resolved(folder, target->second.path)});
    }
    TextList texts(workbook.texts);
    Styles styles;
    for (const auto& [id, target] : parts.by_id) {
        Diagnostics errors;
        if (target.type.ends_with("/sharedStrings"))
            errors = parse(archive, resolved(folder, target.path), texts);
        if (target.type.ends_with("/styles")) errors = parse(archive, resolved(folder, target.path), styles);
        if (!errors.empty()) return errors;
    }
    workbook.dates = std::move(styles.dates);
    return workbook;
}

}  // namespace caseaudit::extract
