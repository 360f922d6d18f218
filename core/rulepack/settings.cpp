// Parameters set from text: --set, and `set:` of an example.
#include "rulepack/settings.h"

#include "rulepack/constant.h"

namespace caseaudit::rulepack {

std::vector<std::string> parameter_names(const Pack& pack) {
    std::vector<std::string> names;
    for (const auto& [name, parameter] : pack.parameters) names.push_back(name);
    return names;
}

Diagnostic unknown_parameter(const std::string& name, const std::vector<std::string>& known) {
    Diagnostic error;
    error.code = "pack.unknown-parameter";
    error.message = fmt::format("there is no parameter {} to set", name);
    error.fragment = name;
    const std::string near = nearest(name, known);
    if (!near.empty()) {
        error.hint = fmt::format("did you mean '{}'?", near);
    } else if (known.empty()) {
        error.hint = "the pack has no parameters";
    } else {
        error.hint = fmt::format("the parameters are {}", fmt::join(known, ", "));
    }
    return error;
}

std::optional<Diagnostic> set_parameter(Parameter& parameter, const std::string& text) {
    const auto value = constant_from(text, parameter.value.kind);
    if (value) {
        parameter.value = *value;
        return std::nullopt;
    }
    Diagnostic error;
    error.code = "pack.bad-setting";
    error.message = fmt::format("parameter {} cannot be '{}': it is {}", parameter.name, text,
                                describe_kind(parameter.value.kind));
    error.fragment = text;
    error.hint = how_written(parameter.value.kind);
    return error;
}

namespace {

// A collection lasts a year at most: where only its first or its last day is set and the other does not fit,
// the other becomes that of a whole year.
void align_collection(Pack& pack, const std::map<std::string, std::string>& set) {
    const auto start = pack.parameters.find("collection_start"), end = pack.parameters.find("collection_end");
    if (start == pack.parameters.end() || end == pack.parameters.end()) return;
    auto& first = start->second.value;
    auto& last = end->second.value;
    if (first.kind != expression::Kind::date || last.kind != expression::Kind::date) return;
    const bool start_set = set.contains("collection_start"), end_set = set.contains("collection_end");
    if (first.date <= last.date && last.date < calendar::add_years(first.date, 1)) return;
    if (start_set && !end_set) last.date = calendar::add_years(first.date, 1) - 1;
    if (end_set && !start_set) first.date = calendar::add_years(last.date + 1, -1);
}

}  // namespace

Diagnostics set_parameters(const std::vector<Pack*>& packs, const std::map<std::string, std::string>& set) {
    Diagnostics errors;
    for (const auto& [name, text] : set) {
        bool known = false;
        for (Pack* pack : packs) {
            const auto parameter = pack->parameters.find(name);
            if (parameter == pack->parameters.end()) continue;
            const auto error = set_parameter(parameter->second, text);
            if (error && !known) errors.push_back(*error);
            known = true;
        }
        if (known) continue;
        std::vector<std::string> names;
        for (const Pack* pack : packs) {
            for (std::string& one : parameter_names(*pack)) names.push_back(std::move(one));
        }
        errors.push_back(unknown_parameter(name, names));
    }
    for (Pack* pack : packs) align_collection(*pack, set);
    return errors;
}

}  // namespace caseaudit::rulepack
