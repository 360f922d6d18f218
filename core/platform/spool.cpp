#include "platform/spool.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace caseaudit::platform {

Spool::Spool(std::string folder, std::size_t memory_limit)
    : folder_(std::move(folder)), limit_(memory_limit) {}

Spool::~Spool() {
    if (file_ >= 0) close(file_);
}

bool Spool::append(std::string_view bytes) {
    memory_ += bytes;
    return memory_.size() <= limit_ || spill();
}

bool Spool::spill() {
    if (file_ < 0) file_ = open(folder_.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (file_ < 0) return true;  // the file system has no nameless files: memory holds them
    std::size_t done = 0;
    while (done < memory_.size()) {
        const ssize_t written = write(file_, memory_.data() + done, memory_.size() - done);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        done += static_cast<std::size_t>(written);
    }
    memory_.clear();
    return true;
}

bool Spool::replay(const std::function<bool(std::string_view)>& take) {
    if (file_ >= 0) {
        lseek(file_, 0, SEEK_SET);
        std::string buffer(std::size_t{1} << 20, '\0');
        for (;;) {
            const ssize_t got = read(file_, buffer.data(), buffer.size());
            if (got < 0 && errno == EINTR) continue;
            if (got < 0) return false;
            if (got == 0) break;
            if (!take({buffer.data(), static_cast<std::size_t>(got)})) return false;
        }
    }
    return memory_.empty() || take(memory_);
}

}  // namespace caseaudit::platform
