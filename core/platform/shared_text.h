// A text of which there are few, told of many things: file names, reasons.
#pragma once
#include <compare>
#include <string>
#include <string_view>

namespace caseaudit::platform {

// One pointer. Equal texts are kept once, for the life of the process. May be made on any thread.
class SharedText {
  public:
    SharedText() : SharedText(std::string_view()) {}
    SharedText(std::string_view text);  // NOLINT(google-explicit-constructor): as a string is made of one
    SharedText(const std::string& text) : SharedText(std::string_view(text)) {}  // NOLINT: the same
    SharedText(const char* text) : SharedText(std::string_view(text)) {}         // NOLINT: the same
    operator std::string_view() const { return *text_; }  // NOLINT(google-explicit-constructor): it is one
    const std::string& str() const { return *text_; }
    bool empty() const { return text_->empty(); }
    bool operator==(const SharedText& other) const { return text_ == other.text_; }
    std::strong_ordering operator<=>(const SharedText& other) const { return *text_ <=> *other.text_; }

  private:
    const std::string* text_;
};

}  // namespace caseaudit::platform
