// The SDK's readers and shapes of checks, through a plugin written with it.
#include <caseaudit/sdk.hpp>

#include "plugin/trial.h"

using namespace caseaudit;
using plugin::ConstantValue;
using plugin::Trial;

namespace {
using namespace caseaudit::sdk;

// Fails every row and shows what it read.
struct Echo {
    static constexpr auto name = "echo";
    static constexpr auto description = "Shows what it reads.";
    Expression<bool> flag;
    Expression<std::int64_t> number;
    Expression<double> fraction;
    Expression<Date> date;
    Expression<std::string_view> text;
    Constant<std::int64_t> count{7};
    Constant<double> share;
    Constant<Date> since;
    ConstantList<std::string> words;
    static constexpr auto parameters = std::tuple{optional(&Echo::flag, "flag", "A boolean."),
                                                  optional(&Echo::number, "number", "An integer."),
                                                  optional(&Echo::fraction, "fraction", "A decimal."),
                                                  optional(&Echo::date, "date", "A date."),
                                                  optional(&Echo::text, "text", "A text."),
                                                  optional(&Echo::count, "count", "An integer."),
                                                  optional(&Echo::share, "share", "A decimal."),
                                                  optional(&Echo::since, "since", "A date."),
                                                  optional(&Echo::words, "words", "Texts.")};
    static constexpr std::array evidence = {shows<bool>("flag", "."),
                                            shows<std::int64_t>("number", "."),
                                            shows<double>("fraction", "."),
                                            shows<Date>("date", "."),
                                            shows<std::string_view>("text", "."),
                                            shows<Value>("constants", "."),
                                            shows<std::string_view>("state", ".")};

    Verdict judge(const Row& row) const {
        std::string constants = fmt::format("{}{}", *count, count.given() ? "!" : "");
        if (share) constants += fmt::format("/{}", *share);
        if (since) constants += fmt::format("/{}", *since - Date{0});
        for (const std::string& word : words) constants += "/" + word;
        const auto read = row[text];
        return row.fails({{"flag", row[flag]},
                          {"number", row[number]},
                          {"fraction", row[fraction]},
                          {"date", row[date]},
                          {"text", read},
                          {"constants", constants},
                          {"state", read.present()   ? "present"
                                    : read.missing() ? "missing"
                                                     : "invalid"}});
    }
};

// Fails the last row of each case, showing how many there are.
struct Last {
    static constexpr auto name = "last";
    static constexpr auto description = "Fails the last row of each case.";
    static constexpr auto parameters = std::tuple{};
    static constexpr std::array evidence = {shows<std::int64_t>("size", "Rows of the case.")};
    void judge(const Case& rows) const { rows[rows.size() - 1].fails({{"size", rows.size()}}); }
};

}  // namespace

#undef CASEAUDIT_PLUGIN_SYMBOL
#define CASEAUDIT_PLUGIN_SYMBOL sdk_test_plugin
CASEAUDIT_PLUGIN("sdk-test", "1.0", "For tests.", Echo, Last)

TEST_CASE("cells of every type and state are read") {
    const auto outcome = Trial(sdk_test_plugin(), "echo")
                             .expression("flag", CASEAUDIT_BOOLEAN, {"true", "false", "", "!"})
                             .expression("number", CASEAUDIT_INTEGER, {"-3", "9223372036854775807", "", "!"})
                             .expression("fraction", CASEAUDIT_DECIMAL, {"0.25", "-1", "", "!"})
                             .expression("date", CASEAUDIT_DATE, {"1969-12-31", "2199-12-31", "", "!"})
                             .expression("text", CASEAUDIT_TEXT, {"héllo", "b", "", "!"})
                             .run();
    CHECK(outcome.error == "");
    CHECK(outcome.verdicts == "FFFF");
    CHECK(outcome.evidence[0] ==
          "flag=true number=-3 fraction=0.25 date=1969-12-31 text=héllo constants=7 state=present");
    CHECK(
        outcome.evidence[1] ==
        "flag=false number=9223372036854775807 fraction=-1 date=2199-12-31 text=b constants=7 state=present");
    const std::string blank =
        "flag=(blank) number=(blank) fraction=(blank) date=(blank) text=(blank) constants=7 ";
    CHECK(outcome.evidence[2] == blank + "state=missing");
    CHECK(outcome.evidence[3] == blank + "state=invalid");
}

TEST_CASE("constants are given, defaulted, or absent; an expression that is not given is missing") {
    const auto outcome = Trial(sdk_test_plugin(), "echo")
                             .constant("count", ConstantValue::of_integer(8))
                             .constant("share", ConstantValue::of_integer(2))
                             .constant("since", ConstantValue::of_date(5))
                             .texts("words", {"a", "", "c"})
                             .cases({1})
                             .run();
    CHECK(outcome.evidence[0] ==
          "flag=(blank) number=(blank) fraction=(blank) date=(blank) text=(blank) "
          "constants=8!/2/5/a//c state=missing");
}

TEST_CASE("a check may judge case by case") {
    const auto outcome = Trial(sdk_test_plugin(), "last").cases({3, 4, 4, 4, 9, 9}).run();
    CHECK(outcome.verdicts == "FPPFPF");
    CHECK(outcome.evidence[3] == "size=3");
    CHECK(Trial(sdk_test_plugin(), "last").cases({}).run().verdicts == "");
}

TEST_CASE("words of 64 bits are read at any offset and never past the end") {
    for (const std::size_t offset : {0, 1, 7, 8, 13})
        for (const std::size_t length : {1, 9, 63, 64, 65, 130}) {
            std::vector<unsigned char> bytes((offset + length + 7) /
                                             8);  // no byte more: the sanitizer watches
            for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<unsigned char>(i * 37 + 11);
            const Bits bits(bytes.data(), offset, length);
            for (std::size_t first = 0; first < length; first += 64) {
                std::uint64_t expected = 0;
                for (std::size_t i = 0; i < 64 && first + i < length; ++i)
                    expected |= std::uint64_t{bits[first + i]} << i;
                CHECK(bits.word(first) == expected);
            }
        }
    CHECK(Bits(nullptr, 0, 70).word(64) == 0b111111);
}

TEST_CASE("values of a type are ordered, numbers among each other, the rest not at all") {
    const Value three{Type::integer, 3, 0, {}}, half{Type::decimal, 0, 0.5, {}}, day{Type::date, 3, 0, {}};
    CHECK((compare(half, three) < 0));
    CHECK((compare(three, three) == 0));
    CHECK((compare(three, day) == std::partial_ordering::unordered));
    CHECK((compare({Type::text, 0, 0, "a"}, {Type::text, 0, 0, "b"}) < 0));
}
