/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/program/provenance.h"

#include <gsl/gsl_version.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "io/bytes/sha256.h"
#include "io/study/presets.h"

/* Facts that are being listed. */
struct listing {
    const struct job *job;
    struct fact *at;
    size_t n;
};

static void add(struct listing *l, const char *section, const char *name, const char *value)
{
    l->at[l->n++] = (struct fact){.section = section, .name = name, .value = value};
}

/* A pipe has been read to its end: it cannot be read again for its hash. */
static const char *file_hash(const char *path, struct arena *keep)
{
    struct stat st;
    struct sha256 sha;
    uint8_t hash[32];
    unsigned char piece[1 << 16];
    size_t n;
    FILE *f = stat(path, &st) == 0 && S_ISREG(st.st_mode) ? fopen(path, "rb") : NULL;
    if (!f)
        return "(not a file)";
    sha256_start(&sha);
    while ((n = fread(piece, 1, sizeof piece, f)) > 0)
        sha256_add(&sha, piece, n);
    bool whole = !ferror(f);
    fclose(f);
    sha256_end(&sha, hash);
    return whole ? sha256_text(hash, keep) : "(not a file)";
}

/* A file that the study names, or NULL. */
static void add_file(struct listing *l, const char *file)
{
    struct arena *keep = l->job->keep;
    if (file)
        add(l, "inputs", file, file_hash(study_path(l->job->study, file, keep), keep));
}

/* Whether a ledger before it has the same preset (or file of rates). */
static bool told_before(const struct study *s, size_t ledger, bool preset)
{
    const struct study_ledger *l = s->ledgers, *own = &s->ledgers[ledger];
    for (const char *a = preset ? own->preset : own->rates.file; a && l < own; l++) {
        const char *b = preset ? l->preset : l->rates.file;
        if (b && strcmp(a, b) == 0)
            return true;
    }
    return false;
}

static void add_study(struct listing *l, const struct study *s)
{
    struct arena *keep = l->job->keep;
    add(l, "inputs", "study file", sha256_text(s->hash, keep));
    for (size_t i = 0; i < s->n_surveys; i++)
        add_file(l, s->surveys[i].file);
    add_file(l, s->customers.file);
    add_file(l, s->join.mapping.file);
    if (l->job->common->pseudonymise && s->join.block_file)
        add(l, "inputs", s->join.block_file,
            "(left out: the hash of a few ids would show who guesses them that they are right)");
    else
        add_file(l, s->join.block_file);
    for (size_t i = 0; i < s->n_ledgers; i++) {
        const char *preset = s->ledgers[i].preset;
        if (preset && !told_before(s, i, true))
            add(l, "inputs", arena_printf(keep, "preset %s", preset),
                preset_hash(preset_find(preset), keep));
        if (!told_before(s, i, false))
            add_file(l, s->ledgers[i].rates.file);
    }
}

static bool changes_numbers(const char *option)
{
    static const char *const silent[] = {"output",     "format",      "table", "threads",
                                         "excel-safe", "no-pictures", "quiet", "verbose",
                                         "from-files", "pseudonymise"};
    for (size_t i = 0; i < sizeof silent / sizeof *silent; i++)
        if (strcmp(silent[i], option) == 0)
            return false;
    return true;
}

void provenance_add(const struct job *job, const struct command_line *line, struct report *report)
{
    enum { ALWAYS = 3, OF_STUDY = 4, OF_LEDGER = 2 };
    const struct study *s = job->study;
    const size_t of_study = s ? OF_STUDY + s->n_surveys + OF_LEDGER * s->n_ledgers : 0;
    const size_t most = ALWAYS + of_study + 1 + line->given.n + report->n_facts;
    struct listing l = {job, ARENA_NEW(job->keep, struct fact, most), 0};
    add(&l, "software", "saydo", SAYDO_VERSION);
    add(&l, "software", "program", job->tool->name);
    add(&l, "software", "gsl", GSL_VERSION);
    if (s)
        add_study(&l, s);
    if (job->table)
        add(&l, "inputs", job->inputs[0], file_hash(job->inputs[0], job->keep));
    for (size_t i = 0; i < line->given.n; i++)
        if (changes_numbers(line->given.at[i]))
            add(&l, "options", line->given.at[i], line->given_value.at[i]);
    for (size_t i = 0; i < report->n_facts; i++)
        l.at[l.n++] = report->facts[i];
    report->facts = l.at;
    report->n_facts = l.n;
}
