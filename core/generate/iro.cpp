#include "generate/iro.h"

#include <fmt/format.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <memory>

#include "generate/service_records.h"
#include "generate/service_staff.h"

namespace caseaudit::generate {
namespace {

using service::Child;
using service::MonthlyCounts;
using service::Piece;
using service::Year;

// What a stream of random numbers is for.
enum Purpose : std::uint64_t { life = 1, records, error };

// Children of one piece, drawn and put into words. Not shared between threads.
class PieceWriter {
  public:
    PieceWriter(const IroOptions& options, const Year& year) : options_(options), year_(year) {
        for (int month = 0; month < 12; ++month)
            month_ends_[static_cast<std::size_t>(month)] = service::month_end(year, month);
    }

    std::unique_ptr<Piece> write(std::uint64_t first, std::uint64_t last) {
        auto piece = std::make_unique<Piece>();
        piece->first_iro = Year::iro(first);
        piece->caseloads.resize(Year::iro(last - 1) - piece->first_iro + 1);
        for (std::uint64_t child = first; child < last; ++child) add_child(*piece, child);
        return piece;
    }

  private:
    void add_child(Piece& piece, std::uint64_t number) {
        Random lived(options_.seed, number, life), recorded(options_.seed, number, records);
        const Child child = service::draw_child(lived, year_, number);
        rows_.clear();
        service::fill_rows(recorded, year_, child, rows_);
        count(child, piece.caseloads[Year::iro(number) - piece.first_iro]);
        plant(piece, child);
        piece.add(rows_);
    }

    void count(const Child& child, MonthlyCounts& counts) const {
        for (std::size_t month = 0; month < counts.size(); ++month)
            for (const service::Care& care : child.care)
                counts[month] += care.start <= month_ends_[month] && month_ends_[month] < care.end;
    }

    void plant(Piece& piece, const Child& child) {
        Random random(options_.seed, child.number, error);
        if (!random.chance(options_.error_rate)) return;
        answers_.clear();
        service::Planting planting{random, year_, child, rows_, answers_};
        if (!service::plant_error(planting)) return;
        ++piece.children_planted;
        for (service::Answer answer : answers_) {
            answer.row += piece.rows[static_cast<std::size_t>(answer.table)];
            piece.planted.push_back({child.number + 1, answer});
        }
    }

    const IroOptions& options_;
    const Year& year_;
    std::array<service::Day, 12> month_ends_{};
    service::Rows rows_;
    std::vector<service::Answer> answers_;
};

// Takes the pieces in order.
class Collector {
  public:
    Collector(service::ServiceFiles& files, GenerateReport& report) : files_(files), report_(report) {}
    bool take(const Piece& piece) {
        report_.planted += piece.children_planted;
        for (const Piece::Planted& planted : piece.planted)
            ++report_.answers[fmt::format("iro/{}", planted.answer.rule)];
        const std::uint64_t known = piece.first_iro + piece.caseloads.size();
        if (!piece.caseloads.empty() && counts_.size() + 1 < known) counts_.resize(known - 1);
        for (std::size_t i = 0; i < piece.caseloads.size(); ++i)
            for (std::size_t month = 0; month < 12; ++month)
                counts_[piece.first_iro - 1 + i][month] += piece.caseloads[i][month];
        return files_.write(piece);
    }
    const std::vector<MonthlyCounts>& counts() const { return counts_; }

  private:
    service::ServiceFiles& files_;
    GenerateReport& report_;
    std::vector<MonthlyCounts> counts_;
};

Diagnostic refused(const std::string& message) {
    Diagnostic diagnostic;
    diagnostic.code = "generate.bad-option";
    diagnostic.message = message;
    return diagnostic;
}

Diagnostics check(const IroOptions& options) {
    Diagnostics wrong;
    if (options.children < 1 || options.children > most_children)
        wrong.push_back(refused(fmt::format("children must be 1 to {}", most_children)));
    if (options.year < static_cast<int>(earliest_year) || options.year > static_cast<int>(latest_year))
        wrong.push_back(refused(fmt::format("the year must be {} to {}", earliest_year, latest_year)));
    if (!(options.error_rate >= 0 && options.error_rate <= 1))
        wrong.push_back(refused("the error rate must be 0 to 1"));
    if (options.out.empty()) wrong.push_back(refused("no folder to write to"));
    return wrong;
}

std::string answers_head(const IroOptions& options) {
    return fmt::format(
        "{{\"format\": \"caseaudit.answers/1\", \"dataset\": \"iro\", \"as_at\": \"{}-03-31\",\n "
        "\"children\": {}, "
        "\"seed\": {}, \"error_rate\": {},\n \"planted\": [",
        options.year + 1, options.children, options.seed, options.error_rate);
}

void write_pieces(const IroOptions& options, const Year& year, Collector& collector) {
    const std::uint64_t step = options.children_at_once ? options.children_at_once : 1;
    std::uint64_t next = 0;
    std::atomic<bool> stopped = false;
    tbb::parallel_pipeline(
        2 * static_cast<std::size_t>(tbb::this_task_arena::max_concurrency()),
        tbb::make_filter<void, std::uint64_t>(tbb::filter_mode::serial_in_order,
                                              [&](tbb::flow_control& control) -> std::uint64_t {
                                                  const std::uint64_t first = next;
                                                  if (first >= options.children || stopped) control.stop();
                                                  next += step;
                                                  return first;
                                              }) &
            tbb::make_filter<std::uint64_t, std::shared_ptr<Piece>>(
                tbb::filter_mode::parallel,
                [&](std::uint64_t first) -> std::shared_ptr<Piece> {
                    return PieceWriter(options, year).write(first, std::min(first + step, options.children));
                }) &
            tbb::make_filter<std::shared_ptr<Piece>, void>(tbb::filter_mode::serial_in_order,
                                                           [&](const std::shared_ptr<Piece>& piece) {
                                                               if (!collector.take(*piece)) stopped = true;
                                                           }));
}

}  // namespace

Result<GenerateReport> iro(const IroOptions& options) {
    if (Diagnostics wrong = check(options); !wrong.empty()) return wrong;
    Result<service::ServiceFiles> files = service::ServiceFiles::create(options.out, answers_head(options));
    if (!files) return files.errors();
    const Year year(options.year);
    GenerateReport report;
    Collector collector(*files, report);
    write_pieces(options, year, collector);
    collector.take(
        service::staff(year, options.children, collector.counts(), options.seed, options.error_rate));
    report.rows = files->rows();
    Result<std::uint64_t> bytes = files->finish();
    if (!bytes) return bytes.errors();
    report.bytes = *bytes;
    return report;
}

}  // namespace caseaudit::generate
