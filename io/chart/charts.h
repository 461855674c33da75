/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_CHART_CHARTS_H
#define IO_CHART_CHARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "io/report.h"
#include "models/base/arena.h"

/* Draws the charts of a report into `folder` (it exists): for each chart ID.tsv,
   ID.gp and style.gp, which re-run by `gnuplot ID.gp`, and, when `pictures`,
   ID.svg and ID.png made by gnuplot.  User text stands in the .tsv only.
   gnuplot absent, failing, hanging or leaving an empty picture is ERR_CHILD with
   what it said; the .gp and .tsv stay. */
bool charts_write(const struct report *report, const char *folder, bool pictures, struct err *err);

/* A chart with more panels than a page holds goes to several pictures. */
size_t chart_n_pages(const struct chart *chart);

/* File name of a page (from 1) without extension: ID, ID-2, ID-3 ... */
const char *chart_page_id(const struct chart *chart, size_t page, struct arena *keep);

#endif
