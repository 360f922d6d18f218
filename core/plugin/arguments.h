// What one rule gives a check, in the form of the contract: owns every string and value that a
// caseaudit_configuration borrows.
#pragma once
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "calendar/civil.h"
#include "caseaudit/plugin.h"
#include "plugin/schema.h"

namespace caseaudit::plugin {

// A constant with its text owned.
struct ConstantValue {
    int type = 0;              // caseaudit_type
    int unit = 0;              // caseaudit_unit of a duration
    std::int64_t integer = 0;  // also boolean 0/1, date, count of a duration
    double decimal = 0;
    std::string text;
    static ConstantValue of_boolean(bool value) { return {CASEAUDIT_BOOLEAN, 0, value, 0, {}}; }
    static ConstantValue of_integer(std::int64_t value) { return {CASEAUDIT_INTEGER, 0, value, 0, {}}; }
    static ConstantValue of_decimal(double value) { return {CASEAUDIT_DECIMAL, 0, 0, value, {}}; }
    static ConstantValue of_date(calendar::Day value) { return {CASEAUDIT_DATE, 0, value, 0, {}}; }
    static ConstantValue of_text(std::string value) { return {CASEAUDIT_TEXT, 0, 0, 0, std::move(value)}; }
    static ConstantValue of_duration(std::int64_t count, caseaudit_unit unit) {
        return {CASEAUDIT_DURATION, unit, count, 0, {}};
    }
};

// "must be from 1 to 12", "must be in weeks or months", for a constant outside of the limits that the
// parameter declares; else "".
std::string outside_limits(const ParameterSchema& parameter, const ConstantValue& value);

struct ExpressionArgument {
    int type = 0;      // caseaudit_type that the expression was compiled to
    std::string text;  // as the rule writes it
};

// Built on one thread, then read by any. Not copied or moved: the configuration points into it.
class ArgumentSet {
  public:
    // The check's table must outlive this.
    explicit ArgumentSet(const caseaudit_check& check);
    ArgumentSet(const ArgumentSet&) = delete;
    ArgumentSet& operator=(const ArgumentSet&) = delete;

    // Each returns "" or one sentence on why the argument does not fit its parameter ("parameter 'within'
    // wants a duration …"). An integer is taken where a decimal is wanted. Not to be given twice.
    std::string constant(const std::string& name, ConstantValue value);
    std::string constants(const std::string& name, std::vector<ConstantValue> values);
    std::string expression(const std::string& name, ExpressionArgument expression);
    std::string expressions(const std::string& name, std::vector<ExpressionArgument> expressions);

    // Columns of each batch: those of the first expression given, then of the next, and so on.
    std::size_t column_count() const { return columns_; }

    // Valid until something is added or this is destroyed.
    const caseaudit_configuration& configuration(const std::string& pack, const std::string& rule,
                                                 calendar::Day as_at);

  private:
    struct Stored {
        std::size_t rank = 0;  // in the schema
        std::string name;
        std::vector<ConstantValue> constants;
        std::vector<std::string> expression_texts;
        std::vector<caseaudit_value> values;
        std::vector<caseaudit_string> texts;
        caseaudit_argument argument{};
    };
    std::string find(const std::string& name, bool expression, bool list, Stored& stored) const;
    std::string store_constants(const std::string& name, std::vector<ConstantValue> values, bool list);
    std::string store_expressions(const std::string& name, std::vector<ExpressionArgument> expressions,
                                  bool list);

    CheckSchema schema_;
    std::deque<Stored> stored_;  // a deque: what it holds stays in place
    std::vector<const caseaudit_argument*> arguments_;
    std::size_t columns_ = 0;
    std::string pack_, rule_;
    caseaudit_configuration configuration_{};
};

}  // namespace caseaudit::plugin
