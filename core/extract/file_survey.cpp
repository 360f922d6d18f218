#include "extract/file_survey.h"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <functional>
#include <memory>

namespace caseaudit::extract {
namespace {

constexpr std::size_t piece_size = std::size_t{64} << 10;

void merge_facts(ChunkPlan& plan, const ChunkSurvey& facts) {
    plan.lone_returns |= facts.lone_returns;
    plan.format.returns |= facts.returns;
    plan.format.nul |= facts.nul;
}

}  // namespace

FileSurveyor::FileSurveyor(const ByteSource& bytes, std::uint64_t body, std::size_t cut, char separator,
                           std::size_t chunk, RunningHash& hash)
    : bytes_(bytes), body_(body), separator_(separator), hash_(hash) {
    const std::uint64_t end = bytes.size() - cut;
    for (std::uint64_t at = body; at < end; at += chunk)
        stretches_.push_back(
            {.begin = at, .end = std::min<std::uint64_t>(at + chunk, end), .facts = {}, .failure = {}});
    end_ = stretches_.size();
}

FileSurveyor::Stretch* FileSurveyor::take_first() {
    const std::lock_guard lock(mutex_);
    return first_ < end_ ? &stretches_[first_++] : nullptr;
}

FileSurveyor::Stretch* FileSurveyor::take_last() {
    const std::lock_guard lock(mutex_);
    return first_ < end_ ? &stretches_[--end_] : nullptr;
}

// Surveys a piece of a stretch; false if it cannot be read.
bool FileSurveyor::look_at(Stretch& stretch, std::uint64_t at, std::size_t length, char* memory) const {
    stretch.failure = fill(memory, at, length);
    if (!stretch.failure.empty()) return false;
    survey_piece(memory + survey_before, length, separator_, at, stretch.facts);
    return true;
}

// The piece with what surrounds it in the file; beyond the ends, what survey_piece() asks for.
std::string FileSurveyor::fill(char* memory, std::uint64_t at, std::size_t length) const {
    const std::size_t before = std::min<std::uint64_t>(survey_before, at - body_);
    const std::size_t after = std::min<std::uint64_t>(survey_after, bytes_.size() - at - length);
    std::memset(memory, '\n', survey_before - before);
    const auto got = bytes_.read_at(at - before, {memory + survey_before - before, before + length + after});
    std::memset(memory + survey_before + length + after, separator_, survey_after - after);
    return got ? std::string() : got.errors().front().message;
}

// One thread's part. A hash takes a file's bytes in their order, so that a thread takes whole files, two at a
// time where there are enough for all threads. When none is left it helps the others with the ends of theirs,
// whose hash is caught up with later.
class SurveyWorker {
  public:
    SurveyWorker(const std::vector<FileSurveyor*>& files, std::atomic<std::size_t>& next, std::size_t threads)
        : files_(files), next_(next), others_(threads - 1) {}

    void run() {
        for (;;) {
            const auto a = advance(lanes_[0], 0), b = advance(lanes_[1], others_);
            if (a.hash != nullptr && b.hash != nullptr)
                RunningHash::pass_both(a, b);
            else if (const auto& one = a.hash != nullptr ? a : b; one.hash != nullptr)
                one.hash->pass(one.offset, one.bytes);
            else
                break;
        }
        for (FileSurveyor* file : files_)
            while (FileSurveyor::Stretch* stretch = file->take_last()) {
                lanes_[0].take(*file, *stretch);
                while (!lanes_[0].done()) lanes_[0].look_at_next();
            }
    }

  private:
    // A file on its way, piece by piece.
    struct Lane {
        FileSurveyor* file = nullptr;
        FileSurveyor::Stretch* stretch = nullptr;
        std::uint64_t at = 0;
        std::unique_ptr<char[]> memory;

        bool done() const { return stretch == nullptr; }
        void take(FileSurveyor& from, FileSurveyor::Stretch& taken) {
            file = &from;
            stretch = &taken;
            at = taken.begin;
            if (memory == nullptr)
                memory = std::make_unique_for_overwrite<char[]>(survey_before + piece_size + survey_after);
        }
        // What may be hashed; nothing if it could not be read.
        RunningHash::Passing look_at_next() {
            const std::size_t length = std::min<std::uint64_t>(piece_size, stretch->end - at);
            RunningHash::Passing passing;
            if (file->look_at(*stretch, at, length, memory.get()))
                passing = {&file->hash_, at, {memory.get() + survey_before, length}};
            at += length;
            if (passing.hash == nullptr || at == stretch->end) stretch = nullptr;
            return passing;
        }
    };

    // Of the next piece that can be read. A file is begun if more than so many wait; without one the lane has
    // come to its end.
    RunningHash::Passing advance(Lane& lane, std::size_t waiting) {
        for (;;) {
            while (lane.done()) {
                if (lane.file == nullptr) lane.file = begin(waiting);
                if (lane.file == nullptr) return {};
                if (FileSurveyor::Stretch* const stretch = lane.file->take_first())
                    lane.take(*lane.file, *stretch);
                else
                    lane.file = nullptr;
            }
            if (const auto passing = lane.look_at_next(); passing.hash != nullptr) return passing;
        }
    }

    FileSurveyor* begin(std::size_t waiting) {
        if (next_ + waiting >= files_.size()) return nullptr;
        const std::size_t mine = next_++;
        return mine < files_.size() ? files_[mine] : nullptr;
    }

    const std::vector<FileSurveyor*>& files_;
    std::atomic<std::size_t>& next_;
    std::size_t others_;  // threads
    Lane lanes_[2];
};

void survey(std::vector<FileSurveyor*> files) {
    std::ranges::stable_sort(files, std::greater(), &FileSurveyor::size);
    std::size_t stretches = 0;
    for (const FileSurveyor* file : files) stretches += file->stretches_.size();
    const auto threads =
        std::min(stretches, static_cast<std::size_t>(tbb::this_task_arena::max_concurrency()));
    std::atomic<std::size_t> next = 0;
    if (threads <= 1) return SurveyWorker(files, next, 1).run();
    tbb::parallel_for(
        tbb::blocked_range<std::size_t>(0, threads, 1),
        [&](const auto&) { SurveyWorker(files, next, threads).run(); }, tbb::simple_partitioner());
}

Result<FileSurvey> FileSurveyor::result() {
    FileSurvey survey;
    survey.chunks.push_back({.begin = body_, .end = bytes_.size()});
    bool inside = false;
    for (const Stretch& stretch : stretches_) {
        if (!stretch.failure.empty()) {
            Diagnostic error;
            error.code = "file.read";
            error.message = stretch.failure;
            return error;
        }
        const ChunkSurvey& facts = stretch.facts;
        survey.irregular |= facts.irregular[inside];
        survey.beyond_ascii |= facts.beyond_ascii;
        survey.not_utf8 |= facts.not_utf8;
        // The row that runs into a stretch is read with the one before, whose facts must hold for it too.
        merge_facts(survey.chunks.back(), facts);
        const std::uint64_t row_end = facts.first_row_end[inside];
        if (row_end != no_row_end && stretch.begin > body_ && row_end + 1 < bytes_.size()) {
            survey.chunks.back().end = row_end + 1;
            survey.chunks.push_back({.begin = row_end + 1, .end = bytes_.size()});
            merge_facts(survey.chunks.back(), facts);
        }
        inside ^= facts.parity;
    }
    return survey;
}

}  // namespace caseaudit::extract
