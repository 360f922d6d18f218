// A findings document as it may leave the service: its measures, with figures kept back, and nothing of a
// child.
#pragma once
#include "disclosure/suppression.h"
#include "findings/read.h"

namespace caseaudit::disclosure {

// Left out are findings, proposals, waivers, rejected rows, what is known of the files, and how many records
// each rule failed, which would tell of few children as a measure would.
findings::Document shareable(const findings::Document& document, const Profile& profile,
                             const Solver& solver);

// The same as JSON.
std::string shareable_json(const findings::Document& document, const Profile& profile, const Solver& solver);

}  // namespace caseaudit::disclosure
