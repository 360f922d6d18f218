// The survey of a whole file, and how the file is cut up by it.
#pragma once
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "extract/byte_source.h"
#include "extract/chunk_reader.h"
#include "extract/hash.h"
#include "extract/survey.h"

namespace caseaudit::extract {

struct FileSurvey {
    bool irregular = false;  // quotes stand where RFC 4180 allows none
    bool beyond_ascii = false;
    bool not_utf8 = false;
    std::vector<ChunkPlan> chunks;  // their ranges and facts; in order, none of them empty; at least one
};

// A survey of one file. What it is made with outlives it.
class FileSurveyor {
  public:
    // Of the bytes from `body` on, in stretches of `chunk` bytes; they pass by `hash`. The last `cut` ones
    // begin a UTF-8 sequence that does not end, and are left out of it.
    FileSurveyor(const ByteSource& bytes, std::uint64_t body, std::size_t cut, char separator,
                 std::size_t chunk, RunningHash& hash);
    // To be asked for after survey(), once. Fails with "file.read".
    Result<FileSurvey> result();

  private:
    friend class SurveyWorker;
    friend void survey(std::vector<FileSurveyor*> files);
    struct Stretch {
        std::uint64_t begin = 0;
        std::uint64_t end = 0;
        ChunkSurvey facts;
        std::string failure;
    };
    std::uint64_t size() const { return bytes_.size(); }
    Stretch* take_first();
    Stretch* take_last();
    bool look_at(Stretch& stretch, std::uint64_t at, std::size_t length, char* memory) const;
    std::string fill(char* memory, std::uint64_t at, std::size_t length) const;

    const ByteSource& bytes_;
    std::uint64_t body_;
    char separator_;
    RunningHash& hash_;
    std::vector<Stretch> stretches_;
    std::mutex mutex_;             // of what follows
    std::size_t first_ = 0, end_;  // the stretches that nobody has taken
};

// Goes through the files, in parallel in the calling thread's oneTBB arena.
void survey(std::vector<FileSurveyor*> files);

}  // namespace caseaudit::extract
