#include "casebook/postcode.h"
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

}  // namespace

void previous_row(const KernelCall& call) {
    over_rows<std::int32_t>(call, [](std::int32_t row, std::int32_t first, std::int32_t) {
        return row > first ? row - 1 : missing32;
    });
}
void next_row(const KernelCall& call) {
    over_rows<std::int32_t>(call, [](std::int32_t row, std::int32_t, std::int32_t end) {
        return row + 1 < end ? row + 1 : missing32;
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
            each<std::int32_t, std::int32_t>(call, [&](std::int32_t key) -> std::int32_t {
                if (absent(key)) return missing32;
                const auto row = call.runtime.casebook().look_up(static_cast<int>(call.node.a),
                                                                 casebook::unpack_postcode(key));
                return row < 0 ? missing32 : static_cast<std::int32_t>(row);
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
