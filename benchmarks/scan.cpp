// scan FILE.csv: how fast a file is read, its cells found, and the whole reader with a consumer that does
// nothing. GB/s of the file's bytes, the best of several runs; the file lies in the page cache.
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>

#include <cstdio>
#include <cstring>
#include <memory>

#include "extract/csv.h"
#include "extract/field_index.h"
#include "platform/files.h"
#include "platform/process.h"

namespace {

using namespace caseaudit;

constexpr std::size_t piece = std::size_t{128} << 10;
constexpr int runs = 5;

class Nobody final : public extract::BlockConsumer {
  public:
    void chunks(std::size_t) override {}
    void consume(std::size_t, const extract::Block& block) override { rows += block.rows; }
    std::atomic<std::uint64_t> rows{0};
};

template <class Work>
double best_seconds(const Work& work) {
    double best = 1e9;
    for (int run = 0; run < runs; ++run) {
        const auto begin = platform::system_clock().nanoseconds();
        work();
        best = std::min(best, 1e-9 * static_cast<double>(platform::system_clock().nanoseconds() - begin));
    }
    return best;
}

// Calls work(text, length) for each piece of the file, in parallel, and lets the results be seen to be used.
template <class Work>
std::uint64_t for_pieces(const platform::File& file, const Work& work) {
    std::atomic<std::uint64_t> sum{0};
    const std::size_t count = (file.size() + piece - 1) / piece;
    tbb::parallel_for(tbb::blocked_range<std::size_t>(0, count, 16), [&](const auto& range) {
        const auto text = std::make_unique_for_overwrite<char[]>(piece + extract::scan_margin);
        const auto starts = std::make_unique_for_overwrite<std::uint32_t[]>(piece + extract::scan_margin);
        const auto ends = std::make_unique_for_overwrite<std::uint32_t[]>(piece + extract::scan_margin);
        for (std::size_t i = range.begin(); i < range.end(); ++i) {
            const auto length = file.read_at(i * piece, {text.get(), piece});
            std::memset(text.get() + *length, 0, extract::scan_margin);
            sum += work(text.get(), *length, {starts.get(), ends.get()});
        }
    });
    return sum;
}

void print(const char* what, std::uint64_t bytes, int threads, double seconds) {
    std::printf("%-34s %d thread%s %7.2f GB/s %8.2f ms\n", what, threads, threads == 1 ? " " : "s",
                static_cast<double>(bytes) / seconds / 1e9, seconds * 1e3);
}

int measure(const char* path, int threads) {
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(threads));
    auto opened = platform::system_files().open(path);
    auto source = extract::open_source(path, path);
    if (!opened || !source) {
        std::fprintf(stderr, "scan: %s cannot be read\n", path);
        return 2;
    }
    const platform::File& file = **opened;
    const char separator = (*source)->separator;
    std::uint64_t seen = 0;
    print("bytes read", file.size(), threads, best_seconds([&] {
              seen += for_pieces(file, [](const char* text, std::size_t length, const extract::CellBounds&) {
                  return static_cast<unsigned char>(text[length / 2]);
              });
          }));
    print("bytes read, cells found", file.size(), threads, best_seconds([&] {
              seen += for_pieces(
                  file, [&](const char* text, std::size_t length, const extract::CellBounds& bounds) {
                      return extract::index_fields(text, length, separator, false, bounds).cells;
                  });
          }));
    print("file opened: header, survey, SHA-256", file.size(), threads,
          best_seconds([&] { seen += extract::open_source(path, path).ok() ? 1 : 0; }));
    print("the same, and its rows read", file.size(), threads, best_seconds([&] {
              Nobody nobody;
              if (auto again = extract::open_source(path, path); again.ok())
                  seen += (*again)->read(nobody).accepted;
          }));
    std::printf("(check %llu)\n", static_cast<unsigned long long>(seen));
    return 0;
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 2) {
        std::fprintf(stderr, "usage: scan FILE.csv\n");
        return 2;
    }
    const int one = measure(arguments[1], 1);
    const int two = measure(arguments[1], 2);
    std::printf("peak memory %.1f MB\n", static_cast<double>(platform::peak_memory()) / 1e6);
    return one != 0 ? one : two;
}
