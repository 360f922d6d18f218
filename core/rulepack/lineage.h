// A pack and all the packs that it extends.
#pragma once
#include <string>
#include <vector>

#include "rulepack/layer.h"

namespace caseaudit::rulepack {

// Reads the pack.yaml of a pack and of all those it extends, each once, base before heir.
class Lineage {
  public:
    // `path` outlives it.
    explicit Lineage(const SearchPath& path) : path_(path) {}

    // The pack in `folder`, behind those that it extends.
    void add(const std::string& folder);
    // Fills in the digest of each layer, once its files are read: over the files that decide results, and the
    // packs it builds on; examples change nothing.
    void digest_all();

    std::vector<Layer> layers;
    Diagnostics errors;  // packs that are not there, or extend each other in a circle

  private:
    struct Open {
        std::string folder, name;
    };

    std::string find_base(const Layer& layer, const Layer::Extended& extended,
                          const std::vector<std::string>& folders);
    std::vector<const Layer*> bases_of(std::size_t layer) const;

    const SearchPath& path_;
    std::vector<Open> open_;         // the packs whose bases are being read
    std::vector<std::string> done_;  // folder of each layer
    std::vector<std::vector<std::string>>
        direct_bases_;  // folders of what each layer extends by its own words
};

}  // namespace caseaudit::rulepack
