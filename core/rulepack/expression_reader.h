// Reads expressions, messages and arguments from YAML, each with its place, and notes the $names in them.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "rulepack/grammar.h"
#include "rulepack/layer.h"
#include "yaml/map_reader.h"

namespace caseaudit::rulepack {

// Finds the place of a character of a scalar without walking the file from its start, as a pack has
// thousands of expressions. Belongs to one document; not shared between threads.
class ScalarPlaces {
  public:
    explicit ScalarPlaces(const yaml::Document& document);
    Place at(const yaml::Node& node, std::size_t offset) const;  // as yaml::place_in
    // The part of the node's text from `offset` on, `size` bytes long, that knows the places of its bytes.
    expression::Text text(const yaml::Node& node, std::size_t offset = 0,
                          std::size_t size = std::string::npos) const;
    const std::shared_ptr<const std::string>& source() const { return source_; }

  private:
    std::string_view from(const yaml::Node& node) const;  // the source from the node on
    // Whether the source reads like the text up to the offset and one byte further, with no line end.
    bool reads_like(const yaml::Node& node, std::size_t offset) const;

    const yaml::Document& document_;
    std::shared_ptr<const std::string> source_;  // outlives the document with the texts that need it
    std::vector<std::size_t> lines_;             // offset of each line
};

// Place of the byte at an offset of a scalar of a file with this source. Walks the file: for errors.
Place find_place(const std::string& file, const std::string& source, const yaml::Node& node,
                 std::size_t offset);

class ExpressionReader {
  public:
    ExpressionReader(yaml::Errors& errors, std::vector<NameUse>& uses);

    // Empty, and reported, when the node is no scalar or has no text.
    std::optional<expression::Text> expression(const yaml::Node& node, std::string_view key);
    // The key's expression, or list of them.
    std::optional<expression::Text> expression(yaml::MapReader& map, std::string_view key,
                                               yaml::Need need = yaml::Need::optional);
    std::vector<expression::Text> expressions(yaml::MapReader& map, std::string_view key);
    std::vector<MessagePiece> message(yaml::MapReader& map, std::string_view key, yaml::Need need);
    std::vector<Argument> arguments(const yaml::Node* map);
    Place place(const yaml::Node& node, std::size_t offset = 0) const { return places_.at(node, offset); }

    const std::shared_ptr<const std::string>& source() const { return places_.source(); }

  private:
    void note_names(const yaml::Node& node);
    void note_names_below(const yaml::Node& node);

    yaml::Errors& errors_;
    std::vector<NameUse>& uses_;
    ScalarPlaces places_;
};

// An identifier of a pack or rule: letters, digits, dots, hyphens and underscores, beginning with a letter
// or digit. Reported when it is none.
bool check_id(const yaml::Node& node, std::string_view what, yaml::Errors& errors);
// Reports optional keys that have nothing behind the colon: an empty `where:` would quietly widen a
// population. (Required ones are reported as they are read.)
void refuse_empty(yaml::MapReader& map, std::span<const Key> keys);
// {from, to}, either of which may be left out.
std::optional<Period> read_period(yaml::MapReader& map, std::string_view key);
// What fail_if says; reports what is no such condition.
std::optional<Threshold> read_threshold(const yaml::Node& node, yaml::Errors& errors);
std::optional<Severity> read_severity(yaml::MapReader& map, yaml::Need need);

}  // namespace caseaudit::rulepack
