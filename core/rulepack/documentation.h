// Pages in Markdown that say what a pack judges, made from the pack itself so that they cannot differ from
// it. Pure: the same pack gives the same bytes, wherever it lies.
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "expression/expression.h"
#include "rulepack/pack.h"

namespace caseaudit::rulepack {

struct Page {
    std::string path;  // below the folder of all pages: "iro.md", "iro/late-notification.md"
    std::string text;
};

// Columns that a rule reads, by rule id, as compiling it against its check tells.
using RuleNeeds = std::map<std::string, std::set<expression::Need>>;

// The overview first, then a page for each rule in the pack's order. Load the pack with its examples.
std::vector<Page> documentation(const LoadedPack& loaded, const RuleNeeds& needs);

// The first line of every page: tells a page that was generated, and from which pack, from one that people
// wrote and from those of other packs.
std::string generated_line(const std::string& pack);

}  // namespace caseaudit::rulepack
