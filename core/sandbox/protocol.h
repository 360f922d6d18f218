// What the host and the worker program say to each other. Three things are shared: a channel for messages of
// 16 bytes, one at a time from each side in turn; the *input*, memory that only the host can write (requests,
// and the columns of batches); and the *output*, memory that the worker writes and the host copies before it
// believes a byte of it.
#pragma once
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace caseaudit::sandbox {

// Descriptors of the worker.
inline constexpr int control_descriptor = 3, input_descriptor = 4, output_descriptor = 5,
                     plugin_descriptor = 6;

// Bytes. The input's pages cost memory only once they are written.
inline constexpr std::size_t input_size = std::size_t{4} << 30;
inline constexpr std::size_t request_room = std::size_t{16} << 20;  // at its start; then come columns
inline constexpr std::size_t asked_place = request_room - 64;       // a word at its end: see Hint
inline constexpr std::size_t request_limit = asked_place;           // bytes of a request
inline constexpr std::size_t output_size = std::size_t{4} << 20;
inline constexpr std::size_t progress_room = 4096;   // at its start; then come frames
inline constexpr std::size_t text_limit = 64 << 10;  // of one text in a frame
inline constexpr std::size_t evidence_limit = 256;   // pieces, of one failure
inline constexpr std::size_t context_limit = 256;    // rows, of one failure

enum class Kind : std::uint32_t {
    // From the host. The value is the length of the request at the start of the input.
    create = 1,  // a check for a rule; answered by made
    run = 2,     // over a batch; answered by done
    drained = 3,
    // From the worker, with the sequence number of the request.
    ready = 16,  // it has loaded the plugin, or says why not
    made = 17,
    done = 18,
    drain = 19  // the output is full: the host is to copy it and say drained
};

struct Message {
    std::uint32_t kind = 0;
    std::uint32_t sequence = 0;
    std::uint64_t value = 0;
};
static_assert(sizeof(Message) == 16);

// The start of the output. A worker that is killed leaves it as it was at that moment: the frames up to
// `written` are whole, and those of rows before the unit are all there.
struct Progress {
    std::atomic<std::uint64_t> unit;          // see pack_unit: the rows that are being judged
    std::atomic<std::uint64_t> written;       // bytes of frames
    std::atomic<std::uint32_t> refused_call;  // 1 + the number of the system call that ended it; 0: none
    std::atomic<std::uint32_t> answered;      // see Hint
};
static_assert(sizeof(Progress) <= progress_room && std::atomic<std::uint64_t>::is_always_lock_free);

// To be woken by a message takes longer than many a batch takes to judge. So who waits for one first looks,
// for a while, at a word that the other side changes as it sends: the sequence number of the request in hand,
// `asked` in the input and `answered` in the output. A hint that it is time to receive and nothing else: what
// counts is the message, and a wrong hint costs the wait that it was to save. Other threads get the processor
// between two looks.
class Hint {
  public:
    explicit Hint(const std::atomic<std::uint32_t>& word) : word_(word) {}
    // Returns once the word differs from `seen`, or after about `microseconds`.
    void await_change(std::uint32_t seen, int microseconds) const;

  private:
    const std::atomic<std::uint32_t>& word_;
};
// How long it is worth looking: the host for an answer, the worker for another request.
inline constexpr int look_for_answer = 1000, look_for_request = 200;

struct Unit {
    std::uint32_t first = 0, count = 0;
};
inline std::uint64_t pack_unit(Unit unit) {
    return std::uint64_t{unit.first} << 32 | unit.count;
}
inline Unit unpack_unit(std::uint64_t word) {
    return {static_cast<std::uint32_t>(word >> 32), static_cast<std::uint32_t>(word)};
}

// A frame: u32 length of what follows the header, u32 kind, content.
enum class Frame : std::uint32_t {
    description = 1,  // see encode_plugin
    failure,          // diagnostics: the plugin could not be loaded
    refusal,          // text parameter, text message: create refused
    trouble,          // text: why nothing of the batch is to be believed
    failed,           // u32 row, u32 count, evidence: text name, i32 type, i32 unit, i64 value or text;
                      // u32 count, u32 rows by which it was judged
    undecided,        // u32 row
    marked,           // u64 first, u64 failed, u64 undecided
    gave_up           // text: why run ended before its time, at the unit in hand
};
inline constexpr std::size_t frame_header = 8;

// Appends values of fixed size and texts (u32 length, bytes) to a buffer.
class Encoder {
  public:
    template <class T>
    Encoder& put(T value) {
        static_assert(std::is_trivially_copyable_v<T>);
        bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
        return *this;
    }
    Encoder& text(std::string_view text) {
        put(static_cast<std::uint32_t>(text.size()));
        bytes_.append(text);
        return *this;
    }
    const std::string& bytes() const { return bytes_; }

  private:
    std::string bytes_;
};

// Reads them back and believes nothing: past the end, or after a text that is too long, everything is 0 or
// empty and good() is false.
class Decoder {
  public:
    explicit Decoder(std::string_view bytes) : rest_(bytes) {}
    template <class T>
    T get() {
        static_assert(std::is_trivially_copyable_v<T>);
        T value{};
        if (rest_.size() < sizeof value) {
            fail();
            return value;
        }
        __builtin_memcpy(&value, rest_.data(), sizeof value);
        rest_.remove_prefix(sizeof value);
        return value;
    }
    std::string_view text(std::size_t limit = text_limit) {
        const auto size = get<std::uint32_t>();
        if (size > limit || size > rest_.size()) {
            fail();
            return {};
        }
        const auto text = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return text;
    }
    // A count of things that follow, each of at least `least` bytes: never more than there is room for.
    std::size_t count(std::size_t least) {
        const auto count = get<std::uint32_t>();
        if (count <= rest_.size() / least) return count;
        fail();
        return 0;
    }
    bool good() const { return good_; }
    bool finished() const { return good_ && rest_.empty(); }

  private:
    void fail() {
        good_ = false;
        rest_ = {};
    }
    std::string_view rest_;
    bool good_ = true;
};

}  // namespace caseaudit::sandbox
