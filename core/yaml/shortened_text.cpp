#include "yaml/shortened_text.h"

#include <algorithm>
#include <array>

namespace caseaudit::yaml {
namespace {

constexpr char stand_in = '\x01';
constexpr std::size_t shortest_run = 3;
// A key must end within 1,024 characters of its beginning.
constexpr std::size_t longest_line = 1000;

// Which bytes may begin a run, and which may stand in one. Those that YAML gives a meaning at the beginning
// of a value may stand in a run only, as a run is never the beginning of less than a value.
struct Bytes {
    std::array<bool, 256> first{}, inner{};
    constexpr Bytes() {
        for (std::size_t byte = 0x20; byte < 256; ++byte) {
            const bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
            const bool digit = byte >= '0' && byte <= '9';
            const bool sign =
                std::string_view("$(=</+_").find(static_cast<char>(byte)) != std::string_view::npos;
            first[byte] = letter || digit || sign || byte >= 0x80;
            inner[byte] = byte != 0x7F && std::string_view(":#,[]{}?\"'\\").find(static_cast<char>(byte)) ==
                                              std::string_view::npos;
        }
    }
};
constexpr Bytes bytes;

bool may_begin(char c) {
    return bytes.first[static_cast<unsigned char>(c)];
}

bool may_stand(char c) {
    return bytes.inner[static_cast<unsigned char>(c)];
}

// Length of the run at the beginning; 0 when there is none worth replacing.
std::size_t run_length(std::string_view text) {
    if (text.empty() || !may_begin(text[0])) return 0;
    std::size_t length = 1;
    while (length < text.size() && may_stand(text[length])) ++length;
    while (text[length - 1] == ' ') --length;
    const std::string_view run = text.substr(0, length);
    const bool nothing = run == "null" || run == "Null" || run == "NULL";  // a plain scalar that is none
    return nothing || length < shortest_run ? 0 : length;
}

// Whether the text up to here ends in a sign that gives what follows a meaning: a tag, an anchor, an alias, a
// block. Not so behind a quote.
bool ends_in_sign(std::string_view text) {
    constexpr std::string_view signs = "!&*|>%@`", quotes = "'\"";
    if (text.empty() || signs.find(text.back()) == std::string_view::npos) return false;
    return text.size() < 2 || quotes.find(text[text.size() - 2]) == std::string_view::npos;
}

// Comments are never told, a sign behind a backslash is not itself, a directive is no scalar, and a line may
// end with a carriage return alone.
bool is_plain(std::string_view line) {
    const std::size_t carriage_return = line.find('\r');
    return line.size() <= longest_line &&
           std::none_of(line.begin(), line.end(), [](char c) { return c == '#' || c == '\\'; }) &&
           !line.starts_with('%') &&
           (carriage_return == std::string_view::npos || carriage_return + 2 >= line.size());
}

}  // namespace

ShortenedText::ShortenedText(std::string_view text) {
    text_.reserve(text.size() / 2);
    runs_.reserve(text.size() / 16);
    int line = 0;
    for (std::size_t begin = 0; begin < text.size(); ++line) {
        const std::size_t end = std::min(text.find('\n', begin), text.size() - 1) + 1;
        add_line(text.substr(begin, end - begin), line);
        begin = end;
    }
}

void ShortenedText::add_line(std::string_view text, int line) {
    if (!is_plain(text)) {
        text_ += text;
        return;
    }
    const std::size_t begin = text_.size();
    int shift = 0;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = ends_in_sign(text.substr(0, i)) ? 0 : run_length(text.substr(i));
        if (length == 0) {
            // Not the middle of what is too short to be replaced, or begins with a sign.
            do text_ += text[i++];
            while (i < text.size() && may_begin(text[i - 1]) && may_stand(text[i]));
            continue;
        }
        shift += static_cast<int>(length) - 1;
        runs_.push_back({text.substr(i, length), line, static_cast<int>(text_.size() - begin), shift});
        text_ += stand_in;
        i += length;
    }
}

void ShortenedText::restore(std::string& scalar) {
    std::size_t at = scalar.find(stand_in);
    if (at == std::string::npos) return;
    std::string whole;
    std::size_t done = 0;
    for (; at != std::string::npos && next_ < runs_.size(); at = scalar.find(stand_in, done)) {
        whole.append(scalar, done, at - done).append(runs_[next_++].text);
        done = at + 1;
    }
    scalar = whole.append(scalar, done);
}

YAML::Mark ShortenedText::original(YAML::Mark mark) {
    const auto before = [&](const Run& run) {
        return run.line < mark.line || (run.line == mark.line && run.column < mark.column);
    };
    while (passed_ < runs_.size() && before(runs_[passed_])) ++passed_;
    while (passed_ > 0 && !before(runs_[passed_ - 1])) --passed_;
    if (passed_ > 0 && runs_[passed_ - 1].line == mark.line) mark.column += runs_[passed_ - 1].shift;
    return mark;
}

}  // namespace caseaudit::yaml
