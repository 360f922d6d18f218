#include <tbb/global_control.h>

#include <random>
#include <set>

#include "casebook/pages.h"
#include "casebook/sample.h"

using namespace sample;

namespace {

// Random rows of the table of types, with every state of every type, and texts that repeat or do not.
Rows random_rows(std::uint32_t seed, std::size_t count, std::size_t children) {
    std::mt19937 random(seed);
    const auto below = [&](std::size_t limit) { return static_cast<std::size_t>(random() % limit); };
    Rows rows;
    for (std::size_t i = 0; i < count; ++i) {
        std::vector<std::string> row(8);
        row[0] = below(50) == 0 ? "" : fmt::format("{}", below(children));
        row[1] = below(9) == 0 ? ""
                 : below(30) == 0
                     ? "31/02/2020"
                     : fmt::format("{:02}/{:02}/{}", below(28) + 1, below(12) + 1, 1990 + below(40));
        row[2] = std::vector<std::string>{"A", "B", "C2", "", "zz"}[below(5)];
        row[3] = below(3) == 0 ? "" : fmt::format("text number {}", below(count));
        row[4] = below(7) == 0 ? "x" : fmt::format("{}", static_cast<int>(below(600)) - 300);
        row[5] = below(7) == 0 ? "" : fmt::format("{}.{}", below(100), below(2) * 5);
        row[6] = std::vector<std::string>{"Y", "N", "", "q"}[below(4)];
        row[7] = below(9) == 0 ? "?" : fmt::format("B{} {}AB", below(90), below(10));
        rows.push_back(std::move(row));
    }
    return rows;
}

// All rows with their case, as text, case by case in the order of places.
std::vector<std::string> contents(const casebook::Casebook& book, int table) {
    std::vector<std::string> all;
    const auto& view = book.table(table, Which::current);
    for (const std::uint32_t in_case : by_place(book)) {
        for (std::uint32_t row = view.case_starts[in_case]; row < view.case_starts[in_case + 1]; ++row) {
            std::string text = book.case_known(in_case) ? std::string(book.case_key(in_case)) : "?";
            for (int field = 0; field < static_cast<int>(view.columns.size()); ++field) {
                text += '|' + describe(book, table, Which::current, field, row);
            }
            all.push_back(std::move(text));
        }
    }
    return all;
}

std::string naive(const std::string& cell, int field) {
    if (cell.empty()) return "missing:";
    switch (field) {
        case 1:
            if (cell == "31/02/2020") return "invalid:" + cell;
            return "present:" + cell.substr(6, 4) + '-' + cell.substr(3, 2) + '-' + cell.substr(0, 2);
        case 2:
            return (cell == "zz" ? "invalid:" : "present:") + cell;
        case 4:
            return (cell == "x" ? "invalid:" : "present:") + cell;
        case 5:
            return "present:" + (cell.ends_with(".0") ? cell.substr(0, cell.size() - 2) : cell);
        case 6:
            return cell == "q" ? "invalid:q" : cell == "Y" ? "present:true" : "present:false";
        case 7:
            return (cell == "?" ? "invalid:" : "present:") + cell;
        default:
            return "present:" + cell;
    }
}

std::vector<std::string> sorted(std::vector<std::string> texts) {
    std::sort(texts.begin(), texts.end());
    return texts;
}

}  // namespace

TEST_CASE("what goes in comes out") {
    const auto dataset = make_dataset();
    for (const auto& [seed, count, children] :
         {std::tuple{1u, 10ul, 3ul}, std::tuple{2u, 1000ul, 300ul}, std::tuple{3u, 50000ul, 9000ul},
          std::tuple{4u, 9000ul, 2ul}}) {
        const Rows rows = random_rows(seed, count, children);
        const auto loaded =
            casebook::load_memory(dataset, {{types, Which::current, columns(dataset, types), rows}});
        std::vector<std::string> expected;
        for (const auto& row : rows) {
            std::string text = row[0].empty() ? "?" : row[0];
            for (int field = 0; field < 8; ++field)
                text += '|' + naive(row[static_cast<std::size_t>(field)], field);
            expected.push_back(std::move(text));
        }
        const auto got = contents(loaded.casebook, types);
        CHECK((sorted(got) == sorted(expected)));
        std::vector<std::string> keys;
        std::set<std::uint64_t> places;
        for (const std::uint32_t i : by_place(loaded.casebook)) {
            places.insert(loaded.casebook.place(i));
            if (loaded.casebook.case_known(i)) keys.emplace_back(loaded.casebook.case_key(i));
        }
        CHECK(std::is_sorted(keys.begin(), keys.end()));
        CHECK(places.size() == loaded.casebook.cases());
        std::vector<std::uint64_t> by_case(loaded.casebook.cases());
        for (std::uint32_t i = 0; i < by_case.size(); ++i) by_case[i] = loaded.casebook.place(i);
        bool least = loaded.casebook.least_place(1, 1) == UINT64_MAX;
        for (std::uint32_t begin = 0; begin < by_case.size(); begin += 7)
            for (const std::uint32_t end : {begin + 1, static_cast<std::uint32_t>(by_case.size())})
                least = least && loaded.casebook.least_place(begin, end) ==
                                     *std::min_element(by_case.begin() + begin, by_case.begin() + end);
        CHECK(least);
        bool traced = true;
        for (std::uint32_t row = 0; row < count; ++row) {
            const auto origin = loaded.casebook.origin(types, Which::current, row);
            traced = traced && describe(loaded.casebook, types, Which::current, 3, row) ==
                                   naive(rows[origin.row - 1][3], 3);
        }
        CHECK(traced);
    }
}

TEST_CASE("the order of rows in a file does not show") {
    const auto dataset = make_dataset();
    Rows rows = random_rows(5, 30000, 2000);  // some without a case
    const auto once =
        casebook::load_memory(dataset, {{types, Which::current, columns(dataset, types), rows}});
    std::shuffle(rows.begin(), rows.end(), std::mt19937(7));
    const auto again =
        casebook::load_memory(dataset, {{types, Which::current, columns(dataset, types), rows}});
    CHECK((contents(once.casebook, types) == contents(again.casebook, types)));
}

TEST_CASE("the number of threads does not show in a single byte") {
    const auto dataset = make_dataset();
    std::vector<MemoryTable> tables;
    for (std::uint32_t i = 0; i < 4; ++i) {
        tables.push_back({types, i % 2 == 0 ? Which::current : Which::prior, columns(dataset, types),
                          random_rows(10 + i, 20000, 5000)});
    }
    std::vector<std::vector<std::byte>> images;
    for (const std::size_t threads : {1, 2, 4}) {
        const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
        const auto loaded = casebook::load_memory(dataset, tables);
        images.emplace_back(loaded.casebook.image().begin(), loaded.casebook.image().end());
    }
    CHECK((images[0] == images[1]));
    CHECK((images[0] == images[2]));
}

TEST_CASE("what dropped memory held does not show in a single byte") {
    const auto dataset = make_dataset();
    // Of short texts the image at first takes more room than they need.
    const Rows rows = random_rows(9, 60000, 50000);
    Rows stays;
    for (const auto& row : rows) stays.push_back({row[0], row[1], row[1], row[2], row[3]});
    const std::vector<MemoryTable> tables = {{types, Which::current, columns(dataset, types), rows},
                                             {episodes, Which::current, columns(dataset, episodes), stays},
                                             {episodes, Which::prior, columns(dataset, episodes), stays}};
    std::vector<std::vector<std::byte>> images;
    for (const unsigned char held : {0x00, 0xa5}) {
        const casebook::Pages in_use(256 << 20);  // dropped pages are kept as a part of what is in use
        for (int i = 0; i < 16; ++i) {
            casebook::Pages dropped(4 << 20);
            std::fill_n(dropped.as<unsigned char>(), dropped.bytes(), held);
        }
        const auto loaded = casebook::load_memory(dataset, tables);
        images.emplace_back(loaded.casebook.image().begin(), loaded.casebook.image().end());
    }
    CHECK((images[0] == images[1]));
}

TEST_CASE("the image may lie anywhere") {
    const auto dataset = make_dataset();
    const auto loaded = casebook::load_memory(
        dataset, {{types, Which::current, columns(dataset, types), random_rows(8, 5000, 700)}});
    const auto image = loaded.casebook.image();
    for (const std::size_t shift : {0ul, 64ul, 640ul}) {
        auto copy = std::make_shared<std::vector<std::byte>>(image.size() + shift + 64);
        std::byte* base = copy->data();
        base += (64 - reinterpret_cast<std::uintptr_t>(base) % 64) % 64 + shift;
        if (static_cast<std::size_t>(base - copy->data()) + image.size() > copy->size()) continue;
        std::copy(image.begin(), image.end(), base);
        const auto moved = casebook::Casebook::open(dataset, {base, image.size()}, copy);
        REQUIRE(moved);
        CHECK((contents(*moved, types) == contents(loaded.casebook, types)));
    }
}

TEST_CASE("what is no image of the dataset is refused") {
    const auto dataset = make_dataset();
    const auto loaded = casebook::load_memory(dataset, {});
    const auto image = loaded.casebook.image();
    CHECK(loaded.casebook.cases() == 0);
    CHECK(casebook::Casebook::open(dataset, image, nullptr).ok());
    CHECK_FALSE(casebook::Casebook::open(dataset, image.first(16), nullptr).ok());
    CHECK_FALSE(casebook::Casebook::open(dataset, image.first(image.size() - 1), nullptr).ok());
    dataset::Dataset other = dataset;
    other.tables.pop_back();
    const auto refused = casebook::Casebook::open(other, image, nullptr);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.errors().front().code == "casebook.image");
}
