/* The binary contract between caseaudit and its plugins, version 1. C11, no C++ type crosses it.
 *
 * A plugin exports one symbol, caseaudit_plugin_v1, a function that returns its table. The table and all it
 * points to live as long as the plugin is loaded; plugins are never unloaded. Strings are (pointer, length),
 * UTF-8, not terminated, and borrowed for the call unless said otherwise. Nothing is freed across the
 * boundary and no exception may leave a function of the table.
 *
 * Compatibility: the major version must be equal, the plugin's minor not above the host's. Members are only
 * ever appended; struct_size tells how far a side's knowledge reaches. */
#ifndef CASEAUDIT_PLUGIN_H
#define CASEAUDIT_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define CASEAUDIT_ABI_MAJOR 1
#define CASEAUDIT_ABI_MINOR 0

/* The Arrow C Data Interface, as its specification defines it. */
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE
#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4
struct ArrowSchema {
    const char* format;
    const char* name;
    const char* metadata;
    int64_t flags;
    int64_t n_children;
    struct ArrowSchema** children;
    struct ArrowSchema* dictionary;
    void (*release)(struct ArrowSchema*);
    void* private_data;
};
struct ArrowArray {
    int64_t length;
    int64_t null_count;
    int64_t offset;
    int64_t n_buffers;
    int64_t n_children;
    const void** buffers;
    struct ArrowArray** children;
    struct ArrowArray* dictionary;
    void (*release)(struct ArrowArray*);
    void* private_data;
};
#endif

typedef struct caseaudit_string {
    const char* data;
    size_t size;
} caseaudit_string;

/* What a parameter or a piece of evidence is. */
typedef enum caseaudit_type {
    CASEAUDIT_BOOLEAN = 1, /* Arrow "b" */
    CASEAUDIT_INTEGER = 2, /* Arrow "l", int64 */
    CASEAUDIT_DECIMAL = 3, /* Arrow "g", float64 */
    CASEAUDIT_DATE = 4,    /* Arrow "tdD", int32 days since 1970-01-01 */
    CASEAUDIT_TEXT = 5,    /* Arrow "u", UTF-8 */
    CASEAUDIT_DURATION = 6 /* a constant only: count and unit */
} caseaudit_type;

typedef enum caseaudit_unit {
    CASEAUDIT_DAYS = 1,
    CASEAUDIT_WORKING_DAYS = 2, /* by the pack's calendar */
    CASEAUDIT_WEEKS = 3,
    CASEAUDIT_MONTHS = 4,
    CASEAUDIT_YEARS = 5
} caseaudit_unit;

typedef struct caseaudit_value {
    int32_t type; /* caseaudit_type; 0 = missing */
    int32_t unit; /* of a duration */
    union {
        int64_t integer; /* also boolean 0/1, date, and the count of a duration */
        double decimal;
        caseaudit_string text;
    } as;
} caseaudit_value;

/* How a check wants a parameter. */
typedef enum caseaudit_parameter_kind {
    CASEAUDIT_CONSTANT = 1,       /* a value known at load; `values` holds one */
    CASEAUDIT_CONSTANT_LIST = 2,  /* a list of them */
    CASEAUDIT_EXPRESSION = 3,     /* compiled by the host; its column comes with each batch */
    CASEAUDIT_EXPRESSION_LIST = 4 /* a list of expressions, a column each */
} caseaudit_parameter_kind;

typedef struct caseaudit_parameter {
    uint32_t struct_size;
    int32_t kind;     /* caseaudit_parameter_kind */
    int32_t type;     /* caseaudit_type; 0 = any */
    int32_t required; /* 0 or 1 */
    const char* name; /* terminated, as are all strings of the plugin's own tables */
    const char* description;
} caseaudit_parameter;

/* Services of the host, valid as long as the check that was created with them. Safe to call from any
 * thread. Dates are days since 1970-01-01. */
typedef struct caseaudit_host {
    uint32_t struct_size;
    uint32_t abi_minor;
    void* self;
    int32_t (*add)(void* self, int32_t date, int64_t count, int32_t unit); /* caseaudit_unit */
    int64_t (*working_days_between)(void* self, int32_t from, int32_t to); /* days d with from < d <= to */
    int32_t (*is_working_day)(void* self, int32_t date);
} caseaudit_host;

/* A parameter as the rule gives it. For expressions `values` is null and `column` is the first of
 * `count` columns in each batch. */
typedef struct caseaudit_argument {
    caseaudit_string name;
    int32_t kind;
    int32_t type; /* of an expression: what the host compiled it to */
    size_t count;
    const caseaudit_value* values;
    size_t column;
} caseaudit_argument;

typedef struct caseaudit_configuration {
    uint32_t struct_size;
    caseaudit_string pack;
    caseaudit_string rule;
    size_t argument_count;
    const caseaudit_argument* arguments; /* only those the rule gives, in the order of the schema */
} caseaudit_configuration;

/* One batch: `length` rows of the population, and one column for each expression. */
typedef struct caseaudit_batch {
    uint32_t struct_size;
    size_t length;
    size_t column_count;
    const struct ArrowArray* columns;   /* owned by the host; do not release */
    const struct ArrowSchema* schemas;
    const uint8_t* const* states;       /* per column, per row: 0 present, 1 missing, 2 invalid; or null: all 0 */
    const uint32_t* cases;              /* per row: equal numbers are rows of one case; ascending */
} caseaudit_batch;

typedef struct caseaudit_evidence {
    caseaudit_string name;
    caseaudit_value value;
} caseaudit_evidence;

/* Takes verdicts. Rows of the batch for which neither is called have passed. A row may get one verdict.
 * Everything is copied. Not to be called after run() returns, nor from another thread. */
typedef struct caseaudit_sink {
    uint32_t struct_size;
    void* self;
    void (*fail)(void* self, size_t row, const caseaudit_evidence* evidence, size_t evidence_count);
    void (*undecided)(void* self, size_t row);
} caseaudit_sink;

/* Says why create or run refused. Copied by the host. `parameter` may be empty. */
typedef struct caseaudit_refusal {
    uint32_t struct_size;
    void* self;
    void (*refuse)(void* self, caseaudit_string parameter, caseaudit_string message);
} caseaudit_refusal;

typedef struct caseaudit_check {
    uint32_t struct_size;
    const char* name;        /* "deadline"; packs write "<plugin>.<check>" */
    const char* description; /* one sentence */
    size_t parameter_count;
    const caseaudit_parameter* parameters;
    /* Names of the evidence that failures carry, for messages; null-terminated list or null. */
    const char* const* evidence;
    /* Returns the compiled check, or null after calling refusal->refuse. */
    void* (*create)(const caseaudit_host* host, const caseaudit_configuration* configuration,
                    const caseaudit_refusal* refusal);
    /* Judges a batch; 0, or non-zero after calling refusal->refuse. Concurrent: `check` is shared by
     * threads and must not change. */
    int32_t (*run)(const void* check, const caseaudit_batch* batch, const caseaudit_sink* sink,
                   const caseaudit_refusal* refusal);
    void (*destroy)(void* check);
} caseaudit_check;

typedef struct caseaudit_plugin {
    uint32_t struct_size;
    uint32_t abi_major;
    uint32_t abi_minor;
    const char* name; /* lower case, [a-z][a-z0-9-]* */
    const char* version;
    const char* description;
    size_t check_count;
    const caseaudit_check* const* checks;
} caseaudit_plugin;

typedef const caseaudit_plugin* (*caseaudit_plugin_v1_function)(void);

#if defined(__GNUC__)
#define CASEAUDIT_EXPORT __attribute__((visibility("default")))
#else
#define CASEAUDIT_EXPORT
#endif

#ifdef __cplusplus
}
#endif
#endif
