#include "extract/listing.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "diagnostic/file_error.h"
#include "extract/reader.h"
#include "platform/files.h"

namespace caseaudit::extract {
namespace {

using platform::Entry;
using platform::Kind;

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

// What follows the last dot; "" when there is none.
std::string extension_of(const std::string& lower_name) {
    const std::size_t dot = lower_name.rfind('.');
    return dot == std::string::npos ? "" : lower_name.substr(dot + 1);
}

template <std::size_t size>
bool is_one_of(const std::array<std::string_view, size>& list, std::string_view text) {
    return std::find(list.begin(), list.end(), text) != list.end();
}

// By name: documents, pictures, settings, programs, what Caseaudit writes itself, and what operating systems
// and office programs leave behind.
bool is_no_part(const std::string& name) {
    constexpr std::array<std::string_view, 50> extensions{
        "md",   "pdf",    "doc",  "docx", "odt",  "rtf", "ppt",  "pptx",   "msg",    "eml",
        "json", "ndjson", "yaml", "yml",  "toml", "ini", "cfg",  "conf",   "log",    "htm",
        "html", "css",    "js",   "py",   "sh",   "bat", "cmd",  "ps1",    "exe",    "dll",
        "so",   "png",    "jpg",  "jpeg", "gif",  "bmp", "svg",  "ico",    "tif",    "tiff",
        "lnk",  "url",    "key",  "asc",  "sig",  "md5", "sha1", "sha256", "sqlite", "sqlite3"};
    constexpr std::array<std::string_view, 9> names{"readme",    "license",  "licence",
                                                    "changelog", "makefile", "thumbs.db",
                                                    "__macosx",  "notice",   "_success"};
    const std::string text = lower(name);
    return text.starts_with('.') || text.starts_with("~$") || text.starts_with("readme.") ||
           is_one_of(names, text) ||
           (text.find('.') != std::string::npos && is_one_of(extensions, extension_of(text)));
}

// Marks that a workbook is open, and what macOS keeps of a file beside it, have the names of data.
bool is_shadow(const std::string& name) {
    return name.starts_with("~$") || name.starts_with("._");
}

bool is_read(const std::string& name) {
    return !is_shadow(name) && format_of(name) != nullptr;
}

std::string not_read(const std::string& name) {
    constexpr std::array<std::string_view, 9> packed{"gz", "zip", "7z",  "rar", "bz2",
                                                     "xz", "zst", "tar", "tgz"};
    constexpr std::array<std::string_view, 5> workbooks{"xls", "xlsb", "ods", "numbers", "fods"};
    const std::string extension = extension_of(lower(name));
    if (is_one_of(packed, extension)) return "packed files are not read: unpack it into the folder";
    if (is_one_of(workbooks, extension))
        return "a form of workbook that is not read: save it as an Excel workbook (.xlsx) or as CSV";
    if (extension.empty())
        return "its name has no extension, so it is not read: let the name end in .csv if it is CSV, or take "
               "it out "
               "of the folder";
    return "a format that is not read: save it as CSV (" + known_extensions() +
           " are read), or take it out of the folder";
}

std::string join(const std::string& folder, const std::string& name) {
    return folder + (folder.ends_with('/') ? "" : "/") + name;
}

// Whether something in the folder would be read, or told as not read, if it stood one level up.
bool holds_data(const std::string& folder, int deep = 4) {
    const auto entries = platform::system_files().list(folder);
    if (!entries) return true;  // nobody knows
    return std::any_of(entries->begin(), entries->end(), [&](const Entry& entry) {
        if (is_read(entry.name)) return true;
        if (is_no_part(entry.name)) return false;
        return entry.kind != Kind::folder || deep == 0 || holds_data(join(folder, entry.name), deep - 1);
    });
}

// Why the entry, whose name is that of a file that is read, cannot be; or "".
std::string problem_with(const std::string& path, Kind kind) {
    if (kind == Kind::absent) return "the link leads nowhere";
    if (kind == Kind::folder) return "is a folder, though named like a file";
    const auto opened = platform::system_files().open(path);
    return opened ? std::string() : opened.errors().front().message;
}

void list_entry(const std::string& folder, const Entry& entry, Listing& listing) {
    const std::string path = join(folder, entry.name);
    if (is_read(entry.name)) {
        std::string reason = problem_with(path, entry.kind);
        if (reason.empty())
            listing.files.push_back(path);
        else
            listing.unread.push_back({entry.name, std::move(reason)});
    } else if (entry.kind == Kind::folder) {
        if (is_no_part(entry.name) || !holds_data(path))
            listing.passed_over.push_back(entry.name + "/");
        else
            listing.unread.push_back(
                {entry.name + "/",
                 "folders within an extract are not looked into: give its files directly in the "
                 "extract's folder, or take it out"});
    } else if (is_shadow(entry.name) || is_no_part(entry.name)) {
        listing.passed_over.push_back(entry.name);
    } else {
        listing.unread.push_back({entry.name, not_read(entry.name)});
    }
}

// Folders directly within that hold a file which is read.
std::vector<std::string> extracts_within(const std::string& folder, const std::vector<Entry>& entries) {
    std::vector<std::string> found;
    for (const Entry& entry : entries) {
        if (entry.kind != Kind::folder || is_no_part(entry.name)) continue;
        const std::string within = join(folder, entry.name);
        const auto files = platform::system_files().list(within);
        if (files && std::any_of(files->begin(), files->end(), [](const Entry& file) {
                return file.kind == Kind::file && is_read(file.name);
            }))
            found.push_back(within);
    }
    return found;
}

Diagnostics nothing_to_read(const std::string& folder, const std::vector<Entry>& entries,
                            const Listing& listing) {
    constexpr std::size_t most = 5;
    std::vector<std::string> within = extracts_within(folder, entries);
    const bool more = within.size() > most;
    if (more) within.resize(most);
    const std::string hint = within.empty() ? "files that can be read end in " + known_extensions()
                                            : fmt::format("did you mean {}{}?", fmt::join(within, " or "),
                                                          more ? " or another" : "");
    Diagnostics errors{
        file_error("extract.empty-folder", "the folder holds no file that can be read", folder, hint)};
    for (const Listing::Unread& unread : listing.unread)
        if (!unread.name.ends_with('/'))
            errors.push_back(file_error("extract.not-read", unread.reason, shown_name(unread.name), {}));
    return errors;
}

}  // namespace

Result<Listing> list_files(const std::string& path) {
    const platform::FileSystem& files = platform::system_files();
    switch (files.kind(path)) {
        case Kind::absent:
            return file_error("extract.no-such-path", "there is no such folder or file", path,
                              "give the folder that holds the extract's files");
        case Kind::other:
            return file_error("extract.not-a-file", "is a device or a pipe, not a folder or file", path, {});
        case Kind::file:
            return Listing{.files = {path}, .unread = {}, .passed_over = {}};
        case Kind::folder:
            break;
    }
    auto entries = files.list(path);
    if (!entries) return std::move(entries.errors());
    Listing listing;
    for (const Entry& entry : *entries) list_entry(path, entry, listing);
    const bool any =
        std::any_of(entries->begin(), entries->end(), [](const Entry& entry) { return is_read(entry.name); });
    if (!any) return nothing_to_read(path, *entries, listing);
    return listing;
}

}  // namespace caseaudit::extract
