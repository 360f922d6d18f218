#include "generate/ssda903.h"

#include <fmt/format.h>

#include <memory>

#include "generate/in_pieces.h"
#include "generate/planting.h"
#include "generate/return_files.h"
#include "generate/return_rows.h"

namespace caseaudit::generate {
namespace {

// What a stream of random numbers is for.
enum Purpose : std::uint64_t { life = 1, this_year, last_year, error };

// Children of one piece, drawn and put into words. Not shared between threads.
class PieceWriter {
  public:
    PieceWriter(const Ssda903Options& options, const Landscape& landscape, const Collection& collection)
        : options_(options), landscape_(landscape), collection_(collection) {}

    std::unique_ptr<Piece> write(std::uint64_t first, std::uint64_t last) {
        auto piece = std::make_unique<Piece>();
        for (std::uint64_t child = first; child < last; ++child) {
            add_child(*piece, 2 * child, Subject::in_current_return);
            // The turnover of a year: about three in ten of last year's children are gone.
            if (Random(options_.seed, 2 * child + 1, life).chance(0.3))
                add_child(*piece, 2 * child + 1, Subject::left_last_year);
        }
        return piece;
    }

  private:
    void add_child(Piece& piece, std::uint64_t number, Subject subject) {
        Random lived(options_.seed, number, life);
        if (subject == Subject::left_last_year) lived.next();
        const CareHistory history = draw_history(lived, landscape_, collection_, subject, number);
        current_.clear();
        prior_.clear();
        Random current(options_.seed, number, this_year), prior(options_.seed, number, last_year);
        if (subject == Subject::in_current_return) fill_rows(current, history, collection_.current, current_);
        fill_rows(prior, history, collection_.prior, prior_);
        if (subject == Subject::in_current_return) plant(piece, number, history.child);
        append(piece.current, current_);
        append(piece.prior, prior_);
    }

    void plant(Piece& piece, std::uint64_t number, const Cell& child) {
        Random random(options_.seed, number, error);
        if (!random.chance(options_.error_rate) || current_[Table::header].empty()) return;
        answers_.clear();
        Planting planting{random, collection_, current_, prior_, answers_};
        if (!plant_error(planting)) return;
        ++piece.children_planted;
        for (Answer answer : answers_) {
            answer.row += piece.current.rows[static_cast<std::size_t>(answer.table)];
            piece.planted.push_back({child, answer});
        }
    }

    const Ssda903Options& options_;
    const Landscape& landscape_;
    const Collection& collection_;
    Rows current_, prior_;
    std::vector<Answer> answers_;
};

std::string answers_head(const Ssda903Options& options) {
    return fmt::format(
        "{{\"format\": \"caseaudit.answers/1\", \"dataset\": \"ssda903\", \"collection_start\": "
        "\"{}-04-01\", "
        "\"collection_end\": \"{}-03-31\",\n \"local_authority\": \"{}\", \"children\": {}, \"seed\": {}, "
        "\"error_rate\": {},\n "
        "\"planted\": [",
        options.year, options.year + 1, authority_code, options.children, options.seed, options.error_rate);
}

void write_pieces(const Ssda903Options& options, const Landscape& landscape, ReturnFiles& files,
                  GenerateReport& report) {
    const Collection collection(options.year);
    in_pieces<Piece>(
        options.children, options.children_at_once,
        [&](std::uint64_t first, std::uint64_t end) {
            return PieceWriter(options, landscape, collection).write(first, end);
        },
        [&](const Piece& piece) {
            report.planted += piece.children_planted;
            for (const Piece::Planted& planted : piece.planted)
                ++report.answers[fmt::format("{}/{}", planted.answer.pack, planted.answer.rule)];
            return files.write(piece);
        });
}

}  // namespace

Result<GenerateReport> ssda903(const Ssda903Options& options) {
    if (Diagnostics wrong = check_limits(options.children, options.year, options.error_rate, options.out);
        !wrong.empty())
        return wrong;
    const Landscape landscape;
    Result<ReturnFiles> files = ReturnFiles::create(options.out, answers_head(options));
    if (!files) return files.errors();
    GenerateReport report;
    write_pieces(options, landscape, *files, report);
    report.rows = files->rows();
    Result<std::uint64_t> bytes = files->finish();
    if (!bytes) return bytes.errors();
    report.bytes = *bytes;
    for (const auto& [name, text] : {std::pair{"provider_info", landscape.provider_table()},
                                     std::pair{"postcodes", landscape.postcode_table()}}) {
        Result<std::uint64_t> written =
            write_file(fmt::format("{}/reference/{}.csv", options.out, name), text);
        if (!written) return written.errors();
    }
    return report;
}

}  // namespace caseaudit::generate
