// Pseudo-random numbers that are the same on every machine: xoshiro256** seeded by splitmix64
// (Blackman and Vigna, public domain). The standard distributions are not used, as their results
// differ between libraries.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <span>

namespace caseaudit::generate {

constexpr std::uint64_t splitmix(std::uint64_t& state) {
    state += 0x9E3779B97F4A7C15ull;
    std::uint64_t mixed = state;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ull;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBull;
    return mixed ^ (mixed >> 31);
}

// One stream per (seed, subject, purpose), so that what is drawn for one child never depends on another.
// Not shared between threads.
class Random {
  public:
    Random(std::uint64_t seed, std::uint64_t subject, std::uint64_t purpose) {
        std::uint64_t state = seed;
        state = splitmix(state) ^ (subject * 0xD1342543DE82EF95ull);
        state = splitmix(state) ^ (purpose * 0xAF251AF3B0F025B5ull);
        for (std::uint64_t& word : words_) word = splitmix(state);
    }
    std::uint64_t next() {
        const std::uint64_t result = rotate(words_[1] * 5, 7) * 9;
        const std::uint64_t shifted = words_[1] << 17;
        words_[2] ^= words_[0];
        words_[3] ^= words_[1];
        words_[1] ^= words_[2];
        words_[0] ^= words_[3];
        words_[2] ^= shifted;
        words_[3] = rotate(words_[3], 45);
        return result;
    }
    // 0 … bound - 1; bound > 0. The bias of the multiplication is below 2^-32 for the bounds used here.
    std::uint32_t below(std::uint32_t bound) {
        return static_cast<std::uint32_t>(((next() >> 32) * bound) >> 32);
    }
    int between(int low, int high) {  // both included; low when high < low
        return high <= low ? low : low + static_cast<int>(below(static_cast<std::uint32_t>(high - low + 1)));
    }
    bool chance(double probability) { return static_cast<double>(next() >> 11) * 0x1.0p-53 < probability; }
    template <class T>
    const T& pick(std::span<const T> choices) {
        return choices[below(static_cast<std::uint32_t>(choices.size()))];
    }
    template <class T, std::size_t N>
    const T& pick(const T (&choices)[N]) {
        return choices[below(N)];
    }

  private:
    static constexpr std::uint64_t rotate(std::uint64_t word, int bits) {
        return (word << bits) | (word >> (64 - bits));
    }
    std::uint64_t words_[4];
};

// A choice with a weight; weights need not add up to anything.
template <class T>
struct Weighted {
    T value;
    std::uint32_t weight;
};
template <class T, std::size_t N>
const T& pick(Random& random, const Weighted<T> (&choices)[N]) {
    std::uint32_t total = 0;
    for (const Weighted<T>& choice : choices) total += choice.weight;
    std::uint32_t drawn = random.below(total);
    for (const Weighted<T>& choice : choices) {
        if (drawn < choice.weight) return choice.value;
        drawn -= choice.weight;
    }
    return choices[N - 1].value;
}

}  // namespace caseaudit::generate
