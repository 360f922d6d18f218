// Checks whose functions throw, though the contract forbids it; written against the C contract, so that only
// the host's guard is between them and the program.
#include <caseaudit/plugin.h>

#include <stdexcept>

namespace {

struct NoException {};

void* create(const caseaudit_host*, const caseaudit_configuration*, const caseaudit_refusal*) {
    return new int(0);
}
void* throwing_create(const caseaudit_host*, const caseaudit_configuration*, const caseaudit_refusal*) {
    throw std::runtime_error("the list of teams is not there");
}
void* odd_create(const caseaudit_host*, const caseaudit_configuration*, const caseaudit_refusal*) {
    throw NoException();
}
void* silent_create(const caseaudit_host*, const caseaudit_configuration*, const caseaudit_refusal*) {
    return nullptr;
}
std::int32_t run(const void*, const caseaudit_batch*, const caseaudit_sink*, const caseaudit_refusal*) {
    return 0;
}
std::int32_t throwing_run(const void*, const caseaudit_batch*, const caseaudit_sink*,
                          const caseaudit_refusal*) {
    throw std::out_of_range("a row too far");
}
std::int32_t silent_run(const void*, const caseaudit_batch*, const caseaudit_sink*,
                        const caseaudit_refusal*) {
    return 1;
}
void destroy(void* check) {
    delete static_cast<int*>(check);
}
void throwing_destroy(void* check) {
    delete static_cast<int*>(check);
    throw std::logic_error("the log file is full");
}

template <auto create_function, auto run_function, auto destroy_function>
constexpr caseaudit_check check(const char* name) {
    return {sizeof(caseaudit_check), name,         "Throws.",        0, nullptr, 0, nullptr,
            create_function,         run_function, destroy_function, 0};
}

constexpr caseaudit_check in_create = check<throwing_create, run, destroy>("in-create");
constexpr caseaudit_check oddly = check<odd_create, run, destroy>("oddly");
constexpr caseaudit_check silently = check<silent_create, run, destroy>("silently");
constexpr caseaudit_check in_run = check<create, throwing_run, destroy>("in-run");
constexpr caseaudit_check fails_silently = check<create, silent_run, destroy>("fails-silently");
constexpr caseaudit_check in_destroy = check<create, run, throwing_destroy>("in-destroy");
constexpr const caseaudit_check* checks[] = {&in_create, &oddly,          &silently,
                                             &in_run,    &fails_silently, &in_destroy};
constexpr caseaudit_plugin table = {sizeof(caseaudit_plugin),
                                    CASEAUDIT_ABI_MAJOR,
                                    CASEAUDIT_ABI_MINOR,
                                    "throwing",
                                    "1.0",
                                    "For tests.",
                                    std::size(checks),
                                    checks};

}  // namespace

extern "C" CASEAUDIT_EXPORT const caseaudit_plugin* caseaudit_plugin_v1(void) {
    return &table;
}
