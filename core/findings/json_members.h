// Reading JSON into plain values by tables of members, without a tree in between. Throws
// simdjson::simdjson_error where the JSON is not of the shape that is asked for.
#pragma once
#include <simdjson.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace caseaudit::findings {

namespace ondemand = simdjson::ondemand;
using Value = ondemand::value;

template <class Take>
void members(Value value, Take take) {
    for (auto field : value.get_object()) {
        const std::string_view key = field.unescaped_key();
        take(key, Value(field.value()));
    }
}

template <class Take>
void elements(Value value, Take take) {
    for (auto element : value.get_array()) take(Value(element.value()));
}

inline std::string text(Value value) {
    return std::string(std::string_view(value.get_string()));
}
inline std::string text_or_null(Value value) {
    return value.is_null() ? std::string() : text(value);
}
inline std::uint64_t count(Value value) {
    return value.get_uint64();
}

// A member by its name, into a field of `of`.
template <class Of>
struct Member {
    std::string_view key;
    void (*read)(Of& of, Value value);
};

// Reads an object whose members are listed; others are passed over, so that later versions can add some.
template <class Of, std::size_t n>
Of object(Value value, const Member<Of> (&known)[n]) {
    Of of{};
    members(value, [&](std::string_view key, Value member) {
        for (const auto& candidate : known)
            if (candidate.key == key) return candidate.read(of, member);
    });
    return of;
}

template <class Of, std::size_t n>
void append(std::vector<Of>& to, Value list, const Member<Of> (&known)[n]) {
    elements(list, [&](Value element) { to.push_back(object(element, known)); });
}

}  // namespace caseaudit::findings
