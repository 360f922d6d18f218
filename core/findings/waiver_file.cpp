// Reads a file of waivers, and says what such a file may hold.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "findings/waivers.h"
#include "yaml/map_reader.h"

namespace caseaudit::findings {
namespace {

using yaml::MapReader;
using yaml::Need;

bool is_hexadecimal(std::string_view text, std::size_t digits) {
    return text.size() == digits && text.find_first_not_of("0123456789abcdef") == text.npos;
}

class WaiverReader {
  public:
    WaiverReader(yaml::Errors& errors, calendar::Day as_at) : errors_(errors), as_at_(as_at) {}

    Waiver read(const yaml::Node& node) {
        MapReader map(node, "a waiver", errors_);
        Waiver waiver;
        waiver.place = yaml::place_of(errors_.document(), node);
        if (!map.is_map()) return waiver;
        waiver.rule = map.text("rule", Need::required);
        waiver.pack = map.text("pack");
        waiver.case_name = hexadecimal(map, "case", 20, "the pseudonym of a case");
        waiver.finding = hexadecimal(map, "finding", 32, "the id of a finding");
        waiver.responsible = map.text("responsible");
        waiver.reason = words(map, "reason");
        waiver.basis = words(map, "basis");
        waiver.owner = words(map, "owner");
        read_expiry(map, waiver);
        map.finish();
        return waiver;
    }

  private:
    // What is written is in no message: it might be a case number, by mistake.
    std::string hexadecimal(MapReader& map, std::string_view key, std::size_t digits, std::string_view what) {
        const std::string text = map.text(key);
        if (text.empty() || is_hexadecimal(text, digits)) return text;
        const yaml::Node& at = map.key_node(key);
        errors_.report(yaml::place_of(errors_.document(), at), at.text, "bad-value",
                       fmt::format("'{}' is not {}: {} hexadecimal digits, in quotes", key, what, digits),
                       "copy it from the findings document");
        return {};
    }

    std::string words(MapReader& map, std::string_view key) {
        std::string text = map.text(key, Need::required);
        if (map.node().find(key) != nullptr && text.find_first_not_of(" \t\n") == text.npos)
            errors_.report(map.key_node(key), "bad-value", fmt::format("'{}' is blank", key),
                           "say it so that an inspector would understand");
        return text;
    }

    void read_expiry(MapReader& map, Waiver& waiver) {
        const yaml::Node* node = map.scalar("expires", Need::required);
        if (node == nullptr) return;
        if (!calendar::parse_iso(node->text, waiver.expires))
            errors_.report(*node, "bad-value", fmt::format("'{}' is not a day", node->text),
                           "write the last day it holds for as yyyy-mm-dd");
        else if (const auto latest = calendar::add_years(as_at_, 1); waiver.expires > latest)
            errors_.report(*node, "too-long",
                           fmt::format("a waiver holds for a year at most, and this one expires after {}",
                                       calendar::to_iso(latest)),
                           "give an earlier day, and look at it again then");
    }

    yaml::Errors& errors_;
    calendar::Day as_at_;
};

}  // namespace

Result<std::vector<Waiver>> read_waivers(const std::string& path, calendar::Day as_at) {
    auto reading = yaml::read_file(path);
    Diagnostics found = std::move(reading.errors);
    if (!reading.document) return found;
    yaml::Errors errors(*reading.document, "waivers", found);
    std::vector<Waiver> waivers;
    MapReader map(reading.document->root, "the file", errors);
    if (const auto* list = map.sequence("waivers", Need::required))
        for (const auto& node : list->items) {
            const yaml::Errors::Within within(errors, fmt::format("waiver {}", waivers.size() + 1));
            waivers.push_back(WaiverReader(errors, as_at).read(node));
        }
    map.finish();
    if (found.empty()) return waivers;
    sort_by_place(found);
    return found;
}

std::string waivers_schema() {
    using nlohmann::ordered_json;
    const auto text = [](std::string_view what) {
        return ordered_json{{"type", "string"}, {"pattern", "\\S"}, {"description", what}};
    };
    const auto digits = [](int count, std::string_view what) {
        return ordered_json{
            {"type", "string"}, {"pattern", fmt::format("^[0-9a-f]{{{}}}$", count)}, {"description", what}};
    };
    ordered_json waiver = {
        {"type", "object"},
        {"additionalProperties", false},
        {"required", {"rule", "reason", "basis", "owner", "expires"}},
        {"properties",
         {{"rule", text("id of the rule; * stands for any text")},
          {"pack", text("id of the pack, where two packs have such a rule")},
          {"case", digits(20, "pseudonym of the case, as in the findings document")},
          {"finding", digits(32, "id of one finding")},
          {"responsible", text("team or worker; * stands for any text")},
          {"reason", text("why the finding is no fault")},
          {"basis", text("statutory or local basis")},
          {"owner", text("who answers for the waiver")},
          {"expires",
           {{"type", "string"},
            {"format", "date"},
            {"description", "last day that it holds for; at most a year after the day of the run"}}}}},
        {"anyOf", {{{"required", {"case"}}}, {{"required", {"finding"}}}, {{"required", {"responsible"}}}}}};
    const ordered_json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                                 {"title", "Caseaudit waivers"},
                                 {"type", "object"},
                                 {"additionalProperties", false},
                                 {"required", {"waivers"}},
                                 {"properties", {{"waivers", {{"type", "array"}, {"items", waiver}}}}}};
    return schema.dump(2) + "\n";
}

}  // namespace caseaudit::findings
