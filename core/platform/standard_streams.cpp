#include "platform/standard_streams.h"

#include <fcntl.h>
#include <stdio_ext.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

namespace caseaudit::platform {

void hold_standard_streams() {
    // The least number that is free is taken: those before it are open. The other way round than it is used.
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        if (::fcntl(stream, F_GETFD) < 0 && errno == EBADF)
            static_cast<void>(::open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY));
}

std::optional<int> flush_standard_output() {
    const bool flushed = std::fflush(stdout) == 0;
    int error = errno;
    if (flushed && std::ferror(stdout) == 0) return std::nullopt;
    // What was lost before has left no cause: one more byte meets the same one, if it is still there.
    if (flushed) error = ::write(STDOUT_FILENO, "\n", 1) < 0 ? errno : 0;
    ::__fpurge(stdout);
    std::clearerr(stdout);
    return error;
}

}  // namespace caseaudit::platform
