/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_LEDGER_TYPED_H
#define ANALYSIS_LEDGER_TYPED_H

#include "io/study/study.h"

/* Ledgers without a study file: how they are written as the options of a command line say it.
   Texts that were not typed are NULL, lists have n = 0. */
struct typed_ledger {
    const char *preset, *key, *date, *date_format, *amount, *sign, *document, *type;
    const char *delimiter, *decimal, *thousands, *encoding, *sheet, *decimals;
    const char *currency, *currency_column;
    struct texts sale, returned, ignore;
};

/* A study of nothing but these files.  What is not typed is what the preset says, and without one:
   columns key, date and amount, days as %Y-%m-%d, delimiter and marks , and . and a leading minus.
   What the study file would be refused for is ERR_USAGE. */
bool typed_study(const struct typed_ledger *typed, const char *const files[], size_t n_files,
                 struct study *study, struct arena *keep, struct err *err);

/* Adds to what is wrong with the files which known export one of them looks like, where none or
   another was typed; standard input is not looked at.  Gives false. */
bool typed_hint(const struct typed_ledger *typed, const char *const files[], size_t n_files,
                struct err *err);

#endif
