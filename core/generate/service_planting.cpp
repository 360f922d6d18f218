#include "generate/service_planting.h"

#include "generate/plant_any.h"

namespace caseaudit::generate::service {

std::size_t Planting::episode(const Care& care) const {
    for (std::size_t row = 0; row < count(Table::episodes); ++row)
        if (const Value& start = rows.at(Table::episodes, row, episodes::start);
            start.is_day() && start.day() == care.start)
            return row;
    return no_row;
}

std::size_t Planting::document(const Held& held, std::string_view kind) {
    const Value& review = at(Table::reviews, held.row, reviews::id);
    for (std::size_t row = 0; row < count(Table::documents); ++row)
        if (at(Table::documents, row, documents::review).same(review) &&
            at(Table::documents, row, documents::kind) == kind)
            return row;
    return no_row;
}

void Planting::remove_documents(const Held& held, std::string_view kind) {
    const Value review = at(Table::reviews, held.row, reviews::id);
    remove_where(Table::documents, [&](std::size_t row) {
        return at(Table::documents, row, documents::review).same(review) &&
               at(Table::documents, row, documents::kind) == kind;
    });
}

std::size_t Planting::attendance_row(const Held& held, std::string_view role) {
    const Value& review = at(Table::reviews, held.row, reviews::id);
    for (std::size_t row = 0; row < count(Table::attendance); ++row)
        if (at(Table::attendance, row, attendance::review).same(review) &&
            at(Table::attendance, row, attendance::role) == role)
            return row;
    return no_row;
}

std::size_t Planting::plan(const Care& care, std::string_view kind) {
    for (std::size_t row = 0; row < count(Table::plans); ++row)
        if (at(Table::plans, row, plans::kind) == kind &&
            within(at(Table::plans, row, plans::completed), care))
            return row;
    return no_row;
}

void Planting::remove_plans(const Care& care, std::string_view kind) {
    remove_where(Table::plans, [&](std::size_t row) {
        return at(Table::plans, row, plans::kind) == kind &&
               within(at(Table::plans, row, plans::completed), care);
    });
}

bool plant_error(Planting& planting) {
    const Planters all[] = {review_planters(),    clock_planters(),     plan_planters(),  dispute_planters(),
                            oversight_planters(), placement_planters(), record_planters()};
    std::array<std::span<const Planter>, std::size(all)> rare, common;
    for (std::size_t kind = 0; kind < std::size(all); ++kind) {
        rare[kind] = all[kind].rare;
        common[kind] = all[kind].common;
    }
    constexpr std::size_t step = 1009;
    if (planting.random.chance(0.3) && plant_any(planting, rare, step)) return true;
    return plant_any(planting, common, step);
}

}  // namespace caseaudit::generate::service
