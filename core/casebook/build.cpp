#include "casebook/build.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <numeric>

#include "casebook/caseless_order.h"
#include "casebook/cases.h"
#include "casebook/column_source.h"
#include "casebook/image_writer.h"
#include "casebook/runs.h"
#include "casebook/text_pool.h"

namespace caseaudit::casebook {

Collection::Collection(const dataset::Dataset& dataset)
    : dataset_(dataset), used_(FieldsUsed::all(dataset)) {}

void Collection::keep(const FieldsUsed& used) {
    used_ = used;
    for (auto& table : tables_) table->keep(used_);
}

const TablePlan& Collection::plan(int number) {
    auto& plan = plans_[number];
    if (!plan) plan = std::make_unique<TablePlan>(dataset_, number);
    return *plan;
}

TableLoad& Collection::table(int number, Which which) {
    for (auto& load : tables_) {
        if (load->table() == number && load->which() == which) return *load;
    }
    return *tables_.emplace_back(std::make_unique<TableLoad>(plan(number), which, *interners_));
}

void Collection::drop(int number, Which which) {
    std::erase_if(tables_,
                  [&](const auto& load) { return load->table() == number && load->which() == which; });
}

// Both extracts' columns get one width, since derived tables mix their rows.
void Collection::align() {
    tbb::parallel_for(std::size_t{0}, dataset_.tables.size(), [this](std::size_t number) {
        std::vector<Segment*> segments;
        for (const auto& table : tables_) {
            if (table->table() != static_cast<int>(number)) continue;
            for (const auto& segment : table->segments) segments.push_back(segment.get());
        }
        align_widths(segments);
    });
}

// Address space that the image cannot outgrow.
std::uint64_t Collection::capacity() const {
    std::uint64_t bytes = 1 << 20;
    std::uint64_t cases = 1;
    for (const auto& table : tables_) cases += table->rows;
    for (std::size_t i = 0; i < dataset_.tables.size(); ++i) {
        const dataset::Table& definition = dataset_.tables[i];
        std::uint64_t rows = 0;
        for (const auto& table : tables_) {
            const bool source = definition.runs && table->table() == definition.runs->table;
            if (table->table() == static_cast<int>(i) || source) rows += table->rows;
            for (const FilePart& part : table->parts)
                bytes += part.lines.steps.size() * 32 + part.file.size() + 1024;
        }
        // Values, validity, invalid cells and dictionary of each column; positions, made-of rows.
        bytes += 2 * ((rows + 64) * (definition.fields.size() * 22 + 32) + (cases + 64) * 4);
        bytes += definition.fields.size() * 1024 + 4096;
    }
    return bytes + interners_->texts.bytes() * 2 + interners_->keys.bytes() * 4 + cases * 320;
}

// Their keys have been counted; nobody looks at their rows.
void Collection::drop_unused() {
    std::erase_if(tables_,
                  [this](const auto& table) { return !used_.table(table->table(), table->which()); });
}

// Moves the tables out of the collection, each with its rows in order.
std::vector<OrderedTable> Collection::order(std::uint32_t cases, ImageArena& arena) {
    std::vector<OrderedTable> ordered(tables_.size());
    const auto definition_of = [&](std::size_t i) -> const dataset::Table& {
        return dataset_.tables[static_cast<std::size_t>(ordered[i].table->table())];
    };
    StartsPlace no_rows;  // case starts of every table without rows: the same zeros
    for (std::size_t i = 0; i < tables_.size(); ++i) {
        ordered[i].table = std::move(tables_[i]);
        if (!definition_of(i).has_cases()) continue;
        const bool empty = ordered[i].table->rows == 0;
        if (empty && no_rows.offsets.count == 0) no_rows = StartsPlace::allocate(cases, arena);
        ordered[i].case_starts = empty ? no_rows : StartsPlace::allocate(cases, arena);
    }
    // The largest first, so that no thread is left with one at the end.
    std::vector<std::size_t> by_rows(ordered.size());
    std::iota(by_rows.begin(), by_rows.end(), std::size_t{0});
    std::ranges::stable_sort(by_rows, std::greater(), [&](std::size_t i) { return ordered[i].table->rows; });
    std::atomic<std::size_t> next = 0;
    const auto order_next = [&](const tbb::blocked_range<std::size_t>& range) {
        for (std::size_t turn = range.begin(); turn != range.end(); ++turn) {
            const std::size_t i = by_rows[next++];
            ordered[i].order = order_rows(definition_of(i), *ordered[i].table, ordered[i].case_starts, arena);
        }
    };
    tbb::parallel_for(tbb::blocked_range<std::size_t>(0, by_rows.size(), 1), order_next,
                      tbb::simple_partitioner());
    return ordered;
}

void Collection::derive(std::vector<OrderedTable>& ordered, std::uint32_t cases, ImageArena& arena) {
    const std::size_t read = ordered.size();
    const auto find = [&](int table, Which which) -> const OrderedTable* {
        for (std::size_t i = 0; i < read; ++i) {
            if (ordered[i].table->table() == table && ordered[i].table->which() == which) return &ordered[i];
        }
        return nullptr;
    };
    std::vector<RunsRequest> requests;
    for (int number = 0; number < static_cast<int>(dataset_.tables.size()); ++number) {
        const dataset::Table& definition = dataset_.tables[static_cast<std::size_t>(number)];
        if (!definition.runs) continue;
        for (const Which which : {Which::current, Which::prior}) {
            if (!used_.table(number, which)) continue;
            if (find(definition.runs->table, which) == nullptr || find(number, which) != nullptr) continue;
            requests.push_back(
                {&plan(number),
                 which,
                 {find(definition.runs->table, Which::current), find(definition.runs->table, Which::prior)},
                 StartsPlace::allocate(cases, arena)});
        }
    }
    std::vector<OrderedTable> derived(requests.size());
    tbb::parallel_for(std::size_t{0}, requests.size(), [&](std::size_t i) {
        derived[i] = derive_runs(dataset_, requests[i], cases, arena, *interners_);
    });
    std::move(derived.begin(), derived.end(), std::back_inserter(ordered));
}

Result<Casebook> Collection::build(Diagnostics& notes, LapClock& clock) && {
    std::sort(tables_.begin(), tables_.end(), [](const auto& a, const auto& b) {
        return std::pair(a->which(), a->table()) < std::pair(b->which(), b->table());
    });
    for (auto& table : tables_) table->settle();
    interners_->trails.clear();
    align();
    auto memory = platform::SealedMemory::create(capacity());
    if (!memory) return memory.errors();
    ImageArena arena(std::move(*memory), memory->span().size());
    const image::Array place = arena.allocate<image::Header>(1);
    image::Header header;
    header.magic = image::magic;

    auto resolved = resolve_cases(dataset_, tables_, *interners_, notes);
    if (!resolved) return std::move(resolved.errors());
    Cases cases = *std::move(resolved);
    clock.lap(&Phases::cases);
    build_text_pool(cases, tables_, *interners_, arena, header);
    give_back(cases.known);
    order_caseless(cases.unknown, arena, header);
    drop_unused();
    interners_->keys.drop();
    interners_->texts.drop();
    clock.lap(&Phases::texts);
    std::vector<OrderedTable> ordered = order(cases.count, arena);
    derive(ordered, cases.count, arena);
    clock.lap(&Phases::order);
    write_tables(ordered, dataset_, arena, header);
    give_back_pages();
    header.size = arena.used();
    *arena.at<image::Header>(place) = header;

    auto sealed = std::make_shared<platform::SealedMemory>(std::move(arena).take());
    if (Diagnostics trouble = sealed->seal(header.size); !trouble.empty()) return trouble;
    clock.lap(&Phases::write);
    return Casebook::open(dataset_, sealed->span(), sealed);
}

}  // namespace caseaudit::casebook
