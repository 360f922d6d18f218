// Where children live and who looks after them: postcodes and registered providers, the same in every
// generated return, with the reference tables that describe them.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "generate/random.h"
#include "generate/return_record.h"

namespace caseaudit::generate {

// The authority whose return it is: Richmond upon Thames, as in the published examples.
inline constexpr std::string_view authority_code = "E09000027";

struct Provider {
    Cell urn;
    Cell postcode;               // of its home, school or office
    std::string_view sector;     // PR1 … PR5
    std::string places;          // placement codes it offers, separated by commas
    std::string_view authority;  // code of the local authority it lies in
};

// A placement as an episode records it.
struct Placement {
    std::string_view place;
    std::string_view sector;  // PR0 … PR5, or "" where the collection wants none
    Cell postcode;
    Cell urn;  // empty where the collection wants none
    bool operator==(const Placement& other) const {
        return place == other.place && sector == other.sector && postcode == other.postcode.text() &&
               urn == other.urn.text();
    }
};

// Immutable after construction; safe to share between threads.
class Landscape {
  public:
    Landscape();
    Cell home_postcode(Random& random) const;
    // A placement of this kind, not at `home` unless the kind is P1 (with parents).
    Placement placement(Random& random, std::string_view place, const Cell& home) const;
    std::string provider_table() const;  // reference/provider_info.csv
    std::string postcode_table() const;  // reference/postcodes.csv

  private:
    const Provider* provider(Random& random, std::string_view place) const;
    std::vector<Cell> homes_, elsewhere_;
    std::vector<Provider> providers_;
    struct Offer {
        std::string_view place;
        std::vector<std::uint32_t> providers;
    };
    std::vector<Offer> offers_;
};

}  // namespace caseaudit::generate
