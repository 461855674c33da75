/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/correlation/latent.h"

#include <assert.h>
#include <math.h>

bool latent_few_levels(const struct pairs *p)
{
    return p->x.n_levels <= LATENT_MOST_LEVELS && p->y.n_levels <= LATENT_MOST_LEVELS;
}

struct latent_table latent_table_of_pairs(const struct pairs *p, bool half, struct arena *keep)
{
    return latent_table_of(&p->x, &p->y, p->w, p->effective, half, keep);
}

bool latent_x_is_ordinal(const struct variable *x, const struct variable *y)
{
    return x->n_levels < y->n_levels;
}

bool latent_serial_data(const struct variable *x, const struct variable *y, const double *w,
                        double total, struct polyserial_data *d, struct arena *keep)
{
    bool turned = latent_x_is_ordinal(x, y);
    return polyserial_data_of(turned ? y : x, turned ? x : y, w, total, POLYSERIAL_N, d, keep);
}

void latent_test(double rho, double log_lik, double log_lik_0, struct correlation_result *result)
{
    double z = sqrt(fmax(0, 2 * (log_lik - log_lik_0)));
    result->statistic = rho < 0 ? -z : z;
    result->p_value = erfc(z / sqrt(2));
}

struct latent_details latent_details_of(const struct correlation *c, const struct sample *s,
                                        struct arena *keep)
{
    assert(c->latent_details);
    struct pairs p = pairs_of(s, keep);
    struct latent_details none = {.rows = p.x.n_levels,
                                  .cols = p.y.n_levels,
                                  .rho = NAN,
                                  .log_lik = NAN,
                                  .chi_square = NAN,
                                  .df = NAN,
                                  .p_value = NAN};
    none.status = p.size < 2                             ? FIT_TOO_FEW
                  : p.x.n_levels < 2 || p.y.n_levels < 2 ? FIT_CONSTANT
                  : c->in_domain && !c->in_domain(&p)    ? FIT_DOMAIN
                                                         : FIT_OK;
    return none.status == FIT_OK ? c->latent_details(&p, keep) : none;
}

struct latent_details latent_details_of_table(const struct latent_table *t,
                                              const struct polychoric_fit *fit)
{
    return (struct latent_details){.status = fit->status,
                                   .rows = t->rows,
                                   .cols = t->cols,
                                   .n_empty = t->n_empty,
                                   .corrected = t->corrected,
                                   .row_cut = fit->row_cut,
                                   .row_error = fit->row_error,
                                   .col_cut = fit->col_cut,
                                   .col_error = fit->col_error,
                                   .rho = fit->rho,
                                   .log_lik = fit->log_lik,
                                   .chi_square = fit->chi_square,
                                   .df = fit->df,
                                   .p_value = fit->p_value};
}

struct latent_details latent_details_of_serial(const struct polyserial_data *d, bool x_ordinal,
                                               const struct polyserial_fit *fit)
{
    struct latent_details details = {.status = fit->status,
                                     .serial = true,
                                     .x_ordinal = x_ordinal,
                                     .rho = fit->rho,
                                     .log_lik = fit->log_lik,
                                     .chi_square = NAN,
                                     .df = NAN,
                                     .p_value = NAN};
    *(x_ordinal ? &details.rows : &details.cols) = d->levels;
    *(x_ordinal ? &details.row_cut : &details.col_cut) = fit->cut;
    *(x_ordinal ? &details.row_error : &details.col_error) = fit->cut_error;
    return details;
}
