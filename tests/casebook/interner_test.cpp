#include "casebook/interner.h"

#include <catch2/catch.hpp>

#include <map>
#include <random>
#include <string>
#include <thread>

using namespace caseaudit::casebook;

namespace {

// Texts of all kinds: short and long, many that begin alike, few and for very long, with NUL among them,
// empty.
std::vector<std::string> sample_texts(std::size_t count) {
    std::mt19937 random(7);
    std::vector<std::string> texts{"",   std::string(1, '\0'), std::string("ab\0", 3),
                                   "ab", "abcdefgh",           "abcdefghi"};
    while (texts.size() < count) {
        const auto number = std::to_string(random() % count);
        switch (random() % 7) {
            case 0:
                texts.push_back(number);
                break;
            case 1:
                texts.push_back("DOCUMENT" + number);  // its first eight bytes are those of all such
                break;
            case 2:
                texts.push_back(number + std::string("\0\0", 2));
                break;
            case 3:
                texts.push_back("DOCUMENT IN THE FILE" + number.substr(0, 2) + " " + number);
                break;
            case 4:  // so long alike that it no longer pays to look at words
                texts.push_back(std::string(100, 'x') + number);
                break;
            case 5:  // each the beginning of others, NULs behind it
                texts.push_back("DOCUMENT" + std::string(random() % 90, '\0'));
                break;
            default:
                texts.push_back("\xC3\xA9" + number);
        }
    }
    return texts;
}

// What each of two threads got for each of the texts, which it interned in an order of its own.
std::array<std::vector<InternId>, 2> intern_twice(Interner& interner, const std::vector<std::string>& texts) {
    std::array<std::vector<InternId>, 2> ids{std::vector<InternId>(texts.size()),
                                             std::vector<InternId>(texts.size())};
    const auto run = [&](std::size_t thread) {
        constexpr std::size_t batch = 777;
        for (std::size_t done = 0; done < texts.size(); done += batch) {
            std::vector<TextKey> keys;
            std::vector<std::size_t> places;
            for (std::size_t i = done; i < std::min(done + batch, texts.size()); ++i) {
                places.push_back(thread == 0 ? i : texts.size() - 1 - i);
                keys.push_back(text_key(texts[places.back()]));
            }
            std::vector<InternId> got(keys.size());
            interner.intern(keys, got.data());
            for (std::size_t i = 0; i < got.size(); ++i) ids[thread][places[i]] = got[i];
        }
    };
    std::thread other(run, 1);
    run(0);
    other.join();
    return ids;
}

void check_order(std::size_t count) {
    const auto texts = sample_texts(count);
    Interner interner;
    const auto ids = intern_twice(interner, texts);
    CHECK(ids[0] == ids[1]);
    std::map<std::string, InternId> distinct;
    for (std::size_t i = 0; i < texts.size(); ++i) distinct.emplace(texts[i], ids[0][i]);
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < texts.size(); ++i) wrong += distinct.at(texts[i]) != ids[0][i];
    CHECK(wrong == 0);

    const auto ordered = interner.order();
    REQUIRE(ordered.size() == distinct.size());
    std::uint32_t rank = 0;
    for (const auto& [text, id] : distinct) {
        TextBytes bytes;
        wrong += bytes.text(ordered[rank], interner) != text;
        wrong += ordered[rank].id != id;
        interner.set_rank(id, rank++);
    }
    for (std::uint32_t i = 0; i < rank; ++i) wrong += interner.rank(ordered[i].id) != i;
    CHECK(wrong == 0);
}

}  // namespace

TEST_CASE("texts that two threads collect come out in bytewise order, each once") {
    for (const std::size_t count : {6, 7, 100, 5'000, 100'000}) check_order(count);
}

TEST_CASE("an interner without texts has none in order") {
    Interner interner;
    CHECK(interner.order().empty());
}
