#include "sandbox/remote_check.h"

#include <fmt/format.h>

#include "plugin/printable.h"

namespace caseaudit::sandbox {
namespace {

using End = Seat::Answer::End;

bool read_refusal(std::string_view frames, plugin::CompiledCheck::Refusal& refusal) {
    if (frames.empty()) return true;
    Decoder in(frames);
    const auto size = in.get<std::uint32_t>();
    if (in.get<Frame>() != Frame::refusal || size != frames.size() - frame_header) return false;
    refusal.parameter = plugin::printable(in.text());
    refusal.message = plugin::printable(in.text());
    return in.finished() && !refusal.message.empty();
}

}  // namespace

// A batch on its way through the sandbox.
struct RemoteCheck::Judging {
    Seat& seat;
    const caseaudit_sink& sink;
    std::size_t rows;
    std::string batch;  // encoded
    Replay replay;
    std::vector<plugin::Unjudged>& unjudged;
    std::string lie;

    // The rows that were being judged; false when they cannot be those.
    bool unit_from(std::size_t row, Unit& unit) const {
        unit = seat.unit();
        if (unit.count == 0 && unit.first == row) unit.count = 1;  // it had not begun
        return unit.first >= row && unit.first < rows && unit.count >= 1 && unit.count <= rows - unit.first;
    }
    // Frames as they come while the worker works: those of rows that are done can go on.
    bool take(std::string_view frames, std::size_t row) {
        replay.add(frames);
        const auto unit = seat.unit();
        return unit.first >= row && unit.first <= rows && replay.settle(unit.first);
    }
};

bool RemoteCheck::make(Seat& seat, Refusal& refusal) const {
    if (!seat.running()) {
        if (const auto started = seat.start(); !started) {
            refusal.message = started.errors().front().message;
            return false;
        }
    }
    if (seat.made(number_) >= 0) return true;
    const auto answer = seat.ask(Kind::create, request_,
                                 [&](std::string_view frames) { return read_refusal(frames, refusal); });
    if (answer.end != End::answered) {
        if (answer.end == End::lied) plugin_.quarantine();
        refusal.message = fmt::format("plugin {} {} while it made the check", plugin_.name(), answer.cause);
        return false;
    }
    seat.note_made(number_);
    return refusal.message.empty();
}

std::pmr::memory_resource& RemoteCheck::memory() const {
    const auto seat = plugin_.seat();
    return seat ? (*seat)->memory() : CompiledCheck::memory();
}

std::string RemoteCheck::run(const caseaudit_batch& batch, const caseaudit_sink& sink,
                             std::vector<plugin::Unjudged>& unjudged) const {
    const auto seat = plugin_.seat();
    if (!seat) return fmt::format("plugin {}: {}", plugin_.name(), seat.errors().front().message);
    Judging judging{**seat, sink, batch.length, {}, Replay(sink, batch.length), unjudged, {}};
    Encoder encoded;
    (*seat)->forget_placed();
    encode_batch(encoded, batch, **seat);
    judging.batch = encoded.bytes();
    for (std::size_t row = 0; row < batch.length && judging.lie.empty();) {
        if (plugin_.quarantined()) {
            leave(plugin::Unjudged::quarantined(row, batch.length - row, plugin_.name()), sink, unjudged);
            break;
        }
        judge_from(judging, row);
    }
    return judging.lie.empty() ? judging.replay.trouble() : judging.lie;
}

// Has the rows from `row` on judged and moves it past what needs no more judging.
void RemoteCheck::judge_from(Judging& judging, std::size_t& row) const {
    Refusal refusal;
    if (!make(judging.seat, refusal)) {
        plugin_.note_break();  // no record is to blame; if it stays so, the quarantine ends it
        return;
    }
    judging.seat.set_unit({static_cast<std::uint32_t>(row), 0});
    const auto number = static_cast<std::uint32_t>(judging.seat.made(number_));
    const auto request = Encoder().put(number).put(static_cast<std::uint64_t>(row)).bytes() + judging.batch;
    const auto answer = judging.seat.ask(Kind::run, request,
                                         [&](std::string_view frames) { return judging.take(frames, row); });
    const auto lied = [&](const std::string& how) {
        plugin_.quarantine();
        judging.seat.stop();
        judging.lie = fmt::format("plugin {} {}, and was quarantined", plugin_.name(), how);
    };
    if (answer.end == End::lied) return lied(answer.cause);
    auto why = judging.replay.take_giving_up();
    if (answer.end == End::answered && why.empty()) {
        if (judging.seat.unit().first != judging.rows && judging.replay.trouble().empty())
            return lied("said that it had judged everything, and had not");
        if (!judging.replay.settle(judging.rows)) return lied("gave findings that cannot be read");
        row = judging.rows;
        return;
    }
    Unit unit;
    if (!judging.unit_from(row, unit)) return lied("broke, and hid what it was judging");
    judging.replay.drop_waiting();
    auto left = plugin::Unjudged::gave_up(unit.first, unit.count, plugin_.name(), std::move(why));
    if (answer.end == End::broke) {
        left.cause = fmt::format("plugin {} {}", plugin_.name(), answer.cause);
        left.words.clear();
    }
    leave(std::move(left), judging.sink, judging.unjudged);
    plugin_.note_break();
    row = unit.first + unit.count;
}

}  // namespace caseaudit::sandbox
