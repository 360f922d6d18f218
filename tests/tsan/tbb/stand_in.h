// What the project uses of oneTBB, on std::thread, for the thread sanitizer: oneTBB as distributions build it
// is not instrumented, so that the sanitizer cannot see a task being handed from one thread to another and
// reports every task as a race. Here each hand-over is one it sees. For its preset only: threads are started
// anew for every loop.
#pragma once
#include <algorithm>
#include <atomic>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace tbb {
namespace stand_in {

inline std::atomic<std::size_t> limit = 4;
inline thread_local int depth = 0;  // of loops around the one that starts

// Runs the jobs 0 … count - 1, on up to `limit` threads, the caller's among them. Throws what the first that
// threw did.
template <class Job>
void run(std::size_t count, const Job& job) {
    std::atomic<std::size_t> next = 0;
    std::exception_ptr thrown;
    std::mutex mutex;
    const int inner = depth + 1;
    const auto work = [&] {
        const int before = std::exchange(depth, inner);
        for (std::size_t i = next++; i < count; i = next++) {
            try {
                job(i);
            } catch (...) {
                const std::lock_guard lock(mutex);
                if (!thrown) thrown = std::current_exception();
                next = count;
            }
        }
        depth = before;
    };
    std::vector<std::thread> others;
    const std::size_t threads = depth > 2 ? 1 : std::min<std::size_t>(count, limit);
    for (std::size_t i = 1; i < threads; ++i) others.emplace_back(work);
    work();
    for (auto& thread : others) thread.join();
    if (thrown) std::rethrow_exception(thrown);
}

}  // namespace stand_in

using spin_mutex = std::mutex;

struct simple_partitioner {};
struct auto_partitioner {};
struct static_partitioner {};

template <class Value>
class blocked_range {
  public:
    blocked_range(Value begin, Value end, std::size_t grain = 1) : begin_(begin), end_(end), grain_(grain) {}
    Value begin() const { return begin_; }
    Value end() const { return end_; }
    std::size_t grainsize() const { return grain_; }

  private:
    Value begin_, end_;
    std::size_t grain_;
};

template <class Value, class Body, class Partitioner = simple_partitioner>
void parallel_for(const blocked_range<Value>& range, const Body& body, Partitioner = {}) {
    const auto length = static_cast<std::size_t>(range.end() - range.begin());
    const std::size_t grain = std::max<std::size_t>(1, range.grainsize());
    stand_in::run((length + grain - 1) / grain, [&](std::size_t i) {
        const auto first = static_cast<Value>(range.begin() + i * grain);
        const auto last = static_cast<Value>(range.begin() + std::min(length, (i + 1) * grain));
        body(blocked_range<Value>(first, last, grain));
    });
}

template <class Index, class Body, class Partitioner = simple_partitioner>
void parallel_for(Index first, Index last, const Body& body, Partitioner = {}) {
    if (!(first < last)) return;
    stand_in::run(static_cast<std::size_t>(last - first),
                  [&](std::size_t i) { body(static_cast<Index>(first + static_cast<Index>(i))); });
}

template <class... Functions>
void parallel_invoke(const Functions&... functions) {
    const std::function<void()> all[] = {[&] { functions(); }...};
    stand_in::run(sizeof...(functions), [&](std::size_t i) { all[i](); });
}

template <class Iterator, class Compare>
void parallel_sort(Iterator first, Iterator last, Compare before) {
    std::sort(first, last, before);
}

class task_group {
  public:
    ~task_group() { join(); }
    template <class Function>
    void run(Function function) {
        threads_.emplace_back([this, function = std::move(function)] {
            try {
                function();
            } catch (...) {
                const std::lock_guard lock(mutex_);
                thrown_ = std::current_exception();
            }
        });
    }
    void wait() {
        join();
        if (thrown_) std::rethrow_exception(std::exchange(thrown_, nullptr));
    }

  private:
    void join() {
        for (auto& thread : threads_) thread.join();
        threads_.clear();
    }
    std::deque<std::thread> threads_;
    std::mutex mutex_;
    std::exception_ptr thrown_;
};

template <class Value>
class enumerable_thread_specific {
  public:
    Value& local() {
        const std::lock_guard lock(mutex_);
        Value*& mine = of_thread_[std::this_thread::get_id()];
        if (mine == nullptr) mine = &values_.emplace_back();
        return *mine;
    }
    auto begin() { return values_.begin(); }
    auto end() { return values_.end(); }
    auto begin() const { return values_.begin(); }
    auto end() const { return values_.end(); }
    std::size_t size() const { return values_.size(); }
    void clear() {
        of_thread_.clear();
        values_.clear();
    }

  private:
    std::mutex mutex_;
    std::map<std::thread::id, Value*> of_thread_;
    std::deque<Value> values_;
};

namespace this_task_arena {
inline int max_concurrency() {
    return static_cast<int>(stand_in::limit.load());
}
}  // namespace this_task_arena

class global_control {
  public:
    enum parameter { max_allowed_parallelism };
    global_control(parameter, std::size_t threads) : before_(stand_in::limit.exchange(threads)) {}
    ~global_control() { stand_in::limit = before_; }
    global_control(const global_control&) = delete;
    global_control& operator=(const global_control&) = delete;

  private:
    std::size_t before_;
};

class task_arena {
  public:
    explicit task_arena(int threads) : threads_(static_cast<std::size_t>(threads)) {}
    template <class Function>
    auto execute(Function&& function) {
        const global_control limited(global_control::max_allowed_parallelism, threads_);
        return function();
    }

  private:
    std::size_t threads_;
};

// Pipelines of three filters: one that makes, one that works in parallel, one that takes in order.
enum class filter_mode { serial_in_order, serial_out_of_order, parallel };

struct flow_control {
    bool stopped = false;
    void stop() { stopped = true; }
};

template <class In, class Out>
struct filter {
    std::function<Out(In)> work;
};
template <class Out>
struct filter<void, Out> {
    std::function<Out(flow_control&)> work;
};
template <class In, class Out, class Work>
filter<In, Out> make_filter(filter_mode, Work work) {
    return {std::move(work)};
}
template <class A, class B>
auto operator&(filter<void, A> make, filter<A, B> work) {
    return std::pair(std::move(make), std::move(work));
}
template <class A, class B>
auto operator&(std::pair<filter<void, A>, filter<A, B>> before, filter<B, void> take) {
    return std::pair(std::move(before), std::move(take));
}

template <class A, class B>
void parallel_pipeline(std::size_t tokens,
                       const std::pair<std::pair<filter<void, A>, filter<A, B>>, filter<B, void>>& filters) {
    const auto& [before, take] = filters;
    for (flow_control control; !control.stopped;) {
        std::vector<A> made;
        while (made.size() < tokens) {
            A one = before.first.work(control);
            if (control.stopped) break;
            made.push_back(std::move(one));
        }
        std::vector<B> worked(made.size());
        stand_in::run(made.size(),
                      [&](std::size_t i) { worked[i] = before.second.work(std::move(made[i])); });
        for (auto& one : worked) take.work(std::move(one));
    }
}

}  // namespace tbb
