#include "plugin/trial.h"

#include <thread>

#include "calendar/civil.h"

namespace caseaudit::plugin {
namespace {

std::string show(const EvidenceValue& value) {
    switch (value.type) {
        case CASEAUDIT_BOOLEAN:
            return value.integer != 0 ? "true" : "false";
        case CASEAUDIT_INTEGER:
            return std::to_string(value.integer);
        case CASEAUDIT_DECIMAL:
            return fmt::format("{}", value.decimal);
        case CASEAUDIT_DATE:
            return calendar::to_iso(static_cast<calendar::Day>(value.integer));
        case CASEAUDIT_TEXT:
            return value.text;
        case CASEAUDIT_DURATION:
            return fmt::format("{} {}", value.integer, unit_name(value.unit));
        default:
            return "(blank)";
    }
}

}  // namespace

const calendar::WorkingDays& england_and_wales() {
    static const calendar::WorkingDays days = [] {
        auto loaded =
            calendar::WorkingDays::load(CASEAUDIT_SOURCE_DIR "/rules/calendars/england-and-wales.yaml");
        REQUIRE(loaded.ok());
        return std::move(*loaded);
    }();
    return days;
}

TestColumn::TestColumn(int type, const std::vector<std::string>& cells) : type_(type) {
    if (type_ == CASEAUDIT_TEXT) int32s_.push_back(0);
    for (const auto& cell : cells) append(cell);
}

void TestColumn::append(const std::string& cell) {
    const std::size_t row = states_.size();
    const bool invalid = cell.starts_with('!');
    const bool present = !cell.empty() && cell != "!";  // its value is in the column
    any_invalid_ = any_invalid_ || invalid;
    states_.push_back(invalid ? 2 : cell.empty() ? 1 : 0);
    validity_.resize(row / 8 + 1);
    bits_.resize(row / 8 + 1);
    const auto bit = static_cast<std::uint8_t>(1u << (row % 8));
    if (present) validity_.back() |= bit;
    calendar::Day day = 0;
    switch (type_) {
        case CASEAUDIT_BOOLEAN:
            if (cell == "true") bits_.back() |= bit;
            break;
        case CASEAUDIT_INTEGER:
            integers_.push_back(present ? std::stoll(cell) : 0);
            break;
        case CASEAUDIT_DECIMAL:
            decimals_.push_back(present ? std::stod(cell) : 0);
            break;
        case CASEAUDIT_DATE:
            if (present) REQUIRE(calendar::parse_iso(cell, day));
            int32s_.push_back(day);
            break;
        default:
            if (present) text_ += invalid ? cell.substr(1) : cell;
            int32s_.push_back(static_cast<std::int32_t>(text_.size()));
    }
}

ArrowArray TestColumn::array() {
    buffers_[0] = validity_.data();
    switch (type_) {
        case CASEAUDIT_BOOLEAN:
            buffers_[1] = bits_.data();
            break;
        case CASEAUDIT_INTEGER:
            buffers_[1] = integers_.data();
            break;
        case CASEAUDIT_DECIMAL:
            buffers_[1] = decimals_.data();
            break;
        default:
            buffers_[1] = int32s_.data();
    }
    buffers_[2] = text_.data();
    ArrowArray array{};
    array.length = static_cast<std::int64_t>(size());
    array.null_count = -1;
    array.n_buffers = type_ == CASEAUDIT_TEXT ? 3 : 2;
    array.buffers = buffers_.data();
    return array;
}

ArrowSchema TestColumn::schema() const {
    static constexpr std::array formats = {"", "b", "l", "g", "tdD", "u"};
    ArrowSchema schema{};
    schema.format = formats[static_cast<std::size_t>(type_)];
    schema.flags = ARROW_FLAG_NULLABLE;
    return schema;
}

const caseaudit_check& check_named(const caseaudit_plugin* plugin, const std::string& name) {
    for (std::size_t i = 0; i < plugin->check_count; ++i)
        if (plugin->checks[i]->name == name) return *plugin->checks[i];
    FAIL("no check named " << name);
    std::abort();
}

Trial::Trial(const caseaudit_plugin* plugin, const std::string& check)
    : check_(&check_named(plugin, check)), arguments_(*check_), as_at_(calendar::day_number(2024, 12, 31)) {}

void Trial::fitted(const std::string& problem) {
    REQUIRE(problem == "");
}

Trial& Trial::expression(const std::string& name, int type, const std::vector<std::string>& cells) {
    fitted(arguments_.expression(name, {type, name + "_field"}));
    columns_.emplace_back(type, cells);
    return *this;
}

Trial& Trial::expressions(const std::string& name,
                          const std::vector<std::pair<int, std::vector<std::string>>>& columns) {
    std::vector<ExpressionArgument> given;
    for (const auto& [type, cells] : columns) {
        given.push_back({type, fmt::format("FIELD{}", given.size() + 1)});
        columns_.emplace_back(type, cells);
    }
    fitted(arguments_.expressions(name, given));
    return *this;
}

Trial& Trial::duration(const std::string& name, std::int64_t count, caseaudit_unit unit) {
    return constant(name, ConstantValue::of_duration(count, unit));
}

Trial& Trial::constant(const std::string& name, ConstantValue value) {
    fitted(arguments_.constant(name, std::move(value)));
    return *this;
}

Trial& Trial::texts(const std::string& name, const std::vector<std::string>& values) {
    std::vector<ConstantValue> constants;
    for (const auto& value : values) constants.push_back(ConstantValue::of_text(value));
    fitted(arguments_.constants(name, std::move(constants)));
    return *this;
}

Trial& Trial::as_at(const std::string& iso) {
    REQUIRE(calendar::parse_iso(iso, as_at_));
    return *this;
}

Trial& Trial::cases(std::vector<std::uint32_t> numbers) {
    cases_ = std::move(numbers);
    return *this;
}

void Trial::build_batch() {
    const std::size_t rows = columns_.empty() ? cases_.size() : columns_.front().size();
    for (auto& column : columns_) {
        REQUIRE(column.size() == rows);
        arrays_.push_back(column.array());
        schemas_.push_back(column.schema());
        states_.push_back(column.states());
    }
    for (std::size_t row = cases_.size(); row < rows; ++row)
        cases_.push_back(static_cast<std::uint32_t>(row));
    batch_ = {sizeof(caseaudit_batch), rows,           columns_.size(), arrays_.data(),
              schemas_.data(),         states_.data(), cases_.data()};
}

Outcome Trial::judge(const CompiledCheck& check) const {
    Outcome outcome;
    const std::size_t rows = batch_.length;
    Verdicts verdicts(*check_);
    verdicts.start(rows);
    outcome.error = check.run(batch_, verdicts.sink());
    if (const auto fault = verdicts.finish(); outcome.error.empty()) outcome.error = fault;
    outcome.verdicts.assign(rows, 'P');
    outcome.evidence.resize(rows);
    const auto schema = schema_of(*check_);
    for (const auto& failure : verdicts.failures()) {
        outcome.verdicts[failure.row] = 'F';
        std::vector<std::string> shown;
        for (const auto& value : verdicts.evidence(failure))
            shown.push_back(schema.evidence[value.name].name + "=" + show(value));
        outcome.evidence[failure.row] = fmt::format("{}", fmt::join(shown, " "));
    }
    for (std::size_t row = 0; row < rows; ++row)
        if (verdicts.undecided(row)) outcome.verdicts[row] = '?';
    return outcome;
}

Outcome Trial::run() {
    CompiledCheck::Refusal refusal;
    auto made = CompiledCheck::create(*check_, england_and_wales(),
                                      arguments_.configuration("pack", "rule", as_at_), refusal);
    if (!made) return {refusal.message, refusal.parameter, "", {}};
    build_batch();
    auto outcome = judge(**made);
    if (const auto thrown = (*made)->destroy(); outcome.error.empty()) outcome.error = thrown;
    return outcome;
}

std::vector<Outcome> Trial::run_on_threads(std::size_t count) {
    CompiledCheck::Refusal refusal;
    const auto made = CompiledCheck::create(*check_, england_and_wales(),
                                            arguments_.configuration("pack", "rule", as_at_), refusal);
    REQUIRE(made.ok());
    build_batch();
    std::vector<Outcome> outcomes(count);
    std::vector<std::thread> threads;
    for (auto& outcome : outcomes) threads.emplace_back([&] { outcome = judge(**made); });
    for (auto& thread : threads) thread.join();
    return outcomes;
}

}  // namespace caseaudit::plugin
