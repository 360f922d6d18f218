#include "plugin/verify.h"

#include <set>

#include "caseaudit/sdk/limits.hpp"
#include "plugin/printable.h"
#include "plugin/schema.h"

namespace caseaudit::plugin {
namespace {

// The sizes that version 1.0 laid down. They stay when members are appended.
constexpr std::uint32_t plugin_size = 56, check_size = 80, parameter_size = 32, evidence_size = 24;
static_assert(sizeof(caseaudit_plugin) >= plugin_size && sizeof(caseaudit_check) >= check_size &&
              sizeof(caseaudit_parameter) >= parameter_size &&
              sizeof(caseaudit_evidence_schema) >= evidence_size);

constexpr const char* rebuild = "rebuild the plugin against this version's caseaudit/plugin.h";
constexpr const char* correct = "correct the plugin's table";

bool is_name(const char* name, char joiner) {
    if (name == nullptr || *name < 'a' || *name > 'z') return false;
    return std::all_of(name, name + std::strlen(name), [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == joiner;
    });
}

class Verifier {
  public:
    explicit Verifier(const std::string& origin) : origin_(origin) {}

    Diagnostics plugin(const caseaudit_plugin* table) {
        if (!version(table)) return std::move(problems_);
        if (!is_name(table->name, '-'))
            add("plugin.malformed", "the plugin's name is not of the form [a-z][a-z0-9-]*", correct);
        if (table->version == nullptr || *table->version == '\0')
            add("plugin.malformed", "the plugin has no version", correct);
        if (table->description == nullptr) add("plugin.malformed", "the plugin has no description", correct);
        if (table->check_count == 0) add("plugin.malformed", "the plugin declares no check", correct);
        if (table->check_count > 0 && table->checks == nullptr)
            add("plugin.malformed", "the plugin's list of checks is null", correct);
        else
            checks(*table);
        return std::move(problems_);
    }

  private:
    void add(const char* code, std::string message, std::string hint) {
        Diagnostic problem;
        problem.code = code;
        problem.message = std::move(message);
        problem.place.file = origin_;
        problem.hint = std::move(hint);
        problem.within = within_;
        problems_.push_back(std::move(problem));
    }

    bool version(const caseaudit_plugin* table) {
        if (table == nullptr) {
            add("plugin.malformed", "caseaudit_plugin_v1 returned no table", correct);
        } else if (table->struct_size < offsetof(caseaudit_plugin, name)) {
            add("plugin.malformed",
                fmt::format("the plugin's table is {} bytes, too short to say its version",
                            table->struct_size),
                rebuild);
        } else if (table->abi_major != CASEAUDIT_ABI_MAJOR) {
            add("plugin.wrong-major",
                fmt::format("the plugin speaks version {} of the plugin contract, this caseaudit version {}",
                            table->abi_major, CASEAUDIT_ABI_MAJOR),
                rebuild);
        } else if (table->abi_minor > CASEAUDIT_ABI_MINOR) {
            add("plugin.newer-minor",
                fmt::format("the plugin wants version {}.{} of the plugin contract, this caseaudit has {}.{}",
                            table->abi_major, table->abi_minor, CASEAUDIT_ABI_MAJOR, CASEAUDIT_ABI_MINOR),
                "update caseaudit, or rebuild the plugin against the older version");
        } else if (table->struct_size < plugin_size) {
            add("plugin.malformed",
                fmt::format("the plugin's table is {} bytes, version {}.{} has {}", table->struct_size,
                            table->abi_major, table->abi_minor, plugin_size),
                rebuild);
        } else {
            return true;
        }
        return false;
    }

    void checks(const caseaudit_plugin& table) {
        std::set<std::string> seen;
        for (std::size_t i = 0; i < table.check_count; ++i) {
            within_ = {fmt::format("check {} of {}", i + 1, table.check_count)};
            if (table.checks[i] == nullptr) {
                add("plugin.malformed", "the check's table is null", correct);
                continue;
            }
            if (table.checks[i]->struct_size < check_size) {
                add("plugin.malformed",
                    fmt::format("the check's table is {} bytes, version 1.0 has {}",
                                table.checks[i]->struct_size, check_size),
                    rebuild);
                continue;
            }
            check(*table.checks[i]);
            if (table.checks[i]->name != nullptr && !seen.insert(table.checks[i]->name).second)
                add("plugin.duplicate-check",
                    fmt::format("the plugin declares the check '{}' twice", table.checks[i]->name),
                    "give one of them another name");
        }
    }

    void check(const caseaudit_check& one) {
        if (!is_name(one.name, '-'))
            add("plugin.malformed", "the check's name is not of the form [a-z][a-z0-9-]*", correct);
        else
            within_ = {fmt::format("check {}", one.name)};
        const auto present = [&](const char* member, bool there) {
            if (!there) add("plugin.malformed", fmt::format("the check's {} is null", member), correct);
        };
        present("description", one.description != nullptr);
        present("function create", one.create != nullptr);
        present("function run", one.run != nullptr);
        present("function destroy", one.destroy != nullptr);
        if (judges_of(one) < CASEAUDIT_JUDGES_BATCHES || judges_of(one) > CASEAUDIT_JUDGES_CASES)
            add("plugin.malformed",
                fmt::format("the check goes through batches in the unknown way {}",
                            static_cast<int>(judges_of(one))),
                correct);
        present("list of parameters", one.parameter_count == 0 || one.parameters != nullptr);
        present("list of evidence", one.evidence_count == 0 || one.evidence != nullptr);
        if (one.parameters != nullptr) parameters(one);
        if (one.evidence != nullptr) evidence(one);
    }

    // What parameters and evidence have in common: name, description, type.
    template <class Entry>
    bool entry(const char* what, const Entry* one, std::uint32_t size, std::set<std::string>& seen) {
        if (one == nullptr || one->struct_size < size) {
            add("plugin.malformed", fmt::format("{} is {}", what, one == nullptr ? "null" : "too short"),
                one == nullptr ? correct : rebuild);
            return false;
        }
        if (!is_name(one->name, '_')) {
            add("plugin.malformed", fmt::format("the name of {} is not of the form [a-z][a-z0-9_]*", what),
                correct);
            return false;
        }
        if (one->description == nullptr)
            add("plugin.malformed", fmt::format("{} '{}' has no description", what, one->name), correct);
        if (one->type < 0 || one->type > CASEAUDIT_DURATION)
            add("plugin.malformed",
                fmt::format("{} '{}' has the unknown type {}", what, one->name, one->type), correct);
        if (!seen.insert(one->name).second)
            add("plugin.malformed", fmt::format("{} '{}' is declared twice", what, one->name), correct);
        return true;
    }

    void parameters(const caseaudit_check& check) {
        std::set<std::string> seen;
        for (std::size_t i = 0; i < check.parameter_count; ++i) {
            const caseaudit_parameter* one = check.parameters[i];
            if (!entry("a parameter", one, parameter_size, seen)) continue;
            if (one->kind < CASEAUDIT_CONSTANT || one->kind > CASEAUDIT_EXPRESSION_LIST)
                add("plugin.malformed",
                    fmt::format("a parameter '{}' has the unknown kind {}", one->name, one->kind), correct);
            else if (one->type == CASEAUDIT_DURATION && one->kind != CASEAUDIT_CONSTANT)
                add("plugin.malformed",
                    fmt::format("a parameter '{}' is a duration, which can only be one constant", one->name),
                    correct);
            limits(sdk::complete(*one));
        }
    }

    // Since 1.2.
    void limits(const caseaudit_parameter& one) {
        const auto wrong = [&](std::string_view what) {
            add("plugin.malformed", fmt::format("a parameter '{}' {}", one.name, what), correct);
        };
        const bool constant = one.kind == CASEAUDIT_CONSTANT || one.kind == CASEAUDIT_CONSTANT_LIST;
        const bool number =
            one.type == CASEAUDIT_INTEGER || one.type == CASEAUDIT_DECIMAL || one.type == CASEAUDIT_DURATION;
        const auto& value = one.otherwise;
        if (one.limits > (CASEAUDIT_AT_LEAST | CASEAUDIT_AT_MOST)) wrong("has unknown limits");
        if (one.limits != 0 && !(constant && number))
            wrong("has limits, and is no constant that can have them");
        if (one.limits == (CASEAUDIT_AT_LEAST | CASEAUDIT_AT_MOST) && !(one.least <= one.most))
            wrong("must be at least more than it may be at most");
        constexpr std::uint32_t all_units = 0x3e;  // days to years
        if ((one.units & ~all_units) != 0 || (one.units != 0 && one.type != CASEAUDIT_DURATION))
            wrong("has units that are none of a duration");
        if (value.type == 0) return;
        if (one.kind != CASEAUDIT_CONSTANT) return wrong("has a default, and is not one constant");
        if (one.required != 0) return wrong("is required, and has a default");
        if (value.type != one.type)
            return wrong(
                fmt::format("has a default of another type than its own, which is {}", type_name(one.type)));
        if (value.type == CASEAUDIT_DURATION && unit_name(value.unit).empty())
            return wrong("has a default of no unit");
        if (value.type == CASEAUDIT_TEXT && value.as.text.size != 0 &&
            (value.as.text.data == nullptr || !is_utf8({value.as.text.data, value.as.text.size})))
            return wrong("has a default that is no text");
        if (!sdk::within_range(one, value) ||
            (value.type == CASEAUDIT_DURATION && !sdk::unit_allowed(one, value.unit)))
            wrong("has a default that its own limits refuse");
    }

    void evidence(const caseaudit_check& check) {
        std::set<std::string> seen;
        for (std::size_t i = 0; i < check.evidence_count; ++i)
            entry("a piece of evidence", check.evidence[i], evidence_size, seen);
    }

    const std::string& origin_;
    std::vector<std::string> within_;
    Diagnostics problems_;
};

}  // namespace

Diagnostics verify(const caseaudit_plugin* table, const std::string& origin) {
    return Verifier(origin).plugin(table);
}

}  // namespace caseaudit::plugin
