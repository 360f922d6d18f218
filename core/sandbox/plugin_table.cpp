#include "sandbox/plugin_table.h"

#include "caseaudit/sdk/limits.hpp"
#include "plugin/printable.h"
#include "plugin/schema.h"
#include "sandbox/protocol.h"

namespace caseaudit::sandbox {
namespace {

constexpr std::size_t least_text = sizeof(std::uint32_t);

void* create_nothing(const caseaudit_host*, const caseaudit_configuration*, const caseaudit_refusal*) {
    return nullptr;
}
std::int32_t run_nothing(const void*, const caseaudit_batch*, const caseaudit_sink*,
                         const caseaudit_refusal*) {
    return 1;
}
void destroy_nothing(void*) {}

void encode(Encoder& out, const caseaudit_value& value) {
    out.put(value.type).put(value.unit);
    if (value.type == CASEAUDIT_TEXT)
        out.text({value.as.text.data, value.as.text.size});
    else
        out.put(value.as.integer);
}

void encode(Encoder& out, const caseaudit_check& check) {
    out.text(check.name).text(check.description).put(static_cast<std::int32_t>(plugin::judges_of(check)));
    out.put(static_cast<std::uint32_t>(check.parameter_count));
    for (std::size_t i = 0; i < check.parameter_count; ++i) {
        const auto one = sdk::complete(*check.parameters[i]);
        out.put(one.kind).put(one.type).put(one.required).text(one.name).text(one.description);
        out.put(one.limits).put(one.units).put(one.least).put(one.most);
        encode(out, one.otherwise);
    }
    out.put(static_cast<std::uint32_t>(check.evidence_count));
    for (std::size_t i = 0; i < check.evidence_count; ++i)
        out.put(check.evidence[i]->type).text(check.evidence[i]->name).text(check.evidence[i]->description);
}

}  // namespace

std::string encode_plugin(const caseaudit_plugin& plugin) {
    Encoder out;
    out.put(plugin.abi_major).put(plugin.abi_minor);
    out.text(plugin.name).text(plugin.version).text(plugin.description);
    out.put(static_cast<std::uint32_t>(plugin.check_count));
    for (std::size_t i = 0; i < plugin.check_count; ++i) encode(out, *plugin.checks[i]);
    return out.bytes();
}

const char* PluginTable::keep(std::string_view text) {
    return texts_.emplace_back(plugin::printable(text, 4000)).c_str();
}

caseaudit_value PluginTable::decode_value(Decoder& in) {
    caseaudit_value value{};
    value.type = in.get<std::int32_t>();
    value.unit = in.get<std::int32_t>();
    if (value.type == CASEAUDIT_TEXT) {
        const char* text = keep(in.text());
        value.as.text = {text, std::strlen(text)};
    } else {
        value.as.integer = in.get<std::int64_t>();
    }
    return value;
}

std::unique_ptr<PluginTable> PluginTable::decode(std::string_view bytes) {
    std::unique_ptr<PluginTable> made(new PluginTable);
    Decoder in(bytes);
    auto& plugin = made->plugin_;
    plugin.struct_size = sizeof plugin;
    plugin.abi_major = in.get<std::uint32_t>();
    plugin.abi_minor = in.get<std::uint32_t>();
    plugin.name = made->keep(in.text());
    plugin.version = made->keep(in.text());
    plugin.description = made->keep(in.text());
    plugin.check_count = in.count(4 * least_text);
    for (std::size_t i = 0; i < plugin.check_count && in.good(); ++i) {
        auto& check = made->checks_.emplace_back();
        check.struct_size = sizeof check;
        check.name = made->keep(in.text());
        check.description = made->keep(in.text());
        check.judges = in.get<std::int32_t>();
        check.parameter_count = in.count(5 * least_text);
        auto& parameters = made->parameter_lists_.emplace_back();
        for (std::size_t n = 0; n < check.parameter_count && in.good(); ++n) {
            auto& one = made->parameters_.emplace_back();
            one.struct_size = sizeof one;
            one.kind = in.get<std::int32_t>();
            one.type = in.get<std::int32_t>();
            one.required = in.get<std::int32_t>();
            one.name = made->keep(in.text());
            one.description = made->keep(in.text());
            one.limits = in.get<std::uint32_t>();
            one.units = in.get<std::uint32_t>();
            one.least = in.get<double>();
            one.most = in.get<double>();
            one.otherwise = made->decode_value(in);
            parameters.push_back(&one);
        }
        check.parameters = parameters.data();
        check.evidence_count = in.count(3 * least_text);
        auto& evidence = made->evidence_lists_.emplace_back();
        for (std::size_t n = 0; n < check.evidence_count && in.good(); ++n) {
            auto& one = made->evidence_.emplace_back();
            one.struct_size = sizeof one;
            one.type = in.get<std::int32_t>();
            one.name = made->keep(in.text());
            one.description = made->keep(in.text());
            evidence.push_back(&one);
        }
        check.evidence = evidence.data();
        check.create = create_nothing;
        check.run = run_nothing;
        check.destroy = destroy_nothing;
        made->check_list_.push_back(&check);
    }
    plugin.checks = made->check_list_.data();
    return in.finished() ? std::move(made) : nullptr;
}

}  // namespace caseaudit::sandbox
