// Which fields of a table the headings of a file name.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "dataset/dataset.h"

namespace caseaudit::dataset {

struct NamedFields {
    std::vector<int> field;     // by heading; -1: none
    std::vector<bool> loosely;  // by heading: the name is the field's but for white space, '_' and '-'
};

// A heading that is the name or an alias of a field names it, the case of letters apart; more than one may
// name the same. A field that none names so is named by a heading that is like its name but for white space
// (of Unicode, byte order marks too), '_' and '-', if there is one such heading, and it is like no other
// field's.
NamedFields name_fields(const Table& table, const std::vector<std::string>& headings);

// Whether the names are the same but for white space, '_', '-' and the case of letters.
bool like_name(std::string_view a, std::string_view b);

// The name, among those, that the heading is near to; "" when there is none. One that begins with the other
// counts.
std::string near_name(std::string_view heading, const std::vector<std::string>& names);

}  // namespace caseaudit::dataset
