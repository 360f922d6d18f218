#include "rulepack/expression_blocks.h"

#include <fmt/format.h>

#include "rulepack/markdown.h"

namespace caseaudit::rulepack {

std::string titled_block(std::string_view title, const std::optional<expression::Text>& text) {
    return text ? fmt::format("{}\n\n{}", title, markdown::block(text->text)) : "";
}

std::string titled_blocks(std::string_view title, const std::vector<expression::Text>& texts) {
    if (texts.empty()) return "";
    std::string out = fmt::format("{}\n\n", title);
    for (const expression::Text& text : texts) out += markdown::block(text.text);
    return out;
}

std::string named_blocks(const Pack& pack, const std::set<std::string>& names) {
    std::string out;
    for (const std::string& name : names) {
        const expression::Named& named = pack.named.at(name);
        const std::string arguments =
            named.arguments.empty() ? "" : fmt::format("({})", fmt::join(named.arguments, ", "));
        out +=
            markdown::code(fmt::format("${}{}", name, arguments)) + "\n\n" + markdown::block(named.text.text);
    }
    return out;
}

}  // namespace caseaudit::rulepack
