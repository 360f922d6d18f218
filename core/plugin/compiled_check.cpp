#include "plugin/compiled_check.h"

#include <exception>

#include "plugin/host_services.h"

namespace caseaudit::plugin {
namespace {

std::string copy(caseaudit_string text) {
    return text.size == 0 ? std::string() : std::string(text.data, text.size);
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
        return fmt::format("the check's {} threw an exception: {}", function, error.what());
    } catch (...) {
        return fmt::format("the check's {} threw an exception of unknown type", function);
    }
}

Diagnostic not_made(const std::string& message) {
    Diagnostic problem;
    problem.code = "plugin.refused";
    problem.message = message;
    return problem;
}

}  // namespace

struct CompiledCheck::Impl {
    Impl(const caseaudit_check& check_table, const calendar::WorkingDays& working_days)
        : table(check_table), host(working_days) {}
    const caseaudit_check& table;
    HostServices host;
    void* check = nullptr;
};

CompiledCheck::CompiledCheck() = default;
CompiledCheck::~CompiledCheck() {
    static_cast<void>(destroy());
}

Result<std::unique_ptr<CompiledCheck>> CompiledCheck::create(const caseaudit_check& check,
                                                             const calendar::WorkingDays& working_days,
                                                             const caseaudit_configuration& configuration,
                                                             Refusal& refusal) {
    std::unique_ptr<CompiledCheck> made(new CompiledCheck);
    made->impl_ = std::make_unique<Impl>(check, working_days);
    Impl& impl = *made->impl_;
    Listener listener;
    auto thrown = guarded(
        "create", [&] { impl.check = check.create(impl.host.table(), &configuration, &listener.table); });
    if (thrown.empty() && impl.check != nullptr && !listener.called) return made;
    refusal = {listener.said.parameter, thrown.empty() ? listener.reason() : thrown};
    return not_made(refusal.message);
}

std::string CompiledCheck::run(const caseaudit_batch& batch, const caseaudit_sink& sink) const {
    if (impl_->check == nullptr) return "the check has been destroyed";
    Listener listener;
    std::int32_t status = 0;
    auto thrown =
        guarded("run", [&] { status = impl_->table.run(impl_->check, &batch, &sink, &listener.table); });
    if (!thrown.empty()) return thrown;
    if (status == 0 && !listener.called) return "";
    return fmt::format("the check could not judge: {}", listener.reason());
}

std::string CompiledCheck::destroy() {
    if (impl_ == nullptr || impl_->check == nullptr) return "";
    void* check = std::exchange(impl_->check, nullptr);
    return guarded("destroy", [&] { impl_->table.destroy(check); });
}

}  // namespace caseaudit::plugin
