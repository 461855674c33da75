/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_CHART_KIND_H
#define IO_CHART_KIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "io/report.h"
#include "models/base/arena.h"

/* Lengths are in px of the picture on a screen (the PNG has twice as many); the
   origin is the top left corner. */
struct rect {
    double left, top, right, bottom;
};

enum look { LOOK_BODY, LOOK_SMALL, LOOK_BOLD, LOOK_TITLE };

enum align { ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT };

/* One picture in the making.  A kind lays it out in px, so that nothing is left
   to gnuplot's own choice of margins; texts go to the data file and the script
   names them by their number only. */
struct page {
    const struct chart *chart;
    size_t first, n_panels; /* the chart's panels that stand on this page */
    size_t number, n_pages; /* 1-based */
    double width, height;
    FILE *plots;   /* script: one plot per panel */
    FILE *overlay; /* script: labels, lines and boxes in px, drawn last */
    FILE *data;    /* the numbered blocks after the texts */
    size_t n_blocks, n_rows_in_block, n_texts, text_capacity;
    const char **text;
    struct arena *scratch;
};

/* A kind of chart.  `lay_out` writes plots, overlay and data, and sets the height. */
struct chart_kind {
    const char *name;
    size_t panels_per_page;
    void (*lay_out)(struct page *page);
};

#define PAGE_WIDTH 840.0
#define PAGE_MARGIN 18.0

/* Colours as gnuplot wants them. */
#define INK_TEXT "#222222"
#define INK_SOFT "#5f5f5f"
#define INK_MUTED "#8c8c8c"
#define INK_GRID "#e4e4e4"
#define INK_WHITE "#ffffff"

enum { N_PALETTE = 8, STYLE_MUTED = 9, STYLE_FRAME = 10, STYLE_GRID = 11 };
extern const char *const chart_palette[N_PALETTE]; /* "#0072B2": Okabe and Ito (2008) */

/* The text of style.gp. */
void style_write(FILE *stream);

/* Line style of a series: 1 .. N_PALETTE, or STYLE_MUTED. */
size_t series_style(const struct series *s);
const char *series_colour(const struct series *s); /* "#0072B2" */

/* Dash type of a line: solid for the first colour of lines in its panel, then dashed. */
int series_dash(const struct page *p, const struct series *s);

/* ---- texts ---- */

double look_px(enum look look); /* height of the face */
double text_px(const char *text, enum look look);

void page_text(struct page *p, const char *text, double x, double y, enum align align,
               enum look look, const char *colour);
/* Turned by 90 degrees about its middle, at most `most` px long. */
void page_text_upright(struct page *p, const char *text, double x, double y, double most,
                       enum look look);

/* Wrapped into at most max_lines lines below `top`; gives the bottom. */
double page_paragraph(struct page *p, const char *text, double x, double top, double width,
                      size_t max_lines, enum align align, enum look look, const char *colour);

/* The same with what is too long left out in the middle; the line it would take. */
double page_name(struct page *p, const char *text, double x, double top, double width,
                 size_t max_lines, enum align align, enum look look, const char *colour);
size_t name_lines(const struct page *p, const char *text, double width, size_t max_lines,
                  enum look look);

/* Lines that page_paragraph would take. */
size_t paragraph_lines(const struct page *p, const char *text, double width, size_t max_lines,
                       enum look look);
double look_leading(enum look look); /* from line to line */

/* ---- marks in px ---- */

void page_line(struct page *p, double x0, double y0, double x1, double y1, const char *colour,
               double width, bool dashed);
void page_box(struct page *p, struct rect at, const char *colour, double opacity);
void page_point(struct page *p, double x, double y, size_t style);

/* ---- parts of a page ---- */

/* Title, finding and key; gives the top of what follows. */
double page_header(struct page *p);

const struct panel *page_panel(const struct page *p, size_t k); /* k < n_panels */

/* A block of the data file: begin, rows of cells, end of all blocks.  Gives its
   number for `index`.  A block without rows gets one of NaN, since gnuplot counts
   blocks by their rows. */
size_t block_begin(struct page *p, const char *columns);
void blocks_end(struct page *p);
void block_cell(struct page *p, double value, bool last);

/* The usual block of a series: x y low high size. */
size_t block_of_series(struct page *p, const struct series *s);

/* ---- axes ---- */

enum { MAX_TICKS = 12 };

struct axis {
    double low, high;
    size_t n;
    double at[MAX_TICKS];
    const char *label[MAX_TICKS];
    double widest; /* px of the widest label */
};

/* low = high: from the data range given by data_low and data_high, with a margin. */
struct axis axis_of(double low, double high, double data_low, double data_high, size_t most_ticks,
                    bool percent, struct arena *scratch);

/* The same with as many tics as have room for their labels along `px`. */
struct axis axis_along(double low, double high, double data_low, double data_high, double px,
                       bool percent, struct arena *scratch);

/* Widens [*low, *high] by the finite values; starts from INFINITY, -INFINITY. */
void range_add(double *low, double *high, const double *values, size_t n);

/* Starts the plot of a panel: margins, ranges, tics without labels, grid. */
void plot_begin(struct page *p, struct rect at, const struct axis *x, const struct axis *y);

/* An axis without numbers, for categories 0 .. n-1. */
struct axis axis_of_categories(size_t n);

/* px of a value of an axis. */
double px_x(struct rect at, const struct axis *x, double value);
double px_y(struct rect at, const struct axis *y, double value);

/* Labels of the tics, in px, along the bottom or the left of a panel. */
void axis_labels_x(struct page *p, struct rect at, const struct axis *x);
void axis_labels_y(struct page *p, struct rect at, const struct axis *y);

/* Category labels below a panel, wrapped to their slots; gives the lowest point.
   Category labels left of a panel, right-aligned, two lines at most each. */
double category_labels_x(struct page *p, struct rect at, size_t n, const char *const name[],
                         bool draw);
void category_labels_y(struct page *p, struct rect at, size_t n, const char *const name[]);

/* px that the widest of the labels needs, at most `most`. */
double category_width(const struct page *p, size_t n, const char *const name[], double most);

/* ---- small multiples ---- */

/* The title of a panel, its "(n = 412)" on a line of its own; gives the bottom. */
double page_panel_title(struct page *p, const char *title, double left, double top, double width);

struct panel_grid {
    size_t n_cols, n_rows;
    double panel_width, panel_height, title_height;
    double left, top, gap_x, gap_y;
};

/* Panels of equal size in rows, `inset` px being kept free inside the page's left and right. */
struct panel_grid panel_grid_of(const struct page *p, double top, double inset_left,
                                double inset_right, size_t most_cols, double gap_x);
struct rect panel_grid_rect(const struct panel_grid *g, size_t k);
bool panel_grid_is_bottom(const struct panel_grid *g, size_t k, size_t n); /* no panel below it */
void panel_grid_titles(struct page *p, const struct panel_grid *g);
double panel_grid_bottom(const struct panel_grid *g, size_t n);

#endif
