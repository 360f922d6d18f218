// What happened to one child: the facts that two years' returns are then drawn from.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "generate/landscape.h"

namespace caseaudit::generate {

inline constexpr Day open_end = 0x7FFFFFFF;

struct Episode {
    Day start = 0;
    Day end = open_end;
    std::string_view new_reason;    // RNE
    std::string_view legal_status;  // LS
    Placement placement;
    std::string_view end_reason;     // REC
    std::string_view change_reason;  // REASON_PLACE_CHANGE
};

struct PeriodOfCare {
    Day start = 0;
    Day end = open_end;
    std::string_view need;        // CIN
    std::string_view permanence;  // PREV_PERM
    Cell permanence_authority, permanence_date;
    std::vector<Episode> episodes;
    std::vector<Day> reviews;
};

struct Adoption {
    Day decided = 0;  // the child should be placed for adoption
    Day reversed = open_end;
    std::string_view reversal;  // REASON_PLACED_CEASED
    Day matched = open_end;
    bool foster_carer = false;  // adopts the child in their care
    Cell adopters, sexes, legal_status;
};

struct Spell {
    Day start, end;
    std::string_view kind;
};
struct WorkerSpell {
    Day start, end;
    Cell worker;
    std::string_view reason;
};

struct CareHistory {
    Cell child, upn;
    Day birth = 0;
    std::string_view sex, ethnic;
    Day motherhood = open_end;  // birth of her first child
    bool asylum = false;        // unaccompanied asylum-seeking
    Day asylum_end = open_end;
    bool respite = false;  // short breaks (V3, V4) only
    Cell home;
    std::vector<PeriodOfCare> periods;  // by start, not touching
    std::optional<Adoption> adoption;   // in the last period
    std::vector<Spell> missing, deprived_of_liberty;
    std::vector<WorkerSpell> workers;
};

// The two collection years that the history is drawn for.
struct Collection {
    CollectionYear prior, current;
    explicit Collection(int year) : prior(year - 1), current(year) {}
};

// Who a history is for: someone in this year's return, or someone who left care during last year's.
enum class Subject { in_current_return, left_last_year };

// Uses the stream for all that it draws.
CareHistory draw_history(Random& random, const Landscape& landscape, const Collection& collection,
                         Subject subject, std::uint64_t number);

}  // namespace caseaudit::generate
