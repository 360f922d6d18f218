// Unit tests of a check: records written as literals, judged by a plugin's table as the host would, without a
// shared library, a pack or the command. Works with any test framework; see docs/plugins.md.
//
//     extern "C" const caseaudit_plugin* my_plugin(void);   // compiled with
//     -DCASEAUDIT_PLUGIN_SYMBOL=my_plugin
//
//     const auto found = Trial(my_plugin(), "repeated")
//                            .with("within", Duration{3, Unit::months})
//                            .records({"on", "what"}, {{"A", {"2024-01-31", "drift"}},
//                                                      {"A", {"2024-02-20", "drift"}},
//                                                      {"B", {missing, "drift"}}})
//                            .judge();
//     CHECK(found.verdicts == "PF?");
//     CHECK(found.evidence[1] == "before=2024-01-31 days=20");
//
// What a check refuses is thrown as Refusal; a test that does not fit the check, as std::invalid_argument; a
// check that breaks the contract, as std::logic_error.
#pragma once
#include <caseaudit/sdk/limits.hpp>
#include <caseaudit/sdk/testing/host.hpp>
#include <caseaudit/sdk/testing/literals.hpp>

#include <algorithm>
#include <deque>
#include <initializer_list>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace caseaudit::sdk::testing {

// One check, what a rule gives it, and the records it judges. Judges as often as it is asked.
class Trial {
  public:
    // The plugin's table as its function returns it.
    Trial(const caseaudit_plugin* plugin, const std::string& check) {
        for (std::size_t i = 0; i < plugin->check_count; ++i)
            if (check == plugin->checks[i]->name) check_ = plugin->checks[i];
        if (check_ == nullptr) throw std::invalid_argument("the plugin has no check '" + check + "'");
    }
    // A constant, or a list of them.
    Trial& with(const std::string& name, Literal value) { return with_list(name, {std::move(value)}); }
    Trial& with_list(const std::string& name, std::vector<Literal> values) {
        const auto kind = parameter(name).kind;
        if (kind != CASEAUDIT_CONSTANT && kind != CASEAUDIT_CONSTANT_LIST)
            throw std::invalid_argument("'" + name + "' is an expression: give it with records()");
        constants_[name] = std::move(values);
        return *this;
    }
    // The population: which expressions the rule gives, and the rows with a cell for each. A list of
    // expressions is named once for each of its columns, one after the other. The rows of a case stand
    // together.
    Trial& records(std::vector<std::string> expressions, std::vector<Record> rows) {
        expressions_ = std::move(expressions);
        rows_ = std::move(rows);
        return *this;
    }
    Trial& as_at(const std::string& day) {
        as_at_ = date(day);
        return *this;
    }
    Trial& holidays(std::initializer_list<std::string> days) {
        for (const auto& day : days) holidays_.insert(date(day).days);
        return *this;
    }

    Found judge() const {
        for (std::size_t i = 0; i < check_->parameter_count; ++i) {
            const auto& wanted = *check_->parameters[i];
            if (wanted.required != 0 && !constants_.contains(wanted.name) &&
                !is_expression_given(wanted.name))
                throw std::invalid_argument("the check needs '" + std::string(wanted.name) + "'");
        }
        const TestCalendar calendar(holidays_);
        auto columns = make_columns();
        Refused refused;
        caseaudit_refusal refusal{};
        refusal.struct_size = sizeof refusal;
        refusal.self = &refused;
        refusal.refuse = [](void* self, caseaudit_string parameter, caseaudit_string message) {
            *static_cast<Refused*>(self) = {std::string(view(parameter)), std::string(view(message))};
        };
        const caseaudit_host host = host_over(calendar);
        void* made = create(host, columns, refusal);
        if (made == nullptr) throw Refusal(refused.parameter, refused.message);
        const std::unique_ptr<void, void (*)(void*)> owner(made, check_->destroy);
        return run(made, columns, refusal, refused);
    }

  private:
    struct Refused {
        std::string parameter, message;
    };

    const caseaudit_parameter& parameter(const std::string& name) const {
        for (std::size_t i = 0; i < check_->parameter_count; ++i)
            if (name == check_->parameters[i]->name) return *check_->parameters[i];
        throw std::invalid_argument("the check has no parameter '" + name + "'");
    }
    bool is_expression_given(const std::string& name) const {
        return std::find(expressions_.begin(), expressions_.end(), name) != expressions_.end();
    }
    std::deque<TestColumn> make_columns() const {
        std::deque<TestColumn> columns;
        for (std::size_t i = 0; i < expressions_.size(); ++i) {
            const auto kind = parameter(expressions_[i]).kind;
            if (kind != CASEAUDIT_EXPRESSION && kind != CASEAUDIT_EXPRESSION_LIST)
                throw std::invalid_argument("'" + expressions_[i] + "' is a constant: give it with with()");
            std::vector<const Literal*> cells;
            for (const auto& row : rows_) {
                if (row.cells.size() != expressions_.size())
                    throw std::invalid_argument("a record has not as many cells as there are expressions");
                cells.push_back(&row.cells[i]);
            }
            columns.emplace_back(parameter(expressions_[i]).type, expressions_[i], cells);
        }
        return columns;
    }
    static caseaudit_host host_over(const TestCalendar& calendar) {
        caseaudit_host host{};
        host.struct_size = sizeof host;
        host.abi_minor = CASEAUDIT_ABI_MINOR;
        host.self = const_cast<TestCalendar*>(&calendar);
        host.add = [](void* self, std::int32_t date, std::int64_t count, std::int32_t unit) {
            return static_cast<const TestCalendar*>(self)->add(date, count, unit);
        };
        host.working_days_between = [](void* self, std::int32_t from, std::int32_t to) {
            return static_cast<const TestCalendar*>(self)->between(from, to);
        };
        host.is_working_day = [](void* self, std::int32_t date) -> std::int32_t {
            return static_cast<const TestCalendar*>(self)->is_working_day(date);
        };
        return host;
    }
    caseaudit_value value_of(const std::string& name, const Literal& literal) const {
        const int wanted = parameter(name).type;
        caseaudit_value value{};
        value.type = TestColumn::type_of_literal(literal);
        if (const auto* flag = std::get_if<bool>(&literal)) value.as.integer = *flag;
        if (const auto* number = std::get_if<std::int64_t>(&literal)) value.as.integer = *number;
        if (const auto* number = std::get_if<double>(&literal)) value.as.decimal = *number;
        if (const auto* day = std::get_if<Date>(&literal)) value.as.integer = day->days;
        if (const auto* duration = std::get_if<Duration>(&literal)) {
            value.as.integer = duration->count;
            value.unit = static_cast<std::int32_t>(duration->unit);
        }
        if (const auto* text = std::get_if<std::string>(&literal)) {
            if (wanted == CASEAUDIT_DATE) {
                value.type = CASEAUDIT_DATE;
                value.as.integer = date(*text).days;
            } else {
                value.as.text = borrow(*text);
            }
        }
        const bool whole_for_decimal = wanted == CASEAUDIT_DECIMAL && value.type == CASEAUDIT_INTEGER;
        if (value.type == 0 || (wanted != 0 && wanted != value.type && !whole_for_decimal))
            throw std::invalid_argument("a literal is not of the type that '" + name + "' wants");
        hold_to_limits(complete(parameter(name)), value);
        return value;
    }
    // As the host does, before the check is made.
    static void hold_to_limits(const caseaudit_parameter& declared, const caseaudit_value& value) {
        if (!within_range(declared, value))
            throw Refusal(declared.name, "must be " + range_in_words(declared));
        if (value.type == CASEAUDIT_DURATION && !unit_allowed(declared, value.unit))
            throw Refusal(declared.name, "must be " + units_in_words(declared));
    }
    // The arguments in the order of the check's parameters, as the host gives them.
    void* create(const caseaudit_host& host, const std::deque<TestColumn>& columns,
                 const caseaudit_refusal& refusal) const {
        std::deque<caseaudit_argument> arguments;
        std::deque<std::vector<caseaudit_value>> values;
        std::vector<const caseaudit_argument*> pointers;
        for (std::size_t i = 0; i < check_->parameter_count; ++i) {
            const auto& wanted = *check_->parameters[i];
            caseaudit_argument argument{};
            argument.struct_size = sizeof argument;
            argument.kind = wanted.kind;
            argument.name = borrow(wanted.name);
            if (const auto given = constants_.find(wanted.name); given != constants_.end()) {
                auto& list = values.emplace_back();
                for (const auto& literal : given->second) list.push_back(value_of(wanted.name, literal));
                argument.type = list.empty() ? 0 : list.front().type;
                argument.count = list.size();
                argument.values = list.data();
            } else if (is_expression_given(wanted.name)) {
                const auto first = std::find(expressions_.begin(), expressions_.end(), wanted.name);
                argument.column = static_cast<std::size_t>(first - expressions_.begin());
                argument.count = static_cast<std::size_t>(std::count(first, expressions_.end(), wanted.name));
                argument.type = columns[argument.column].type();
            } else {
                continue;
            }
            pointers.push_back(&arguments.emplace_back(argument));
        }
        caseaudit_configuration configuration{};
        configuration.struct_size = sizeof configuration;
        configuration.as_at = as_at_.days;
        configuration.pack = borrow("test");
        configuration.rule = borrow("test");
        configuration.argument_count = pointers.size();
        configuration.arguments = pointers.data();
        return check_->create(&host, &configuration, &refusal);
    }
    std::vector<std::uint32_t> case_numbers() const {
        std::vector<std::uint32_t> numbers;
        std::set<std::string> seen;
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            const bool same = i > 0 && rows_[i].of_case == rows_[i - 1].of_case;
            if (!same && !seen.insert(rows_[i].of_case).second)
                throw std::invalid_argument("the rows of case '" + rows_[i].of_case +
                                            "' do not stand together");
            numbers.push_back(static_cast<std::uint32_t>(seen.size() - 1));
        }
        return numbers;
    }
    Found run(const void* made, std::deque<TestColumn>& columns, const caseaudit_refusal& refusal,
              const Refused& refused) const {
        std::vector<ArrowArray> arrays;
        std::vector<ArrowSchema> schemas;
        std::vector<const std::uint8_t*> states;
        for (auto& column : columns) {
            arrays.push_back(column.array());
            schemas.push_back(column.schema());
            states.push_back(column.states());
        }
        const auto cases = case_numbers();
        caseaudit_batch batch{};
        batch.struct_size = sizeof batch;
        batch.length = rows_.size();
        batch.column_count = arrays.size();
        batch.columns = arrays.data();
        batch.schemas = schemas.data();
        batch.states = states.data();
        batch.cases = cases.data();
        TestSink takes(*check_, cases);
        const caseaudit_sink sink = takes.table();
        if (check_->run(made, &batch, &sink, &refusal) != 0)
            throw Refusal(refused.parameter, refused.message);
        return takes.take();
    }

    const caseaudit_check* check_ = nullptr;
    std::map<std::string, std::vector<Literal>> constants_;
    std::vector<std::string> expressions_;
    std::vector<Record> rows_;
    std::set<std::int32_t> holidays_;
    Date as_at_ = date("2024-12-31");
};

}  // namespace caseaudit::sdk::testing
