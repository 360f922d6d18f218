// A file system of one file in memory, whose reading can be made to fail.
#pragma once
#include <algorithm>
#include <cstring>

#include "platform/files.h"

namespace caseaudit::extract::testing {

class MemoryFile final : public platform::File {
  public:
    MemoryFile(const std::string& content, std::uint64_t claimed, const std::uint64_t& broken_from,
               const bool& changed)
        : content_(content), claimed_(claimed), broken_from_(broken_from), changed_(changed) {}
    std::uint64_t size() const override { return claimed_; }
    Result<std::size_t> read_at(std::uint64_t offset, std::span<char> into) const override {
        if (offset + into.size() > broken_from_) {
            Diagnostic error;
            error.code = "file.read";
            error.message = "cannot read: Input/output error";
            return error;
        }
        if (offset >= content_.size()) return std::size_t{0};
        const std::size_t length = std::min<std::uint64_t>(into.size(), content_.size() - offset);
        std::memcpy(into.data(), content_.data() + offset, length);
        return length;
    }
    bool changed() const override { return changed_; }

  private:
    const std::string& content_;
    std::uint64_t claimed_;
    const std::uint64_t& broken_from_;  // may change while the file is open
    const bool& changed_;
};

class MemoryFiles final : public platform::FileSystem {
  public:
    explicit MemoryFiles(std::string content) : content_(std::move(content)), claimed(content_.size()) {}

    Result<std::unique_ptr<platform::File>> open(const std::string&) const override {
        return std::unique_ptr<platform::File>(new MemoryFile(content_, claimed, broken_from, changed));
    }
    platform::Kind kind(const std::string&) const override { return platform::Kind::file; }
    Result<std::vector<platform::Entry>> list(const std::string&) const override {
        return std::vector<platform::Entry>{};
    }

  private:
    std::string content_;

  public:
    std::uint64_t claimed;                          // the size that the file says to have
    std::uint64_t broken_from = ~std::uint64_t{0};  // reading beyond this offset fails
    bool changed = false;                           // the file says to have been written to
};

}  // namespace caseaudit::extract::testing
