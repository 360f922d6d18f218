#include "expression/bound_data.h"

#include "expression/column_load.h"
#include "expression/states.h"

namespace caseaudit::expression {
namespace {

BoundSet bind_set(const std::vector<Constant>& constants, TextPool& texts) {
    BoundSet set;
    std::vector<std::int32_t> ids;
    for (const Constant& constant : constants) switch (constant.kind) {
            case Kind::text:
                ids.push_back(texts.intern(constant.text));
                break;
            case Kind::decimal:
                set.decimals.push_back(constant.decimal);
                break;
            case Kind::date:
                set.integers.push_back(constant.date);
                break;
            case Kind::boolean:
                set.integers.push_back(constant.boolean);
                break;
            default:
                set.integers.push_back(constant.integer);
        }
    set.texts = IdSet(ids);
    std::sort(set.integers.begin(), set.integers.end());
    std::sort(set.decimals.begin(), set.decimals.end());
    return set;
}

// Counts values that are numbered from 0 on.
void count_by_number(const std::vector<std::uint32_t>& numbers, std::uint32_t most,
                     std::vector<std::uint32_t>& counts) {
    std::vector<std::uint32_t> histogram(most);
    constexpr std::uint32_t none = UINT32_MAX;
    for (const std::uint32_t number : numbers)
        if (number != none) ++histogram[number];
    for (std::size_t row = 0; row < numbers.size(); ++row)
        counts[row] = numbers[row] == none ? 0 : histogram[numbers[row]];
}

bool holds(const casebook::Casebook& casebook, const Need& need) {
    const casebook::TableView& view = casebook.table(need.table, need.which);
    return view.present && (need.field < 0 || view.columns[static_cast<std::size_t>(need.field)].present());
}

// Alternatives of the needs are older than the alternative itself, so this ends.
bool derivable(const Graph& graph, const Alternative& alternative, const casebook::Casebook& casebook) {
    if (!alternative.blank_parameters.empty()) return false;
    return std::all_of(alternative.needs.begin(), alternative.needs.end(), [&](const Need& need) {
        if (holds(casebook, need)) return true;
        for (const Alternative& other : graph.alternatives)
            if (other.column == need) return derivable(graph, other, casebook);
        return false;
    });
}

}  // namespace

std::vector<std::uint32_t> count_occurrences(const casebook::Casebook& casebook, TableRef table, int field) {
    const std::uint32_t rows = casebook.table(table.table, table.which).rows;
    const auto& definition = casebook.dataset().tables[static_cast<std::size_t>(table.table)];
    std::vector<std::uint32_t> counts(rows), numbers(rows, UINT32_MAX);
    const ColumnSource source(casebook, table, field);
    const auto number_values = [&](auto example) {
        using T = decltype(example);
        constexpr std::uint32_t block = 4096;
        std::vector<T> values(block);
        std::unordered_map<T, std::uint32_t> seen;
        for (std::uint32_t first = 0; first < rows; first += block) {
            const std::uint32_t count = std::min(block, rows - first);
            source.load(first, count, values.data());
            for (std::uint32_t i = 0; i < count; ++i)
                if (!absent(values[i]))
                    numbers[first + i] =
                        seen.try_emplace(values[i], static_cast<std::uint32_t>(seen.size())).first->second;
        }
        count_by_number(numbers, static_cast<std::uint32_t>(seen.size()), counts);
    };
    const Kind kind = kind_of(definition.fields[static_cast<std::size_t>(field)].type);
    if (width(kind) == 1)
        number_values(std::int8_t{});
    else if (width(kind) == 4)
        number_values(std::int32_t{});
    else if (kind == Kind::decimal)
        number_values(double{});
    else
        number_values(std::int64_t{});
    return counts;
}

BoundData::BoundData(std::shared_ptr<const Graph> the_graph, const casebook::Casebook& the_casebook,
                     const calendar::WorkingDays& days)
    : graph(std::move(the_graph)), casebook(the_casebook), working_days(days), texts(the_casebook, nullptr) {
    for (const Constant& constant : graph->constants)
        constant_texts.push_back(constant.kind == Kind::text ? texts.intern(constant.text) : missing32);
    for (const auto& constants : graph->sets) sets.push_back(bind_set(constants, texts));
    for (const dataset::CodeList& list : graph->dataset->code_lists) {
        std::vector<std::int32_t> ids;
        for (const dataset::Code& code : list.codes) ids.push_back(texts.intern(code.value));
        code_lists.emplace_back(ids);
    }
    for (const Alternative& alternative : graph->alternatives)
        derives.push_back(!holds(casebook, alternative.column) && derivable(*graph, alternative, casebook));
    for (std::size_t id = 0; id < graph->size(); ++id) {
        const Node& node = (*graph)[static_cast<NodeId>(id)];
        if (node.op == Op::occurrences)
            occurrences[static_cast<NodeId>(id)] =
                count_occurrences(casebook, node.domain[0], static_cast<int>(node.a));
    }
}

std::vector<std::vector<NodeId>> find_last_uses(const Graph& graph,
                                                const std::vector<std::vector<NodeId>>& rules) {
    std::vector<char> seen(graph.size());
    std::vector<std::vector<NodeId>> last(rules.size());
    for (std::size_t rule = rules.size(); rule-- > 0;) {
        std::vector<NodeId> open = rules[rule];
        while (!open.empty()) {
            const NodeId id = open.back();
            open.pop_back();
            char& known = seen[static_cast<std::size_t>(id)];
            if (known) continue;
            known = 1;
            last[rule].push_back(id);
            for (const Edge& edge : graph[id].children) open.push_back(edge.node);
        }
    }
    return last;
}

}  // namespace caseaudit::expression
