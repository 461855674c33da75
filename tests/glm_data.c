/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/glm_data.h"

#include <math.h>
#include <string.h>

static const char *plain_name(const char *term, struct arena *keep)
{
    size_t end = strcspn(term, "=^");
    return term[end] == '^'
               ? arena_printf(keep, "I(%s)", term)
               : arena_printf(keep, "%.*s%s", (int)end, term, term[end] ? term + end + 1 : "");
}

static double value_of(const struct reference *data, size_t row, const char *term,
                       struct arena *scratch)
{
    size_t end = strcspn(term, "=^");
    const char *column = arena_strndup(scratch, term, end);
    if (term[end] == '=')
        return strcmp(reference_text(data, row, column), term + end + 1) == 0;
    double x = reference_real(data, row, column);
    return term[end] == '^' ? x * x : x;
}

struct design design_of(const struct reference *data, const char *response, const char *terms,
                        struct arena *keep)
{
    char *list = arena_strdup(keep, terms), *rest = list;
    const char **term = ARENA_NEW(keep, const char *, strlen(terms) + 1);
    const char **name = ARENA_NEW(keep, const char *, strlen(terms) + 2);
    size_t p = 1;
    name[0] = "(Intercept)";
    for (char *t; (t = strsep(&rest, " ")); p++) {
        term[p] = t;
        name[p] = plain_name(t, keep);
    }
    double *x = ARENA_NEW(keep, double, data->n_rows *p),
           *y = ARENA_NEW(keep, double, data->n_rows);
    uint32_t *row = ARENA_NEW(keep, uint32_t, data->n_rows);
    size_t *number = ARENA_NEW(keep, size_t, p), n = 0;
    for (size_t i = 0; i < data->n_rows; i++) {
        bool complete = !isnan(y[n] = value_of(data, i, response, keep));
        x[n * p] = 1;
        for (size_t j = 1; j < p; j++)
            complete = !isnan(x[n * p + j] = value_of(data, i, term[j], keep)) && complete;
        row[n] = (uint32_t)i;
        n += complete;
    }
    for (size_t j = 0; j < p; j++)
        number[j] = j - 1;
    return (struct design){.n = n,
                           .p = p,
                           .x = x,
                           .y = y,
                           .row = row,
                           .name = name,
                           .term = number,
                           .intercept = true,
                           .response = response};
}

struct design design_of_columns(size_t n, size_t p, const double *const *x, const double *y,
                                struct arena *keep)
{
    double *all = ARENA_NEW(keep, double, n *p);
    const char **name = ARENA_NEW(keep, const char *, p);
    uint32_t *row = ARENA_NEW(keep, uint32_t, n);
    size_t *number = ARENA_NEW(keep, size_t, p);
    for (size_t j = 0; j < p; j++) {
        name[j] = x[j] ? arena_printf(keep, "x%zu", j) : "(Intercept)";
        number[j] = j - 1;
    }
    for (size_t i = 0; i < n; i++) {
        row[i] = (uint32_t)i;
        for (size_t j = 0; j < p; j++)
            all[i * p + j] = x[j] ? x[j][i] : 1;
    }
    return (struct design){.n = n,
                           .p = p,
                           .x = all,
                           .y = y,
                           .row = row,
                           .name = name,
                           .term = number,
                           .intercept = p > 0 && !x[0],
                           .response = "y"};
}
