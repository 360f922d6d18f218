#include "disclosure/shareable.h"

namespace caseaudit::disclosure {
namespace {

struct Memory : findings::Output {
    std::string bytes;
    bool write(std::string_view more) override {
        bytes += more;
        return true;
    }
};

}  // namespace

findings::Document shareable(const findings::Document& document, const Profile& profile,
                             const Solver& solver) {
    findings::Document made;
    made.run = document.run;
    made.run.shareable = profile.name;
    made.run.inputs.clear();
    made.run.cases = 0;
    made.run.baseline.reset();
    made.run.identifiers_shown = false;
    made.run.notes = {fmt::format(
        "figures that read c are kept back so that no child can be found by them: {}", profile.source)};
    for (const auto& measure : document.measures) made.measures.push_back(suppress(measure, profile, solver));
    return made;
}

std::string shareable_json(const findings::Document& document, const Profile& profile, const Solver& solver) {
    const auto made = shareable(document, profile, solver);
    Memory memory;
    findings::DocumentWriter writer(findings::Form::json, memory, made.run, {}, findings::Fingerprint{}, ".");
    writer.finish({}, made.measures, {}, {});
    return std::move(memory.bytes);
}

}  // namespace caseaudit::disclosure
