/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_PRIVACY_PRIVACY_H
#define IO_PRIVACY_PRIVACY_H

#include "io/program/tool.h"

/* What of persons a run keeps to itself: between a program's report and whatever is written or
   said of it.  Ids of customers become pseudonyms, small cells are left out
   (io/privacy/suppress.h), and it is told which columns are personal.  docs/privacy.md says what
   that protects from. */
struct privacy;

/* Takes the secret key of --pseudonymise, before anything is read or said.  NULL on error. */
struct privacy *privacy_open(const struct job *job, struct err *err);

/* The report as it may be published: in place. */
bool privacy_apply(struct privacy *privacy, struct report *report, struct err *err);

/* An error, as it may be said: in place.  NULL privacy: nothing is changed. */
void privacy_error(struct privacy *privacy, struct err *err);

#endif
