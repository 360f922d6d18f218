// Turns check classes into a plugin's table. Every function of the table is guarded: what a check throws
// becomes a refusal, and no exception crosses to the host.
#pragma once
#include <caseaudit/sdk/batch.hpp>

#include <array>
#include <exception>
#include <memory>
#include <tuple>

namespace caseaudit::sdk {

// How a check judges: row by row, case by case, or a batch at once. It has one of
//     Verdict judge(const Row&) const;  void judge(const Case&) const;  void judge(const Batch&) const;
template <class Check>
concept JudgesRows = requires(const Check& check, const Row& row) {
    { check.judge(row) } -> std::same_as<Verdict>;
};
template <class Check>
concept JudgesCases = requires(const Check& check, const Case& rows) {
    check.judge(rows);
};
template <class Check>
concept JudgesBatches = requires(const Check& check, const Batch& batch) {
    check.judge(batch);
};
template <class Check>
concept Prepares = requires(Check& check, const Context& context) {
    check.prepare(context);
};

// A check as configured by one rule, with the host's services.
template <class Check>
struct Compiled {
    Check check;
    Context context;
};

inline void refuse(const caseaudit_refusal* refusal, std::string_view parameter, std::string_view message) {
    refusal->refuse(refusal->self, borrow(parameter), borrow(message));
}

// Runs `work` and returns its result; `otherwise`, after a refusal, when it throws.
template <class Result, class Work>
Result guarded(const caseaudit_refusal* refusal, Result otherwise, Work&& work) noexcept {
    try {
        return work();
    } catch (const Refusal& why) {
        refuse(refusal, why.parameter(), why.what());
    } catch (const std::exception& error) {
        refuse(refusal, {}, error.what());
    } catch (...) {
        refuse(refusal, {}, "an exception of unknown type was thrown");
    }
    return otherwise;
}

// Fills one member, and notes under which name its column can be read.
template <class Check, class Member>
void fill(Check& check, const Parameter<Check, Member>& parameter,
          const caseaudit_configuration& configuration, Declarations& declarations) {
    if constexpr (HoldsConstant<Member>)
        if (parameter.schema.otherwise.type != 0)
            (check.*parameter.member).set_default(parameter.schema.otherwise);
    for (std::size_t i = 0; i < configuration.argument_count; ++i)
        if (view(configuration.arguments[i]->name) == parameter.schema.name)
            (check.*parameter.member).set(*configuration.arguments[i]);
    if constexpr (Member::kind == CASEAUDIT_EXPRESSION) {
        const Member& filled = check.*parameter.member;
        const auto declared = static_cast<Type>(parameter.schema.type);
        declarations.columns.push_back({parameter.schema.name,
                                        declared == Type::any ? filled.type() : declared, filled.given(),
                                        filled.column()});
    }
}

// The part of a check that holds the parameter's member: the check, or what it is derived from.
template <class Owner, class Member>
Owner& owner(std::type_identity_t<Owner>& check, const Parameter<Owner, Member>&) {
    return check;
}

template <class Check>
void fill(Compiled<Check>& compiled, const caseaudit_configuration& configuration) {
    if constexpr (requires { Check::table; }) compiled.context.declarations.table = Check::table;
    std::apply(
        [&](const auto&... parameter) {
            (fill(owner(compiled.check, parameter), parameter, configuration, compiled.context.declarations),
             ...);
        },
        Check::parameters);
}

template <class Check>
void* create(const caseaudit_host* host, const caseaudit_configuration* configuration,
             const caseaudit_refusal* refusal) {
    return guarded(refusal, static_cast<void*>(nullptr), [&]() -> void* {
        auto compiled =
            std::unique_ptr<Compiled<Check>>(new Compiled<Check>{{},
                                                                 {Calendar(host),
                                                                  {configuration->as_at},
                                                                  std::string(view(configuration->pack)),
                                                                  std::string(view(configuration->rule)),
                                                                  {}}});
        fill(*compiled, *configuration);
        if constexpr (Prepares<Check>) compiled->check.prepare(std::as_const(compiled->context));
        return compiled.release();
    });
}

// How a check goes through a batch, in the terms of the contract.
template <class Check>
inline constexpr caseaudit_judges judges = JudgesRows<Check>    ? CASEAUDIT_JUDGES_ROWS
                                           : JudgesCases<Check> ? CASEAUDIT_JUDGES_CASES
                                                                : CASEAUDIT_JUDGES_BATCHES;

template <class Check>
std::int32_t run(const void* check, const caseaudit_batch* batch, const caseaudit_sink* sink,
                 const caseaudit_refusal* refusal) {
    return guarded(refusal, std::int32_t{1}, [&]() -> std::int32_t {
        const auto& compiled = *static_cast<const Compiled<Check>*>(check);
        const Batch rows(*batch, *sink, compiled.context);
        if constexpr (JudgesRows<Check>) {
            if (!rows.watched())
                for (const Row row : rows) compiled.check.judge(row);
            else
                for (const Row row : rows) {
                    rows.judging(row.index(), 1);
                    compiled.check.judge(row);
                }
        } else if constexpr (JudgesCases<Check>) {
            rows.each_case([&](const Case& one) {
                if (rows.watched()) rows.judging(one[0].index(), one.size());
                compiled.check.judge(one);
            });
        } else {
            compiled.check.judge(rows);
        }
        return 0;
    });
}

template <class Check>
void destroy(void* check) {
    delete static_cast<Compiled<Check>*>(check);
}

// The table of one check, made from what its class declares.
template <class Check>
struct CheckTable {
    static_assert(JudgesRows<Check> || JudgesCases<Check> || JudgesBatches<Check>,
                  "a check needs  Verdict judge(const caseaudit::sdk::Row&) const");
    static_assert(std::is_nothrow_destructible_v<Check>, "a check's destructor must not throw");

    static constexpr std::size_t parameter_count = std::tuple_size_v<decltype(Check::parameters)>;
    static constexpr auto parameters = std::apply(
        [](const auto&... parameter) {
            return std::array<caseaudit_parameter, parameter_count>{parameter.schema...};
        },
        Check::parameters);
    static constexpr auto evidence = [] {
        if constexpr (requires { Check::evidence; })
            return Check::evidence;
        else
            return std::array<caseaudit_evidence_schema, 0>{};
    }();

    template <class Element, std::size_t size>
    static constexpr std::array<const Element*, size> pointers(const std::array<Element, size>& elements) {
        std::array<const Element*, size> result{};
        for (std::size_t i = 0; i < size; ++i) result[i] = &elements[i];
        return result;
    }
    static constexpr auto parameter_pointers = pointers(parameters);
    static constexpr auto evidence_pointers = pointers(evidence);

    static constexpr caseaudit_check table = {sizeof(caseaudit_check),
                                              Check::name,
                                              Check::description,
                                              parameter_count,
                                              parameter_pointers.data(),
                                              evidence.size(),
                                              evidence_pointers.data(),
                                              &create<Check>,
                                              &run<Check>,
                                              &destroy<Check>,
                                              judges<Check>};
};

template <class... Checks>
struct PluginTable {
    static constexpr std::array<const caseaudit_check*, sizeof...(Checks)> checks = {
        &CheckTable<Checks>::table...};
    static constexpr caseaudit_plugin with(const char* name, const char* version, const char* description) {
        return {
            sizeof(caseaudit_plugin), CASEAUDIT_ABI_MAJOR, CASEAUDIT_ABI_MINOR, name, version, description,
            sizeof...(Checks),        checks.data()};
    }
};

}  // namespace caseaudit::sdk

// The one symbol that a plugin exports. A unit test that links several plugins gives each another name.
#ifndef CASEAUDIT_PLUGIN_SYMBOL
#define CASEAUDIT_PLUGIN_SYMBOL caseaudit_plugin_v1
#endif

// CASEAUDIT_PLUGIN("authority", "1.0", "Checks of our authority.", FirstCheck, SecondCheck)
#define CASEAUDIT_PLUGIN(name, version, description, ...)                                       \
    extern "C" CASEAUDIT_EXPORT const caseaudit_plugin* CASEAUDIT_PLUGIN_SYMBOL(void) {         \
        static constexpr caseaudit_plugin table =                                               \
            ::caseaudit::sdk::PluginTable<__VA_ARGS__>::with((name), (version), (description)); \
        return &table;                                                                          \
    }
