// The worker's side of the output: frames, one after the other, each whole before it counts.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "sandbox/protocol.h"

namespace caseaudit::sandbox {

// What code of the plugin calls, through the sink, goes here: nothing allocates and nothing throws. One only,
// on one thread.
class Results {
  public:
    // Over the output as mapped here. The channel asks the host to take what is there when it is full.
    Results(std::byte* output, int channel);

    // Before the answer to a request is written.
    void begin(std::uint32_t sequence);
    void judging(Unit unit) { progress_->unit.store(pack_unit(unit), std::memory_order_relaxed); }
    void refused_call(int number) { progress_->refused_call.store(static_cast<std::uint32_t>(number) + 1); }

    // A frame is made of any number of pieces between start and finish; `size` is all of its content.
    void start(Frame kind, std::size_t size);
    void put(const void* bytes, std::size_t size);
    template <class T>
    void put(T value) {
        put(&value, sizeof value);
    }
    void text(std::string_view text);
    void finish() { progress_->written.store(position_, std::memory_order_release); }

    void frame(Frame kind, std::string_view content);
    // Ends the answer. Returns when it has been sent.
    void send(Kind kind);

  private:
    void make_room(std::size_t size);
    Progress* progress_;
    std::byte* frames_;
    int channel_;
    std::uint32_t sequence_ = 0;
    std::size_t position_ = 0;
};

// Reads a message; false when the host is gone.
bool receive(int channel, Message& message);
void send(int channel, const Message& message);

}  // namespace caseaudit::sandbox
