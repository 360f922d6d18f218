#include "rulepack/lineage.h"

#include <algorithm>

#include "rulepack/digest.h"
#include "rulepack/find.h"

namespace caseaudit::rulepack {
namespace {

Diagnostic wrong_base(const Layer& layer, const Layer::Extended& extended, std::string code,
                      std::string message, std::string hint) {
    return {std::move(code), std::move(message), extended.place,
            extended.name,   std::move(hint),    {pack_title(layer), "extends"}};
}

std::string digest_of(const Layer& layer, const std::vector<const Layer*>& bases) {
    std::vector<std::string> names;
    names.reserve(bases.size());
    std::vector<std::pair<std::string_view, std::string_view>> parts;
    for (const Layer* base : bases) {
        names.push_back("extends " + base->id);
        parts.emplace_back(names.back(), base->sha256);
    }
    const auto add = [&](const FileContents& file) {
        if (!file.document || file.document->file.ends_with(".examples.yaml")) return;
        std::string_view name = file.document->file;
        if (name.starts_with(layer.folder)) name.remove_prefix(layer.folder.size());
        parts.emplace_back(name, file.document->text);
    };
    add(layer.pack_file);
    for (const FileContents& file : layer.files) add(file);
    return digest(std::move(parts));
}

}  // namespace

void Lineage::add(const std::string& folder) {
    Layer layer = read_pack_file(folder);
    open_.push_back({same_folder(folder), layer.id.empty() ? folder : layer.id});
    const auto folders = folders_near(folder, path_);
    std::vector<std::string> bases;
    // The first named is the nearest: it comes last, and so its word counts over the others'.
    for (auto extended = layer.extends.rbegin(); extended != layer.extends.rend(); ++extended) {
        const std::string base = find_base(layer, *extended, folders);
        if (!base.empty()) bases.push_back(same_folder(base));
    }
    open_.pop_back();
    done_.push_back(same_folder(folder));
    direct_bases_.push_back(std::move(bases));
    layers.push_back(std::move(layer));
}

// The folder of what is extended, which is read if it was not; "" when there is none, which is an error.
std::string Lineage::find_base(const Layer& layer, const Layer::Extended& extended,
                               const std::vector<std::string>& folders) {
    const std::string folder = find_pack(extended.name, layer.folder, folders);
    if (folder.empty()) {
        std::vector<std::string> known;
        for (const Found& pack : find_packs({folders})) {
            if (pack.id != layer.id) known.push_back(pack.id);
        }
        errors.push_back(wrong_base(layer, extended, "pack.not-found",
                                    fmt::format("there is no pack {}", extended.name),
                                    hint_for(extended.name, known, folders)));
        return "";
    }
    const std::string same = same_folder(folder);
    const auto opened =
        std::find_if(open_.begin(), open_.end(), [&](const Open& one) { return one.folder == same; });
    if (opened != open_.end()) {
        std::string cycle;
        for (auto one = opened; one != open_.end(); ++one) cycle += one->name + " → ";
        errors.push_back(
            wrong_base(layer, extended, "pack.cycle",
                       fmt::format("packs extend each other in a circle: {}{}", cycle, opened->name),
                       "take one of the extends out"));
        return "";
    }
    if (std::find(done_.begin(), done_.end(), same) == done_.end()) add(folder);
    return folder;
}

std::vector<const Layer*> Lineage::bases_of(std::size_t layer) const {
    std::vector<const Layer*> bases;
    for (const std::string& base : direct_bases_[layer])
        bases.push_back(
            &layers[static_cast<std::size_t>(std::find(done_.begin(), done_.end(), base) - done_.begin())]);
    return bases;
}

void Lineage::digest_all() {
    for (std::size_t i = 0; i < layers.size(); ++i) layers[i].sha256 = digest_of(layers[i], bases_of(i));
}

}  // namespace caseaudit::rulepack
