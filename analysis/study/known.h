/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_STUDY_KNOWN_H
#define ANALYSIS_STUDY_KNOWN_H

#include "analysis/study/mapping.h"
#include "io/study/study.h"
#include "models/base/frame.h"
#include "models/base/key_map.h"

/* Ids of one source (the master, the ledgers, the survey), distinct as written. */
struct ids {
    const char *source; /* "customers.csv", "the ledgers" */
    const struct key_map *map;
    const uint64_t *line;      /* [count] line of the first row, or NULL */
    const struct frame *frame; /* the master's rows by number of the id, or NULL */
    const uint32_t *row;       /* [count] first row of the frame, or NULL */
};

/* Two different ids of one source that the rules make one. */
struct collision {
    const char *joined;
    const struct ids *ids;
    uint32_t first, second; /* numbers in ids->map */
};

/* An id that a merging rule made one with others of its source: "Smith:Kitchen" of "Smith". */
struct merged {
    const char *joined;
    const struct ids *ids;
    uint32_t id; /* number in ids->map */
};

/* How many ids of a source were merged, into how many customers. */
struct merging {
    size_t n_ids, n_owners;
};

/* Everyone who is known to exist, by the key after the rules. */
struct known {
    struct ids survey; /* of all waves: who is asked for */
    struct ids master, ledger;
    struct ids paired[2];          /* respondents and accounts of the mapping; map NULL: none */
    const struct blocked *blocked; /* ids that are no customer: known as nobody; NULL: none */
    const struct mapping *mapping; /* which accounts are one customer's; NULL: none */
    size_t n_waves;
    const struct ids *wave; /* [n_waves] ids of each wave, its duplicate answers included */
    struct key_map *map;    /* keys of the customers of master and ledger */
    uint32_t *master_id;    /* [key_map_count(map)] number in master.map, or KEY_MAP_NONE; the
                               first of several accounts */
    const uint32_t *row;    /* [key_map_count(ledger.map)] in the table of the ledgers' customers,
                               where merged ids have one; NULL: the id's number */
    size_t n_rows;          /* of that table */
    uint32_t *ledger_id;    /* the same as master_id, of the rows of that table */
    uint32_t *ledger_next;  /* [n_rows] the customer's next account there */
    size_t n_blocked_master, n_blocked_ledger; /* ids */
    size_t n_collisions;
    const struct collision *collision;
    struct merging master_merging, ledger_merging;
    size_t n_merged; /* of all sources that are looked at for collisions */
    const struct merged *merged;
};

/* The distinct values of a column. */
struct ids ids_of_column(const char *source, const struct frame *f, const char *column,
                         struct arena *keep);

/* Joins master and ledger ids under the rules and lists the collisions inside
   each source: the master, the ledgers, each wave of the survey, each column of the mapping.  Two
   spellings in two waves are no collision: a customer may be written differently each time.  Ids
   of one owner (keys_owner) are merged and are none either; those of different ones are. */
void known_make(struct known *k, const struct key_steps *rules, struct arena *keep);

/* How many distinct ids of `asking` are, under the first n_steps of the rules and the mapping,
   found, and how many collisions the rules make and ids they merge: for the match report's
   what-if.  `found` [count of the asking ids] is set. */
struct known_counts {
    size_t found, collisions, merged;
};

struct known_counts known_count(const struct known *k, const struct ids *asking,
                                const struct key_steps *rules, size_t n_steps, bool *found,
                                struct arena *scratch);

#endif
