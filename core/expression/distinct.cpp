#include "expression/distinct.h"

#include <bit>

namespace caseaudit::expression {
namespace {

std::uint64_t bits_of(const Input& input, Kind kind, std::uint32_t i) {
    if (input.scalar) i = 0;
    switch (width(kind)) {
        case 1:
            return static_cast<std::uint64_t>(std::int64_t{static_cast<const std::int8_t*>(input.data)[i]});
        case 4:
            return static_cast<std::uint64_t>(std::int64_t{static_cast<const std::int32_t*>(input.data)[i]});
        default:
            break;
    }
    // 0.0 and -0.0 are one value.
    if (kind == Kind::decimal)
        return std::bit_cast<std::uint64_t>(static_cast<const double*>(input.data)[i] + 0.0);
    return static_cast<std::uint64_t>(static_cast<const std::int64_t*>(input.data)[i]);
}

bool absent_in(const Input& input, Kind kind, std::uint32_t i) {
    return with_type_of(kind, [&](auto example) {
        return absent(static_cast<const decltype(example)*>(input.data)[input.scalar ? 0 : i]);
    });
}

class DistinctCount : public Fold {
  public:
    DistinctCount(std::span<const Node* const> bodies, std::uint32_t groups, void* out)
        : out_(static_cast<std::int64_t*>(out)) {
        for (const Node* body : bodies) kinds_.push_back(body->type.kind);
        std::fill_n(out_, groups, 0);
    }

    void add(const Piece& piece) override {
        for (std::uint32_t i = 0; i < piece.size; ++i) {
            if (piece.mask && piece.mask[i * piece.mask_step] != 1) continue;
            bool all_absent = true;
            for (std::size_t body = 0; body < kinds_.size(); ++body)
                all_absent = all_absent && absent_in(piece.bodies[body], kinds_[body], i);
            if (all_absent) continue;
            if (piece.groups[i] != group_) close_group();
            group_ = piece.groups[i];
            for (std::size_t body = 0; body < kinds_.size(); ++body)
                values_.push_back(bits_of(piece.bodies[body], kinds_[body], i));
        }
    }
    void finish() override { close_group(); }

  private:
    void close_group() {
        const std::size_t stride = kinds_.size(), count = values_.size() / stride;
        if (count == 0) return;
        out_[group_] = count <= few ? count_few(stride, count) : count_many(stride, count);
        values_.clear();
    }

    // Each against those before it: takes less than putting them in order.
    static constexpr std::size_t few = 8;
    std::int64_t count_few(std::size_t stride, std::size_t count) const {
        const auto* const values = values_.data();
        std::int64_t distinct = 1;
        for (std::size_t i = 1; i < count; ++i) {
            bool met = false;
            for (std::size_t k = 0; k < i && !met; ++k)
                met = std::equal(values + i * stride, values + (i + 1) * stride, values + k * stride);
            distinct += met ? 0 : 1;
        }
        return distinct;
    }

    std::int64_t count_many(std::size_t stride, std::size_t count) {
        order_.resize(count);
        for (std::size_t i = 0; i < count; ++i) order_[i] = static_cast<std::uint32_t>(i);
        const auto at = [&](std::uint32_t i) { return std::span(values_).subspan(i * stride, stride); };
        std::sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) {
            return std::lexicographical_compare(at(a).begin(), at(a).end(), at(b).begin(), at(b).end());
        });
        std::int64_t distinct = 1;
        for (std::size_t i = 1; i < count; ++i)
            distinct +=
                !std::equal(at(order_[i - 1]).begin(), at(order_[i - 1]).end(), at(order_[i]).begin());
        return distinct;
    }

    std::vector<Kind> kinds_;
    std::int64_t* out_;
    std::uint32_t group_ = 0;
    std::vector<std::uint64_t> values_;  // of the open group, kinds_.size() for each row
    std::vector<std::uint32_t> order_;
};

}  // namespace

std::unique_ptr<Fold> make_distinct_count(std::span<const Node* const> bodies, std::uint32_t groups,
                                          void* out) {
    return std::make_unique<DistinctCount>(bodies, groups, out);
}

}  // namespace caseaudit::expression
