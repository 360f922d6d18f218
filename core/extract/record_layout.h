// How tables lie in a file of nested elements. Made from a dataset's definition.
#pragma once
#include <string>
#include <vector>

namespace caseaudit::extract {

// Elements are known by their names without namespace. A path leads to the elements of which each holds what
// there is of one case. Every table has records: elements of a name of its own somewhere below, or the case
// elements themselves. Elements without children, and attributes, are values of the record that they stand
// in, whatever other elements lie between. A value that a record lacks is that of the record around it.
struct RecordLayout {
    struct Column {
        std::string name;
        std::vector<std::string> elements;  // names that the value goes by; the first that is there counts
        bool own = false;                   // not taken from the record around
    };
    // An element that a record must have with a value, or with this very one.
    struct Condition {
        std::string element, value;  // "": any but blank
    };
    struct Table {
        std::string name;
        std::vector<std::string> elements;
        std::vector<Condition> when;  // one of them must hold; none: every element is a record
        std::vector<Column> columns;
    };
    std::vector<std::string> path;  // from the root element to the case's
    std::vector<Table> tables;
};

}  // namespace caseaudit::extract
