/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_STUDY_PRESET_MERGE_H
#define IO_STUDY_PRESET_MERGE_H

#include "io/study/study.h"
#include "io/yaml/tree.h"

/* The document with the keys of its ledgers' presets filled in; `tree` itself where no
   entry has a preset.  A key of the entry stays as it is written and a key that only the
   preset has is added, blocks key by key.  Two exceptions:
   - an empty list or block ("drop: []") takes the preset's key away;
   - an amount: with another sign: than the preset's takes nothing of the preset's amount:,
     whose columns mean something else.
   What was added has the line of the key `preset` and the preset's name as origin.
   NULL with ERR_STUDY for a preset that does not exist, and where the entry lacks a key that
   the preset leaves to the user. */
const struct yaml_tree *study_fill_presets(const struct yaml_tree *tree, const char *file,
                                           struct arena *keep, struct err *err);

/* Adds to a problem of a ledger's file, about what its entry declares under `key`
   ("date.column"), whether a preset declares it so, and that the user may declare otherwise. */
void preset_problem(struct problem *problem, const struct study *study, size_t ledger,
                    const char *key, struct arena *keep);

#endif
