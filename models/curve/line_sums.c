/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/curve/line_sums.h"

double sample_weight(const struct sample *s, size_t i)
{
    return s->w ? s->w[i] : 1;
}

void line_sums_add(struct line_sums *a, double w, double x, double y)
{
    a->w += w;
    a->x += w * x;
    a->y += w * y;
    a->xx += w * x * x;
    a->xy += w * x * y;
    a->yy += w * y * y;
}

struct line_sums line_sums_rest(const struct line_sums *all, const struct line_sums *part)
{
    return (struct line_sums){all->w - part->w,   all->x - part->x,   all->y - part->y,
                              all->xx - part->xx, all->xy - part->xy, all->yy - part->yy};
}

struct line_sums line_sums_of(const struct sample *s, const struct origin *o, size_t from,
                              size_t to)
{
    struct line_sums a = {0};
    for (size_t i = from; i < to; i++)
        line_sums_add(&a, sample_weight(s, i), s->x[i] - o->x, s->y[i] - o->y);
    return a;
}

struct origin origin_of(const struct sample *s)
{
    struct line_sums all = line_sums_of(s, &(struct origin){0, 0}, 0, s->n);
    return (struct origin){all.x / all.w, all.y / all.w};
}

struct straight line_through(const struct line_sums *a)
{
    double sxx = a->xx - a->x * a->x / a->w, sxy = a->xy - a->x * a->y / a->w;
    double slope = sxy / sxx;
    return (struct straight){(a->y - slope * a->x) / a->w, slope,
                             a->yy - a->y * a->y / a->w - slope * sxy};
}

/* 1 is swept out, then x from the hinge (Frisch & Waugh 1933). */
struct bent line_bent_at(const struct line_sums *all, const struct line_sums *above, double knot)
{
    double h = above->x - knot * above->w;
    double xx = all->xx - all->x * all->x / all->w, xy = all->xy - all->x * all->y / all->w;
    double xh = above->xx - knot * above->x - all->x * h / all->w;
    double hh = above->xx - 2 * knot * above->x + knot * knot * above->w - h * h / all->w;
    double hy = above->xy - knot * above->y - all->y * h / all->w;
    double rest_h = hh - xh * xh / xx, rest_y = hy - xh * xy / xx;
    double bend = rest_y / rest_h, slope = (xy - bend * xh) / xx;
    double intercept = (all->y - slope * all->x - bend * h) / all->w;
    double rss = all->yy - all->y * all->y / all->w - xy * xy / xx - rest_y * rest_y / rest_h;
    return (struct bent){
        {intercept, slope, rss}, {intercept - bend * knot, slope + bend, rss}, rss};
}

double line_crossing(const struct straight *a, const struct straight *b)
{
    return (a->intercept - b->intercept) / (b->slope - a->slope);
}
