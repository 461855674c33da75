/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/validate/problems.h"

#include <stdio.h>
#include <string.h>

struct entry {
    bool is_error;
    struct err err;
};

struct problems {
    struct entry **at;
    size_t n, capacity, n_errors;
    struct arena *keep;
};

struct problems *problems_new(struct arena *keep)
{
    struct problems *p = ARENA_NEW(keep, struct problems, 1);
    p->keep = keep;
    return p;
}

static void add(struct problems *p, bool is_error, const struct err *e)
{
    for (size_t i = 0; i < p->n; i++)
        if (strcmp(p->at[i]->err.message, e->message) == 0)
            return;
    if (p->n == p->capacity) {
        size_t capacity = p->capacity ? 2 * p->capacity : 16;
        struct entry **more = ARENA_NEW(p->keep, struct entry *, capacity);
        for (size_t i = 0; i < p->n; i++)
            more[i] = p->at[i];
        p->at = more;
        p->capacity = capacity;
    }
    p->at[p->n] = ARENA_NEW(p->keep, struct entry, 1);
    *p->at[p->n++] = (struct entry){is_error, *e};
    p->n_errors += is_error;
}

void problems_error(struct problems *p, const struct err *e)
{
    add(p, true, e);
}

void problems_warning(struct problems *p, const struct problem *warning)
{
    struct err e = {0};
    err_at(&e, ERR_VALUE, warning);
    add(p, false, &e);
}

size_t problems_n_errors(const struct problems *p)
{
    return p->n_errors;
}

size_t problems_n_warnings(const struct problems *p)
{
    return p->n - p->n_errors;
}

const struct err *problems_failure(const struct problems *p)
{
    size_t first = 0;
    if (!p->n_errors)
        return NULL;
    while (!p->at[first]->is_error)
        first++;
    struct err *told = arena_copy(p->keep, &p->at[first]->err, 1, sizeof *told);
    if (p->n_errors > 1)
        snprintf(told->message, sizeof told->message, "%zu errors; the first: %.1400s", p->n_errors,
                 p->at[first]->err.message);
    return told;
}

static void put(struct results *r, const char *column, const char *text)
{
    if (text && *text)
        results_text(r, column, text);
}

static void put_entry(struct results *r, const struct entry *e)
{
    results_row(r, NULL);
    results_text(r, "severity", e->is_error ? "error" : "warning");
    put(r, "file", e->err.file);
    if (e->err.line)
        results_whole(r, "line", (int64_t)e->err.line);
    put(r, "column", e->err.column);
    put(r, "value", e->err.value);
    put(r, "problem", *e->err.what ? e->err.what : e->err.message);
    put(r, "mend", e->err.mend);
}

const struct frame *problems_frame(const struct problems *p)
{
    struct results *r =
        results_new("problems", NULL, "severity file line column value problem mend", p->keep);
    for (int errors = 1; errors >= 0; errors--)
        for (size_t i = 0; i < p->n; i++)
            if (p->at[i]->is_error == (errors == 1))
                put_entry(r, p->at[i]);
    return results_finish(r);
}
