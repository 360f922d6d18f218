// Judges the names in a merged pack: $names, tables, fields, and those in examples.
#pragma once
#include <vector>

#include "rulepack/layer.h"
#include "rulepack/merge.h"

namespace caseaudit::rulepack {

// $names that nothing declares, parameters that nothing uses, named expressions that use themselves.
void check_names(const std::vector<Layer>& layers, const Merged& merged, Diagnostics& errors);

// Durations of rules whose count is a parameter in another unit of time: judged so, the limit would be
// another one.
void check_units(const Merged& merged, Diagnostics& errors);

// Tables and fields of rules and measures that the dataset does not have.
void check_tables(const Merged& merged, const dataset::Dataset& dataset, Diagnostics& errors);

// Tables, fields and parameters of examples, and the form of their expectations.
void check_examples(const std::vector<RuleDraft>& drafts, const Pack& pack, const dataset::Dataset& dataset,
                    Diagnostics& errors);

}  // namespace caseaudit::rulepack
