// Children by the piece: made in parallel, taken in order.
#pragma once
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <memory>

namespace caseaudit::generate {

// `make(first, end)` gives a std::shared_ptr<Piece> for the children from `first` up to `end`, `at_once` of
// them (0: one), on several threads; `take(const Piece&)` gets the pieces one by one in the order of the
// children, and returns false when no more are wanted. In the calling thread's oneTBB arena; as many pieces
// are in memory as keep it busy.
template <class Piece, class Make, class Take>
void in_pieces(std::uint64_t children, std::uint64_t at_once, const Make& make, const Take& take) {
    const std::uint64_t step = at_once ? at_once : 1;
    std::uint64_t next = 0;
    std::atomic<bool> stopped = false;
    const auto begin = [&](tbb::flow_control& control) -> std::uint64_t {
        const std::uint64_t first = next;
        if (first >= children || stopped) control.stop();
        next += step;
        return first;
    };
    using Shared = std::shared_ptr<Piece>;
    tbb::parallel_pipeline(
        2 * static_cast<std::size_t>(tbb::this_task_arena::max_concurrency()),
        tbb::make_filter<void, std::uint64_t>(tbb::filter_mode::serial_in_order, begin) &
            tbb::make_filter<std::uint64_t, Shared>(tbb::filter_mode::parallel,
                                                    [&](std::uint64_t first) -> Shared {
                                                        return make(first, std::min(first + step, children));
                                                    }) &
            tbb::make_filter<Shared, void>(tbb::filter_mode::serial_in_order, [&](const Shared& piece) {
                if (!take(*piece)) stopped = true;
            }));
}

}  // namespace caseaudit::generate
