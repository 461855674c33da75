/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/base/bivariate_normal.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>

#include "models/base/normal.h"

static const double root_2pi = 2.50662827463100050242;

double bivariate_normal_density(double x, double y, double rho)
{
    double s2 = (1 - rho) * (1 + rho), u;
    if (isinf(x) || isinf(y))
        return 0;
    u = (y - rho * x) / sqrt(s2);
    return exp(-(x * x + u * u) / 2) / (root_2pi * root_2pi * sqrt(s2));
}

/* ---- quadrature ---- */

/* The rectangle, and what X or V is integrated over. */
struct rectangle {
    double a, b, c, d, rho, s;
};

typedef double integrand(const struct rectangle *r, double at);

static double over_x(const struct rectangle *r, double x)
{
    return normal_density(x) *
           normal_between((r->c - r->rho * x) / r->s, (r->d - r->rho * x) / r->s);
}

static double over_v(const struct rectangle *r, double v)
{
    double low = fmax(r->a, (r->c - r->s * v) / r->rho);
    double high = fmin(r->b, (r->d - r->s * v) / r->rho);
    return low < high ? normal_density(v) * normal_between(low, high) : 0;
}

/* Gauss-Legendre, 20 points on [-1, 1]: the positive abscissae and their weights. */
enum { HALF = 10 };
static const double gauss[HALF][2] = {
    {0.99312859918509492479, 0.017614007139152118312},
    {0.96397192727791379127, 0.040601429800386941331},
    {0.91223442825132590587, 0.06267204833410906357},
    {0.83911697182221882339, 0.083276741576704748725},
    {0.74633190646015079261, 0.10193011981724043504},
    {0.63605368072651502545, 0.11819453196151841731},
    {0.510867001950827098, 0.1316886384491766269},
    {0.37370608871541956067, 0.14209610931838205133},
    {0.22778585114164507808, 0.14917298647260374679},
    {0.076526521133497333755, 0.1527533871307258507},
};

static double piece(integrand *f, const struct rectangle *r, double from, double to)
{
    double middle = (from + to) / 2, half = (to - from) / 2, sum = 0;
    for (size_t i = 0; i < HALF; i++) {
        double step = half * gauss[i][0];
        sum += gauss[i][1] * (f(r, middle - step) + f(r, middle + step));
    }
    return sum * half;
}

/* In pieces no longer than 2. */
static double integral(integrand *f, const struct rectangle *r, double from, double to)
{
    double sum = 0;
    if (!(from < to))
        return 0;
    size_t n = (size_t)ceil((to - from) / 2);
    for (size_t i = 0; i < n; i++)
        sum += piece(f, r, from + (to - from) * (double)i / (double)n,
                     from + (to - from) * (double)(i + 1) / (double)n);
    return sum;
}

static double clamp(double x, double low, double high)
{
    return fmin(fmax(x, low), high);
}

/* The point of the rectangle where the density is highest: the origin, or the best
   point of an edge.  rho >= 0. */
static void densest(const struct rectangle *r, double *x, double *v)
{
    const double edge[4][2] = {{r->a, clamp(r->rho * r->a, r->c, r->d)},
                               {r->b, clamp(r->rho * r->b, r->c, r->d)},
                               {clamp(r->rho * r->c, r->a, r->b), r->c},
                               {clamp(r->rho * r->d, r->a, r->b), r->d}};
    double least = INFINITY;
    *x = *v = 0;
    if (r->a <= 0 && 0 <= r->b && r->c <= 0 && 0 <= r->d)
        return;
    for (size_t i = 0; i < 4; i++) {
        double at = edge[i][0], u = (edge[i][1] - r->rho * at) / r->s;
        if (isfinite(at) && isfinite(edge[i][1]) && at * at + u * u < least) {
            least = at * at + u * u;
            *x = at;
            *v = u;
        }
    }
}

/* Both integrands fall from their peak, which is near the densest point, at least as
   fast as exp(-t^2 / 2): beyond 9.5 nothing is left. */
static const double reach = 9.5;

static double by_x(const struct rectangle *r, double centre)
{
    return integral(over_x, r, fmax(r->a, centre - reach), fmin(r->b, centre + reach));
}

static double by_v(const struct rectangle *r, double centre)
{
    double first = (r->c - r->rho * r->b) / r->s, last = (r->d - r->rho * r->a) / r->s;
    double low = (r->c - r->rho * r->a) / r->s, high = (r->d - r->rho * r->b) / r->s;
    const double at[4] = {first, fmin(low, high), fmax(low, high), last};
    double sum = 0;
    for (size_t i = 0; i < 3; i++)
        sum += integral(over_v, r, clamp(at[i], centre - reach, centre + reach),
                        clamp(at[i + 1], centre - reach, centre + reach));
    return sum;
}

double bivariate_normal_rectangle(double a, double b, double c, double d, double rho)
{
    assert(a <= b && c <= d && rho >= -1 && rho <= 1);
    if (rho < 0)
        return bivariate_normal_rectangle(a, b, -d, -c, -rho);
    double low = fmax(a, c), high = fmin(b, d), x, v;
    if (rho == 1)
        return low < high ? normal_between(low, high) : 0;
    const struct rectangle r = {a, b, c, d, rho, sqrt((1 - rho) * (1 + rho))};
    densest(&r, &x, &v);
    return rho < 0.7 ? by_x(&r, x) : by_v(&r, v);
}

/* ---- all cells of a table ---- */

/* The integral of the density over the correlation t = sin(angle) from 0 to rho: of exp(of_squares
   (h^2 + k^2) + of_product h k) over the angle. */
struct path {
    double weight[2 * HALF], of_squares[2 * HALF], of_product[2 * HALF];
};

static struct path path_to(double rho)
{
    struct path path;
    double half = asin(rho) / 2;
    for (size_t i = 0; i < 2 * HALF; i++) {
        double node = i % 2 ? gauss[i / 2][0] : -gauss[i / 2][0];
        double t = sin(half * (1 + node)), c2 = (1 - t) * (1 + t);
        path.weight[i] = half * gauss[i / 2][1] / (root_2pi * root_2pi);
        path.of_squares[i] = -0.5 / c2;
        path.of_product[i] = t / c2;
    }
    return path;
}

/* P(X <= h, Y <= k) less its value at rho = 0. */
static double excess(const struct path *path, double h, double k)
{
    double squares = h * h + k * k, product = h * k, sum = 0;
    if (isinf(h) || isinf(k))
        return 0;
    for (size_t i = 0; i < 2 * HALF; i++)
        sum += path->weight[i] * exp(path->of_squares[i] * squares + path->of_product[i] * product);
    return sum;
}

/* Is the cell asked for? */
static bool asked(const double *needed, size_t cell)
{
    return !needed || needed[cell] != 0;
}

void bivariate_normal_table(const double *row_cut, size_t rows, const double *col_cut, size_t cols,
                            double rho, const double *needed, double *p)
{
    const double most = 0.9, least_share = 1e-3;
    bool quick = fabs(rho) <= most;
    const struct path path = path_to(quick ? rho : 0);
    for (size_t i = 0; i < rows; i++) {
        double row = normal_between(row_cut[i], row_cut[i + 1]), low_0 = 0, high_0 = 0;
        for (size_t j = 0; j < cols; j++) {
            size_t at = i * cols + j;
            bool here = asked(needed, at), next = j + 1 < cols && asked(needed, at + 1);
            double low = 0, high = 0;
            if (quick && (here || next)) { /* a corner serves two cells */
                low = excess(&path, row_cut[i], col_cut[j + 1]);
                high = excess(&path, row_cut[i + 1], col_cut[j + 1]);
            }
            double product = here ? row * normal_between(col_cut[j], col_cut[j + 1]) : 0;
            double size = product + fabs(high) + fabs(low) + fabs(high_0) + fabs(low_0);
            p[at] = here ? product + high - low - high_0 + low_0 : 0;
            if (here && (!quick || !(p[at] > least_share * size)))
                p[at] = bivariate_normal_rectangle(row_cut[i], row_cut[i + 1], col_cut[j],
                                                   col_cut[j + 1], rho);
            low_0 = low;
            high_0 = high;
        }
    }
}
