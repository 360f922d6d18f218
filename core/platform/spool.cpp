#include "platform/spool.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <tuple>

namespace caseaudit::platform {

Spool::Spool(std::string folder, std::size_t memory_limit)
    : folder_(std::move(folder)), limit_(memory_limit) {}

Spool::~Spool() {
    if (file_ >= 0) close(file_);
}

bool Spool::add(std::uint64_t place, std::string_view bytes) {
    if (bytes.empty()) return true;
    const std::uint64_t begin = in_file_ + memory_.size();
    memory_ += bytes;
    parts_.push_back({place, begin, begin + bytes.size()});
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

bool Spool::release(std::uint64_t end, const std::function<bool(std::string_view)>& take) {
    const auto before = [](const Part& a, const Part& b) {
        return std::tie(a.place, a.begin) < std::tie(b.place, b.begin);
    };
    const auto rest =
        std::partition(parts_.begin(), parts_.end(), [end](const Part& part) { return part.place < end; });
    std::sort(parts_.begin(), rest, before);
    bool whole = true;
    std::string out;
    for (auto part = parts_.begin(); part != rest && whole;) {
        const std::uint64_t begin = part->begin;
        std::uint64_t stop = begin;
        for (; part != rest && part->begin == stop; ++part) stop = part->end;  // came one after the other
        whole = hand_over(begin, stop, out, take);
    }
    whole = whole && (out.empty() || take(out));
    parts_.erase(parts_.begin(), rest);
    if (parts_.empty()) start_again();
    return whole;
}

// Small stretches are put together in `out`.
bool Spool::hand_over(std::uint64_t at, std::uint64_t end, std::string& out,
                      const std::function<bool(std::string_view)>& take) {
    constexpr std::size_t piece = std::size_t{1} << 20;
    while (at < end) {
        const std::size_t held = out.size();
        std::uint64_t size = std::min<std::uint64_t>(end - at, piece);
        if (at < in_file_) {
            out.resize(held + std::min(size, in_file_ - at));
            const ssize_t got = pread(file_, out.data() + held, out.size() - held, static_cast<off_t>(at));
            out.resize(held + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0) return false;
            size = static_cast<std::uint64_t>(got);
        } else {
            out += std::string_view(memory_).substr(at - in_file_, size);
        }
        at += size;
        if (out.size() < piece) continue;
        if (!take(out)) return false;
        out.clear();
    }
    return true;
}

// Nothing is held any more: its room is there for what comes.
void Spool::start_again() {
    if (file_ >= 0) static_cast<void>(ftruncate(file_, 0));
    in_file_ = 0;
    memory_.clear();
}

}  // namespace caseaudit::platform
