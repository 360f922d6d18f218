/* The binary contract between caseaudit and its plugins, version 1. C11; no C++ type crosses it.
 *
 * A plugin exports one symbol, caseaudit_plugin_v1: a function that returns the plugin's table. The table
 * and all it points to live as long as the process; plugins are never unloaded.
 *
 * Strings.      (pointer, length), UTF-8, not terminated, borrowed for the call unless said otherwise. The
 *               strings of a plugin's own tables are terminated.
 * Memory.       Nothing is freed across the boundary: each side copies what it keeps.
 * Exceptions.   None may leave a function of the table. Those that do are caught, and fail the rule.
 * Threads.      create and destroy are called from one thread at a time per check, run from many at once.
 * Growth.       The major version must be equal, the plugin's minor not above the host's. Members are only
 *               ever appended to structures that begin with struct_size, which says how much of one its
 *               writer knew; the others (string, value, evidence) never change. Arrays hold pointers, so
 *               that no stride depends on a size. The assertions at the end freeze what each version laid
 * down. */
#ifndef CASEAUDIT_PLUGIN_H
#define CASEAUDIT_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define CASEAUDIT_ABI_MAJOR 1
#define CASEAUDIT_ABI_MINOR 2
#define CASEAUDIT_PLUGIN_SYMBOL_NAME "caseaudit_plugin_v1"

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
    const char* data; /* may be null when size is 0 */
    size_t size;      /* bytes */
} caseaudit_string;

/* What a parameter, a column or a piece of evidence is. 0 in a schema: any of the first five. */
typedef enum caseaudit_type {
    CASEAUDIT_BOOLEAN = 1, /* Arrow "b" */
    CASEAUDIT_INTEGER = 2, /* Arrow "l", int64 */
    CASEAUDIT_DECIMAL = 3, /* Arrow "g", float64 */
    CASEAUDIT_DATE = 4,    /* Arrow "tdD", int32 days since 1970-01-01, proleptic Gregorian */
    CASEAUDIT_TEXT = 5,    /* Arrow "u", UTF-8 with int32 offsets; codes and postcodes come as text */
    CASEAUDIT_DURATION = 6 /* a constant only: count and unit */
} caseaudit_type;

typedef enum caseaudit_unit {
    CASEAUDIT_DAYS = 1,
    CASEAUDIT_WORKING_DAYS = 2, /* by the pack's calendar */
    CASEAUDIT_WEEKS = 3,
    CASEAUDIT_MONTHS = 4, /* 31 January + 1 month = last day of February */
    CASEAUDIT_YEARS = 5   /* 29 February + 1 year = 28 February */
} caseaudit_unit;

typedef struct caseaudit_value {
    int32_t type; /* caseaudit_type; 0 = missing */
    int32_t unit; /* caseaudit_unit of a duration, else 0 */
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

/* Which limits a parameter has. */
typedef enum caseaudit_limit { CASEAUDIT_AT_LEAST = 1, CASEAUDIT_AT_MOST = 2 } caseaudit_limit;

typedef struct caseaudit_parameter {
    uint32_t struct_size;
    int32_t kind;            /* caseaudit_parameter_kind */
    int32_t type;            /* caseaudit_type; 0 = any */
    int32_t required;        /* 0 or 1 */
    const char* name;        /* lower case, [a-z][a-z0-9_]* */
    const char* description; /* what it means and, when optional, what holds without it */
    /* Since 1.2, all of what follows, and of constants only. The host refuses what a rule gives outside of
     * these limits before it makes the check, and points at the place in the rule. */
    uint32_t limits;           /* the sum of those of caseaudit_limit that there are */
    uint32_t units;            /* of a duration: the sum of 1 << caseaudit_unit of those allowed; 0: all */
    double least;              /* of a number or the count of a duration, itself allowed; of each in a list */
    double most;               /* likewise */
    caseaudit_value otherwise; /* what the check takes when the rule gives nothing, to be shown; type 0: see
                                * the description. Text lives as long as the table. */
} caseaudit_parameter;

/* One name that failures carry values under, for messages: "{late}". */
typedef struct caseaudit_evidence_schema {
    uint32_t struct_size;
    int32_t type;     /* caseaudit_type; 0 = any */
    const char* name; /* as a parameter's */
    const char* description;
} caseaudit_evidence_schema;

/* Services of the host, valid as long as the check that was created with them. Safe to call from any
 * thread. Dates are days since 1970-01-01; results beyond int32 are cut to it. */
typedef struct caseaudit_host {
    uint32_t struct_size;
    uint32_t abi_minor; /* the host's */
    void* self;         /* first argument of the functions */
    /* `count` units after `date`, before it when negative. The n-th working day after (or before) `date`,
     * whether or not `date` is one; 0 working days: `date` itself. An unknown unit: `date`. */
    int32_t (*add)(void* self, int32_t date, int64_t count, int32_t unit);
    /* Working days d with from < d <= to; the negative of (to, from) when to < from. */
    int64_t (*working_days_between)(void* self, int32_t from, int32_t to);
    int32_t (*is_working_day)(void* self, int32_t date); /* 0 or 1 */
} caseaudit_host;

/* A parameter as the rule gives it. For expressions `values` is null and `column` is the first of `count`
 * columns in each batch. */
typedef struct caseaudit_argument {
    uint32_t struct_size;
    int32_t kind; /* caseaudit_parameter_kind */
    int32_t type; /* of an expression: what the host compiled it to; of a list of mixed types 0 */
    caseaudit_string name;
    size_t count;
    const caseaudit_value* values;
    size_t column;
    const caseaudit_string* texts; /* each expression as the rule writes it; null for constants */
} caseaudit_argument;

/* Borrowed for the call of create. */
typedef struct caseaudit_configuration {
    uint32_t struct_size;
    int32_t as_at; /* the date that the audit speaks of, days since 1970-01-01 */
    caseaudit_string pack;
    caseaudit_string rule;
    size_t argument_count;
    const caseaudit_argument* const* arguments; /* only those the rule gives, in the order of the schema */
} caseaudit_configuration;

/* One batch: `length` rows of the population, and one column for each expression. Owned by the host and
 * valid for the call; release nothing.
 * A value that is missing or invalid has validity bit 0 in its Arrow column (validity may be left out when
 * there is none). A boolean that is undecided is missing. One exception: a code that is not on its list is
 * invalid, by its state, and yet known: its validity bit is 1 and its text in the column.
 * All population rows of a case are in one batch, next to each other, in the table's order; a row that
 * belongs to no case has a number of its own. */
typedef struct caseaudit_batch {
    uint32_t struct_size;
    size_t length;
    size_t column_count;
    const struct ArrowArray* columns;
    const struct ArrowSchema* schemas;
    /* Per column, per row: 0 present, 1 missing, 2 invalid. Null for a column in which nothing is invalid:
     * what its validity leaves out is then missing. */
    const uint8_t* const* states;
    const uint32_t* cases; /* per row: equal numbers are rows of one case; ascending */
} caseaudit_batch;

typedef struct caseaudit_evidence {
    caseaudit_string name;
    caseaudit_value value;
} caseaudit_evidence;

/* Takes verdicts. Rows of the batch that get none have passed. A row may get one verdict. Everything is
 * copied. Not to be called after run() returns, nor from another thread. */
typedef struct caseaudit_sink {
    uint32_t struct_size;
    void* self; /* first argument of the functions */
    void (*fail)(void* self, size_t row, const caseaudit_evidence* evidence, size_t evidence_count);
    void (*undecided)(void* self, size_t row);
    /* 64 rows at once, without evidence: bit i speaks of row first + i. May be null: use the others. */
    void (*mark)(void* self, size_t first, uint64_t failed, uint64_t undecided);
    /* Since 1.1. Said before rows first … first + count - 1 are judged, once every verdict on the rows before
     * them has been given: if judging does not end, or the plugin dies, these rows are named and left out.
     * May be null: nobody asks. */
    void (*judging)(void* self, size_t first, size_t count);
    /* Since 1.2. As fail, and names the rows by which it was judged: rows of this batch, of the same case, at
     * most 256. They are shown with the finding as its context, in this order. May be null: use fail. */
    void (*fail_by)(void* self, size_t row, const caseaudit_evidence* evidence, size_t evidence_count,
                    const size_t* rows, size_t row_count);
} caseaudit_sink;

/* How a check goes through a batch. */
typedef enum caseaudit_judges {
    CASEAUDIT_JUDGES_BATCHES = 0, /* in a way of its own */
    CASEAUDIT_JUDGES_ROWS = 1,    /* row by row in order, each by its own cells alone */
    CASEAUDIT_JUDGES_CASES = 2    /* case by case in order, the rows of one together */
} caseaudit_judges;

/* Says why create or run refused. Copied by the host. `parameter` may be empty. A message never contains
 * a value of a record. */
typedef struct caseaudit_refusal {
    uint32_t struct_size;
    void* self; /* first argument of the function */
    void (*refuse)(void* self, caseaudit_string parameter, caseaudit_string message);
} caseaudit_refusal;

typedef struct caseaudit_check {
    uint32_t struct_size;
    const char* name;        /* lower case, [a-z][a-z0-9-]*; packs write "<plugin>.<check>" */
    const char* description; /* one sentence */
    size_t parameter_count;
    const caseaudit_parameter* const* parameters;
    size_t evidence_count;
    const caseaudit_evidence_schema* const* evidence;
    /* Returns the compiled check, or null after calling refusal->refuse. */
    void* (*create)(const caseaudit_host* host, const caseaudit_configuration* configuration,
                    const caseaudit_refusal* refusal);
    /* Judges a batch; 0, or non-zero after calling refusal->refuse: then again, by parts, to see which row or
     * case that is for. Concurrent: `check` is shared by threads and must not change. */
    int32_t (*run)(const void* check, const caseaudit_batch* batch, const caseaudit_sink* sink,
                   const caseaudit_refusal* refusal);
    void (*destroy)(void* check);
    /* Since 1.1. caseaudit_judges. What is not 0 is a promise: that run says sink->judging before each row or
     * case, and can be given a batch that begins with any row, or any case. A check that promises nothing is
     * run case by case where the host must know what it is judging. */
    int32_t judges;
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

/* What was laid down for 64-bit machines. A line here may be added, never changed. */
#if UINTPTR_MAX == UINT64_MAX
#ifdef __cplusplus
#define CASEAUDIT_FROZEN(type, member, offset) \
    static_assert(offsetof(type, member) == (offset), #type "." #member " moved: the ABI is append only")
#else
#define CASEAUDIT_FROZEN(type, member, offset) \
    _Static_assert(offsetof(type, member) == (offset), #type "." #member " moved: the ABI is append only")
#endif
CASEAUDIT_FROZEN(caseaudit_string, data, 0);
CASEAUDIT_FROZEN(caseaudit_string, size, 8);
CASEAUDIT_FROZEN(caseaudit_value, type, 0);
CASEAUDIT_FROZEN(caseaudit_value, unit, 4);
CASEAUDIT_FROZEN(caseaudit_value, as, 8);
CASEAUDIT_FROZEN(caseaudit_parameter, struct_size, 0);
CASEAUDIT_FROZEN(caseaudit_parameter, kind, 4);
CASEAUDIT_FROZEN(caseaudit_parameter, type, 8);
CASEAUDIT_FROZEN(caseaudit_parameter, required, 12);
CASEAUDIT_FROZEN(caseaudit_parameter, name, 16);
CASEAUDIT_FROZEN(caseaudit_parameter, description, 24);
CASEAUDIT_FROZEN(caseaudit_parameter, limits, 32); /* 1.2 */
CASEAUDIT_FROZEN(caseaudit_parameter, units, 36);
CASEAUDIT_FROZEN(caseaudit_parameter, least, 40);
CASEAUDIT_FROZEN(caseaudit_parameter, most, 48);
CASEAUDIT_FROZEN(caseaudit_parameter, otherwise, 56);
CASEAUDIT_FROZEN(caseaudit_evidence_schema, struct_size, 0);
CASEAUDIT_FROZEN(caseaudit_evidence_schema, type, 4);
CASEAUDIT_FROZEN(caseaudit_evidence_schema, name, 8);
CASEAUDIT_FROZEN(caseaudit_evidence_schema, description, 16);
CASEAUDIT_FROZEN(caseaudit_host, struct_size, 0);
CASEAUDIT_FROZEN(caseaudit_host, abi_minor, 4);
CASEAUDIT_FROZEN(caseaudit_host, self, 8);
CASEAUDIT_FROZEN(caseaudit_host, add, 16);
CASEAUDIT_FROZEN(caseaudit_host, working_days_between, 24);
CASEAUDIT_FROZEN(caseaudit_host, is_working_day, 32);
CASEAUDIT_FROZEN(caseaudit_argument, struct_size, 0);
CASEAUDIT_FROZEN(caseaudit_argument, kind, 4);
CASEAUDIT_FROZEN(caseaudit_argument, type, 8);
CASEAUDIT_FROZEN(caseaudit_argument, name, 16);
CASEAUDIT_FROZEN(caseaudit_argument, count, 32);
CASEAUDIT_FROZEN(caseaudit_argument, values, 40);
CASEAUDIT_FROZEN(caseaudit_argument, column, 48);
CASEAUDIT_FROZEN(caseaudit_argument, texts, 56);
CASEAUDIT_FROZEN(caseaudit_configuration, struct_size, 0);
CASEAUDIT_FROZEN(caseaudit_configuration, as_at, 4);
CASEAUDIT_FROZEN(caseaudit_configuration, pack, 8);
CASEAUDIT_FROZEN(caseaudit_configuration, rule, 24);
CASEAUDIT_FROZEN(caseaudit_configuration, argument_count, 40);
CASEAUDIT_FROZEN(caseaudit_configuration, arguments, 48);
CASEAUDIT_FROZEN(caseaudit_batch, struct_size, 0);
CASEAUDIT_FROZEN(caseaudit_batch, length, 8);
CASEAUDIT_FROZEN(caseaudit_batch, column_count, 16);
CASEAUDIT_FROZEN(caseaudit_batch, columns, 24);
CASEAUDIT_FROZEN(caseaudit_batch, schemas, 32);
CASEAUDIT_FROZEN(caseaudit_batch, states, 40);
CASEAUDIT_FROZEN(caseaudit_batch, cases, 48);
CASEAUDIT_FROZEN(caseaudit_evidence, name, 0);
CASEAUDIT_FROZEN(caseaudit_evidence, value, 16);
CASEAUDIT_FROZEN(caseaudit_sink, struct_size, 0);
CASEAUDIT_FROZEN(caseaudit_sink, self, 8);
CASEAUDIT_FROZEN(caseaudit_sink, fail, 16);
CASEAUDIT_FROZEN(caseaudit_sink, undecided, 24);
CASEAUDIT_FROZEN(caseaudit_sink, mark, 32);
CASEAUDIT_FROZEN(caseaudit_sink, judging, 40); /* 1.1 */
CASEAUDIT_FROZEN(caseaudit_sink, fail_by, 48); /* 1.2 */
CASEAUDIT_FROZEN(caseaudit_refusal, struct_size, 0);
CASEAUDIT_FROZEN(caseaudit_refusal, self, 8);
CASEAUDIT_FROZEN(caseaudit_refusal, refuse, 16);
CASEAUDIT_FROZEN(caseaudit_check, struct_size, 0);
CASEAUDIT_FROZEN(caseaudit_check, name, 8);
CASEAUDIT_FROZEN(caseaudit_check, description, 16);
CASEAUDIT_FROZEN(caseaudit_check, parameter_count, 24);
CASEAUDIT_FROZEN(caseaudit_check, parameters, 32);
CASEAUDIT_FROZEN(caseaudit_check, evidence_count, 40);
CASEAUDIT_FROZEN(caseaudit_check, evidence, 48);
CASEAUDIT_FROZEN(caseaudit_check, create, 56);
CASEAUDIT_FROZEN(caseaudit_check, run, 64);
CASEAUDIT_FROZEN(caseaudit_check, destroy, 72);
CASEAUDIT_FROZEN(caseaudit_check, judges, 80); /* 1.1 */
CASEAUDIT_FROZEN(caseaudit_plugin, struct_size, 0);
CASEAUDIT_FROZEN(caseaudit_plugin, abi_major, 4);
CASEAUDIT_FROZEN(caseaudit_plugin, abi_minor, 8);
CASEAUDIT_FROZEN(caseaudit_plugin, name, 16);
CASEAUDIT_FROZEN(caseaudit_plugin, version, 24);
CASEAUDIT_FROZEN(caseaudit_plugin, description, 32);
CASEAUDIT_FROZEN(caseaudit_plugin, check_count, 40);
CASEAUDIT_FROZEN(caseaudit_plugin, checks, 48);
#undef CASEAUDIT_FROZEN
#endif

#ifdef __cplusplus
}
#endif
#endif
