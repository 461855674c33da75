/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_MARGINS_VARIABLES_H
#define MODELS_MARGINS_VARIABLES_H

#include "models/margins/margins.h"

/* Fills the variables of m, whose fit, data and equations are set. */
void variables_find(struct margins *m, struct arena *keep);

#endif
