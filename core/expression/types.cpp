#include "expression/expression.h"
#include "expression/states.h"

namespace caseaudit::expression {
namespace {

std::string_view word(Kind kind) {
    switch (kind) {
        case Kind::boolean:
            return "true or false";
        case Kind::integer:
            return "integer";
        case Kind::decimal:
            return "decimal";
        case Kind::date:
            return "date";
        case Kind::text:
            return "text";
        case Kind::postcode:
            return "postcode";
        case Kind::row:
            return "row";
        case Kind::list:
            return "list";
        default:
            return "interval";
    }
}

std::string of_table(const Type& type, const dataset::Dataset& dataset) {
    if (type.table < 0) return "";
    const std::string& name = dataset.tables[static_cast<std::size_t>(type.table)].name;
    return (type.which == Which::prior ? " of prior." : " of ") + name;
}

}  // namespace

std::string describe(const Type& type, const dataset::Dataset& dataset) {
    switch (type.kind) {
        case Kind::row:
            return "row" + of_table(type, dataset);
        case Kind::list:
            if (type.element == Kind::row) return "list of rows" + of_table(type, dataset);
            return fmt::format("list of {}",
                               type.element == Kind::boolean ? "truth values" : word(type.element));
        case Kind::text:
            if (type.code_list >= 0)
                return "code of " + dataset.code_lists[static_cast<std::size_t>(type.code_list)].name;
            return "text";
        default:
            return std::string(word(type.kind));
    }
}

bool is_missing(double value) {
    return is_missing_state(value);
}
bool is_invalid(double value) {
    return is_invalid_state(value);
}

}  // namespace caseaudit::expression
