#include "yaml/quick_events.h"

#include <yaml-cpp/mark.h>
#include <yaml-cpp/null.h>
#include <yaml.h>

#include <algorithm>
#include <stdexcept>
#include <string_view>

namespace caseaudit::yaml {
namespace {

// yaml-cpp counts bytes, libyaml characters; the two go through a text in the same direction.
class Marks {
  public:
    explicit Marks(std::string_view text) : text_(text) {}

    YAML::Mark operator()(const yaml_mark_t& told) {
        if (told.index < characters_) characters_ = bytes_ = line_begin_ = 0;
        for (; characters_ < told.index; ++characters_) {
            if (text_[bytes_++] == '\n') line_begin_ = bytes_;
            while (bytes_ < text_.size() && (static_cast<unsigned char>(text_[bytes_]) & 0xC0) == 0x80)
                ++bytes_;
        }
        YAML::Mark mark;
        mark.pos = static_cast<int>(bytes_);
        mark.line = static_cast<int>(told.line);
        mark.column = static_cast<int>(bytes_ - line_begin_);
        return mark;
    }

  private:
    std::string_view text_;
    std::size_t characters_ = 0, bytes_ = 0, line_begin_ = 0;
};

struct Parser {
    explicit Parser(const std::string& text) {
        if (yaml_parser_initialize(&parser) == 0) throw std::bad_alloc();
        yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
        yaml_parser_set_input_string(&parser, reinterpret_cast<const unsigned char*>(text.data()),
                                     text.size());
    }
    ~Parser() { yaml_parser_delete(&parser); }
    Parser(const Parser&) = delete;
    Parser& operator=(const Parser&) = delete;
    yaml_parser_t parser{};
};

struct Event {
    ~Event() { yaml_event_delete(&event); }
    yaml_event_t event{};
};

// Whether lines end in what YAML 1.1 and 1.2 know as such: a carriage return alone ends none for yaml-cpp,
// and what Unicode has besides (U+0085, U+2028, U+2029) does for libyaml.
bool has_odd_breaks(std::string_view text) {
    for (std::size_t at = text.find('\r'); at != std::string_view::npos; at = text.find('\r', at + 1)) {
        if (!text.substr(at + 1).starts_with('\n')) return true;
    }
    return text.find("\xC2\x85") != std::string_view::npos ||
           text.find("\xE2\x80\xA8") != std::string_view::npos ||
           text.find("\xE2\x80\xA9") != std::string_view::npos;
}

// Whether the last line is not ended and is blank: what a block before it ends in, the two do not agree on.
bool ends_in_blanks(std::string_view text) {
    const std::size_t last = text.find_last_not_of(" \t");
    return last != std::string_view::npos && last + 1 < text.size() && text[last] == '\n';
}

// False for what yaml-cpp is to tell.
bool tell(const yaml_event_t& event, Marks& marks, YAML::EventHandler& handler) {
    switch (event.type) {
        case YAML_SCALAR_EVENT: {
            const auto& scalar = event.data.scalar;
            if (scalar.anchor != nullptr || scalar.tag != nullptr) return false;
            const std::string value(reinterpret_cast<const char*>(scalar.value), scalar.length);
            const YAML::Mark mark = marks(event.start_mark);
            const bool plain = scalar.style == YAML_PLAIN_SCALAR_STYLE;
            // How many line ends a text of nothing else holds, the two do not agree on.
            if (!value.empty() && value.find_first_not_of('\n') == std::string::npos) return false;
            if (plain && YAML::IsNullString(value))
                handler.OnNull(mark, YAML::NullAnchor);
            else
                handler.OnScalar(mark, plain ? "?" : "!", YAML::NullAnchor, value);
            return true;
        }
        case YAML_SEQUENCE_START_EVENT: {
            const auto& sequence = event.data.sequence_start;
            if (sequence.anchor != nullptr || sequence.tag != nullptr) return false;
            handler.OnSequenceStart(marks(event.start_mark), "?", YAML::NullAnchor,
                                    YAML::EmitterStyle::Default);
            return true;
        }
        case YAML_MAPPING_START_EVENT: {
            const auto& map = event.data.mapping_start;
            if (map.anchor != nullptr || map.tag != nullptr) return false;
            handler.OnMapStart(marks(event.start_mark), "?", YAML::NullAnchor, YAML::EmitterStyle::Default);
            return true;
        }
        case YAML_SEQUENCE_END_EVENT:
            handler.OnSequenceEnd();
            return true;
        case YAML_MAPPING_END_EVENT:
            handler.OnMapEnd();
            return true;
        case YAML_DOCUMENT_START_EVENT:
            handler.OnDocumentStart(marks(event.start_mark));
            return true;
        case YAML_DOCUMENT_END_EVENT:
            handler.OnDocumentEnd();
            return true;
        default:
            return event.type == YAML_STREAM_START_EVENT;
    }
}

}  // namespace

bool tell_events_quickly(const std::string& text, YAML::EventHandler& handler) {
    if (has_odd_breaks(text) || ends_in_blanks(text)) return false;
    Parser parser(text);
    Marks marks(text);
    for (;;) {
        Event next;
        if (yaml_parser_parse(&parser.parser, &next.event) == 0) return false;
        if (next.event.type == YAML_STREAM_END_EVENT) return true;
        if (!tell(next.event, marks, handler)) return false;
    }
}

}  // namespace caseaudit::yaml
