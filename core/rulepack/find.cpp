#include "rulepack/find.h"

#include <filesystem>
#include <set>

#include "rulepack/layer.h"

namespace caseaudit::rulepack {

namespace fs = std::filesystem;

namespace {

bool holds_pack(const fs::path& folder) {
    std::error_code ignored;  // what cannot be looked at is not there for us
    return fs::is_regular_file(folder / "pack.yaml", ignored);
}

std::vector<fs::path> folders_in(const fs::path& folder) {
    std::vector<fs::path> found;
    std::error_code error;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        if (at->path().filename().string().starts_with('.')) continue;
        if (holds_pack(at->path())) found.push_back(at->path());
    }
    std::sort(found.begin(), found.end());
    return found;
}

bool ends_with(const fs::path& path, std::string_view ending) {
    return path.filename().string().ends_with(ending);
}

}  // namespace

std::vector<std::string> folders_near(const std::string& pack_folder, const SearchPath& path) {
    std::vector<std::string> folders;
    if (!pack_folder.empty()) {
        const fs::path parent = fs::path(pack_folder).lexically_normal().parent_path();
        folders.push_back(parent.empty() ? "." : parent.string());
    }
    for (const std::string& folder : path.folders) {
        if (std::find(folders.begin(), folders.end(), folder) == folders.end()) folders.push_back(folder);
    }
    return folders;
}

std::string find_pack(const std::string& name, const std::string& relative_to,
                      const std::vector<std::string>& folders) {
    if (name.find('/') != std::string::npos || name == "." || name == "..") {
        const fs::path given = relative_to.empty() ? fs::path(name) : fs::path(relative_to) / name;
        fs::path folder = given.lexically_normal();
        if (folder.filename() == "pack.yaml") folder = folder.parent_path();
        if (!folder.has_filename() && folder.has_parent_path()) folder = folder.parent_path();  // "a/b/"
        if (folder.empty()) folder = ".";
        return holds_pack(folder) ? folder.string() : "";
    }
    for (const std::string& folder : folders) {
        if (holds_pack(fs::path(folder) / name)) return (fs::path(folder) / name).string();
    }
    for (const Found& pack : find_packs({folders})) {
        if (pack.id == name) return pack.folder;
    }
    // A folder here whose name is no pack's: "local" means ./local.
    return relative_to.empty() && holds_pack(name) ? name : "";
}

std::string find_file(const std::string& kind, const std::string& id,
                      const std::vector<std::string>& folders) {
    if (id.find('/') != std::string::npos) return "";
    for (const std::string& folder : folders) {
        const fs::path file = fs::path(folder) / kind / (id + ".yaml");
        std::error_code ignored;
        if (fs::is_regular_file(file, ignored)) return file.string();
    }
    return "";
}

std::vector<std::string> ids_of(const std::string& kind, const std::vector<std::string>& folders) {
    std::set<std::string> ids;
    for (const std::string& folder : folders) {
        std::error_code error;
        for (fs::directory_iterator at(fs::path(folder) / kind, error), end; !error && at != end;
             at.increment(error)) {
            if (at->path().extension() == ".yaml") ids.insert(at->path().stem().string());
        }
    }
    return {ids.begin(), ids.end()};
}

std::string hint_for(const std::string& name, const std::vector<std::string>& known,
                     const std::vector<std::string>& folders) {
    const std::string near = nearest(name, known);
    if (!near.empty()) return fmt::format("did you mean '{}'?", near);
    if (folders.empty()) return "give a path, or set the folders that packs are looked for in";
    return fmt::format("looked in {}", fmt::join(folders, ", "));
}

PackFiles files_of(const std::string& pack_folder) {
    PackFiles files;
    std::error_code error;
    for (fs::recursive_directory_iterator at(pack_folder, error), end; !error && at != end;
         at.increment(error)) {
        const fs::path& path = at->path();
        const bool hidden = path.filename().string().starts_with('.');
        if (at->is_directory(error)) {
            if (hidden || holds_pack(path)) at.disable_recursion_pending();
            continue;
        }
        if (hidden || (at.depth() == 0 && path.filename() == "pack.yaml")) continue;
        if (ends_with(path, ".examples.yaml")) {
            files.examples.push_back(path.string());
        } else if (ends_with(path, ".yaml")) {
            files.rules.push_back(path.string());
        } else if (ends_with(path, ".yml")) {
            files.misnamed.push_back(path.string());
        }
    }
    files.readable = !error;
    std::sort(files.rules.begin(), files.rules.end());
    std::sort(files.examples.begin(), files.examples.end());
    std::sort(files.misnamed.begin(), files.misnamed.end());
    return files;
}

std::string same_folder(const std::string& folder) {
    std::error_code error;
    const fs::path canonical = fs::weakly_canonical(folder, error);
    return error ? folder : canonical.string();
}

std::vector<Found> find_packs(const SearchPath& path) {
    std::vector<Found> packs;
    std::set<std::string> seen;
    for (const std::string& searched : path.folders) {
        for (const fs::path& folder : folders_in(searched)) {
            const Layer layer = read_pack_file(folder.string());
            // The first of a name is the one that loading by name takes.
            if (layer.id.empty() || !seen.insert(layer.id).second) continue;
            Found found{layer.id, layer.title, layer.version, layer.dataset, folder.string(), 0};
            for (const std::string& file : files_of(folder.string()).rules) {
                found.rules += read_rule_file(yaml::read_file(file), "", false).rules.size();
            }
            packs.push_back(std::move(found));
        }
    }
    std::sort(packs.begin(), packs.end(), [](const Found& a, const Found& b) { return a.id < b.id; });
    return packs;
}

}  // namespace caseaudit::rulepack
