/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/glm/triangle.h"

#include <math.h>
#include <string.h>

/* Four sums side by side: as fast as the loads allow, and always in the same order. */
static inline __attribute__((always_inline)) double dot(const double *a, const double *b, size_t n)
{
    double s[4] = {0};
    size_t i = 0;
    for (; i + 4 <= n; i += 4)
        for (size_t j = 0; j < 4; j++)
            s[j] += a[i + j] * b[i + j];
    for (; i < n; i++)
        s[0] += a[i] * b[i];
    return (s[0] + s[1]) + (s[2] + s[3]);
}

static inline __attribute__((always_inline)) void subtract(double *restrict a, double factor,
                                                           const double *restrict b, size_t n)
{
    size_t i = 0;
    for (; i + 4 <= n; i += 4)
        for (size_t j = 0; j < 4; j++)
            a[i + j] -= factor * b[i + j];
    for (; i < n; i++)
        a[i] -= factor * b[i];
}

/* A Householder reflection for each column; of its vector only the first entry, in r, and
   those of the block are not zero. */
static inline __attribute__((always_inline)) void absorb(double *r, size_t m, double *block,
                                                         size_t rows, size_t stride)
{
    for (size_t c = 0; c < m; c++) {
        double *v = block + c * stride, *top = r + c * m;
        double below = dot(v, v, rows);
        if (!(below > 0))
            continue;
        double length = sqrt(top[c] * top[c] + below);
        double first = top[c] + copysign(length, top[c]);
        double factor = 2 / (first * first + below);
        for (size_t j = c + 1; j < m; j++) {
            double *other = block + j * stride;
            double s = factor * (first * top[j] + dot(v, other, rows));
            top[j] -= s * first;
            subtract(other, s, v, rows);
        }
        top[c] = -copysign(length, top[c]);
    }
}

#if defined(__x86_64__)
/* Four sums at once are one instruction here; the same sums, and the same bits. */
__attribute__((target("avx2"))) static void absorb_newer(double *r, size_t m, double *block,
                                                         size_t rows, size_t stride)
{
    absorb(r, m, block, rows, stride);
}
#endif

void triangle_absorb(double *r, size_t m, double *block, size_t rows, size_t stride)
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2")) {
        absorb_newer(r, m, block, rows, stride);
        return;
    }
#endif
    absorb(r, m, block, rows, stride);
}

void triangle_join(double *r, const double *other, size_t m, double *block)
{
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < m; j++)
            block[j * m + i] = j >= i ? other[i * m + j] : 0;
    triangle_absorb(r, m, block, m, m);
}

void triangle_solve(const double *r, size_t m, size_t k, const double *q, double *s)
{
    for (size_t i = k; i-- > 0;) {
        double rest = q[i];
        for (size_t j = i + 1; j < k; j++)
            rest -= r[i * m + j] * s[j];
        s[i] = rest / r[i * m + i];
    }
}

void triangle_solve_transposed(const double *r, size_t m, size_t k, const double *q, double *s)
{
    for (size_t i = 0; i < k; i++) {
        double rest = q[i];
        for (size_t j = 0; j < i; j++)
            rest -= r[j * m + i] * s[j];
        s[i] = rest / r[i * m + i];
    }
}

void triangle_inverse(const double *r, size_t m, size_t k, double *inverse, double *column)
{
    memset(inverse, 0, k * k * sizeof *inverse);
    for (size_t c = 0; c < k; c++) {
        for (size_t i = k; i-- > 0;) {
            double rest = i == c;
            for (size_t j = i + 1; j <= c && j < k; j++)
                rest -= r[i * m + j] * column[j];
            column[i] = i > c ? 0 : rest / r[i * m + i];
        }
        for (size_t i = 0; i <= c; i++)
            for (size_t j = 0; j <= c; j++)
                inverse[i * k + j] += column[i] * column[j];
    }
}
