#include "casebook/build.h"

#include <tbb/parallel_for.h>

#include <algorithm>

#include "casebook/cases.h"
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

void Collection::derive(std::vector<OrderedTable>& ordered) {
    const auto find = [&](int table, Which which) -> const OrderedTable* {
        for (const OrderedTable& entry : ordered) {
            if (entry.table->table() == table && entry.table->which() == which) return &entry;
        }
        return nullptr;
    };
    for (int number = 0; number < static_cast<int>(dataset_.tables.size()); ++number) {
        const dataset::Table& definition = dataset_.tables[static_cast<std::size_t>(number)];
        if (!definition.runs) continue;
        for (const Which which : {Which::current, Which::prior}) {
            const OrderedTable* sources[2] = {find(definition.runs->table, Which::current),
                                              find(definition.runs->table, Which::prior)};
            if (sources[static_cast<unsigned>(which)] == nullptr || find(number, which) != nullptr) continue;
            OrderedTable derived = derive_runs(dataset_, plan(number), which, sources, *interners_);
            ordered.push_back(std::move(derived));
        }
    }
}

Result<Casebook> Collection::build(Diagnostics& notes, LapClock& clock) && {
    std::sort(tables_.begin(), tables_.end(), [](const auto& a, const auto& b) {
        return std::pair(a->which(), a->table()) < std::pair(b->which(), b->table());
    });
    for (auto& table : tables_) table->settle();
    auto memory = platform::SealedMemory::create(capacity());
    if (!memory) return memory.errors();
    ImageArena arena(std::move(*memory), memory->span().size());
    const image::Array place = arena.allocate<image::Header>(1);
    image::Header header;
    header.magic = image::magic;

    const Cases cases = resolve_cases(dataset_, tables_, *interners_, notes);
    clock.lap(&Phases::cases);
    build_text_pool(cases, tables_, *interners_, arena, header);
    clock.lap(&Phases::texts);
    std::vector<OrderedTable> ordered(tables_.size());
    tbb::parallel_for(std::size_t{0}, tables_.size(), [&](std::size_t i) {
        const dataset::Table& definition = dataset_.tables[static_cast<std::size_t>(tables_[i]->table())];
        ordered[i].has_cases = definition.has_cases();
        ordered[i].order = order_rows(definition, *tables_[i], cases.count);
        ordered[i].table = std::move(tables_[i]);
    });
    derive(ordered);
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
