#include "casebook/cases.h"

#include <fmt/format.h>
#include <tbb/parallel_for.h>

#include <algorithm>

#include "casebook/case_sequence.h"
#include "casebook/converted_cell.h"
#include "casebook/crowded_cases.h"
#include "casebook/damage.h"
#include "casebook/link_map.h"
#include "platform/do_both.h"

namespace caseaudit::casebook {
namespace {

std::size_t part_of(const TableLoad& table, RowCode row) {
    const auto after =
        std::upper_bound(table.parts.begin(), table.parts.end(), table.position(row),
                         [](std::uint64_t at, const FilePart& entry) { return at < entry.first; });
    return static_cast<std::size_t>(after - table.parts.begin()) - 1;
}

std::string unknown_key(const TableLoad& table, std::size_t number, RowCode row) {
    const FilePart& part = table.parts[number];
    return fmt::format("?{}{}:{}", table.which() == Which::prior ? "prior/" : "", part.file,
                       part.lines.line(table.position(row) - part.first));
}

class Resolver {
  public:
    Resolver(const dataset::Dataset& dataset, std::vector<std::unique_ptr<TableLoad>>& tables,
             Interners& interners)
        : dataset_(dataset), tables_(tables), interners_(interners) {}

    Result<Cases> run(Diagnostics& notes) {
        CaseSequence sequence(interners_.keys.sizes());
        platform::do_both([&] { cases_.known = interners_.keys.order(); }, [&] { list_known(sequence); });
        number_known(sequence);
        tbb::parallel_for(std::size_t{0}, tables_.size(), [&](std::size_t i) {
            if (tables_[i]->plan().keyed) number_keys(*tables_[i]);
        });
        std::vector<std::uint8_t> done(dataset_.tables.size(), 0);
        for (std::size_t i = 0; i < dataset_.tables.size(); ++i) follow_links(static_cast<int>(i), done);
        const auto detached = detach_crowded(dataset_, tables_, notes);
        if (!detached) return detached.errors();
        collect_unknown(*detached, notes);
        number_unknown();
        return std::move(cases_);
    }

  private:
    // Those first that list the most cases: they leave the least to be guessed.
    std::vector<const TableLoad*> tables_to_number_by() const {
        std::vector<const TableLoad*> tables;
        for (const auto& table : tables_)
            if (table->plan().keyed) tables.push_back(table.get());
        const auto rows_of_one = [this](const TableLoad* table) {
            const auto& definition = dataset_.tables[static_cast<std::size_t>(table->table())];
            return std::pair(definition.one_per_case, table->rows);
        };
        std::stable_sort(tables.begin(), tables.end(), [&](const TableLoad* a, const TableLoad* b) {
            return rows_of_one(a) > rows_of_one(b);
        });
        return tables;
    }

    void list_known(CaseSequence& sequence) const {
        for (const TableLoad* table : tables_to_number_by()) {
            sequence.begin_table();
            for (const auto& segment : table->segments) {
                if (sequence.complete()) return;
                sequence.list({std::as_const(*segment).case_of(), segment->rows});
            }
        }
    }

    // Of tables that were dropped there are keys that no row has any more: they come last.
    void number_known(const CaseSequence& sequence) {
        std::uint32_t number = 0;
        sequence.for_each([&](InternId key) { interners_.keys.set_rank(key, number++); });
        if (sequence.complete()) return;
        for (const OrderedText& key : cases_.known)
            if (!sequence.holds(key.id)) interners_.keys.set_rank(key.id, number++);
    }

    void number_keys(TableLoad& table) {
        tbb::parallel_for(std::size_t{0}, table.segments.size(), [&](std::size_t i) {
            Segment& segment = *table.segments[i];
            std::uint32_t* keys = segment.case_of();
            for (std::uint32_t row = 0; row < segment.rows; ++row) {
                if (keys[row] != no_text)
                    keys[row] = interners_.keys.rank(keys[row]);
                else
                    segment.has_caseless = true;
            }
        });
    }

    TableLoad* find(int table, Which which) {
        for (auto& load : tables_) {
            if (load->table() == table && load->which() == which) return load.get();
        }
        return nullptr;
    }

    // Fills the cases of a table that is linked through others, those others first.
    void follow_links(int table, std::vector<std::uint8_t>& done) {
        if (done[static_cast<std::size_t>(table)] != 0) return;
        done[static_cast<std::size_t>(table)] = 1;
        const dataset::CaseKey& key = dataset_.tables[static_cast<std::size_t>(table)].key;
        if (key.through_table < 0 || key.field < 0) return;
        follow_links(key.through_table, done);
        place_known();
        const LinkMap current = links(key, Which::current), prior = links(key, Which::prior);
        for (auto& load : tables_) {
            if (load->table() != table) continue;
            const bool is_prior = load->which() == Which::prior;
            const LinkMap &own = is_prior ? prior : current, &other = is_prior ? current : prior;
            for (const auto& segment : load->segments)
                segment->cases = load->case_memory.take(segment->rows * sizeof(std::uint32_t));
            tbb::parallel_for(std::size_t{0}, load->segments.size(), [&](std::size_t i) {
                follow(*load->segments[i], static_cast<std::size_t>(key.field), own, other);
            });
        }
    }

    void follow(Segment& segment, std::size_t field, const LinkMap& own, const LinkMap& other) const {
        for (std::uint32_t row = 0; row < segment.rows; ++row) {
            const ConvertedCell cell = read_cell(segment.columns[field], row);
            std::uint32_t found = no_text;
            if (cell.state == CellState::present) {
                found = own.find(cell.value);
                if (found == no_text) found = other.find(cell.value);
            }
            segment.case_of()[row] = found == no_text ? no_text : numbers_[found];
            segment.has_caseless |= found == no_text;
        }
    }

    // Known cases by key, and the other way round.
    void place_known() {
        if (!places_.empty()) return;
        numbers_.resize(cases_.known.size());
        places_.resize(cases_.known.size());
        for (std::uint32_t place = 0; place < places_.size(); ++place) {
            numbers_[place] = interners_.keys.rank(cases_.known[place].id);
            places_[numbers_[place]] = place;
        }
    }

    // Of several cases for a value the first by key counts, so that the order of rows does not show: cases
    // are held by their place.
    LinkMap links(const dataset::CaseKey& key, Which which) {
        TableLoad* through = find(key.through_table, which);
        LinkMap map(through == nullptr ? 0 : through->rows);
        if (through == nullptr) return map;
        const bool is_key = through->plan().key_field == key.through_field;
        for (const auto& segment : through->segments) {
            if (!segment->cases) continue;
            for (std::uint32_t row = 0; row < segment->rows; ++row) {
                const std::uint32_t in_case = segment->case_of()[row];
                if (in_case == no_text) continue;
                const std::uint32_t place = places_[in_case];
                if (is_key) {
                    map.add(key_as_text(place), place);
                    continue;
                }
                const auto cell =
                    read_cell(segment->columns[static_cast<std::size_t>(key.through_field)], row);
                if (cell.state == CellState::present) map.add(cell.value, place);
            }
        }
        return map;
    }

    std::int64_t key_as_text(std::uint32_t place) {
        TextBytes bytes;
        return interners_.texts.intern(text_key(bytes.text(cases_.known[place], interners_.keys)));
    }

    bool has_cases(const TableLoad& table) const {
        return dataset_.tables[static_cast<std::size_t>(table.table())].has_cases();
    }

    // `told`: of each table, how many rows without a case have a note already.
    void collect_unknown(const std::vector<std::size_t>& told, Diagnostics& notes) {
        std::size_t all = 0;  // there may be millions: memory for no more than these
        for (const auto& table : tables_)
            if (has_cases(*table)) all += count_caseless(*table);
        cases_.unknown.reserve(all);
        for (std::size_t place = 0; place < tables_.size(); ++place) {
            TableLoad& table = *tables_[place];
            if (!has_cases(table)) continue;
            const std::size_t known = cases_.unknown.size() + told[place];
            add_unknown(table);
            if (cases_.unknown.size() > known) note(table, cases_.unknown.size() - known, notes);
        }
    }

    static std::size_t count_caseless(const TableLoad& table) {
        std::size_t count = 0;
        for (const auto& segment : table.segments) {
            if (!segment->has_caseless) continue;
            const std::uint32_t* cases = std::as_const(*segment).case_of();
            count += static_cast<std::size_t>(std::count(cases, cases + segment->rows, no_text));
        }
        return count;
    }

    void add_unknown(TableLoad& table) {
        for (std::size_t i = 0; i < table.segments.size(); ++i) {
            const Segment& segment = *table.segments[i];
            if (!segment.has_caseless) continue;
            auto keyless = segment.keyless.begin();
            for (std::uint32_t row = 0; row < segment.rows; ++row) {
                if (segment.case_of()[row] != no_text) continue;
                const auto code = static_cast<RowCode>(i << segment_bits | row);
                const bool blank = keyless != segment.keyless.end() && keyless->row == row;
                const std::size_t part = part_of(table, code);
                cases_.unknown.push_back(
                    {unknown_key(table, part, code), 0, blank ? keyless++->contents : 0, &table, part, code});
            }
        }
    }

    void note(const TableLoad& table, std::size_t rows, Diagnostics& notes) const {
        const dataset::Table& definition = dataset_.tables[static_cast<std::size_t>(table.table())];
        Diagnostic diagnostic;
        diagnostic.code = "casebook.unknown-case";
        diagnostic.message =
            fmt::format("{} of the {} rows of {}{} lead to no case; each is audited as a case of its own",
                        rows, table.rows, definition.label, of_extract(table.which()));
        if (definition.key.field >= 0) diagnostic.hint = hint(definition);
        notes.push_back(std::move(diagnostic));
    }

    std::string hint(const dataset::Table& definition) const {
        const std::string& field = definition.fields[static_cast<std::size_t>(definition.key.field)].name;
        if (definition.key.through_table < 0) return "fill in " + field;
        const auto through = static_cast<std::size_t>(definition.key.through_table);
        return fmt::format("see that {} names a row of {}", field, dataset_.tables[through].label);
    }

    void number_unknown() {
        auto number = static_cast<std::uint32_t>(cases_.known.size());
        std::sort(cases_.unknown.begin(), cases_.unknown.end(),
                  [](const UnknownCase& a, const UnknownCase& b) { return a.key < b.key; });
        for (UnknownCase& one : cases_.unknown) {
            one.index = number++;
            one.table->segments[one.row >> segment_bits]->case_of()[one.row & (segment_rows - 1)] = one.index;
        }
        cases_.count = number;
    }

    const dataset::Dataset& dataset_;
    std::vector<std::unique_ptr<TableLoad>>& tables_;
    Interners& interners_;
    Cases cases_;
    LargeVector<std::uint32_t> places_, numbers_;  // of known cases: by number, by place
};

}  // namespace

Result<Cases> resolve_cases(const dataset::Dataset& dataset, std::vector<std::unique_ptr<TableLoad>>& tables,
                            Interners& interners, Diagnostics& notes) {
    return Resolver(dataset, tables, interners).run(notes);
}

}  // namespace caseaudit::casebook
