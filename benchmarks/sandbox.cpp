// What judging in a worker costs against judging in this process: bench_sandbox WORKER PLUGIN. The plugin
// is spin.so, whose check takes as long for a row as it is told to.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "plugin/arguments.h"
#include "plugin/registry.h"
#include "plugin/verdicts.h"
#include "sandbox/sandbox.h"

using namespace caseaudit;

namespace {

double seconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

void stop_at(const Diagnostics& problems) {
    if (problems.empty()) return;
    std::fprintf(stderr, "%s\n", render(problems.front()).c_str());
    std::exit(1);
}

void load(const std::string& path, const std::string& worker, const sandbox::Limits& limits,
          plugin::Registry& registry) {
    auto file = plugin::PluginFile::open(path);
    if (!file) stop_at(file.errors());
    stop_at(sandbox::load(
        std::move(*file), worker, [&](const std::string&) { return limits; }, registry));
}

// One column of whole numbers, a case for each row.
class Rows {
  public:
    Rows(std::size_t count, std::pmr::memory_resource& memory) : values_(count, &memory), cases_(count) {
        for (std::size_t i = 0; i < count; ++i) {
            values_[i] = static_cast<std::int64_t>(i * 7919);
            cases_[i] = static_cast<std::uint32_t>(i);
        }
        array_.length = static_cast<std::int64_t>(count);
        array_.buffers = buffers_;
        buffers_[1] = values_.data();
        schema_.format = "l";
    }
    caseaudit_batch batch() const {
        return {sizeof(caseaudit_batch), cases_.size(), 1, &array_, &schema_, nullptr, cases_.data()};
    }

  private:
    std::pmr::vector<std::int64_t> values_;
    std::vector<std::uint32_t> cases_;
    const void* buffers_[2] = {nullptr, nullptr};
    ArrowArray array_{};
    ArrowSchema schema_{};
};

class Judged {
  public:
    Judged(const plugin::Registry& registry, std::int64_t rounds)
        : check_(*registry.find("spin.spins")), arguments_(check_), verdicts_(check_) {
        arguments_.expression("value", {CASEAUDIT_INTEGER, "value"});
        arguments_.constant("rounds", plugin::ConstantValue::of_integer(rounds));
        plugin::CompiledCheck::Refusal refusal;
        auto made = registry.create(check_, days_, arguments_.configuration("p", "r", 0), refusal);
        if (!made) stop_at(made.errors());
        made_ = std::move(*made);
    }
    // Seconds for that many batches.
    double time(std::size_t rows, std::size_t batches) {
        const Rows all(rows, made_->memory());
        const auto batch = all.batch();
        const double begun = seconds();
        for (std::size_t b = 0; b < batches; ++b) {
            verdicts_.start(rows);
            std::vector<plugin::Unjudged> unjudged;
            const auto trouble = made_->run(batch, verdicts_.sink(), unjudged);
            if (!trouble.empty() || !verdicts_.finish().empty() || !unjudged.empty()) std::exit(1);
            failures = verdicts_.failures().size();
        }
        return seconds() - begun;
    }
    std::size_t failures = 0;

  private:
    const caseaudit_check& check_;
    plugin::ArgumentSet arguments_;
    plugin::Verdicts verdicts_;
    calendar::WorkingDays days_;
    std::unique_ptr<plugin::CompiledCheck> made_;
};

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

void compare(const plugin::Registry& here, const plugin::Registry& there, const char* name,
             std::int64_t rounds, std::size_t rows, std::size_t total) {
    Judged in_process(here, rounds), in_worker(there, rounds);
    in_worker.time(rows, 2);  // first touch
    std::vector<double> ours, theirs;
    for (int i = 0; i < 15; ++i) {
        ours.push_back(in_process.time(rows, total / rows));
        theirs.push_back(in_worker.time(rows, total / rows));
    }
    if (in_process.failures != in_worker.failures || in_process.failures == 0) std::exit(1);
    const double row = static_cast<double>(total / rows * rows);
    std::printf(
        "%s rows=%zu in_process=%.1f worker=%.1f ratio=%.3f least_ratio=%.3f\n", name, rows,
        median(ours) / row * 1e9, median(theirs) / row * 1e9, median(theirs) / median(ours),
        *std::min_element(theirs.begin(), theirs.end()) / *std::min_element(ours.begin(), ours.end()));
}

// From nothing to a plugin that has said what it is.
void time_start(const std::string& path, const std::string& worker) {
    std::vector<double> starts;
    for (int i = 0; i < 31; ++i) {
        const double begun = seconds();
        if (!sandbox::describe(path, worker)) std::exit(1);
        starts.push_back((seconds() - begun) * 1e3);
    }
    std::printf("start median=%.2f least=%.2f\n", median(starts),
                *std::min_element(starts.begin(), starts.end()));
}

void time_hang(const std::string& path, const std::string& worker) {
    std::vector<double> beyond;
    for (int i = 0; i < 7; ++i) {
        plugin::Registry registry;
        sandbox::Limits limits;
        limits.seconds = 0.3;
        load(path, worker, limits, registry);
        const auto& check = *registry.find("spin.hangs");
        plugin::ArgumentSet arguments(check);
        arguments.expression("value", {CASEAUDIT_INTEGER, "value"});
        plugin::CompiledCheck::Refusal refusal;
        const calendar::WorkingDays days;
        auto made = registry.create(check, days, arguments.configuration("p", "r", 0), refusal);
        if (!made) stop_at(made.errors());
        const Rows rows(1, (*made)->memory());
        plugin::Verdicts verdicts(check);
        verdicts.start(1);
        std::vector<plugin::Unjudged> unjudged;
        const double begun = seconds();
        static_cast<void>((*made)->run(rows.batch(), verdicts.sink(), unjudged));
        beyond.push_back(seconds() - begun - limits.seconds);
        if (unjudged.size() != 1) std::exit(1);
    }
    std::printf("hang median=%.3f most=%.3f\n", median(beyond),
                *std::max_element(beyond.begin(), beyond.end()));
}

}  // namespace

int main(int count, char** words) {
    if (count != 3) return 2;
    const std::string worker = words[1], path = words[2];
    plugin::Registry here, there;
    stop_at(here.load(path));
    load(path, worker, {}, there);
    // How many rounds take a nanosecond, here and now.
    double each = 1e9;
    for (int i = 0; i < 15; ++i)
        each = std::min(each, Judged(here, 1000).time(1024, 4) / (1024 * 4) * 1e9 / 1000);
    const auto rounds = [&](double nanoseconds) { return static_cast<std::int64_t>(nanoseconds / each); };
    compare(here, there, "130ns", rounds(130), 1024, 1024 * 256);
    compare(here, there, "130ns", rounds(130), 6144, 6144 * 48);
    compare(here, there, "2us", rounds(2000), 1024, 1024 * 24);
    time_start(path, worker);
    time_hang(path, worker);
}
