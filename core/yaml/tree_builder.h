// Makes the strict tree from the events of yaml-cpp's parser. Private to yaml/.
#pragma once
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "yaml/document.h"

namespace caseaudit::yaml {

// Thrown out of the parser where going on would only repeat an error or exhaust memory. The reason is among
// the errors by then.
struct GiveUp {};

class TreeBuilder : public YAML::EventHandler {
  public:
    // Adds to `errors`, which outlive the builder.
    TreeBuilder(std::string file, Diagnostics& errors) : file_(std::move(file)), errors_(errors) {}

    Node take_root() { return std::move(root_); }
    // Whether the tree says what the file says, for all errors of anchors, aliases and tags: it has the
    // anchored value where an alias stands, and the text that was taken for a tag.
    bool whole() const { return whole_; }
    std::vector<Node> take_left_out() { return std::move(left_out_); }
    // Of the last scalar in quotes: the opening quote is the byte at mark.pos.
    const std::optional<YAML::Mark>& last_quoted() const { return last_quoted_; }
    std::uint32_t last_line() const { return last_line_; }  // of the last event, 0 before the first

    void report(std::string code, std::string message, const YAML::Mark& mark, std::string fragment,
                std::string hint);

    void OnDocumentStart(const YAML::Mark& mark) override;
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t) override;
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override;
    void OnAnchor(const YAML::Mark& mark, const std::string& name) override;
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                  const std::string& value) override;
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                         YAML::EmitterStyle::value) override;
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                    YAML::EmitterStyle::value) override;
    void OnMapEnd() override { close(); }

  private:
    struct Open {
        Node node;
        YAML::anchor_t anchor;
        Node key;  // of a map: the key whose value comes next
        bool has_key = false;
        std::vector<Node> merged;              // maps under the key '<<'
        std::optional<std::size_t> given;      // the entry that has the same key already, whose word counts
        std::unordered_set<std::string> keys;  // of a map too large to compare one by one
    };

    Node node(Node::Kind kind, const YAML::Mark& mark);
    void check_tag(const YAML::Mark& mark, const std::string& tag);
    void open(Node::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor);
    void close();
    void add(Node value, YAML::anchor_t anchor);
    void add(Node value);
    void check_key(Open& map, const Node& key);
    void join(Node& first, Node again);
    void merge(Open& map);

    std::string file_;
    Diagnostics& errors_;
    Node root_;
    std::vector<Node> left_out_;
    std::vector<Open> open_;
    std::unordered_map<YAML::anchor_t, Node> anchored_;  // those that are complete
    std::size_t copied_ = 0;                             // nodes, to where aliases stand
    bool whole_ = true;
    std::optional<YAML::Mark> document_;
    std::optional<YAML::Mark> last_quoted_;
    std::uint32_t last_line_ = 0;
};

}  // namespace caseaudit::yaml
