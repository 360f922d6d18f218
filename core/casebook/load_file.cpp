#include "casebook/load_file.h"

#include <tbb/parallel_for.h>

namespace caseaudit::casebook {
namespace {

void open_bundles(const std::vector<LoadFile*>& files, const extract::RecordLayout* layout) {
    tbb::parallel_for(std::size_t{0}, files.size(), [&](std::size_t i) {
        auto bundle = extract::open_bundle({files[i]->path, extract::shown_name(files[i]->path), layout});
        if (bundle)
            files[i]->bundle = std::move(*bundle);
        else
            files[i]->trouble = bundle.errors();
    });
}

void open_sources(const std::vector<LoadFile*>& files) {
    std::vector<extract::SourceFile> wanted;
    for (const LoadFile* file : files) wanted.push_back({file->path, extract::shown_name(file->path)});
    auto opened = extract::open_sources(wanted);
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (opened[i])
            files[i]->source = std::move(*opened[i]);
        else
            files[i]->trouble = opened[i].errors();
    }
}

}  // namespace

void open_files(std::vector<LoadFile>& files, const extract::RecordLayout* layout) {
    std::vector<LoadFile*> bundles, sources;
    for (LoadFile& file : files)
        if (!file.opened()) (extract::is_bundle(file.path) ? bundles : sources).push_back(&file);
    open_bundles(bundles, layout);
    open_sources(sources);
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
