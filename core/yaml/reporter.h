// Collects the errors of one YAML file. Private to yaml/.
#pragma once
#include <string>

#include "diagnostic/diagnostic.h"
#include "yaml/cursor.h"

namespace caseaudit::yaml {

class Reporter {
  public:
    Reporter(std::string file, Diagnostics& errors) : file_(std::move(file)), errors_(errors) {}

    // False, so that a failing function can return it.
    bool report(Place at, std::string code, std::string message, std::string fragment, std::string hint) {
        at.file = file_;
        if (!stopped_) {
            errors_.push_back({std::move(code),
                               std::move(message),
                               std::move(at),
                               std::move(fragment),
                               std::move(hint),
                               {}});
        }
        if (errors_.size() >= most_errors) stopped_ = true;
        return false;
    }
    bool report(const Cursor& at, std::string code, std::string message, std::string hint = "") {
        return report(place(at), std::move(code), std::move(message), "", std::move(hint));
    }
    static Place place(const Cursor& at) {
        return {"", at.line(), static_cast<std::uint32_t>(at.column() + 1)};
    }

    void stop() { stopped_ = true; }
    bool stopped() const { return stopped_; }

  private:
    static constexpr std::size_t most_errors = 100;  // of a file that is no YAML at all, more say nothing new
    std::string file_;
    Diagnostics& errors_;
    bool stopped_ = false;
};

}  // namespace caseaudit::yaml
