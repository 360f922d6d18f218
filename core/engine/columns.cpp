#include "engine/columns.h"

#include "casebook/postcode.h"

namespace caseaudit::engine {

using expression::Kind;
using expression::Vector;

namespace {

constexpr std::uint8_t present = 0, missing = 1, invalid = 2;

void nothing(ArrowArray*) {}
void nothing(ArrowSchema*) {}

// Of the values below the least one that is present, the highest is the invalid one. No branch: what a cell
// is cannot be guessed.
template <class T>
std::uint8_t state_of(T v, T invalid_value, T least) {
    return static_cast<std::uint8_t>((v < least) + (v == invalid_value));
}
std::uint8_t state_of(std::int8_t v) {
    return state_of(v, expression::invalid_boolean, std::int8_t{0});
}
std::uint8_t state_of(std::int32_t v) {
    return state_of(v, expression::invalid32, expression::invalid32 + 1);
}
std::uint8_t state_of(std::int64_t v) {
    return state_of(v, expression::invalid64, expression::invalid64 + 1);
}
std::uint8_t state_of(double v) {
    return expression::is_missing(v) ? missing : expression::is_invalid(v) ? invalid : present;
}

// Eight bytes of 0 or 1 to eight bits, the first byte lowest.
std::uint8_t pack8(const std::uint8_t* bytes) {
    std::uint64_t word;
    std::memcpy(&word, bytes, 8);
    return static_cast<std::uint8_t>((word * 0x0102040810204080ull) >> 56);
}

// `bits` gets one bit for each of `length` bytes of 0 or 1; `bytes` is padded to a multiple of 8 with zeros.
void pack_bits(std::pmr::vector<std::uint8_t>& bytes, std::uint32_t length,
               std::pmr::vector<std::uint8_t>& bits) {
    const std::size_t groups = (length + 7) / 8;
    bytes.resize(groups * 8, 0);
    bits.resize((groups + 7) / 8 * 8);
    for (std::size_t i = 0; i < groups; ++i) bits[i] = pack8(bytes.data() + i * 8);
}

}  // namespace

struct ColumnSet::Column {
    explicit Column(std::pmr::memory_resource* memory)
        : states(memory), validity(memory), values(memory), offsets(memory) {}
    std::pmr::vector<std::uint8_t> states, validity, values;
    std::pmr::vector<std::int32_t> offsets;
    std::pmr::vector<std::uint8_t> flags{std::pmr::new_delete_resource()};  // on the way to bits
    const void* buffers[3] = {nullptr, nullptr, nullptr};
    std::int64_t null_count = 0;
    const char* format = "";
    int buffer_count = 2;
    bool any_invalid = false;  // among the values that are valid in Arrow's terms

    // Copies the chosen values and their states. Returns whether any is not present.
    template <class T>
    bool copy(const T* data, const Selection& selection) {
        const std::uint32_t n = selection.count();
        values.resize(std::size_t{n} * sizeof(T));
        states.resize(n);
        T* out = reinterpret_cast<T*>(values.data());
        std::uint8_t any = 0;
        if (selection.all) {
            std::memcpy(out, data, std::size_t{n} * sizeof(T));
            for (std::uint32_t i = 0; i < n; ++i) any |= states[i] = state_of(data[i]);
        } else {
            for (std::uint32_t i = 0; i < n; ++i) {
                out[i] = data[selection.rows[i]];
                any |= states[i] = state_of(out[i]);
            }
        }
        return any != 0;
    }

    void set_validity(bool any_null, std::uint32_t n) {
        null_count = 0;
        buffers[0] = nullptr;
        if (!any_null) return;
        flags.resize(n);
        const std::uint8_t* __restrict const state = states.data();
        std::uint8_t* __restrict const flag = flags.data();
        for (std::uint32_t i = 0; i < n; ++i) flag[i] = state[i] == present;
        for (std::uint32_t i = 0; i < n; ++i) null_count += 1 - flag[i];
        pack_bits(flags, n, validity);
        buffers[0] = validity.data();
    }

    void set_boolean(const Vector& vector, const Selection& selection) {
        const std::uint32_t n = selection.count();
        flags.resize(n);
        states.resize(n);
        const std::uint8_t any =
            selection.all
                ? split_booleans(vector.booleans(), n, [](std::uint32_t i) { return i; })
                : split_booleans(vector.booleans(), n,
                                 [rows = selection.rows.data()](std::uint32_t i) { return rows[i]; });
        pack_bits(flags, n, values);
        format = "b";
        set_validity(any != 0, n);
        buffers[1] = values.data();
    }

    // Into flags and states; returns the states, all in one. Pointers of its own: bytes written could be
    // those of the vectors, for all the compiler knows.
    template <class RowOf>
    std::uint8_t split_booleans(const std::int8_t* __restrict data, std::uint32_t n, RowOf row_of) {
        std::uint8_t* __restrict const flag = flags.data();
        std::uint8_t* __restrict const state = states.data();
        std::uint8_t any = 0;
        for (std::uint32_t i = 0; i < n; ++i) {
            const std::int8_t v = data[row_of(i)];
            flag[i] = v == 1;
            state[i] = state_of(v);
            any |= state[i];
        }
        return any;
    }

    template <class T>
    void set_numbers(const T* data, const char* arrow, const Selection& selection) {
        const bool any_null = copy(data, selection);
        format = arrow;
        set_validity(any_null, selection.count());
        buffers[1] = values.data();
    }

    template <class TextOf>
    void set_text(const Vector& vector, const Selection& selection, const TextOf& text_of) {
        const std::uint32_t n = selection.count();
        const std::int32_t* data = vector.int32s();
        states.resize(n);
        offsets.resize(n + 1);
        values.clear();
        std::uint8_t any = 0;
        for (std::uint32_t i = 0; i < n; ++i) {
            offsets[i] = static_cast<std::int32_t>(values.size());
            const std::int32_t id = data[selection.row(i)];
            any |= states[i] = state_of(id);
            if (states[i] != present) continue;
            const auto text = text_of(id);
            values.insert(values.end(), text.begin(), text.end());
        }
        offsets[n] = static_cast<std::int32_t>(values.size());
        format = "u";
        buffer_count = 3;
        set_validity(any != 0, n);
        buffers[1] = offsets.data();
        buffers[2] = values.data();
    }
};

ColumnSet::ColumnSet(std::pmr::memory_resource& memory) : memory_(memory) {}
ColumnSet::~ColumnSet() = default;

void ColumnSet::clear(std::uint32_t length) {
    length_ = length;
    used_ = 0;
}

ColumnSet::Column& ColumnSet::next() {
    if (used_ == columns_.size()) columns_.push_back(std::make_unique<Column>(&memory_));
    Column& column = *columns_[used_++];
    column.buffer_count = 2;
    column.any_invalid = false;
    return column;
}

void ColumnSet::add(const Vector& vector, const Selection& selection, const expression::Batch& batch) {
    Column& column = next();
    switch (vector.kind) {
        case Kind::boolean:
            return column.set_boolean(vector, selection);
        case Kind::integer:
            return column.set_numbers(vector.int64s(), "l", selection);
        case Kind::decimal:
            return column.set_numbers(vector.decimals(), "g", selection);
        case Kind::date:
            return column.set_numbers(vector.int32s(), "tdD", selection);
        case Kind::postcode:
            return column.set_text(vector, selection, casebook::unpack_postcode);
        default:
            return column.set_text(vector, selection, [&](std::int32_t id) { return batch.text(id); });
    }
}

void ColumnSet::mark_invalid(const Vector& which, const Selection& selection) {
    Column& column = *columns_[used_ - 1];
    const std::int8_t* data = which.booleans();
    for (std::uint32_t i = 0; i < selection.count(); ++i) {
        if (data[selection.row(i)] != 1) continue;
        column.states[i] = invalid;
        column.any_invalid = true;
    }
}

caseaudit_batch ColumnSet::batch(const std::uint32_t* cases) {
    arrays_.assign(used_, {});
    schemas_.assign(used_, {});
    states_.assign(used_, nullptr);
    for (std::size_t i = 0; i < used_; ++i) {
        Column& column = *columns_[i];
        arrays_[i] = {length_, column.null_count, 0,      column.buffer_count, 0, column.buffers, nullptr,
                      nullptr, nothing,           nullptr};
        schemas_[i] = {column.format, "",      nullptr, ARROW_FLAG_NULLABLE, 0, nullptr,
                       nullptr,       nothing, nullptr};
        if (column.null_count != 0 || column.any_invalid) states_[i] = column.states.data();
    }
    return {sizeof(caseaudit_batch), length_, used_, arrays_.data(), schemas_.data(), states_.data(), cases};
}

std::uint32_t select(const Vector& condition, bool exclude, Selection& selection) {
    const std::int8_t* data = condition.booleans();
    const std::uint32_t before = selection.count();
    if (selection.all) selection.rows.resize(selection.size);
    std::uint32_t kept = 0, undecided = 0;
    for (std::uint32_t i = 0; i < before; ++i) {
        const std::uint32_t row = selection.row(i);
        selection.rows[kept] = row;
        kept += (data[row] == 1) != exclude;
        undecided += !exclude && data[row] < 0;
    }
    selection.rows.resize(kept);
    selection.all = kept == selection.size;
    return undecided;
}

}  // namespace caseaudit::engine
