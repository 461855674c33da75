/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/labelled/write.h"

#include <float.h>
#include <limits.h>
#include <math.h>
#include <readstat.h>
#include <string.h>

#include "io/program/output.h"
#include "io/text/glyph.h"

struct writing {
    const struct labelled_target *target;
    struct planned plan;
    readstat_writer_t *writer;
    readstat_variable_t **variables; /* [plan.n] */
    readstat_string_ref_t **refs;    /* texts of any length, in the order of their cells */
    size_t next_ref;
    FILE *stream;
    struct arena *scratch;
    struct err *err;
};

static ssize_t write_bytes(const void *bytes, size_t n, void *context)
{
    struct writing *w = context;
    return fwrite(bytes, 1, n, w->stream) == n ? (ssize_t)n : -1;
}

/* The longest start of a text of at most `most` bytes, not cut inside a character. */
static const char *cut(const char *text, size_t most, struct arena *scratch)
{
    const char *valid = text_valid(text, scratch);
    size_t n = strlen(valid);
    if (n <= most)
        return valid;
    n = most;
    while (n > 0 && ((unsigned char)valid[n] & 0xc0) == 0x80)
        n--;
    return arena_strndup(scratch, valid, n);
}

/* ---- the dictionary ---- */

static char tag_of(enum missing why)
{
    return (char)('a' + (int)why - MISSING_CODE);
}

static double code_of(const struct planned_variable *v, enum missing why)
{
    return v->code_base - (int)why;
}

static void label_value(const struct writing *w, readstat_label_set_t *set, double value,
                        const char *label)
{
    const char *text = cut(label, w->target->label_bytes, w->scratch);
    if (w->target->codes)
        readstat_label_double_value(set, value, text);
    else if (value == floor(value) && fabs(value) < 1e9)
        readstat_label_int32_value(set, (int32_t)value, text);
}

static void label_reason(const struct writing *w, readstat_label_set_t *set,
                         const struct planned_variable *v, enum missing why)
{
    if (w->target->codes)
        label_value(w, set, code_of(v, why), missing_word(why));
    else
        readstat_label_tagged_value(set, tag_of(why), missing_word(why));
}

static void label_code(const struct writing *w, readstat_label_set_t *set,
                       const struct planned_code *code)
{
    if (w->target->codes)
        label_value(w, set, code->value, code->label);
    else
        readstat_label_tagged_value(
            set, code->tag,
            cut(strcmp(code->label, missing_word(MISSING_CODE)) == 0 ? code->code : code->label,
                w->target->label_bytes, w->scratch));
}

/* Which numbers of SPSS mean no answer. */
static void declare_missing(readstat_variable_t *to, const struct planned_variable *v)
{
    if (v->n_codes == 0) {
        readstat_variable_add_missing_double_range(to, code_of(v, MISSING_N - 1),
                                                   code_of(v, MISSING_CODE));
        return;
    }
    if (v->codes_are_range)
        readstat_variable_add_missing_double_range(to, v->range_low, v->range_high);
    if (v->codes_are_range && !isnan(v->apart))
        readstat_variable_add_missing_double_value(to, v->apart);
    for (size_t k = 0; !v->codes_are_range && k < v->n_codes; k++)
        readstat_variable_add_missing_double_value(to, v->codes[k].value);
}

static readstat_label_set_t *add_labels(const struct writing *w, const struct planned_variable *v,
                                        size_t j)
{
    if (v->n_labels == 0 && !v->any_reason)
        return NULL;
    readstat_label_set_t *set = readstat_add_label_set(
        w->writer, w->target->codes ? READSTAT_TYPE_DOUBLE : READSTAT_TYPE_INT32,
        arena_printf(w->scratch, "labels%zu", j + 1));
    for (size_t k = 0; k < v->n_labels; k++)
        label_value(w, set, v->labels[k].value, v->labels[k].label);
    for (size_t k = 0; k < v->n_codes; k++)
        label_code(w, set, &v->codes[k]);
    for (enum missing why = MISSING_CODE; v->n_codes == 0 && why < MISSING_N; why++)
        if (v->reason[why])
            label_reason(w, set, v, why);
    return set;
}

static bool is_long(const struct writing *w, const struct planned_variable *v)
{
    return v->kind == PLANNED_TEXT && v->width > w->target->most_text;
}

static const char *format_of(const struct labelled_target *t, const struct planned_variable *v,
                             struct arena *scratch)
{
    return v->kind == PLANNED_DAY ? t->day_format
           : v->kind == PLANNED_TEXT
               ? arena_printf(scratch, "%s%zu%s", t->before_width, v->width, t->behind_width)
           : v->whole ? t->whole_format
                      : t->real_format;
}

static void add_variable(struct writing *w, size_t j)
{
    static const readstat_measure_t measures[] = {[MEASURE_NOMINAL] = READSTAT_MEASURE_NOMINAL,
                                                  [MEASURE_ORDINAL] = READSTAT_MEASURE_ORDINAL,
                                                  [MEASURE_SCALE] = READSTAT_MEASURE_SCALE};
    const struct planned_variable *v = &w->plan.variables[j];
    bool text = v->kind == PLANNED_TEXT;
    readstat_type_t type = is_long(w, v) ? READSTAT_TYPE_STRING_REF
                           : text        ? READSTAT_TYPE_STRING
                                         : READSTAT_TYPE_DOUBLE;
    readstat_variable_t *to =
        readstat_add_variable(w->writer, v->name, type, text && !is_long(w, v) ? v->width : 0);
    readstat_variable_set_label(to, cut(v->label, w->target->variable_label_bytes, w->scratch));
    readstat_variable_set_measure(to, measures[v->measure]);
    if (!is_long(w, v))
        readstat_variable_set_format(to, format_of(w->target, v, w->scratch));
    if (!text)
        readstat_variable_set_label_set(to, add_labels(w, v, j));
    if (v->any_reason && w->target->codes)
        declare_missing(to, v);
    w->variables[j] = to;
}

/* Texts of any length stand before the cells that name them. */
static void add_refs(struct writing *w)
{
    const struct frame *f = w->plan.table->frame;
    char buffer[32];
    size_t n = 0;
    for (size_t j = 0; j < w->plan.n; j++)
        n += is_long(w, &w->plan.variables[j]) ? f->n_rows : 0;
    w->refs = ARENA_NEW(w->scratch, readstat_string_ref_t *, n);
    n = 0;
    for (size_t i = 0; i < f->n_rows; i++)
        for (size_t j = 0; j < w->plan.n; j++) {
            const struct planned_variable *v = &w->plan.variables[j];
            const char *text = is_long(w, v) ? planned_text(v, i, buffer) : NULL;
            if (is_long(w, v))
                w->refs[n++] = readstat_add_string_ref(w->writer, text ? text : "");
        }
}

/* ---- the cells ---- */

static readstat_error_t put_number(struct writing *w, const struct planned_variable *v,
                                   readstat_variable_t *to, size_t row)
{
    double x = planned_number(v, row);
    if (!isfinite(x)) {
        enum missing why = isnan(x) ? planned_reason(v, row) : MISSING_BLANK;
        if (why < MISSING_CODE)
            return readstat_insert_missing_value(w->writer, to);
        const struct planned_code *code = why == MISSING_CODE ? planned_code(v, row) : NULL;
        if (code)
            return w->target->codes
                       ? readstat_insert_double_value(w->writer, to, code->value)
                       : readstat_insert_tagged_missing_value(w->writer, to, code->tag);
        return w->target->codes ? readstat_insert_double_value(w->writer, to, code_of(v, why))
                                : readstat_insert_tagged_missing_value(w->writer, to, tag_of(why));
    }
    if (v->kind == PLANNED_DAY)
        x = (x - w->target->epoch) * w->target->day;
    return readstat_insert_double_value(w->writer, to, x);
}

static readstat_error_t put_cell(struct writing *w, size_t j, size_t row)
{
    const struct planned_variable *v = &w->plan.variables[j];
    char buffer[32];
    if (v->kind != PLANNED_TEXT)
        return put_number(w, v, w->variables[j], row);
    if (is_long(w, v))
        return readstat_insert_string_ref(w->writer, w->variables[j], w->refs[w->next_ref++]);
    const char *text = planned_text(v, row, buffer);
    return readstat_insert_string_value(w->writer, w->variables[j], text ? text : "");
}

static readstat_error_t put_rows(struct writing *w)
{
    readstat_error_t status = READSTAT_OK;
    for (size_t i = 0; i < w->plan.table->frame->n_rows && status == READSTAT_OK; i++) {
        status = readstat_begin_row(w->writer);
        for (size_t j = 0; j < w->plan.n && status == READSTAT_OK; j++)
            status = put_cell(w, j, i);
        if (status == READSTAT_OK)
            status = readstat_end_row(w->writer);
    }
    return status;
}

/* ---- the whole ---- */

static bool all_fit(struct writing *w)
{
    for (size_t j = 0; j < w->plan.n; j++)
        if (is_long(w, &w->plan.variables[j]) && !w->target->long_text)
            return err_at(
                w->err, ERR_VALUE,
                &(struct problem){.column = w->plan.variables[j].column->name,
                                  .what = arena_printf(w->scratch,
                                                       "holds a text of %zu bytes; %s "
                                                       "holds %zu at most",
                                                       w->plan.variables[j].width,
                                                       w->target->program, w->target->most_text),
                                  .mend = "write it as .csv or .dta"});
    return w->plan.table->frame->n_rows <= INT_MAX ||
           err_set(w->err, ERR_VALUE, "%s holds 2,147,483,647 cases at most", w->target->program);
}

static readstat_error_t write_all(struct writing *w)
{
    readstat_writer_t *to = w->writer;
    const char *title = w->plan.table->title ? w->plan.table->title : w->plan.table->id;
    readstat_set_data_writer(to, write_bytes);
    readstat_writer_set_file_timestamp(to, output_created());
    readstat_writer_set_file_label(to, cut(title, w->target->title_bytes, w->scratch));
    for (size_t i = 0; i < w->plan.n_notes; i++)
        readstat_add_note(to, cut(w->plan.notes[i], w->target->note_bytes, w->scratch));
    for (size_t j = 0; j < w->plan.n; j++)
        add_variable(w, j);
    add_refs(w);
    readstat_error_t status =
        (readstat_error_t)w->target->begin(to, w, (long)w->plan.table->frame->n_rows);
    if (status == READSTAT_OK)
        status = put_rows(w);
    return status == READSTAT_OK ? readstat_end_writing(to) : status;
}

bool labelled_write(const struct table *table, const struct labelled_target *target, FILE *stream,
                    struct err *err)
{
    struct arena *scratch = arena_new();
    struct writing w = {.target = target, .stream = stream, .scratch = scratch, .err = err};
    w.plan = plan_table(table, target->names, scratch);
    w.variables = ARENA_NEW(scratch, readstat_variable_t *, w.plan.n);
    bool done = all_fit(&w);
    w.writer = done ? readstat_writer_init() : NULL;
    if (w.writer) {
        readstat_error_t status = write_all(&w);
        done =
            status == READSTAT_OK || err_set(err, ERR_FILE, "the file of %s cannot be written: %s",
                                             target->program, readstat_error_message(status));
        readstat_writer_free(w.writer);
    }
    arena_free(scratch);
    return done;
}
