// Write a check as a class and export it: everything an authority's plugin includes.
//
//     #include <caseaudit/sdk.hpp>
//     using namespace caseaudit::sdk;
//
//     struct SeenInTime {
//         static constexpr auto name = "seen-in-time";
//         static constexpr auto description = "The visit comes within a time of the one before.";
//         Expression<Date> visited, before;
//         Constant<Duration> within;
//         static constexpr auto parameters = std::tuple{
//             required(&SeenInTime::visited, "visited", "The day of the visit."),
//             required(&SeenInTime::before, "before", "The day of the visit before."),
//             required(&SeenInTime::within, "within", "The longest time between them.")};
//         static constexpr std::array evidence = {shows<Date>("due", "The last day that is on time.")};
//
//         Verdict judge(const Row& row) const {
//             const auto visit = row[visited], last = row[before];
//             if (!visit || !last) return row.undecided();
//             const Date due = row.calendar().add(*last, *within);
//             if (*visit <= due) return row.passes();
//             return row.fails({{"due", due}});
//         }
//     };
//     CASEAUDIT_PLUGIN("authority", "1.0", "Checks of our authority.", SeenInTime)
//
// A check is made once for each rule: its parameters are filled from the rule's `with:`, then
// prepare(const Context&) is called if there is one, and may throw Refusal. After that it is const: judge
// runs on many threads at once. Nothing that a check throws leaves the plugin.
#pragma once
#include <caseaudit/plugin.h>
#include <caseaudit/sdk/batch.hpp>
#include <caseaudit/sdk/export.hpp>
#include <caseaudit/sdk/parameters.hpp>
#include <caseaudit/sdk/values.hpp>
