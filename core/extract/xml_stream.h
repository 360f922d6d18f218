// Hostile-proof reading of XML, element by element, in memory that does not grow with the file: no document
// type declaration is accepted, so there are no entities to expand and nothing outside the file to fetch.
#pragma once
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace caseaudit::extract {

// Local names; a namespace does not count. Views hold during the call only.
struct XmlAttribute {
    std::string_view name;
    std::string_view value;  // character references resolved
    bool qualified = false;  // has a namespace, as xsi:nil
};

class XmlStream;

class XmlHandler {
  public:
    virtual ~XmlHandler() = default;
    virtual void start(XmlStream& stream, std::string_view name,
                       std::span<const XmlAttribute> attributes) = 0;
    virtual void end(XmlStream& stream, std::string_view name) = 0;
    virtual void text(XmlStream& stream, std::string_view text) = 0;  // in pieces of any length
};

// Where reading ended before the document did, and why. Never quotes the document.
struct XmlTrouble {
    std::uint64_t line = 0;    // from 1; 0 = the file as a whole, and so of the column
    std::uint32_t column = 0;  // place in the line, in characters
    std::string reason;
};

class XmlStream {
  public:
    // Fills the buffer; returns the bytes got, 0 at the end, -1 on failure.
    using Read = std::function<std::ptrdiff_t(std::span<char>)>;
    static constexpr int deepest = 64;

    // Nothing when the whole document was read, or the handler stopped without a reason.
    std::optional<XmlTrouble> parse(const Read& read, XmlHandler& handler);

    // For the handler.
    std::uint64_t line() const;          // of the current place, from 1
    std::uint32_t column() const;        // likewise: where the parser stands, after what it hands over
    void stop(std::string reason = {});  // no more calls after this one
    std::string encoding() const;        // as the parser took it: "UTF-8", …

  private:
    struct Calls;
    std::vector<XmlAttribute> attributes_;  // of the element being started
    void* context_ = nullptr;               // xmlParserCtxt
    XmlHandler* handler_ = nullptr;
    const Read* read_ = nullptr;
    std::optional<XmlTrouble> trouble_;
    std::exception_ptr thrown_;
    int depth_ = 0;
    bool stopped_ = false, read_failed_ = false;
};

}  // namespace caseaudit::extract
