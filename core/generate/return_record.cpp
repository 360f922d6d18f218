#include "generate/return_record.h"

#include <charconv>

namespace caseaudit::generate {

Cell Cell::date(Day day) {
    const calendar::Civil civil = calendar::civil(day);
    Cell cell;
    const auto digits = [&](int at, int value, int count) {
        for (int i = count - 1; i >= 0; --i, value /= 10)
            cell.text_[at + i] = static_cast<char>('0' + value % 10);
    };
    digits(0, civil.day, 2);
    digits(3, civil.month, 2);
    digits(6, civil.year, 4);
    cell.text_[2] = cell.text_[5] = '/';
    cell.size_ = 10;
    return cell;
}

Cell Cell::number(int value) {
    Cell cell;
    const std::to_chars_result result = std::to_chars(cell.text_, cell.text_ + sizeof cell.text_, value);
    cell.size_ = static_cast<std::uint8_t>(result.ptr - cell.text_);
    return cell;
}

Day Cell::day() const {
    const auto digits = [&](int at, int count) {
        int value = 0;
        for (int i = 0; i < count; ++i) value = value * 10 + (text_[at + i] - '0');
        return value;
    };
    return calendar::day_number(digits(6, 4), digits(3, 2), digits(0, 2));
}

const TableShape& shape(Table table) {
    static constexpr TableShape shapes[table_count] = {
        {"header", "Header", "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB,UASC", 8, header::dob},
        {"episodes", "Episodes",
         "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN", 13,
         -1},
        {"reviews", "Reviews", "CHILD,DOB,REVIEW,REVIEW_CODE", 4, reviews::dob},
        {"uasc", "UASC", "CHILD,SEX,DOB,DUC", 4, uasc::dob},
        {"oc2", "OC2",
         "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,"
         "SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED",
         12, oc2::dob},
        {"oc3", "OC3", "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM", 5, oc3::dob},
        {"ad1", "AD1", "CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR", 8,
         ad1::dob},
        {"placed_for_adoption", "PlacedAdoption",
         "CHILD,DOB,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED", 5, placed::dob},
        {"previous_permanence", "PrevPerm", "CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM", 5, permanence::dob},
        {"missing", "Missing", "CHILD,DOB,MISSING,MIS_START,MIS_END", 5, missing::dob},
        {"sw_episodes", "SWEpisodes", "CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON", 6, worker::dob},
        {"dolo", "DoLo", "CHILD,DOB,DOLO_START,DOLO_END", 4, dolo::dob},
    };
    return shapes[static_cast<std::size_t>(table)];
}

}  // namespace caseaudit::generate
