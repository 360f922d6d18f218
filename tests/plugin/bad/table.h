/* A plugin of one check that would be in order, for the bad plugins to get one thing wrong. C11. */
#ifndef CASEAUDIT_TESTS_TABLE_H
#define CASEAUDIT_TESTS_TABLE_H
#include <caseaudit/plugin.h>

static void* table_create(const caseaudit_host* host, const caseaudit_configuration* configuration,
                          const caseaudit_refusal* refusal) {
    (void)host;
    (void)refusal;
    return (void*)configuration; /* anything that is not null */
}
static int32_t table_run(const void* check, const caseaudit_batch* batch, const caseaudit_sink* sink,
                         const caseaudit_refusal* refusal) {
    (void)check;
    (void)batch;
    (void)sink;
    (void)refusal;
    return 0;
}
static void table_destroy(void* check) {
    (void)check;
}

static const caseaudit_check table_check = {
    sizeof(caseaudit_check), "same", "Passes.", 0, NULL, 0, NULL, table_create, table_run, table_destroy,
    CASEAUDIT_JUDGES_BATCHES};
static const caseaudit_check* const table_checks[] = {&table_check};
#endif
