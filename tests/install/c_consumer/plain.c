/* A plugin without a line of C++, against the installed header. */
#include <caseaudit/plugin.h>

static int made;

static void* create(const caseaudit_host* host, const caseaudit_configuration* configuration,
                    const caseaudit_refusal* refusal) {
    (void)host, (void)configuration, (void)refusal;
    return &made;
}
static int32_t run(const void* check, const caseaudit_batch* batch, const caseaudit_sink* sink,
                   const caseaudit_refusal* refusal) {
    (void)check, (void)refusal;
    for (size_t row = 0; row < batch->length; ++row) sink->fail(sink->self, row, NULL, 0);
    return 0;
}
static void destroy(void* check) {
    (void)check;
}

CASEAUDIT_EXPORT const caseaudit_plugin* caseaudit_plugin_v1(void) {
    static const caseaudit_check check = {
        sizeof(caseaudit_check), "all-fail", "Fails every row.", 0, NULL, 0, NULL, create, run, destroy,
        CASEAUDIT_JUDGES_BATCHES};
    static const caseaudit_check* const checks[] = {&check};
    static const caseaudit_plugin plugin = {sizeof(caseaudit_plugin),
                                            CASEAUDIT_ABI_MAJOR,
                                            CASEAUDIT_ABI_MINOR,
                                            "plain",
                                            "1.0",
                                            "For tests.",
                                            1,
                                            checks};
    return &plugin;
}
