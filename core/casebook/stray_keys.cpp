#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <unordered_map>

#include "casebook/damage.h"
#include "extract/words.h"

namespace caseaudit::casebook {

using extract::is_digit;

namespace {

// A table whose rows hold their case key, with what is known of its cases.
struct KeyedTable {
    int number = -1;
    std::uint64_t cases = 0;   // that it has rows of, with a key
    std::uint64_t listed = 0;  // of those, in the table that lists cases
};

// 1.23E+07, as a spreadsheet writes a number that is too long for its column.
bool is_scientific(std::string_view text) {
    std::size_t at = 0;
    if (at == text.size() || !is_digit(text[at++])) return false;
    if (at < text.size() && text[at] == '.')
        while (++at < text.size() && is_digit(text[at])) {
        }
    if (at + 2 >= text.size() || (text[at] != 'E' && text[at] != 'e') || text[at + 1] != '+') return false;
    return std::all_of(text.begin() + static_cast<std::ptrdiff_t>(at) + 2, text.end(), is_digit);
}

// A key without what a spreadsheet may have put around it or taken off. Each way goes further than the one
// before it.
using Way = std::string (*)(std::string_view);

std::string without_marks(std::string_view key) {
    const auto is_mark = [](char c) { return !is_digit(c) && !((c | 32) >= 'a' && (c | 32) <= 'z'); };
    while (!key.empty() && is_mark(key.front())) key.remove_prefix(1);
    while (!key.empty() && is_mark(key.back())) key.remove_suffix(1);
    return std::string(key);
}

std::string without_fraction(std::string_view key) {
    std::string bare = without_marks(key);
    if (bare.ends_with(".0")) bare.resize(bare.size() - 2);
    return bare;
}

std::string without_zeros(std::string_view key) {
    const std::string bare = without_fraction(key);
    return bare.substr(std::min(bare.find_first_not_of('0'), bare.size()));
}

std::string in_small_letters(std::string_view key) {
    std::string bare = without_zeros(key);
    for (char& c : bare)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 32);
    return bare;
}

struct Likeness {
    Way way;
    const char* hint;
};
constexpr Likeness likenesses[] = {
    {without_marks,
     "in one of them something stands before or after each, such as an apostrophe or a space: remove it"},
    {without_fraction, "in one of them they are numbers with a decimal point: format the column as text"},
    {without_zeros,
     "in one of them they have lost the zeros before them: format the column as text before anything is "
     "pasted into it"},
    {in_small_letters, "they are the same but for capital letters: write them alike"},
};

class StrayKeys {
  public:
    StrayKeys(const Casebook& casebook, Which which) : casebook_(casebook), which_(which) {}

    void note(Diagnostics& notes) {
        note_scientific(notes);
        find_list();
        if (list_ < 0) return;
        std::vector<KeyedTable> stray;
        std::size_t others = 0;
        for (int table = 0; table < static_cast<int>(tables().size()); ++table) {
            if (table == list_ || !is_keyed(table)) continue;
            if (looks_listed(table)) {
                ++others;
                continue;
            }
            const KeyedTable counted = count(table);
            if (counted.cases < enough_to_tell) continue;
            ++others;
            if (counted.listed * 10 <= counted.cases) stray.push_back(counted);
        }
        // Where all of them are at odds with the list it is the list that is wrong.
        if (stray.size() > 1 && stray.size() == others) {
            notes.push_back(stray_list(stray.front()));
            return;
        }
        for (const KeyedTable& table : stray) notes.push_back(stray_table(table));
    }

  private:
    const std::vector<dataset::Table>& tables() const { return casebook_.dataset().tables; }
    const dataset::Table& definition(int table) const { return tables()[static_cast<std::size_t>(table)]; }
    const TableView& view(int table) const { return casebook_.table(table, which_); }

    bool is_keyed(int table) const {
        const dataset::CaseKey& key = definition(table).key;
        return key.field >= 0 && key.through_table < 0 && view(table).present && view(table).rows > 0 &&
               !view(table).case_starts.empty();
    }

    void find_list() {
        for (int table = 0; table < static_cast<int>(tables().size()) && list_ < 0; ++table)
            if (definition(table).one_per_case && definition(table).key.field >= 0) list_ = table;
        if (list_ >= 0 && (!is_keyed(list_) || view(list_).rows < enough_to_tell)) list_ = -1;
    }

    bool is_of(int table, std::uint32_t of_case) const { return view(table).case_starts.rows(of_case) > 0; }

    // Whether more than a quarter of some of its rows are of cases on the list: then it needs no counting.
    bool looks_listed(int table) const {
        constexpr std::uint32_t most = 64;
        const TableView& rows = view(table);
        std::uint32_t listed = 0;
        visit_some_rows(rows.rows, most,
                        [&](std::uint32_t row) { listed += is_of(list_, rows.case_starts.case_of(row)); });
        return listed * 4 > std::min(rows.rows, most);
    }

    KeyedTable count(int table) const {
        KeyedTable counted{table, 0, 0};
        for_each_case(table, [&](std::uint32_t of_case) {
            ++counted.cases;
            counted.listed += is_of(list_, of_case);
        });
        return counted;
    }

    template <class F>
    void for_each_case(int table, F take) const {
        for (std::uint32_t of_case = 0; of_case < casebook_.cases() && casebook_.case_known(of_case);
             ++of_case)
            if (is_of(table, of_case)) take(of_case);
    }

    const std::string& key_name(int table) const {
        const dataset::Table& of = definition(table);
        return of.fields[static_cast<std::size_t>(of.key.field)].name;
    }
    std::string file_of(int table, std::uint32_t row) const {
        return std::string(casebook_.origin(table, which_, row).file);
    }

    Diagnostic stray_table(const KeyedTable& table) const {
        Diagnostic note;
        note.code = "casebook.stray-keys";
        note.place.file = file_of(table.number, 0);
        const std::string of_list = file_of(list_, 0);
        note.message = table.listed == 0
                           ? fmt::format("none of its {} {}{} is in {}", table.cases, key_name(table.number),
                                         of_extract(which_), of_list)
                           : fmt::format("only {} of its {} {}{} are in {}", table.listed, table.cases,
                                         key_name(table.number), of_extract(which_), of_list);
        note.hint = hint(table.number, list_);
        return note;
    }

    Diagnostic stray_list(const KeyedTable& other) const {
        Diagnostic note;
        note.code = "casebook.stray-keys";
        note.place.file = file_of(list_, 0);
        note.message = fmt::format("hardly any of its {} {}{} is in another file", count(list_).cases,
                                   key_name(list_), of_extract(which_));
        note.hint = hint(list_, other.number);
        return note;
    }

    // Which of the ways makes most keys of the one table those of the other.
    std::string hint(int strays, int others) const {
        std::vector<std::uint32_t> all;
        for_each_case(strays, [&](std::uint32_t of_case) { all.push_back(of_case); });
        constexpr std::size_t most = 256;
        std::vector<std::string_view> keys;
        const std::size_t count = std::min(all.size(), most);
        for (std::size_t i = 0; i < count; ++i)
            keys.push_back(casebook_.case_key(all[i * all.size() / count]));
        if (static_cast<std::size_t>(std::count_if(keys.begin(), keys.end(), is_scientific)) * 2 >
            keys.size())
            return scientific_hint;
        for (const Likeness& likeness : likenesses)
            if (are_alike(keys, others, likeness.way)) return likeness.hint;
        return "see that both files are of one extract and name children by the same numbers";
    }

    bool are_alike(const std::vector<std::string_view>& keys, int others, Way way) const {
        std::unordered_map<std::string, bool> met;
        for (const auto key : keys) met.emplace(way(key), false);
        for_each_case(others, [&](std::uint32_t of_case) {
            if (const auto at = met.find(way(casebook_.case_key(of_case))); at != met.end())
                at->second = true;
        });
        const auto found =
            std::count_if(met.begin(), met.end(), [](const auto& entry) { return entry.second; });
        return static_cast<std::size_t>(found) * 2 > met.size();
    }

    void note_scientific(Diagnostics& notes) const {
        const std::vector<std::uint32_t> texts = scientific_texts();
        if (texts.empty()) return;
        struct Of {
            std::uint64_t keys = 0, rows = 0;
        };
        std::map<std::pair<int, std::string>, Of> files;
        for (std::uint32_t of_case = 0; of_case < casebook_.cases() && casebook_.case_known(of_case);
             ++of_case) {
            if (!std::binary_search(texts.begin(), texts.end(), casebook_.case_text(of_case))) continue;
            for (int table = 0; table < static_cast<int>(tables().size()); ++table) {
                if (!is_keyed(table) || !is_of(table, of_case)) continue;
                Of& of = files[{table, file_of(table, view(table).case_starts[of_case])}];
                ++of.keys;
                of.rows += view(table).case_starts.rows(of_case);
            }
        }
        for (const auto& [at, of] : files) {
            Diagnostic note;
            note.code = "casebook.scientific-keys";
            note.place.file = at.second;
            note.message = fmt::format(
                "the {} of {} rows{} is in scientific notation: children whose numbers begin alike have "
                "become "
                "one, and {} different numbers are left",
                key_name(at.first), of.rows, of_extract(which_), of.keys);
            note.hint = scientific_hint;
            notes.push_back(std::move(note));
        }
    }

    // Texts are in bytewise order, and such keys begin with a figure and a point or an E.
    std::vector<std::uint32_t> scientific_texts() const {
        std::vector<std::uint32_t> found;
        for (char digit = '0'; digit <= '9'; ++digit) {
            for (const char second : {'.', 'E', 'e'}) {
                const std::string begin{digit, second};
                for (std::uint32_t id = first_text_from(begin);
                     id < casebook_.texts() && casebook_.text(id).starts_with(begin); ++id)
                    if (is_scientific(casebook_.text(id))) found.push_back(id);
            }
        }
        return found;
    }

    std::uint32_t first_text_from(std::string_view begin) const {
        std::uint32_t low = 0, high = casebook_.texts();
        while (low < high) {
            const std::uint32_t middle = low + (high - low) / 2;
            if (casebook_.text(middle) < begin)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    static constexpr const char* scientific_hint =
        "take the numbers from the system again, and format the column as text before a spreadsheet saves it";

    const Casebook& casebook_;
    Which which_;
    int list_ = -1;  // the table that lists the cases
};

}  // namespace

void note_stray_keys(const Casebook& casebook, Diagnostics& notes) {
    for (const Which which : {Which::current, Which::prior}) StrayKeys(casebook, which).note(notes);
}

}  // namespace caseaudit::casebook
