#include "rulepack/grammar.h"

namespace caseaudit::rulepack {

std::span<const Key> pack_keys() {
    static constexpr Key keys[] = {
        {"id", Shape::identifier, true,
         "The pack's name in --pack, extends and findings: letters, digits and hyphens."},
        {"version", Shape::text, true, "The pack's version, for example 1.0.0."},
        {"title", Shape::text, true, "One line that says what the pack audits."},
        {"description", Shape::text, false, "What a reader should know of the pack."},
        {"dataset", Shape::identifier, false,
         "The dataset that the rules read; inherited where the pack extends another."},
        {"calendar", Shape::identifier, false, "The working-day calendar; without it the dataset's."},
        {"requires_engine", Shape::versions, false,
         "Versions of caseaudit that the pack works with, for example \">=0.1\"."},
        {"plugins", Shape::plugins, false,
         "The plugins whose checks its rules use, by name: which versions, and what each may use."},
        {"extends", Shape::texts, false,
         "Packs whose rules, parameters, lists and expressions are inherited: names, or paths."},
        {"effective", Shape::period, false,
         "When the pack's rules are in force, for rules that do not say so themselves."},
        {"collections", Shape::collections, false,
         "The packs that --set collection_year=YEAR takes instead, by the year in which the collection "
         "ends."},
        {"parameters", Shape::parameters, false, "Values that expressions use as $name and --set replaces."},
        {"lists", Shape::lists, false, "Lists of values that expressions use as $name."},
        {"expressions", Shape::named, false, "Expressions that others use as $name or $name(a, b)."},
        {"overrides", Shape::overrides, false, "Changes to inherited rules, by rule id."},
        {"fail_if", Shape::thresholds, false,
         "How many findings of a severity, or of the whole pack, make an audit fail."},
        {"dispute_protocol", Shape::dispute_protocol, false,
         "How disputes are resolved: stages and their limits, and the rules whose findings would start one."},
    };
    return keys;
}

std::span<const Key> plugin_keys() {
    static constexpr Key keys[] = {
        {"version", Shape::versions, true,
         "Versions of the plugin that the pack works with, for example \">=1.2, <2\"."},
        {"limits", Shape::plugin_limits, false,
         "What the plugin may use in its sandbox; options of the command come first."},
    };
    return keys;
}

std::span<const Key> plugin_limit_keys() {
    static constexpr Key keys[] = {
        {"record", Shape::seconds, false,
         "How long it may take for one record, or for the rows of one case together: 2 s, 500 ms, 1 min."},
        {"memory", Shape::megabytes, false, "How much memory each of its processes may use: 512 MB, 2 GB."},
        {"breaks", Shape::count, false, "How often it may crash or hang until it is asked no more."},
    };
    return keys;
}

std::span<const Key> period_keys() {
    static constexpr Key keys[] = {
        {"from", Shape::date, false, "First day in force."},
        {"to", Shape::date, false, "Last day in force."},
    };
    return keys;
}

std::span<const Key> parameter_keys() {
    static constexpr Key keys[] = {
        {"value", Shape::constant, true,
         "The value; its type is the parameter's: 5, 0.5, true, 2025-04-01 or text."},
        {"unit", Shape::text, false, "What the value counts, for example working days."},
        {"source", Shape::text, false, "The regulation or guidance that the value comes from."},
        {"description", Shape::text, false, "What the value decides."},
    };
    return keys;
}

std::span<const Key> override_keys() {
    static constexpr Key keys[] = {
        {"title", Shape::text, false, "Replaces the title."},
        {"severity", Shape::severity, false, "Replaces the severity."},
        {"fail_if", Shape::threshold, false, "Replaces how many findings make an audit fail."},
        {"disabled", Shape::flag, false, "true takes the rule out of the audit."},
        {"where", Shape::expression, false, "Replaces the condition that makes the population."},
        {"except", Shape::expressions, false, "Added exceptions: rows for which one is true are left out."},
        {"with", Shape::arguments, false, "Replaces arguments of the check, name by name."},
        {"message", Shape::message, false, "Replaces the message."},
        {"remedy", Shape::text, false, "Replaces the remedy."},
        {"effective", Shape::period, false, "Replaces the days between which the rule is in force."},
    };
    return keys;
}

std::span<const Key> rule_file_keys() {
    static constexpr Key keys[] = {
        {"rules", Shape::rules, false, "The rules of this file."},
        {"measures", Shape::measures, false, "The measures of this file."},
    };
    return keys;
}

std::span<const Key> rule_keys() {
    static constexpr Key keys[] = {
        {"id", Shape::identifier, true, "Names the rule in findings, overrides and --rule; never reused."},
        {"title", Shape::text, true, "What is wrong when the rule reports, in one line."},
        {"dimension", Shape::dimension, true, "The DAMA UK dimension of data quality."},
        {"severity", Shape::severity, true, "How much a finding matters; decides the exit status."},
        {"fail_if", Shape::threshold, false,
         "How many findings of the rule make an audit fail; without it --fail-on decides."},
        {"source", Shape::text, false, "The regulation, guidance or report that the rule comes from."},
        {"description", Shape::text, false, "The reasoning, the population and the limits of the rule."},
        {"remedy", Shape::text, false, "What the person who gets the finding should do."},
        {"tags", Shape::texts, false, "Words to group rules by."},
        {"for_each", Shape::texts, true,
         "The table whose rows are judged one by one, several tables, or case."},
        {"where", Shape::expression, false,
         "Rows for which this is true are the population; without it all rows are."},
        {"except", Shape::expressions, false,
         "Rows for which one of these is true are left out of the population."},
        {"assert", Shape::expression, false, "What must hold of every row of the population."},
        {"check", Shape::text, false, "A check of a plugin, instead of assert: plugin.check."},
        {"with", Shape::arguments, false, "The check's arguments."},
        {"also_report", Shape::expressions, false,
         "Rows or lists of rows that are reported as subjects too."},
        {"context", Shape::expressions, false, "Rows or lists of rows that the row was judged by."},
        {"fields", Shape::texts, false,
         "Fields of the subject that a finding shows; without it those the rule reads."},
        {"optional", Shape::texts, false,
         "Tables and table.field columns that may be absent, of 'a or b' one; they then count as empty."},
        {"message", Shape::message, true, "The finding in one sentence, with {expression} placeholders."},
        {"responsible", Shape::responsible, false,
         "Who is to act: a person, team or office as the record names it; or team and worker apart."},
        {"effective", Shape::period, false, "When the rule is in force, by the as-at date."},
        {"examples", Shape::examples, false,
         "Cases with the findings that the rule must make; run by caseaudit test."},
    };
    return keys;
}

std::span<const Key> responsible_keys() {
    static constexpr Key keys[] = {
        {"who", Shape::expression, false,
         "Who is to act first, where that is not the team; without it the team, else the worker."},
        {"team", Shape::expression, false,
         "The team that is to act, to filter findings by and to list them for."},
        {"worker", Shape::expression, false,
         "The worker who is to act, to filter findings by and to list them for."},
    };
    return keys;
}

std::span<const Key> measure_keys() {
    static constexpr Key keys[] = {
        {"id", Shape::identifier, true, "Names the measure; explains itself."},
        {"title", Shape::text, true, "What is measured, in one line."},
        {"unit", Shape::text, true, "What is counted: reviews, children, care plans."},
        {"source", Shape::text, false, "The report or guidance that publishes it."},
        {"description", Shape::text, false, "The population and the limits of the measure."},
        {"kind", Shape::measure_kind, true,
         "rate (of the population, how many meet the standard), count, average, or distribution (the share "
         "of "
         "each group)."},
        {"for_each", Shape::text, true, "The table whose rows are counted, or case."},
        {"where", Shape::expression, false, "Rows for which this is true are the population."},
        {"except", Shape::expressions, false, "Rows for which one of these is true are left out."},
        {"met", Shape::expression, false, "Of a rate: the standard; undecided rows are counted apart."},
        {"value", Shape::expression, false, "Of an average: the number averaged."},
        {"by", Shape::named, false, "What rows are grouped by: name -> expression."},
        {"totals", Shape::flag, false, "true adds the groups over all values of each key, and of all."},
        {"optional", Shape::texts, false,
         "Tables and table.field columns that may be absent, of 'a or b' one; they then count as empty."},
        {"effective", Shape::period, false, "When the measure is in force, by the as-at date."},
    };
    return keys;
}

std::span<const Key> example_keys() {
    static constexpr Key keys[] = {
        {"note", Shape::text, false, "What the example shows."},
        {"given", Shape::tables, true, "The extract: table -> rows, each {field: value}."},
        {"prior", Shape::tables, false, "The earlier extract."},
        {"reference", Shape::tables, false, "Reference tables."},
        {"as_at", Shape::date, false, "The as-at date."},
        {"set", Shape::settings, false, "Parameters for this example."},
        {"finds", Shape::texts, true, "Cases that the rule must report, or table:row; [] for none."},
        {"undecided", Shape::texts, false,
         "Cases with a record that the rule must leave undecided, and no others."},
    };
    return keys;
}

std::span<const Key> examples_file_keys() {
    static constexpr Key keys[] = {
        {"examples", Shape::examples_by_rule, true, "Examples of the pack's rules, by rule id."}};
    return keys;
}

std::span<const Key> dispute_protocol_keys() {
    static constexpr Key keys[] = {
        {"total", Shape::dispute_total, false, "What all stages may take together."},
        {"stages", Shape::dispute_stages, false, "The stages in their order; the first is stage 1."},
        {"proposes", Shape::texts, false, "Ids of the rules whose findings would start a dispute."},
        {"categories", Shape::categories, false,
         "What a dispute about a finding is called: rule id -> category."},
    };
    return keys;
}

std::span<const Key> dispute_total_keys() {
    static constexpr Key keys[] = {
        {"working_days", Shape::working_days, true, "Working days from the day a dispute is raised."}};
    return keys;
}

std::span<const Key> dispute_stage_keys() {
    static constexpr Key keys[] = {
        {"name", Shape::text, true, "What the stage is called."},
        {"addressee", Shape::text, true, "Who is to answer at this stage."},
        {"working_days", Shape::working_days, true, "Working days that the stage may take."},
    };
    return keys;
}

}  // namespace caseaudit::rulepack
