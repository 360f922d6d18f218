// A file that a generator writes, from its beginning to its end.
#pragma once
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "diagnostic/diagnostic.h"

namespace caseaudit::generate {

// That the file or folder cannot be written, and why: "generate.cannot-write".
Diagnostic cannot_write(const std::string& path, const std::string& why);
// Because of the last call of the operating system.
Diagnostic cannot_write(const std::string& path);

// Not shared between threads.
struct OutputFile {
    std::string path;
    std::uint64_t rows = 0, bytes = 0;  // put into it; rows are the caller's to count

    // Each returns false when it could not be done, and leaves errno.
    bool open(const std::string& at);  // in place of what is there
    bool put(std::string_view text);
    bool close();

  private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    std::unique_ptr<std::FILE, Close> file_;
};

}  // namespace caseaudit::generate
