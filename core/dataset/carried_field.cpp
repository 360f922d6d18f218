#include "dataset/carried_field.h"

namespace caseaudit::dataset {

std::optional<CarriedField> carried_field(const Table& runs, const Table& source, int field) {
    const std::string& name = runs.fields[static_cast<std::size_t>(field)].name;
    for (const bool first : {true, false})
        for (const int from : first ? runs.runs->first : runs.runs->last)
            if (name == (first ? "first_" : "last_") + source.fields[static_cast<std::size_t>(from)].name)
                return CarriedField{from, first};
    return std::nullopt;
}

}  // namespace caseaudit::dataset
