#include "expression/fold.h"

#include "expression/distinct.h"

namespace caseaudit::expression {
namespace {

// Calls f(group, i) for the values of a piece that count.
template <class F>
void each_counted(const Piece& piece, F f) {
    if (!piece.mask) {
        for (std::uint32_t i = 0; i < piece.size; ++i) f(piece.groups[i], i);
        return;
    }
    for (std::uint32_t i = 0; i < piece.size; ++i)
        if (piece.mask[i * piece.mask_step] == 1) f(piece.groups[i], i);
}

template <class T>
class Body {
  public:
    Body(const Piece& piece, std::size_t body)
        : data_(static_cast<const T*>(piece.bodies[body].data)), step_(piece.bodies[body].scalar ? 0 : 1) {}
    T operator[](std::uint32_t i) const { return data_[i * step_]; }

  private:
    const T* data_;
    std::uint32_t step_;
};

// exists: the greatest of false < undecided < true; all: the least.
class FoldBooleans : public Fold {
  public:
    FoldBooleans(bool exists, std::uint32_t groups, void* out)
        : exists_(exists), groups_(groups), out_(static_cast<std::int8_t*>(out)) {
        std::fill_n(out_, groups, exists ? 0 : 2);
    }
    void add(const Piece& piece) override {
        const Body<std::int8_t> body(piece, 0);
        each_counted(piece, [&](std::uint32_t group, std::uint32_t i) {
            const std::int8_t value = body[i];
            const auto rank = static_cast<std::int8_t>(value < 0 ? 1 : value * 2);
            out_[group] = exists_ ? std::max(out_[group], rank) : std::min(out_[group], rank);
        });
    }
    void finish() override {
        for (std::uint32_t i = 0; i < groups_; ++i)
            out_[i] = out_[i] == 1 ? unknown_boolean : static_cast<std::int8_t>(out_[i] / 2);
    }

  private:
    bool exists_;
    std::uint32_t groups_;
    std::int8_t* out_;
};

class Count : public Fold {
  public:
    Count(std::uint32_t groups, void* out) : out_(static_cast<std::int64_t*>(out)) {
        std::fill_n(out_, groups, 0);
    }
    void add(const Piece& piece) override {
        each_counted(piece, [&](std::uint32_t group, std::uint32_t) { ++out_[group]; });
    }
    void finish() override {}

  private:
    std::int64_t* out_;
};

template <class T>
T plus(T a, T b) {
    if constexpr (std::is_same_v<T, double>) return a + b;
    T sum;
    return absent(a) || __builtin_add_overflow(a, b, &sum) ? missing64 : clear_of_states(sum);
}
template <>
double plus(double a, double b) {
    return a + b;
}

template <class T>
class Sum : public Fold {
  public:
    Sum(std::uint32_t groups, void* out) : out_(static_cast<T*>(out)) { std::fill_n(out_, groups, T{}); }
    void add(const Piece& piece) override {
        const Body<T> body(piece, 0);
        each_counted(piece, [&](std::uint32_t group, std::uint32_t i) {
            if (!absent(body[i])) out_[group] = plus(out_[group], body[i]);
        });
    }
    void finish() override {}

  private:
    T* out_;
};

// The values' own order, or that of the texts behind ids.
template <class T>
struct ByValue {
    bool operator()(T a, T b) const { return a < b; }
};
struct ByText {
    const Runtime* runtime;
    bool operator()(std::int32_t a, std::int32_t b) const { return runtime->text(a) < runtime->text(b); }
};

template <class T, class Less>
class Extreme : public Fold {
  public:
    Extreme(bool least, std::uint32_t groups, void* out, Less less)
        : least_(least), out_(static_cast<T*>(out)), less_(less) {
        std::fill_n(out_, groups, missing_value<T>());
    }
    void add(const Piece& piece) override {
        const Body<T> body(piece, 0);
        each_counted(piece, [&](std::uint32_t group, std::uint32_t i) {
            const T value = body[i];
            T& best = out_[group];
            if constexpr (std::is_same_v<Less, ByText>) {
                if (absent(value)) return;
                if (absent(best) || (least_ ? less_(value, best) : less_(best, value))) best = value;
            } else {  // no branch: which value is better cannot be guessed
                const bool better = absent(best) | (least_ ? less_(value, best) : less_(best, value));
                best = (!absent(value) & better) ? value : best;
            }
        });
    }
    void finish() override {}

  private:
    bool least_;
    T* out_;
    Less less_;
};

// The row of the extreme value; of equals the first.
template <class T, class Less>
class ExtremeRow : public Fold {
  public:
    ExtremeRow(bool least, std::uint32_t groups, void* out, std::uint32_t first_row, Less less)
        : least_(least),
          best_(groups, missing_value<T>()),
          out_(static_cast<std::int32_t*>(out)),
          first_row_(first_row),
          less_(less) {
        std::fill_n(out_, groups, missing32);
    }
    void add(const Piece& piece) override {
        const Body<T> body(piece, 0);
        each_counted(piece, [&](std::uint32_t group, std::uint32_t i) {
            const T value = body[i];
            if (absent(value)) return;
            T& best = best_[group];
            if (!absent(best) && !(least_ ? less_(value, best) : less_(best, value))) return;
            best = value;
            out_[group] = static_cast<std::int32_t>(first_row_ + (piece.rows ? piece.rows[i] : i));
        });
    }
    void finish() override {}

  private:
    bool least_;
    std::vector<T> best_;
    std::int32_t* out_;
    std::uint32_t first_row_;
    Less less_;
};

class EndRow : public Fold {
  public:
    EndRow(bool first, std::uint32_t groups, void* out, std::uint32_t first_row)
        : first_(first), out_(static_cast<std::int32_t*>(out)), first_row_(first_row) {
        std::fill_n(out_, groups, missing32);
    }
    void add(const Piece& piece) override {
        each_counted(piece, [&](std::uint32_t group, std::uint32_t i) {
            if (first_ && out_[group] != missing32) return;
            out_[group] = static_cast<std::int32_t>(first_row_ + (piece.rows ? piece.rows[i] : i));
        });
    }
    void finish() override {}

  private:
    bool first_;
    std::int32_t* out_;
    std::uint32_t first_row_;
};

template <template <class, class> class Made, class... Arguments>
std::unique_ptr<Fold> make_ordered(Kind kind, const Runtime& runtime, Arguments... arguments) {
    if (kind == Kind::text)
        return std::make_unique<Made<std::int32_t, ByText>>(arguments..., ByText{&runtime});
    return with_type_of(kind, [&](auto example) -> std::unique_ptr<Fold> {
        using T = decltype(example);
        return std::make_unique<Made<T, ByValue<T>>>(arguments..., ByValue<T>{});
    });
}

}  // namespace

std::unique_ptr<Fold> Fold::make(const Node& node, std::span<const Node* const> bodies, std::uint32_t groups,
                                 void* out, Runtime& runtime) {
    const std::uint32_t first_row = runtime.rows(node.inner).first;
    const auto kind = [&] { return bodies[0]->type.kind; };
    switch (node.reduction) {
        case Reduction::exists:
        case Reduction::all:
            return std::make_unique<FoldBooleans>(node.reduction == Reduction::exists, groups, out);
        case Reduction::count:
            return std::make_unique<Count>(groups, out);
        case Reduction::sum:
            if (kind() == Kind::decimal) return std::make_unique<Sum<double>>(groups, out);
            return std::make_unique<Sum<std::int64_t>>(groups, out);
        case Reduction::min:
        case Reduction::max:
            return make_ordered<Extreme>(kind(), runtime, node.reduction == Reduction::min, groups, out);
        case Reduction::min_by:
        case Reduction::max_by:
            return make_ordered<ExtremeRow>(kind(), runtime, node.reduction == Reduction::min_by, groups, out,
                                            first_row);
        case Reduction::first:
        case Reduction::last:
            return std::make_unique<EndRow>(node.reduction == Reduction::first, groups, out, first_row);
        default:
            return make_distinct_count(bodies, groups, out);
    }
}

}  // namespace caseaudit::expression
