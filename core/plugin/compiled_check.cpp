#include "plugin/compiled_check.h"

#include <exception>

#include "plugin/host_services.h"
#include "plugin/printable.h"
#include "plugin/verdicts.h"

namespace caseaudit::plugin {
namespace {

std::string copy(caseaudit_string text) {
    return text.size == 0 ? std::string() : printable(std::string_view(text.data, text.size));
}

// Takes what a plugin says through caseaudit_refusal.
struct Listener {
    bool called = false;
    CompiledCheck::Refusal said;
    caseaudit_refusal table{sizeof(caseaudit_refusal), this, &hear};

    static void hear(void* self, caseaudit_string parameter, caseaudit_string message) {
        auto& listener = *static_cast<Listener*>(self);
        listener.called = true;
        listener.said = {copy(parameter), copy(message)};
    }
    std::string reason() const { return said.message.empty() ? "it gave no reason" : said.message; }
};

// Calls a function of a plugin; "" or what it threw. The contract forbids throwing, so this is for plugins
// that break it.
template <class Call>
std::string guarded(const char* function, Call&& call) {
    try {
        call();
        return "";
    } catch (const std::exception& error) {
        return fmt::format("the check's {} threw an exception: {}", function, printable(error.what()));
    } catch (...) {
        return fmt::format("the check's {} threw an exception of unknown type", function);
    }
}

class CheckHere final : public CompiledCheck {
  public:
    CheckHere(const caseaudit_check& table, const calendar::WorkingDays& working_days)
        : table_(table), host_(working_days) {}
    ~CheckHere() override { static_cast<void>(CheckHere::destroy()); }

    bool create(const caseaudit_configuration& configuration, Refusal& refusal) {
        Listener listener;
        auto thrown = guarded(
            "create", [&] { check_ = table_.create(host_.table(), &configuration, &listener.table); });
        if (thrown.empty() && check_ != nullptr && !listener.called) return true;
        refusal = {listener.said.parameter, thrown.empty() ? listener.reason() : thrown};
        return false;
    }

    std::string run(const caseaudit_batch& batch, const caseaudit_sink& sink,
                    std::vector<Unjudged>&) const override {
        if (check_ == nullptr) return "the check has been destroyed";
        Listener listener;
        std::int32_t status = 0;
        auto thrown = guarded("run", [&] { status = table_.run(check_, &batch, &sink, &listener.table); });
        if (!thrown.empty()) return thrown;
        if (status == 0) return std::string(listener.called ? refused_and_judged : "");
        return std::string(refused_to_judge) + listener.reason();
    }

    std::string destroy() override {
        if (check_ == nullptr) return "";
        void* check = std::exchange(check_, nullptr);
        return guarded("destroy", [&] { table_.destroy(check); });
    }

  private:
    const caseaudit_check& table_;
    HostServices host_;
    void* check_ = nullptr;
};

}  // namespace

Unjudged Unjudged::gave_up(std::size_t first, std::size_t count, const std::string& plugin,
                           std::string words) {
    return {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(count), true,
            fmt::format("plugin {} gave up", plugin), std::move(words)};
}

Unjudged Unjudged::quarantined(std::size_t first, std::size_t count, const std::string& plugin) {
    return {static_cast<std::uint32_t>(first),
            static_cast<std::uint32_t>(count),
            false,
            fmt::format("plugin {} was quarantined", plugin),
            {}};
}

void leave(Unjudged rows, const caseaudit_sink& sink, std::vector<Unjudged>& unjudged) {
    for (std::size_t row = rows.first; row < rows.first + std::size_t{rows.count}; ++row)
        sink.undecided(sink.self, row);
    unjudged.push_back(std::move(rows));
}

std::string CompiledCheck::judge(const caseaudit_batch& batch, Verdicts& verdicts,
                                 std::vector<Unjudged>& unjudged) const {
    verdicts.start(batch.length, batch.cases);
    auto trouble = run(batch, verdicts.sink(), unjudged);
    auto fault = verdicts.finish();
    return trouble.empty() ? fault : trouble;
}

Result<std::unique_ptr<CompiledCheck>> CompiledCheck::create(const caseaudit_check& check,
                                                             const calendar::WorkingDays& working_days,
                                                             const caseaudit_configuration& configuration,
                                                             Refusal& refusal) {
    auto made = std::make_unique<CheckHere>(check, working_days);
    if (made->create(configuration, refusal)) return std::unique_ptr<CompiledCheck>(std::move(made));
    Diagnostic problem;
    problem.code = "plugin.refused";
    problem.message = refusal.message;
    return problem;
}

}  // namespace caseaudit::plugin
