#include "casebook/folder.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>

#include "casebook/column_notes.h"
#include "extract/listing.h"

namespace caseaudit::casebook {
namespace {

// As shown to the user; a folder's ends in '/'.
std::string shown(const std::string& name) {
    if (!name.ends_with('/')) return extract::shown_name(name);
    return extract::shown_name(name.substr(0, name.size() - 1)) + "/";
}

std::filesystem::path resolved(const std::filesystem::path& path) {
    std::error_code none;
    auto whole = std::filesystem::weakly_canonical(path, none);
    // A link that leads to itself, or to where nobody may look, is what it is called.
    if (none) whole = std::filesystem::absolute(path, none).lexically_normal();
    return whole.has_filename() ? whole : whole.parent_path();
}

// Which entries of a folder the run uses otherwise: they, or something within them.
class UsedOtherwise {
  public:
    UsedOtherwise(const LoadRequest& request, const std::string& folder) : folder_(resolved(folder)) {
        for (const std::string& path : {request.input, request.prior}) add(path);
        for (const auto& [table, path] : request.reference) add(path);
        for (const std::string& path : request.elsewhere) add(path);
    }
    bool operator()(const std::string& entry) const {
        const auto path = resolved(folder_ / entry);
        return std::any_of(used_.begin(), used_.end(), [&](const std::filesystem::path& used) {
            return std::mismatch(path.begin(), path.end(), used.begin(), used.end()).first == path.end();
        });
    }

  private:
    void add(const std::string& path) {
        if (!path.empty()) used_.push_back(resolved(path));
    }
    std::filesystem::path folder_;
    std::vector<std::filesystem::path> used_;
};

extract::Rejected rejected(const extract::Listing::Unread& unread) {
    return {.file = shown(unread.name), .line = 0, .reason = unread.reason};
}

void note_passed_over(Folder& folder, const std::vector<std::string>& names, const std::string& what) {
    if (names.empty()) return;
    std::vector<std::string> some;
    for (const std::string& name : names) some.push_back(shown(name));
    folder.notes.push_back(
        {"casebook.passed-over",
         fmt::format("{} are passed over: {} ({})", what, names.size(), fmt::join(few(some), ", ")),
         {},
         {},
         {},
         {}});
}

}  // namespace

Result<Folder> extract_folder(const LoadRequest& request, Which which) {
    const bool prior = which == Which::prior;
    const std::string& path = prior ? request.prior : request.input;
    auto listing = extract::list_files(path);
    if (!listing) return std::move(listing.errors());
    Folder folder{std::move(listing->files), {}, {}};
    if (listing->unread.empty() && listing->passed_over.empty()) return folder;
    const UsedOtherwise used(request, path);
    for (const extract::Listing::Unread& unread : listing->unread)
        if (!used(unread.name)) folder.rejected.push_back(rejected(unread));
    std::erase_if(listing->passed_over, used);
    note_passed_over(folder, listing->passed_over,
                     fmt::format("files in the {} folder that are plainly no part of an extract",
                                 prior ? "prior extract's" : "extract's"));
    return folder;
}

Result<Folder> reference_folder(const std::string& path, const std::string& table) {
    auto listing = extract::list_files(path);
    if (!listing) return std::move(listing.errors());
    Folder folder{std::move(listing->files), {}, {}};
    for (const extract::Listing::Unread& unread : listing->unread) {
        if (extract::format_of(unread.name) != nullptr)
            folder.rejected.push_back(rejected(unread));
        else
            listing->passed_over.push_back(unread.name);
    }
    note_passed_over(folder, listing->passed_over,
                     fmt::format("files beside those of the reference table {}", table));
    return folder;
}

}  // namespace caseaudit::casebook
