/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/check.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_linalg.h>

#include "models/base/rng.h"
#include "models/base/suppression.h"

/* A table of rows by columns with margins: cell (i, j) is i * (n_cols + 1) + j, the margins stand
   last. */
enum { MOST_ROWS = 6, MOST_COLS = 6, MOST_CELLS = (MOST_ROWS + 1) * (MOST_COLS + 1) };

struct crossed {
    size_t n_rows, n_cols, n_cells, n_lines;
    struct suppression_cell cell[MOST_CELLS];
    uint32_t member[MOST_ROWS + MOST_COLS + 2][MOST_CELLS];
    struct suppression_line line[MOST_ROWS + MOST_COLS + 2];
    bool hidden[MOST_CELLS], first[MOST_CELLS];
};

static uint32_t at(const struct crossed *t, size_t i, size_t j)
{
    return (uint32_t)(i * (t->n_cols + 1) + j);
}

static void set(struct crossed *t, size_t i, size_t j, double n)
{
    const size_t row[] = {i, i, t->n_rows, t->n_rows}, col[] = {j, t->n_cols, j, t->n_cols};
    for (size_t k = 0; k < 4; k++)
        t->cell[at(t, row[k], col[k])].n = t->cell[at(t, row[k], col[k])].least += n;
}

static void add_lines(struct crossed *t)
{
    for (size_t i = 0; i <= t->n_rows; i++, t->n_lines++) {
        for (size_t j = 0; j < t->n_cols; j++)
            t->member[t->n_lines][j] = at(t, i, j);
        t->line[t->n_lines] =
            (struct suppression_line){t->n_cols, t->member[t->n_lines], at(t, i, t->n_cols), 0};
    }
    for (size_t j = 0; j <= t->n_cols; j++, t->n_lines++) {
        for (size_t i = 0; i < t->n_rows; i++)
            t->member[t->n_lines][i] = at(t, i, j);
        t->line[t->n_lines] =
            (struct suppression_line){t->n_rows, t->member[t->n_lines], at(t, t->n_rows, j), 0};
    }
}

static void suppress(struct crossed *t, double below)
{
    t->n_cells = (t->n_rows + 1) * (t->n_cols + 1);
    t->n_lines = 0;
    add_lines(t);
    for (size_t i = 0; i < t->n_cells; i++)
        t->hidden[i] = t->first[i] = t->cell[i].least > 0 && t->cell[i].least < below;
    suppression_complete(t->cell, t->n_cells, t->line, t->n_lines, below, t->hidden);
}

/* Independently of the code: what the lines say of the hidden cells has a solution besides the
   true one that differs in this cell, by the null space of a singular value decomposition. */
static bool can_be_had(const struct crossed *t, uint32_t wanted)
{
    size_t n = 0, place[MOST_CELLS], rank = 0;
    for (size_t i = 0; i < t->n_cells; i++)
        place[i] = t->hidden[i] ? n++ : SIZE_MAX;
    gsl_matrix *a = gsl_matrix_calloc(t->n_lines + n, n), *v = gsl_matrix_alloc(n, n);
    gsl_vector *s = gsl_vector_alloc(n), *work = gsl_vector_alloc(n);
    for (size_t k = 0; k < t->n_lines; k++) {
        for (size_t i = 0; i < t->line[k].n; i++)
            if (t->hidden[t->line[k].cell[i]])
                gsl_matrix_set(a, k, place[t->line[k].cell[i]], 1);
        if (t->hidden[t->line[k].total])
            gsl_matrix_set(a, k, place[t->line[k].total], -1);
    }
    gsl_linalg_SV_decomp(a, v, s, work);
    while (rank < n && gsl_vector_get(s, rank) > 1e-9)
        rank++;
    double free_part = 0;
    for (size_t k = rank; k < n; k++)
        free_part += fabs(gsl_matrix_get(v, place[wanted], k));
    gsl_matrix_free(a);
    gsl_matrix_free(v);
    gsl_vector_free(s);
    gsl_vector_free(work);
    return free_part < 1e-9;
}

static void check(const struct crossed *t, double below)
{
    for (uint32_t i = 0; i < t->n_cells; i++) {
        assert_true(t->hidden[i] || !t->first[i]);
        if (t->hidden[i] && t->cell[i].least > 0)
            assert_false(can_be_had(t, i));
    }
    for (size_t k = 0; k < t->n_lines; k++) {
        double sum = 0;
        for (size_t i = 0; i < t->line[k].n; i++)
            sum += t->hidden[t->line[k].cell[i]] ? t->cell[t->line[k].cell[i]].n : 0;
        assert_false(!t->hidden[t->line[k].total] && sum > 0 && sum < below);
    }
}

static void random_tables(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    gsl_rng *rng = rng_stream(20250601, 7, keep);
    size_t with_hidden = 0;
    for (int round = 0; round < 2000; round++) {
        struct crossed t = {.n_rows = 2 + gsl_rng_uniform_int(rng, MOST_ROWS - 1),
                            .n_cols = 2 + gsl_rng_uniform_int(rng, MOST_COLS - 1)};
        const unsigned long most = round % 3 ? 60 : 25;
        for (size_t i = 0; i < t.n_rows; i++)
            for (size_t j = 0; j < t.n_cols; j++)
                set(&t, i, j, (double)gsl_rng_uniform_int(rng, most));
        suppress(&t, 10);
        check(&t, 10);
        size_t n = 0;
        for (size_t i = 0; i < t.n_cells; i++)
            n += t.hidden[i];
        with_hidden += n > 0 && n < t.n_cells;
    }
    assert_true(with_hidden > 1000);
    arena_free(keep);
}

/* Two squares of hidden cells that a single one joins: each line holds two hidden cells or more,
   and the one between is known all the same, as what is left of the rows of a square less its
   columns. */
static void between_two_squares(void **state)
{
    (void)state;
    static const double n[4][5] = {
        {3, 4, 50, 50, 50}, {4, 3, 3, 50, 50}, {50, 50, 4, 5, 50}, {50, 50, 3, 4, 50}};
    struct crossed t = {.n_rows = 4, .n_cols = 5};
    for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < 5; j++)
            set(&t, i, j, n[i][j]);
    suppress(&t, 7);
    check(&t, 7);
    /* Without more than what is small the cell in the middle could be had. */
    memcpy(t.hidden, t.first, sizeof t.hidden);
    assert_true(can_be_had(&t, at(&t, 1, 2)));
}

/* By hand: 4 of 100 is hidden, and so is the next smallest, 12; they have 16 together. */
static void by_hand(void **state)
{
    (void)state;
    struct suppression_cell cell[] = {{40, 40}, {44, 44}, {4, 4}, {12, 12}, {100, 100}};
    static const uint32_t member[] = {0, 1, 2, 3};
    struct suppression_line line = {4, member, 4, 0};
    bool hidden[5] = {false, false, true, false, false};
    suppression_complete(cell, 5, &line, 1, 10, hidden);
    assert_true(!hidden[0] && !hidden[1] && hidden[2] && hidden[3] && !hidden[4]);
    /* 4 and 5 are 9 together: as one cell they are too few. */
    cell[3] = (struct suppression_cell){5, 5};
    cell[4] = (struct suppression_cell){93, 93};
    bool two[5] = {false, false, true, true, false};
    suppression_complete(cell, 5, &line, 1, 10, two);
    assert_true(two[0] && !two[1] && !two[4]);
    /* 3 in the total are in no cell: they are as if hidden. */
    cell[3] = (struct suppression_cell){12, 12};
    cell[4] = (struct suppression_cell){99 + 4, 99 + 4};
    bool rest[5] = {false, false, false, false, false};
    cell[2] = (struct suppression_cell){4, 4};
    suppression_complete(cell, 5, &line, 1, 10, rest);
    assert_true(rest[2] && rest[3] && !rest[0] && !rest[1] && !rest[4]);
    /* An only cell is its total. */
    struct suppression_line only = {1, member, 4, 0};
    bool alone[5] = {true, false, false, false, false};
    cell[4] = cell[0];
    suppression_complete(cell, 5, &only, 1, 10, alone);
    assert_true(alone[0] && alone[4]);
    /* Nothing is hidden where nothing is small. */
    cell[4] = (struct suppression_cell){100, 100};
    bool none[5] = {false};
    suppression_complete(cell, 5, &line, 1, 3, none);
    assert_true(!none[0] && !none[1] && !none[2] && !none[3] && !none[4]);
}

/* Number, mean and spread of answers are told: three sums, so that four are hidden. */
static void with_sums(void **state)
{
    (void)state;
    const struct suppression_cell cell[] = {{10, 10}, {8, 8}, {12, 12}, {9, 9}, {11, 11}, {3, 3}};
    static const uint32_t member[] = {0, 1, 2, 3, 4, 5};
    struct suppression_line line = {6, member, SUPPRESSION_ELSEWHERE, 2};
    bool hidden[6] = {[5] = true};
    suppression_complete(cell, 6, &line, 1, 5, hidden);
    assert_true(hidden[5] && hidden[1] && hidden[3] && hidden[0] && !hidden[2] && !hidden[4]);
    /* Fewer cells than that: all of them. */
    line.n = 3;
    bool all[6] = {true, false, false};
    suppression_complete(cell, 3, &line, 1, 20, all);
    assert_true(all[0] && all[1] && all[2]);
    /* Nothing is hidden where nothing is small. */
    bool none[6] = {false};
    suppression_complete(cell, 6, &line, 1, 3, none);
    for (size_t i = 0; i < 6; i++)
        assert_false(none[i]);
}

static void check_range(const double *x, const double *w, size_t n, double below, double low,
                        double high)
{
    double from, to;
    suppression_range(x, w, n, below, &from, &to);
    assert_true(from == low && to == high);
}

/* By hand: 1 2 2 3 5 8 9. */
static void ends_of_a_range(void **state)
{
    (void)state;
    static const double x[] = {5, 2, 9, 1, 2, 8, 3}, frequency[] = {1, 1, 1, 4, 1, 1, 5};
    double low, high;
    check_range(x, NULL, 7, 1, 1, 9);
    check_range(x, NULL, 7, 2, 2, 8);
    check_range(x, NULL, 7, 3, 2, 5);
    check_range(x, NULL, 7, 4, 3, 3);
    check_range(x, NULL, 7, 5, 30.0 / 7, 30.0 / 7); /* 5 from below, 2 from above: their mean */
    check_range(x, frequency, 7, 4, 1, 3);          /* 1 four times; 9 8 5 once, 3 five times */
    suppression_range(x, NULL, 0, 5, &low, &high);
    assert_true(isnan(low) && isnan(high));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand), cmocka_unit_test(between_two_squares),
        cmocka_unit_test(with_sums), cmocka_unit_test(ends_of_a_range),
        cmocka_unit_test(random_tables)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
