// What a check declares, in terms of C++; and whether what a rule gives it fits.
// Pure functions over a verified table; safe to call from any thread.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "caseaudit/plugin.h"
#include "diagnostic/diagnostic.h"

namespace caseaudit::plugin {

struct ParameterSchema {
    std::string name, description;
    caseaudit_parameter_kind kind = CASEAUDIT_CONSTANT;
    int type = 0;  // caseaudit_type; 0: any
    bool required = false;
    caseaudit_parameter declared{};  // complete, for its limits and default; borrowed from the plugin's table
    bool is_expression() const { return kind == CASEAUDIT_EXPRESSION || kind == CASEAUDIT_EXPRESSION_LIST; }
    bool is_list() const { return kind == CASEAUDIT_CONSTANT_LIST || kind == CASEAUDIT_EXPRESSION_LIST; }
};

struct EvidenceSchema {
    std::string name, description;
    int type = 0;  // caseaudit_type; 0: any
};

struct CheckSchema {
    std::string name, description;  // the name without its plugin's
    std::vector<ParameterSchema> parameters;
    std::vector<EvidenceSchema> evidence;
    const ParameterSchema* find(std::string_view parameter) const;  // null when it declares none of that name
    bool shows(std::string_view evidence_name) const;
};
CheckSchema schema_of(const caseaudit_check& check);
// caseaudit_judges; of a check older than that member, that it promises nothing.
caseaudit_judges judges_of(const caseaudit_check& check);

std::string_view type_name(int type);                  // "date"; "any type" for 0
std::string wanted(const ParameterSchema& parameter);  // "a date expression", "a list of text constants"
// "from 1 to 12, in weeks or months, default 6 weeks"; "" for a parameter without limits and default.
std::string limits_and_default(const ParameterSchema& parameter);
std::optional<caseaudit_unit> parse_unit(std::string_view name);  // "working_days" …
std::vector<std::string> unit_names();                            // as a rule writes them
std::string_view unit_name(int unit);                             // "working_days"; "" for none

// How a rule writes an argument in YAML: 3 or an expression; [a, b]; {working_days: 3}.
enum class Form : std::uint8_t { nothing, scalar, list, map };
struct Given {
    std::string name;
    Form form = Form::scalar;
    Place place;  // of the name
};
// Whether what is given can be what the check wants; which values it may be is not asked.
bool fits(const ParameterSchema& parameter, Form form);

// Unknown parameters (with the nearest known one), missing ones, and forms that cannot be what the check
// wants, all at once. A scalar stands for a list of one, or for a list by $name; a map is a duration.
// `qualified_name` is "timeliness.deadline"; `check_place` is where that is written, and a missing parameter
// is reported.
Diagnostics validate(const std::string& qualified_name, const caseaudit_check& check,
                     const std::vector<Given>& given, const Place& check_place,
                     const std::vector<std::string>& within = {});

}  // namespace caseaudit::plugin
