// Reads the structure of a YAML document: block and flow collections. Private to yaml/.
#pragma once
#include <string>
#include <unordered_set>

#include "yaml/cursor.h"
#include "yaml/document.h"
#include "yaml/reporter.h"
#include "yaml/scalars.h"

namespace caseaudit::yaml {

// A recursive descent that reports an error and goes on with the next entry of the block around it. A block
// is known by the column of its entries; functions return false after reporting an error they leave behind.
class Parser {
  public:
    Parser(const std::string& text, Reporter& reporter)
        : cursor_(text), reporter_(reporter), scalars_(cursor_, reporter) {}
    Node document();

  private:
    enum class After : std::uint8_t { start, key, dash };  // what a value follows
    using Keys = std::unordered_set<std::string>;          // of a map too large to search

    Node make(Node::Kind kind) const;
    bool enter(Node::Kind kind, Node& out);  // a collection; false when nested too deep or too much
    void leave() { --depth_; }
    bool count_node();  // false when there are too many to hold

    void next_content();
    void report_indentation(const char* message);
    bool at_marker() const;
    bool ended() const { return reporter_.stopped() || cursor_.done() || at_marker(); }
    bool at_dash() const { return cursor_.peek() == '-' && cursor_.blank_or_end_after(1); }
    bool at_implicit_key() const;
    void recover(int column, std::uint32_t entry_line);
    bool end_of_value();

    bool value(After after, int parent, Node& out);
    bool value_in_line(After after, int parent, Node& out);
    bool block(int parent, Node& out);
    bool sequence(Node& out);
    bool map(Node& out);
    bool map_entry(int column, Node& map, Keys& keys);
    bool key(Node& out);
    bool block_leaf(int parent, Node& out);
    bool leaf(int parent, bool in_flow, Node& out);
    bool skip_properties(bool& alias);
    void check_key(const Node& map, const Node& key, Keys& keys);

    bool flow(int parent, Node& out);
    bool flow_node(int parent, Node& out);
    bool flow_entry(int parent, Node& collection, Keys& keys);
    bool flow_space(int parent, const Cursor& opened);

    Cursor cursor_;
    Reporter& reporter_;
    Scalars scalars_;
    std::size_t depth_ = 0, nodes_ = 0;
    std::uint32_t tab_line_ = 0;  // a line whose indentation has been complained of
};

}  // namespace caseaudit::yaml
