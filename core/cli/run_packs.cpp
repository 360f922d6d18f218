#include "cli/run_packs.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/pack_datasets.h"
#include "cli/pack_inspection.h"
#include "cli/surroundings.h"
#include "rulepack/collections.h"

namespace caseaudit::cli {
namespace {

// The parameter that says which year's collection is meant, by the year it ends in.
constexpr const char* collection_year = "collection_year";

class Loading {
  public:
    Loading(const RunOptions& options, const RunRequest& request)
        : options_(options), settings_(request.settings) {}

    Result<RunPacks> operator()() {
        auto errors = load();
        if (errors.empty()) errors = given_twice();
        if (errors.empty()) errors = set_parameters();
        if (errors.empty()) errors = refuse_other_datasets(loaded_.packs);
        if (!errors.empty()) return errors;
        return std::move(loaded_);
    }

  private:
    Diagnostics load() {
        const auto year = settings_.find(collection_year);
        Diagnostics of_collections;
        bool all_good = true;
        for (const auto& name : options_.packs) {
            auto pack = rulepack::load(name, search_path(), {});
            all_good = all_good && pack;
            if (!pack) continue;
            add_files(pack->files);
            if (year != settings_.end() && !pack->pack.collections.empty()) {
                chosen_by_year_.push_back(loaded_.packs.size());
                pack = rulepack::load_collection(pack->pack, year->second, search_path(), {});
                if (pack) add_files(pack->files);
            }
            if (pack)
                loaded_.packs.push_back(std::make_unique<rulepack::LoadedPack>(*std::move(pack)));
            else
                of_collections.insert(of_collections.end(), pack.errors().begin(), pack.errors().end());
        }
        return all_good ? of_collections : errors_of_packs(options_.packs, {}, options_.plugins);
    }

    void add_files(const std::vector<std::string>& files) {
        loaded_.files.insert(loaded_.files.end(), files.begin(), files.end());
    }

    Diagnostics given_twice() {
        Diagnostics errors;
        for (std::size_t i = 1; i < loaded_.packs.size(); ++i)
            for (std::size_t k = 0; k < i; ++k)
                if (loaded_.packs[i]->pack.id == loaded_.packs[k]->pack.id)
                    errors.push_back({"command.packs",
                                      fmt::format("the pack {} is given twice", loaded_.packs[i]->pack.id),
                                      {},
                                      {},
                                      "name each pack once",
                                      {}});
        return errors;
    }

    // Where the year chose a pack it has done its part: the other packs judge the collection of that one.
    Diagnostics set_parameters() {
        std::vector<rulepack::Pack*> packs;
        for (const auto& pack : loaded_.packs) packs.push_back(&pack->pack);
        if (!chosen_by_year_.empty()) {
            settings_.erase(collection_year);
            for (std::size_t i = 0; i < packs.size(); ++i)
                if (std::ranges::find(chosen_by_year_, i) == chosen_by_year_.end())
                    rulepack::judge_same_collection(*packs[chosen_by_year_.front()], *packs[i]);
        }
        return rulepack::set_parameters(packs, settings_);
    }

    const RunOptions& options_;
    std::map<std::string, std::string> settings_;
    RunPacks loaded_;
    std::vector<std::size_t> chosen_by_year_;  // positions in packs
};

}  // namespace

Result<RunPacks> load_packs(const RunOptions& options, const RunRequest& request) {
    return Loading(options, request)();
}

}  // namespace caseaudit::cli
