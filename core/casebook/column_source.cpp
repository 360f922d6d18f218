#include "casebook/column_source.h"

#include <algorithm>

namespace caseaudit::casebook {
namespace {
constexpr std::uint64_t no_values[segment_rows] = {};  // of a segment in which no cell has a value
constexpr std::uint32_t no_translation[1] = {};

bool has_sign(Storage storage) {
    return storage != Storage::code8 && storage != Storage::code16 && storage != Storage::code32 &&
           storage != Storage::date16;
}

}  // namespace

void align_widths(const std::vector<Segment*>& segments) {
    if (segments.empty()) return;
    for (std::size_t field = 0; field < segments.front()->columns.size(); ++field) {
        Storage widest = Storage::none;
        for (const Segment* segment : segments) {
            const Storage storage = segment->columns[field].storage;
            if (width_of(storage) > width_of(widest)) widest = storage;
        }
        for (Segment* segment : segments) segment->columns[field].widen_to(widest);
    }
}

ColumnSources column_sources(const std::vector<Segment*>& segments, std::size_t field) {
    ColumnSources sources;
    for (const Segment* segment : segments) {
        sources.width = std::max(sources.width, width_of(segment->columns[field].storage));
    }
    for (const Segment* segment : segments) {
        const SegmentColumn& column = segment->columns[field];
        const bool empty = column.storage == Storage::none;
        const bool coded = column.texts != nullptr;
        if (!empty) (coded ? sources.codes : sources.texts) = true;
        sources.all_present = sources.all_present && !column.validity;
        sources.segments.push_back({empty ? no_values : column.values.as<void>(),
                                    empty   ? no_translation
                                    : coded ? column.texts->data()
                                            : nullptr,
                                    column.validity ? column.validity.as<std::uint8_t>() : nullptr, &column,
                                    has_sign(column.storage)});
    }
    return sources;
}

}  // namespace caseaudit::casebook
