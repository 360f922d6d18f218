// Rows of a service as CSV text, and the files they go to.
#pragma once
#include <array>
#include <string>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "generate/output_file.h"
#include "generate/service_planting.h"

namespace caseaudit::generate::service {

// Children that an IRO is responsible for on the last day of each month, from April.
using MonthlyCounts = std::array<std::uint32_t, 12>;

// The text of one piece of work: some children in a row.
struct Piece {
    struct Planted {
        std::uint64_t child;
        Answer answer;  // row counts the piece's rows from 0
    };
    std::array<std::string, table_count> text;
    std::array<std::uint64_t, table_count> rows{};
    std::vector<Planted> planted;
    std::uint64_t children_planted = 0;
    std::uint64_t first_iro = 0;
    std::vector<MonthlyCounts> caseloads;  // of first_iro and those after

    void add(const Rows& rows);
};

// The files below one folder, written piece by piece in order. Not shared between threads. `write` returns
// false once writing has failed; `finish` then says which file and why.
class ServiceFiles {
  public:
    static Result<ServiceFiles> create(const std::string& folder, const std::string& answers_head);
    bool write(const Piece& piece);
    Result<std::uint64_t> finish();  // bytes of the tables
    std::uint64_t rows() const { return rows_; }

  private:
    bool write_answers(const Piece& piece);

    std::array<OutputFile, table_count> tables_;
    OutputFile answers_;
    std::uint64_t rows_ = 0;
    bool any_answer_ = false;
    std::string failed_;  // path of the file that could not be written
};

}  // namespace caseaudit::generate::service
