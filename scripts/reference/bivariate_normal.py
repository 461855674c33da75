# SPDX-License-Identifier: GPL-3.0-or-later
"""Rectangle probabilities of the bivariate normal for models/base/bivariate_normal, to 20
digits: python3 scripts/reference/bivariate_normal.py, from the top folder (needs mpmath).
By another way than the one under test: orthants as integrals over the correlation (Plackett
1954, Biometrika 41, 351-360), and their differences, whose cancellation 60 digits bear."""
import itertools
from mpmath import mp, mpf, exp, sqrt, pi, erfc, asin, sin, quad, inf, nstr

mp.dps = 60


def upper(x):  # P(Z > x)
    return mpf(0) if x == inf else mpf(1) if x == -inf else erfc(x / sqrt(mpf(2))) / 2


def orthant(h, k, rho):
    """P(X > h, Y > k): Drezner & Wesolowsky (1990) in the angle asin(rho), from rho = 0."""
    if h == inf or k == inf:
        return mpf(0)
    if h == -inf or k == -inf:
        return upper(max(h, k)) if h == -inf and k == -inf else upper(k if h == -inf else h)
    top = asin(rho)

    def f(t):
        c = 1 - sin(t) ** 2
        return exp(-(h * h - 2 * h * k * sin(t) + k * k) / (2 * c))
    cuts = [mpf(0)] + [top * (1 - mpf(2) ** -i) for i in range(1, 14)] + [top]
    return upper(h) * upper(k) + quad(f, cuts) / (2 * pi)


def rectangle(a, b, c, d, rho):
    return (orthant(a, c, rho) - orthant(b, c, rho) - orthant(a, d, rho) + orthant(b, d, rho))


boxes = [(-inf, 0, -inf, 0), (-inf, -1, -inf, 2), (-0.5, 0.25, 0.1, 0.6), (-1, 1.5, -2, -0.5),
         (2, inf, 3, inf), (1, inf, -inf, -1), (2.5, 3, -3, -2.5), (-2, -1.75, 1.5, 1.75),
         (-inf, inf, 0.3, 1.1), (0.3, 1.1, -inf, inf), (4, inf, -inf, -3), (-6, -5, -6, -4.5),
         (0, 0.001, 0, 0.001)]
rhos = [0, 0.1, -0.3, 0.5, -0.69, 0.71, -0.9, 0.95, 0.99, -0.999, 0.99999]
with open("tests/reference/bivariate_normal.csv", "w") as out:
    out.write("a,b,c,d,rho,p\n")
    for box, rho in itertools.product(boxes, rhos):
        a, b, c, d = map(mpf, box)
        p = rectangle(a, b, c, d, mpf(rho))
        if p > mpf(10) ** -45:  # below that the cancellation of 60 digits shows
            text = [str(v).replace("+", "").replace("inf", "Inf") for v in box]
            out.write(",".join(text + [repr(rho), nstr(p, 20)]) + "\n")
