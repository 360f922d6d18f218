#include "disclosure/suppression.h"

#include <algorithm>
#include <deque>
#include <memory>
#include <tuple>
#include <vector>

#include "disclosure/intervals.h"

namespace caseaudit::disclosure {
namespace {

constexpr double greatest_count =
    1e7;  // what an onlooker takes for possible; no authority has as many children
constexpr double tolerance = 1e-6;

enum class Kind : std::uint8_t { population, met, undecided, unmet, judged };

// A number of records of a group. `unmet` and `judged` are not given themselves, and follow from those that
// are.
struct Figure {
    std::size_t group = 0;
    Kind kind = Kind::population;
    std::uint64_t value = 0;
    std::vector<int> of;  // the numbers it is the sum of
    bool given = true;
};

bool covers(const MeasureGroup& total, const MeasureGroup& part) {
    return std::all_of(total.by.begin(), total.by.end(), [&](const auto& key) {
        return std::find(part.by.begin(), part.by.end(), key) != part.by.end();
    });
}

// In how many keys two groups of the same keys differ; -1 where their keys are others.
int distance(const MeasureGroup& a, const MeasureGroup& b) {
    if (a.by.size() != b.by.size()) return -1;
    int differing = 0;
    for (std::size_t i = 0; i < a.by.size(); ++i) {
        if (a.by[i].first != b.by[i].first) return -1;
        differing += a.by[i].second != b.by[i].second;
    }
    return differing;
}

class Suppressor {
  public:
    Suppressor(const MeasureOutcome& measure, const Profile& profile, const Solver& solver)
        : measure_(measure), profile_(profile), solver_(solver) {
        add_figures();
    }

    MeasureOutcome run() {
        std::deque<std::size_t> open;
        for (std::size_t i = 0; i < figures_.size(); ++i) {
            const bool published = is_published(figures_[i].kind);
            if (!is_small(figures_[i].value)) continue;
            if (published) figures_[i].given = false;
            open.push_back(i);
        }
        // What is kept back later only widens what has been found wide enough.
        for (; !open.empty(); open.pop_front())
            while (!is_safe(figures_[open.front()])) {
                const auto next = next_to_keep_back(figures_[open.front()]);
                if (!next) break;
                figures_[*next].given = false;
                intervals_.reset();
                open.push_back(*next);
            }
        return result();
    }

  private:
    static bool is_published(Kind kind) { return kind <= Kind::undecided; }
    bool is_small(std::uint64_t value) const { return value >= 1 && value <= profile_.greatest_small; }
    std::uint64_t rounded(std::uint64_t value) const {
        return (value + profile_.round_to / 2) / profile_.round_to * profile_.round_to;
    }

    // The numbers are what each finest group is made of: those that met the standard, that did not, and that
    // are undecided, as far as the measure tells them apart.
    void add_figures() {
        std::size_t keys = 0;
        for (const auto& group : measure_.groups) keys = std::max(keys, group.by.size());
        for (std::size_t g = 0; g < measure_.groups.size(); ++g)
            if (measure_.groups[g].by.size() == keys) finest_.push_back(g);
        const bool rate = measure_.kind == "rate", average = measure_.kind == "average";
        parts_ = rate ? 3 : average ? 2 : 1;
        for (std::size_t g = 0; g < measure_.groups.size(); ++g) {
            const auto& group = measure_.groups[g];
            const auto judged = group.population - group.undecided;
            add(g, Kind::population, group.population, {0, 1, 2});
            if (rate) add(g, Kind::met, group.met, {0});
            if (rate) add(g, Kind::unmet, judged - group.met, {1});
            if (rate) add(g, Kind::undecided, group.undecided, {2});
            if (average) add(g, Kind::judged, judged, {0});
            if (average) add(g, Kind::undecided, group.undecided, {1});
        }
        // Shares tell how many there are of all, total or none.
        const bool total = std::any_of(measure_.groups.begin(), measure_.groups.end(),
                                       [](const auto& group) { return group.by.empty(); });
        if (measure_.kind != "distribution" || total) return;
        Figure all{nowhere, Kind::population, 0, {}, true};
        for (const std::size_t g : finest_) all.value += measure_.groups[g].population;
        for (std::size_t i = 0; i < finest_.size(); ++i) all.of.push_back(static_cast<int>(i));
        figures_.push_back(std::move(all));
    }

    void add(std::size_t g, Kind kind, std::uint64_t value, std::initializer_list<int> parts) {
        Figure figure{g, kind, value, {}, is_published(kind)};
        for (std::size_t i = 0; i < finest_.size(); ++i)
            if (covers(measure_.groups[g], measure_.groups[finest_[i]]))
                for (const int part : parts)
                    if (part < parts_) figure.of.push_back(static_cast<int>(i) * parts_ + part);
        figures_.push_back(std::move(figure));
    }

    // All that an onlooker knows: the figures given, and that a group is not listed without a record.
    Intervals& intervals() {
        if (intervals_) return *intervals_;
        std::vector<Known> known;
        const std::uint64_t most_rounded_up = profile_.round_to / 2;
        const auto half = static_cast<double>(most_rounded_up);
        for (const auto& figure : figures_) {
            const auto value = static_cast<double>(rounded(figure.value));
            const double slack = figure.value == 0 ? 0 : half;
            if (figure.given && is_published(figure.kind))
                known.push_back({figure.of, value - slack, value + slack});
            if (!figure.given && figure.kind == Kind::population && figure.value != 0)
                known.push_back({figure.of, 1, greatest_count});
        }
        intervals_ = std::make_unique<Intervals>(solver_, static_cast<int>(finest_.size()) * parts_,
                                                 greatest_count, known);
        return *intervals_;
    }

    bool is_safe(const Figure& figure) {
        const auto [least, most] = intervals().of(figure.of);
        if (!is_small(figure.value)) return most - least >= 1 - tolerance;
        // That a group is listed says that it has a record, and of a total that it has one for each of its
        // groups.
        const auto listed = static_cast<double>(figure.of.size()) / parts_;
        const double expected = figure.kind == Kind::population ? std::max(1.0, listed) : 1.0;
        return least <= expected + tolerance &&
               most >= static_cast<double>(profile_.greatest_small) - tolerance;
    }

    // How little is lost, and how near it is, when this figure is kept back for the sake of that one; the
    // least first.
    using Rank = std::tuple<int, bool, std::uint64_t, std::size_t>;
    std::optional<Rank> rank(std::size_t candidate, const Figure& small) const {
        const Figure& figure = figures_[candidate];
        if (!figure.given || !is_published(figure.kind)) return std::nullopt;
        const Kind kind = small.kind == Kind::unmet    ? Kind::met
                          : small.kind == Kind::judged ? Kind::population
                                                       : small.kind;
        int nearness = 6;
        if (figure.group != nowhere && small.group != nowhere) {
            const int apart = distance(measure_.groups[figure.group], measure_.groups[small.group]);
            const bool same = figure.kind == kind;
            if (same && apart == 0) nearness = 0;  // met, where so few did not meet it
            if (same && apart == 1) nearness = 1;
            if (!same && apart == 0) nearness = 2;
            if (same && apart > 1) nearness = 3;
            if (same && apart < 0) nearness = 4;
            if (!same && apart == 1) nearness = 5;
        }
        return Rank{nearness, figure.value == 0, figure.value, candidate};
    }

    std::optional<std::size_t> next_to_keep_back(const Figure& small) const {
        std::optional<Rank> best;
        for (std::size_t i = 0; i < figures_.size(); ++i)
            if (const auto candidate = rank(i, small); candidate && (!best || *candidate < *best))
                best = candidate;
        if (!best) return std::nullopt;
        return std::get<3>(*best);
    }

    const Figure* find(std::size_t group, Kind kind) const {
        for (const auto& figure : figures_)
            if (figure.group == group && figure.kind == kind) return &figure;
        return nullptr;
    }
    // The figure of all records, by which shares are divided.
    const Figure& all() const {
        for (const auto& figure : figures_)
            if (figure.kind == Kind::population &&
                (figure.group == nowhere || measure_.groups[figure.group].by.empty()))
                return figure;
        return figures_.front();
    }

    std::uint64_t give(std::size_t group, Kind kind, bool& suppressed) const {
        const Figure* figure = find(group, kind);
        suppressed = figure != nullptr && !figure->given;
        return figure == nullptr || suppressed ? 0 : rounded(figure->value);
    }

    MeasureOutcome result() const {
        MeasureOutcome made = measure_;
        for (std::size_t g = 0; g < made.groups.size(); ++g) {
            MeasureGroup& group = made.groups[g];
            group.trend.clear();
            const bool had_share = group.rate || group.value;
            const auto average = group.value;
            group.population = give(g, Kind::population, group.population_suppressed);
            group.met = give(g, Kind::met, group.met_suppressed);
            group.undecided = give(g, Kind::undecided, group.undecided_suppressed);
            group.rate.reset();
            group.value.reset();
            const bool parts =
                group.population_suppressed || group.met_suppressed || group.undecided_suppressed;
            group.share_suppressed = parts && measure_.kind != "count";
            if (measure_.kind == "distribution" && !all().given) group.share_suppressed = true;
            if (const Figure* judged = find(g, Kind::judged); judged && is_small(judged->value))
                group.share_suppressed = true;
            if (!group.share_suppressed && had_share) give_share(group, average);
        }
        return made;
    }

    void give_share(MeasureGroup& group, std::optional<double> average) const {
        group.value = average;
        const std::uint64_t part = measure_.kind == "rate" ? group.met : group.population;
        const std::uint64_t whole = measure_.kind == "rate"
                                        ? group.population - std::min(group.population, group.undecided)
                                        : rounded(all().value);
        if (measure_.kind == "average" || whole == 0) return;
        group.rate = std::min(1.0, static_cast<double>(part) / static_cast<double>(whole));
    }

    static constexpr std::size_t nowhere = SIZE_MAX;
    const MeasureOutcome& measure_;
    const Profile& profile_;
    const Solver& solver_;
    std::vector<std::size_t> finest_;  // groups of which the others are sums
    int parts_ = 1;                    // numbers of a finest group
    std::vector<Figure> figures_;
    std::unique_ptr<Intervals> intervals_;  // of what is given now; none when that has changed
};

}  // namespace

std::optional<Profile> find_profile(std::string_view name) {
    static const Profile profiles[] = {
        {"dfe", "Department for Education: counts from 1 to 5 read c, and others that would tell them", 5, 1},
        {"nhs",
         "NHS England: counts from 1 to 7 read c, and others that would tell them; all others are rounded to "
         "5",
         7, 5}};
    for (const auto& profile : profiles)
        if (profile.name == name) return profile;
    return std::nullopt;
}

MeasureOutcome suppress(const MeasureOutcome& measure, const Profile& profile, const Solver& solver) {
    return Suppressor(measure, profile, solver).run();
}

}  // namespace caseaudit::disclosure
