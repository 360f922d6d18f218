// Where packs, datasets and calendars are found. Reads folders; keeps nothing.
#pragma once
#include <string>
#include <vector>

#include "rulepack/pack.h"

namespace caseaudit::rulepack {

// Folders in which names are looked up, in order: the one that a pack's own folder is in, then the search
// path.
std::vector<std::string> folders_near(const std::string& pack_folder, const SearchPath& path);

// The pack's folder: `name` is a path when it holds a slash, then relative to `relative_to` (the working
// folder when ""); else a name looked for in `folders`. "" when there is none.
std::string find_pack(const std::string& name, const std::string& relative_to,
                      const std::vector<std::string>& folders);

// <folder>/<kind>/<id>.yaml of the first folder that has it; "" when none does.
std::string find_file(const std::string& kind, const std::string& id,
                      const std::vector<std::string>& folders);

// Ids of <folder>/<kind>/*.yaml, for suggestions.
std::vector<std::string> ids_of(const std::string& kind, const std::vector<std::string>& folders);

// "not found in rules, /usr/share/caseaudit/rules", or the likely name if there is one.
std::string hint_for(const std::string& name, const std::vector<std::string>& known,
                     const std::vector<std::string>& folders);

// The files of a pack apart from pack.yaml: rule files and examples files, each sorted by path. Folders
// below the pack's belong to it, unless they are hidden or hold a pack.yaml of their own.
struct PackFiles {
    std::vector<std::string> rules, examples;
    std::vector<std::string> misnamed;  // *.yml: not read, and an error rather than silence
    bool readable = true;
};
PackFiles files_of(const std::string& pack_folder);

// Two spellings of one folder are equal in this form.
std::string same_folder(const std::string& folder);

}  // namespace caseaudit::rulepack
