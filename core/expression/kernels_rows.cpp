#include "expression/column_load.h"
#include "expression/kernel.h"
#include "expression/kernels.h"
#include "expression/text_function.h"

namespace caseaudit::expression::kernels {
namespace {

TableRef table_of(const Node& node) {
    return {static_cast<int>(node.a), static_cast<Which>(node.b)};
}

// f(row, first row of its case, first row of the next case), for rows of the batch's cases.
template <class R, class F>
void over_rows(const KernelCall& call, F f) {
    const TableRef table = table_of(call.node);
    const RowRange& range = call.runtime.rows(table);
    const std::uint32_t* cases = range.case_starts.empty() ? nullptr : call.runtime.case_of_rows(table);
    each<R, std::int32_t>(call, [&](std::int32_t row) -> R {
        if (absent(row) || !cases) return missing_value<R>();
        const std::uint32_t of_case = cases[static_cast<std::uint32_t>(row) - range.first];
        return f(row, static_cast<std::int32_t>(range.case_starts[of_case]),
                 static_cast<std::int32_t>(range.case_starts[of_case + 1]));
    });
}

// The keys of a table of no case, whose rows are in their order, where they are postcodes and all there; else
// none.
std::span<const std::int32_t> sorted_postcodes(const casebook::Casebook& casebook, int table) {
    const int field = casebook.dataset().tables[static_cast<std::size_t>(table)].lookup;
    const casebook::TableView& view = casebook.table(table, Which::current);
    if (field < 0 || !view.present) return {};
    const casebook::ColumnView& column = view.columns[static_cast<std::size_t>(field)];
    if (column.storage != casebook::Storage::postcode32 || column.validity) return {};
    return {static_cast<const std::int32_t*>(column.values), view.rows};
}

// The first of the numbers that is not less than the key; the last one where all are. Without a branch at
// each step, which would be guessed wrong every other time.
const std::int32_t* first_not_before(std::span<const std::int32_t> sorted, std::int32_t key) {
    const std::int32_t* first = sorted.data();
    for (std::size_t left = sorted.size(); left > 1;) {
        const std::size_t half = left / 2;
        first += static_cast<std::size_t>(first[half - 1] < key) * half;
        left -= half;
    }
    return first;
}

std::int32_t row_of_postcode(const casebook::Casebook& casebook, int table,
                             std::span<const std::int32_t> sorted, std::int32_t key) {
    if (!sorted.empty()) {
        const std::int32_t* found = first_not_before(sorted, key);
        return *found == key ? static_cast<std::int32_t>(found - sorted.data()) : missing32;
    }
    const auto row = casebook.look_up_postcode(table, key);
    return row < 0 ? missing32 : static_cast<std::int32_t>(row);
}

}  // namespace

void previous_row(const KernelCall& call) {
    over_rows<std::int32_t>(call, [](std::int32_t row, std::int32_t first, std::int32_t) {
        const std::int32_t choice[2] = {missing32, row - 1};  // no branch: it cannot be guessed
        return choice[row > first];
    });
}
void next_row(const KernelCall& call) {
    over_rows<std::int32_t>(call, [](std::int32_t row, std::int32_t, std::int32_t end) {
        const std::int32_t choice[2] = {missing32, row + 1};  // no branch: it cannot be guessed
        return choice[row + 1 < end];
    });
}
void position_of(const KernelCall& call) {
    over_rows<std::int64_t>(call, [](std::int32_t row, std::int32_t first, std::int32_t) -> std::int64_t {
        return std::int64_t{row} - first + 1;
    });
}

Kernel look_up(Kind kind) {
    if (kind == Kind::postcode)
        return [](const KernelCall& call) {
            const auto& casebook = call.runtime.casebook();
            const int table = static_cast<int>(call.node.a);
            const auto sorted = sorted_postcodes(casebook, table);
            // A child's home stands in each of its episodes, one below the other.
            std::int32_t last = missing32, row = missing32;
            each<std::int32_t, std::int32_t>(call, [&](std::int32_t key) {
                if (key == last) return row;
                last = key;
                return row = absent(key) ? missing32 : row_of_postcode(casebook, table, sorted, key);
            });
        };
    return [](const KernelCall& call) {
        over_texts<std::int32_t>(call, [&](std::string_view key) -> std::int32_t {
            const auto row = call.runtime.casebook().look_up(static_cast<int>(call.node.a), key);
            return row < 0 ? missing32 : static_cast<std::int32_t>(row);
        });
        std::int32_t* __restrict out = call.out<std::int32_t>();
        for (std::uint32_t i = 0; i < call.size; ++i) out[i] = absent(out[i]) ? missing32 : out[i];
    };
}

void field_of_row(const KernelCall& call) {
    const ColumnSource source(call.runtime.casebook(), {static_cast<int>(call.node.a), Which::current},
                              static_cast<int>(call.node.b));
    with_type_of(call.node.type.kind, [&](auto example) {
        using T = decltype(example);
        each<T, std::int32_t>(call, [&source](std::int32_t row) {
            T value = missing_value<T>();
            if (!absent(row)) source.load(static_cast<std::uint32_t>(row), 1, &value);
            return value;
        });
    });
}

}  // namespace caseaudit::expression::kernels
