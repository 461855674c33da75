/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_BASE_DOUBLED_H
#define MODELS_BASE_DOUBLED_H

/* Numbers of about 32 digits: the unevaluated sum of two doubles (Dekker 1971,
   Numer. Math. 18, 224-242), with products by fma (Ogita, Rump & Oishi 2005,
   SIAM J. Sci. Comput. 26, 1955-1988).  Where a part is not finite the high part
   says so, as a double would. */
struct doubled {
    double high, low; /* |low| is at most half a unit in the last place of high */
};

struct doubled doubled_of(double x);
struct doubled doubled_sum(struct doubled a, struct doubled b);
struct doubled doubled_difference(struct doubled a, struct doubled b);
struct doubled doubled_product(struct doubled a, struct doubled b);
struct doubled doubled_ratio(struct doubled a, struct doubled b);

/* x to a whole power, by repeated squaring; of a negative power the reciprocal. */
struct doubled doubled_power(struct doubled x, int power);

/* Rounded to a double. */
double doubled_value(struct doubled x);

#endif
