#include "sandbox/configuration.h"

#include "calendar/civil.h"
#include "sandbox/protocol.h"

namespace caseaudit::sandbox {
namespace {

std::string_view view(caseaudit_string text) {
    return text.size == 0 ? std::string_view() : std::string_view(text.data, text.size);
}

void encode(Encoder& out, const caseaudit_value& value) {
    out.put(value.type).put(value.unit);
    if (value.type == CASEAUDIT_TEXT)
        out.text(view(value.as.text));
    else
        out.put(value.as.integer);  // all eight bytes, whatever they are
}

void encode(Encoder& out, const calendar::WorkingDays& days) {
    std::vector<calendar::Day> holidays;
    for (calendar::Day day = days.first(); day <= days.last(); ++day)
        if (calendar::day_of_week(day) <= 5 && !days.is_working(day)) holidays.push_back(day);
    out.put(days.first()).put(days.last()).put(static_cast<std::uint32_t>(holidays.size()));
    for (const auto day : holidays) out.put(day);
}

calendar::WorkingDays decode_days(Decoder& in) {
    const auto first = in.get<calendar::Day>(), last = in.get<calendar::Day>();
    std::vector<calendar::Day> holidays(in.count(sizeof(calendar::Day)));
    for (auto& day : holidays) day = in.get<calendar::Day>();
    return last < first ? calendar::WorkingDays() : calendar::WorkingDays(first, last, std::move(holidays));
}

}  // namespace

std::string encode_configuration(const caseaudit_configuration& configuration,
                                 const calendar::WorkingDays& working_days) {
    Encoder out;
    encode(out, working_days);
    out.put(configuration.as_at).text(view(configuration.pack)).text(view(configuration.rule));
    out.put(static_cast<std::uint32_t>(configuration.argument_count));
    for (std::size_t i = 0; i < configuration.argument_count; ++i) {
        const caseaudit_argument& argument = *configuration.arguments[i];
        out.put(argument.kind).put(argument.type).text(view(argument.name));
        out.put(static_cast<std::uint64_t>(argument.column));
        out.put(static_cast<std::uint32_t>(argument.count)).put(argument.texts != nullptr);
        for (std::size_t n = 0; n < argument.count; ++n)
            if (argument.texts != nullptr)
                out.text(view(argument.texts[n]));
            else
                encode(out, argument.values[n]);
    }
    return out.bytes();
}

Configuration::Configuration(std::string_view bytes) {
    Decoder in(bytes);
    working_days_ = decode_days(in);
    configuration_.struct_size = sizeof configuration_;
    configuration_.as_at = in.get<std::int32_t>();
    configuration_.pack = keep(in.text(bytes.size()));
    configuration_.rule = keep(in.text(bytes.size()));
    for (std::size_t i = in.count(1); i > 0; --i) add_argument(in);
    configuration_.argument_count = list_.size();
    configuration_.arguments = list_.data();
}

void Configuration::add_argument(Decoder& in) {
    auto& argument = arguments_.emplace_back();
    argument.struct_size = sizeof argument;
    argument.kind = in.get<std::int32_t>();
    argument.type = in.get<std::int32_t>();
    argument.name = keep(in.text());
    argument.column = static_cast<std::size_t>(in.get<std::uint64_t>());
    argument.count = in.get<std::uint32_t>();
    if (in.get<bool>()) {
        auto& texts = expressions_.emplace_back();
        for (std::size_t n = 0; n < argument.count && in.good(); ++n)
            texts.push_back(keep(in.text(request_room)));
        argument.texts = texts.data();
    } else {
        auto& values = values_.emplace_back();
        for (std::size_t n = 0; n < argument.count && in.good(); ++n) {
            auto& value = values.emplace_back();
            value.type = in.get<std::int32_t>();
            value.unit = in.get<std::int32_t>();
            if (value.type == CASEAUDIT_TEXT)
                value.as.text = keep(in.text(request_room));
            else
                value.as.integer = in.get<std::int64_t>();
        }
        argument.values = values.data();
    }
    list_.push_back(&argument);
}

caseaudit_string Configuration::keep(std::string_view text) {
    const auto& kept = texts_.emplace_back(text);
    return {kept.data(), kept.size()};
}

}  // namespace caseaudit::sandbox
