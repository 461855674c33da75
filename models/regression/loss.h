/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_REGRESSION_LOSS_H
#define MODELS_REGRESSION_LOSS_H

/* What an error of u scales costs is rho(u); psi = rho', and weight = psi(u) / u.

   X(name, title, source) */
#define LOSS_LIST(X)                                                                  \
    X(squares, "least squares", "")                                                   \
    X(huber, "Huber's loss, k = 1.345", "Huber 1964, Ann. Math. Statist. 35, 73-101") \
    X(tukey, "Tukey's bisquare, c = 4.685", "Beaton & Tukey 1974, Technometrics 16, 147-185")

struct loss {
    const char *name, *title, *source;
    double (*weight)(double u); /* NULL: squares */
    double (*slope)(double u);  /* psi' */
    const struct loss *first;   /* where its search starts: the estimate of another; or NULL */
};

#define X(name, title, source) extern const struct loss loss_##name;
LOSS_LIST(X)
#undef X

extern const struct loss *const losses[];
extern const unsigned n_losses;

/* NULL if there is none of that name. */
const struct loss *loss_find(const char *name);

#endif
