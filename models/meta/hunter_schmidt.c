/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/meta/hunter_schmidt.h"

#include <math.h>
#include <stdbool.h>

#include <gsl/gsl_cdf.h>

#include "models/base/sum.h"

static struct hunter_schmidt nothing(size_t k, enum fit_status status)
{
    return (struct hunter_schmidt){.status = status,
                                   .k = k,
                                   .n = NAN,
                                   .mean = NAN,
                                   .std_error = NAN,
                                   .conf_low = NAN,
                                   .conf_high = NAN,
                                   .variance = NAN,
                                   .error_variance = NAN,
                                   .artefact_share = NAN,
                                   .sd_rho = NAN,
                                   .cred_low = NAN,
                                   .cred_high = NAN};
}

static double at(const double *value, size_t i)
{
    return value ? value[i] : 1;
}

static bool is_share(double x)
{
    return x > 0 && x <= 1;
}

static bool in_domain(const struct artefacts *a)
{
    for (size_t i = 0; i < a->k; i++)
        if (!(fabs(a->r[i]) <= 1) || !(a->n[i] > 1) || !is_share(at(a->reliability_x, i)) ||
            !is_share(at(a->reliability_y, i)) || !(at(a->u, i) > 0) || !isfinite(at(a->u, i)))
            return false;
    return true;
}

/* One correlation with its corrections. */
struct study {
    double r;         /* corrected */
    double weight;    /* n A^2 */
    double inflation; /* of its error variance: a^2 / A^2 */
};

static struct study study_at(const struct artefacts *a, size_t i, bool correct)
{
    if (!correct)
        return (struct study){a->r[i], a->n[i], 1};
    double attenuation = sqrt(at(a->reliability_x, i) * at(a->reliability_y, i));
    double unattenuated = a->r[i] / attenuation, ratio = 1 / at(a->u, i);
    double bend = sqrt((ratio * ratio - 1) * unattenuated * unattenuated + 1);
    double factor = attenuation * bend / ratio; /* r / corrected r, also for r = 0 */
    double spread = 1 / ((ratio * ratio - 1) * a->r[i] * a->r[i] + 1);
    return (struct study){ratio * unattenuated / bend, a->n[i] * factor * factor,
                          spread * spread / (factor * factor)};
}

static double total(const struct artefacts *a)
{
    struct sum n = {0};
    for (size_t i = 0; i < a->k; i++)
        sum_add(&n, a->n[i]);
    return sum_value(&n);
}

static double weighted_mean(const struct artefacts *a, bool correct)
{
    struct sum w = {0}, wr = {0};
    for (size_t i = 0; i < a->k; i++) {
        struct study s = study_at(a, i, correct);
        sum_add(&w, s.weight);
        sum_add(&wr, s.weight * s.r);
    }
    return sum_value(&wr) / sum_value(&w);
}

/* Observed variance, and the error variance expected from the uncorrected mean. */
static void variances(const struct artefacts *a, bool correct, struct hunter_schmidt *h)
{
    struct sum w = {0}, squares = {0}, errors = {0};
    double plain = weighted_mean(a, false), unit = (1 - plain * plain) * (1 - plain * plain);
    for (size_t i = 0; i < a->k; i++) {
        struct study s = study_at(a, i, correct);
        double n = correct ? a->n[i] : h->n / (double)a->k;
        sum_add(&w, s.weight);
        sum_add(&squares, s.weight * (s.r - h->mean) * (s.r - h->mean));
        sum_add(&errors, s.weight * s.inflation * unit / (n - 1));
    }
    h->variance = sum_value(&squares) / sum_value(&w);
    h->error_variance = sum_value(&errors) / sum_value(&w);
}

static void analyse(const struct artefacts *a, bool correct, double conf_level,
                    struct hunter_schmidt *h)
{
    *h = nothing(a->k, FIT_TOO_FEW);
    if (a->k == 0)
        return;
    if (!in_domain(a)) {
        h->status = FIT_DOMAIN;
        return;
    }
    h->n = total(a);
    h->mean = weighted_mean(a, correct);
    if (a->k < 2)
        return;
    h->status = FIT_OK;
    variances(a, correct, h);
    double c = gsl_cdf_ugaussian_Qinv((1 - conf_level) / 2), c80 = gsl_cdf_ugaussian_Pinv(0.9);
    h->std_error = sqrt(h->variance / (double)a->k);
    h->conf_low = h->mean - c * h->std_error;
    h->conf_high = h->mean + c * h->std_error;
    h->artefact_share = h->variance > 0 ? h->error_variance / h->variance : NAN;
    h->sd_rho = sqrt(fmax(0, h->variance - h->error_variance));
    h->cred_low = h->mean - c80 * h->sd_rho;
    h->cred_high = h->mean + c80 * h->sd_rho;
}

void hunter_schmidt_bare(const struct artefacts *a, double conf_level, struct hunter_schmidt *h)
{
    analyse(a, false, conf_level, h);
}

void hunter_schmidt_corrected(const struct artefacts *a, double conf_level,
                              struct hunter_schmidt *h)
{
    analyse(a, true, conf_level, h);
}
