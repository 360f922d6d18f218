#include "extract/file_survey.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <cstring>

#include "extract/survey.h"

namespace caseaudit::extract {
namespace {

constexpr std::size_t piece_size = std::size_t{64} << 10;

struct Stretch {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    ChunkSurvey facts;
    std::string failure;
};

class Surveyor {
  public:
    Surveyor(const ByteSource& bytes, std::uint64_t body, char separator, RunningHash& hash)
        : bytes_(bytes), body_(body), separator_(separator), hash_(hash) {}

    void operator()(Stretch& stretch) const {
        const std::size_t piece = std::min<std::uint64_t>(piece_size, stretch.end - stretch.begin);
        const auto memory = std::make_unique_for_overwrite<char[]>(survey_before + piece + survey_after);
        for (std::uint64_t at = stretch.begin; at < stretch.end; at += piece_size) {
            const std::size_t length = std::min<std::uint64_t>(piece_size, stretch.end - at);
            stretch.failure = fill(memory.get(), at, length);
            if (!stretch.failure.empty()) return;
            survey_piece(memory.get() + survey_before, length, separator_, at, stretch.facts);
            hash_.pass(at, {memory.get() + survey_before, length});
        }
    }

  private:
    // The piece with what surrounds it in the file; beyond the ends, what survey_piece() asks for.
    std::string fill(char* memory, std::uint64_t at, std::size_t length) const {
        const std::size_t before = std::min<std::uint64_t>(survey_before, at - body_);
        const std::size_t after = std::min<std::uint64_t>(survey_after, bytes_.size() - at - length);
        std::memset(memory, '\n', survey_before - before);
        const auto got =
            bytes_.read_at(at - before, {memory + survey_before - before, before + length + after});
        std::memset(memory + survey_before + length + after, separator_, survey_after - after);
        return got ? std::string() : got.errors().front().message;
    }

    const ByteSource& bytes_;
    std::uint64_t body_;
    char separator_;
    RunningHash& hash_;
};

std::vector<Stretch> stretches_of(std::uint64_t begin, std::uint64_t end, std::size_t chunk) {
    std::vector<Stretch> stretches;
    for (std::uint64_t at = begin; at < end; at += chunk)
        stretches.push_back(
            {.begin = at, .end = std::min<std::uint64_t>(at + chunk, end), .facts = {}, .failure = {}});
    return stretches;
}

void merge_facts(ChunkPlan& plan, const ChunkSurvey& facts) {
    plan.lone_returns |= facts.lone_returns;
    plan.format.returns |= facts.returns;
    plan.format.nul |= facts.nul;
}

}  // namespace

Result<FileSurvey> survey_file(const ByteSource& bytes, std::uint64_t body, std::size_t cut, char separator,
                               std::size_t chunk, RunningHash& hash) {
    std::vector<Stretch> stretches = stretches_of(body, bytes.size() - cut, chunk);
    const Surveyor surveyor(bytes, body, separator, hash);
    if (stretches.size() == 1) {
        surveyor(stretches.front());
    } else {
        tbb::parallel_for(std::size_t{0}, stretches.size(), [&](std::size_t i) { surveyor(stretches[i]); });
    }
    FileSurvey survey;
    survey.chunks.push_back({.begin = body, .end = bytes.size()});
    bool inside = false;
    for (const Stretch& stretch : stretches) {
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
        if (row_end != no_row_end && stretch.begin > body && row_end + 1 < bytes.size()) {
            survey.chunks.back().end = row_end + 1;
            survey.chunks.push_back({.begin = row_end + 1, .end = bytes.size()});
            merge_facts(survey.chunks.back(), facts);
        }
        inside ^= facts.parity;
    }
    return survey;
}

}  // namespace caseaudit::extract
