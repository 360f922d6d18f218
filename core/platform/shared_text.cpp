#include "platform/shared_text.h"

#include <mutex>
#include <unordered_set>

namespace caseaudit::platform {
namespace {

struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

const std::string& kept(std::string_view text) {
    // Never taken apart: texts may be told of while the process ends.
    static std::mutex& mutex = *new std::mutex;
    static auto& texts = *new std::unordered_set<std::string, Hash, std::equal_to<>>;
    const std::lock_guard lock(mutex);
    const auto found = texts.find(text);
    return found != texts.end() ? *found : *texts.emplace(text).first;
}

}  // namespace

SharedText::SharedText(std::string_view text) : text_(&kept(text)) {}

}  // namespace caseaudit::platform
