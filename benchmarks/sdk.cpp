// How much iterating a typed column through the SDK costs, against a loop over a plain array.
#include <caseaudit/sdk.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

using namespace caseaudit::sdk;

namespace {

constexpr std::size_t rows =
    1 << 16;  // a batch that stays in the cache: the loop is measured, not the memory
constexpr int repeats = 400, rounds = 15;

// Nanoseconds for a row, the best of some rounds: others use the processor too.
template <class Sum>
double measure(Sum sum) {
    double best = 1e9;
    std::int64_t total = 0;
    for (int round = 0; round < rounds; ++round) {
        const auto start = std::chrono::steady_clock::now();
        for (int repeat = 0; repeat < repeats; ++repeat) {
            total += sum();
            asm volatile("" : "+r"(total) : : "memory");
        }
        const std::chrono::duration<double, std::nano> taken = std::chrono::steady_clock::now() - start;
        best = std::min(best, taken.count() / (double{rows} * repeats));
    }
    return best;
}

[[gnu::noinline]] std::int64_t plain(const std::int32_t* days, std::size_t count) {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < count; ++i) sum += days[i];
    return sum;
}
[[gnu::noinline]] std::int64_t plain_with_validity(const std::int32_t* days, const std::uint8_t* valid,
                                                   std::size_t count) {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < count; ++i)
        if (valid[i / 8] >> (i % 8) & 1) sum += days[i];
    return sum;
}
[[gnu::noinline]] std::int64_t by_column(const Batch& batch, const Expression<Date>& day) {
    std::int64_t sum = 0;
    for (const auto cell : batch.column(day))
        if (cell) sum += cell->days;
    return sum;
}
[[gnu::noinline]] std::int64_t by_visit(const Batch& batch, const Expression<Date>& day) {
    std::int64_t sum = 0;
    batch.column(day).each_present([&](std::size_t, Date one) { sum += one.days; });
    return sum;
}
[[gnu::noinline]] std::int64_t by_row(const Batch& batch, const Expression<Date>& day) {
    std::int64_t sum = 0;
    for (const Row row : batch)
        if (const auto cell = row[day]) sum += cell->days;
    return sum;
}

[[gnu::noinline]] std::int64_t by_name(const Batch& batch) {
    std::int64_t sum = 0;
    for (const Row row : batch)
        if (const auto cell = row.date("day")) sum += cell->days;
    return sum;
}

}  // namespace

int main() {
    std::vector<std::int32_t> days(rows);
    for (std::size_t i = 0; i < rows; ++i) days[i] = static_cast<std::int32_t>(i * 7919 % 20000);
    std::vector<std::uint8_t> valid(rows / 8, 0xEF);
    const void* buffers[] = {nullptr, days.data()};
    ArrowArray array{};
    array.length = rows;
    array.n_buffers = 2;
    array.buffers = buffers;
    ArrowSchema schema{};
    schema.format = "tdD";
    caseaudit_batch raw{};
    raw.struct_size = sizeof raw;
    raw.length = rows;
    raw.column_count = 1;
    raw.columns = &array;
    raw.schemas = &schema;
    const caseaudit_sink sink{};
    const Context context{Calendar(nullptr), {}, {}, {}, {{}, {{"day", Type::date, true, 0}}}};
    const Batch batch(raw, sink, context);
    caseaudit_argument argument{};
    argument.type = CASEAUDIT_DATE;
    argument.count = 1;
    Expression<Date> day;
    day.set(argument);

    const auto report = [&](const char* what, double array_loop) {
        const double visited = measure([&] { return by_visit(batch, day); });
        const double column = measure([&] { return by_column(batch, day); });
        const double row = measure([&] { return by_row(batch, day); });
        const double name = measure([&] { return by_name(batch); });
        std::printf("%s array=%.3f each_present=%.3f column=%.3f row=%.3f name=%.3f\n", what, array_loop,
                    visited, column, row, name);
    };
    report("present", measure([&] { return plain(days.data(), rows); }));
    buffers[0] = valid.data();
    report("some_missing", measure([&] { return plain_with_validity(days.data(), valid.data(), rows); }));
}
