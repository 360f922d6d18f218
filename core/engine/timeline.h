// The dated records of a case in order of time, as the dataset says which dates count.
#pragma once
#include <string_view>
#include <vector>

#include "caseaudit/findings.h"
#include "caseaudit/timeline.h"
#include "casebook/casebook.h"
#include "casebook/fields_used.h"
#include "dataset/timeline.h"
#include "engine/discretion.h"

namespace caseaudit::engine {

// The timelines of the cases that `findings` are about, each once, in their order; findings of a case stand
// together. None of the case `but`, which has its own already. Only the current extract; nothing that
// identifies a child but the case key; with `discretion` no misplaced rows. Rows of one day come in the order
// of the dataset's tables, then of the casebook. May be called from several threads. `kinds` outlives what is
// returned.
std::vector<Timeline> timelines(const casebook::Casebook& casebook, const dataset::Timelines& kinds,
                                const std::vector<Finding>& findings, const Discretion* discretion,
                                std::string_view but = {});

// What timelines() reads.
void add_timeline_fields(const dataset::Timelines& kinds, casebook::FieldsUsed& used);

}  // namespace caseaudit::engine
