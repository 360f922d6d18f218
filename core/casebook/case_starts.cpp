#include "casebook/case_starts.h"

#include <algorithm>
#include <numeric>

namespace caseaudit::casebook {

std::uint32_t CaseStarts::operator[](std::size_t i) const {
    if (counts_.empty()) return offsets_[i];
    const auto counts = counts_.begin() + static_cast<std::ptrdiff_t>(i / block * block);
    return std::accumulate(counts, counts + static_cast<std::ptrdiff_t>(i % block), offsets_[i / block]);
}

std::uint32_t CaseStarts::most_rows(std::uint32_t first, std::uint32_t count) const {
    if (!counts_.empty()) {
        std::uint8_t most = 0;
        for (const std::uint8_t rows : counts_.subspan(first, count)) most = std::max(most, rows);
        return most;
    }
    std::uint32_t most = 0;
    for (std::uint32_t i = first; i < first + count; ++i) most = std::max(most, rows(i));
    return most;
}

void CaseStarts::read(std::uint32_t first, std::uint32_t count, std::uint32_t* out) const {
    if (counts_.empty()) {
        std::copy_n(offsets_.begin() + first, std::size_t{count} + 1, out);
        return;
    }
    std::uint32_t offset = (*this)[first];
    *out++ = offset;
    for (const std::uint8_t rows : counts_.subspan(first, count)) *out++ = offset += rows;
}

std::uint32_t CaseStarts::case_of(std::uint32_t row) const {
    const auto after = std::upper_bound(offsets_.begin(), offsets_.end(), row);
    const auto found = static_cast<std::uint32_t>(after - offsets_.begin()) - 1;
    if (counts_.empty()) return found;
    std::uint32_t of_case = found * block;
    for (std::uint32_t end = offsets_[found] + counts_[of_case]; end <= row; end += counts_[of_case])
        ++of_case;
    return of_case;
}

bool CaseStarts::pack(std::span<const std::uint32_t> all, std::uint32_t* offsets, std::uint8_t* counts) {
    std::uint32_t most = 0;
    for (std::size_t i = 0; i + 1 < all.size(); ++i) {
        const std::uint32_t rows = all[i + 1] - all[i];
        most = std::max(most, rows);
        counts[i] = static_cast<std::uint8_t>(rows);
    }
    for (std::size_t i = 0; i < all.size(); i += block) *offsets++ = all[i];
    return most <= UINT8_MAX;
}

void spread_cases(std::span<const std::uint32_t> starts, std::uint32_t number, std::uint32_t* out) {
    for (std::size_t i = 0; i + 1 < starts.size(); ++i, ++number) {
        const std::uint32_t rows = starts[i + 1] - starts[i];
        // Few cases have more rows than are written at one go; what is too much the next case writes over.
        std::fill_n(out, spread_room, number);
        if (rows > spread_room) std::fill_n(out + spread_room, rows - spread_room, number);
        out += rows;
    }
}

}  // namespace caseaudit::casebook
