#include "sandbox/replay.h"

#include <vector>

#include "plugin/printable.h"
#include "sandbox/protocol.h"

namespace caseaudit::sandbox {
namespace {

constexpr std::size_t most_waiting = std::size_t{64} << 20;

void keep(std::string& kept, std::uint32_t kind, std::string_view content) {
    kept += Encoder().put(static_cast<std::uint32_t>(content.size())).put(kind).bytes();
    kept.append(content);
}

// Bits of rows before `row`, where bit 0 is row `first`.
std::uint64_t bits_before(std::uint64_t first, std::size_t row) {
    if (row <= first) return 0;
    return row - first >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << (row - first)) - 1;
}

}  // namespace

bool Replay::settle(std::size_t row) {
    std::string kept;
    for (std::string_view rest = waiting_; !rest.empty();) {
        Decoder header(rest);
        const auto size = header.get<std::uint32_t>();
        const auto kind = header.get<std::uint32_t>();
        if (!header.good() || size > rest.size() - frame_header) return false;
        if (!pass_on(kind, rest.substr(frame_header, size), row, kept)) return false;
        rest.remove_prefix(frame_header + size);
    }
    waiting_ = std::move(kept);
    return waiting_.size() <= most_waiting;
}

bool Replay::pass_on(std::uint32_t kind, std::string_view content, std::size_t row, std::string& kept) {
    Decoder in(content);
    switch (static_cast<Frame>(kind)) {
        case Frame::trouble:
            if (trouble_.empty()) trouble_ = plugin::printable(content);
            return !content.empty();
        case Frame::gave_up:
            giving_up_ = plugin::printable(content);
            return !content.empty();
        case Frame::failed:
            if (in.get<std::uint32_t>() < row || row >= rows_) return fail(content);
            keep(kept, kind, content);
            return true;
        case Frame::undecided: {
            const std::size_t undecided = in.get<std::uint32_t>();
            if (!in.finished()) return false;
            if (undecided < row || row >= rows_)
                sink_.undecided(sink_.self, undecided);
            else
                keep(kept, kind, content);
            return true;
        }
        case Frame::marked:
            if (content.size() != 24) return false;
            mark(content, row, kept);
            return true;
        default:
            return false;
    }
}

bool Replay::fail(std::string_view content) {
    Decoder in(content);
    const std::size_t row = in.get<std::uint32_t>();
    std::vector<caseaudit_evidence> evidence(in.count(16));
    if (evidence.size() > evidence_limit) return false;
    for (auto& one : evidence) {
        const auto name = in.text();
        one.name = {name.data(), name.size()};
        one.value.type = in.get<std::int32_t>();
        one.value.unit = in.get<std::int32_t>();
        if (one.value.type == CASEAUDIT_TEXT) {
            const auto text = in.text();
            one.value.as.text = {text.data(), text.size()};
        } else {
            one.value.as.integer = in.get<std::int64_t>();
        }
    }
    std::vector<std::size_t> judged_by(in.count(4));
    if (judged_by.size() > context_limit) return false;
    for (auto& other : judged_by) other = in.get<std::uint32_t>();
    if (!in.finished()) return false;
    if (judged_by.empty())
        sink_.fail(sink_.self, row, evidence.data(), evidence.size());
    else
        sink_.fail_by(sink_.self, row, evidence.data(), evidence.size(), judged_by.data(), judged_by.size());
    return true;
}

void Replay::mark(std::string_view content, std::size_t row, std::string& kept) {
    Decoder in(content);
    const auto first = in.get<std::uint64_t>(), failed = in.get<std::uint64_t>(),
               undecided = in.get<std::uint64_t>();
    const std::uint64_t now = row >= rows_ ? ~std::uint64_t{0} : bits_before(first, row);
    sink_.mark(sink_.self, static_cast<std::size_t>(first), failed & now, undecided & now);
    if (((failed | undecided) & ~now) != 0)
        keep(kept, static_cast<std::uint32_t>(Frame::marked),
             Encoder().put(first).put(failed & ~now).put(undecided & ~now).bytes());
}

}  // namespace caseaudit::sandbox
