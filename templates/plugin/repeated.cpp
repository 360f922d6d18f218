// A check of one's own: the same thing is not recorded for a child again soon after the time before. It
// remembers what came before in the case, which no expression does. Change it into yours.
#include <caseaudit/sdk.hpp>

#include <map>

using namespace caseaudit::sdk;

namespace {

struct Repeated {
    static constexpr auto name = "repeated";
    static constexpr auto description =
        "The same thing is not recorded for a child again soon after the time before.";

    Expression<Date> on;
    Expression<std::string_view> what;
    Constant<Duration> within;

    static constexpr auto parameters =
        std::tuple{required(&Repeated::on, "on", "The day it was recorded. The table is in this order."),
                   required(&Repeated::what, "what", "What was recorded: equal texts are the same thing."),
                   required(&Repeated::within, "within", "Again within this time is too soon.").at_least(1)};

    static constexpr std::array evidence = {shows<Date>("before", "The day it was recorded before."),
                                            shows<std::int64_t>("days", "Days from then to this time.")};

    // The rows of one case, in the table's order; called on many threads at once. Rows without a verdict
    // pass.
    void judge(const Case& rows) const {
        std::map<std::string_view, Row> last;
        for (const Row row : rows) {
            const auto day = row[on];
            const auto thing = row[what];
            if (!day || !thing) {
                row.undecided();
                continue;
            }
            if (const auto found = last.find(*thing); found != last.end()) {
                const Date before = *found->second[on];
                if (*day <= rows.calendar().add(before, *within))
                    row.fails({{"before", before}, {"days", *day - before}}, {found->second});
            }
            last.insert_or_assign(*thing, row);
        }
    }
};

}  // namespace

CASEAUDIT_PLUGIN("@name@", "0.1", "Checks of our authority.", Repeated)
