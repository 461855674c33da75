/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/regression/covariance.h"

#include <stddef.h>
#include <string.h>

static double row_as_is(double leverage)
{
    (void)leverage;
    return 1;
}

static double row_HC2(double leverage)
{
    return 1 / (1 - leverage);
}

static double row_HC3(double leverage)
{
    return 1 / ((1 - leverage) * (1 - leverage));
}

static double sample_as_is(double n, double p, double n_clusters)
{
    (void)n, (void)p, (void)n_clusters;
    return 1;
}

static double sample_HC1(double n, double p, double n_clusters)
{
    (void)n_clusters;
    return n / (n - p);
}

static double sample_cluster(double n, double p, double n_clusters)
{
    return n_clusters / (n_clusters - 1) * (n - 1) / (n - p);
}

#define X(name, title) static const char title_##name[] = title;
COVARIANCE_LIST(X)
#undef X

const struct covariance covariance_classical = {"classical",  title_classical, NULL,
                                                sample_as_is, false,           false};
const struct covariance covariance_HC0 = {"HC0", title_HC0, row_as_is, sample_as_is, false, false};
const struct covariance covariance_HC1 = {"HC1", title_HC1, row_as_is, sample_HC1, false, false};
const struct covariance covariance_HC2 = {"HC2", title_HC2, row_HC2, sample_as_is, true, false};
const struct covariance covariance_HC3 = {"HC3", title_HC3, row_HC3, sample_as_is, true, false};
const struct covariance covariance_cluster = {"cluster",      title_cluster, row_as_is,
                                              sample_cluster, false,         true};

const struct covariance *const covariances[] = {
#define X(name, title) &covariance_##name,
    COVARIANCE_LIST(X)
#undef X
};

const unsigned n_covariances = sizeof covariances / sizeof *covariances;

const struct covariance *covariance_find(const char *name)
{
    for (unsigned i = 0; i < n_covariances; i++)
        if (strcmp(covariances[i]->name, name) == 0)
            return covariances[i];
    return NULL;
}
