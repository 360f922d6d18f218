// What went wrong, where, and what to do about it: errors a user can cause are values of these types.
// A value of a child never goes into a diagnostic; text from packs, datasets and file names may.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace caseaudit {

// A place in a text file. Lines and columns count from 1; 0 means the whole file. Columns count bytes.
struct Place {
    std::string file;
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    bool operator==(const Place&) const = default;
};

struct Diagnostic {
    std::string code;                 // stable and dotted, for example "pack.unknown-key"
    std::string message;              // one sentence: the cause
    Place place;                      // where; may be empty when there is no file
    std::string fragment;             // the offending piece of text as written; its length draws the carets
    std::string hint;                 // the remedy, for example "did you mean 'reviews'?"
    std::vector<std::string> within;  // outermost first: "pack iro", "rule late-notification", "where"
};

using Diagnostics = std::vector<Diagnostic>;

// A value, or at least one diagnostic. Not shared between threads while it is written.
template <class T>
class [[nodiscard]] Result {
  public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Diagnostic one) : state_(std::in_place_index<1>, Diagnostics{std::move(one)}) {}
    Result(Diagnostics all) : state_(std::in_place_index<1>, std::move(all)) {}
    explicit operator bool() const { return state_.index() == 0; }
    bool ok() const { return state_.index() == 0; }
    T& operator*() & { return std::get<0>(state_); }
    const T& operator*() const& { return std::get<0>(state_); }
    T&& operator*() && { return std::get<0>(std::move(state_)); }
    T* operator->() { return &std::get<0>(state_); }
    const T* operator->() const { return &std::get<0>(state_); }
    const Diagnostics& errors() const { return std::get<1>(state_); }
    Diagnostics& errors() { return std::get<1>(state_); }

  private:
    std::variant<T, Diagnostics> state_;
};

// Renders as "file:line:column: error: message", the chain, the source line with carets below the
// fragment, and the hint. Reads the source line from `source` if given, else from place.file.
std::string render(const Diagnostic& diagnostic, const std::string* source = nullptr);

// The candidate nearest to `name` by edit distance (case ignored), or "" when none is near enough to be
// a likely slip of the hand.
std::string nearest(std::string_view name, const std::vector<std::string>& candidates);

// In the order a reader meets them: by file, line and column; those of one place keep their order.
void sort_by_place(Diagnostics& diagnostics);

}  // namespace caseaudit
