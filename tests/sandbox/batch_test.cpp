// Batches in shared memory, whole and in parts.
#include <random>

#include "sandbox/batch.h"

using namespace caseaudit::sandbox;

namespace {

// Shared memory that is none: everything is copied into it.
struct Copies : Placed {
    std::string bytes;
    std::uint64_t offset_of(const void* buffer, std::size_t size) override {
        bytes.resize((bytes.size() + 7) / 8 * 8);
        const auto at = bytes.size();
        bytes.append(static_cast<const char*>(buffer), size);
        return at;
    }
};

struct Column {
    std::vector<std::uint8_t> validity, values, states;
    std::string text;
    const void* buffers[3];
};

bool bit(const void* bits, std::size_t i) {
    return (static_cast<const std::uint8_t*>(bits)[i / 8] >> (i % 8) & 1) != 0;
}

}  // namespace

TEST_CASE("any part of a batch has the rows of the whole") {
    constexpr std::size_t rows = 100;
    std::mt19937 random(3);
    std::vector<std::uint8_t> bits(16), validity(16), states(rows);
    std::vector<std::int32_t> dates(rows), offsets(rows + 1);
    std::vector<std::int64_t> numbers(rows);
    std::vector<std::uint32_t> cases(rows);
    std::string text;
    for (auto& byte : bits) byte = static_cast<std::uint8_t>(random());
    for (auto& byte : validity) byte = static_cast<std::uint8_t>(random());
    for (std::size_t i = 0; i < rows; ++i) {
        states[i] = static_cast<std::uint8_t>(random() % 3);
        dates[i] = static_cast<std::int32_t>(random());
        numbers[i] = static_cast<std::int64_t>(random());
        cases[i] = static_cast<std::uint32_t>(i / 3);
        offsets[i] = static_cast<std::int32_t>(text.size());
        text.append(random() % 5, static_cast<char>('a' + i % 26));
    }
    offsets[rows] = static_cast<std::int32_t>(text.size());
    const void* booleans[] = {nullptr, bits.data()};
    const void* days[] = {validity.data(), dates.data()};
    const void* integers[] = {nullptr, numbers.data()};
    const void* words[] = {validity.data(), offsets.data(), text.data()};
    std::vector<ArrowArray> arrays(4);
    std::vector<ArrowSchema> schemas(4);
    const char* formats[] = {"b", "tdD", "l", "u"};
    const void** buffers[] = {booleans, days, integers, words};
    for (std::size_t c = 0; c < 4; ++c) {
        arrays[c].length = rows;
        arrays[c].buffers = buffers[c];
        schemas[c].format = formats[c];
    }
    const std::uint8_t* all_states[] = {nullptr, states.data(), nullptr, nullptr};
    Copies copies;
    Encoder encoded;
    encode_batch(encoded,
                 {sizeof(caseaudit_batch), rows, 4, arrays.data(), schemas.data(), all_states, cases.data()},
                 copies);
    SharedBatch shared;
    Decoder decoder(encoded.bytes());
    shared.decode(decoder, reinterpret_cast<const std::byte*>(copies.bytes.data()));
    REQUIRE(decoder.finished());
    REQUIRE(shared.whole().length == rows);
    for (std::size_t first = 0; first < rows; ++first)
        for (const std::size_t count : {std::size_t{1}, std::size_t{7}, std::size_t{64}, rows - first}) {
            if (first + count > rows) continue;
            const auto& part = shared.rows(first, count);
            bool same = part.length == count && part.column_count == 4;
            std::int64_t nulls = 0;
            for (std::size_t i = 0; i < count && same; ++i) {
                const auto row = first + i;
                nulls += bit(validity.data(), row) ? 0 : 1;
                const auto* texts = static_cast<const std::int32_t*>(part.columns[3].buffers[1]);
                same = bit(part.columns[0].buffers[1], i) == bit(bits.data(), row) &&
                       bit(part.columns[1].buffers[0], i) == bit(validity.data(), row) &&
                       static_cast<const std::int32_t*>(part.columns[1].buffers[1])[i] == dates[row] &&
                       static_cast<const std::int64_t*>(part.columns[2].buffers[1])[i] == numbers[row] &&
                       std::string(static_cast<const char*>(part.columns[3].buffers[2]) + texts[i],
                                   static_cast<std::size_t>(texts[i + 1] - texts[i])) ==
                           text.substr(static_cast<std::size_t>(offsets[row]),
                                       static_cast<std::size_t>(offsets[row + 1] - offsets[row])) &&
                       part.states[1][i] == states[row] && part.states[0] == nullptr &&
                       part.cases[i] == cases[row];
            }
            CHECK(same);
            if (count != rows) CHECK(part.columns[1].null_count == nulls);
            CHECK(std::string(part.schemas[1].format) == "tdD");
        }
}
