#include "extract/window.h"

#include <algorithm>
#include <cstring>

#include "extract/field_index.h"

namespace caseaudit::extract {

void Workspace::reserve(std::size_t size, std::size_t keep) {
    if (size <= capacity) return;
    auto wider = std::make_unique_for_overwrite<char[]>(size + 1 + scan_margin);
    if (keep > 0) std::memcpy(wider.get(), text.get(), keep);
    text = std::move(wider);
    raw.reset();
    ends = std::make_unique_for_overwrite<std::uint32_t[]>(size + 1 + scan_margin);
    starts = std::make_unique_for_overwrite<std::uint32_t[]>(size + 1 + scan_margin);
    capacity = size;
}

Window::Window(const ByteSource& bytes, Encoding encoding, std::uint64_t begin, std::uint64_t end,
               std::size_t size, Workspace& workspace)
    : bytes_(bytes), encoding_(encoding), offset_(begin), end_(end), size_(size), workspace_(workspace) {
    workspace_.reserve(size_, 0);
}

Diagnostics Window::advance(std::size_t keep_from) {
    length_ -= keep_from;
    if (length_ > 0 && keep_from > 0) std::memmove(text(), text() + keep_from, length_);
    if (complete()) {
        std::memset(text() + length_, 0, scan_margin);
        return {};
    }
    auto errors = encoding_ == Encoding::utf8 ? read_plain() : read_converted();
    finish();
    return errors;
}

Diagnostics Window::read_plain() {
    const std::size_t wanted = std::min<std::uint64_t>(size_ - length_, end_ - offset_);
    const auto got = bytes_.read_at(offset_, {text() + length_, wanted});
    if (!got) return got.errors();
    offset_ += wanted;
    length_ += wanted;
    return {};
}

Diagnostics Window::read_converted() {
    if (workspace_.raw == nullptr)
        workspace_.raw = std::make_unique_for_overwrite<char[]>(workspace_.capacity);
    const std::size_t room = (size_ - length_) / 3;  // no encoding needs more than three bytes for one
    const std::size_t wanted = std::min<std::uint64_t>(room > 3 ? room - 1 : 0, end_ - offset_);
    const auto got = bytes_.read_at(offset_, {workspace_.raw.get(), wanted});
    if (!got) return got.errors();
    std::size_t used = 0;
    length_ +=
        to_utf8(encoding_, {workspace_.raw.get(), wanted}, text() + length_, used, offset_ + wanted == end_);
    offset_ += used;
    return {};
}

void Window::finish() {
    if (complete() && length_ > 0 && text()[length_ - 1] != '\n' && text()[length_ - 1] != '\r')
        text()[length_++] = '\n';
    std::memset(text() + length_, 0, scan_margin);
}

void Window::grow(std::size_t limit) {
    size_ = std::min(size_ * 2, std::max(limit, size_));
    workspace_.reserve(size_, length_);
}

}  // namespace caseaudit::extract
