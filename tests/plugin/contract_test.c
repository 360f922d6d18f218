/* That the contract can be used from C11, as it stands: a check written in C, run by contract_in_c(). */
#include <caseaudit/plugin.h>
#include <string.h>

typedef struct minimum {
    int64_t least;
    size_t column;
} minimum;

static minimum the_only_one;

static void* create(const caseaudit_host* host, const caseaudit_configuration* configuration,
                    const caseaudit_refusal* refusal) {
    (void)host;
    for (size_t i = 0; i < configuration->argument_count; ++i) {
        const caseaudit_argument* argument = configuration->arguments[i];
        if (argument->name.size == 5 && memcmp(argument->name.data, "value", 5) == 0)
            the_only_one.column = argument->column;
        else
            the_only_one.least = argument->values[0].as.integer;
    }
    if (the_only_one.least < 0) {
        const caseaudit_string parameter = {"least", 5}, message = {"must not be negative", 20};
        refusal->refuse(refusal->self, parameter, message);
        return NULL;
    }
    return &the_only_one;
}

static int32_t run(const void* check, const caseaudit_batch* batch, const caseaudit_sink* sink,
                   const caseaudit_refusal* refusal) {
    const minimum* wanted = (const minimum*)check;
    const struct ArrowArray* column = &batch->columns[wanted->column];
    const uint8_t* validity = (const uint8_t*)column->buffers[0];
    const int64_t* values = (const int64_t*)column->buffers[1] + column->offset;
    (void)refusal;
    for (size_t row = 0; row < batch->length; ++row) {
        if (validity != NULL && (validity[row / 8] >> (row % 8) & 1) == 0) {
            sink->undecided(sink->self, row);
        } else if (values[row] < wanted->least) {
            caseaudit_evidence evidence = {{"short", 5}, {CASEAUDIT_INTEGER, 0, {0}}};
            evidence.value.as.integer = wanted->least - values[row];
            sink->fail(sink->self, row, &evidence, 1);
        }
    }
    return 0;
}

static void destroy(void* check) {
    (void)check;
}

const caseaudit_plugin* contract_in_c(void);
const caseaudit_plugin* contract_in_c(void) {
    static const caseaudit_parameter value = {.struct_size = sizeof(caseaudit_parameter),
                                              .kind = CASEAUDIT_EXPRESSION,
                                              .type = CASEAUDIT_INTEGER,
                                              .required = 1,
                                              .name = "value",
                                              .description = "The number."};
    static const caseaudit_parameter least = {.struct_size = sizeof(caseaudit_parameter),
                                              .kind = CASEAUDIT_CONSTANT,
                                              .type = CASEAUDIT_INTEGER,
                                              .required = 1,
                                              .name = "least",
                                              .description = "The least it may be."};
    static const caseaudit_parameter* const parameters[] = {&value, &least};
    static const caseaudit_evidence_schema shortfall = {sizeof(caseaudit_evidence_schema), CASEAUDIT_INTEGER,
                                                        "short", "By how much it is too small."};
    static const caseaudit_evidence_schema* const evidence[] = {&shortfall};
    static const caseaudit_check check = {sizeof(caseaudit_check),
                                          "minimum",
                                          "At least so much.",
                                          2,
                                          parameters,
                                          1,
                                          evidence,
                                          create,
                                          run,
                                          destroy,
                                          CASEAUDIT_JUDGES_BATCHES};
    static const caseaudit_check* const checks[] = {&check};
    static const caseaudit_plugin plugin = {sizeof(caseaudit_plugin),
                                            CASEAUDIT_ABI_MAJOR,
                                            CASEAUDIT_ABI_MINOR,
                                            "in-c",
                                            "1.0",
                                            "For tests.",
                                            1,
                                            checks};
    return &plugin;
}
