#include "generate/landscape.h"

#include <fmt/format.h>

#include <set>

namespace caseaudit::generate {
namespace {

constexpr std::string_view home_districts[] = {"TW1", "TW2", "TW9", "TW10", "TW11", "TW12", "SW13", "SW14"};
constexpr std::string_view other_districts[] = {"KT1", "KT12", "UB3", "GU2",  "RG4", "CR0", "SM1", "HA3",
                                                "ME4", "PO5",  "BN2", "SW15", "W6",  "SL3", "CT9", "LU2"};
constexpr std::string_view other_authorities[] = {"E09000021", "E09000017", "E10000030", "E06000038",
                                                  "E09000008", "E09000032", "E10000016", "E06000043",
                                                  "E09000018", "E06000039"};

struct Kind {
    std::string_view places;
    std::string_view sector;
    int count;
    bool in_authority;
};
// How many providers of each sort there are. The authority's own (PR1) lie in it, another authority's
// (PR2) outside it.
constexpr Kind kinds[] = {
    {"U1,U2,U3,U4,U5,U6,A3,A4,A5,A6", "PR1", 1, true},
    {"U4,U5,U6,A3,A4,A5,A6", "PR2", 6, false},
    {"U1,U2,U3,U4,U5,U6", "PR4", 38, false},
    {"U1,U2,U3,U4,U5,U6,A3,A4,A5,A6", "PR5", 14, false},
    {"K2", "PR1", 3, true},
    {"K2", "PR4", 110, false},
    {"K2", "PR5", 16, false},
    {"K3", "PR4", 24, false},
    {"K3", "PR5", 9, false},
    {"K1", "PR2", 4, false},
    {"R3", "PR4", 8, false},
    {"S1", "PR4", 14, false},
    {"S1", "PR5", 6, false},
};

std::vector<Cell> draw_postcodes(Random& random, std::span<const std::string_view> districts,
                                 std::size_t count) {
    constexpr std::string_view letters = "ABDEFGHJLNPQRSTUWXYZ";
    std::set<std::string> drawn;
    while (drawn.size() < count) {
        std::string postcode(random.pick(districts));
        postcode += ' ';
        postcode += static_cast<char>('0' + random.below(10));
        for (int i = 0; i < 2; ++i) postcode += letters[random.below(letters.size())];
        drawn.insert(std::move(postcode));
    }
    return {drawn.begin(), drawn.end()};
}

std::string without_spaces(std::string_view postcode) {
    std::string text(postcode);
    std::erase(text, ' ');
    return text;
}

}  // namespace

Landscape::Landscape() {
    Random random(0, 0, 0);
    homes_ = draw_postcodes(random, home_districts, 2400);
    elsewhere_ = draw_postcodes(random, other_districts, 2600);
    int number = 0;
    for (const Kind& kind : kinds) {
        for (int i = 0; i < kind.count; ++i) {
            Provider provider;
            provider.urn = Cell(fmt::format("SC{:06}", 400017 + 613 * number++));
            provider.postcode = random.pick(std::span<const Cell>(kind.in_authority ? homes_ : elsewhere_));
            provider.sector = kind.sector;
            provider.places = kind.places;
            provider.authority = kind.in_authority ? authority_code : random.pick(other_authorities);
            providers_.push_back(std::move(provider));
        }
    }
    for (const std::string_view place :
         {"U1", "U2", "U3", "U4", "U5", "U6", "A3", "A4", "A5", "A6", "K1", "K2", "K3", "R3", "S1"}) {
        Offer offer{place, {}};
        for (std::uint32_t i = 0; i < providers_.size(); ++i)
            if (providers_[i].places.find(place) != std::string::npos) offer.providers.push_back(i);
        offers_.push_back(std::move(offer));
    }
}

Cell Landscape::home_postcode(Random& random) const {
    return random.pick(std::span<const Cell>(homes_));
}

const Provider* Landscape::provider(Random& random, std::string_view place) const {
    for (const Offer& offer : offers_)
        if (offer.place == place)
            return &providers_[random.pick(std::span<const std::uint32_t>(offer.providers))];
    return nullptr;
}

Placement Landscape::placement(Random& random, std::string_view place, const Cell& home) const {
    Placement placement{place, {}, {}, {}};
    if (place == "P1") {
        placement.sector = "PR0";
        placement.postcode = home.empty() ? home_postcode(random) : home;
        return placement;
    }
    const Provider* found = provider(random, place);
    // Foster carers live at addresses of their own; the agency is registered elsewhere.
    const bool foster = place[0] == 'U' || place[0] == 'A';
    do {
        placement.postcode = found && !foster      ? found->postcode
                             : random.chance(0.55) ? home_postcode(random)
                                                   : random.pick(std::span<const Cell>(elsewhere_));
        if (found && !foster && placement.postcode == home.text()) found = provider(random, place);
    } while (placement.postcode == home.text());
    if (found) {
        placement.sector = found->sector;
        placement.urn = found->urn;
    } else if (place[0] != 'T') {
        placement.sector = place == "R2" || place == "R5" ? "PR3" : "PR4";
    }
    return placement;
}

std::string Landscape::provider_table() const {
    std::string text = "URN,POSTCODE,PROVIDER_CODES,PLACE_CODES,LA_CODE_INFERRED,REG_END\n";
    for (const Provider& provider : providers_)
        text += fmt::format("{},{},{},\"{}\",{},\n", provider.urn.text(),
                            without_spaces(provider.postcode.text()), provider.sector, provider.places,
                            provider.authority);
    return text;
}

std::string Landscape::postcode_table() const {
    std::string text = "pcd,pcd_abbr\n";
    for (const std::vector<Cell>* pool : {&homes_, &elsewhere_})
        for (const Cell& postcode : *pool)
            text += fmt::format("{},{}\n", postcode.text(), without_spaces(postcode.text()));
    return text;
}

}  // namespace caseaudit::generate
