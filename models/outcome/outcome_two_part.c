/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spend in two parts as one fit: parameters of the amount (b), of any spending (a), and of
   lognormal amounts the smearing factor S.

   S has to be a parameter of its own.  It is the mean of e = y exp(-x'b) of buyers, and with an
   intercept in x the level of S exp(x'b) is all in the mean of e: with S held, or taken as a
   function of b at the residuals as they are, errors of expected spend leave that level's own
   uncertainty out. */
#include <math.h>
#include <string.h>

#include "models/outcome/parts.h"

/* ---- the model's own covariance ---- */

/* Moments of the buyers' residuals r = log y - x'b and e = y exp(-x'b), W their weight. */
struct smear {
    double total;         /* W */
    double cross, spread; /* sum w r (e - S) and sum w (e - S)^2, over df */
    double *mean, *slope; /* [p] sum w x / W, and dS/db = -sum w e x / W */
};

static struct smear smear_of(const struct two_part_fit *fit, struct arena *scratch)
{
    const struct likelihood *l = &fit->amount_model;
    size_t p = l->n_params;
    struct smear m = {.mean = ARENA_NEW(scratch, double, p),
                      .slope = ARENA_NEW(scratch, double, p)};
    for (size_t i = 0; i < l->n; i++) {
        double w = l->w[i], u;
        if (!(w > 0))
            continue;
        likelihood_predictors(l, fit->at_amount, i, &u);
        double r = log(fit->rows->y[i]) - u, e = exp(r);
        m.total += w;
        m.cross += w * r * (e - fit->smearing) / fit->amount.df_residual;
        m.spread += w * (e - fit->smearing) * (e - fit->smearing) / fit->amount.df_residual;
        for (size_t j = 0; j < p; j++) {
            m.mean[j] += w * l->predictor[0].x[i * p + j];
            m.slope[j] -= w * e * l->predictor[0].x[i * p + j];
        }
    }
    for (size_t j = 0; j < p; j++) {
        m.mean[j] /= m.total;
        m.slope[j] /= m.total;
    }
    return m;
}

/* Errors of the log amounts that are alike and independent of x, as those of b: with
   b = M sum w x r and S = mean(e) + slope'b, their variances are sigma^2 M and spread / W, and
   their covariance is cross M mean(x). */
static void add_smearing(const struct two_part_fit *fit, size_t k, double *vcov,
                         struct arena *scratch)
{
    const struct smear m = smear_of(fit, scratch);
    size_t p = fit->amount.n_params, s = k - 1;
    double dispersion = fit->amount.sigma * fit->amount.sigma, variance = m.spread / m.total;
    for (size_t i = 0; i < p; i++) {
        double with_mean = 0, with_slope = 0;
        for (size_t j = 0; j < p; j++) {
            double bread = fit->amount_bread[i * p + j];
            with_mean += isnan(bread) ? 0 : m.cross * bread * m.mean[j];
            with_slope += isnan(bread) ? 0 : dispersion * bread * m.slope[j];
        }
        variance += m.slope[i] * (2 * with_mean + with_slope);
        bool none = isnan(fit->amount.vcov[i * p + i]);
        vcov[i * k + s] = vcov[s * k + i] = none ? NAN : with_mean + with_slope;
    }
    vcov[s * k + s] = fmax(0, variance);
}

/* Rows and columns of parameters without an error are NaN. */
static void model_covariance(const struct two_part_fit *fit, size_t k, double *vcov)
{
    size_t q = fit->amount.n_params, p = fit->any.n_params;
    struct arena *scratch = arena_new();
    for (size_t i = 0; i < q; i++)
        memcpy(vcov + i * k, fit->amount.vcov + i * q, q * sizeof *vcov);
    for (size_t i = 0; i < p; i++)
        memcpy(vcov + (q + i) * k + q, fit->any.vcov + i * p, p * sizeof *vcov);
    bool known = fit->amount.status == FIT_CONVERGED || fit->amount.status == FIT_PERFECT;
    if (k > p + q && known)
        add_smearing(fit, k, vcov, scratch);
    else if (k > p + q)
        vcov[k * k - 1] = NAN;
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++)
            if (isnan(vcov[i * k + i]) || isnan(vcov[j * k + j]))
                vcov[i * k + j] = i == j ? vcov[i * k + i] : NAN;
    arena_free(scratch);
}

/* ---- the fit ---- */

/* Coefficients that were estimated. */
static double n_estimated(const struct fit *part)
{
    return isnan(part->df_residual) ? 0 : part->n_obs - part->df_residual;
}

static const char *const *terms(const struct two_part_fit *two, size_t k, struct arena *keep)
{
    size_t q = two->amount.n_params, p = two->any.n_params;
    const char **term = ARENA_NEW(keep, const char *, k);
    if (q)
        memcpy(term, two->amount.term, q * sizeof *term);
    if (p)
        memcpy(term + q, two->any.term, p * sizeof *term);
    if (k > p + q)
        term[k - 1] = "Smearing";
    return term;
}

/* Both parts as one fit.  Its status is the amount's, or where that converged the other's. */
static void join(const struct two_part_fit *two, struct outcome_fit *fit, struct arena *keep)
{
    size_t q = two->amount.n_params, p = two->any.n_params, k = p + q + two->kind->smeared;
    const struct component component[] = {{"amount", 0}, {"any", q}, {"amount", p + q}};
    struct fit *both = ARENA_NEW(keep, struct fit, 1);
    fit_init(both, k, terms(two, k, keep), keep);
    if (q)
        memcpy(both->estimate, two->amount.estimate, q * sizeof(double));
    if (p)
        memcpy(both->estimate + q, two->any.estimate, p * sizeof(double));
    if (two->kind->smeared)
        both->estimate[k - 1] = two->smearing;
    memset(both->vcov, 0, k * k * sizeof *both->vcov);
    model_covariance(two, k, both->vcov);
    both->status = two->amount.status == FIT_CONVERGED ? two->any.status : two->amount.status;
    both->log_lik = two->log_lik;
    both->sigma = two->amount.sigma;
    both->n_obs = two->any.n_obs;
    both->df_residual = both->n_obs - n_estimated(&two->any) - n_estimated(&two->amount);
    both->n_iter = two->any.n_iter + two->amount.n_iter;
    parts_take(both, fit, keep);
    fit->component = parts_components(k, component, 3, keep);
    fit->n_parameters += 1; /* the dispersion of the amounts */
    fit->dispersion = both->sigma * both->sigma;
}

static void fit_two_part(const struct outcome_data *data, const struct outcome_options *options,
                         struct outcome_fit *fit, struct arena *keep)
{
    const struct design *second = parts_second(data);
    const struct limited_rows *rows = parts_rows(data, data->design->y, options, keep);
    struct two_part_options o = {.link = threshold_find(fit->link),
                                 .amount =
                                     amount_find(options->amount ? options->amount : "lognormal"),
                                 .any = parts_equation(second),
                                 .amount_of = parts_equation(data->design)};
    struct two_part_fit *two = ARENA_NEW(keep, struct two_part_fit, 1), null;
    two_part_fit(rows, &o, two, keep);
    fit->two_part = two;
    join(two, fit, keep);
    struct arena *scratch = arena_new();
    o.any = parts_intercept(second, scratch);
    o.amount_of = parts_intercept(data->design, scratch);
    two_part_fit(rows, &o, &null, scratch);
    parts_take_null(null.log_lik, fit);
    arena_free(scratch);
    fit->n_means = 1;
    parts_take_means(fit, keep);
}

/* ---- means and influence ---- */

/* From (any, amount, S) to (amount, any, S). */
static void in_order(const struct two_part_fit *two, const double *joint, size_t k, double *to)
{
    size_t q = two->amount.n_params, p = two->any.n_params;
    for (size_t j = 0; j < q; j++)
        to[j] = joint[p + j];
    for (size_t j = 0; j < p; j++)
        to[q + j] = joint[j];
    if (k > p + q)
        to[k - 1] = joint[p + q];
}

/* Expected spend. */
static void means_two_part(const struct outcome_fit *fit, const struct outcome_rows *rows,
                           double mean[], double gradient[], struct arena *scratch)
{
    const struct two_part_fit *two = fit->two_part;
    bool again = !rows->x2;
    size_t k = fit->fit.n_params;
    const struct equation amount = {
        .x = rows->x, .p = two->amount.n_params, .offset = rows->offset};
    const struct equation any = {.x = again ? rows->x : rows->x2,
                                 .p = two->any.n_params,
                                 .offset = again ? rows->offset : rows->offset2};
    double *joint = ARENA_NEW(scratch, double, two->n_joint);
    for (size_t i = 0; i < rows->n; i++) {
        mean[i] = two_part_expected_of(two, &any, &amount, i, joint);
        if (!gradient)
            continue;
        in_order(two, joint, k, gradient + i * k);
        if (!isnan(mean[i]))
            parts_mask(fit, gradient + i * k);
        for (size_t j = 0; isnan(mean[i]) && j < k; j++)
            gradient[i * k + j] = NAN;
    }
}

static void influence(const struct outcome_fit *fit, double influence[], struct arena *scratch)
{
    const struct two_part_fit *two = fit->two_part;
    size_t n = fit->data.design->n, k = fit->fit.n_params;
    double *joint = ARENA_NEW(scratch, double, n * two->n_joint);
    two_part_influence(two, joint, scratch);
    for (size_t i = 0; i < n; i++)
        in_order(two, joint + i * two->n_joint, k, influence + i * k);
}

static bool in_domain(double y, const struct outcome_options *options)
{
    (void)options;
    return y >= 0 && isfinite(y);
}

static const char *const words[] = {"logit", "probit", NULL};

const struct outcome outcome_two_part = {
    .name = "two_part",
    .title = "Two-part spend: whether at all, and how much",
    .source = "Duan, Manning, Morris & Newhouse 1983, J. Bus. Econ. Stat. 1, 115-126",
    .link = words,
    .second = SECOND_REPEATED,
    .second_title = "the part of who spends at all",
    .domain = "0 or above",
    .in_domain = in_domain,
    .fit = fit_two_part,
    .means = means_two_part,
    .influence = influence,
};
