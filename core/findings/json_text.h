// Appending JSON to a string, without a tree in between: an audit may write a million findings.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace caseaudit::findings {

// Appends `text` in quotes. `text` is UTF-8; control characters and quotes are escaped.
void append_quoted(std::string& out, std::string_view text);

// Writes objects and arrays and keeps track of commas. Keys are written as given.
class JsonText {
  public:
    explicit JsonText(std::string& out) : out_(out) {}
    JsonText& open(char bracket);   // '{' or '['
    JsonText& close(char bracket);  // '}' or ']'
    JsonText& key(std::string_view name);
    JsonText& text(std::string_view value);
    JsonText& number(std::uint64_t value);
    JsonText& raw(std::string_view json);  // already JSON
    JsonText& null() { return raw("null"); }
    JsonText& member(std::string_view name, std::string_view value) { return key(name).text(value); }
    JsonText& member(std::string_view name, std::uint64_t value) { return key(name).number(value); }
    JsonText& line();  // starts a new line before the next member or element

  private:
    void separate();
    std::string& out_;
    bool comma_ = false;
    bool line_ = false;
};

// How a document is laid out.
enum class Form : std::uint8_t { json, ndjson };

// An element of a list: in JSON with what stands between it and the one before, in NDJSON a line, with its
// type.
constexpr std::string_view between_elements = ",\n";
template <class Write>
void append_element(Form form, std::string& out, std::string_view type, Write write) {
    if (form == Form::json) out += between_elements;
    JsonText json(out);
    json.open('{');
    if (form == Form::ndjson) json.member("type", type);
    write(json);
    json.close('}');
    if (form == Form::ndjson) out.push_back('\n');
}

}  // namespace caseaudit::findings
