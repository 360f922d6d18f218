// Loads an extract and tells how fast that went and what it took.
//   bench_load DATASET.yaml INPUT [--prior FOLDER] [--threads N] [--repeat N]
#include <fmt/format.h>
#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "casebook/load.h"
#include "casebook/phases.h"
#include "platform/process.h"

namespace {

using namespace caseaudit;

std::uint64_t bytes_in(const std::string& path) {
    std::uint64_t bytes = 0;
    if (path.empty()) return 0;
    if (!std::filesystem::is_directory(path)) return std::filesystem::file_size(path);
    for (const auto& entry : std::filesystem::directory_iterator(path)) {
        if (entry.is_regular_file()) bytes += entry.file_size();
    }
    return bytes;
}

struct Options {
    std::string dataset, input, prior;
    int threads = 1, repeat = 3;
};

bool parse(int count, char** words, Options& options) {
    std::vector<std::string> plain;
    for (int i = 1; i < count; ++i) {
        const std::string word = words[i];
        if (word.rfind("--", 0) != 0) {
            plain.push_back(word);
        } else if (i + 1 == count) {
            return false;
        } else if (word == "--prior") {
            options.prior = words[++i];
        } else if (word == "--threads") {
            options.threads = std::atoi(words[++i]);
        } else if (word == "--repeat") {
            options.repeat = std::atoi(words[++i]);
        } else {
            return false;
        }
    }
    if (plain.size() != 2 || options.threads < 1 || options.repeat < 1) return false;
    options.dataset = plain[0];
    options.input = plain[1];
    return true;
}

void print_row(const Options& options, double bytes, double seconds, const casebook::Phases& phases,
               const casebook::Casebook& book) {
    const double gigabytes = bytes / 1e9;
    fmt::print(
        "{:>8.1f} MB  {:>2} threads  {:>7.4f} s  {:>6.3f} GB/s a core | read and convert {:.4f}  cases "
        "{:.4f}  "
        "texts {:.4f}  sort {:.4f}  write {:.4f} | peak {:.1f} MB, image {:.2f} of the input\n",
        bytes / 1e6, options.threads, seconds, gigabytes / seconds / options.threads, phases.read,
        phases.cases, phases.texts, phases.order, phases.write,
        static_cast<double>(platform::peak_memory()) / 1e6, static_cast<double>(book.image().size()) / bytes);
}

}  // namespace

int main(int count, char** words) {
    Options options;
    if (!parse(count, words, options)) {
        fmt::print(stderr,
                   "usage: bench_load DATASET.yaml INPUT [--prior FOLDER] [--threads N] [--repeat N]\n");
        return 2;
    }
    const auto dataset = dataset::load(options.dataset);
    if (!dataset) {
        for (const auto& error : dataset.errors()) fmt::print(stderr, "{}\n", render(error));
        return 2;
    }
    const auto bytes = static_cast<double>(bytes_in(options.input) + bytes_in(options.prior));
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(options.threads));
    for (int i = 0; i < options.repeat; ++i) {
        casebook::Phases phases;
        const auto begin = std::chrono::steady_clock::now();
        const auto loaded = casebook::load_extract(*dataset, {options.input, options.prior, {}}, &phases);
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
        if (!loaded) {
            for (const auto& error : loaded.errors()) fmt::print(stderr, "{}\n", render(error));
            return 2;
        }
        print_row(options, bytes, took.count(), phases, loaded->casebook);
    }
}
