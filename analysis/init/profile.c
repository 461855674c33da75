/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/init/profile.h"

#include <string.h>
#include <strings.h>

#include "io/text/parse.h"
#include "models/base/key_map.h"

/* ---- words in names ---- */

bool name_holds(const char *name, const char *words)
{
    for (const char *w = words; *w; w += strspn(w, " ")) {
        size_t n = strcspn(w, " ");
        for (const char *at = name; strlen(at) >= n; at++)
            if (strncasecmp(at, w, n) == 0)
                return true;
        w += n;
    }
    return false;
}

bool text_begins(const char *text, const char *words)
{
    for (const char *w = words; *w; w += strspn(w, " ")) {
        size_t n = strcspn(w, " ");
        if (strncasecmp(text, w, n) == 0)
            return true;
        w += n;
    }
    return false;
}

/* ---- distinct values ---- */

static int by_frequency(const void *a, const void *b)
{
    const struct value_count *p = a, *q = b;
    if (p->n != q->n)
        return p->n < q->n ? 1 : -1;
    return strcmp(p->text, q->text);
}

static void count_values(struct profile *p, const char *const *cell, size_t n, struct arena *keep)
{
    struct key_map *map = key_map_new(64, keep);
    size_t *count = ARENA_NEW(keep, size_t, n);
    for (size_t i = 0; i < n; i++)
        count[key_map_add(map, cell[i], strlen(cell[i]), NULL)]++;
    p->n_distinct = key_map_count(map);
    struct value_count *value = ARENA_NEW(keep, struct value_count, p->n_distinct);
    for (uint32_t k = 0; k < p->n_distinct; k++)
        value[k] = (struct value_count){key_map_text(map, k, NULL), count[k]};
    qsort(value, p->n_distinct, sizeof *value, by_frequency);
    p->value = value;
}

static void count_numbers(struct profile *p, const char *const *cell, size_t n)
{
    int64_t before = 0;
    p->row_number = n > 2;
    for (size_t i = 0; i < n; i++) {
        double real;
        int64_t whole = 0;
        bool is_whole = parse_whole(cell[i], strlen(cell[i]), &whole);
        p->n_whole += is_whole;
        p->n_number += parse_real(cell[i], strlen(cell[i]), &real);
        p->row_number = p->row_number && is_whole && (i == 0 || whole - 1 == before);
        before = whole;
    }
}

/* ---- dates ---- */

static const char *const day_format[] = {
    "%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%m.%d.%Y", "%d-%m-%Y", "%m-%d-%Y", "%Y%m%d",
    "%Y/%m/%d", "%Y.%m.%d", "%d.%m.%y", "%d/%m/%y", "%m/%d/%y", "%d-%b-%Y", "%d %b %Y"};
static const char *const time_format[] = {"",
                                          " %H:%M",
                                          " %H:%M:%S",
                                          "T%H:%M:%S",
                                          "T%H:%M:%S%z",
                                          " %H:%M:%S%z",
                                          " %H:%M:%S %p",
                                          " %H:%M:%S %p %z",
                                          "T%H:%M",
                                          " %H:%M:%S %z",
                                          " %H:%M %p"};
enum {
    N_DAY_FORMATS = sizeof day_format / sizeof *day_format,
    N_TIME_FORMATS = sizeof time_format / sizeof *time_format,
    TRIED = 200
};

/* Cells that a format fits, of every step-th. */
static size_t fitting(const char *format, const char *const *cell, size_t n, size_t step)
{
    size_t fits = 0;
    int32_t day;
    for (size_t i = 0; i < n; i += step)
        fits += parse_date(cell[i], strlen(cell[i]), format, &day);
    return fits;
}

static void try_format(struct profile *p, const char **format, const char *tried,
                       const char *const *cell, size_t n)
{
    size_t step = 1 + n / TRIED, asked = (n + step - 1) / step;
    if (10 * fitting(tried, cell, n, step) < 8 * asked)
        return;
    size_t fits = fitting(tried, cell, n, 1);
    if (10 * fits < 9 * n || fits < p->n_dated)
        return;
    if (fits > p->n_dated)
        p->n_formats = 0;
    p->n_dated = fits;
    format[p->n_formats++] = tried;
}

static void find_formats(struct profile *p, const char *const *cell, size_t n, struct arena *keep)
{
    const char **format = ARENA_NEW(keep, const char *, N_DAY_FORMATS *N_TIME_FORMATS);
    for (size_t d = 0; n && d < N_DAY_FORMATS; d++)
        for (size_t t = 0; t < N_TIME_FORMATS; t++)
            try_format(p, format, arena_printf(keep, "%s%s", day_format[d], time_format[t]), cell,
                       n);
    p->format = format;
}

/* ---- the whole ---- */

struct profile profile_make(const struct frame *f, size_t column, const bool *leave_out,
                            struct arena *keep)
{
    struct profile p = {.column = &f->cols[column]};
    const char **cell = ARENA_NEW(keep, const char *, f->n_rows);
    for (size_t i = 0; i < f->n_rows; i++)
        if (p.column->as.text[i] && !(leave_out && leave_out[i]))
            cell[p.n++] = p.column->as.text[i];
    count_values(&p, cell, p.n, keep);
    count_numbers(&p, cell, p.n);
    find_formats(&p, cell, p.n, keep);
    return p;
}

const struct profile *profiles_make(const struct frame *f, const bool *leave_out,
                                    struct arena *keep)
{
    struct profile *p = ARENA_NEW(keep, struct profile, f->n_cols);
    for (size_t j = 0; j < f->n_cols; j++)
        p[j] = profile_make(f, j, leave_out, keep);
    return p;
}

bool profile_is_date(const struct profile *p)
{
    return p->n_formats > 0;
}
