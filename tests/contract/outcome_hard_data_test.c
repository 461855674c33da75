/* SPDX-License-Identifier: GPL-3.0-or-later
   Every family under every link on data that nobody likes: a status in finite time, and what is
   called converged is a maximum, with errors, and no bound in disguise. */
#include <math.h>
#include <string.h>
#include <time.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>

#include "models/base/rng.h"
#include "models/outcome/events.h"
#include "tests/check.h"
#include "tests/glm_data.h"
#include "tests/hard_data.h"

/* ---- what is looked at ---- */

struct tried {
    const char *data, *family, *link;
    const struct outcome_fit *fit;
    size_t bad;
};

static void complain(struct tried *t, const char *what)
{
    t->bad++;
    print_message("%s %s %s: %s (%s)\n", t->data, t->family, t->link, what,
                  fit_status_word(t->fit->fit.status));
}

/* The influences sum to 0 at a maximum. */
static void check_score(struct tried *t, struct arena *scratch)
{
    const struct outcome_fit *fit = t->fit;
    size_t n = fit->data.design->n, k = fit->fit.n_params;
    double *influence = ARENA_NEW(scratch, double, n *k + 1);
    outcome_influence(fit, influence, scratch);
    for (size_t j = 0; j < k && n > k; j++) {
        double sum = 0, size = 0;
        for (size_t i = 0; i < n; i++) {
            sum += influence[i * k + j];
            size += fabs(influence[i * k + j]);
        }
        /* of x about 1e9, the digits of S are lost in the intercept's */
        bool lost = !strcmp(t->data, "x_far") && !strcmp(fit->fit.term[j], "Smearing");
        if (!isnan(fit->fit.estimate[j]) && !lost &&
            !(fabs(sum) <= 1e-5 * size + 1e-15 * fabs(fit->fit.estimate[j])))
            complain(t, "the score is not 0");
    }
}

static void check_converged(struct tried *t, const struct hard *h, struct arena *scratch)
{
    const struct outcome_fit *fit = t->fit;
    size_t known = 0;
    for (size_t j = 0; j < fit->fit.n_params; j++) {
        double b = fit->fit.estimate[j], se = fit_std_error(&fit->fit, j);
        known += isfinite(b);
        if (isfinite(b) && !(isfinite(se) && se >= 0) && fit->covariance_status == FIT_CONVERGED &&
            !h->small && strcmp(fit->fit.term[j], "Smearing") != 0)
            complain(t, "an estimate without an error");
        if (isinf(b))
            complain(t, "an infinite estimate");
    }
    if (known == 0 && h->p > 0)
        complain(t, "no estimate");
    if (isnan(fit->fit.log_lik) && (!fit->outcome->glm || fit->outcome->glm->likelihood))
        complain(t, "no likelihood");
    for (size_t i = 0; i < fit->data.design->n * fit->n_means; i++)
        if (isnan(fit->mean[i])) { /* of an outlier it may be beyond a double */
            complain(t, "no mean");
            break;
        }
    check_score(t, scratch);
}

/* Fits data d under a link. */
static void fit_hard(const struct outcome *o, const char *link, size_t d, struct hard *h,
                     struct outcome_fit *fit, struct arena *keep)
{
    const double *column[4] = {NULL, h->x[1], h->x[2], h->x[3]};
    hard_data_plain(h, rng_stream(17, 3, keep));
    hard_kinds[d].make(h);
    for (size_t i = 0; i < h->n; i++)
        h->y[i] = hard_response(o, h->t[i]);
    if (h->no_intercept)
        column[0] = h->x[0];
    struct design *design = ARENA_NEW(keep, struct design, 1);
    *design = design_of_columns(h->n, h->p, column, h->y, keep);
    design->offset = h->has_offset ? h->offset : NULL;
    const struct outcome_data data = {design, o->second == SECOND_REPEATED ? design : NULL,
                                      h->has_w ? h->w : NULL, h->weight_kind};
    const struct outcome_options options = {
        .link = link, .left = 0, .right = INFINITY, .threads = 1};
    outcome_fit(o, &data, &options, fit, keep);
}

static void try_one(const struct outcome *o, const char *link, size_t d, size_t *bad)
{
    struct arena *keep = arena_new();
    struct hard *h = ARENA_NEW(keep, struct hard, 1);
    struct outcome_fit fit;
    struct tried t = {hard_kinds[d].name, o->name, link, &fit, 0};
    clock_t from = clock();
    fit_hard(o, link, d, h, &fit, keep);
    if ((double)(clock() - from) / CLOCKS_PER_SEC > 2)
        complain(&t, "slow");
    if (fit.fit.status == FIT_CONVERGED)
        check_converged(&t, h, keep);
    if (fit.fit.status == FIT_OK || fit.fit.status >= FIT_N_STATUS)
        complain(&t, "no status");
    *bad += t.bad;
    arena_free(keep);
}

static void test_every_family(void **state)
{
    size_t bad = 0;
    (void)state;
    for (size_t d = 0; d < n_hard_kinds; d++)
        for (size_t k = 0; k < n_outcomes; k++)
            for (const char *const *link = outcomes[k]->link; *link; link++)
                try_one(outcomes[k], *link, d, &bad);
    assert_int_equal(bad, 0);
}

/* What has to be said of them. */
static const struct {
    const char *data, *family, *links;
    enum fit_status status;
} said[] = {
    {"separation", "binomial", "logit probit cloglog cauchit", FIT_SEPARATION},
    {"separation", "ordinal", "logit probit cloglog loglog cauchit", FIT_SEPARATION},
    {"separation", "hurdle_poisson", "log", FIT_SEPARATION},
    {"quasi_separation", "binomial", "logit probit cloglog cauchit", FIT_SEPARATION},
    {"quasi_separation", "ordinal", "logit probit cloglog loglog", FIT_SEPARATION},
    {"quasi_separation", "two_part", "logit probit", FIT_SEPARATION},
    {"quasi_separation", "hurdle_poisson", "log", FIT_SEPARATION},
    {"zeros_of_a_group", "poisson", "log", FIT_SEPARATION},
    {"zeros_of_a_group", "negative_binomial", "log", FIT_SEPARATION},
    {"zeros_of_a_group", "hurdle_negative_binomial", "log", FIT_SEPARATION},
    {"zeros_of_a_group", "zero_inflated_poisson", "log", FIT_SEPARATION},
    {"zeros_of_a_group", "tobit", "identity", FIT_SEPARATION},
    {"all_low", "binomial", "logit probit cloglog cauchit log", FIT_CONSTANT},
    {"all_low", "poisson", "log identity sqrt", FIT_CONSTANT},
    {"all_low", "negative_binomial", "log identity sqrt", FIT_CONSTANT},
    {"all_low", "quasipoisson", "log identity sqrt", FIT_CONSTANT},
    {"all_low", "hurdle_poisson", "log", FIT_CONSTANT},
    {"all_low", "ordinal", "logit probit cloglog loglog cauchit", FIT_CONSTANT},
    {"all_low", "tobit", "identity", FIT_CONSTANT},
    {"all_low", "two_part", "logit probit", FIT_CONSTANT},
    {"all_low", "gaussian", "identity", FIT_CONSTANT},
    {"all_high", "binomial", "logit probit cloglog cauchit log", FIT_CONSTANT},
    {"all_high", "gamma", "inverse log identity", FIT_CONSTANT},
    {"perfect", "gaussian", "identity log inverse", FIT_PERFECT},
    {"perfect", "gamma", "inverse log identity", FIT_PERFECT},
    {"perfect", "tobit", "identity", FIT_PERFECT},
    {"perfect", "two_part", "logit probit", FIT_PERFECT},
    {"collinear", "binomial", "logit probit cloglog cauchit", FIT_CONVERGED},
    {"constant_column", "poisson", "log", FIT_CONVERGED},
    {"zero_column", "ordinal", "logit", FIT_CONVERGED},
    {"weights_all_zero", "binomial", "logit", FIT_TOO_FEW},
    {"offset_high", "two_part", "logit probit", FIT_CONVERGED},
    {"offset_low", "binomial", "logit probit cloglog cauchit", FIT_CONVERGED},
    {"offset_low", "zero_inflated_negative_binomial", "log", FIT_CONVERGED},
    {"x_large", "binomial", "logit probit cloglog cauchit", FIT_CONVERGED},
    {"x_small", "gamma", "inverse log identity", FIT_CONVERGED},
    {"y_wide", "negative_binomial", "log", FIT_CONVERGED},
    {"y_wide", "gamma", "log", FIT_CONVERGED},
    {"y_large", "negative_binomial", "log", FIT_CONVERGED},
    {"y_large", "poisson", "log", FIT_CONVERGED},
    {"y_large", "gamma", "inverse log identity", FIT_CONVERGED},
    {"as_many_columns", "gaussian", "identity", FIT_PERFECT},
};

static size_t hard_index(const char *name)
{
    for (size_t d = 0; d < n_hard_kinds; d++)
        if (strcmp(hard_kinds[d].name, name) == 0)
            return d;
    fail_msg("no data %s", name);
    return 0;
}

static void test_statuses(void **state)
{
    size_t bad = 0;
    (void)state;
    for (size_t s = 0; s < sizeof said / sizeof *said; s++) {
        struct arena *keep = arena_new();
        char *rest = arena_strdup(keep, said[s].links);
        for (char *link; (link = strsep(&rest, " "));) {
            struct hard *h = ARENA_NEW(keep, struct hard, 1);
            struct outcome_fit fit;
            const struct outcome *o = outcome_find(said[s].family);
            assert_true(outcome_has_link(o, link));
            fit_hard(o, link, hard_index(said[s].data), h, &fit, keep);
            if (fit.fit.status != said[s].status) {
                print_message("%s %s %s: %s\n", said[s].data, said[s].family, link,
                              fit_status_word(fit.fit.status));
                bad++;
            }
        }
        arena_free(keep);
    }
    assert_int_equal(bad, 0);
}

/* Units and origins of x, and a constant in the offset, change nothing but what they must. */
static void test_what_does_not_matter(void **state)
{
    static const struct {
        const char *data;
        double unit;
    } moved[] = {{"x_large", 1e9}, {"x_small", 1e-9}, {"x_far", 1}};
    size_t n = 0;
    (void)state;
    for (size_t k = 0; k < n_outcomes; k++)
        for (size_t m = 0; m < sizeof moved / sizeof *moved; m++) {
            struct arena *keep = arena_new();
            struct hard *h = ARENA_NEW(keep, struct hard, 1);
            struct hard *g = ARENA_NEW(keep, struct hard, 1);
            struct outcome_fit a, b;
            const char *link = outcomes[k]->link[0];
            fit_hard(outcomes[k], link, hard_index("plain"), h, &a, keep);
            fit_hard(outcomes[k], link, hard_index(moved[m].data), g, &b, keep);
            assert_int_equal(a.fit.status, b.fit.status);
            size_t j = outcomes[k]->ordered ? 3 : 1; /* x, behind thresholds or the intercept */
            double digits = m < 2 ? 8 : 5.5;         /* 1e9 + x has 7 digits of x */
            if (a.fit.status == FIT_CONVERGED) {
                assert_digits(b.fit.estimate[j] * moved[m].unit, a.fit.estimate[j], digits);
                assert_digits(fit_std_error(&b.fit, j) * moved[m].unit, fit_std_error(&a.fit, j),
                              digits);
                n++;
            }
            arena_free(keep);
        }
    assert_true(n > 30);
}

static struct outcome_events events_of(const char *data, const struct outcome *o)
{
    struct arena *keep = arena_new();
    struct hard *h = ARENA_NEW(keep, struct hard, 1);
    struct outcome_fit fit;
    fit_hard(o, o->link[0], hard_index(data), h, &fit, keep);
    struct outcome_events e = outcome_events(&fit);
    arena_free(keep);
    return e;
}

static void test_events(void **state)
{
    (void)state;
    struct outcome_events e = events_of("one_event", &outcome_poisson);
    assert_digits(e.events, 1, 15);
    assert_digits(e.coefficients, 1, 15); /* x; the group without an event has none */
    assert_digits(e.each, 1, 15);
    e = events_of("two_events", &outcome_binomial);
    assert_digits(e.events, 2, 15);
    e = events_of("two_events", &outcome_two_part);
    assert_digits(e.events, 2, 15);
    e = events_of("all_high", &outcome_binomial);
    assert_digits(e.events, 0, 15);
    assert_true(isinf(e.each) && e.coefficients == 0);
    e = events_of("frequencies", &outcome_binomial); /* 39 rows, three of each */
    assert_true(e.events > 0 && fmod(e.events, 3) == 0 && e.events <= 58);
    e = events_of("plain", &outcome_hurdle_negative_binomial);
    assert_digits(e.coefficients, 2, 15);
    assert_true(isnan(events_of("plain", &outcome_gaussian).each));
    assert_true(isnan(events_of("plain", &outcome_ordinal).events));
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_family),
        cmocka_unit_test(test_statuses),
        cmocka_unit_test(test_what_does_not_matter),
        cmocka_unit_test(test_events),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
