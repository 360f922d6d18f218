#include "casebook/load_file.h"

#include <tbb/parallel_for.h>

namespace caseaudit::casebook {
namespace {

void open(LoadFile& file, const extract::RecordLayout* layout) {
    const std::string name = extract::shown_name(file.path);
    if (extract::is_bundle(file.path)) {
        auto bundle = extract::open_bundle({file.path, name, layout});
        if (bundle)
            file.bundle = std::move(*bundle);
        else
            file.trouble = bundle.errors();
        return;
    }
    auto source = extract::open_source(file.path, name);
    if (source)
        file.source = std::move(*source);
    else
        file.trouble = source.errors();
}

}  // namespace

void open_files(std::vector<LoadFile>& files, const extract::RecordLayout* layout) {
    tbb::parallel_for(std::size_t{0}, files.size(), [&](std::size_t i) {
        if (!files[i].opened()) open(files[i], layout);
    });
    std::vector<LoadFile> all;
    for (LoadFile& file : files) {
        const std::size_t parts = file.bundle ? file.bundle->parts.size() : 1;
        for (std::size_t part = 0; part < parts; ++part) {
            LoadFile& one = all.emplace_back();
            one.path = file.path;
            one.which = file.which;
            one.table = file.table;
            one.is_reference = file.is_reference;
            one.source = std::move(file.source);
            one.bundle = file.bundle;
            one.part = part;
            one.trouble = file.trouble;
        }
    }
    files = std::move(all);
}

}  // namespace caseaudit::casebook
