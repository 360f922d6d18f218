#include "casebook/cell_kernels.h"

#include <catch2/catch.hpp>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "casebook/date_cell.h"
#include "casebook/short_text.h"

using namespace caseaudit::casebook;
using caseaudit::calendar::Day;

namespace {

// Cells side by side as a reader leaves them, those of the run in every `stride`th place; the memory ends 32
// bytes after the last.
class Cells {
  public:
    Cells(const std::vector<std::string>& cells, std::uint32_t stride) : stride_(stride) {
        for (const std::string& cell : cells) {
            for (std::uint32_t place = 0; place < stride; ++place) add(place == 0 ? cell : "other");
        }
        count_ = static_cast<std::uint32_t>(cells.size());
        text_.insert(text_.end(), 32, ',');
        text_.shrink_to_fit();
    }
    CellRun run() const { return {text_.data(), starts_.data(), ends_.data(), stride_, count_}; }

  private:
    void add(const std::string& cell) {
        starts_.push_back(static_cast<std::uint32_t>(text_.size()));
        text_.insert(text_.end(), cell.begin(), cell.end());
        ends_.push_back(static_cast<std::uint32_t>(text_.size()));
        text_.push_back(',');
    }
    std::uint32_t stride_, count_ = 0;
    std::vector<char> text_;
    std::vector<std::uint32_t> starts_, ends_;
};

std::vector<std::uint16_t> listed(const Others& others) {
    return {others.cells.begin(), others.cells.begin() + others.count};
}

bool is_plain(const std::string& cell) {
    return cell.size() <= 8 &&
           std::all_of(cell.begin(), cell.end(), [](char c) { return c > ' ' && c <= '~' + 1; });
}

void check_words(const std::vector<std::string>& cells, std::uint32_t stride) {
    PerCell<std::uint64_t> words;
    Others others;
    const Cells memory(cells, stride);
    load_words(memory.run(), words, others);
    std::vector<std::uint16_t> expected;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        std::uint64_t word = 0;
        if (is_plain(cells[i])) std::memcpy(&word, cells[i].data(), cells[i].size());
        if (!is_plain(cells[i])) expected.push_back(static_cast<std::uint16_t>(i));
        CAPTURE(i, cells[i], stride);
        REQUIRE(words[i] == word);
    }
    REQUIRE(listed(others) == expected);
}

// A cell of ten bytes with what stands where dd/mm/yyyy has it put where yyyy-mm-dd has it.
std::string year_first(const std::string& cell) {
    if (cell.size() != 10) return cell;
    constexpr int to_dash = '/' ^ '-';
    std::string turned = cell.substr(6, 4);
    turned += static_cast<char>(cell[2] ^ to_dash);
    turned += cell.substr(3, 2);
    turned += static_cast<char>(cell[5] ^ to_dash);
    return turned + cell.substr(0, 2);
}

void check_dates(const std::vector<std::string>& cells, const std::vector<std::string>& read, DateOrder order,
                 std::uint32_t stride) {
    PerCell<Day> days;
    States states;
    Others others;
    const Cells memory(read, stride);
    read_dates(memory.run(), order, days, states, others);
    const DateFormats formats({"dd/mm/yyyy"});
    std::vector<std::uint16_t> expected;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        CAPTURE(i, read[i], stride);
        const auto day = cells[i].size() == 10 && cells[i][2] == '/' && cells[i][5] == '/'
                             ? formats.read(cells[i])
                             : std::nullopt;
        REQUIRE(days[i] == day.value_or(0));
        if (day || cells[i].empty())
            REQUIRE(states[i] == (day ? is_present : is_missing));
        else
            expected.push_back(static_cast<std::uint16_t>(i));
    }
    REQUIRE(listed(others) == expected);
}

// The cells as they stand, and the same turned to the other order.
void check_dates(const std::vector<std::string>& cells, std::uint32_t stride) {
    check_dates(cells, cells, DateOrder::day_first, stride);
    std::vector<std::string> turned;
    for (const std::string& cell : cells) turned.push_back(year_first(cell));
    check_dates(cells, turned, DateOrder::year_first, stride);
}

}  // namespace

TEST_CASE("words of cells of every length, with every byte at every place") {
    std::vector<std::string> cells;
    const auto flush = [&] {
        check_words(cells, 3);
        cells.clear();
    };
    for (std::size_t length = 0; length <= 10; ++length) {
        cells.emplace_back(length, 'x');
        for (std::size_t place = 0; place < length; ++place) {
            for (const int byte : {0x00, 0x01, 0x09, 0x0A, 0x20, 0x21, 0x22, 0x7F, 0x80, 0xA0, 0xA1, 0xFF}) {
                cells.emplace_back(length, 'x').at(place) = static_cast<char>(byte);
                if (cells.size() == run_rows) flush();
            }
        }
    }
    flush();
}

TEST_CASE("runs of every length give each cell its own result") {
    std::mt19937 random(7);
    const std::vector<std::string> some = {"",           "A",          "12345678",   "123456789",
                                           " A",         "01/02/2020", "29/02/2019", "29/02/2020",
                                           "01-02-2020", "1/2/2020",   "31/12/2199"};
    for (std::uint32_t count = 1; count <= run_rows; ++count) {
        std::vector<std::string> cells;
        for (std::uint32_t i = 0; i < count; ++i) cells.push_back(some[random() % some.size()]);
        check_words(cells, 1 + count % 5);
        check_dates(cells, 1 + count % 5);
    }
}

TEST_CASE("dates with every byte at every place, and on both sides of every limit") {
    std::vector<std::string> cells;
    const auto add = [&](const std::string& cell) {
        cells.push_back(cell);
        if (cells.size() < run_rows) return;
        check_dates(cells, 2);
        cells.clear();
    };
    for (std::size_t place = 0; place < 10; ++place) {
        for (int byte = 0; byte < 256; ++byte) {
            std::string cell = "11/11/2011";
            cell[place] = static_cast<char>(byte);
            add(cell);
        }
    }
    for (const char* date :
         {"00/01/2020", "01/00/2020", "32/01/2020", "31/04/2020", "01/13/2020", "01/16/2020", "99/99/9999",
          "31/12/1799", "01/01/1800", "31/12/2199", "01/01/2200", "29/02/1900", "29/02/2000", "31/12/1969",
          "01/01/1970", "01/01/20201", "1/01/2020 "})
        add(date);
    check_dates(cells, 2);
}
