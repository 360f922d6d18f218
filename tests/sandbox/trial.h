// A sandboxed plugin and a batch for it, as the engine would have them.
#pragma once
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "calendar/working_days.h"
#include "plugin/arguments.h"
#include "plugin/registry.h"
#include "plugin/verdicts.h"
#include "sandbox/sandbox.h"

namespace caseaudit::sandbox {

// Copies of the hostile plugin that attack in other ways, for as long as the program runs.
class HostilePlugins {
  public:
    static std::string path(const std::string& attack) {
        static const HostilePlugins plugins;
        std::ifstream original(CASEAUDIT_HOSTILE_PLUGIN, std::ios::binary);
        std::string bytes((std::istreambuf_iterator<char>(original)), {});
        const std::string mark = "the attack of this plugin is:";
        const auto at = bytes.find(mark);
        REQUIRE(at != std::string::npos);
        std::string name = attack;
        name.resize(64 - mark.size());
        bytes.replace(at + mark.size(), name.size(), name);
        const auto file = plugins.folder_ / (attack + ".so");
        std::ofstream(file, std::ios::binary) << bytes;
        return file.string();
    }
    HostilePlugins(const HostilePlugins&) = delete;
    HostilePlugins& operator=(const HostilePlugins&) = delete;

  private:
    HostilePlugins()
        : folder_(std::filesystem::temp_directory_path() / ("hostile-" + std::to_string(::getpid()))) {
        std::filesystem::create_directory(folder_);
    }
    ~HostilePlugins() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    std::filesystem::path folder_;
};

// Why no sandbox can be made on this machine; "" when it can.
inline std::string missing_here() {
    const auto described = describe(CASEAUDIT_HOSTILE_PLUGIN, CASEAUDIT_WORKER);
    if (described) return "";
    const auto& problem = described.errors().front();
    return problem.code.starts_with("sandbox.") ? problem.message : "";
}

// Two boolean columns and a case for each row, for the check hostile.acts.
class Batch {
  public:
    Batch(const std::vector<bool>& on, const std::vector<bool>& fails, std::pmr::memory_resource& memory) {
        for (const auto* column : {&on, &fails}) {
            auto& bits = bits_.emplace_back((column->size() + 7) / 8, 0, &memory);
            for (std::size_t i = 0; i < column->size(); ++i)
                if ((*column)[i]) bits[i / 8] = static_cast<std::uint8_t>(bits[i / 8] | 1u << (i % 8));
        }
        for (std::size_t i = 0; i < bits_.size(); ++i) {
            buffers_.push_back({nullptr, bits_[i].data()});
            arrays_.push_back({static_cast<std::int64_t>(on.size()), 0, 0, 2, 0, nullptr, nullptr, nullptr,
                               nullptr, nullptr});
            schemas_.push_back({"b", "", nullptr, 0, 0, nullptr, nullptr, nullptr, nullptr});
        }
        for (std::size_t i = 0; i < arrays_.size(); ++i) arrays_[i].buffers = buffers_[i].data();
        for (std::uint32_t i = 0; i < on.size(); ++i) cases_.push_back(i);
    }
    caseaudit_batch get() const {
        return {sizeof(caseaudit_batch), cases_.size(), arrays_.size(), arrays_.data(),
                schemas_.data(),         nullptr,       cases_.data()};
    }

  private:
    std::vector<std::pmr::vector<std::uint8_t>> bits_;
    std::vector<std::array<const void*, 2>> buffers_;
    std::vector<ArrowArray> arrays_;
    std::vector<ArrowSchema> schemas_;
    std::vector<std::uint32_t> cases_;
};

class Trial {
  public:
    explicit Trial(const std::string& plugin, const Limits& limits = {}) {
        auto file = plugin::PluginFile::open(HostilePlugins::path(plugin));
        REQUIRE(file.ok());
        const auto problems = load(
            std::move(*file), CASEAUDIT_WORKER, [&](const std::string&) { return limits; }, registry_);
        REQUIRE(problems.empty());
        const auto* check = registry_.find("hostile.acts");
        REQUIRE(check != nullptr);
        verdicts_ = std::make_unique<plugin::Verdicts>(*check);
        plugin::ArgumentSet arguments(*check);
        REQUIRE(arguments.expression("on", {CASEAUDIT_BOOLEAN, "on"}).empty());
        REQUIRE(arguments.expression("fails", {CASEAUDIT_BOOLEAN, "fails"}).empty());
        plugin::CompiledCheck::Refusal refusal;
        auto made = registry_.create(*check, working_days_, arguments.configuration("p", "r", 0), refusal);
        REQUIRE(made.ok());
        check_ = std::move(*made);
    }
    // A letter a row: P passed, F failed, ? undecided; "trouble: …" when it could not judge.
    std::string judge(const std::vector<bool>& on, const std::vector<bool>& fails) {
        const Batch batch(on, fails, check_->memory());
        unjudged.clear();
        verdicts_->start(on.size());
        auto trouble = check_->run(batch.get(), verdicts_->sink(), unjudged);
        if (auto fault = verdicts_->finish(); trouble.empty()) trouble = std::move(fault);
        if (!trouble.empty()) return "trouble: " + trouble;
        std::string letters(on.size(), 'P');
        for (const auto& failure : verdicts_->failures()) letters[failure.row] = 'F';
        for (std::size_t i = 0; i < letters.size(); ++i)
            if (verdicts_->undecided(i)) letters[i] = letters[i] == 'F' ? '!' : '?';
        return letters;
    }
    const plugin::CompiledCheck& check() const { return *check_; }
    std::vector<plugin::Unjudged> unjudged;  // of the last batch

  private:
    plugin::Registry registry_;
    calendar::WorkingDays working_days_;
    std::unique_ptr<plugin::CompiledCheck> check_;
    std::unique_ptr<plugin::Verdicts> verdicts_;
};

}  // namespace caseaudit::sandbox

// Ends a test, and says why, where no sandbox can be made.
#define NEEDS_A_SANDBOX()                                                    \
    if (const auto why = caseaudit::sandbox::missing_here(); !why.empty()) { \
        WARN("skipped: " << why);                                            \
        return;                                                              \
    }
