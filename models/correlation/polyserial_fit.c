/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/correlation/polyserial_fit.h"

#include <math.h>

#include "models/base/normal.h"

enum { MOST_STEPS = 200 };

/* ---- data ---- */

/* False if the values do not vary. */
static bool standardise(struct polyserial_data *d, double *z, enum polyserial_scale scale,
                        struct arena *keep)
{
    const double *u = unit_deviations(z, d->w, d->n, keep);
    double n = scale == POLYSERIAL_N ? d->size : d->size - 1;
    for (size_t i = 0; u && i < d->n; i++)
        z[i] = u[i] * sqrt(n / d->w[i]);
    return u != NULL;
}

/* Along the continuous variable: is there a level above one before, or below? */
static void find_order(struct polyserial_data *d)
{
    size_t least = d->levels, largest = 0, least_before = d->levels, largest_before = 0;
    for (size_t i = 0; i < d->n; i++) {
        size_t level = d->level[i];
        if (i > 0 && d->z[i] != d->z[i - 1]) {
            least_before = least;
            largest_before = largest;
        }
        d->concordant |= level > least_before;
        d->discordant |= level < largest_before;
        least = level < least ? level : least;
        largest = level > largest ? level : largest;
    }
}

static size_t number_levels(const struct variable *v, const double *w, size_t *number,
                            double **count, struct arena *keep)
{
    const double *weight = level_weights(v, w, keep);
    size_t n = 0;
    *count = ARENA_NEW(keep, double, v->n_levels);
    for (size_t l = 0; l < v->n_levels; l++) {
        number[l] = n;
        if (weight[l] > 0)
            (*count)[n++] = weight[l];
    }
    return n;
}

bool polyserial_data_of(const struct variable *continuous, const struct variable *ordinal,
                        const double *w, double total, enum polyserial_scale scale,
                        struct polyserial_data *d, struct arena *keep)
{
    size_t n = continuous->n, *number = ARENA_NEW(keep, size_t, ordinal->n_levels);
    size_t *level = ARENA_NEW(keep, size_t, n);
    double *z = ARENA_NEW(keep, double, n), *weight = ARENA_NEW(keep, double, n), *count, sum = 0;
    *d = (struct polyserial_data){.z = z, .level = level, .w = weight};
    d->levels = number_levels(ordinal, w, number, &count, keep);
    d->cut = latent_cuts(count, d->levels, keep);
    for (size_t k = 0; k < n; k++) {
        size_t i = continuous->order[k];
        if (w && !(w[i] > 0))
            continue;
        z[d->n] = continuous->value[i];
        level[d->n] = number[ordinal->level[i]];
        weight[d->n++] = w ? w[i] : 1;
        sum += w ? w[i] : 1;
    }
    d->size = total > 0 ? total : sum;
    for (size_t i = 0; i < d->n; i++)
        weight[i] *= d->size / sum;
    if (d->levels < 2 || !standardise(d, z, scale, keep))
        return false;
    find_order(d);
    return true;
}

/* ---- two steps ---- */

/* With t = rho / sqrt(1 - rho^2) and q = sqrt(1 + t^2) the limits of an observation on the
   scale of its conditional normal are cut q - t z: probability, slope and curvature in t. */
struct term {
    double p, first, second;
};

static void add_limit(struct term *term, double cut, double z, double t, double sign)
{
    double q = sqrt(1 + t * t), u = cut * q - t * z, f, slope = cut * t / q - z;
    if (isinf(cut))
        return;
    f = sign * normal_density(u);
    term->first += f * slope;
    term->second += f * (cut / (q * q * q) - u * slope * slope);
}

static struct term term_at(const struct polyserial_data *d, size_t i, double t)
{
    double low = d->cut[d->level[i]], high = d->cut[d->level[i] + 1], q = sqrt(1 + t * t);
    struct term term = {.p = normal_between(low * q - t * d->z[i], high * q - t * d->z[i])};
    add_limit(&term, low, d->z[i], t, -1);
    add_limit(&term, high, d->z[i], t, 1);
    return term;
}

struct profile {
    double log_lik, slope, curvature;
};

static struct profile profile_at(const struct polyserial_data *d, double t)
{
    struct profile at = {0};
    for (size_t i = 0; i < d->n; i++) {
        struct term term = term_at(d, i, t);
        double slope = term.first / term.p;
        at.log_lik += d->w[i] * log(term.p);
        at.slope += d->w[i] * slope;
        at.curvature += d->w[i] * (term.second / term.p - slope * slope);
    }
    return at;
}

/* -1 or +1 if every observation lies between its own thresholds, at rho = -1 or +1. */
static int separated(const struct polyserial_data *d)
{
    bool up = true, down = true;
    for (size_t i = 0; i < d->n; i++) {
        double low = d->cut[d->level[i]], high = d->cut[d->level[i] + 1];
        up = up && low < d->z[i] && d->z[i] < high;
        down = down && low < -d->z[i] && -d->z[i] < high;
    }
    return up ? 1 : down ? -1 : 0;
}

double polyserial_adhoc(const struct polyserial_data *d)
{
    double mean = 0, product = 0, z = 0, density = 0, square = 0;
    for (size_t i = 0; i < d->n; i++)
        mean += d->w[i] * (double)d->level[i] / d->size;
    for (size_t i = 0; i < d->n; i++) {
        product += d->w[i] * d->z[i] * ((double)d->level[i] - mean);
        z += d->w[i] * d->z[i] * d->z[i];
    }
    square = sqrt(z / d->size); /* 1, or the ratio of the two kinds of sd */
    for (size_t j = 1; j < d->levels; j++)
        density += normal_density(d->cut[j]);
    return product / d->size / square / density;
}

/* The root of the slope, by Newton's method within a bracket; t is not bounded, but
   beyond 1e8 rho is 1. */
static double root_of_slope(const struct polyserial_data *d, size_t *n_iter)
{
    double start = fmax(-0.95, fmin(0.95, polyserial_adhoc(d)));
    double low = -1e8, high = 1e8, t = start / sqrt(1 - start * start), finite = 0;
    for (*n_iter = 1; *n_iter <= MOST_STEPS; ++*n_iter) {
        struct profile at = profile_at(d, t);
        if (!isfinite(at.log_lik) || !isfinite(at.slope) || !isfinite(at.curvature)) {
            t = (t + finite) / 2;
            continue;
        }
        finite = t;
        *(at.slope > 0 ? &low : &high) = t;
        double most = 1 + fabs(t);
        double step = at.curvature < 0 ? -at.slope / at.curvature : at.slope > 0 ? most : -most;
        step = fmax(-most, fmin(most, step));
        if (fabs(step) < 1e-13 * most)
            return t + step;
        if (t + step <= low || t + step >= high)
            step = fabs(step) < 1e-9 * most ? step : (low + high) / 2 - t;
        t += step;
    }
    return NAN;
}

static double log_lik_0(const struct polyserial_data *d)
{
    double sum = 0;
    for (size_t i = 0; i < d->n; i++)
        sum += d->w[i] * log(normal_between(d->cut[d->level[i]], d->cut[d->level[i] + 1]));
    return sum;
}

/* ---- standard errors of two steps ---- */

enum { MEAN, SD, FIRST_CUT };

/* What observation i adds to the expected information of t with itself and with mean, sd and
   cuts: sums over all levels that it might have had. */
static void add_expected(const struct polyserial_data *d, size_t i, double t, double *own,
                         double *across)
{
    double q = sqrt(1 + t * t), z = d->z[i];
    for (size_t j = 0; j < d->levels; j++) {
        double low = d->cut[j] * q - t * z, high = d->cut[j + 1] * q - t * z;
        double at_low = normal_density(low), at_high = normal_density(high);
        struct term term = {.p = normal_between(low, high)};
        add_limit(&term, d->cut[j], z, t, -1);
        add_limit(&term, d->cut[j + 1], z, t, 1);
        if (!(term.p > 0))
            continue;
        double times = d->w[i] * term.first / term.p;
        *own += times * term.first;
        across[MEAN] += times * t * (at_high - at_low);
        across[SD] += times * t * z * (at_high - at_low);
        if (j > 0)
            across[FIRST_CUT + j - 1] -= times * q * at_low;
        if (j + 1 < d->levels)
            across[FIRST_CUT + j] += times * q * at_high;
    }
}

/* Covariance of marginal estimates, times n, in units of the sd. */
static double covariance(const struct polyserial_data *d, size_t i, size_t j, double rho)
{
    size_t first = i < j ? i : j, last = i < j ? j : i;
    if (last < FIRST_CUT)
        return first != last ? 0 : first == MEAN ? 1 : 0.5;
    double b = d->cut[last - FIRST_CUT + 1];
    if (first == MEAN)
        return -rho;
    if (first == SD)
        return -rho * rho * b / 2;
    double a = d->cut[first - FIRST_CUT + 1];
    return normal_cdf(a) * normal_cdf(-b) / (normal_density(a) * normal_density(b));
}

static void two_step_errors(const struct polyserial_data *d, struct polyserial_fit *fit,
                            struct arena *keep)
{
    size_t m = FIRST_CUT + d->levels - 1;
    double *across = ARENA_NEW(keep, double, m), own = 0, sum = 0;
    double s2 = (1 - fit->rho) * (1 + fit->rho), t = fit->rho / sqrt(s2);
    double *error = ARENA_NEW(keep, double, d->levels + 1);
    error[0] = error[d->levels] = NAN;
    for (size_t j = 1; j < d->levels; j++)
        error[j] = sqrt(covariance(d, FIRST_CUT + j - 1, FIRST_CUT + j - 1, 0) / d->size);
    fit->cut_error = error;
    if (fit->status != FIT_CONVERGED)
        return;
    for (size_t i = 0; i < d->n; i++)
        add_expected(d, i, t, &own, across);
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < m; j++)
            sum += across[i] * across[j] * covariance(d, i, j, fit->rho) / d->size;
    fit->std_error = s2 * sqrt(s2) * sqrt((1 + sum / own) / own);
}

struct polyserial_fit polyserial_two_step(const struct polyserial_data *d, bool errors,
                                          struct arena *keep)
{
    struct polyserial_fit fit = {.status = FIT_BOUNDARY,
                                 .rho = separated(d),
                                 .std_error = NAN,
                                 .std_error_given = NAN,
                                 .cut = d->cut,
                                 .log_lik = 0,
                                 .log_lik_0 = log_lik_0(d)};
    if (fit.rho == 0) {
        double t = root_of_slope(d, &fit.n_iter), s2 = 1 / (1 + t * t);
        struct profile at = profile_at(d, t);
        fit.status = isnan(t) ? FIT_MAX_ITER : FIT_CONVERGED;
        fit.rho = t * sqrt(s2);
        fit.log_lik = at.log_lik;
        fit.std_error_given = s2 * sqrt(s2) / sqrt(-at.curvature);
    }
    if (errors)
        two_step_errors(d, &fit, keep);
    return fit;
}
