// The reader against a plain parser, over files made at random from the pieces that make CSV hard, for
// windows and chunks of a few bytes: rows, lines and reasons must be the same.
#include <random>

#include "collected.h"
#include "reference_parser.h"

using namespace caseaudit::extract;
using namespace caseaudit::extract::testing;

namespace {

using Random = std::mt19937;

std::size_t below(Random& random, std::size_t bound) {
    return random() % bound;
}

template <std::size_t n>
const char* any_of(Random& random, const char* const (&choices)[n]) {
    return choices[below(random, n)];
}

struct Made {
    std::string text;
    char separator;
    std::size_t columns;
};

Made header(Random& random) {
    Made made{"", ",;\t"[below(random, 3)], 1 + below(random, 4)};
    for (std::size_t i = 0; i < made.columns; ++i)
        made.text += (i == 0 ? std::string() : std::string(1, made.separator)) + static_cast<char>('A' + i);
    made.text += any_of(random, {"\n", "\r\n", "\r"});
    // What follows "A\r" must not be read as the other half of a line break.
    made.text += "x";
    return made;
}

// Anything goes: quotes where they may not be, rows of any length, all kinds of line breaks.
Made chaos(Random& random) {
    Made made = header(random);
    const bool nul = below(random, 8) == 0;
    const std::size_t quotes = below(random, 3);
    const std::string separator(1, made.separator);
    for (std::size_t i = below(random, 300); i > 0; --i) {
        switch (below(random, 12)) {
            case 0:
                made.text += any_of(random, {"\n", "\r\n", "\r", "\n\n", "\r\r\n"});
                break;
            case 1:
            case 2:
            case 3:
                made.text += separator;
                break;
            case 4:
                if (quotes > 0) made.text += any_of(random, {"\"", "\"\"", "\"\"\""});
                break;
            case 5:
                if (quotes > 1) made.text += separator + "\"";
                break;
            case 6:
                made.text += any_of(random, {" ", ",", ";", "\t"});
                break;
            case 7:
                if (nul) made.text += '\0';
                break;
            case 8:
                made.text += any_of(random, {"\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80"});
                break;
            default:
                made.text += any_of(random, {"a", "bc", "longer text", "01/02/2020"});
        }
    }
    return made;
}

std::string regular_cell(Random& random, char separator) {
    if (below(random, 3) != 0) return any_of(random, {"", "a", "12/03/2019", "text with spaces", "\xC3\xA9"});
    std::string cell = "\"";
    for (std::size_t i = below(random, 6); i > 0; --i) {
        if (below(random, 4) == 0) cell += separator;
        cell += any_of(random, {"\"\"", "\n", "\r\n", "\r", "b", " ", "\"\"\"\""});
    }
    return cell + "\"";
}

// As RFC 4180 wants it, so that the whole file is scanned by parity; now and then a row of another length,
// and perhaps an open quote at the end.
Made regular(Random& random) {
    Made made = header(random);
    const std::string line_break = any_of(random, {"\n", "\r\n", "\r"});
    for (std::size_t row = below(random, 60); row > 0; --row) {
        const std::size_t cells = below(random, 10) == 0 ? 1 + below(random, 6) : made.columns;
        for (std::size_t i = 0; i < cells; ++i) {
            if (i > 0) made.text += made.separator;
            // The text so far ends within an unquoted cell only at the very first cell.
            made.text += i == 0 && made.text.back() == 'x' ? "y" : regular_cell(random, made.separator);
        }
        made.text += line_break;
    }
    if (below(random, 6) == 0) made.text += made.text.back() == 'x' ? "" : "\"never closed\nand on";
    return made;
}

// The file may end within a character, where others show it to be UTF-8.
void cut_off(Made& made, Random& random) {
    const bool beyond_ascii = made.text.find_first_of("\xC3\xE2\xF0") != std::string::npos;
    if (beyond_ascii && below(random, 8) == 0)
        made.text += any_of(random, {"\xC3", "\xE2\x82", "\xF0\x9F\x98"});
}

std::string body_of(const std::string& listing) {
    std::size_t at = listing.find("columns ");
    return at == std::string::npos ? listing : listing.substr(listing.find('\n', at) + 1);
}

void compare(const Made& made, Random& random) {
    const std::string expected = reference_listing(made.text, made.separator, made.columns);
    const std::size_t chunks[] = {1, 7, 16, 64, 65, 200, 4096};
    const std::size_t windows[] = {16, 17, 64, 100, 1000, 100'000};
    for (int i = 0; i < 4; ++i) {
        CsvOptions options;
        options.chunk = chunks[below(random, std::size(chunks))];
        options.window = windows[below(random, std::size(windows))];
        options.strict = below(random, 4) == 0;
        const Collected result = collect(made.text, options);
        CAPTURE(options.chunk, options.window, options.strict, result.chunks);
        REQUIRE(result.separator == (made.columns == 1 ? ',' : made.separator));
        REQUIRE(result.report.accepted == result.rows.size());
        REQUIRE(body_of(listing(result)) == expected);
    }
}

}  // namespace

TEST_CASE("Files of any content are read as the plain parser reads them") {
    for (unsigned seed = 0; seed < 3000; ++seed) {
        Random random(seed);
        CAPTURE(seed);
        Made made = chaos(random);
        if (made.columns == 1) made.separator = ',';
        cut_off(made, random);
        compare(made, random);
    }
}

TEST_CASE("Files after RFC 4180 are read as the plain parser reads them") {
    for (unsigned seed = 0; seed < 3000; ++seed) {
        Random random(seed);
        CAPTURE(seed);
        Made made = regular(random);
        if (made.columns == 1 && made.separator != ',') continue;
        cut_off(made, random);
        compare(made, random);
    }
}
