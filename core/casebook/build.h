// From converted tables to a casebook.
#pragma once
#include <map>
#include <memory>
#include <vector>

#include "casebook/phases.h"
#include "casebook/table_load.h"

namespace caseaudit::casebook {

struct OrderedTable;
class ImageArena;

// All that is read before the casebook can be put together. Files are added from one thread; their
// FileLoads then take rows from many.
class Collection {
  public:
    explicit Collection(const dataset::Dataset& dataset);
    // The table of an extract, made when it is first asked for.
    TableLoad& table(int number, Which which);
    // As if it had never been asked for.
    void drop(int number, Which which);
    // What is not used is left out. Before anything is read.
    void keep(const FieldsUsed& used);
    // Puts the casebook together; the collection is empty afterwards. Fails with "memory.create" or
    // "memory.seal".
    Result<Casebook> build(Diagnostics& notes, LapClock& clock) &&;

  private:
    const TablePlan& plan(int number);
    void align();
    std::uint64_t capacity() const;
    void drop_unused();
    std::vector<OrderedTable> order(std::uint32_t cases, ImageArena& arena);
    void derive(std::vector<OrderedTable>& ordered, std::uint32_t cases, ImageArena& arena);

    const dataset::Dataset& dataset_;
    FieldsUsed used_;
    std::unique_ptr<Interners> interners_ = std::make_unique<Interners>();
    std::map<int, std::unique_ptr<TablePlan>> plans_;
    std::vector<std::unique_ptr<TableLoad>> tables_;
};

}  // namespace caseaudit::casebook
