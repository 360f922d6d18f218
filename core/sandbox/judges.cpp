#include "sandbox/judges.h"

#include "plugin/schema.h"

namespace caseaudit::sandbox {
namespace {

std::string_view view(caseaudit_string text) {
    return text.size == 0 ? std::string_view() : std::string_view(text.data, text.size);
}

// The sink of a part of a batch: its rows count from `first`.
class Sink {
  public:
    Sink(Results& results, std::size_t first, bool says_unit)
        : results_(results), first_(first), table_{sizeof table_, this, fail,
                                                   undecided,     mark, says_unit ? judging : nullptr,
                                                   fail_by} {}
    const caseaudit_sink& table() const { return table_; }

  private:
    static Sink& of(void* self) { return *static_cast<Sink*>(self); }
    std::uint32_t row(std::size_t within) const { return static_cast<std::uint32_t>(first_ + within); }

    static void judging(void* self, std::size_t first, std::size_t count) {
        of(self).results_.judging({of(self).row(first), static_cast<std::uint32_t>(count)});
    }
    static void undecided(void* self, std::size_t row) {
        of(self).results_.start(Frame::undecided, 4);
        of(self).results_.put(of(self).row(row));
        of(self).results_.finish();
    }
    static void mark(void* self, std::size_t first, std::uint64_t failed, std::uint64_t undecided_rows) {
        if ((failed | undecided_rows) == 0) return;
        auto& results = of(self).results_;
        results.start(Frame::marked, 24);
        results.put(static_cast<std::uint64_t>(of(self).first_ + first));
        results.put(failed);
        results.put(undecided_rows);
        results.finish();
    }
    static std::size_t size_of(const caseaudit_evidence& one) {
        return 4 + one.name.size + 8 + (one.value.type == CASEAUDIT_TEXT ? 4 + one.value.as.text.size : 8);
    }
    static bool fits(const caseaudit_evidence& one) {
        return one.name.size <= text_limit &&
               (one.value.type != CASEAUDIT_TEXT || one.value.as.text.size <= text_limit);
    }
    static void fail(void* self, std::size_t row, const caseaudit_evidence* evidence, std::size_t count) {
        fail_by(self, row, evidence, count, nullptr, 0);
    }
    static void fail_by(void* self, std::size_t row, const caseaudit_evidence* evidence, std::size_t count,
                        const std::size_t* rows, std::size_t row_count) {
        auto& results = of(self).results_;
        std::size_t size = 12 + 4 * row_count;
        bool fitting = count <= evidence_limit && row_count <= context_limit;
        for (std::size_t i = 0; i < count && fitting; ++i) {
            fitting = fits(evidence[i]);
            size += size_of(evidence[i]);
        }
        if (!fitting)
            return results.frame(Frame::trouble,
                                 "the check gave more evidence on a record than a sandboxed plugin may: 256 "
                                 "pieces of 65,536 bytes, and 256 records");
        results.start(Frame::failed, size);
        results.put(of(self).row(row));
        results.put(static_cast<std::uint32_t>(count));
        for (std::size_t i = 0; i < count; ++i) {
            const auto& [name, value] = evidence[i];
            results.text(view(name));
            results.put(value.type);
            results.put(value.unit);
            if (value.type == CASEAUDIT_TEXT)
                results.text(view(value.as.text));
            else
                results.put(value.as.integer);
        }
        results.put(static_cast<std::uint32_t>(row_count));
        for (std::size_t i = 0; i < row_count; ++i) results.put(of(self).row(rows[i]));
        results.finish();
    }

    Results& results_;
    std::size_t first_;
    caseaudit_sink table_;
};

}  // namespace

void Judges::create(std::string_view request) {
    Decoder in(request);
    const auto number = in.get<std::uint32_t>();
    auto& made = made_.emplace_back();
    if (number >= plugin_.check_count) return;
    made.definition = plugin_.checks[number];
    made.configuration = std::make_unique<Configuration>(request.substr(sizeof number));
    plugin::CompiledCheck::Refusal refusal;
    auto created = plugin::CompiledCheck::create(*made.definition, made.configuration->working_days(),
                                                 made.configuration->get(), refusal);
    if (created) {
        made.check = std::move(*created);
        return;
    }
    refusal.parameter.resize(std::min(refusal.parameter.size(), text_limit));
    refusal.message.resize(std::min(refusal.message.size(), text_limit));
    results_.frame(Frame::refusal, Encoder().text(refusal.parameter).text(refusal.message).bytes());
}

void Judges::run(std::string_view request) {
    Decoder in(request);
    const Made& made = made_.at(in.get<std::uint32_t>());
    const auto first = static_cast<std::size_t>(in.get<std::uint64_t>());
    batch_.decode(in, shared_);
    if (made.check == nullptr) return results_.frame(Frame::trouble, "the check has been refused");
    auto why = plugin::judges_of(*made.definition) == CASEAUDIT_JUDGES_BATCHES ? run_case_by_case(made, first)
                                                                               : run_from(made, first);
    why.resize(std::min(why.size(), text_limit));
    if (!why.empty() && why != plugin::refused_and_judged) return results_.frame(Frame::gave_up, why);
    results_.judging({static_cast<std::uint32_t>(batch_.whole().length), 0});
    if (!why.empty()) results_.frame(Frame::trouble, why);
}

std::string Judges::run_from(const Made& made, std::size_t first) {
    const std::size_t end = plugin::judges_of(*made.definition) == CASEAUDIT_JUDGES_ROWS
                                ? first + 1
                                : plugin::end_of_case(batch_.whole(), first);
    results_.judging({static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(end - first)});
    return run_rows(made, first, batch_.whole().length - first, true);
}

std::string Judges::run_case_by_case(const Made& made, std::size_t first) {
    for (std::size_t row = first, end = first; row < batch_.whole().length; row = end) {
        end = plugin::end_of_case(batch_.whole(), row);
        results_.judging({static_cast<std::uint32_t>(row), static_cast<std::uint32_t>(end - row)});
        if (auto trouble = run_rows(made, row, end - row, false); !trouble.empty()) return trouble;
    }
    return "";
}

std::string Judges::run_rows(const Made& made, std::size_t first, std::size_t count, bool says_unit) {
    const Sink sink(results_, first, says_unit);
    return made.check->run(batch_.rows(first, count), sink.table());
}

}  // namespace caseaudit::sandbox
