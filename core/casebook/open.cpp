#include <stdexcept>

#include "casebook/listed_codes.h"
#include "casebook/parts.h"

namespace caseaudit::casebook {
namespace {

// Turns offsets into pointers; an array that does not lie in the image is refused.
class Opener {
  public:
    Opener(Casebook::Parts& parts) : parts_(parts) {}

    bool open() {
        if (parts_.image.size() < sizeof(image::Header)) return false;
        const auto& header = *reinterpret_cast<const image::Header*>(parts_.image.data());
        if (header.magic != image::magic || header.size > parts_.image.size()) return false;
        parts_.header = &header;
        parts_.text_offsets = view<std::uint32_t>(header.text_offsets);
        parts_.text_bytes = view<char>(header.text_bytes);
        parts_.case_texts = view<std::uint32_t>(header.case_texts);
        parts_.unknown_places = view<std::uint32_t>(header.unknown_places);
        parts_.unknown_contents = view<std::uint64_t>(header.unknown_contents);
        const std::uint64_t unknown = parts_.unknown_places.size();
        if (parts_.case_texts.size() != header.cases || parts_.unknown_contents.size() != unknown ||
            header.known_cases + unknown != header.cases)
            return false;
        const std::size_t tables = parts_.dataset.tables.size();
        const auto entries = view<image::Table>(header.tables);
        if (entries.size() != tables * 2) return false;
        parts_.tables.resize(tables * 2);
        parts_.rows.resize(tables * 2);
        parts_.columns.resize(tables * 2);
        for (std::size_t i = 0; i < tables * 2 && good_; ++i) {
            open_table(entries[i], i, parts_.dataset.tables[i % tables].fields.size());
        }
        return good_;
    }

  private:
    template <class T>
    std::span<const T> view(const image::Array& array) {
        const std::uint64_t size = parts_.image.size();
        if (array.offset > size || array.count > (size - array.offset) / sizeof(T) ||
            array.offset % alignof(T) != 0) {
            good_ = false;
            return {};
        }
        return {reinterpret_cast<const T*>(parts_.image.data() + array.offset),
                static_cast<std::size_t>(array.count)};
    }

    void open_table(const image::Table& entry, std::size_t index, std::size_t fields) {
        TableView& table = parts_.tables[index];
        Casebook::Parts::Rows& rows = parts_.rows[index];
        auto& columns = parts_.columns[index];
        columns.resize(fields);
        table.columns = columns;
        if (entry.present == 0) return;
        table.present = true;
        table.rows = entry.rows;
        open_case_starts(entry, table);
        const auto stored = view<image::Column>(entry.columns);
        if (stored.size() != fields) good_ = false;
        for (std::size_t i = 0; i < fields && good_; ++i) open_column(stored[i], columns[i]);
        if (good_ && parts_.dataset.ignore_code_case)
            list_codes(index % parts_.dataset.tables.size(), columns);
        rows.positions = view<std::uint32_t>(entry.positions);
        for (const image::Part& part : view<image::Part>(entry.parts)) {
            const auto file = view<char>(part.file);
            rows.parts.push_back(
                {{file.data(), file.size()}, part.first, view<extract::LineMap::Step>(part.steps)});
        }
        for (std::size_t which = 0; which < 2; ++which) {
            rows.made_starts[which] = view<std::uint32_t>(entry.made_starts[which]);
            rows.made_rows[which] = view<std::uint32_t>(entry.made_rows[which]);
        }
    }

    void open_case_starts(const image::Table& entry, TableView& table) {
        const std::uint32_t cases = parts_.header->cases;
        const auto offsets = view<std::uint32_t>(entry.case_starts);
        const auto counts = view<std::uint8_t>(entry.case_rows);
        if (offsets.empty()) return;
        const bool packed = !counts.empty();
        if (offsets.size() != (packed ? CaseStarts::blocks_of(cases) : cases + std::size_t{1}) ||
            (packed && counts.size() != cases)) {
            good_ = false;
            return;
        }
        table.case_starts = packed ? CaseStarts(offsets, counts) : CaseStarts(offsets);
    }

    void open_column(const image::Column& stored, ColumnView& column) {
        column.storage = static_cast<Storage>(stored.storage);
        column.is_case_key = stored.is_case_key != 0;
        if (column.storage == Storage::none) return;
        column.values = view<char>(stored.values).data();
        const auto validity = view<std::uint8_t>(stored.validity);
        column.validity = validity.empty() ? nullptr : validity.data();
        column.invalid_rows = view<std::uint32_t>(stored.invalid_rows);
        column.invalid_texts = view<std::uint32_t>(stored.invalid_texts);
        column.dictionary = view<std::uint32_t>(stored.dictionary);
    }

    // Codes that are spelled in another case than listed are judged as listed.
    void list_codes(std::size_t number, std::vector<ColumnView>& columns) {
        const dataset::Table& table = parts_.dataset.tables[number];
        const Casebook casebook{std::shared_ptr<const Casebook::Parts>(std::shared_ptr<void>(), &parts_)};
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (columns[i].dictionary.empty() || table.fields[i].code_list < 0) continue;
            const ListedCodes codes(
                parts_.dataset.code_lists[static_cast<std::size_t>(table.fields[i].code_list)]);
            std::vector<std::uint32_t> listed(columns[i].dictionary.begin(), columns[i].dictionary.end());
            bool other = false;
            for (std::uint32_t& id : listed) {
                const std::string_view text = casebook.text(id), code = codes.find(text);
                const std::int64_t as_listed = code.empty() || code == text ? -1 : casebook.find_text(code);
                if (as_listed < 0) continue;
                id = static_cast<std::uint32_t>(as_listed);
                other = true;
            }
            if (other) columns[i].listed = parts_.listed.emplace_back(std::move(listed));
        }
    }

    Casebook::Parts& parts_;
    bool good_ = true;
};

}  // namespace

Result<Casebook> Casebook::open(const dataset::Dataset& dataset, std::span<const std::byte> image,
                                std::shared_ptr<const void> owner) {
    auto parts = std::make_shared<Parts>();
    parts->dataset = dataset;
    parts->image = image;
    parts->owner = std::move(owner);
    if (!Opener(*parts).open()) {
        Diagnostic trouble;
        trouble.code = "casebook.image";
        trouble.message = "this is no casebook image of dataset " + dataset.id;
        return trouble;
    }
    return Casebook(std::shared_ptr<const Parts>(std::move(parts)));
}

}  // namespace caseaudit::casebook
