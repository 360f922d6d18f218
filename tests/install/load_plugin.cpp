// load_plugin FILE CHECK …: opens a plugin as the command does and says what it declares. 0 when it has every
// one of the checks.
#include <cstdio>

#include "plugin/reference.h"
#include "plugin/registry.h"

int main(int count, char** words) {
    if (count < 2) return 2;
    caseaudit::plugin::Registry registry;
    const auto problems = registry.load(words[1]);
    for (const auto& problem : problems) std::printf("%s\n", caseaudit::render(problem).c_str());
    if (!problems.empty()) return 1;
    std::printf("%s", caseaudit::plugin::reference(*registry.plugins()[0].table).c_str());
    for (int i = 2; i < count; ++i) {
        if (registry.find(words[i]) != nullptr) continue;
        std::printf("there is no check %s\n", words[i]);
        return 1;
    }
    return 0;
}
