/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/study/join.h"

#include <math.h>
#include <string.h>

#include "analysis/study/house.h"
#include "analysis/study/variables.h"

const char *fate_reason(enum fate fate)
{
    static const char *const word[] = {
#define X(code, reason) reason,
        FATE_LIST(X)
#undef X
    };
    return word[fate];
}

/* ---- one pass over the ledger ---- */

/* What the resolver looks at: read by all threads, written by none. */
struct resolver {
    const struct identity *identity;
    const struct key_map *respondents;
};

static int64_t resolve(void *context, size_t ledger, const char *key, size_t length,
                       struct arena *scratch)
{
    const struct resolver *r = context;
    struct key_buffer buffer = {.arena = scratch};
    if (blocked_is(&r->identity->blocked, key, length, &buffer))
        return -1;
    struct key_text joined = keys_apply(&r->identity->rules, SIZE_MAX, key, length, &buffer);
    joined = mapping_account(&r->identity->mapping, joined);
    uint32_t at =
        joined.length ? key_map_find(r->respondents, joined.text, joined.length) : KEY_MAP_NONE;
    (void)ledger;
    return at == KEY_MAP_NONE ? -1 : (int64_t)at;
}

static struct slice owner(void *context, struct slice key, struct arena *scratch)
{
    const struct identity *id = ((const struct resolver *)context)->identity;
    struct key_buffer buffer[2] = {{.arena = scratch}, {.arena = scratch}};
    const struct key_text of =
        blocked_owner(&id->blocked, &id->rules, SIZE_MAX, key.text, key.length, buffer);
    return (struct slice){of.text, (uint32_t)of.length};
}

/* The first day of a response's purchase window. */
static int32_t window_start(const struct study *study, int32_t response)
{
    return response + study->join.offset;
}

/* The respondents as the pass wants them, while they are listed. */
struct asked {
    int64_t *person;
    int32_t *response, *from, *to, *baseline_from, *baseline_to;
    size_t n;
};

static struct asked asked_new(size_t n, struct arena *keep)
{
    return (struct asked){.person = ARENA_NEW(keep, int64_t, n),
                          .response = ARENA_NEW(keep, int32_t, n),
                          .from = ARENA_NEW(keep, int32_t, n),
                          .to = ARENA_NEW(keep, int32_t, n),
                          .baseline_from = ARENA_NEW(keep, int32_t, n),
                          .baseline_to = ARENA_NEW(keep, int32_t, n)};
}

static void ask(struct asked *q, const struct study *study, uint32_t person, int32_t response)
{
    size_t i = q->n++;
    q->person[i] = person;
    q->response[i] = response;
    q->from[i] = window_start(study, response);
    q->to[i] = q->from[i] + study->join.length;
    q->baseline_from[i] = response - study->join.baseline;
    q->baseline_to[i] = response;
}

static bool pass_ledger(const struct job *job, struct join *j, struct arena *keep, struct err *err)
{
    struct responses *r = &j->responses;
    struct key_map *map = key_map_new(r->n, keep);
    struct asked q = asked_new(r->n, keep);
    size_t *measured = ARENA_NEW(keep, size_t, r->n);
    for (size_t i = 0; i < r->n; i++) {
        const struct response *a = &r->at[i];
        bool asks = a->use == RESPONSE_USABLE && !a->unmapped;
        measured[i] = asks ? q.n : SIZE_MAX;
        if (asks)
            ask(&q, j->study, key_map_add(map, a->joined, strlen(a->joined), NULL), a->date);
    }
    j->measured = measured;
    j->hashed = job_hashes(job);
    struct resolver resolver = {&j->identity, map};
    struct respondents respondents = {.n = q.n,
                                      .person = q.person,
                                      .response = q.response,
                                      .from = q.from,
                                      .to = q.to,
                                      .baseline_from = q.baseline_from,
                                      .baseline_to = q.baseline_to};
    struct behaviour_scan scan = {.source = job->ledgers,
                                  .from = INT32_MIN,
                                  .to = INT32_MAX,
                                  .respondents = &respondents,
                                  .resolve = resolve,
                                  .resolve_context = &resolver,
                                  .owner = keys_merge(&j->identity.rules, SIZE_MAX) ? owner : NULL,
                                  .owner_context = &resolver,
                                  .respondents_only = !j->everybody && j->identity.rules.n == 0,
                                  .memory = (uint64_t)job->common->memory,
                                  .hash = j->hashed,
                                  .n_threads = (size_t)job->common->threads,
                                  .progress = job->progress,
                                  .progress_context = job->progress_context};
    return behaviour_scan(&scan, &j->seen, keep, err) &&
           ledgers_differ(j->study, j->seen.ledgers.counts, err);
}

/* ---- who is known ---- */

/* The ids of usable answers: of all waves (wave SIZE_MAX), or of one wave, where
   the answers that duplicates replaced count too. */
static struct ids survey_ids(const struct join *j, size_t wave, struct arena *keep)
{
    const struct responses *r = &j->responses;
    struct key_map *map = key_map_new(r->n, keep);
    uint64_t *line = ARENA_NEW(keep, uint64_t, r->n);
    for (size_t i = 0; i < r->n; i++) {
        bool added;
        const struct response *a = &r->at[i];
        bool counts =
            a->use == RESPONSE_USABLE || (wave != SIZE_MAX && a->use == RESPONSE_DUPLICATE);
        if (!counts || (wave != SIZE_MAX && a->survey != wave))
            continue;
        uint32_t id = key_map_add(map, a->key, strlen(a->key), &added);
        if (added)
            line[id] = j->surveys[a->survey]->line[a->row];
    }
    return (struct ids){.source = wave == SIZE_MAX ? "the survey" : j->study->surveys[wave].file,
                        .map = map,
                        .line = line};
}

static struct ids ledger_ids(const struct customers *c, struct arena *keep)
{
    const size_t n = c->n_written ? c->n_written : c->n;
    const char *const *id = c->n_written ? c->written : c->key;
    struct key_map *map = key_map_new(n, keep);
    for (size_t i = 0; i < n; i++)
        key_map_add(map, id[i], strlen(id[i]), NULL);
    return (struct ids){.source = "the ledger", .map = map};
}

bool join_check_collisions(const struct join *j, struct arena *keep, struct err *err)
{
    if (!j->known.n_collisions || j->study->join.collisions != COLLISIONS_ERROR)
        return true;
    const struct collision *c = &j->known.collision[0];
    const char *first = key_map_text(c->ids->map, c->first, NULL),
               *second = key_map_text(c->ids->map, c->second, NULL), *rules = "";
    for (size_t i = 0; i < j->identity.rules.n; i++)
        rules = arena_printf(keep, "%s%s%s", rules, i ? ", " : "", j->identity.rules.at[i].text);
    return err_at(
        err, ERR_VALUE,
        &(struct problem){
            .file = c->ids->source,
            .line = c->ids->line ? c->ids->line[c->second] : 0,
            .column = "key",
            .value = second,
            .what = arena_printf(keep,
                                 "and '%s' are two ids, and the key rules (%s) make them one: "
                                 "'%s'; %zu such collision%s",
                                 first, rules, c->joined, j->known.n_collisions,
                                 j->known.n_collisions == 1 ? "" : "s"),
            .mend = arena_printf(
                keep,
                "drop the rule that does it (%s:%llu), or declare join: "
                "{collisions: exclude} to leave these ids out, {collisions: merge} where both "
                "are one customer",
                j->study->path, (unsigned long long)study_line(j->study, "join", 0, "key_rules"))});
}

static bool find_known(struct join *j, struct arena *keep, struct err *err)
{
    struct known *k = &j->known;
    const struct study_customers *master = &j->study->customers;
    const struct declaration at = {j->study, "customers", 0, "key"};
    if (j->customers && (!variable_declared(j->customers, master->key, &at, keep, err) ||
                         !keys_are_whole(j->customers, master->key, err)))
        return false;
    struct ids *waves = ARENA_NEW(keep, struct ids, j->study->n_surveys);
    for (size_t w = 0; w < j->study->n_surveys; w++)
        waves[w] = survey_ids(j, w, keep);
    k->wave = waves;
    k->n_waves = j->study->n_surveys;
    k->survey = survey_ids(j, SIZE_MAX, keep);
    k->ledger = ledger_ids(&j->seen.customers, keep);
    k->row = j->seen.customers.of_written;
    k->n_rows = j->seen.customers.n;
    if (j->customers)
        k->master = ids_of_column(master->file, j->customers, master->key, keep);
    const struct mapping *m = &j->identity.mapping;
    if (m->frame) {
        k->paired[0] = ids_of_column(m->frame->file, m->frame, m->respondent_column, keep);
        k->paired[1] = ids_of_column(m->frame->file, m->frame, m->account_column, keep);
    }
    k->blocked = &j->identity.blocked;
    k->mapping = m;
    known_make(k, &j->identity.rules, keep);
    return true;
}

/* ---- each response's fate ---- */

/* The keys of collisions, and those of the customers whose accounts they are. */
static struct key_map *ambiguous_keys(const struct known *k, struct arena *keep)
{
    struct key_map *map = key_map_new(2 * k->n_collisions, keep);
    for (size_t i = 0; i < k->n_collisions; i++) {
        struct key_text key = {k->collision[i].joined, strlen(k->collision[i].joined)};
        key_map_add(map, key.text, key.length, NULL);
        key = mapping_account(k->mapping, key);
        key_map_add(map, key.text, key.length, NULL);
    }
    return map;
}

static bool is_ambiguous(const struct response *a, const struct key_map *ambiguous)
{
    return key_map_find(ambiguous, a->joined, strlen(a->joined)) != KEY_MAP_NONE ||
           key_map_find(ambiguous, a->own, strlen(a->own)) != KEY_MAP_NONE;
}

static enum fate fate_of(const struct join *j, const struct response *a,
                         const struct key_map *ambiguous)
{
    size_t length = a->joined ? strlen(a->joined) : 0;
    int32_t from = window_start(j->study, a->date), last = from + j->study->join.length - 1;
    if (a->use != RESPONSE_USABLE)
        return FATE_UNUSABLE;
    if (is_ambiguous(a, ambiguous))
        return FATE_AMBIGUOUS;
    if (a->unmapped)
        return FATE_UNMAPPED;
    if (key_map_find(j->known.map, a->joined, length) == KEY_MAP_NONE)
        return FATE_NOT_FOUND;
    if (j->study->join.censored == CENSORED_EXCLUDE &&
        (j->coverage.to == DAY_MISSING || last > j->coverage.to ||
         (j->coverage.from_is_declared && from < j->coverage.from)))
        return FATE_CENSORED;
    return FATE_STUDY;
}

static void settle_fates(struct join *j, struct arena *keep)
{
    const struct responses *r = &j->responses;
    struct key_map *ambiguous = ambiguous_keys(&j->known, keep);
    struct key_map *usable = key_map_new(r->n, keep), *found = key_map_new(r->n, keep);
    struct key_map *unmapped = key_map_new(0, keep);
    j->fate = ARENA_NEW(keep, enum fate, r->n);
    j->baseline_missing = ARENA_NEW(keep, bool, r->n);
    for (size_t i = 0; i < r->n; i++) {
        const struct response *a = &r->at[i];
        j->fate[i] = fate_of(j, a, ambiguous);
        j->by_fate[j->fate[i]]++;
        if (j->fate[i] == FATE_UNUSABLE)
            continue;
        j->baseline_missing[i] =
            j->coverage.from == DAY_MISSING || a->date - j->study->join.baseline < j->coverage.from;
        key_map_add(a->unmapped ? unmapped : usable, a->joined, strlen(a->joined), NULL);
        if (j->fate[i] == FATE_STUDY || j->fate[i] == FATE_CENSORED)
            key_map_add(found, a->joined, strlen(a->joined), NULL);
    }
    j->n_respondents = key_map_count(usable) + key_map_count(unmapped);
    j->n_found = key_map_count(found);
    j->match_rate = j->n_respondents ? (double)j->n_found / (double)j->n_respondents : NAN;
}

bool join_check_matched(const struct join *j, struct err *err)
{
    if (j->responses.n == 0)
        return err_at(err, ERR_VALUE,
                      &(struct problem){.file = j->surveys[0]->file,
                                        .what = "there is no response below the header",
                                        .mend = "export the survey again"});
    if (j->n_respondents == 0)
        return err_at(err, ERR_VALUE,
                      &(struct problem){.file = j->surveys[0]->file,
                                        .what = "no usable response is left",
                                        .mend = "look at the keep: filter, the key and the date of "
                                                "the survey"});
    if (j->n_found == 0)
        return err_at(err, ERR_VALUE,
                      &(struct problem){.file = j->surveys[0]->file,
                                        .column = j->study->surveys[0].key,
                                        .what = "no respondent is found in the ledger or master",
                                        .mend =
                                            "compare a few ids of both files: another key "
                                            "column, or key_rules: [trim, case, strip_zeros]?"});
    return true;
}

/* The columns of names that are compared for the table `review`. */
static bool names_exist(const struct job *job, struct arena *keep, struct err *err)
{
    const struct study_review *r = &job->study->join.review;
    const struct declaration survey = {job->study, "join", 0, "review.survey"};
    const struct declaration master = {job->study, "join", 0, "review.master"};
    for (size_t s = 0; r->survey && s < job->study->n_surveys; s++)
        if (job->surveys[s] && !variable_declared(job->surveys[s], r->survey, &survey, keep, err))
            return false;
    return !r->master || !job->customers ||
           variable_declared(job->customers, r->master, &master, keep, err);
}

bool join_identity(const struct job *job, struct identity *identity, struct arena *keep,
                   struct err *err)
{
    const struct study_join *join = &job->study->join;
    const struct study_mapping *m = &join->mapping;
    *identity = (struct identity){.mapping = {.frame = job->mapping,
                                              .respondent_column = m->respondent,
                                              .account_column = m->account,
                                              .others_unmatched = m->others == OTHERS_UNMATCHED}};
    if (!keys_compile(&join->key_rules, &identity->rules, keep, err) ||
        !names_exist(job, keep, err))
        return false;
    identity->rules.all_merge = join->collisions == COLLISIONS_MERGE;
    blocked_make(&join->block, &job->blocked, &identity->rules, &identity->blocked, keep);
    const struct declaration respondent = {job->study, "join", 0, "mapping.respondent"};
    const struct declaration account = {job->study, "join", 0, "mapping.account"};
    return !job->mapping ||
           (variable_declared(job->mapping, m->respondent, &respondent, keep, err) &&
            variable_declared(job->mapping, m->account, &account, keep, err) &&
            keys_are_whole(job->mapping, m->respondent, err) &&
            keys_are_whole(job->mapping, m->account, err) &&
            mapping_make(&identity->mapping, &identity->rules, SIZE_MAX, &identity->blocked, keep,
                         err));
}

bool join_match(const struct job *job, struct join *j, struct arena *keep, struct err *err)
{
    if (!pass_ledger(job, j, keep, err) || !find_known(j, keep, err))
        return false;
    j->coverage = coverage_of(j->study, j->seen.ledgers.counts, keep);
    settle_fates(j, keep);
    return true;
}

bool join_make(const struct job *job, bool everybody, struct join *j, struct arena *keep,
               struct err *err)
{
    const struct study *study = job->study;
    *j = (struct join){.study = study,
                       .surveys = job->surveys,
                       .said = job->said,
                       .customers = job->customers,
                       .everybody = everybody,
                       .n_threads = (size_t)job->common->threads,
                       .ids_secret = job->common->pseudonymise != NULL};
    if (study->n_surveys == 0)
        return err_set(err, ERR_STUDY, "%s: there is no `surveys:`; this program joins a survey",
                       study->path);
    if (!job->ledgers)
        return err_set(err, ERR_STUDY, "%s: there is no `ledgers:`; this program needs purchases",
                       study->path);
    return join_identity(job, &j->identity, keep, err) &&
           responses_read(study, job->surveys, job->said, job->customers, &j->identity,
                          &j->responses, keep, err) &&
           join_match(job, j, keep, err) && join_check_collisions(j, keep, err) &&
           join_check_matched(j, err);
}

/* ---- warnings, counts, gate ---- */

/* Does a row of the master say another group than the first row of the same id? */
static bool contradicts(const struct join *j, size_t row, size_t first)
{
    for (size_t g = 0; g < j->study->n_groups; g++) {
        const struct column *c = frame_column(j->customers, j->study->groups[g].column);
        if (j->responses.group_in_survey[g] || !c)
            continue;
        const char *a = c->as.text[row], *b = c->as.text[first];
        if (a && b ? strcmp(a, b) != 0 : a != b)
            return true;
    }
    return false;
}

/* Rows of the master whose id, or whose owner, stands there before with another group. */
static size_t count_contradicting(const struct join *j, const struct column *key, size_t *at,
                                  struct arena *scratch)
{
    const size_t n = j->customers->n_rows;
    struct key_buffer buffer[2] = {{.arena = scratch}, {.arena = scratch}};
    struct key_map *seen = key_map_new(n, scratch);
    size_t *first = ARENA_NEW(scratch, size_t, n), count = 0;
    for (size_t i = 0; i < n; i++) {
        bool added;
        const char *text = key->as.text[i];
        if (!text)
            continue;
        const struct key_text owner = blocked_owner(&j->identity.blocked, &j->identity.rules,
                                                    SIZE_MAX, text, strlen(text), buffer);
        const uint32_t id = key_map_add(seen, owner.text, owner.length, &added);
        if (added)
            first[id] = i;
        else if (contradicts(j, i, first[id]))
            *at = count++ ? *at : i;
    }
    return count;
}

static void warn_of_master(const struct join *j, struct report_builder *report)
{
    const struct frame *f = j->customers;
    const struct column *key = f ? frame_column(f, j->study->customers.key) : NULL;
    struct arena *scratch = arena_new();
    size_t at = 0;
    const size_t count = key ? count_contradicting(j, key, &at, scratch) : 0;
    arena_free(scratch);
    if (count)
        report_add_warning(report,
                           "%s:%llu: '%s' stands there before with another group; the first line "
                           "counts (%zu such line%s)",
                           f->file, (unsigned long long)f->line[at], key->as.text[at], count,
                           count == 1 ? "" : "s");
}

static void warn(const struct join *j, struct report_builder *report)
{
    warn_of_master(j, report);
    if (!j->study->customers.file)
        report_add_warning(report, "there is no customer master: customers who never bought are "
                                   "missing, and retention is biased upward; name a list of all "
                                   "customers under customers: in the study file");
    if (j->match_rate < 0.8)
        report_add_warning(report,
                           "only %.1f %% of the respondents are found; see the tables "
                           "unmatched and what_if",
                           100 * j->match_rate);
    if (j->by_fate[FATE_CENSORED])
        report_add_warning(report, "%llu response%s left out: the ledger does not cover the window",
                           (unsigned long long)j->by_fate[FATE_CENSORED],
                           j->by_fate[FATE_CENSORED] == 1 ? " is" : "s are");
    size_t early = 0;
    for (size_t i = 0; i < j->responses.n; i++)
        early += j->fate[i] == FATE_STUDY &&
                 window_start(j->study, j->responses.at[i].date) < j->coverage.from;
    if (early)
        report_add_warning(report,
                           "%zu window%s before the first line of the ledger: if it lacks "
                           "earlier purchases, declare coverage: {from: ...}",
                           early, early == 1 ? " begins" : "s begin");
    if (j->study->join.offset == 0)
        report_add_warning(report, "the window begins on the day of the response: purchases that "
                                   "came before the answer may count as behaviour after it; "
                                   "offset: 1d avoids it");
    if (j->study->join.censored == CENSORED_KEEP)
        report_add_warning(report, "windows that the ledger does not cover are kept (censored: "
                                   "keep): their purchases are counted too low");
    if (j->known.n_collisions)
        report_add_warning(report,
                           "%zu key collision%s: these ids are left out, see the table ambiguous",
                           j->known.n_collisions, j->known.n_collisions == 1 ? "" : "s");
    if (j->identity.rules.all_merge && j->known.ledger_merging.n_ids)
        report_add_warning(report,
                           "%zu ids of the ledger are spellings of %zu customer%s and are summed, "
                           "see the table merged",
                           j->known.ledger_merging.n_ids, j->known.ledger_merging.n_owners,
                           j->known.ledger_merging.n_owners == 1 ? "" : "s");
    if (j->by_fate[FATE_STUDY] == 0)
        report_add_warning(report, "no respondent is left in the study: the ledger covers no "
                                   "window");
}

void join_report_surveys(const struct join *j, struct report_builder *report, struct arena *keep)
{
    for (size_t s = 0; s < j->study->n_surveys; s++) {
        const struct survey_said *said = &j->said[s];
        if (said->format && strcmp(said->format, "csv") != 0)
            report_add_fact(report, "inputs",
                            arena_printf(keep, "%s: read as", j->study->surveys[s].file),
                            said->format);
        if (j->study->surveys[s].time_zone)
            report_add_fact(report, "settings",
                            arena_printf(keep, "%s: time_zone", j->study->surveys[s].file),
                            j->study->surveys[s].time_zone);
        for (size_t k = 0; k < said->n_remarks; k++)
            report_add_warning(report, "%s", said->remarks[k]);
    }
}

void join_report(const struct join *j, struct report_builder *report, struct arena *keep)
{
    warn(j, report);
    house_warnings(j, report);
    coverage_warnings(j->study, j->seen.ledgers.counts, report);
    spill_warning(j->seen.spilled, report);
    for (size_t u = 0; u < RESPONSE_N_USES; u++)
        if (u <= RESPONSE_DUPLICATE || j->responses.by_use[u])
            report_add_count(report, arena_printf(keep, "responses: %s", response_use_word(u)),
                             (double)j->responses.by_use[u]);
    report_add_count(report, "respondents", (double)j->n_respondents);
    report_add_count(report, "respondents found", (double)j->n_found);
    for (size_t f = 0; f < FATE_N; f++)
        if (f != FATE_UNUSABLE && (f != FATE_UNMAPPED || j->by_fate[f]))
            report_add_count(report, arena_printf(keep, "responses: %s", fate_reason(f)),
                             (double)j->by_fate[f]);
    if (keys_merge(&j->identity.rules, SIZE_MAX)) {
        report_add_count(report, "ledger: ids that are merged",
                         (double)j->known.ledger_merging.n_ids);
        report_add_count(report, "ledger: customers that they are merged into",
                         (double)j->known.ledger_merging.n_owners);
    }
    ledgers_facts(j->study, j->seen.ledgers.counts, j->hashed, report, keep);
    if (j->match_rate < j->study->join.min_match)
        report_set_gate(report, arena_printf(keep,
                                             "gate failed: %.1f %% of the respondents are found, "
                                             "min_match asks for %.1f %%",
                                             100 * j->match_rate, 100 * j->study->join.min_match));
}
