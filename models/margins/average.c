/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "models/base/workers.h"
#include "models/margins/chunk.h"

/* Rows are dealt out in so many tasks at most, whatever the threads, so that sums are the same. */
enum { TASKS = 64 };

struct work {
    const struct margins *m;
    const struct margin_query *query;
    size_t n;             /* queries */
    size_t *from;         /* [n + 1] where the sums of each begin */
    size_t rows;          /* of a task */
    struct sum **total;   /* [tasks][from[n]] */
    struct arena **arena; /* [tasks] */
};

static size_t answers(const struct margins *m, const struct margin_query *q)
{
    return q->linear ? 1 : m->fit->n_means;
}

static bool same_settings(const struct margin_query *a, const struct margin_query *b)
{
    if (a->n_settings != b->n_settings)
        return false;
    for (size_t k = 0; k < a->n_settings; k++)
        if (a->setting[k].variable != b->setting[k].variable ||
            a->setting[k].level != b->setting[k].level ||
            !(a->setting[k].value == b->setting[k].value))
            return false;
    return true;
}

static void run(size_t index, void *context)
{
    struct work *work = context;
    struct chunk c;
    size_t n = work->m->fit->data.design->n, first = index * work->rows;
    size_t end = first + work->rows < n ? first + work->rows : n;
    work->arena[index] = arena_new();
    work->total[index] = ARENA_NEW(work->arena[index], struct sum, work->from[work->n]);
    chunk_make(&c, work->m, work->arena[index]);
    for (; first < end; first += c.most) {
        c.first = first;
        c.n = first + c.most < end ? c.most : end - first;
        for (size_t q = 0; q < work->n; q++) {
            if (q == 0 || !same_settings(&work->query[q], &work->query[q - 1]))
                chunk_set(&c, &work->query[q]);
            chunk_add(&c, &work->query[q], work->total[index] + work->from[q]);
        }
    }
    arena_free(c.scratch);
}

static struct margin no_answer(const struct margins *m, const struct margin_query *q,
                               struct arena *keep)
{
    size_t k = answers(m, q), p = m->fit->fit.n_params;
    struct margin a = {m->status, k, ARENA_NEW(keep, double, k), ARENA_NEW(keep, double, k *p),
                       ARENA_NEW(keep, double, k)};
    for (size_t i = 0; i < k; i++)
        a.estimate[i] = a.std_error[i] = NAN;
    for (size_t i = 0; i < k * p; i++)
        a.gradient[i] = NAN;
    return a;
}

static double std_error(const struct margins *m, const double *gradient)
{
    double v = margins_covariance(m, gradient, gradient);
    return v >= 0 ? sqrt(v) : NAN;
}

static bool all_finite(const double *x, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!isfinite(x[i]))
            return false;
    return true;
}

/* Sums over the tasks to averages.  A mean of a predictor that is not a number may look like one,
   as links keep from the borders; its derivatives do not. */
static void finish(const struct work *work, size_t tasks, size_t q, double weights,
                   struct margin *a)
{
    size_t p = work->m->fit->fit.n_params;
    for (size_t i = 0; i < a->n * (1 + p); i++) {
        struct sum total = {0};
        for (size_t t = 0; t < tasks; t++) {
            sum_add(&total, work->total[t][work->from[q] + i].high);
            sum_add(&total, work->total[t][work->from[q] + i].low);
        }
        double average = sum_value(&total) / weights;
        size_t of = i / (1 + p), j = i % (1 + p);
        *(j == 0 ? &a->estimate[of] : &a->gradient[of * p + j - 1]) = average;
    }
    for (size_t of = 0; of < a->n; of++) {
        a->std_error[of] = std_error(work->m, a->gradient + of * p);
        if (!all_finite(a->gradient + of * p, p))
            a->estimate[of] = NAN;
        if (!isfinite(a->estimate[of]))
            a->status = FIT_DOMAIN;
        else if (isnan(a->std_error[of]) && a->status == FIT_OK)
            a->status = FIT_UNIDENTIFIED;
    }
}

static double sum_of_weights(const struct outcome_data *data)
{
    struct sum total = {0};
    for (size_t i = 0; i < data->design->n; i++)
        sum_add(&total, data->w ? data->w[i] : 1);
    return sum_value(&total);
}

void margins_average(const struct margins *m, const struct margin_query query[], size_t n,
                     struct margin answer[], struct arena *keep)
{
    struct arena *scratch = arena_new();
    size_t rows = m->fit->data.design->n, chunk = chunk_rows(m), tasks;
    struct work work = {.m = m, .query = query, .n = n};
    work.rows = (rows / TASKS / chunk + 1) * chunk;
    tasks = (rows + work.rows - 1) / work.rows;
    work.from = ARENA_NEW(scratch, size_t, n + 1);
    work.total = ARENA_NEW(scratch, struct sum *, tasks);
    work.arena = ARENA_NEW(scratch, struct arena *, tasks);
    for (size_t q = 0; q < n; q++) {
        answer[q] = no_answer(m, &query[q], keep);
        work.from[q + 1] = work.from[q] + answer[q].n * (1 + m->fit->fit.n_params);
    }
    if (m->status == FIT_OK && n > 0) {
        workers_run(tasks, m->threads, run, &work);
        double weights = sum_of_weights(&m->fit->data);
        for (size_t q = 0; q < n; q++)
            finish(&work, tasks, q, weights, &answer[q]);
        for (size_t t = 0; t < tasks; t++)
            arena_free(work.arena[t]);
    }
    arena_free(scratch);
}
