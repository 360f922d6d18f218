#include "yaml/document.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <istream>
#include <streambuf>

#include <fmt/format.h>

namespace caseaudit::yaml {
namespace {

constexpr std::size_t largest_file = 16u << 20;
constexpr std::size_t deepest = 64;
constexpr std::size_t most_errors = 100;  // of a file that is no YAML at all, more say nothing new

// Leaves the parser: going on would only repeat the error, or exhaust memory.
struct GiveUp {};

class TreeBuilder : public YAML::EventHandler {
  public:
    TreeBuilder(std::string file, Diagnostics& errors) : file_(std::move(file)), errors_(errors) {}
    Node take_root() { return std::move(root_); }

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (++documents_ == 2)
            report("yaml.documents", "a second document begins here", mark, "---",
                   "keep one document a file");
        if (documents_ == 2) throw GiveUp{};
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t) override { add(node(Node::Kind::null, mark)); }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
        report("yaml.alias", "aliases are not allowed", mark, "*", "write the value out");
        add(node(Node::Kind::null, mark));
    }
    void OnAnchor(const YAML::Mark& mark, const std::string& name) override {
        report("yaml.anchor", "anchors are not allowed", mark, "&" + name,
               "write the value out where it is used");
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                  const std::string& value) override {
        check_tag(mark, tag);
        Node scalar = node(Node::Kind::scalar, mark);
        scalar.quoted = tag == "!";
        scalar.text = value;
        add(std::move(scalar));
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                         YAML::EmitterStyle::value) override {
        open(Node::Kind::sequence, mark, tag);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                    YAML::EmitterStyle::value) override {
        open(Node::Kind::map, mark, tag);
    }
    void OnMapEnd() override { close(); }

    void report(std::string code, std::string message, const YAML::Mark& mark, std::string fragment,
                std::string hint) {
        const auto line = static_cast<std::uint32_t>(mark.line + 1);
        errors_.push_back({std::move(code),
                           std::move(message),
                           {file_, line, static_cast<std::uint32_t>(mark.column + 1)},
                           std::move(fragment),
                           std::move(hint),
                           {}});
        if (errors_.size() >= most_errors) throw GiveUp{};
    }

  private:
    struct Open {
        Node node;
        Node key;  // of a map: the key whose value comes next
        bool has_key = false;
    };

    static Node node(Node::Kind kind, const YAML::Mark& mark) {
        Node made;
        made.kind = kind;
        made.line = static_cast<std::uint32_t>(mark.line + 1);
        made.column = static_cast<std::uint32_t>(mark.column + 1);
        return made;
    }

    void check_tag(const YAML::Mark& mark, const std::string& tag) {
        if (tag.empty() || tag == "?" || tag == "!") return;
        report("yaml.tag", "tags are not allowed", mark, "!", "leave the tag out; quotes make a value text");
    }

    void open(Node::Kind kind, const YAML::Mark& mark, const std::string& tag) {
        check_tag(mark, tag);
        if (open_.size() >= deepest) {
            report("yaml.nesting", fmt::format("nested more than {} deep", deepest), mark, "", "");
            throw GiveUp{};
        }
        open_.push_back({node(kind, mark), {}, false});
    }

    void close() {
        Node finished = std::move(open_.back().node);
        open_.pop_back();
        add(std::move(finished));
    }

    void add(Node value) {
        if (open_.empty()) {
            root_ = std::move(value);
            return;
        }
        Open& parent = open_.back();
        if (parent.node.kind == Node::Kind::sequence) {
            parent.node.items.push_back(std::move(value));
        } else if (!parent.has_key) {
            check_key(parent.node, value);
            parent.key = std::move(value);
            parent.has_key = true;
        } else {
            if (value.kind == Node::Kind::null) {  // the parser places an absent value after white space
                value.line = parent.key.line;
                value.column = parent.key.column;
            }
            parent.node.entries.emplace_back(std::move(parent.key), std::move(value));
            parent.has_key = false;
        }
    }

    void check_key(const Node& map, const Node& key) {
        const YAML::Mark mark = [&] {
            YAML::Mark made;
            made.line = static_cast<int>(key.line) - 1;
            made.column = static_cast<int>(key.column) - 1;
            return made;
        }();
        if (key.kind != Node::Kind::scalar) {
            report("yaml.key", "a key must be text", mark, "", "write 'key: value'");
            return;
        }
        if (const Node* earlier = map.find(key.text)) {
            (void)earlier;
            const auto same = std::find_if(map.entries.begin(), map.entries.end(),
                                           [&](const auto& entry) { return entry.first.text == key.text; });
            report("yaml.duplicate-key", fmt::format("the key '{}' is given twice", key.text), mark, key.text,
                   fmt::format("it is first given in line {}", same->first.line));
        }
    }

    std::string file_;
    Diagnostics& errors_;
    Node root_;
    std::vector<Open> open_;
    int documents_ = 0;
};

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

void check_characters(const std::string& file, const std::string& text, Diagnostics& errors) {
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if ((byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7F) {
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
        i += length;
    }
}

}  // namespace

const Node* Node::find(std::string_view key) const {
    for (const auto& [name, value] : entries) {
        if (name.text == key) return &value;
    }
    return nullptr;
}

Result<Document> load_text(std::string file, std::string text) {
    Document document{std::move(file), std::move(text), {}};
    Diagnostics errors;
    if (document.text.size() > largest_file) {
        return Diagnostic{"yaml.size", "the file is larger than 16 MB", {document.file, 0, 0}, "", "", {}};
    }
    if (document.text.starts_with("\xEF\xBB\xBF")) document.text.erase(0, 3);
    check_characters(document.file, document.text, errors);
    if (!errors.empty()) return errors;
    TreeBuilder builder(document.file, errors);
    try {
        StringBuffer buffer(document.text);
        std::istream stream(&buffer);
        YAML::Parser parser(stream);
        while (parser.HandleNextDocument(builder)) {
        }
    } catch (const YAML::Exception& error) {
        errors.push_back({"yaml.syntax",
                          error.msg,
                          {document.file, static_cast<std::uint32_t>(error.mark.line + 1),
                           static_cast<std::uint32_t>(error.mark.column + 1)},
                          "",
                          "",
                          {}});
    } catch (const GiveUp&) {
        // its reason is among the errors
    }
    if (!errors.empty()) return errors;
    document.root = builder.take_root();
    return document;
}

Result<Document> load_file(const std::string& path) {
    const auto failed = [&](std::string message) {
        return Diagnostic{"yaml.unreadable", std::move(message), {path, 0, 0}, "", "", {}};
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
    return load_text(path, std::move(text));
}

}  // namespace caseaudit::yaml
