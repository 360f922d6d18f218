#include "sandbox/seat.h"

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <cstring>

#include "platform/process.h"
#include "plugin/printable.h"
#include "sandbox/system_call.h"

namespace caseaudit::sandbox {
namespace {

constexpr int look_every = 20;  // milliseconds between looks at what a busy worker is doing

using Received = platform::Child::Received;

Diagnostics read_failure(std::string_view content, const std::string& path) {
    Decoder in(content);
    Diagnostics problems;
    for (std::size_t i = in.count(16); i > 0; --i) {
        auto& problem = problems.emplace_back();
        problem.code = plugin::printable(in.text());
        problem.message = plugin::printable(in.text());
        problem.hint = plugin::printable(in.text());
        problem.place.file = path;
        for (std::size_t n = in.count(4); n > 0; --n) problem.within.push_back(plugin::printable(in.text()));
    }
    if (!in.finished()) problems.clear();
    return problems;
}

// A message about the file that the worker knows by its descriptor only.
void name_file(Diagnostic& problem, const std::string& path) {
    const std::string descriptor = fmt::format("/proc/self/fd/{}", plugin_descriptor);
    for (auto at = problem.message.find(descriptor); at != std::string::npos;
         at = problem.message.find(descriptor, at + path.size()))
        problem.message.replace(at, descriptor.size(), path);
}

Diagnostic load_failure(const std::string& path, const std::string& message, std::string hint) {
    Diagnostic problem;
    problem.code = "plugin.broke";
    problem.message = message;
    problem.place.file = path;
    problem.hint = std::move(hint);
    return problem;
}

}  // namespace

void* ColumnRoom::do_allocate(std::size_t bytes, std::size_t alignment) {
    const std::size_t begin = (used_ + alignment - 1) / alignment * alignment;
    if (bytes > size_ || begin > size_ - bytes) throw std::bad_alloc();
    used_ = begin + bytes;
    return begin_ + begin;
}

Result<std::unique_ptr<Seat>> Seat::create(const std::string& worker, const plugin::PluginFile& file,
                                           const Limits& limits) {
    using platform::SharedMemory;
    auto input = SharedMemory::create("caseaudit-batch", input_size, SharedMemory::Writer::this_process);
    if (!input) return input.errors();
    auto output = SharedMemory::create("caseaudit-findings", output_size, SharedMemory::Writer::both);
    if (!output) return output.errors();
    return std::unique_ptr<Seat>(new Seat(worker, file, limits, std::move(*input), std::move(*output)));
}

Seat::Seat(const std::string& worker, const plugin::PluginFile& file, const Limits& limits,
           platform::SharedMemory input, platform::SharedMemory output)
    : worker_(worker),
      file_(file),
      limits_(limits),
      input_(std::move(input)),
      output_(std::move(output)),
      room_(input_.data() + request_room, input_size - request_room),
      scratch_(&room_) {}

Result<std::string> Seat::start() {
    const int descriptors[] = {input_.descriptor(), output_.descriptor(), file_.descriptor()};
    progress().written.store(0);
    progress().refused_call.store(0);
    progress().answered.store(0);
    asked().store(0);
    made_.clear();
    sequence_ = 0;
    auto started = platform::Child::start(
        worker_, {std::to_string(::getpid()), std::to_string(limits_.memory)}, descriptors);
    if (!started) {
        auto errors = started.errors();
        for (auto& error : errors) {
            error.place.file = file_.path();
            error.hint = "the plugin runs in this program only; see that caseaudit is installed whole";
        }
        return errors;
    }
    child_ = std::make_unique<platform::Child>(std::move(*started));
    std::string description;
    Diagnostics failure;
    const auto answer = wait(
        [&](std::string_view frames) {
            Decoder in(frames);
            const auto size = in.get<std::uint32_t>();
            const auto kind = in.get<Frame>();
            if (!in.good() || size != frames.size() - frame_header) return false;
            const auto content = frames.substr(frame_header);
            if (kind == Frame::description)
                description = content;
            else if (kind == Frame::failure)
                failure = read_failure(content, file_.path());
            return !description.empty() || !failure.empty();
        },
        Kind::ready, limits_.load_seconds);
    for (auto& problem : failure) name_file(problem, file_.path());
    if (!failure.empty()) {
        stop();
        return failure;
    }
    if (answer.end != Answer::End::answered)
        return load_failure(file_.path(), fmt::format("the plugin {} while it was loaded", answer.cause),
                            "what a plugin does when it is loaded must be allowed in the sandbox: see "
                            "docs/security.md");
    return description;
}

std::int64_t Seat::made(std::uint64_t check) const {
    for (std::size_t i = 0; i < made_.size(); ++i)
        if (made_[i] == check) return static_cast<std::int64_t>(i);
    return -1;
}

std::uint64_t Seat::offset_of(const void* buffer, std::size_t size) {
    if (size == 0) return request_room;
    if (room_.holds(buffer))
        return static_cast<std::uint64_t>(static_cast<const std::byte*>(buffer) - input_.data());
    constexpr std::size_t alignment = 64;
    const std::size_t begin = (scratch_used_ + alignment - 1) / alignment * alignment;
    if (scratch_.size() < begin + size) {
        // What was placed before stays where it was: nothing in the room is ever taken back.
        const std::size_t wanted = std::max(2 * scratch_.size(), begin + size + alignment);
        scratch_ = std::pmr::vector<std::byte>(wanted, &room_);
        scratch_used_ = 0;
        return offset_of(buffer, size);
    }
    std::memcpy(scratch_.data() + begin, buffer, size);
    scratch_used_ = begin + size;
    return static_cast<std::uint64_t>(scratch_.data() + begin - input_.data());
}

Seat::Answer Seat::ask(Kind kind, std::string_view request, const Take& take) {
    if (request.size() > request_limit) return {Answer::End::lied, "was given more than it can be given"};
    std::memcpy(input_.data(), request.data(), request.size());
    progress().written.store(0);
    progress().refused_call.store(0);
    const Message message{static_cast<std::uint32_t>(kind), ++sequence_, request.size()};
    if (!child_->send(std::as_bytes(std::span(&message, 1)))) return broke();
    asked().store(sequence_, std::memory_order_release);
    return kind == Kind::run ? wait(take, Kind::done, limits_.seconds)
                             : wait(take, Kind::made, limits_.load_seconds);
}

Seat::Answer Seat::wait(const Take& take, Kind awaited, double seconds) {
    const auto& clock = platform::system_clock();
    const auto limit = static_cast<std::int64_t>(seconds * 1e9);
    std::uint64_t furthest = progress().unit.load(std::memory_order_relaxed);
    // An honest worker has answered the request before and not yet this one.
    Hint(progress().answered).await_change(sequence_ - 1, look_for_answer);
    for (std::int64_t since = clock.nanoseconds();;) {
        Message message;
        const auto received = child_->receive(std::as_writable_bytes(std::span(&message, 1)), look_every);
        if (received == Received::closed) {
            // Of a batch, what was said before stands.
            if (awaited == Kind::done && !take_output(take)) return lied("left findings that cannot be read");
            return broke();
        }
        if (received == Received::message) {
            const bool drain = message.kind == static_cast<std::uint32_t>(Kind::drain);
            if (message.sequence != sequence_ ||
                (!drain && message.kind != static_cast<std::uint32_t>(awaited)))
                return lied("answered what it was not asked");
            if (!take_output(take)) return lied("gave findings that cannot be read");
            if (!drain) return {};
            const Message drained{static_cast<std::uint32_t>(Kind::drained), sequence_, 0};
            if (!child_->send(std::as_bytes(std::span(&drained, 1)))) return broke();
        }
        // Rows that come later count as progress, and nothing else does.
        if (const auto now = progress().unit.load(std::memory_order_relaxed); now > furthest) {
            furthest = now;
            since = clock.nanoseconds();
        } else if (clock.nanoseconds() - since > limit) {
            child_->end();
            static_cast<void>(take_output(take));
            stop();
            return {Answer::End::broke, fmt::format("did not end within {} s and was ended", seconds)};
        }
    }
}

bool Seat::take_output(const Take& take) {
    const auto written = progress().written.load(std::memory_order_acquire);
    if (written > output_size - progress_room) return false;
    // Copied first: the other side could change it while it is read.
    copied_.assign(reinterpret_cast<const char*>(output_.data() + progress_room),
                   static_cast<std::size_t>(written));
    progress().written.store(0);
    return take(copied_);
}

Seat::Answer Seat::broke() {
    // It has closed the channel, so it is ending; if it is not, it is ended.
    auto end = child_->ended(1000);
    const bool ended_itself = end.has_value();
    if (!end) end = child_->end();
    stop();
    const auto call = progress().refused_call.load();
    if (call != 0)
        return {Answer::End::broke, fmt::format("called {}, which a sandboxed plugin may not, and was ended",
                                                system_call_name(static_cast<int>(call) - 1))};
    if (end->signal == SIGSYS)  // with signals blocked, so that nobody could say which
        return {Answer::End::broke, "made a system call that a sandboxed plugin may not, and was ended"};
    if (!ended_itself) return {Answer::End::broke, "cut itself off from its host and was ended"};
    if (end->signal != 0)
        return {Answer::End::broke,
                fmt::format("was ended by signal {} ({})", end->signal, ::strsignal(end->signal))};
    return {Answer::End::broke, fmt::format("ended itself with status {}", end->status)};
}

Seat::Answer Seat::lied(std::string cause) {
    stop();
    return {Answer::End::lied, std::move(cause)};
}

}  // namespace caseaudit::sandbox
