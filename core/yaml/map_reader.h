// Reads the keys of a map node by name and type, and reports everything that is wrong with it: not a map,
// keys missing, of the wrong type, or unknown (with the nearest known name).
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "yaml/document.h"
#include "yaml/scalar_place.h"

namespace caseaudit::yaml {

enum class Need : std::uint8_t { required, optional };

// Errors found while a document is read, and the names of what is being read ("rule late-notification"),
// which go with each. Not shared between threads.
class Errors {
  public:
    Errors(const Document& document, std::string area, Diagnostics& out)
        : document_(document), area_(std::move(area)), out_(out) {}
    // `code` is put behind the area: "unknown-key" becomes "pack.unknown-key".
    void report(const Node& at, std::string_view code, std::string message, std::string hint = "");
    void report(Place at, std::string fragment, std::string_view code, std::string message,
                std::string hint = "");
    const Document& document() const { return document_; }
    const std::vector<std::string>& within() const { return within_; }
    std::size_t count() const { return out_.size(); }

    // Names what is being read for as long as it lives.
    class Within {
      public:
        Within(Errors& errors, std::string name) : errors_(errors) {
            errors_.within_.push_back(std::move(name));
        }
        ~Within() { errors_.within_.pop_back(); }
        Within(const Within&) = delete;
        Within& operator=(const Within&) = delete;

      private:
        Errors& errors_;
    };

  private:
    const Document& document_;
    std::string area_;
    Diagnostics& out_;
    std::vector<std::string> within_;
};

// Every getter takes the key as known; call finish() when all have been asked for. A getter that finds
// nothing usable reports (a wrong type always, an absent key when required) and returns its empty value.
// A key with nothing behind it counts as absent, and is an error when required.
class MapReader {
  public:
    // `what` names the map in messages: "a table", "the rule".
    MapReader(const Node& node, std::string what, Errors& errors);

    bool is_map() const { return node_.kind == Node::Kind::map; }
    const Node& node() const { return node_; }
    Errors& errors() { return errors_; }

    const Node* any(std::string_view key, Need need = Need::optional);
    const Node* map(std::string_view key, Need need = Need::optional);
    const Node* sequence(std::string_view key, Need need = Need::optional);
    const Node* scalar(std::string_view key, Need need = Need::optional);
    std::string text(std::string_view key, Need need = Need::optional);
    std::optional<std::int64_t> integer(std::string_view key, Need need = Need::optional);
    bool boolean(std::string_view key, bool otherwise, Need need = Need::optional);
    // A list of scalars, or where `one_will_do` a single scalar as a list of one.
    std::vector<const Node*> scalars(std::string_view key, Need need = Need::optional,
                                     bool one_will_do = false);
    std::vector<std::string> texts(std::string_view key, Need need = Need::optional,
                                   bool one_will_do = false);
    // The place of the key in the map (of the map itself when absent).
    const Node& key_node(std::string_view key) const;

    void finish();  // reports the keys that nobody asked for

  private:
    void wrong(const Node& at, std::string_view key, std::string_view wanted);

    const Node& node_;
    std::string what_;
    Errors& errors_;
    std::vector<std::string> known_;
};

// Readings of a scalar; empty when it is none. Quoted scalars are text, never numbers or booleans.
std::optional<std::int64_t> as_integer(const Node& node);
std::optional<double> as_decimal(const Node& node);  // digits with a point, or an integer; no exponent
std::optional<bool> as_boolean(const Node& node);    // true or false

// A name that expressions can use: a letter or underscore, then letters, digits and underscores.
bool is_identifier(std::string_view text);

}  // namespace caseaudit::yaml
