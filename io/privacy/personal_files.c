/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/privacy/personal_files.h"

#include <string.h>

const struct personal_file *personal_files(const struct job *job, size_t *n, struct arena *keep)
{
    const struct study *s = job->study;
    const size_t most = s ? s->n_surveys + s->n_ledgers + 2 : 1;
    struct personal_file *list = ARENA_NEW(keep, struct personal_file, most), *to = list;
    for (size_t i = 0; s && job->surveys && i < s->n_surveys; i++)
        if (job->surveys[i])
            *to++ = (struct personal_file){s->surveys[i].file,
                                           personal_of_frame(job->surveys[i], keep)};
    if (s && job->customers)
        *to++ = (struct personal_file){s->customers.file, personal_of_frame(job->customers, keep)};
    if (s && job->mapping)
        *to++ = (struct personal_file){s->join.mapping.file, personal_of_frame(job->mapping, keep)};
    for (size_t i = 0; s && i < s->n_ledgers; i++)
        *to++ = (struct personal_file){s->ledgers[i].file, personal_of_ledger(s, i, keep)};
    if (job->table)
        *to++ = (struct personal_file){job->inputs[0], personal_of_frame(job->table, keep)};
    *n = 0;
    for (const struct personal_file *from = list; from < to; from++)
        if (from->columns.n)
            list[(*n)++] = *from;
    return list;
}

/* A list of problems that has room. */
struct found {
    const struct job *job;
    struct problem *at;
    size_t n;
    struct arena *keep;
};

static void find_key(struct found *to, const struct frame *f, const char *file, const char *key)
{
    const struct personal p = personal_of_frame(f, to->keep);
    const struct personal_column *c = personal_find(&p, key);
    if (c)
        to->at[to->n++] = (struct problem){
            .file = file,
            .column = c->name,
            .what = arena_printf(to->keep, "is personal (%s), and as the key it stands in outputs",
                                 c->kind),
            .mend = "--pseudonymise=KEYFILE replaces it"};
}

static bool find_group(struct found *to, const struct frame *f, const char *file,
                       const char *column)
{
    const struct personal p = f ? personal_of_frame(f, to->keep) : (struct personal){0};
    const struct personal_column *c = personal_find(&p, column);
    if (c)
        to->at[to->n++] = (struct problem){
            .file = file,
            .column = c->name,
            .what = arena_printf(to->keep, "is personal (%s), and as a group it stands in outputs",
                                 c->kind),
            .mend = "group by something that many have in common"};
    return c != NULL;
}

const struct problem *personal_used(const struct job *job, bool shows_ids, size_t *n,
                                    struct arena *keep)
{
    const struct study *s = job->study;
    const struct texts *by = &job->common->by;
    const size_t most = s ? s->n_surveys + s->n_groups : by->n;
    struct found to = {job, ARENA_NEW(keep, struct problem, most), 0, keep};
    for (size_t i = 0; s && job->surveys && i < s->n_surveys; i++)
        if (job->surveys[i] && shows_ids && !job->common->pseudonymise)
            find_key(&to, job->surveys[i], s->surveys[i].file, s->surveys[i].key);
    for (size_t g = 0; s && job->surveys && g < s->n_groups; g++) {
        bool found = false;
        for (size_t i = 0; i < s->n_surveys && !found; i++)
            found = find_group(&to, job->surveys[i], s->surveys[i].file, s->groups[g].column);
        if (!found)
            find_group(&to, job->customers, s->customers.file, s->groups[g].column);
    }
    for (size_t j = 0; job->table && j < by->n; j++)
        find_group(&to, job->table, job->inputs[0], by->at[j]);
    *n = to.n;
    return to.at;
}
