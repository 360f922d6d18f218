#include <array>
#include <cstdio>
#include <filesystem>

#include "cli/command.h"
#include "cli/surroundings.h"
#include "diagnostic/printable.h"
#include "platform/files.h"
#include "rulepack/version.h"

namespace caseaudit::cli {
namespace fs = std::filesystem;
namespace {

struct Options {
    std::string kind, name, into = ".";
};

Diagnostic refusal(const char* code, std::string message, const std::string& fragment, std::string hint) {
    return {code, std::move(message), {}, fragment, std::move(hint), {}};
}

bool is_name(std::string_view name) {
    const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
    const auto joins = [&](char c) { return lower(c) || (c >= '0' && c <= '9') || c == '-'; };
    return !name.empty() && name.size() <= 64 && lower(name.front()) && name.back() != '-' &&
           std::all_of(name.begin(), name.end(), joins);
}

// Targets of every CMake project: its policy CMP0037 keeps them from being a plugin's.
bool is_target_of_cmake(std::string_view name) {
    constexpr std::array<std::string_view, 8> targets = {"all",        "clean", "help",    "install",
                                                         "preinstall", "test",  "package", "experimental"};
    return std::find(targets.begin(), targets.end(), name) != targets.end();
}

Diagnostics check_name(const Options& options) {
    const auto& name = options.name;
    if (!is_name(name))
        return {refusal(
            "new.name", fmt::format("'{}' cannot be the name of a {}", name, options.kind), name,
            "use lower-case letters, digits and hyphens, a letter first and no hyphen last, at most 64")};
    if (options.kind == "pack") {
        for (const auto& folder : search_path().folders)
            if (fs::exists(fs::path(folder) / name / "pack.yaml"))
                return {refusal("new.taken", fmt::format("there is a pack '{}' already, in {}", name, folder),
                                name, "choose another name; a pack that changes another one `extends` it")};
        return {};
    }
    if (is_target_of_cmake(name))
        return {refusal("new.name", fmt::format("CMake has a target '{}' of its own", name), name,
                        "choose another name")};
    plugin::Registry registry;
    Diagnostics errors = load_bundled_plugins(registry);
    for (const auto& plugin : registry.plugins())
        if (plugin.name == name)
            errors.push_back(refusal("new.taken", fmt::format("'{}' is the name of a bundled plugin", name),
                                     name, "choose another name"));
    return errors;
}

// The template's text with its @words@ filled in.
std::string fill(std::string text, const Options& options) {
    const auto engine = std::string(rulepack::engine_version());
    const std::array<std::pair<std::string_view, std::string>, 2> words = {
        {{"@name@", options.name}, {"@version@", engine.substr(0, engine.rfind('.'))}}};
    for (const auto& [word, value] : words)
        for (auto at = text.find(word); at != text.npos; at = text.find(word, at + value.size()))
            text.replace(at, word.size(), value);
    return text;
}

// Copies the template's tree into `folder`, which exists and is empty, and fills it in.
Diagnostics copy_template(const fs::path& from, const fs::path& folder, const Options& options) {
    for (const auto& entry : fs::recursive_directory_iterator(from)) {
        const auto to = folder / fs::relative(entry.path(), from);
        if (entry.is_directory()) {
            fs::create_directory(to);
            continue;
        }
        const auto text = platform::read_whole(platform::system_files(), entry.path().string());
        if (!text) return text.errors();
        auto file = platform::NewFile::create(to.string());
        if (!file) return file.errors();
        auto errors = file->append(fill(*text, options));
        if (errors.empty()) errors = file->commit();
        if (!errors.empty()) return errors;
    }
    return {};
}

// Makes the folder from the template; nothing stays of one that could not be finished.
Diagnostics make(const fs::path& folder, const Options& options) {
    const auto from = template_folder(options.kind);
    std::error_code error;
    if (!fs::is_directory(from, error))
        return {refusal("new.no-template", fmt::format("the template {} is not there", from), {},
                        "install caseaudit again: its share folder is not whole")};
    if (fs::exists(fs::symlink_status(folder, error)))
        return {refusal("new.exists", fmt::format("{} is there already", folder.string()), {},
                        "choose another name or, with --into, another folder; nothing was changed")};
    fs::create_directory(folder, error);
    if (error)
        return {refusal("new.write", fmt::format("{} cannot be made: {}", folder.string(), error.message()),
                        {}, "name a folder that is there and that you may write to with --into")};
    Diagnostics errors;
    try {
        errors = copy_template(from, folder, options);
    } catch (const fs::filesystem_error& failure) {
        errors = {refusal("new.write",
                          fmt::format("the template cannot be copied: {}", failure.code().message()), {},
                          "see that there is room and that you may write there")};
    }
    if (!errors.empty()) fs::remove_all(folder, error);
    return errors;
}

void tell(const fs::path& folder, const std::string& kind) {
    const auto shown = printable(folder.string());
    std::printf("Made %s. Next:\n", shown.c_str());
    const auto path = shown.find_first_of(" '\"$`\\") == std::string::npos ? shown : "'" + shown + "'";
    if (kind == "pack")
        std::printf("  caseaudit lint %s\n  caseaudit test %s\n", path.c_str(), path.c_str());
    else
        std::printf("  cmake -S %s -B %s/build && cmake --build %s/build\n  ctest --test-dir %s/build\n",
                    path.c_str(), path.c_str(), path.c_str(), path.c_str());
}

}  // namespace

Action add_new(CLI::App& app) {
    auto options = std::make_shared<Options>();
    auto* command = app.add_subcommand("new", "Make a plugin's project, or a rule pack, that works at once");
    command->add_option("kind", options->kind, "plugin or pack")
        ->required()
        ->check(CLI::IsMember({"plugin", "pack"}));
    command->add_option("name", options->name, "Lower-case letters, digits and hyphens")->required();
    command->add_option("--into", options->into, "The folder to make it in; default: this one");
    return [options]() -> int {
        const auto folder = (fs::path(options->into) / options->name).lexically_normal();
        Diagnostics errors = check_name(*options);
        if (errors.empty()) errors = make(folder, *options);
        print(errors);
        if (!errors.empty()) return Exit::wrong;
        tell(folder, options->kind);
        return Exit::clean;
    };
}

}  // namespace caseaudit::cli
