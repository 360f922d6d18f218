// The bytes of one file: a small one is held in memory, a large one is read where it is wanted.
#pragma once
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string>

#include "platform/files.h"

namespace caseaudit::extract {

// Safe to share between threads.
class ByteSource {
  public:
    explicit ByteSource(std::unique_ptr<platform::File> file)
        : file_(std::move(file)), size_(file_->size()) {}

    std::uint64_t size() const { return size_; }
    bool held() const { return file_ == nullptr; }

    // Reads all of it now and closes the file. Fails as read_at() does.
    Diagnostics hold() {
        auto content = std::make_unique_for_overwrite<char[]>(size_);
        auto got = read_at(0, {content.get(), size_});
        if (!got) return std::move(got.errors());
        content_ = std::move(content);
        file_.reset();
        return {};
    }

    // Fills `into`, all of which must lie within size(). Fails with "file.read", also if the file has shrunk.
    Result<std::size_t> read_at(std::uint64_t offset, std::span<char> into) const {
        if (held()) {
            std::memcpy(into.data(), content_.get() + offset, into.size());
            return into.size();
        }
        auto got = file_->read_at(offset, into);
        if (got && *got < into.size()) {
            Diagnostic error;
            error.code = "file.read";
            error.message = "the file became shorter while it was read";
            return error;
        }
        return got;
    }

    // Whether what is read now may be other than what was read before.
    bool changed() const { return !held() && file_->changed(); }

  private:
    std::unique_ptr<platform::File> file_;
    std::uint64_t size_;
    std::unique_ptr<char[]> content_;
};

}  // namespace caseaudit::extract
