// Two pieces of work at once.
#pragma once
#include <tbb/parallel_invoke.h>

#include <exception>

namespace caseaudit::platform {

// On two threads where there are two. Throws what `first` threw, else what `second` did, once both have
// ended: TBB itself would cancel what the other has under way, which would then go on with half of it.
template <class First, class Second>
void do_both(const First& first, const Second& second) {
    std::exception_ptr thrown[2];
    const auto guarded = [](const auto& work, std::exception_ptr& caught) {
        try {
            work();
        } catch (...) {
            caught = std::current_exception();
        }
    };
    tbb::parallel_invoke([&] { guarded(first, thrown[0]); }, [&] { guarded(second, thrown[1]); });
    for (const auto& caught : thrown)
        if (caught) std::rethrow_exception(caught);
}

}  // namespace caseaudit::platform
