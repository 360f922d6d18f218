#include "platform/spool.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace caseaudit::platform {

Spool::Spool(std::string folder, std::size_t memory_limit)
    : folder_(std::move(folder)), limit_(memory_limit) {}

Spool::~Spool() {
    if (file_ >= 0) close(file_);
}

bool Spool::append(std::size_t part, std::string_view bytes) {
    if (bytes.empty()) return true;
    const std::uint64_t begin = in_file_ + memory_.size();
    memory_ += bytes;
    auto& stretches = parts_[part];
    if (stretches.empty() || stretches.back().end != begin) stretches.push_back({begin, begin});
    stretches.back().end = begin + bytes.size();
    return memory_.size() <= limit_ || spill();
}

bool Spool::spill() {
    if (file_ < 0) file_ = open(folder_.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (file_ < 0) return true;  // the file system has no nameless files: memory holds them
    std::size_t done = 0;
    while (done < memory_.size()) {
        const ssize_t written =
            pwrite(file_, memory_.data() + done, memory_.size() - done, static_cast<off_t>(in_file_ + done));
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        done += static_cast<std::size_t>(written);
    }
    in_file_ += memory_.size();
    memory_.clear();
    return true;
}

bool Spool::release(std::size_t part, const std::function<bool(std::string_view)>& take) {
    const auto held = parts_.extract(part);
    bool whole = true;
    if (!held.empty())
        for (const Stretch& stretch : held.mapped()) whole = whole && hand_over(stretch, take);
    if (parts_.empty()) start_again();
    return whole;
}

bool Spool::hand_over(Stretch stretch, const std::function<bool(std::string_view)>& take) {
    auto& [at, end] = stretch;
    while (at < end && at < in_file_) {
        buffer_.resize(std::size_t{1} << 20);
        const auto wanted = std::min<std::uint64_t>(buffer_.size(), std::min(end, in_file_) - at);
        const ssize_t got = pread(file_, buffer_.data(), wanted, static_cast<off_t>(at));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        if (!take({buffer_.data(), static_cast<std::size_t>(got)})) return false;
        at += static_cast<std::uint64_t>(got);
    }
    return at == end || take(std::string_view(memory_).substr(at - in_file_, end - at));
}

// Nothing is held any more: its room is there for what comes.
void Spool::start_again() {
    if (file_ >= 0) static_cast<void>(ftruncate(file_, 0));
    in_file_ = 0;
    memory_.clear();
}

}  // namespace caseaudit::platform
