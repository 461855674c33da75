/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_CORRELATE_CORRECTED_H
#define ANALYSIS_CORRELATE_CORRECTED_H

#include "analysis/correlate/correlations.h"

/* Reads `--reliability=COL:0.8,COL:nbd` into o->known.  ERR_USAGE for a text that is not
   of that kind, a number outside 0..1, a column that is not among the scales and
   behaviours or that is named twice, and nbd of a scale. */
bool corrected_known(const struct texts *typed, const struct prepared *p,
                     struct correlations_options *o, struct arena *keep, struct err *err);

/* The tables
   corrected    Pearson's r of a cell corrected for what is known of its measurement: the
                scale's reliability (typed; else of a study's items: omega, or alpha where
                one factor cannot be fitted), the behaviour's (typed; else of a study's
                purchases and purchase_days, or where nbd was typed, m / (m + r) of the
                negative binomial), and over all respondents of an unweighted study the
                range of the same ledger variable among all customers.  A cell of which
                nothing is known has no row; a side of which nothing is known is not
                corrected for.
   sensitivity  over all respondents, r under reliabilities .7, .8 and .9 of scales of
                which nothing is known. */
void corrected_tables(const struct correlations *c, struct report_builder *report,
                      struct arena *keep);

/* What behaviour y's reliability and the corrections say of the first scale, over all
   respondents: nothing where there is no correction to tell. */
void corrected_lines(const struct correlations *c, size_t y, struct report_builder *report,
                     struct arena *scratch);

#endif
