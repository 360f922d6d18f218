// A stretch of a file's text in memory, small enough to stay in a core's cache, that moves along the file.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>

#include "extract/byte_source.h"
#include "extract/encoding.h"

namespace caseaudit::extract {

// The memory that reading needs, reused from chunk to chunk: to touch fresh memory costs more than to scan
// it.
struct Workspace {
    std::size_t capacity = 0;               // bytes of text
    std::unique_ptr<char[]> text;           // capacity, a line feed, and scan_margin
    std::unique_ptr<char[]> raw;            // bytes yet to be converted; only for encodings other than UTF-8
    std::unique_ptr<std::uint32_t[]> ends;  // capacity + scan_margin
    std::unique_ptr<std::uint32_t[]> starts;  // as many
    // Makes room for `size` bytes of text and keeps the first `keep`.
    void reserve(std::size_t size, std::size_t keep);
};

// Not shared between threads. The text is UTF-8 and ends with zeros, scan_margin of them.
class Window {
  public:
    // Over the file's bytes [begin, end). `size` is that of the window in bytes of text, at least 16.
    Window(const ByteSource& bytes, Encoding encoding, std::uint64_t begin, std::uint64_t end,
           std::size_t size, Workspace& workspace);

    char* text() { return workspace_.text.get(); }
    std::size_t length() const { return length_; }
    // The text reaches to the end; it then ends with a line break, added if the file had none.
    bool complete() const { return offset_ == end_; }
    std::size_t capacity() const { return size_; }

    // Drops the text before `keep_from` and reads on. Fails with "file.read".
    Diagnostics advance(std::size_t keep_from);
    // Doubles the window, up to `limit`.
    void grow(std::size_t limit);

  private:
    Diagnostics read_plain();
    Diagnostics read_converted();
    void finish();

    const ByteSource& bytes_;
    Encoding encoding_;
    std::uint64_t offset_;
    std::uint64_t end_;
    std::size_t size_;
    Workspace& workspace_;
    std::size_t length_ = 0;
};

}  // namespace caseaudit::extract
