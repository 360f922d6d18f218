// The functions of the language: a function is one entry, with its documentation, and a kernel. Private to
// expression/.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "expression/checker.h"

namespace caseaudit::expression {

struct Call {
    SyntaxPointer tree;
    Names& names;
    const Function& function;
    std::vector<SyntaxPointer> arguments;  // the receiver of a method first
};

using CheckCall = Value (*)(Checker& checker, Call& call);

struct Function {
    FunctionDoc doc;
    // Either the kinds of its arguments, its result and kernel …
    std::vector<Kind> arguments;
    Kind result = Kind::boolean;
    Kernel kernel = nullptr;
    // … or, where types depend on each other, a function that checks a call of `least` to `most` arguments.
    CheckCall check = nullptr;
    std::size_t least = 0, most = 0;
};

// Of fixed kinds, with a kernel.
inline void add(std::vector<Function>& table, FunctionDoc doc, std::vector<Kind> arguments, Kind result,
                Kernel kernel) {
    table.push_back({std::move(doc), std::move(arguments), result, kernel, nullptr, 0, 0});
}
// Checked by `check`.
inline void add(std::vector<Function>& table, FunctionDoc doc, std::size_t least, std::size_t most,
                CheckCall check) {
    table.push_back({std::move(doc), {}, Kind::boolean, nullptr, check, least, most});
}

const std::vector<Function>& function_table();
const Function* find_function(const std::string& name);

void add_state_functions(std::vector<Function>& table);
void add_list_functions(std::vector<Function>& table);
void add_row_functions(std::vector<Function>& table);
void add_text_functions(std::vector<Function>& table);
void add_number_functions(std::vector<Function>& table);
void add_date_functions(std::vector<Function>& table);

}  // namespace caseaudit::expression
