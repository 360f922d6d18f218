#include "findings/json_text.h"

#include <fmt/format.h>

namespace caseaudit::findings {

void append_quoted(std::string& out, std::string_view text) {
    out.push_back('"');
    std::size_t kept = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c >= 0x20 && c != '"' && c != '\\') continue;
        out.append(text, kept, i - kept);
        kept = i + 1;
        switch (c) {
            case '"':
                out += "\\\"";
                break;
            case '\\':
                out += "\\\\";
                break;
            case '\n':
                out += "\\n";
                break;
            case '\r':
                out += "\\r";
                break;
            case '\t':
                out += "\\t";
                break;
            default:
                fmt::format_to(std::back_inserter(out), "\\u{:04x}", c);
        }
    }
    out.append(text, kept, text.size() - kept);
    out.push_back('"');
}

void JsonText::separate() {
    if (comma_) out_.push_back(',');
    if (line_) out_.push_back('\n');
    line_ = false;
}

JsonText& JsonText::open(char bracket) {
    separate();
    out_.push_back(bracket);
    comma_ = false;
    return *this;
}

JsonText& JsonText::close(char bracket) {
    if (line_) out_.push_back('\n');
    line_ = false;
    out_.push_back(bracket);
    comma_ = true;
    return *this;
}

JsonText& JsonText::key(std::string_view name) {
    separate();
    append_quoted(out_, name);
    out_.push_back(':');
    comma_ = false;
    return *this;
}

JsonText& JsonText::text(std::string_view value) {
    separate();
    append_quoted(out_, value);
    comma_ = true;
    return *this;
}

JsonText& JsonText::number(std::uint64_t value) {
    separate();
    fmt::format_to(std::back_inserter(out_), "{}", value);
    comma_ = true;
    return *this;
}

JsonText& JsonText::raw(std::string_view json) {
    separate();
    out_.append(json);
    comma_ = true;
    return *this;
}

JsonText& JsonText::line() {
    line_ = true;
    return *this;
}

}  // namespace caseaudit::findings
