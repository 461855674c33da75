/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_SCALE_NET_PROMOTER_H
#define MODELS_SCALE_NET_PROMOTER_H

#include "models/base/fit.h"
#include "models/base/sample.h"

/* Promoters answer `promoter` or more, detractors `detractor` or less; the usual
   cuts of a 0-10 scale are {9, 6}.  detractor < promoter. */
struct net_promoter_cuts {
    double promoter, detractor;
};

/* The net promoter score as a fraction -1..1.  Figures that do not exist are NaN.
   status: ok; too few observations (none); no variation (all answers in one class:
   std_error is 0 and Wald's limits are NaN; the adjusted ones stand). */
struct net_promoter {
    enum fit_status status;
    double n, n_eff;                        /* as in struct distribution */
    double promoters, passives, detractors; /* shares */
    double estimate;                        /* promoters - detractors */
    double std_error;                       /* sqrt((pP + pD - (pP - pD)^2) / n_eff) */
    double conf_low, conf_high;             /* Wald, cut at -1 and 1 */
    double adj_low, adj_high;               /* adjusted Wald, cut at -1 and 1 */
};

/* The score of s->x (s->y is not read).  The adjusted Wald interval adds 3/4 of a
   promoter, 3/2 of a passive and 3/4 of a detractor and is Wald's on the n_eff + 3
   observations, about their own score (Rocks 2016, Am. Stat. 70, 365-372; the
   constants are those of its author's R package NPS).  It keeps its level in small
   samples, where Wald's does not. */
struct net_promoter net_promoter(const struct sample *s, const struct net_promoter_cuts *cuts,
                                 double conf_level);

/* The same from shares of promoters and detractors among n observations. */
struct net_promoter net_promoter_from_shares(double promoters, double detractors, double n,
                                             double conf_level);

#endif
