/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

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

/* Where the "(n = 412)" starts that ends a title, or NULL: it stands on a line of
   its own, so that shortening never takes it away. */
static const char *count_of(const char *title)
{
    const char *last = NULL;
    for (const char *at = strstr(title, "(n "); at; at = strstr(at + 1, "(n "))
        last = at;
    return last && strlen(last) < 40 ? last : NULL;
}

static const char *name_of(const struct page *p, const char *title)
{
    const char *count = count_of(title);
    size_t n = count ? (size_t)(count - title) : strlen(title);
    while (n > 0 && title[n - 1] == ' ')
        n--;
    return arena_strndup(p->scratch, title, n);
}

static double title_height(const struct page *p, const char *title, double width)
{
    const char *name = title ? name_of(p, title) : "";
    double height = 0;
    if (*name)
        height +=
            look_leading(LOOK_BOLD) * (double)name_lines(p, name, width, TITLE_LINES, LOOK_BOLD);
    if (title && count_of(title))
        height += look_leading(LOOK_SMALL);
    return height > 0 ? height + 4 : 0;
}

double page_panel_title(struct page *p, const char *title, double left, double top, double width)
{
    const char *name = title ? name_of(p, title) : "", *count = title ? count_of(title) : NULL;
    if (*name)
        top = page_name(p, name, left, top, width, TITLE_LINES, ALIGN_LEFT, LOOK_BOLD, INK_TEXT);
    if (count)
        top = page_paragraph(p, count, left, top, width, 1, ALIGN_LEFT, LOOK_SMALL, INK_SOFT);
    return *name || count ? top + 4 : top;
}

struct panel_grid panel_grid_of(const struct page *p, double top, double inset_left,
                                double inset_right, size_t most_cols, double gap_x)
{
    struct panel_grid g = {
        .n_cols = columns_for(p->n_panels, most_cols), .gap_x = gap_x, .gap_y = 12};
    double width = p->width - inset_left - inset_right;
    g.n_rows = (p->n_panels + g.n_cols - 1) / g.n_cols;
    g.left = inset_left;
    g.top = top;
    g.panel_width = (width - gap_x * (double)(g.n_cols - 1)) / (double)g.n_cols;
    g.panel_height = height_for(g.n_cols);
    for (size_t k = 0; k < p->n_panels; k++)
        g.title_height =
            fmax(g.title_height, title_height(p, page_panel(p, k)->title, g.panel_width));
    return g;
}

struct rect panel_grid_rect(const struct panel_grid *g, size_t k)
{
    double row = (double)(k / g->n_cols), col = (double)(k % g->n_cols);
    double left = g->left + col * (g->panel_width + g->gap_x);
    double top = g->top + row * (g->title_height + g->panel_height + g->gap_y) + g->title_height;
    return (struct rect){left, top, left + g->panel_width, top + g->panel_height};
}

bool panel_grid_is_bottom(const struct panel_grid *g, size_t k, size_t n)
{
    return k + g->n_cols >= n;
}

/* Titles stand on their panels: a short one leaves its room above. */
void panel_grid_titles(struct page *p, const struct panel_grid *g)
{
    for (size_t k = 0; k < p->n_panels; k++) {
        const char *title = page_panel(p, k)->title;
        struct rect at = panel_grid_rect(g, k);
        page_panel_title(p, title, at.left, at.top - title_height(p, title, g->panel_width),
                         g->panel_width);
    }
}

double panel_grid_bottom(const struct panel_grid *g, size_t n)
{
    return panel_grid_rect(g, n - 1).bottom;
}
