#include "rulepack/digest.h"

#include <fmt/format.h>

#include <algorithm>

#include "crypto/crypto.h"

namespace caseaudit::rulepack {

std::string digest(std::vector<std::pair<std::string_view, std::string_view>> parts) {
    std::sort(parts.begin(), parts.end());
    crypto::Sha256 hash;
    const auto add = [&](std::string_view part) {
        hash.add(fmt::format("{}:", part.size()));
        hash.add(part);
    };
    for (const auto& [name, content] : parts) {
        add(name);
        add(content);
    }
    return hash.hexadecimal();
}

}  // namespace caseaudit::rulepack
