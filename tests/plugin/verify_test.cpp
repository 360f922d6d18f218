// Tables handed to the host directly, one slot spoilt at a time.
#include "plugin/verify.h"

#include "plugin/trial.h"

using namespace caseaudit;
using namespace caseaudit::plugin;

extern "C" const caseaudit_plugin* contract_in_c(void);

namespace {

// A copy of a good plugin's table, all of it, that can be spoilt.
struct Table {
    caseaudit_plugin plugin = *contract_in_c();
    caseaudit_check check = *plugin.checks[0];
    caseaudit_parameter parameter = *check.parameters[0];
    caseaudit_evidence_schema evidence = *check.evidence[0];
    const caseaudit_parameter* parameters[2] = {&parameter, check.parameters[1]};
    const caseaudit_evidence_schema* evidences[1] = {&evidence};
    const caseaudit_check* checks[2] = {&check, nullptr};
    Table() {
        check.parameters = parameters;
        check.evidence = evidences;
        plugin.checks = checks;
    }
    Table(const Table&) = delete;
    // "" or what is said of it, "; " between.
    std::string said() const {
        std::string text;
        for (const auto& problem : verify(&plugin, "here")) {
            CHECK(problem.place.file == "here");
            CHECK_FALSE(problem.hint.empty());
            text += (text.empty() ? "" : "; ") + problem.message;
        }
        return text;
    }
};

template <class Spoil>
std::string after(Spoil&& spoil) {
    Table table;
    REQUIRE(table.said() == "");
    spoil(table);
    return table.said();
}

}  // namespace

TEST_CASE("each member of the plugin's table is looked at") {
    CHECK(after([](Table& t) { t.plugin.struct_size = 8; }) ==
          "the plugin's table is 8 bytes, too short to say its version");
    CHECK(after([](Table& t) { t.plugin.struct_size = 55; }) ==
          "the plugin's table is 55 bytes, version 1.2 has 56");
    CHECK(after([](Table& t) { t.plugin.struct_size = 400; }) ==
          "");  // knows more than we do; minor says it is fine
    CHECK(after([](Table& t) { t.plugin.abi_major = 0; }).starts_with("the plugin speaks version 0"));
    CHECK(after([](Table& t) { t.plugin.name = nullptr; }) ==
          "the plugin's name is not of the form [a-z][a-z0-9-]*");
    CHECK(after([](Table& t) { t.plugin.name = "My plugin"; }).starts_with("the plugin's name"));
    CHECK(after([](Table& t) { t.plugin.name = ""; }).starts_with("the plugin's name"));
    CHECK(after([](Table& t) { t.plugin.version = nullptr; }) == "the plugin has no version");
    CHECK(after([](Table& t) { t.plugin.description = nullptr; }) == "the plugin has no description");
    CHECK(after([](Table& t) { t.plugin.check_count = 0; }) == "the plugin declares no check");
    CHECK(after([](Table& t) { t.plugin.checks = nullptr; }) == "the plugin's list of checks is null");
}

TEST_CASE("each member of a check's table is looked at") {
    CHECK(after([](Table& t) { t.plugin.check_count = 2; }) == "the check's table is null");
    CHECK(after([](Table& t) { t.check.struct_size = 79; }) ==
          "the check's table is 79 bytes, version 1.0 has 80");
    CHECK(after([](Table& t) { t.check.name = nullptr; }) ==
          "the check's name is not of the form [a-z][a-z0-9-]*");
    CHECK(after([](Table& t) { t.check.name = "at.most"; }).starts_with("the check's name"));
    CHECK(after([](Table& t) { t.check.description = nullptr; }) == "the check's description is null");
    CHECK(after([](Table& t) { t.check.create = nullptr; }) == "the check's function create is null");
    CHECK(after([](Table& t) { t.check.run = nullptr; }) == "the check's function run is null");
    CHECK(after([](Table& t) { t.check.destroy = nullptr; }) == "the check's function destroy is null");
    CHECK(after([](Table& t) { t.check.parameters = nullptr; }) == "the check's list of parameters is null");
    CHECK(after([](Table& t) { t.check.evidence = nullptr; }) == "the check's list of evidence is null");
    CHECK(after([](Table& t) { t.plugin.check_count = 2, t.checks[1] = &t.check; }) ==
          "the plugin declares the check 'minimum' twice");
}

TEST_CASE("each member of a parameter and of evidence is looked at") {
    CHECK(after([](Table& t) { t.parameters[0] = nullptr; }) == "a parameter is null");
    CHECK(after([](Table& t) { t.parameter.struct_size = 31; }) == "a parameter is too short");
    CHECK(after([](Table& t) {
              t.parameter.name = nullptr;
          }).starts_with("the name of a parameter is not of the form"));
    CHECK(after([](Table& t) { t.parameter.description = nullptr; }) ==
          "a parameter 'value' has no description");
    CHECK(after([](Table& t) { t.parameter.type = 7; }) == "a parameter 'value' has the unknown type 7");
    CHECK(after([](Table& t) { t.parameter.kind = 0; }) == "a parameter 'value' has the unknown kind 0");
    CHECK(after([](Table& t) { t.parameter.kind = 5; }) == "a parameter 'value' has the unknown kind 5");
    CHECK(after([](Table& t) { t.parameter.type = CASEAUDIT_DURATION; }) ==
          "a parameter 'value' is a duration, which can only be one constant");
    CHECK(after([](Table& t) { t.parameter.name = "least"; }) == "a parameter 'least' is declared twice");
    CHECK(after([](Table& t) { t.evidences[0] = nullptr; }) == "a piece of evidence is null");
    CHECK(after([](Table& t) { t.evidence.struct_size = 23; }) == "a piece of evidence is too short");
    CHECK(after([](Table& t) { t.evidence.type = -1; }) ==
          "a piece of evidence 'short' has the unknown type -1");
}

TEST_CASE("limits and a default must be of the parameter's own kind, and go together") {
    const auto with = [](void (*spoil)(caseaudit_parameter&)) {
        Table table;
        table.parameter.kind = CASEAUDIT_CONSTANT;
        table.parameter.required = 0;
        table.parameter.limits = CASEAUDIT_AT_LEAST | CASEAUDIT_AT_MOST;
        table.parameter.least = 1;
        table.parameter.most = 12;
        table.parameter.otherwise = {CASEAUDIT_INTEGER, 0, {3}};
        REQUIRE(table.said() == "");
        spoil(table.parameter);
        return table.said();
    };
    CHECK(with([](caseaudit_parameter& p) { p.limits = 4; }) == "a parameter 'value' has unknown limits");
    CHECK(with([](caseaudit_parameter& p) { p.kind = CASEAUDIT_EXPRESSION; }) ==
          "a parameter 'value' has limits, and is no constant that can have them; a parameter 'value' has a "
          "default, and is not one constant");
    CHECK(with([](caseaudit_parameter& p) {
              p.least = 13;
          }).starts_with("a parameter 'value' must be at least more than it may be at most"));
    CHECK(with([](caseaudit_parameter& p) { p.units = 2; }) ==
          "a parameter 'value' has units that are none of a duration");
    CHECK(with([](caseaudit_parameter& p) { p.required = 1; }) ==
          "a parameter 'value' is required, and has a default");
    CHECK(with([](caseaudit_parameter& p) { p.otherwise.as.integer = 13; }) ==
          "a parameter 'value' has a default that its own limits refuse");
    CHECK(with([](caseaudit_parameter& p) {
              p.otherwise = {CASEAUDIT_DURATION, CASEAUDIT_DAYS, {3}};
          }) == "a parameter 'value' has a default of another type than its own, which is integer");
    CHECK(with([](caseaudit_parameter& p) {
              p.type = CASEAUDIT_DURATION;
              p.units = 1u << 6;
              p.otherwise = {CASEAUDIT_DURATION, 9, {3}};
          }) ==
          "a parameter 'value' has units that are none of a duration; a parameter 'value' has a default "
          "of no unit");
    CHECK(with([](caseaudit_parameter& p) {
              p.type = CASEAUDIT_DURATION;
              p.units = 1u << CASEAUDIT_WEEKS;
              p.otherwise = {CASEAUDIT_DURATION, CASEAUDIT_DAYS, {3}};
          }) == "a parameter 'value' has a default that its own limits refuse");
    CHECK(with([](caseaudit_parameter& p) {
              p.type = CASEAUDIT_TEXT;
              p.limits = 0;
              p.otherwise = {CASEAUDIT_TEXT, 0, {}};
              p.otherwise.as.text = {"\xff", 1};
          }) == "a parameter 'value' has a default that is no text");
    // A plugin older than these members says nothing of them, whatever lies behind its structure.
    CHECK(with([](caseaudit_parameter& p) {
              p.limits = 99;
              p.struct_size = 32;
          }) == "");
}

TEST_CASE("all that is wrong with a table is said in one go") {
    CHECK(after([](Table& t) {
              t.plugin.version = nullptr;
              t.check.run = nullptr;
              t.parameter.kind = 9;
          }) ==
          "the plugin has no version; the check's function run is null; a parameter 'value' has the unknown "
          "kind 9");
}

TEST_CASE("the bundled plugins keep to the contract") {
    for (const auto* table : {linked_assertion(), linked_completeness(), linked_uniqueness(),
                              linked_validity(), linked_consistency(), linked_timeliness()})
        CHECK(verify(table, "tests").empty());
}

TEST_CASE("a check written in C runs") {
    const auto run = [](std::int64_t least) {
        return Trial(contract_in_c(), "minimum")
            .expression("value", CASEAUDIT_INTEGER, {"3", "", "1", "2"})
            .constant("least", ConstantValue::of_integer(least))
            .run();
    };
    CHECK(run(2).verdicts == "P?FP");
    CHECK(run(2).evidence[2] == "short=1");
    CHECK(run(-1).refused_parameter == "least");
    CHECK(run(-1).error == "must not be negative");
}
