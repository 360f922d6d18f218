// Errors in one cell: a value that is not a date, not on its list, not there, or at odds with its
// neighbours in the record.
#include <utility>

#include "generate/planting.h"

namespace caseaudit::generate {
namespace {

struct CellError {
    std::string_view rule;  // of the pack for the return
    std::string_view ten;   // of the benchmark's ten, or ""
    Table table;
    int column;
    const char* text;  // what is put there
    bool (*applies)(const Record&) = nullptr;
};

template <int column>
bool filled(const Record& record) {
    return !record[column].empty();
}

constexpr const char* no_day = "31/02/2025";
// In Header the child's date of birth is what the other tables are compared with, so its errors are kept
// to what one rule looks at.
constexpr CellError cell_errors[] = {
    {"101", "", Table::header, header::sex, "X"},
    {"103", "", Table::header, header::ethnic, "WXYZ"},
    {"168", "", Table::header, header::upn, "H12345"},
    {"105", "", Table::header, header::uasc, "2",
     [](const Record& record) { return record[header::uasc] == "0"; }},
    {"611", "", Table::header, header::mc_dob, "",
     [](const Record& record) { return record[header::mother] == "1"; }},
    {"141", "", Table::episodes, episodes::decom, no_day},
    {"143", "", Table::episodes, episodes::rne, "Q"},
    {"144", "invalid-code", Table::episodes, episodes::ls, "C9"},
    {"145", "", Table::episodes, episodes::cin, "N0"},
    {"146", "invalid-code", Table::episodes, episodes::place, "X9"},
    {"147", "", Table::episodes, episodes::dec, no_day, filled<episodes::dec>},
    {"149", "invalid-code", Table::episodes, episodes::rec, "E99", filled<episodes::rec>},
    {"178", "", Table::episodes, episodes::place_provider, "PR9", filled<episodes::place_provider>},
    {"1009", "", Table::episodes, episodes::reason, "MOVED", filled<episodes::reason>},
    {"166", "", Table::reviews, reviews::date, no_day},
    {"167", "", Table::reviews, reviews::code, "PN9"},
    {"104", "", Table::uasc, uasc::duc, no_day, filled<uasc::duc>},
    {"180", "", Table::oc2, oc2::sdq_score, "77", filled<oc2::sdq_score>},
    {"196", "", Table::oc2, oc2::sdq_reason, "SDQ9", filled<oc2::sdq_reason>},
    {"181", "", Table::oc2, oc2::teeth_check, "2"},
    {"182", "", Table::oc2, oc2::immunisations, ""},
    {"192", "", Table::oc2, oc2::received, "",
     [](const Record& record) { return record[oc2::substance_misuse] == "1"; }},
    {"193", "", Table::oc2, oc2::received, "0",
     [](const Record& record) { return record[oc2::substance_misuse] == "0"; }},
    {"158", "", Table::oc2, oc2::offered, "1",
     [](const Record& record) { return record[oc2::received] == "1"; }},
    {"159", "", Table::oc2, oc2::offered, "",
     [](const Record& record) { return record[oc2::received] == "0"; }},
    {"131", "", Table::oc3, oc3::in_touch, "SOME"},
    {"132", "", Table::oc3, oc3::activity, "Q1"},
    {"133", "", Table::oc3, oc3::accommodation, "Q1"},
    {"153", "", Table::oc3, oc3::accommodation, ""},
    {"345", "", Table::oc3, oc3::accommodation, "0",
     [](const Record& record) { return record[oc3::in_touch] == "YES"; }},
    {"112", "", Table::ad1, ad1::date_int, no_day},
    {"113", "", Table::ad1, ad1::date_match, no_day},
    {"114", "", Table::ad1, ad1::foster_care, "7"},
    {"151", "", Table::ad1, ad1::adopters, ""},
    {"175", "", Table::ad1, ad1::adopters, "9"},
    {"176", "", Table::ad1, ad1::sex_adopters, "ZZ"},
    {"177", "", Table::ad1, ad1::ls_adopters, "L99"},
    {"115", "", Table::placed_for_adoption, placed::date_placed, no_day},
    {"116", "", Table::placed_for_adoption, placed::date_ceased, no_day, filled<placed::date_ceased>},
    {"119", "", Table::placed_for_adoption, placed::reason_ceased, "", filled<placed::date_ceased>},
    {"120", "", Table::placed_for_adoption, placed::reason_ceased, "RD9", filled<placed::date_ceased>},
    {"631", "", Table::previous_permanence, permanence::kind, "P9"},
    {"635", "", Table::previous_permanence, permanence::authority, "318",
     [](const Record& record) { return record[permanence::kind] == "Z1"; }},
    {"1004", "", Table::missing, missing::start, no_day},
    {"1005", "", Table::missing, missing::end, no_day},
    {"1006", "", Table::missing, missing::kind, "Q"},
    {"564", "", Table::missing, missing::start, ""},
    {"SW02STG1", "", Table::sw_episodes, worker::id, "AB123456"},
    {"SW04STG1", "", Table::sw_episodes, worker::decom, no_day},
    {"SW05STG1", "", Table::sw_episodes, worker::dec, no_day, filled<worker::dec>},
    {"SW13STG1", "", Table::sw_episodes, worker::reason, "NONE"},
};

template <std::size_t entry>
bool plant_cell(Planting& planting) {
    constexpr const CellError& error = cell_errors[entry];
    std::vector<Record>& rows = planting.current[error.table];
    if (rows.empty()) return false;
    const std::size_t from = planting.random.below(static_cast<std::uint32_t>(rows.size()));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::size_t row = (from + i) % rows.size();
        if (error.applies && !error.applies(rows[row])) continue;
        rows[row][error.column] = error.text;
        planting.report(error.rule, error.table, row);
        if (!error.ten.empty()) planting.report_ten(error.ten, error.table, row);
        return true;
    }
    return false;
}

template <std::size_t... entries>
constexpr std::array<Planter, sizeof...(entries)> planters_of(std::index_sequence<entries...>) {
    return {plant_cell<entries>...};
}

constexpr auto planters = planters_of(std::make_index_sequence<std::size(cell_errors)>());

}  // namespace

std::span<const Planter> record_planters() {
    return planters;
}

}  // namespace caseaudit::generate
