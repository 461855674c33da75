/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_STUDY_GLOSSARY_H
#define ANALYSIS_STUDY_GLOSSARY_H

#include "models/base/arena.h"

/* docs/glossary.md: the result columns (words.h), the behaviours
   (io/ledger/behaviours.h), the statuses and the reasons of missing values. */
const char *glossary_text(struct arena *keep);

#endif
