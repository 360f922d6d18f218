// What the tests of files with several tables share.
#pragma once
#include <map>

#include "extract/bundle.h"

namespace caseaudit::extract::testing {

// The rows of one part, as text.
class PartRows final : public BlockConsumer {
  public:
    void chunks(std::size_t) override { ++begun; }
    void consume(std::size_t, const Block& block) override {
        for (std::uint32_t row = 0; row < block.rows; ++row) {
            auto& cells = rows.emplace_back();
            for (std::uint32_t column = 0; column < block.columns; ++column)
                cells.emplace_back(block.cell(row, column));
        }
    }
    int begun = 0;
    std::vector<std::vector<std::string>> rows;
};

struct BundleRows {
    std::map<std::string, PartRows> parts;
    std::map<std::string, ReadReport> reports;
    std::vector<Rejected> rejected;
    Diagnostics notes;
};

inline BundleRows read_all(Bundle& bundle) {
    BundleRows all;
    std::vector<BlockConsumer*> consumers;
    for (const BundlePart& part : bundle.parts) consumers.push_back(&all.parts[part.name]);
    BundleReport report = bundle.read(consumers);
    for (std::size_t i = 0; i < bundle.parts.size(); ++i)
        all.reports[bundle.parts[i].name] = std::move(report.parts[i]);
    all.rejected = std::move(report.rejected);
    all.notes = std::move(report.notes);
    return all;
}

// Cases with a record each of `people`, and any number of `visits`.
inline RecordLayout sample_layout() {
    RecordLayout layout;
    layout.path = {"FILE", "CHILD"};
    layout.tables.push_back(
        {"people", {"CHILD"}, {}, {{"id", {"ID", "CHILD"}, false}, {"born", {"DOB"}, false}}});
    layout.tables.push_back(
        {"visits",
         {"VISIT", "CALL"},
         {},
         {{"id", {"ID", "CHILD"}, false}, {"on", {"ON"}, false}, {"note", {"NOTE"}, true}}});
    layout.tables.push_back({"leavers",
                             {"CHILD"},
                             {{"LEFT", ""}, {"STATUS", "gone"}},
                             {{"id", {"ID", "CHILD"}, false}, {"left", {"LEFT"}, false}}});
    return layout;
}

}  // namespace caseaudit::extract::testing
