// Files within a ZIP archive, read piece by piece. What they inflate to is counted and bounded, whatever
// their headers claim.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "extract/byte_source.h"

namespace caseaudit::extract {

// Not shared between threads.
class ZipArchive {
  public:
    // `limit`: bytes that all reading together may inflate to. The bytes outlive the archive. Fails with
    // "extract.zip".
    static Result<ZipArchive> open(const ByteSource& bytes, std::uint64_t limit);
    ZipArchive(ZipArchive&&) noexcept;
    ~ZipArchive();

    bool holds(const std::string& name) const;

    // One file within, from its beginning on.
    class Entry {
      public:
        // Fills the buffer; returns the bytes got, 0 at the end, -1 on failure: see trouble().
        std::ptrdiff_t read(std::span<char> into);
        const std::string& trouble() const { return trouble_; }
        Entry(Entry&&) noexcept;
        ~Entry();

      private:
        friend class ZipArchive;
        Entry(ZipArchive& archive, void* file) : archive_(&archive), file_(file) {}
        ZipArchive* archive_;
        void* file_;  // zip_file_t
        std::string trouble_;
    };
    // Fails with "extract.zip": no such file, encrypted, or packed in a way that is not known.
    Result<Entry> entry(const std::string& name);

  private:
    struct Feed;
    ZipArchive();
    std::unique_ptr<Feed> feed_;
    void* archive_ = nullptr;  // zip_t
    std::uint64_t left_ = 0;
};

}  // namespace caseaudit::extract
