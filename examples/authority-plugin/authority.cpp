// An authority's own check: the same issue raised again for the same child. No expression says it in a line,
// as it remembers what came before in the case.
#include <caseaudit/sdk.hpp>
#include <map>

using namespace caseaudit::sdk;

namespace {

struct RaisedAgain {
    static constexpr auto name = "raised-again";
    static constexpr auto description =
        "An issue is not raised for a child again soon after it was raised before.";

    Expression<Date> raised_on;
    Expression<std::string_view> issue;
    Constant<Duration> within;

    static constexpr auto parameters = std::tuple{
        required(&RaisedAgain::raised_on, "raised_on", "The day it was raised. The table is in this order."),
        required(&RaisedAgain::issue, "issue",
                 "What was raised: rows with the same text are the same issue."),
        required(&RaisedAgain::within, "within", "Again within this time of the time before is too soon.")
            .at_least(1)};

    static constexpr std::array evidence = {shows<Date>("before", "The day it was raised before."),
                                            shows<std::int64_t>("days", "Days from then to this time.")};

    void judge(const Case& disputes) const {
        std::map<std::string_view, Row> last_raised;
        for (const Row dispute : disputes) {
            const auto day = dispute[raised_on];
            const auto what = dispute[issue];
            if (!day || !what) {
                dispute.undecided();
                continue;
            }
            if (const auto earlier = last_raised.find(*what); earlier != last_raised.end()) {
                const Date before = *earlier->second[raised_on];
                if (*day <= disputes.calendar().add(before, *within))
                    dispute.fails({{"before", before}, {"days", *day - before}}, {earlier->second});
            }
            last_raised.insert_or_assign(*what, dispute);
        }
    }
};

}  // namespace

CASEAUDIT_PLUGIN("authority", "1.0", "Checks of our authority.", RaisedAgain)
