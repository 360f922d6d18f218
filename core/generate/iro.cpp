#include "generate/iro.h"

#include <fmt/format.h>

#include <memory>

#include "generate/in_pieces.h"
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

std::string answers_head(const IroOptions& options) {
    return fmt::format(
        "{{\"format\": \"caseaudit.answers/1\", \"dataset\": \"iro\", \"as_at\": \"{}-03-31\",\n "
        "\"children\": {}, "
        "\"seed\": {}, \"error_rate\": {},\n \"planted\": [",
        options.year + 1, options.children, options.seed, options.error_rate);
}

}  // namespace

Result<GenerateReport> iro(const IroOptions& options) {
    if (Diagnostics wrong = check_limits(options.children, options.year, options.error_rate, options.out);
        !wrong.empty())
        return wrong;
    Result<service::ServiceFiles> files = service::ServiceFiles::create(options.out, answers_head(options));
    if (!files) return files.errors();
    const Year year(options.year);
    GenerateReport report;
    Collector collector(*files, report);
    in_pieces<Piece>(
        options.children, options.children_at_once,
        [&](std::uint64_t first, std::uint64_t end) { return PieceWriter(options, year).write(first, end); },
        [&](const Piece& piece) { return collector.take(piece); });
    collector.take(
        service::staff(year, options.children, collector.counts(), options.seed, options.error_rate));
    report.rows = files->rows();
    Result<std::uint64_t> bytes = files->finish();
    if (!bytes) return bytes.errors();
    report.bytes = *bytes;
    return report;
}

}  // namespace caseaudit::generate
