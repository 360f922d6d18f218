// What a check judges: the rows of a batch, read by the parameters that the check declared.
// A batch and its rows live for one call of judge, on one thread.
#pragma once
#include <caseaudit/sdk/parameters.hpp>

#include <bit>
#include <cstring>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace caseaudit::sdk {

// Date arithmetic by the pack's calendar of holidays. A handle: copy it freely.
class Calendar {
  public:
    explicit Calendar(const caseaudit_host* host) : host_(host) {}
    // See caseaudit_host::add: the n-th working day after, the same day of a later month, …
    Date add(Date date, Duration duration) const {
        return {host_->add(host_->self, date.days, duration.count, static_cast<std::int32_t>(duration.unit))};
    }
    Date subtract(Date date, Duration duration) const { return add(date, {-duration.count, duration.unit}); }
    // Working days d with from < d <= to; negative when to is before from.
    std::int64_t working_days_between(Date from, Date to) const {
        return host_->working_days_between(host_->self, from.days, to.days);
    }
    bool is_working_day(Date date) const { return host_->is_working_day(host_->self, date.days) != 0; }

  private:
    const caseaudit_host* host_;
};

// What a check declares, by name: for Case::table and Row::date.
struct Declarations {
    struct Column {
        std::string_view name;
        Type type;   // that the cells are read as; any: not given, and may be any
        bool given;  // by the rule
        std::size_t number;
    };
    std::string_view table;
    std::vector<Column> columns;

    // Throws Refusal, with what is declared, when it is not declared with that type; any reads all types.
    const Column& column(std::string_view name, Type wanted) const {
        for (const Column& one : columns)
            // The same literal mostly has the same address.
            if (one.name.size() == name.size() &&
                (one.name.data() == name.data() ||
                 std::memcmp(one.name.data(), name.data(), name.size()) == 0)) {
                if (wanted == Type::any || one.type == wanted || !one.given) return one;
                refuse_type(name);
            }
        refuse_name(name);
    }
    // Throws Refusal when it is another table than the declared one.
    void check_table(std::string_view name) const {
        if (table == name && !name.empty()) return;
        throw Refusal("",
                      "the check asks for table '" + std::string(name) + "', and declares " +
                          (table.empty() ? "none (static constexpr auto table = …)"
                                         : "'" + std::string(table) + "', the rows that it judges, alone") +
                          ": what it needs of other tables are expression parameters of these rows");
    }

  private:
    [[noreturn, gnu::noinline, gnu::cold]] static void refuse_type(std::string_view name) {
        throw Refusal("", "the check reads '" + std::string(name) + "' as another type than it declares");
    }
    [[noreturn, gnu::noinline, gnu::cold]] void refuse_name(std::string_view name) const {
        std::string known;
        for (const Column& one : columns) known += (known.empty() ? "" : ", ") + std::string(one.name);
        throw Refusal("", "the check reads '" + std::string(name) +
                              "', which it does not declare as an expression parameter; it declares " +
                              (known.empty() ? "none" : known));
    }
};

// What a check knows besides its parameters.
struct Context {
    Calendar calendar;
    Date as_at;  // the date that the audit speaks of
    std::string pack, rule;
    Declarations declarations;
};

// Shows that a row was judged; only a row gives one.
class Verdict {
  private:
    Verdict() = default;
    friend class Row;
};

// The bits of a boolean column or of a validity bitmap, 64 rows at a time.
class Bits {
    static_assert(std::endian::native == std::endian::little, "words are read from bytes as they lie");

  public:
    Bits(const void* bits, std::size_t offset, std::size_t length)
        : bytes_(static_cast<const unsigned char*>(bits)), offset_(offset), length_(length) {}
    bool all() const { return bytes_ == nullptr; }  // no bitmap: every bit is set
    bool operator[](std::size_t row) const {
        return all() || (bytes_[(offset_ + row) / 8] >> ((offset_ + row) % 8) & 1) != 0;
    }
    // Rows first … first + 63; bits past the end are 0.
    std::uint64_t word(std::size_t first) const {
        const std::size_t rows = length_ - first < 64 ? length_ - first : 64;
        const std::uint64_t mask = rows == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << rows) - 1;
        if (all()) return mask;
        const std::size_t bit = offset_ + first, shift = bit % 8, bytes = (shift + rows + 7) / 8;
        std::uint64_t word = 0;
        std::memcpy(&word, bytes_ + bit / 8, bytes < 8 ? bytes : 8);
        word >>= shift;
        if (bytes > 8) word |= std::uint64_t{bytes_[bit / 8 + 8]} << (64 - shift);
        return word & mask;
    }

  private:
    const unsigned char* bytes_;
    std::size_t offset_, length_;
};

class Batch;

// One row of the population.
class Row {
  public:
    Row(const Batch& batch, std::size_t index) : batch_(&batch), index_(index) {}
    template <class T>
    Cell<T> operator[](const Expression<T>& expression) const;
    // The i-th cell of a list of expressions.
    template <class T>
    Cell<T> cell(const ExpressionList<T>& list, std::size_t i) const;
    State state(std::size_t column) const;

    // The cell of the expression parameter of that name; of one that the rule leaves out, a missing one.
    // Throws Refusal when the check declares none of that name and type. row[member] is held to both by the
    // compiler.
    Cell<Date> date(std::string_view name) const { return named<Date>(name); }
    Cell<std::string_view> text(std::string_view name) const { return named<std::string_view>(name); }
    Cell<std::int64_t> integer(std::string_view name) const { return named<std::int64_t>(name); }
    Cell<double> decimal(std::string_view name) const { return named<double>(name); }
    Cell<bool> boolean(std::string_view name) const { return named<bool>(name); }
    Cell<Value> value(std::string_view name) const { return named<Value>(name); }

    // The verdict. Give exactly one; what is passed is copied at once.
    Verdict passes() const { return {}; }
    Verdict undecided() const;
    Verdict fails() const;
    Verdict fails(std::initializer_list<Evidence> evidence) const;
    Verdict fails(const Evidence* evidence, std::size_t count) const;
    // Also the rows of the same case that it was judged by, at most 256: they are shown with the finding, as
    // its context.
    Verdict fails(std::initializer_list<Evidence> evidence, std::initializer_list<Row> judged_by) const;
    Verdict fails(const Evidence* evidence, std::size_t count, const Row* judged_by, std::size_t rows) const;

    std::size_t index() const { return index_; }  // within the batch
    std::uint32_t case_number() const;
    const Calendar& calendar() const;
    Date as_at() const;

  private:
    template <class T>
    Cell<T> named(std::string_view name) const;
    const Batch* batch_;
    std::size_t index_;
};

// Walks the rows [first, last) of a batch.
class RowIterator {
  public:
    RowIterator(const Batch& batch, std::size_t index) : batch_(&batch), index_(index) {}
    Row operator*() const { return {*batch_, index_}; }
    RowIterator& operator++() {
        ++index_;
        return *this;
    }
    bool operator==(const RowIterator& other) const { return index_ == other.index_; }

  private:
    const Batch* batch_;
    std::size_t index_;
};

// One column over some rows, to be walked in one go: what is the same for all of them is looked up once.
//     for (const Cell<Date> day : disputes.column(raised_on)) if (day) …
template <class T>
class Column {
  public:
    // Rows [first, last). `column` empty: the rule does not give the expression, and every cell is missing.
    Column(const Batch& batch, std::optional<std::size_t> column, std::size_t first, std::size_t last);
    std::size_t size() const { return last_ - first_; }
    Cell<T> operator[](std::size_t i) const { return cell(first_ + i); }

    // Calls visit(i, value) for each cell that is present, in order: the quickest way, a loop over the array
    // itself where no value is missing.
    template <class Visit>
    void each_present(Visit&& visit) const;

    class Iterator {
      public:
        Iterator(const Column& column, std::size_t row) : column_(column), row_(row) {}
        Cell<T> operator*() const { return column_.cell(row_); }
        Iterator& operator++() {
            ++row_;
            return *this;
        }
        bool operator==(const Iterator& other) const { return row_ == other.row_; }

      private:
        Column column_;  // a copy: what it holds can then stay in registers
        std::size_t row_;
    };
    Iterator begin() const { return {*this, first_}; }
    Iterator end() const { return {*this, last_}; }

  private:
    // Types whose column is an array of them.
    static constexpr bool is_array =
        std::is_same_v<T, Date> || std::is_same_v<T, std::int64_t> || std::is_same_v<T, double>;
    using Stored = std::conditional_t<std::is_same_v<T, Date>, std::int32_t, T>;
    Cell<T> cell(std::size_t row) const;
    // Apart and by value, so that a loop keeps all else in registers.
    [[gnu::noinline]] static State state_without_value(const Batch& batch, std::size_t column,
                                                       std::size_t row);
    const Batch* batch_;
    std::size_t column_ = 0, first_, last_;
    const Stored* values_ = nullptr;  // from the batch's first row on
    Bits present_{nullptr, 0, 0};     // of an array; likewise
    bool absent_, whole_ = false;     // whole: an array without a missing value
};

// The rows of one case, in the table's order.
class Case {
  public:
    Case(const Batch& batch, std::size_t first, std::size_t last)
        : batch_(&batch), first_(first), last_(last) {}
    std::size_t size() const { return last_ - first_; }
    Row operator[](std::size_t i) const { return {*batch_, first_ + i}; }
    RowIterator begin() const { return {*batch_, first_}; }
    RowIterator end() const { return {*batch_, last_}; }
    // The same, by the name that the check gives to what it judges: static constexpr auto table = "reviews";
    // throws Refusal for another.
    const Case& table(std::string_view name) const;
    // The cells of these rows; see Column.
    template <class T>
    Column<T> column(const Expression<T>& expression) const;
    const Calendar& calendar() const;
    Date as_at() const;

  private:
    const Batch* batch_;
    std::size_t first_, last_;
};

class Batch {
  public:
    Batch(const caseaudit_batch& raw, const caseaudit_sink& sink, const Context& context)
        : raw_(&raw), sink_(&sink), context_(&context) {}
    std::size_t size() const { return raw_->length; }
    Row operator[](std::size_t i) const { return {*this, i}; }
    RowIterator begin() const { return {*this, 0}; }
    RowIterator end() const { return {*this, size()}; }
    const Context& context() const { return *context_; }
    const caseaudit_batch& raw() const { return *raw_; }
    const caseaudit_sink& sink() const { return *sink_; }

    // Calls visit(const Case&) for each case, in order.
    template <class Visit>
    void each_case(Visit&& visit) const {
        for (std::size_t first = 0, last = 0; first < size(); first = last) {
            while (last < size() && raw_->cases[last] == raw_->cases[first]) ++last;
            visit(Case(*this, first, last));
        }
    }

    // The cells of all rows; see Column.
    template <class T>
    Column<T> column(const Expression<T>& expression) const;

    // Whole columns, for checks that work on 64 rows at a time.
    Bits validity(std::size_t column) const {
        const ArrowArray& array = raw_->columns[column];
        return {array.buffers[0], static_cast<std::size_t>(array.offset), size()};
    }
    Bits booleans(const Expression<bool>& expression) const {
        const ArrowArray& array = raw_->columns[expression.column()];
        return {array.buffers[1], static_cast<std::size_t>(array.offset), size()};
    }
    // Verdicts on rows first … first + 63, `first` a multiple of 64: bit i speaks of row first + i.
    void mark(std::size_t first, std::uint64_t failed, std::uint64_t undecided) const {
        if (sink_->struct_size > offsetof(caseaudit_sink, mark) && sink_->mark != nullptr)
            return sink_->mark(sink_->self, first, failed, undecided);
        for (std::size_t i = 0; i < 64; ++i) {
            if (failed >> i & 1) sink_->fail(sink_->self, first + i, nullptr, 0);
            if (undecided >> i & 1) sink_->undecided(sink_->self, first + i);
        }
    }

    // Whether the host wants to know which rows are being judged, and telling it: see caseaudit_sink.
    bool watched() const {
        return sink_->struct_size > offsetof(caseaudit_sink, judging) && sink_->judging != nullptr;
    }
    void judging(std::size_t first, std::size_t count) const { sink_->judging(sink_->self, first, count); }

    State state(std::size_t column, std::size_t row) const {
        if (raw_->states != nullptr && raw_->states[column] != nullptr)
            return static_cast<State>(raw_->states[column][row]);
        return validity(column)[row] ? State::present : State::missing;
    }
    template <class T>
    Cell<T> cell(std::size_t column, std::size_t row) const {
        const State cell_state = state(column, row);
        if (cell_state == State::present) return {cell_state, read<T>(column, row)};
        if constexpr (std::is_same_v<T, std::string_view> || std::is_same_v<T, Value>) {
            if (cell_state == State::invalid && validity(column)[row])
                return {cell_state, read<T>(column, row), true};
        }
        return {cell_state, T{}};
    }

  private:
    template <class T>
    const T* values(std::size_t column) const {
        const ArrowArray& array = raw_->columns[column];
        return static_cast<const T*>(array.buffers[1]) + array.offset;
    }
    template <class T>
    T read(std::size_t column, std::size_t row) const {
        if constexpr (std::is_same_v<T, bool>) {
            const ArrowArray& array = raw_->columns[column];
            return Bits(array.buffers[1], static_cast<std::size_t>(array.offset), size())[row];
        } else if constexpr (std::is_same_v<T, Date>) {
            return {values<std::int32_t>(column)[row]};
        } else if constexpr (std::is_same_v<T, std::string_view>) {
            const std::int32_t* offsets = values<std::int32_t>(column) + row;
            const char* text = static_cast<const char*>(raw_->columns[column].buffers[2]);
            return {text + offsets[0], static_cast<std::size_t>(offsets[1] - offsets[0])};
        } else if constexpr (std::is_same_v<T, Value>) {
            return read_any(column, row);
        } else {
            return values<T>(column)[row];
        }
    }
    Value read_any(std::size_t column, std::size_t row) const {
        switch (raw_->schemas[column].format[0]) {
            case 'b':
                return {Type::boolean, read<bool>(column, row), 0, {}};
            case 'l':
                return {Type::integer, read<std::int64_t>(column, row), 0, {}};
            case 'g':
                return {Type::decimal, 0, read<double>(column, row), {}};
            case 't':
                return {Type::date, read<Date>(column, row).days, 0, {}};
            default:
                return {Type::text, 0, 0, read<std::string_view>(column, row)};
        }
    }

    const caseaudit_batch* raw_;
    const caseaudit_sink* sink_;
    const Context* context_;
};

template <class T>
Column<T>::Column(const Batch& batch, std::optional<std::size_t> column, std::size_t first, std::size_t last)
    : batch_(&batch), first_(first), last_(last), absent_(!column) {
    if (absent_) return;
    column_ = *column;
    const ArrowArray& array = batch.raw().columns[column_];
    if constexpr (is_array) {
        present_ = batch.validity(column_);  // what is valid is present, but for codes
        whole_ = present_.all();
        values_ = static_cast<const Stored*>(array.buffers[1]) + array.offset;
    }
}
template <class T>
Cell<T> Column<T>::cell(std::size_t row) const {
    if constexpr (is_array) {
        if (whole_) return {State::present, T{values_[row]}};
        if (!absent_ && present_[row]) return {State::present, T{values_[row]}};
        return {absent_ ? State::missing : state_without_value(*batch_, column_, row), T{}};
    }
    return absent_ ? Cell<T>{State::missing, T{}} : batch_->template cell<T>(column_, row);
}
template <class T>
State Column<T>::state_without_value(const Batch& batch, std::size_t column, std::size_t row) {
    return batch.state(column, row);
}
template <class T>
template <class Visit>
void Column<T>::each_present(Visit&& visit) const {
    if (absent_) return;
    if constexpr (is_array) {
        const Stored* const values = values_ + first_;
        const std::size_t count = size();
        if (whole_) {
            for (std::size_t i = 0; i < count; ++i) visit(i, T{values[i]});
            return;
        }
        for (std::size_t base = 0; base < count; base += 64) {
            std::uint64_t word = present_.word(first_ + base);
            if (count - base < 64) word &= (std::uint64_t{1} << (count - base)) - 1;
            for (; word != 0; word &= word - 1) {
                const std::size_t i = base + static_cast<std::size_t>(std::countr_zero(word));
                visit(i, T{values[i]});
            }
        }
        return;
    }
    for (std::size_t i = 0, count = size(); i < count; ++i)
        if (const auto one = (*this)[i]) visit(i, *one);
}
template <class T>
Column<T> Case::column(const Expression<T>& expression) const {
    return {*batch_, expression.given() ? std::optional(expression.column()) : std::nullopt, first_, last_};
}
template <class T>
Column<T> Batch::column(const Expression<T>& expression) const {
    return {*this, expression.given() ? std::optional(expression.column()) : std::nullopt, 0, size()};
}

template <class T>
Cell<T> Row::operator[](const Expression<T>& expression) const {
    if (!expression.given()) return {State::missing, T{}};
    return batch_->cell<T>(expression.column(), index_);
}
template <class T>
Cell<T> Row::cell(const ExpressionList<T>& list, std::size_t i) const {
    return batch_->cell<T>(list.column() + i, index_);
}
inline State Row::state(std::size_t column) const {
    return batch_->state(column, index_);
}
template <class T>
Cell<T> Row::named(std::string_view name) const {
    const auto& column = batch_->context().declarations.column(name, type_of<T>);
    return column.given ? batch_->cell<T>(column.number, index_) : Cell<T>{State::missing, T{}};
}
inline Verdict Row::undecided() const {
    batch_->sink().undecided(batch_->sink().self, index_);
    return {};
}
inline Verdict Row::fails() const {
    return fails(nullptr, 0);
}
inline Verdict Row::fails(std::initializer_list<Evidence> evidence) const {
    return fails(evidence.begin(), evidence.size());
}
inline Verdict Row::fails(const Evidence* evidence, std::size_t count) const {
    batch_->sink().fail(batch_->sink().self, index_, evidence, count);
    return {};
}
inline Verdict Row::fails(std::initializer_list<Evidence> evidence,
                          std::initializer_list<Row> judged_by) const {
    return fails(evidence.begin(), evidence.size(), judged_by.begin(), judged_by.size());
}
inline Verdict Row::fails(const Evidence* evidence, std::size_t count, const Row* judged_by,
                          std::size_t rows) const {
    const caseaudit_sink& sink = batch_->sink();
    if (sink.struct_size <= offsetof(caseaudit_sink, fail_by) || sink.fail_by == nullptr)
        return fails(evidence, count);
    std::vector<std::size_t> numbers;
    for (std::size_t i = 0; i < rows; ++i) numbers.push_back(judged_by[i].index());
    sink.fail_by(sink.self, index_, evidence, count, numbers.data(), rows);
    return {};
}
inline std::uint32_t Row::case_number() const {
    return batch_->raw().cases[index_];
}
inline const Calendar& Row::calendar() const {
    return batch_->context().calendar;
}
inline Date Row::as_at() const {
    return batch_->context().as_at;
}
inline const Case& Case::table(std::string_view name) const {
    batch_->context().declarations.check_table(name);
    return *this;
}
inline const Calendar& Case::calendar() const {
    return batch_->context().calendar;
}
inline Date Case::as_at() const {
    return batch_->context().as_at;
}

}  // namespace caseaudit::sdk
