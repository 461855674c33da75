/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static double digits_of_agreement(double got, double want)
{
    if ((isnan(got) && isnan(want)) || got == want)
        return 17;
    if (isnan(got) || isnan(want) || isinf(got) || isinf(want))
        return -INFINITY;
    double difference = fabs(got - want);
    return -log10(want != 0 ? difference / fabs(want) : difference);
}

void check_digits(const char *what, double got, double want, double digits, const char *file,
                  int line)
{
    double have = digits_of_agreement(got, want);
    if (have >= digits)
        return;
    print_error("%s: got %.17g, want %.17g: %.1f digits agree, %g asked\n", what, got, want, have,
                digits);
    _fail(file, line);
}

bool agrees(double got, double want, double abs_tol, double rel_tol)
{
    if (isnan(want) || isnan(got))
        return isnan(want) && isnan(got);
    return fabs(got - want) <= fmax(abs_tol, rel_tol * fabs(want)) || got == want;
}

static char **split(char *line, char separator, size_t *n, struct arena *keep)
{
    size_t capacity = 1;
    for (const char *p = line; *p; p++)
        capacity += *p == separator;
    char **cell = ARENA_NEW(keep, char *, capacity);
    *n = 0;
    for (char *p = line; p;) {
        char *quote = *p == '"' ? strchr(p + 1, '"') : NULL;
        char *end = strchr(quote ? quote : p, separator);
        if (end)
            *end++ = '\0';
        size_t length = strlen(p);
        if (length >= 2 && p[0] == '"' && p[length - 1] == '"') {
            p[length - 1] = '\0';
            p++;
        }
        cell[(*n)++] = p;
        p = end;
    }
    return cell;
}

struct reference *reference_read(const char *path, char separator, struct arena *keep)
{
    FILE *f = fopen(path, "r");
    if (!f)
        return NULL;
    struct reference *r = ARENA_NEW(keep, struct reference, 1);
    size_t capacity = 0, n;
    char *line = NULL;
    size_t size = 0;
    while (getline(&line, &size, f) > 0) {
        line[strcspn(line, "\r\n")] = '\0';
        if (!*line || *line == '#')
            continue;
        char **cell = split(arena_strdup(keep, line), separator, &n, keep);
        if (!r->header) {
            r->header = cell;
            r->n_cols = n;
            continue;
        }
        if (r->n_rows == capacity) {
            size_t more = capacity ? 2 * capacity : 64;
            char ***rows = ARENA_NEW(keep, char **, more);
            if (capacity)
                memcpy(rows, r->cell, capacity * sizeof *rows);
            r->cell = rows;
            capacity = more;
        }
        if (n >= r->n_cols)
            r->cell[r->n_rows++] = cell;
    }
    free(line);
    fclose(f);
    return r;
}

const char *reference_text(const struct reference *r, size_t row, const char *column)
{
    for (size_t j = 0; j < r->n_cols; j++)
        if (strcmp(r->header[j], column) == 0)
            return r->cell[row][j];
    fail_msg("no column '%s' in the reference file", column);
    return NULL;
}

double reference_real(const struct reference *r, size_t row, const char *column)
{
    const char *text = reference_text(r, row, column);
    if (!*text || strcmp(text, "NA") == 0 || strcmp(text, "NaN") == 0)
        return NAN;
    return strtod(text, NULL);
}

double *reference_column(const struct reference *r, const char *column, struct arena *keep)
{
    double *x = ARENA_NEW(keep, double, r->n_rows);
    for (size_t i = 0; i < r->n_rows; i++)
        x[i] = reference_real(r, i, column);
    return x;
}

const char *oracle_path(const char *name, struct arena *keep)
{
    const char *root = getenv("SAYDO_ORACLES");
    char *path = arena_printf(keep, "%s/%s", root ? root : "../shared/oracles", name);
    if (access(path, R_OK) == 0)
        return path;
    print_message("skipped: %s is not here\n", path);
    return NULL;
}
