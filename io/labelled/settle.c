/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/labelled/settle.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "io/labelled/letters.h"
#include "models/base/key_map.h"

enum { MOST_GIVEN_LABELS = 1 << 23, NUMBERS_KEPT = 256 };

/* A number's text, kept for when the number comes again. */
struct kept_number {
    double value;
    const char *text;
};

struct settling {
    const struct gathered *told;
    const struct labelled_kind *kind;
    const char *path, *encoding;
    struct letters *letters;
    bool replacing;             /* bytes that are no letters, by their numbers */
    size_t n_replaced;          /* so far */
    const char *first_replaced; /* where */
    struct key_map *sets;       /* names of sets of labels */
    size_t *first, *next;       /* [sets], [labels]: label + 1 of a set, in the order of the file */
    size_t n_given;             /* labels given to variables */
    struct arena *keep;
    struct err *err;
};

/* ---- texts ---- */

static const char *place_of(const struct settling *s, const char *column, size_t row)
{
    return row ? arena_printf(s->keep, "case %zu, %s", row, column)
               : arena_printf(s->keep, "a text of the variable or part '%s'", column);
}

/* ReadStat's sign for a byte that the table of a portable file does not know. */
static const char unknown_sign[] = "\xef\xbf\xbd";

static size_t count_unknown(const char *text)
{
    size_t n = 0;
    for (const char *p = text; (p = strstr(p, unknown_sign)); p += sizeof unknown_sign - 1)
        n++;
    return n;
}

static const char *no_letters(struct settling *s, const char *shown, const char *column, size_t row)
{
    const bool portable = s->kind->encoding_is_known;
    err_at(s->err, ERR_VALUE,
           &(struct problem){
               .file = s->path,
               .line = row,
               .column = column,
               .value = shown,
               .what = portable ? "holds a letter that the file's table of characters has not"
                                : arena_printf(s->keep, "holds bytes that are no letters of %s",
                                               s->encoding),
               .mend = portable
                           ? "portable files have no other letters than A to Z: save it as .sav"
                           : "declare the file's true encoding, for example encoding: "
                             "CP1252 (Windows), or save it from its program as Unicode"});
    return NULL;
}

/* Cells of portable files with unknown letters are refused: two names could become one. */
static const char *text_at(struct settling *s, const char *raw, const char *column, size_t row)
{
    char shown[64];
    size_t n = 0;
    const char *text = letters_text(s->letters, raw, shown, s->keep);
    const bool portable = s->kind->encoding_is_known;
    if (text && portable)
        n = count_unknown(text);
    if (text && n == 0)
        return text;
    if (text ? row > 0 : !s->replacing)
        return no_letters(s, text ? text : shown, column, row);
    if (!text)
        text = letters_replaced(s->letters, raw, &n, s->keep);
    if (s->n_replaced == 0)
        s->first_replaced = place_of(s, column, row);
    s->n_replaced += n;
    return text;
}

static const char *remark_on_letters(const struct settling *s)
{
    const bool portable = s->kind->encoding_is_known;
    if (s->n_replaced == 0)
        return NULL;
    return arena_printf(
        s->keep, "%zu byte%s no letter%s of %s (%s the first) and stand%s %s", s->n_replaced,
        s->n_replaced == 1 ? " is" : "s are", s->n_replaced == 1 ? "" : "s",
        portable ? "the file's table of characters" : s->encoding, s->first_replaced,
        s->n_replaced == 1 ? "s" : "",
        portable ? "as \xef\xbf\xbd: save the file as .sav"
                 : "as <fc>: declare the file's true encoding, for example encoding: CP1252");
}

static bool refuse(struct settling *s, const char *what, const char *value)
{
    return err_at(s->err, ERR_SYNTAX,
                  &(struct problem){.file = s->path,
                                    .value = value,
                                    .what = what,
                                    .mend = arena_printf(s->keep,
                                                         "the file is damaged: save it anew from "
                                                         "%s, or export it as CSV",
                                                         s->kind->program)});
}

static bool open_letters(struct settling *s, const char *encoding)
{
    const struct labelled_kind *k = s->kind;
    const char *own = s->told->encoding;
    if (k->encoding_before && s->told->version < k->version)
        own = k->encoding_before;
    s->encoding = k->encoding_is_known ? k->encoding
                  : encoding           ? encoding
                  : *own               ? own
                                       : k->encoding;
    s->letters = letters_open(s->encoding, s->keep);
    if (s->letters)
        return true;
    return err_at(s->err, ERR_SYNTAX,
                  &(struct problem){.file = s->path,
                                    .column = "encoding",
                                    .value = s->encoding,
                                    .what = "is not an encoding known here",
                                    .mend = "declare encoding: with one that 'iconv -l' lists"});
}

/* ---- values ---- */

static const char *number_text(const struct settling *s, const struct raw_cell *cell,
                               struct moment_unit unit)
{
    char buffer[48];
    return arena_strdup(s->keep,
                        labelled_text(cell->as.number, cell->kind == CELL_SINGLE, unit, buffer));
}

static const char *tag_text(const struct settling *s, const struct raw_cell *cell)
{
    return arena_printf(s->keep, ".%c", cell->tag);
}

static const char *value_text(struct settling *s, const struct raw_cell *cell,
                              struct moment_unit unit, const char *column)
{
    if (cell->kind == CELL_TEXT)
        return text_at(s, cell->as.text, column, 0);
    return cell->kind == CELL_TAG    ? tag_text(s, cell)
           : cell->kind == CELL_NONE ? ""
                                     : number_text(s, cell, unit);
}

static bool is_number(const struct raw_cell *cell)
{
    return cell->kind == CELL_NUMBER || cell->kind == CELL_SINGLE;
}

static bool is_missing_number(const struct labelled_variable *v, double value)
{
    for (size_t i = 0; i < v->n_ranges; i++)
        if (value >= v->ranges[i].low && value <= v->ranges[i].high)
            return true;
    return false;
}

static bool is_missing_text(const struct labelled_variable *v, const char *text)
{
    for (size_t i = 0; i < v->n_codes; i++)
        if (strcmp(v->codes[i], text) == 0)
            return true;
    return false;
}

/* ---- variables ---- */

/* SPSS's LOWEST and HIGHEST are the outermost doubles but one, and the outermost. */
static double bound(const struct raw_cell *cell, double infinite)
{
    if (!is_number(cell) || isnan(cell->as.number))
        return infinite;
    return fabs(cell->as.number) >= 0.9999 * DBL_MAX ? copysign(INFINITY, cell->as.number)
                                                     : cell->as.number;
}

static bool settle_missing(struct settling *s, const struct raw_variable *raw,
                           struct labelled_variable *v)
{
    struct labelled_range *ranges = ARENA_NEW(s->keep, struct labelled_range, raw->n_missing);
    const char **codes = ARENA_NEW(s->keep, const char *, raw->n_missing);
    for (uint32_t i = 0; i < raw->n_missing; i++) {
        const struct raw_cell *low = &raw->missing[i][0], *high = &raw->missing[i][1];
        if (!raw->is_text && low->kind != CELL_TEXT)
            ranges[v->n_ranges++] =
                (struct labelled_range){bound(low, -INFINITY), bound(high, INFINITY)};
        else if (raw->is_text && low->kind == CELL_TEXT &&
                 !(codes[v->n_codes++] = text_at(s, low->as.text, v->name, 0)))
            return false;
    }
    v->ranges = ranges;
    v->codes = codes;
    return true;
}

/* The labels of its set: a value that stands twice keeps its first one. */
static bool settle_labels(struct settling *s, const struct raw_variable *raw,
                          struct labelled_variable *v, struct moment_unit unit)
{
    uint32_t set = *raw->set ? key_map_find(s->sets, raw->set, strlen(raw->set)) : KEY_MAP_NONE;
    size_t n = 0;
    if (set == KEY_MAP_NONE)
        return true;
    for (size_t k = s->first[set]; k; k = s->next[k - 1])
        n++;
    if ((s->n_given += n) > MOST_GIVEN_LABELS)
        return refuse(s, "labels more values than any real file does", NULL);
    struct labelled_label *labels = ARENA_NEW(s->keep, struct labelled_label, n);
    struct key_map *seen = key_map_new(n, s->keep);
    for (size_t k = s->first[set]; k; k = s->next[k - 1]) {
        const struct raw_label *l = &s->told->labels[k - 1];
        bool is_text = l->value.kind == CELL_TEXT, added;
        struct labelled_label now = {.label = text_at(s, l->label, v->name, 0),
                                     .value = value_text(s, &l->value, unit, v->name)};
        if (!now.label || !now.value)
            return false;
        key_map_add(seen, now.value, strlen(now.value), &added);
        if (!added || is_text != raw->is_text || l->value.kind == CELL_NONE)
            continue;
        now.missing = is_text
                          ? is_missing_text(v, now.value)
                          : l->value.kind == CELL_TAG || is_missing_number(v, l->value.as.number);
        labels[v->n_labels++] = now;
    }
    v->labels = labels;
    return true;
}

static enum measure measure_of(const struct raw_variable *raw, const struct labelled_variable *v)
{
    enum { TOLD_NOMINAL = 1, TOLD_ORDINAL, TOLD_SCALE }; /* as ReadStat counts them */
    if (raw->measure == TOLD_NOMINAL)
        return MEASURE_NOMINAL;
    if (raw->measure == TOLD_ORDINAL)
        return MEASURE_ORDINAL;
    if (raw->measure == TOLD_SCALE)
        return MEASURE_SCALE;
    return raw->is_text ? MEASURE_NOMINAL : v->n_labels ? MEASURE_ORDINAL : MEASURE_SCALE;
}

static bool settle_variable(struct settling *s, const struct raw_variable *raw,
                            struct labelled_variable *v)
{
    struct moment_unit unit = s->kind->unit(raw->format);
    v->name = text_at(s, raw->name, "name of a variable", 0);
    if (!v->name)
        return false;
    if (!*v->name)
        return refuse(s, "holds a variable without a name", NULL);
    v->label = text_at(s, raw->label, v->name, 0);
    v->format = text_at(s, raw->format, v->name, 0);
    if (!v->label || !v->format)
        return false;
    v->label = *v->label ? v->label : v->name;
    v->values = raw->is_text ? LABELLED_TEXT : unit.values;
    v->width = raw->width;
    if (!settle_missing(s, raw, v) || !settle_labels(s, raw, v, unit))
        return false;
    v->measure = measure_of(raw, v);
    return true;
}

/* ---- cells ---- */

/* A column while it is filled. */
struct filling {
    struct labelled_variable *v;
    const char **text, **code;
    uint8_t *missing;
    struct moment_unit unit;
    struct kept_number *kept; /* [NUMBERS_KEPT] */
};

static void put_missing(struct filling *f, size_t row, size_t n_rows, enum missing why,
                        const char *code, struct arena *keep)
{
    if (!f->missing)
        f->missing = ARENA_NEW(keep, uint8_t, n_rows);
    f->missing[row] = (uint8_t)why;
    if (!code)
        return;
    if (!f->code)
        f->code = ARENA_NEW(keep, const char *, n_rows);
    f->code[row] = code;
}

static const char *number_again(const struct settling *s, struct filling *f,
                                const struct raw_cell *cell)
{
    uint64_t bits;
    memcpy(&bits, &cell->as.number, sizeof bits);
    struct kept_number *kept = &f->kept[(bits * 0x9e3779b97f4a7c15U) >> 56];
    if (!kept->text || kept->value != cell->as.number)
        *kept = (struct kept_number){cell->as.number, number_text(s, cell, f->unit)};
    return kept->text;
}

static bool put_cell(struct settling *s, struct filling *f, const struct raw_cell *cell, size_t row)
{
    const char *text = NULL;
    size_t n_rows = s->told->n_rows;
    bool declared = false;
    if (cell->kind == CELL_TAG) {
        text = tag_text(s, cell);
        declared = true;
    } else if (cell->kind == CELL_TEXT) {
        text = text_at(s, cell->as.text, f->v->name, row + 1);
        if (!text)
            return false;
        declared = is_missing_text(f->v, text);
    } else if (is_number(cell) && !isnan(cell->as.number)) {
        text = number_again(s, f, cell);
        declared = is_missing_number(f->v, cell->as.number);
    }
    if (declared)
        put_missing(f, row, n_rows, MISSING_CODE, text, s->keep);
    else if (!text || !*text)
        put_missing(f, row, n_rows, MISSING_BLANK, NULL, s->keep);
    else
        f->text[row] = text;
    return true;
}

static bool fill_column(struct settling *s, size_t j, struct labelled_variable *v, struct column *c)
{
    const struct gathered *t = s->told;
    struct filling f = {.v = v,
                        .text = ARENA_NEW(s->keep, const char *, t->n_rows),
                        .unit = s->kind->unit(t->variables[j].format)};
    f.kept = ARENA_NEW(s->keep, struct kept_number, NUMBERS_KEPT);
    for (size_t i = 0; i < t->n_rows; i++)
        if (!put_cell(s, &f, &t->cells[i * t->n_variables + j], i))
            return false;
    v->code = f.code;
    *c = (struct column){.name = v->name,
                         .label = v->label,
                         .note = *v->format ? v->format : NULL,
                         .type = COLUMN_TEXT,
                         .measure = v->measure,
                         .code = f.code,
                         .missing = f.missing};
    c->as.text = f.text;
    return true;
}

/* The labelled values that are answers, or those that are none, as levels of the column. */
static const struct levels *levels_of(const struct labelled_variable *v, bool missing,
                                      struct arena *keep)
{
    struct levels *l = ARENA_NEW(keep, struct levels, 1);
    const char **name = ARENA_NEW(keep, const char *, v->n_labels);
    const char **label = ARENA_NEW(keep, const char *, v->n_labels);
    for (size_t k = 0; k < v->n_labels; k++)
        if (v->labels[k].missing == missing) {
            name[l->n] = v->labels[k].value;
            label[l->n++] = v->labels[k].label;
        }
    l->name = name;
    l->label = label;
    return l->n ? l : NULL;
}

/* ---- the whole ---- */

static void chain_labels(struct settling *s)
{
    const struct gathered *t = s->told;
    s->sets = key_map_new(64, s->keep);
    s->first = ARENA_NEW(s->keep, size_t, t->n_labels);
    s->next = ARENA_NEW(s->keep, size_t, t->n_labels);
    for (size_t k = t->n_labels; k-- > 0;) {
        uint32_t set = key_map_add(s->sets, t->labels[k].set, strlen(t->labels[k].set), NULL);
        s->next[k] = s->first[set];
        s->first[set] = k + 1;
    }
}

static bool settle_all(struct settling *s, struct labelled *l, struct frame *f)
{
    const struct gathered *t = s->told;
    struct labelled_variable *v = ARENA_NEW(s->keep, struct labelled_variable, t->n_variables);
    struct column *cols = ARENA_NEW(s->keep, struct column, t->n_variables);
    struct key_map *names = key_map_new(t->n_variables, s->keep);
    for (size_t j = 0; j < t->n_variables; j++) {
        bool added;
        if (!settle_variable(s, &t->variables[j], &v[j]))
            return false;
        key_map_add(names, v[j].name, strlen(v[j].name), &added);
        if (!added)
            return refuse(s, "is the name of two variables", v[j].name);
        if (!fill_column(s, j, &v[j], &cols[j]))
            return false;
        cols[j].levels = levels_of(&v[j], false, s->keep);
        cols[j].missing_labels = levels_of(&v[j], true, s->keep);
    }
    l->variables = v;
    f->cols = cols;
    return true;
}

static bool settle_notes(struct settling *s, struct labelled *l)
{
    const char **notes = ARENA_NEW(s->keep, const char *, s->told->n_notes);
    l->title = text_at(s, s->told->title, "title", 0);
    for (size_t i = 0; l->title && i < s->told->n_notes; i++)
        if (!(notes[l->n_notes++] = text_at(s, s->told->notes[i], "note", 0)))
            return false;
    l->notes = notes;
    return l->title != NULL;
}

static const struct frame *frame_for(struct settling *s, struct frame *f)
{
    uint64_t *line = ARENA_NEW(s->keep, uint64_t, s->told->n_rows);
    for (size_t i = 0; i < s->told->n_rows; i++)
        line[i] = i + 1;
    f->name = f->file = arena_strdup(s->keep, s->path);
    f->n_rows = s->told->n_rows;
    f->n_cols = s->told->n_variables;
    f->line = line;
    return f;
}

const struct labelled *labelled_settle(const struct gathered *told,
                                       const struct labelled_kind *kind, const char *path,
                                       const char *encoding, const char **remark,
                                       struct arena *keep, struct err *err)
{
    struct settling s = {.told = told,
                         .kind = kind,
                         .path = path,
                         .replacing = remark && !encoding,
                         .keep = keep,
                         .err = err};
    struct labelled *l = ARENA_NEW(keep, struct labelled, 1);
    struct frame *f = ARENA_NEW(keep, struct frame, 1);
    if (told->n_variables == 0 && !refuse(&s, "holds no variables", NULL))
        return NULL;
    if (!open_letters(&s, encoding))
        return NULL;
    chain_labels(&s);
    bool settled = settle_notes(&s, l) && settle_all(&s, l, f);
    letters_close(s.letters);
    l->program = kind->program;
    l->encoding = s.encoding;
    l->frame = frame_for(&s, f);
    if (remark)
        *remark = settled ? remark_on_letters(&s) : NULL;
    return settled ? l : NULL;
}
