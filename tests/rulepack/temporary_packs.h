// Packs written to a folder of their own for one test, and removed with it.
#pragma once
#include <filesystem>
#include <map>
#include <string>

#include "rulepack/pack.h"

class TemporaryPacks {
  public:
    TemporaryPacks();
    ~TemporaryPacks();
    TemporaryPacks(const TemporaryPacks&) = delete;
    TemporaryPacks& operator=(const TemporaryPacks&) = delete;

    // Writes a file below the folder.
    void write(const std::string& path, const std::string& text) const;
    // pack.yaml of the id on the dataset "small", then `more`.
    void pack(const std::string& id, const std::string& more = "") const;
    std::string path(const std::string& below) const { return (folder_ / below).string(); }

    caseaudit::Result<caseaudit::rulepack::LoadedPack> load(
        const std::string& name, caseaudit::rulepack::LoadOptions options = {}) const;
    // Fails the test, with the diagnostics, when the pack does not load.
    caseaudit::rulepack::LoadedPack sound(const std::string& name,
                                          caseaudit::rulepack::LoadOptions options = {}) const;
    // The codes of what is wrong with the pack, in order.
    std::vector<std::string> codes(const std::string& name,
                                   caseaudit::rulepack::LoadOptions options = {}) const;

  private:
    std::filesystem::path folder_;
};

// A rule of the dataset "small" that is sound but for what `change` makes of it.
std::string rule(const std::string& id, const std::string& more = "    assert: present(held)\n");
