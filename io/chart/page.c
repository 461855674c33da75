/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/chart/kind.h"

#include <math.h>
#include <string.h>

#include "io/text/glyph.h"

/* ---- texts ---- */

struct face {
    const char *font;  /* its variable in style.gp */
    double px, weight; /* weight: how much wider than the plain face */
};

static const struct face faces[] = {
    [LOOK_BODY] = {"PLAIN", 11.5, 1},
    [LOOK_SMALL] = {"PLAIN", 10, 1},
    [LOOK_BOLD] = {"BOLD", 11.5, 1.09},
    [LOOK_TITLE] = {"BOLD", 16, 1.09},
};

double look_px(enum look look)
{
    return faces[look].px;
}

double look_leading(enum look look)
{
    return 1.28 * faces[look].px;
}

/* 4 % on top: what stands for Arial elsewhere may be wider. */
double text_px(const char *text, enum look look)
{
    return 1.04 * faces[look].px * faces[look].weight * text_ems(text);
}

static double ems_in(double px, enum look look)
{
    return px / (1.04 * faces[look].px * faces[look].weight);
}

/* The number of a text in the data file, from 1. */
static size_t text_number(struct page *p, const char *text)
{
    for (size_t i = 0; i < p->n_texts; i++)
        if (strcmp(p->text[i], text) == 0)
            return i + 1;
    if (p->n_texts == p->text_capacity) {
        size_t capacity = p->text_capacity ? 2 * p->text_capacity : 64;
        const char **more = ARENA_NEW(p->scratch, const char *, capacity);
        if (p->n_texts)
            memcpy(more, p->text, p->n_texts * sizeof *more);
        p->text = more;
        p->text_capacity = capacity;
    }
    p->text[p->n_texts++] = text;
    return p->n_texts;
}

static void put_text(struct page *p, const char *text, double x, double y, const char *align,
                     enum look look, const char *colour)
{
    if (!text || !*text)
        return;
    size_t number = text_number(p, text_one_line(text, p->scratch));
    fprintf(p->overlay, "set label T[%zu] at %.1f,%.1f %s font %s.',%.4g' textcolor rgb '%s'\n",
            number, x, y, align, faces[look].font, faces[look].px, colour);
}

void page_text(struct page *p, const char *text, double x, double y, enum align align,
               enum look look, const char *colour)
{
    static const char *const word[] = {"left", "center", "right"};
    put_text(p, text, x, y, word[align], look, colour);
}

void page_text_upright(struct page *p, const char *text, double x, double y, double most,
                       enum look look)
{
    text = text_shorten(text_one_line(text, p->scratch), ems_in(most, look), p->scratch);
    put_text(p, text, x, y, "center rotate by 90", look, INK_TEXT);
}

enum { MOST_LINES = 8 };

size_t paragraph_lines(const struct page *p, const char *text, double width, size_t max_lines,
                       enum look look)
{
    const char *lines[MOST_LINES];
    return text_wrap(text_one_line(text, p->scratch), ems_in(width, look), max_lines, lines,
                     p->scratch);
}

double page_paragraph(struct page *p, const char *text, double x, double top, double width,
                      size_t max_lines, enum align align, enum look look, const char *colour)
{
    const char *lines[MOST_LINES];
    size_t n = text_wrap(text_one_line(text, p->scratch), ems_in(width, look), max_lines, lines,
                         p->scratch);
    for (size_t i = 0; i < n; i++)
        page_text(p, lines[i], x, top + ((double)i + 0.5) * look_leading(look), align, look,
                  colour);
    return top + (double)n * look_leading(look);
}

/* Whether wrapping had to take the end of a text away. */
static bool ends_cut(const char *last_line, const char *text)
{
    size_t n = strlen(last_line), m = strlen(text);
    return n > m || strcmp(last_line, text + m - n) != 0;
}

/* Shortened so that it will fit when it is wrapped, which wastes ends of lines. */
static const char *name_for(const struct page *p, const char *text, double width, size_t max_lines,
                            enum look look)
{
    const char *line[MOST_LINES], *name = text_one_line(text, p->scratch);
    double ems = ems_in(width, look), room = (double)max_lines * ems;
    for (size_t tries = 0; tries < 8; tries++, room *= 0.93) {
        const char *shorter = text_shorten_parts(name, room, p->scratch);
        size_t n = text_wrap(shorter, ems, max_lines, line, p->scratch);
        if (!ends_cut(line[n - 1], shorter))
            return shorter;
    }
    return text_shorten_parts(name, room, p->scratch);
}

size_t name_lines(const struct page *p, const char *text, double width, size_t max_lines,
                  enum look look)
{
    return paragraph_lines(p, name_for(p, text, width, max_lines, look), width, max_lines, look);
}

double page_name(struct page *p, const char *text, double x, double top, double width,
                 size_t max_lines, enum align align, enum look look, const char *colour)
{
    return page_paragraph(p, name_for(p, text, width, max_lines, look), x, top, width, max_lines,
                          align, look, colour);
}

/* ---- marks in px ---- */

void page_line(struct page *p, double x0, double y0, double x1, double y1, const char *colour,
               double width, bool dashed)
{
    fprintf(p->overlay, "set arrow from %.1f,%.1f to %.1f,%.1f nohead lc rgb '%s' lw %.4g dt %d\n",
            x0, y0, x1, y1, colour, width, dashed ? 2 : 1);
}

void page_box(struct page *p, struct rect at, const char *colour, double opacity)
{
    fprintf(p->overlay,
            "set object rect from %.1f,%.1f to %.1f,%.1f fc rgb '%s' fs transparent solid %.2f "
            "noborder front\n",
            at.left, at.top, at.right, at.bottom, colour, opacity);
}

void page_point(struct page *p, double x, double y, size_t style)
{
    fprintf(p->overlay, "set label '' at %.1f,%.1f point ls %zu ps 0.8*PS\n", x, y, style);
}

/* ---- the header ---- */

const struct panel *page_panel(const struct page *p, size_t k)
{
    return &p->chart->panels[p->first + k];
}

static bool same_key(const struct series *a, const struct series *b)
{
    return a->mark == b->mark && a->colour == b->colour && a->muted == b->muted &&
           strcmp(a->label, b->label) == 0;
}

/* The series that need an entry: the first of each meaning. */
static size_t key_entries(const struct page *p, const struct series **entry, size_t most)
{
    size_t n = 0;
    for (size_t k = 0; k < p->n_panels; k++) {
        const struct panel *panel = page_panel(p, k);
        for (size_t i = 0; i < panel->n_series; i++) {
            const struct series *s = &panel->series[i];
            bool known = !s->label || !*s->label;
            for (size_t e = 0; e < n && !known; e++)
                known = same_key(entry[e], s);
            if (!known && n < most)
                entry[n++] = s;
        }
    }
    return n;
}

static void key_swatch(struct page *p, const struct series *s, double x, double y)
{
    const char *colour = series_colour(s);
    switch (s->mark) {
    case MARK_POINTS:
        page_point(p, x + 11, y, series_style(s));
        break;
    case MARK_LINE:
    case MARK_STEPS:
        fprintf(p->overlay, "set arrow from %.1f,%.1f to %.1f,%.1f nohead ls %zu dt %d\n", x, y,
                x + 22, y, series_style(s), series_dash(p, s));
        break;
    case MARK_BAND:
        page_box(p, (struct rect){x, y - 5, x + 22, y + 5}, colour, 0.25);
        break;
    case MARK_BARS:
        page_box(p, (struct rect){x + 5, y - 5, x + 17, y + 5}, colour, 1);
        break;
    case MARK_INTERVALS:
        page_line(p, x, y, x + 22, y, colour, 1.4, false);
        page_box(p, (struct rect){x + 8, y - 3, x + 14, y + 3}, colour, 1);
        break;
    }
}

enum { MOST_KEYS = 16 };

static double page_key(struct page *p, double top)
{
    const struct series *entry[MOST_KEYS];
    size_t n = key_entries(p, entry, MOST_KEYS);
    double x = PAGE_MARGIN, row = 18, most = p->width - 2 * PAGE_MARGIN - 28;
    if (n == 0)
        return top;
    for (size_t i = 0; i < n; i++) {
        const char *label = text_shorten(text_one_line(entry[i]->label, p->scratch),
                                         ems_in(most, LOOK_BODY), p->scratch);
        double needs = 28 + text_px(label, LOOK_BODY) + 20;
        if (x > PAGE_MARGIN && x + needs - 20 > p->width - PAGE_MARGIN) {
            x = PAGE_MARGIN;
            top += row;
        }
        key_swatch(p, entry[i], x, top + row / 2);
        page_text(p, label, x + 28, top + row / 2, ALIGN_LEFT, LOOK_BODY, INK_TEXT);
        x += needs;
    }
    return top + row + 4;
}

double page_header(struct page *p)
{
    double width = p->width - 2 * PAGE_MARGIN, y = 14;
    const char *title = p->chart->title ? p->chart->title : "";
    if (p->n_pages > 1)
        title = arena_printf(p->scratch, "%s (%zu of %zu)", title, p->number, p->n_pages);
    if (*title)
        y = page_paragraph(p, title, PAGE_MARGIN, y, width, 2, ALIGN_LEFT, LOOK_TITLE, INK_TEXT) +
            3;
    if (p->chart->finding)
        y = page_paragraph(p, p->chart->finding, PAGE_MARGIN, y, width, 4, ALIGN_LEFT, LOOK_BODY,
                           INK_SOFT) +
            5;
    return page_key(p, y) + 2;
}

/* ---- data ---- */

void blocks_end(struct page *p)
{
    static const char nothing[] = "NaN\tNaN\tNaN\tNaN\tNaN\tNaN\tNaN\n";
    if (p->n_blocks > 0 && p->n_rows_in_block == 0)
        fputs(nothing, p->data);
}

size_t block_begin(struct page *p, const char *columns)
{
    blocks_end(p);
    p->n_rows_in_block = 0;
    size_t index = ++p->n_blocks;
    fprintf(p->plots, "# block %zu of the data file: %s\n", index, columns);
    fprintf(p->data, "\n\n");
    return index;
}

void block_cell(struct page *p, double value, bool last)
{
    char end = last ? '\n' : '\t';
    p->n_rows_in_block += last;
    if (isfinite(value))
        fprintf(p->data, "%.10g%c", value + 0.0, end);
    else
        fprintf(p->data, "NaN%c", end);
}

size_t block_of_series(struct page *p, const struct series *s)
{
    size_t index = block_begin(p, "x y low high size");
    for (size_t i = 0; i < s->n; i++) {
        block_cell(p, s->x[i], false);
        block_cell(p, s->y[i], false);
        block_cell(p, s->low ? s->low[i] : NAN, false);
        block_cell(p, s->high ? s->high[i] : NAN, false);
        block_cell(p, s->size ? s->size[i] : 1, true);
    }
    return index;
}
