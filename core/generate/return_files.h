// Rows as CSV text, and the files they go to.
#pragma once
#include <array>
#include <string>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "generate/output_file.h"
#include "generate/planting.h"

namespace caseaudit::generate {

// The text of one piece of work: some children in a row, both years.
struct Piece {
    struct Extract {
        std::array<std::string, table_count> text;
        std::array<std::uint64_t, table_count> rows{};
    };
    struct Planted {
        Cell child;
        Answer answer;  // row counts the piece's rows from 0
    };
    Extract current, prior;
    std::vector<Planted> planted;
    std::uint64_t children_planted = 0;
};

void append(Piece::Extract& extract, const Rows& rows);

// The files below one folder, written piece by piece in order. Not shared between threads. Each call
// returns false once writing has failed; `finish` then says which file and why.
class ReturnFiles {
  public:
    static Result<ReturnFiles> create(const std::string& folder, const std::string& answers_head);
    bool write(const Piece& piece);
    Result<std::uint64_t> finish();  // bytes of the files of both years
    std::uint64_t rows() const { return rows_; }

  private:
    bool write(OutputFile& output, const std::string& text, std::uint64_t rows);
    bool write_answers(const Piece& piece);

    std::array<OutputFile, table_count> current_, prior_;
    OutputFile answers_;
    std::uint64_t rows_ = 0;
    bool any_answer_ = false;
    std::string failed_;  // path of the file that could not be written
};

// Writes a small file at once.
Result<std::uint64_t> write_file(const std::string& path, const std::string& text);

}  // namespace caseaudit::generate
