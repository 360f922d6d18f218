#include <stdexcept>

#include "casebook/build.h"
#include "casebook/column_notes.h"
#include "casebook/load.h"
#include "casebook/phases.h"

namespace caseaudit::casebook {
namespace {

constexpr std::size_t readable_after = 32;  // see extract::Block

// Hands rows in memory over as a reader would.
class MemoryRows {
  public:
    explicit MemoryRows(const MemoryTable& table) : columns_(table.columns.size()) {
        for (const auto& row : table.rows) {
            for (std::size_t i = 0; i < columns_; ++i) add(i < row.size() ? std::string_view(row[i]) : "");
        }
        rows_ = table.rows.size();
        text_.append(readable_after, '\0');
    }
    void give(extract::BlockConsumer& consumer) const {
        consumer.chunks(1);
        if (rows_ == 0 || columns_ == 0) return;
        consumer.consume(0, {text_.data(), starts_.data(), ends_.data(), static_cast<std::uint32_t>(rows_),
                             static_cast<std::uint32_t>(columns_)});
    }

  private:
    void add(std::string_view cell) {
        starts_.push_back(static_cast<std::uint32_t>(text_.size()));
        text_ += cell;
        ends_.push_back(static_cast<std::uint32_t>(text_.size()));
        text_ += ',';
    }
    std::size_t columns_, rows_ = 0;
    std::string text_;
    std::vector<std::uint32_t> starts_, ends_;
};

}  // namespace

LoadedExtract load_memory(const dataset::Dataset& dataset, const std::vector<MemoryTable>& tables) {
    Collection collection(dataset);
    Diagnostics notes;
    std::vector<Input> inputs;
    std::map<std::pair<int, Which>, std::uint64_t> rows_before;
    for (const MemoryTable& rows : tables) {
        const dataset::Table& definition = dataset.tables.at(static_cast<std::size_t>(rows.table));
        FileColumns match = match_columns(dataset, definition, rows.columns);
        Input input{definition.name,
                    rows.which,
                    definition.name,
                    "",
                    "UTF-8",
                    rows.rows.size(),
                    0,
                    unknown_names(match, rows.columns),
                    match.absent,
                    {}};
        auto& file =
            collection.table(rows.table, rows.which).add_file(std::move(match.column_of), match.key_column);
        std::uint64_t& before = rows_before[{rows.table, rows.which}];
        file.part.file = definition.name;
        file.part.lines.steps = {{0, before + 1, before + 1}};
        before += rows.rows.size();
        MemoryRows(rows).give(file);
        inputs.push_back(std::move(input));
    }
    LapClock clock(nullptr, platform::system_clock());
    auto casebook = std::move(collection).build(notes, clock);
    if (!casebook) throw std::runtime_error(casebook.errors().front().message);
    return {std::move(*casebook), std::move(inputs), {}, std::move(notes)};
}

}  // namespace caseaudit::casebook
