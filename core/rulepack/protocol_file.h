// Reads `dispute_protocol`, puts it together with an inherited one, judges it, and gives its expressions
// names.
#pragma once
#include "rulepack/expression_reader.h"
#include "rulepack/merge.h"

namespace caseaudit::rulepack {

// The protocol of pack.yaml, as far as it is sound; nothing when the pack has none.
std::optional<DisputeProtocol> read_dispute_protocol(yaml::MapReader& pack, ExpressionReader& expressions);

// What the nearer pack says replaces what is inherited, key by key; categories are added rule by rule.
void inherit(std::optional<DisputeProtocol>& inherited, DisputeProtocol nearer);

// Whether there are stages and a total, the limits are whole working days that fit into the total, and the
// rules named are there and have a category.
Diagnostics check_dispute_protocol(const Merged& merged, const std::string& pack);

// Declares $protocol_stages, $protocol_total, $protocol_limit(stage), $protocol_addressee(stage) and
// $protocol_stage_name(stage). Of a stage that the protocol does not have they are undecided.
Diagnostics name_dispute_protocol(Merged& merged, const std::string& pack);

}  // namespace caseaudit::rulepack
