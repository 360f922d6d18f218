// One thread's place to have batches judged by a plugin: memory that it shares with a worker process, and
// that process, which may die and be started again while the memory stays.
#pragma once
#include <functional>
#include <memory>
#include <memory_resource>
#include <string>
#include <string_view>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "platform/child.h"
#include "platform/shared_memory.h"
#include "plugin/plugin_file.h"
#include "sandbox/batch.h"
#include "sandbox/limits.h"
#include "sandbox/protocol.h"

namespace caseaudit::sandbox {

// Hands out the input's room for columns from its start to its end and takes nothing back: the buffers of
// columns grow a few times and then stay.
class ColumnRoom final : public std::pmr::memory_resource {
  public:
    ColumnRoom(std::byte* begin, std::size_t size) : begin_(begin), size_(size) {}
    bool holds(const void* pointer) const {
        const auto* byte = static_cast<const std::byte*>(pointer);
        return byte >= begin_ && byte < begin_ + size_;
    }

  private:
    void* do_allocate(std::size_t bytes, std::size_t alignment) override;
    void do_deallocate(void*, std::size_t, std::size_t) override {}
    bool do_is_equal(const std::pmr::memory_resource& other) const noexcept override {
        return this == &other;
    }
    std::byte* begin_;
    std::size_t size_, used_ = 0;
};

class Seat final : public Placed {
  public:
    // `worker`: the path of caseaudit-worker. All three must outlive this.
    static Result<std::unique_ptr<Seat>> create(const std::string& worker, const plugin::PluginFile& file,
                                                const Limits& limits);
    Seat(const Seat&) = delete;
    Seat& operator=(const Seat&) = delete;

    // Starts a process that loads the plugin. Returns the plugin's table as encode_plugin() made it; or why
    // it could not be loaded: refused by what the worker says, "plugin.broke" when the process did not
    // survive it.
    Result<std::string> start();
    // Whether there is a process. One that has died with nothing to do (with the thread that started it, or
    // for want of memory) is none.
    bool running() const { return child_ != nullptr && !child_->ended(0); }
    void stop() { child_.reset(); }

    // How a request ended, and what became of the process when it ended that.
    struct Answer {
        enum class End { answered, broke, lied };
        End end = End::answered;
        std::string cause;  // "was ended by signal 11 (Segmentation fault)"; "" when answered
    };
    // Takes a copy of frames; false when they cannot be what they should be.
    using Take = std::function<bool(std::string_view frames)>;
    // A process that broke or lied is gone afterwards.
    Answer ask(Kind kind, std::string_view request, const Take& take);

    // As the process last said it. Nothing that it says is true for being said.
    Unit unit() const { return unpack_unit(progress().unit.load(std::memory_order_relaxed)); }
    void set_unit(Unit unit) { progress().unit.store(pack_unit(unit), std::memory_order_relaxed); }

    std::pmr::memory_resource& memory() { return room_; }
    std::uint64_t offset_of(const void* buffer, std::size_t size) override;
    // What offset_of() has put aside so far is not needed any more.
    void forget_placed() { scratch_used_ = 0; }

    // Number of a check in this process, by the host's own; -1: it has not been made.
    std::int64_t made(std::uint64_t check) const;
    void note_made(std::uint64_t check) { made_.push_back(check); }

  private:
    Seat(const std::string& worker, const plugin::PluginFile& file, const Limits& limits,
         platform::SharedMemory input, platform::SharedMemory output);
    std::atomic<std::uint32_t>& asked() const {
        return *reinterpret_cast<std::atomic<std::uint32_t>*>(input_.data() + asked_place);
    }
    Progress& progress() const { return *reinterpret_cast<Progress*>(output_.data()); }
    Answer wait(const Take& take, Kind awaited, double seconds);
    Answer broke();
    Answer lied(std::string cause);
    bool take_output(const Take& take);

    const std::string& worker_;
    const plugin::PluginFile& file_;
    const Limits& limits_;
    platform::SharedMemory input_, output_;
    ColumnRoom room_;
    std::pmr::vector<std::byte> scratch_;  // for what is not in the room yet
    std::size_t scratch_used_ = 0;
    std::unique_ptr<platform::Child> child_;
    std::uint32_t sequence_ = 0;
    std::vector<std::uint64_t> made_;
    std::string copied_;
};

}  // namespace caseaudit::sandbox
