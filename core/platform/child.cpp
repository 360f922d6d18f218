#include "platform/child.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <system_error>
#include <thread>
#include <utility>

#include "platform/threads_apart.h"

namespace caseaudit::platform {
namespace {

constexpr int first_descriptor = 3;

Diagnostic failure(const std::string& program, int error) {
    Diagnostic result;
    result.code = "process.start";
    result.message = "cannot start " + program + ": " + std::generic_category().message(error);
    return result;
}

// Descriptors moved out of the way of the numbers that the new process gets them under.
class Aside {
  public:
    explicit Aside(std::span<const int> descriptors) {
        for (const int descriptor : descriptors) {
            const int copy = ::fcntl(descriptor, F_DUPFD_CLOEXEC, 32);
            if (copy < 0) error_ = errno;
            copies_.push_back(copy);
        }
    }
    ~Aside() {
        for (const int copy : copies_)
            if (copy >= 0) ::close(copy);
    }
    Aside(const Aside&) = delete;
    Aside& operator=(const Aside&) = delete;
    const std::vector<int>& copies() const { return copies_; }
    int error() const { return error_; }

  private:
    std::vector<int> copies_;
    int error_ = 0;
};

int spawn(const std::string& program, const std::vector<std::string>& arguments,
          const std::vector<int>& descriptors, Child::Environment environment, pid_t& process) {
    std::vector<char*> words{const_cast<char*>(program.c_str())};
    for (const auto& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
    words.push_back(nullptr);
    char* no_environment[] = {nullptr};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    if (const int error = ::posix_spawn_file_actions_init(&actions); error != 0) return error;
    if (const int error = ::posix_spawnattr_init(&attributes); error != 0) {
        ::posix_spawn_file_actions_destroy(&actions);
        return error;
    }
    for (int standard = 0; standard < first_descriptor; ++standard)
        ::posix_spawn_file_actions_addopen(&actions, standard, "/dev/null",
                                           standard == 0 ? O_RDONLY : O_WRONLY, 0);
    int number = first_descriptor;
    for (const int descriptor : descriptors)
        ::posix_spawn_file_actions_adddup2(&actions, descriptor, number++);
    ::posix_spawn_file_actions_addclosefrom_np(&actions, number);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    ::posix_spawnattr_setsigmask(&attributes, &none);
    ::posix_spawnattr_setsigdefault(&attributes, &all);
    ::posix_spawnattr_setflags(&attributes,
                               POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    const int error = ::posix_spawn(&process, program.c_str(), &actions, &attributes, words.data(),
                                    environment == Child::Environment::empty ? no_environment : environ);
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&actions);
    return error;
}

ChildEnd read_end(int state) {
    if (WIFSIGNALED(state)) return {WTERMSIG(state), 0};
    return {0, WEXITSTATUS(state)};
}

}  // namespace

Result<Child> Child::start(const std::string& program, const std::vector<std::string>& arguments,
                           std::span<const int> descriptors, Environment environment) {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) return failure(program, errno);
    Child child;
    child.channel_ = ends[0];
    std::vector<int> given{ends[1]};
    given.insert(given.end(), descriptors.begin(), descriptors.end());
    int error = 0;
    {
        const Aside aside(given);
        ::close(ends[1]);
        error = aside.error() != 0 ? aside.error()
                                   : spawn(program, arguments, aside.copies(), environment, child.process_);
    }
    if (error != 0) {
        child.process_ = -1;
        return failure(program, error);
    }
    ThreadsApart::let_go(child.process_);
    return child;
}

Child::Child(Child&& other) noexcept
    : process_(std::exchange(other.process_, -1)),
      channel_(std::exchange(other.channel_, -1)),
      end_(std::exchange(other.end_, std::nullopt)) {}

Child& Child::operator=(Child&& other) noexcept {
    std::swap(process_, other.process_);
    std::swap(channel_, other.channel_);
    std::swap(end_, other.end_);
    return *this;
}

Child::~Child() {
    if (process_ > 0) end();
    if (channel_ >= 0) ::close(channel_);
}

bool Child::send(std::span<const std::byte> message) {
    ssize_t sent = 0;
    do {
        sent = ::send(channel_, message.data(), message.size(), MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    return sent == static_cast<ssize_t>(message.size());
}

Child::Received Child::receive(std::span<std::byte> message, int milliseconds) {
    pollfd waited{channel_, POLLIN, 0};
    const int ready = ::poll(&waited, 1, milliseconds);
    if (ready == 0 || (ready < 0 && errno == EINTR)) return Received::nothing;
    const ssize_t size = ::recv(channel_, message.data(), message.size(), MSG_DONTWAIT | MSG_TRUNC);
    if (size < 0 && (errno == EAGAIN || errno == EINTR)) return Received::nothing;
    return size == static_cast<ssize_t>(message.size()) ? Received::message : Received::closed;
}

ChildEnd Child::end() {
    if (end_) return *end_;
    ::kill(process_, SIGKILL);
    int state = 0;
    while (::waitpid(process_, &state, 0) < 0 && errno == EINTR) {
    }
    end_ = read_end(state);
    return *end_;
}

std::optional<ChildEnd> Child::ended(int milliseconds) {
    using namespace std::chrono;
    const auto until = steady_clock::now() + std::chrono::milliseconds(milliseconds);
    while (!end_) {
        int state = 0;
        if (::waitpid(process_, &state, WNOHANG) == process_) end_ = read_end(state);
        if (end_ || steady_clock::now() >= until) break;
        std::this_thread::sleep_for(microseconds(200));
    }
    return end_;
}

}  // namespace caseaudit::platform
