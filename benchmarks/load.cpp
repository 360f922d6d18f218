// Loads an extract and tells how fast that went and what it took.
//   bench_load DATASET.yaml INPUT [--prior FOLDER] [--threads N] [--repeat N]
#include <fmt/format.h>
#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <vector>

#include "casebook/load.h"
#include "casebook/phases.h"
#include "crypto/crypto.h"
#include "platform/process.h"

namespace {

using namespace caseaudit;

std::vector<std::filesystem::path> files_in(const std::string& path) {
    if (path.empty()) return {};
    if (!std::filesystem::is_directory(path)) return {path};
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(path)) {
        if (entry.is_regular_file()) files.push_back(entry.path());
    }
    return files;
}

using Seconds = std::chrono::duration<double>;

// What the fingerprints of the files take of a load: the same digest over the same bytes, of two at a time,
// without reading them.
Seconds digest_of(const std::vector<std::filesystem::path>& files) {
    Seconds took{};
    std::vector<char> piece(std::size_t{64} << 10);
    for (const auto& path : files) {
        crypto::Sha256 one, other;
        std::ifstream file(path, std::ios::binary);
        while (file.read(piece.data(), static_cast<std::streamsize>(piece.size())) || file.gcount() > 0) {
            const std::span<const char> bytes(piece.data(), static_cast<std::size_t>(file.gcount()));
            const auto begin = std::chrono::steady_clock::now();
            crypto::add_in_turns(one, bytes, other, bytes);
            took += (std::chrono::steady_clock::now() - begin) / 2;
        }
    }
    return took;
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
    auto files = files_in(options.input);
    for (const auto& file : files_in(options.prior)) files.push_back(file);
    double bytes = 0;
    for (const auto& file : files) bytes += static_cast<double>(std::filesystem::file_size(file));
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(options.threads));
    for (int i = 0; i < options.repeat; ++i) {
        casebook::Phases phases;
        const auto begin = std::chrono::steady_clock::now();
        const auto loaded = casebook::load_extract(*dataset, {options.input, options.prior, {}}, &phases);
        const Seconds took = std::chrono::steady_clock::now() - begin;
        if (!loaded) {
            for (const auto& error : loaded.errors()) fmt::print(stderr, "{}\n", render(error));
            return 2;
        }
        print_row(options, bytes, took.count(), phases, loaded->casebook);
    }
    fmt::print("SHA-256 of the same bytes, on one thread: {:.4f} s\n", digest_of(files).count());
}
