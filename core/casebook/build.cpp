#include "casebook/build.h"

#include <tbb/parallel_for.h>

#include <algorithm>

#include "casebook/cases.h"
#include "casebook/column_source.h"
#include "casebook/image_writer.h"
#include "casebook/runs.h"
#include "casebook/text_pool.h"

namespace caseaudit::casebook {

Collection::Collection(const dataset::Dataset& dataset) : dataset_(dataset) {}

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
            if (find(definition.runs->table, which) == nullptr || find(number, which) != nullptr) continue;
            requests.push_back(
                {&plan(number),
                 which,
                 {find(definition.runs->table, Which::current), find(definition.runs->table, Which::prior)},
                 arena.allocate<std::uint32_t>(std::uint64_t{cases} + 1)});
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

    Cases cases = resolve_cases(dataset_, tables_, *interners_, notes);
    clock.lap(&Phases::cases);
    build_text_pool(cases, tables_, *interners_, arena, header);
    cases.known = {};
    interners_->keys.drop();
    interners_->texts.drop();
    clock.lap(&Phases::texts);
    std::vector<OrderedTable> ordered(tables_.size());
    image::Array no_rows;  // case starts of every table without rows: the same zeros
    for (std::size_t i = 0; i < tables_.size(); ++i) {
        ordered[i].table = std::move(tables_[i]);
        const dataset::Table& definition =
            dataset_.tables[static_cast<std::size_t>(ordered[i].table->table())];
        if (!definition.has_cases()) continue;
        image::Array& starts = ordered[i].case_starts;
        const bool empty = ordered[i].table->rows == 0;
        if (empty) starts = no_rows;
        if (starts.count == 0) starts = arena.allocate<std::uint32_t>(std::uint64_t{cases.count} + 1);
        if (empty) no_rows = starts;
    }
    tbb::parallel_for(std::size_t{0}, ordered.size(), [&](std::size_t i) {
        OrderedTable& entry = ordered[i];
        auto* starts = entry.case_starts.count == 0 ? nullptr : arena.at<std::uint32_t>(entry.case_starts);
        const dataset::Table& definition = dataset_.tables[static_cast<std::size_t>(entry.table->table())];
        entry.order = order_rows(definition, *entry.table, cases.count, starts);
    });
    derive(ordered, cases.count, arena);
    clock.lap(&Phases::order);
    write_tables(ordered, dataset_, arena, header);
    header.size = arena.used();
    *arena.at<image::Header>(place) = header;

    auto sealed = std::make_shared<platform::SealedMemory>(std::move(arena).take());
    if (Diagnostics trouble = sealed->seal(header.size); !trouble.empty()) return trouble;
    clock.lap(&Phases::write);
    return Casebook::open(dataset_, sealed->span(), sealed);
}

}  // namespace caseaudit::casebook
