// How often a plugin broke on records, and whether it is still asked.
#pragma once
#include <atomic>

namespace caseaudit::plugin {

// Shared by the threads that judge.
class Quarantine {
  public:
    static constexpr unsigned default_breaks = 5;

    // How many breaks close it. Before any check is made.
    void allow(unsigned breaks) { allowed_ = breaks; }
    void note_break() {
        if (++breaks_ >= allowed_) close();
    }
    // From now on the plugin is asked no more.
    void close() { closed_ = true; }
    bool closed() const { return closed_; }

  private:
    std::atomic<unsigned> allowed_ = default_breaks, breaks_ = 0;
    std::atomic<bool> closed_ = false;
};

}  // namespace caseaudit::plugin
