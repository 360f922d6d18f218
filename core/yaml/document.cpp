#include "yaml/document.h"

#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <istream>
#include <optional>
#include <streambuf>

#include <fmt/format.h>

#include "yaml/quick_events.h"
#include "yaml/tree_builder.h"

namespace caseaudit::yaml {

Node::Node() = default;

namespace {

constexpr std::size_t largest_file = 16u << 20;
// The parser holds what stands in unclosed brackets before it says anything of it, some 250 bytes a sign.
constexpr std::size_t most_signs = 1'000'000;

// Reads a string in place.
class StringBuffer : public std::streambuf {
  public:
    explicit StringBuffer(const std::string& text) {
        char* begin = const_cast<char*>(text.data());  // streambuf's get area is never written to
        setg(begin, begin, begin + text.size());
    }
};

Diagnostic at(std::string file, const std::string& text, std::size_t offset, std::string code,
              std::string message) {
    std::uint32_t line = 1;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < offset; ++i) {
        if (text[i] == '\n') ++line, begin = i + 1;
    }
    return {std::move(code),
            std::move(message),
            {std::move(file), line, static_cast<std::uint32_t>(offset - begin + 1)},
            "",
            "",
            {}};
}

// Length of the UTF-8 character at i, 0 when there is none.
std::size_t character_length(const std::string& text, std::size_t i) {
    const auto byte = [&](std::size_t k) {
        return static_cast<unsigned char>(i + k < text.size() ? text[i + k] : 0);
    };
    const unsigned lead = byte(0);
    const std::size_t length = lead < 0x80   ? 1
                               : lead < 0xC2 ? 0
                               : lead < 0xE0 ? 2
                               : lead < 0xF0 ? 3
                               : lead < 0xF5 ? 4
                                             : 0;
    for (std::size_t k = 1; k < length; ++k) {
        if ((byte(k) & 0xC0) != 0x80) return 0;
    }
    if (lead == 0xE0 && byte(1) < 0xA0) return 0;
    if (lead == 0xED && byte(1) > 0x9F) return 0;
    if (lead == 0xF0 && byte(1) < 0x90) return 0;
    if (lead == 0xF4 && byte(1) > 0x8F) return 0;
    return length;
}

enum class Byte : std::uint8_t { plain, sign, control, part };  // part: of a character of several bytes

constexpr std::array<Byte, 256> byte_kinds = [] {
    std::array<Byte, 256> kinds{};
    for (std::size_t byte = 0; byte < kinds.size(); ++byte) {
        const bool blank = byte == '\t' || byte == '\n' || byte == '\r';
        if ((byte < 0x20 && !blank) || byte == 0x7F) kinds[byte] = Byte::control;
        if (byte >= 0x80) kinds[byte] = Byte::part;
    }
    for (const char sign : std::string_view("\n,:-[]{}\"'&*!"))
        kinds[static_cast<unsigned char>(sign)] = Byte::sign;
    return kinds;
}();

void check_characters(const std::string& file, const std::string& text, Diagnostics& errors) {
    std::size_t signs = 0;
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const Byte kind = byte_kinds[byte];
        if (kind == Byte::plain) {
            ++i;
            continue;
        }
        if (kind == Byte::control) {
            errors.push_back(
                at(file, text, i, "yaml.character", fmt::format("a control character (0x{:02X})", byte)));
            return;
        }
        const std::size_t length = character_length(text, i);
        if (length == 0) {
            errors.push_back(at(file, text, i, "yaml.encoding", "the file is not UTF-8"));
            errors.back().hint = "save it as UTF-8";
            return;
        }
        if (kind == Byte::sign && ++signs > most_signs) {
            errors.push_back(at(file, text, i, "yaml.size",
                                fmt::format("more than {} lines and signs of YAML", most_signs)));
            errors.back().hint = "split the file";
            return;
        }
        i += length;
    }
}

// Whether a quote closes what the one at `open` opened. The parser takes the end of a line for it where
// that is the end of the file too.
bool is_closed(std::string_view text, std::size_t open) {
    const char quote = text[open];
    for (std::size_t i = open + 1; i < text.size(); ++i) {
        if (quote == '"' && text[i] == '\\') {
            ++i;
        } else if (text[i] == quote) {
            if (quote == '"' || i + 1 == text.size() || text[i + 1] != quote) return true;
            ++i;
        }
    }
    return false;
}

void check_last_quote(const std::string& text, TreeBuilder& builder) {
    const auto& mark = builder.last_quoted();
    if (!mark) return;
    const auto open = static_cast<std::size_t>(mark->pos);
    const bool in_quotes = open < text.size() && (text[open] == '"' || text[open] == '\'');
    if (!in_quotes || is_closed(text, open)) return;  // else a block scalar
    builder.report("yaml.syntax", "the quote that opens here is not closed", *mark, text.substr(open, 1), "");
}

// Whether a tab is among the blanks and dashes that the line of the mark begins with.
// The text from the line of the mark on.
std::string_view from_line(std::string_view text, const YAML::Mark& mark) {
    for (int line = 0; line < mark.line; ++line) {
        const std::size_t end = text.find('\n');
        if (end == std::string_view::npos) return {};
        text.remove_prefix(end + 1);
    }
    return text;
}

bool is_indented_by_tab(std::string_view text, const YAML::Mark& mark) {
    const std::string_view line = from_line(text, mark);
    return line.substr(0, line.find_first_not_of(" \t-")).find('\t') != std::string_view::npos;
}

// Whether the mark is at the first colon of its line: then it is the line that stands wrong, not a text in
// it.
bool is_first_colon(std::string_view text, const YAML::Mark& mark) {
    return from_line(text, mark).find(':') == static_cast<std::size_t>(mark.column);
}

// What to do about the parser's errors that writers of rules meet.
std::string hint_for(const YAML::Exception& error, const std::string& text, const TreeBuilder& builder) {
    if (error.msg == YAML::ErrorMsg::TAB_IN_INDENTATION || is_indented_by_tab(text, error.mark))
        return "YAML is indented by spaces: put them where the tab is";
    if (error.msg == YAML::ErrorMsg::MAP_VALUE && is_first_colon(text, error.mark))
        return "begin the line right below the keys that it belongs to, with as many spaces";
    if (error.msg == YAML::ErrorMsg::MAP_VALUE) return "put text that holds ': ' in quotes";
    if (error.msg == YAML::ErrorMsg::UNKNOWN_TOKEN) return "text that begins with this sign needs quotes";
    if (error.msg == YAML::ErrorMsg::EOF_IN_SCALAR)
        return fmt::format("a quote in line {} or below is not closed", std::max(1u, builder.last_line()));
    return "";
}

void tell_events(const std::string& text, TreeBuilder& builder) {
    try {
        StringBuffer buffer(text);
        std::istream stream(&buffer);
        YAML::Parser parser(stream);
        while (parser.HandleNextDocument(builder)) {  // the builder throws at the second
        }
        check_last_quote(text, builder);
    } catch (const YAML::Exception& error) {
        builder.report("yaml.syntax", error.msg, error.mark, "", hint_for(error, text, builder));
    }
}

// False where the builder gave up, the reason of which is among the errors.
bool parse(const std::string& text, TreeBuilder& builder) {
    try {
        tell_events(text, builder);
        return true;
    } catch (const GiveUp&) {
        return false;
    }
}

// Whether a tree with this error still says what the file says: see TreeBuilder::whole().
bool leaves_a_tree(const Diagnostic& error) {
    constexpr std::string_view codes[] = {"yaml.duplicate-key", "yaml.anchor", "yaml.alias", "yaml.tag"};
    return std::ranges::find(codes, error.code) != std::end(codes);
}

// The tree of a text without errors; nothing when it has some or may have.
std::optional<Node> read_quickly(const Document& document) {
    Diagnostics errors;
    TreeBuilder builder(document.file, errors);
    try {
        if (!tell_events_quickly(document.text, builder)) return std::nullopt;
    } catch (const GiveUp&) {
        return std::nullopt;
    }
    if (!errors.empty()) return std::nullopt;
    return builder.take_root();
}

}  // namespace

const Node* Node::find(std::string_view key) const {
    for (const auto& [name, value] : entries) {
        if (name.text == key) return &value;
    }
    return nullptr;
}

Reading read_text(std::string file, std::string text) {
    Document document{std::move(file), std::move(text), {}, {}};
    Reading reading;
    Diagnostics& errors = reading.errors;
    if (document.text.size() > largest_file) {
        errors.push_back({"yaml.size", "the file is larger than 16 MB", {document.file, 0, 0}, "", "", {}});
        return reading;
    }
    if (document.text.starts_with("\xEF\xBB\xBF")) document.text.erase(0, 3);
    check_characters(document.file, document.text, errors);
    if (!errors.empty()) return reading;
    if (auto root = read_quickly(document)) {
        document.root = *std::move(root);
    } else {
        TreeBuilder builder(document.file, errors);
        const bool finished = parse(document.text, builder);
        if (!finished || !builder.whole() || !std::ranges::all_of(errors, leaves_a_tree)) return reading;
        document.root = builder.take_root();
        document.left_out = builder.take_left_out();
    }
    reading.document = std::move(document);
    return reading;
}

Reading read_file(const std::string& path) {
    const auto failed = [&](std::string message) {
        return Reading{{}, {{"yaml.unreadable", std::move(message), {path, 0, 0}, "", "", {}}}};
    };
    errno = 0;
    std::ifstream stream(path, std::ios::binary);
    if (!stream) return failed(fmt::format("cannot be opened: {}", std::strerror(errno)));
    std::string text;
    char buffer[1 << 16];
    while (text.size() <= largest_file && stream.read(buffer, sizeof buffer).gcount() > 0) {
        text.append(buffer, static_cast<std::size_t>(stream.gcount()));
    }
    if (text.size() <= largest_file && (stream.bad() || !stream.eof())) {
        return failed(fmt::format("cannot be read: {}", std::strerror(errno)));
    }
    return read_text(path, std::move(text));
}

namespace {

Result<Document> without_errors(Reading reading) {
    if (!reading.errors.empty()) return std::move(reading.errors);
    return *std::move(reading.document);
}

}  // namespace

Result<Document> load_text(std::string file, std::string text) {
    return without_errors(read_text(std::move(file), std::move(text)));
}

Result<Document> load_file(const std::string& path) {
    return without_errors(read_file(path));
}

}  // namespace caseaudit::yaml
