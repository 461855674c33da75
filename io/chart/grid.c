/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "io/chart/kind.h"

static size_t columns_for(size_t n, size_t most)
{
    size_t cols = n <= 3 ? n : n == 4 ? 2 : n <= 9 ? 3 : 4;
    return cols < most ? cols : most;
}

static double height_for(size_t n_cols)
{
    static const double height[] = {360, 360, 250, 185, 145};
    return height[n_cols];
}

enum { TITLE_LINES = 3 };

struct grid grid_of(const struct page *p, double top, double inset_left, double inset_right,
                    size_t most_cols, double gap_x)
{
    struct grid g = {.n_cols = columns_for(p->n_panels, most_cols), .gap_x = gap_x, .gap_y = 12};
    double width = p->width - inset_left - inset_right;
    size_t lines = 0;
    g.n_rows = (p->n_panels + g.n_cols - 1) / g.n_cols;
    g.left = inset_left;
    g.top = top;
    g.panel_width = (width - gap_x * (double)(g.n_cols - 1)) / (double)g.n_cols;
    g.panel_height = height_for(g.n_cols);
    for (size_t k = 0; k < p->n_panels; k++) {
        const char *title = page_panel(p, k)->title;
        if (!title || !*title)
            continue;
        size_t n = paragraph_lines(p, title, g.panel_width, TITLE_LINES, LOOK_BOLD);
        lines = n > lines ? n : lines;
    }
    g.title_height = lines ? (double)lines * look_leading(LOOK_BOLD) + 4 : 0;
    return g;
}

struct rect grid_panel(const struct grid *g, size_t k)
{
    double row = (double)(k / g->n_cols), col = (double)(k % g->n_cols);
    double left = g->left + col * (g->panel_width + g->gap_x);
    double top = g->top + row * (g->title_height + g->panel_height + g->gap_y) + g->title_height;
    return (struct rect){left, top, left + g->panel_width, top + g->panel_height};
}

bool grid_is_bottom(const struct grid *g, size_t k, size_t n)
{
    return k + g->n_cols >= n;
}

/* Titles stand on their panels: a short one leaves its room above. */
void grid_titles(struct page *p, const struct grid *g)
{
    for (size_t k = 0; k < p->n_panels; k++) {
        const char *title = page_panel(p, k)->title;
        if (!title || !*title)
            continue;
        struct rect at = grid_panel(g, k);
        size_t n = paragraph_lines(p, title, g->panel_width, TITLE_LINES, LOOK_BOLD);
        page_paragraph(p, title, at.left, at.top - 4 - (double)n * look_leading(LOOK_BOLD),
                       g->panel_width, TITLE_LINES, ALIGN_LEFT, LOOK_BOLD, INK_TEXT);
    }
}

double grid_bottom(const struct grid *g, size_t n)
{
    return grid_panel(g, n - 1).bottom;
}
