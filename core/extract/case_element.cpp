#include "extract/case_element.h"

#include <algorithm>

#include "extract/cell.h"
#include "extract/rows.h"

namespace caseaudit::extract {

LayoutNames::LayoutNames(const RecordLayout& layout) {
    const std::string& of_case = layout.path.back();
    for (const RecordLayout::Table& table : layout.tables) {
        for (const std::string& element : table.elements)
            if (element != of_case) records_.insert(element);
        auto& of_columns = columns.emplace_back();
        for (const RecordLayout::Column& column : table.columns) {
            auto& numbers = of_columns.emplace_back();
            for (const std::string& element : column.elements) numbers.push_back(add(element));
        }
        auto& of_conditions = conditions.emplace_back();
        for (const RecordLayout::Condition& condition : table.when)
            of_conditions.push_back(add(condition.element));
    }
}

int LayoutNames::add(const std::string& name) {
    return numbers_.try_emplace(name, static_cast<int>(numbers_.size())).first->second;
}

int LayoutNames::number(std::string_view name) const {
    const auto found = numbers_.find(name);
    return found == numbers_.end() ? unknown : found->second;
}

void CaseElement::open(std::string_view name, std::uint64_t line, std::uint32_t column) {
    text_.clear();
    records_.clear();
    open_.clear();
    used_ = 0;
    overfull_ = false;
    open_record(name, line, column);
}

void CaseElement::open_record(std::string_view name, std::uint64_t line, std::uint32_t column) {
    used_ += sizeof(Record);
    overfull_ = overfull_ || used_ > limit_;
    const int around = open_.empty() ? -1 : open_.back();
    if (overfull_ && around >= 0) {  // nothing more is kept of this case
        open_.push_back(around);
        return;
    }
    open_.push_back(static_cast<int>(records_.size()));
    Record& record = records_.emplace_back();
    record.element = name;
    record.line = line;
    record.column = column;
    record.around = around;
}

void CaseElement::close_record() {
    open_.pop_back();
}

bool CaseElement::add(int name, std::string_view value) {
    used_ += sizeof(Value) + value.size();
    overfull_ = overfull_ || used_ > limit_;
    if (overfull_) return true;
    Record& record = records_[static_cast<std::size_t>(open_.back())];
    const auto known = std::find_if(record.values.begin(), record.values.end(),
                                    [&](const Value& one) { return one.name == name; });
    const Value added{name, static_cast<std::uint32_t>(text_.size()),
                      static_cast<std::uint32_t>(value.size())};
    text_ += value;
    if (known == record.values.end()) {
        record.values.push_back(added);
        return true;
    }
    if (trimmed(text(*known)).empty()) *known = added;
    return false;
}

void CaseElement::spoil(const std::string& reason) {
    Record& record = records_[static_cast<std::size_t>(open_.back())];
    if (record.spoiled.empty()) record.spoiled = reason;
}

const CaseElement::Value* CaseElement::find(const Record& record, const std::vector<int>& names) const {
    const Value* blank = nullptr;
    for (const int name : names)
        for (const Value& value : record.values) {
            if (value.name != name) continue;
            if (!trimmed(text(value)).empty()) return &value;
            if (blank == nullptr) blank = &value;
        }
    return blank;
}

bool CaseElement::is_of(const Record& record, std::size_t number) const {
    const RecordLayout::Table& table = layout_.tables[number];
    if (std::find(table.elements.begin(), table.elements.end(), record.element) == table.elements.end())
        return false;
    if (table.when.empty()) return true;
    for (std::size_t i = 0; i < table.when.size(); ++i) {
        const Value* value = find(record, {names_.conditions[number][i]});
        if (value == nullptr) continue;
        const std::string_view is = trimmed(text(*value));
        if (table.when[i].value.empty() ? !is.empty() : is == table.when[i].value) return true;
    }
    return false;
}

void CaseElement::give(const Record& record, std::size_t number, RecordTable& to,
                       const std::string& file) const {
    ++to.row;
    std::string reason = record.spoiled;
    for (int at = record.around; reason.empty() && at >= 0;
         at = records_[static_cast<std::size_t>(at)].around)
        reason = records_[static_cast<std::size_t>(at)].spoiled;
    if (overfull_)
        reason = "the element of the case holds more than " + size_text(limit_) + ", so none of it is read";
    if (!reason.empty()) {
        to.rejected.push_back(
            {.file = file, .line = record.line, .row = to.row, .column = record.column, .reason = reason});
        return;
    }
    const RecordLayout::Table& table = layout_.tables[number];
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
        const std::vector<int>& names = names_.columns[number][column];
        const Value* value = find(record, names);
        if (value != nullptr) to.seen[column] = true;
        for (const Record* around = &record;
             value == nullptr && !table.columns[column].own && around->around >= 0;) {
            around = &records_[static_cast<std::size_t>(around->around)];
            value = find(*around, names);
        }
        to.rows.add(value == nullptr ? std::string_view() : text(*value));
    }
    to.rows.end_row(to.row, record.line);
}

void CaseElement::close(std::vector<RecordTable>& tables, const std::string& file) {
    for (const Record& record : records_)
        for (std::size_t table = 0; table < tables.size(); ++table)
            if (is_of(record, table)) give(record, table, tables[table], file);
    records_.clear();
}

}  // namespace caseaudit::extract
