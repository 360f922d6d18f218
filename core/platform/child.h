// A process that this one starts and talks to, and that does not outlive it.
#pragma once
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "diagnostic/diagnostic.h"

namespace caseaudit::platform {

// How a process ended: by a signal, or by exiting with a status.
struct ChildEnd {
    int signal = 0;  // 0: it exited
    int status = 0;
};

// Movable owner of a running process and of this end of a channel to it, which keeps messages apart. The
// destructor ends the process and waits for it. One thread's at a time.
class Child {
  public:
    enum class Environment { empty, of_this_process };
    // Starts `program` (an absolute path) in a session of its own, with no signal blocked. It gets /dev/null
    // as input, output and error, the other end of the channel as descriptor 3, `descriptors` as 4, 5, …, and
    // no other. It may run on any processor that this process may (see ThreadsApart). Fails with
    // "process.start".
    static Result<Child> start(const std::string& program, const std::vector<std::string>& arguments,
                               std::span<const int> descriptors,
                               Environment environment = Environment::empty);
    Child(Child&& other) noexcept;
    Child& operator=(Child&& other) noexcept;
    ~Child();

    // False when the other end is gone.
    bool send(std::span<const std::byte> message);
    enum class Received { message, nothing, closed };
    // Waits up to `milliseconds` for a message of exactly that size; one of another size counts as closed.
    Received receive(std::span<std::byte> message, int milliseconds);

    // Ends it at once, if it has not ended itself, and returns how it ended.
    ChildEnd end();
    // How it ended by itself, waiting up to `milliseconds` for that; nothing when it still runs.
    std::optional<ChildEnd> ended(int milliseconds);
    int id() const { return process_; }

  private:
    Child() = default;
    int process_ = -1;
    int channel_ = -1;
    std::optional<ChildEnd> end_;
};

}  // namespace caseaudit::platform
