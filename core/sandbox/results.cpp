#include "sandbox/results.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace caseaudit::sandbox {

bool receive(int channel, Message& message) {
    ssize_t size = 0;
    do {
        size = ::read(channel, &message, sizeof message);
    } while (size < 0 && errno == EINTR);
    return size == static_cast<ssize_t>(sizeof message);
}

void send(int channel, const Message& message) {
    ssize_t size = 0;
    do {
        size = ::write(channel, &message, sizeof message);
    } while (size < 0 && errno == EINTR);
    if (size != static_cast<ssize_t>(sizeof message)) ::_exit(0);  // nobody is there to hear more
}

Results::Results(std::byte* output, int channel)
    : progress_(reinterpret_cast<Progress*>(output)), frames_(output + progress_room), channel_(channel) {}

void Results::begin(std::uint32_t sequence) {
    sequence_ = sequence;
    position_ = 0;
    finish();
}

void Results::make_room(std::size_t size) {
    if (size <= output_size - progress_room - position_) return;
    sandbox::send(channel_, {static_cast<std::uint32_t>(Kind::drain), sequence_, 0});
    progress_->answered.store(sequence_, std::memory_order_release);
    Message answer;
    if (!receive(channel_, answer) || answer.kind != static_cast<std::uint32_t>(Kind::drained)) ::_exit(0);
    position_ = 0;
    finish();
}

void Results::start(Frame kind, std::size_t size) {
    make_room(frame_header + size);
    put(static_cast<std::uint32_t>(size));
    put(kind);
}

void Results::put(const void* bytes, std::size_t size) {
    if (size > 0) std::memcpy(frames_ + position_, bytes, size);
    position_ += size;
}

void Results::text(std::string_view text) {
    put(static_cast<std::uint32_t>(text.size()));
    put(text.data(), text.size());
}

void Results::frame(Frame kind, std::string_view content) {
    start(kind, content.size());
    put(content.data(), content.size());
    finish();
}

void Results::send(Kind kind) {
    sandbox::send(channel_, {static_cast<std::uint32_t>(kind), sequence_, 0});
    progress_->answered.store(sequence_, std::memory_order_release);
}

}  // namespace caseaudit::sandbox
