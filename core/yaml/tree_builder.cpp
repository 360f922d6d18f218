#include "yaml/tree_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

namespace caseaudit::yaml {
namespace {

constexpr std::size_t deepest = 64;
constexpr std::size_t most_errors = 100;     // of a file that is no YAML at all, more say nothing new
constexpr std::size_t most_copied = 10'000;  // nodes: aliases of aliases grow without bounds
constexpr std::size_t searchable = 32;       // entries of a map that are compared one by one

YAML::Mark mark_of(const Node& node) {
    YAML::Mark mark;
    mark.line = static_cast<int>(node.line) - 1;
    mark.column = static_cast<int>(node.column) - 1;
    return mark;
}

std::size_t count_nodes(const Node& node) {
    std::size_t count = 1;
    for (const Node& item : node.items) count += count_nodes(item);
    for (const auto& [key, value] : node.entries) count += count_nodes(key) + count_nodes(value);
    return count;
}

// What was written where the parser found a tag of the file's own, which writers of rules take for text.
std::string with_tag(const std::string& tag, const std::string& value) {
    if (tag.size() < 2 || tag.front() != '!') return value;
    return value.empty() ? tag : tag + " " + value;
}

}  // namespace

void TreeBuilder::report(std::string code, std::string message, const YAML::Mark& mark, std::string fragment,
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

// The parser takes nothing of a file that begins with ',' and offers the same place again as the next
// document, for ever: a second document ends the reading, whatever it is.
void TreeBuilder::OnDocumentStart(const YAML::Mark& mark) {
    if (!document_) {
        document_ = mark;
        return;
    }
    if (mark.pos == document_->pos) {
        report("yaml.syntax", "a value cannot begin here", mark, "", "put it in quotes");
    } else {
        report("yaml.documents", "a second document begins here", mark, "---", "keep one document a file");
    }
    throw GiveUp{};
}

void TreeBuilder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
    add(node(Node::Kind::null, mark), anchor);
}

void TreeBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
    report("yaml.alias", "aliases are not allowed", mark, "*",
           "write the value out; text that begins with '*' needs quotes");
    const auto meant = anchored_.find(anchor);  // not there where the alias stands within what it means
    if (meant != anchored_.end() && (copied_ += count_nodes(meant->second)) <= most_copied) {
        add(meant->second);
    } else {
        whole_ = false;
        add(node(Node::Kind::null, mark));
    }
}

void TreeBuilder::OnAnchor(const YAML::Mark& mark, const std::string& name) {
    report("yaml.anchor", "anchors are not allowed", mark, "&" + name,
           "write the value out where it is used");
}

void TreeBuilder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                           const std::string& value) {
    check_tag(mark, tag);
    Node scalar = node(Node::Kind::scalar, mark);
    scalar.quoted = tag == "!";
    if (scalar.quoted) last_quoted_ = mark;
    scalar.text = with_tag(tag, value);
    add(std::move(scalar), anchor);
}

void TreeBuilder::OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                                  YAML::EmitterStyle::value) {
    open(Node::Kind::sequence, mark, tag, anchor);
}

void TreeBuilder::OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                             YAML::EmitterStyle::value) {
    open(Node::Kind::map, mark, tag, anchor);
    open_.back().node.entries.reserve(4);  // most maps are rules or fields; growing moves every node
}

Node TreeBuilder::node(Node::Kind kind, const YAML::Mark& mark) {
    Node made;
    made.kind = kind;
    made.line = static_cast<std::uint32_t>(mark.line + 1);
    made.column = static_cast<std::uint32_t>(mark.column + 1);
    last_line_ = made.line;
    return made;
}

void TreeBuilder::check_tag(const YAML::Mark& mark, const std::string& tag) {
    if (tag.empty() || tag == "?" || tag == "!") return;
    report("yaml.tag", "tags are not allowed", mark, "!",
           "leave the tag out; text that begins with '!' needs quotes");
}

void TreeBuilder::open(Node::Kind kind, const YAML::Mark& mark, const std::string& tag,
                       YAML::anchor_t anchor) {
    check_tag(mark, tag);
    if (open_.size() >= deepest) {
        report("yaml.nesting", fmt::format("nested more than {} deep", deepest), mark, "", "");
        throw GiveUp{};
    }
    open_.push_back({node(kind, mark), anchor, {}, false, {}, {}, {}});
}

void TreeBuilder::close() {
    merge(open_.back());
    Node finished = std::move(open_.back().node);
    const YAML::anchor_t anchor = open_.back().anchor;
    open_.pop_back();
    add(std::move(finished), anchor);
}

void TreeBuilder::add(Node value, YAML::anchor_t anchor) {
    if (anchor != YAML::NullAnchor) anchored_[anchor] = value;
    add(std::move(value));
}

void TreeBuilder::add(Node value) {
    if (open_.empty()) {
        root_ = std::move(value);
        return;
    }
    Open& parent = open_.back();
    if (parent.node.kind == Node::Kind::sequence) {
        parent.node.items.push_back(std::move(value));
    } else if (!parent.has_key) {
        check_key(parent, value);
        parent.key = std::move(value);
        parent.has_key = true;
    } else {
        if (value.kind == Node::Kind::null) {  // the parser places an absent value after white space
            value.line = parent.key.line;
            value.column = parent.key.column;
        }
        if (parent.key.text == "<<" && value.kind == Node::Kind::map)
            parent.merged.push_back(std::move(value));
        else if (parent.given)
            join(parent.node.entries[*parent.given].second, std::move(value));
        else
            parent.node.entries.emplace_back(std::move(parent.key), std::move(value));
        parent.given.reset();
        parent.has_key = false;
    }
}

// What the alias under '<<' adds, which is what it was written for: entries that the map has not itself.
void TreeBuilder::merge(Open& map) {
    for (Node& merged : map.merged)
        for (auto& [key, value] : merged.entries)
            if (map.node.find(key.text) == nullptr)
                map.node.entries.emplace_back(std::move(key), std::move(value));
}

void TreeBuilder::check_key(Open& map, const Node& key) {
    if (key.kind != Node::Kind::scalar) {
        report("yaml.key", "a key must be text", mark_of(key), "", "write 'key: value'");
        return;
    }
    const auto& entries = map.node.entries;
    if (entries.size() >= searchable) {
        if (map.keys.empty()) {
            for (const auto& [name, value] : entries) map.keys.insert(name.text);
        }
        if (map.keys.insert(key.text).second) return;
    }
    const auto same = std::find_if(entries.begin(), entries.end(),
                                   [&](const auto& entry) { return entry.first.text == key.text; });
    if (same == entries.end()) return;
    map.given = static_cast<std::size_t>(same - entries.begin());
    report("yaml.duplicate-key", fmt::format("the key '{}' is given twice", key.text), mark_of(key), key.text,
           fmt::format("it is first given in line {}", same->first.line));
}

// What is said besides under a key that is given again goes to what is said first, so that it is checked too.
void TreeBuilder::join(Node& first, Node again) {
    if (first.kind == Node::Kind::map && again.kind == Node::Kind::map) {
        std::unordered_map<std::string, std::size_t> given;
        for (const auto& [key, value] : first.entries) given.emplace(key.text, given.size());
        for (auto& [key, value] : again.entries) {
            const auto same = given.find(key.text);
            if (same == given.end())
                first.entries.emplace_back(std::move(key), std::move(value));
            else
                join(first.entries[same->second].second, std::move(value));
        }
    } else if (first.kind == Node::Kind::sequence && again.kind == Node::Kind::sequence) {
        for (Node& item : again.items)
            (item.kind == Node::Kind::map ? first.items : left_out_).push_back(std::move(item));
    } else {
        left_out_.push_back(std::move(again));
    }
}

}  // namespace caseaudit::yaml
