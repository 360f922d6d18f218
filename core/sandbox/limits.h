// What a sandboxed plugin may use.
#pragma once
#include <cstdint>

#include "plugin/quarantine.h"

namespace caseaudit::sandbox {

struct Limits {
    double seconds = 2;                               // for one record, or the rows of one case together
    double load_seconds = 10;                         // to load, and to make a check
    std::uint64_t memory = std::uint64_t{512} << 20;  // bytes, for each of its processes
    unsigned breaks = plugin::Quarantine::default_breaks;
};

}  // namespace caseaudit::sandbox
