// Where a run's document goes: standard output, a file that appears under its name only when it is whole,
// or nowhere but memory; and a copy in memory for the reports made of it.
#pragma once
#include <optional>
#include <string>

#include "findings/document.h"
#include "platform/files.h"

namespace caseaudit::cli {

// That standard output could not be written; `error` is an errno, 0 where it is not known.
Diagnostic output_lost(int error);

class OutputTarget : public findings::Output {
  public:
    // `keep`: also keep the bytes for kept(). Path "" is memory alone, "-" is standard output.
    Diagnostics open(const std::string& path, bool keep);
    bool write(std::string_view bytes) override;
    // What went wrong with the last write() that failed, and why.
    const Diagnostics& trouble() const { return trouble_; }
    Diagnostics commit();
    const std::string& kept() const { return kept_; }

  private:
    std::optional<platform::NewFile> file_;
    bool standard_output_ = false, keep_ = false;
    std::string kept_;
    Diagnostics trouble_;
};

}  // namespace caseaudit::cli
