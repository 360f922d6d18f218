// Takes from a process, step by step and for good, what the code that it is about to load must not have. For
// the worker program alone, which links libseccomp; a process of one thread.
#pragma once
#include <cstdint>

#include "diagnostic/diagnostic.h"

namespace caseaudit::platform {

// Called, from a signal handler, with the number of a system call that was refused. Must not return.
using Refused = void (*)(int call);

struct Confinement {
    int parent = 0;                   // the process that ends this one when it ends
    std::uint64_t address_space = 0;  // bytes, everything that is mapped included
    int control = 3;                  // the descriptor to read from and write to
    Refused refused = nullptr;
};

// Before code of others is loaded: death with the parent, no new privileges, no capabilities, limits (address
// space, no core, no files, no processes), user, network and message namespaces of its own where the system
// allows, Landlock (nothing but reading the folders of the system's libraries) and the first seccomp filter.
// Fails, with "sandbox.…" and what to do, when a part that the sandbox rests on is not to be had.
Diagnostics confine_for_loading(const Confinement& confinement);

// Once it is loaded, before any of it is called: the second filter. No file is opened any more, no memory
// becomes executable, and descriptors can be neither opened nor closed.
Diagnostics confine_for_judging(const Confinement& confinement);

}  // namespace caseaudit::platform
