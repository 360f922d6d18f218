/* A check in C11 that uses all that the version of the contract it is built against has. */
#include <caseaudit/plugin.h>
#include <stdlib.h>
#include <string.h>

typedef struct minimum {
    int64_t least;
    size_t column;
} minimum;

static int is(caseaudit_string text, const char* name) {
    return text.size == strlen(name) && memcmp(text.data, name, text.size) == 0;
}

static void* create(const caseaudit_host* host, const caseaudit_configuration* configuration,
                    const caseaudit_refusal* refusal) {
    minimum* made = (minimum*)calloc(1, sizeof *made);
    (void)host;
    made->least = 1;
    for (size_t i = 0; i < configuration->argument_count; ++i) {
        const caseaudit_argument* argument = configuration->arguments[i];
        if (is(argument->name, "value")) made->column = argument->column;
        if (is(argument->name, "least")) made->least = argument->values[0].as.integer;
    }
    if (made->least < 0) {
        const caseaudit_string parameter = {"least", 5}, message = {"must not be negative", 20};
        refusal->refuse(refusal->self, parameter, message);
        free(made);
        return NULL;
    }
    return made;
}

static void fail(const caseaudit_batch* batch, const caseaudit_sink* sink, size_t row, int64_t lacking) {
    caseaudit_evidence evidence = {{"short", 5}, {CASEAUDIT_INTEGER, 0, {0}}};
    evidence.value.as.integer = lacking;
#if CASEAUDIT_ABI_MINOR >= 2
    if (row > 0 && batch->cases[row - 1] == batch->cases[row]) {
        const size_t before = row - 1;
        sink->fail_by(sink->self, row, &evidence, 1, &before, 1);
        return;
    }
#endif
    (void)batch;
    sink->fail(sink->self, row, &evidence, 1);
}

static int32_t run(const void* check, const caseaudit_batch* batch, const caseaudit_sink* sink,
                   const caseaudit_refusal* refusal) {
    const minimum* wanted = (const minimum*)check;
    const struct ArrowArray* column = &batch->columns[wanted->column];
    const uint8_t* validity = (const uint8_t*)column->buffers[0];
    const int64_t* values = (const int64_t*)column->buffers[1] + column->offset;
    for (size_t row = 0; row < batch->length; ++row) {
#if CASEAUDIT_ABI_MINOR >= 1
        if (sink->judging != NULL) sink->judging(sink->self, row, 1);
#endif
        if (validity != NULL && (validity[row / 8] >> (row % 8) & 1) == 0)
            sink->undecided(sink->self, row);
        else if (values[row] == 13) {
            const caseaudit_string parameter = {NULL, 0}, message = {"13 is no number", 15};
            fail(batch, sink, row, 13);
            refusal->refuse(refusal->self, parameter, message);
            return 1;
        } else if (values[row] < wanted->least)
            fail(batch, sink, row, wanted->least - values[row]);
    }
    return 0;
}

static void destroy(void* check) {
    free(check);
}

static const caseaudit_parameter value = {.struct_size = sizeof(caseaudit_parameter),
                                          .kind = CASEAUDIT_EXPRESSION,
                                          .type = CASEAUDIT_INTEGER,
                                          .required = 1,
                                          .name = "value",
                                          .description = "The number."};
static const caseaudit_parameter least = {.struct_size = sizeof(caseaudit_parameter),
                                          .kind = CASEAUDIT_CONSTANT,
                                          .type = CASEAUDIT_INTEGER,
                                          .name = "least",
                                          .description = "The least it may be.",
#if CASEAUDIT_ABI_MINOR >= 2
                                          .limits = CASEAUDIT_AT_LEAST,
                                          .least = 0,
                                          .otherwise = {CASEAUDIT_INTEGER, 0, {1}}
#endif
};
static const caseaudit_parameter* const parameters[] = {&value, &least};
static const caseaudit_evidence_schema shortfall = {sizeof(caseaudit_evidence_schema), CASEAUDIT_INTEGER, "short",
                                                    "By how much it is too small."};
static const caseaudit_evidence_schema* const evidence[] = {&shortfall};
static const caseaudit_check check = {.struct_size = sizeof(caseaudit_check),
                                      .name = "minimum",
                                      .description = "At least so much.",
                                      .parameter_count = 2,
                                      .parameters = parameters,
                                      .evidence_count = 1,
                                      .evidence = evidence,
                                      .create = create,
                                      .run = run,
                                      .destroy = destroy,
#if CASEAUDIT_ABI_MINOR >= 1
                                      .judges = CASEAUDIT_JUDGES_ROWS
#endif
};
static const caseaudit_check* const checks[] = {&check};

CASEAUDIT_EXPORT const caseaudit_plugin* caseaudit_plugin_v1(void) {
    static const caseaudit_plugin plugin = {sizeof(caseaudit_plugin),
                                            CASEAUDIT_ABI_MAJOR,
                                            CASEAUDIT_ABI_MINOR,
                                            "abi",
                                            "1.0",
                                            "For tests.",
                                            1,
                                            checks};
    return &plugin;
}
