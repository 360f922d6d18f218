// The records of one case of an XML file, from its element's start to its end. Private to the XML reader.
#pragma once
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "extract/record_layout.h"
#include "extract/row_buffer.h"

namespace caseaudit::extract {

// Names of a layout as numbers.
class LayoutNames {
  public:
    explicit LayoutNames(const RecordLayout& layout);
    static constexpr int unknown = -1;
    int number(std::string_view name) const;  // of a value's element; unknown when no table has it
    bool is_record(std::string_view name) const { return records_.contains(name); }
    // By table and column: the numbers of the elements it is taken from.
    std::vector<std::vector<std::vector<int>>> columns;
    std::vector<std::vector<int>> conditions;  // by table and condition

  private:
    int add(const std::string& name);
    std::map<std::string, int, std::less<>> numbers_;
    std::set<std::string, std::less<>> records_;
};

// What one table gets of the file.
struct RecordTable {
    RecordTable(const RecordLayout::Table& table, BlockConsumer* consumer)
        : rows(table.columns.size(), consumer), seen(table.columns.size(), false) {}
    RowBuffer rows;
    std::uint64_t row = 0;  // records of the table so far, in document order, rejected ones too
    std::vector<Rejected> rejected;
    std::vector<bool> seen;  // by column
};

class CaseElement {
  public:
    CaseElement(const RecordLayout& layout, const LayoutNames& names, std::size_t limit)
        : layout_(layout), names_(names), limit_(limit) {}

    // The case's own element, and one within; the place is that where its start tag ends.
    void open(std::string_view name, std::uint64_t line, std::uint32_t column);
    void open_record(std::string_view name, std::uint64_t line, std::uint32_t column);
    void close_record();
    // A value of the record that is open. Of several with one name the first that is not blank counts; false
    // when there was one before.
    bool add(int name, std::string_view value);
    // The record that is open cannot be taken.
    void spoil(const std::string& reason);
    // Hands all records over to their tables; the case is empty afterwards.
    void close(std::vector<RecordTable>& tables, const std::string& file);

  private:
    struct Value {
        int name;
        std::uint32_t start, size;
    };
    struct Record {
        std::string element;
        std::uint64_t line = 0;
        std::uint32_t column = 0;
        int around = -1;  // the record it stands in
        std::string spoiled;
        std::vector<Value> values;
    };
    const Value* find(const Record& record, const std::vector<int>& names) const;
    std::string_view text(const Value& value) const {
        return std::string_view(text_).substr(value.start, value.size);
    }
    bool is_of(const Record& record, std::size_t table) const;
    void give(const Record& record, std::size_t table, RecordTable& to, const std::string& file) const;

    const RecordLayout& layout_;
    const LayoutNames& names_;
    std::size_t limit_;
    std::string text_;
    std::vector<Record> records_;
    std::vector<int> open_;  // records around the current place, outermost first
    std::size_t used_ = 0;   // bytes, all counted
    bool overfull_ = false;
};

}  // namespace caseaudit::extract
