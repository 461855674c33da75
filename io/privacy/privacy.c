/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/privacy/privacy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/privacy/personal_files.h"
#include "io/privacy/pseudonym.h"
#include "io/privacy/suppress.h"
#include "io/program/options.h"
#include "models/base/key_map.h"

struct privacy {
    const struct job *job;
    struct pseudonyms *names; /* NULL: ids stay */
    bool open_to_others;      /* the file of the secret key */
    const struct key_map *id; /* of survey and master, as written and joined */
    struct arena *keep;
};

static bool does_without(const struct tool *tool, const char *option)
{
    return !option_taken(tool, &(struct option_spec){.name = option});
}

struct privacy *privacy_open(const struct job *job, struct err *err)
{
    const char *source = job->common->pseudonymise;
    struct privacy *p = ARENA_NEW(job->keep, struct privacy, 1);
    *p = (struct privacy){.job = job, .keep = job->keep};
    if (source && !does_without(job->tool, "pseudonymise"))
        p->names = pseudonyms_open(source, &p->open_to_others, job->keep, err);
    return err->code != ERR_NONE ? NULL : p;
}

/* ---- ids that are known by the files that were read ---- */

static void add_ids(const struct frame *f, const char *column, const struct key_steps *rules,
                    struct key_map *map, struct arena *keep)
{
    struct key_buffer buffer = {.arena = keep};
    const struct column *c = f && column ? frame_column(f, column) : NULL;
    for (size_t i = 0; c && c->type == COLUMN_TEXT && i < f->n_rows; i++) {
        const char *text = c->as.text[i];
        if (!text || !*text)
            continue;
        struct key_text joined = keys_apply(rules, SIZE_MAX, text, strlen(text), &buffer);
        key_map_add(map, text, strlen(text), NULL);
        key_map_add(map, joined.text, joined.length, NULL);
    }
}

/* Once the study is known: its rules, and the ids of its surveys and its master. */
static void settle(struct privacy *p)
{
    const struct study *s = p->job->study;
    struct key_steps rules = {0};
    struct err ignored = {0};
    if (p->id)
        return;
    struct key_map *map = key_map_new(1000, p->keep);
    p->id = map;
    if (!s || !keys_compile(&s->join.key_rules, &rules, p->keep, &ignored))
        return;
    pseudonyms_rules(p->names, &rules);
    for (size_t i = 0; p->job->surveys && i < s->n_surveys; i++)
        add_ids(p->job->surveys[i], s->surveys[i].key, &rules, map, p->keep);
    add_ids(p->job->customers, s->customers.key, &rules, map, p->keep);
    add_ids(p->job->mapping, s->join.mapping.respondent, &rules, map, p->keep);
    add_ids(p->job->mapping, s->join.mapping.account, &rules, map, p->keep);
}

static bool is_key_of_study(const struct study *s, const char *column)
{
    bool is = strcmp(column, "key") == 0;
    for (size_t i = 0; s && i < s->n_surveys; i++)
        is |= s->surveys[i].key && strcmp(column, s->surveys[i].key) == 0;
    for (size_t i = 0; s && i < s->n_ledgers; i++)
        is |= s->ledgers[i].key && strcmp(column, s->ledgers[i].key) == 0;
    is |= strcmp(column, "spend") == 0; /* a customer whose amounts cannot be added up */
    return is || (s && s->customers.key && strcmp(column, s->customers.key) == 0);
}

/* ---- texts ---- */

/* The end of an id in quotes that begin at `from`, or NULL; an id may hold quotes itself. */
static const char *end_of_id(const struct privacy *p, const char *from, bool any)
{
    enum { LONGEST = 4096 };
    for (const char *end = from + 1; *end && end - from < LONGEST; end++)
        if (*end == '\'' &&
            (any || key_map_find(p->id, from + 1, (size_t)(end - from - 1)) != KEY_MAP_NONE))
            return end;
    return NULL;
}

/* A sentence with pseudonyms for the ids that stand in it in quotes; with `of`, all that stands in
   quotes is a spelling of that id. */
static const char *told(const struct privacy *p, const char *text, const char *of)
{
    const char *out = "", *done = text, *end;
    for (const char *at = text; text && *at; at++) {
        if (*at != '\'' || !(end = end_of_id(p, at, of != NULL)))
            continue;
        const char *id = of ? of : arena_strndup(p->keep, at + 1, (size_t)(end - at - 1));
        out = arena_printf(p->keep, "%s%.*s'%s'", out, (int)(at - done), done,
                           pseudonym_of(p->names, id));
        done = end + 1;
        at = end;
    }
    return done == text ? text : arena_printf(p->keep, "%s%s", out, done);
}

/* A rule that drops a text from ids is told without it: the text is a part of them. */
static const char *without_parts(const char *text, struct arena *keep)
{
    static const char *const rule[] = {"strip_prefix:", "strip_suffix:", "parent:"};
    const char *first = NULL;
    for (size_t k = 0; text && k < sizeof rule / sizeof *rule; k++) {
        const char *at = strstr(text, rule[k]);
        if (at && (!first || at < first))
            first = at;
    }
    return first ? arena_strndup(keep, text, (size_t)(strchr(first, ':') - text)) : text;
}

/* The same in a sentence that lists the declared rules; what a message has shortened ends there. */
static const char *without_parts_of_rules(const struct privacy *p, const char *text)
{
    const struct study *s = p->job->study;
    const char *rules = "", *names = "";
    for (size_t k = 0; s && k < s->join.key_rules.n; k++) {
        const char *rule = s->join.key_rules.at[k], *comma = k ? ", " : "";
        rules = arena_printf(p->keep, "%s%s%s", rules, comma, rule);
        names = arena_printf(p->keep, "%s%s%s", names, comma, without_parts(rule, p->keep));
    }
    const char *at = text && *rules ? strstr(text, rules) : NULL;
    if (at)
        return arena_printf(p->keep, "%.*s%s%s", (int)(at - text), text, names, at + strlen(rules));
    return without_parts(text, p->keep);
}

static bool ends_with(const char *text, const char *end)
{
    const size_t n = strlen(text), m = strlen(end);
    return n >= m && strcmp(text + n - m, end) == 0;
}

/* What a message says of the study file is no cell. */
static bool is_of_study(const struct problem *was)
{
    return was->file && (ends_with(was->file, ".yml") || ends_with(was->file, ".yaml"));
}

/* A cell by its shape, which a date or an amount is mended by: Xxxxxxx 99,99.  Who has a cell of
   one or two characters is found by nothing. */
static const char *shape_of(const char *cell, struct arena *keep)
{
    enum { TOLD = 2 };
    char *shape = arena_strdup(keep, cell), *to = shape;
    if (strlen(cell) <= TOLD)
        return cell;
    for (const unsigned char *c = (const unsigned char *)cell; *c; c++) {
        if ((*c & 0xc0) == 0x80)
            continue; /* one character of several bytes is one letter */
        *to++ = (char)(*c >= '0' && *c <= '9'                   ? '9'
                       : *c >= 'A' && *c <= 'Z'                 ? 'X'
                       : *c >= 0x80 || (*c >= 'a' && *c <= 'z') ? 'x'
                                                                : *c);
    }
    *to = '\0';
    return shape;
}

/* A file without a header has its first record for the names of its columns. */
static const char *without_names(const char *mend)
{
    return mend && (strncmp(mend, "its columns are ", 16) == 0 ||
                    strncmp(mend, "its only column is ", 19) == 0)
               ? "its columns are not named here, since a file without a header would show a record"
               : mend;
}

/* Of a column of names, phone numbers ...: neither its cell nor a list of its cells. */
static struct problem told_personal(const struct problem *was, const char *kind, struct arena *keep)
{
    struct problem now = *was;
    now.value = was->value ? arena_printf(keep, "[%s]", kind) : NULL;
    now.what = arena_strndup(keep, was->what, strcspn(was->what, ";"));
    now.mend = "name another column: this one is personal";
    return now;
}

static const char *told_value(const struct privacy *p, const struct problem *was, bool is_id)
{
    if (!was->value)
        return NULL;
    if (is_id || key_map_find(p->id, was->value, strlen(was->value)) != KEY_MAP_NONE)
        return strstr(was->value, "…") ? "(an id)" : pseudonym_of(p->names, was->value);
    const char *masked = personal_masked(was->value, p->keep);
    const bool is_cell = was->line > 0 && !is_of_study(was);
    const bool is_listed = was->what && strstr(was->what, was->value);
    return is_cell && !is_listed && masked == was->value ? shape_of(masked, p->keep) : masked;
}

/* One problem: what stands in a column of ids is one; a message shortens long ones. */
static struct problem told_problem(const struct privacy *p, const struct problem *was)
{
    const bool is_id =
        was->column && !is_of_study(was) && is_key_of_study(p->job->study, was->column);
    const char *of = is_id && was->value && strcmp(was->column, "key") == 0 ? was->value : NULL;
    const char *kind = was->column && was->line > 0 && !is_id && !is_of_study(was)
                           ? personal_by_name(was->column, p->keep)
                           : NULL;
    struct problem now = *was;
    if (kind)
        return told_personal(was, kind, p->keep);
    now.value = told_value(p, was, is_id);
    now.what = personal_masked(told(p, without_parts_of_rules(p, was->what), of), p->keep);
    now.mend = was->mend ? personal_masked(told(p, without_names(was->mend), of), p->keep) : NULL;
    return now;
}

static const char *or_null(const char *text)
{
    return *text ? text : NULL;
}

/* The message is made of the parts, with something before them ("3 errors; the first: ") or not;
   one that was made as a whole is a sentence. */
void privacy_error(struct privacy *p, struct err *err)
{
    if (!p || !p->names || err->code == ERR_NONE)
        return;
    settle(p);
    struct err was = *err, made = {0};
    const struct problem parts = {or_null(was.file),  was.line, or_null(was.column),
                                  or_null(was.value), was.what, or_null(was.mend)};
    const struct problem now = told_problem(p, &parts);
    err_at(&made, was.code, &parts);
    const size_t n = strlen(was.message), m = strlen(made.message);
    const bool of_parts = n >= m && strcmp(was.message + n - m, made.message) == 0;
    *err = (struct err){0};
    err_at(err, was.code, &now);
    const char *message =
        of_parts ? arena_printf(p->keep, "%.*s%s", (int)(n - m), was.message, err->message)
                 : personal_masked(told(p, was.message, NULL), p->keep);
    snprintf(err->message, sizeof err->message, "%s", message);
}

/* ---- tables ---- */

/* Columns of ids, and of all that a table of individuals may show in plain text. */
static bool among(const char *word, const char *const *list)
{
    for (; *list; list++)
        if (strcmp(*list, word) == 0)
            return true;
    return false;
}

static const char *const of_ids[] = {"key", "key_other", "account", "candidate", NULL};
static const char *const plain[] = {"file", "wave", "reason", "rule", "status", "method", NULL};

/* What becomes of a column of texts. */
enum fate { FATE_STAYS, FATE_PSEUDONYM, FATE_JOINED_PSEUDONYM, FATE_RULE, FATE_RULES, FATE_EMPTY };

static enum fate fate_of(const char *table, const char *column)
{
    const bool review = strcmp(table, "review") == 0;
    const bool joined = strcmp(table, "ambiguous") == 0 || strcmp(table, "merged") == 0;
    if (among(column, of_ids))
        return joined ? FATE_JOINED_PSEUDONYM : FATE_PSEUDONYM;
    if (strcmp(column, "text") == 0)
        return FATE_EMPTY;
    if (strcmp(table, "what_if") == 0 || strcmp(table, "matching") == 0)
        return FATE_RULE;
    if (strcmp(table, "methods") == 0)
        return FATE_RULES;
    return (joined || review) && !among(column, plain) ? FATE_EMPTY : FATE_STAYS;
}

static const char *told_cell(const struct privacy *p, enum fate fate, const char *text)
{
    return fate == FATE_PSEUDONYM          ? pseudonym_of(p->names, text)
           : fate == FATE_JOINED_PSEUDONYM ? pseudonym_of_joined(p->names, text)
           : fate == FATE_RULE             ? without_parts(text, p->keep)
           : fate == FATE_RULES            ? without_parts_of_rules(p, text)
           : fate == FATE_EMPTY            ? NULL
                                           : text;
}

/* Rows of the table of problems: each is one. */
static void tell_problems(const struct privacy *p, const struct frame *f, struct column *cols)
{
    static const char *const name[] = {"column", "value", "problem", "mend"};
    const struct column *file = frame_column(f, "file"), *line = frame_column(f, "line");
    const char **cell[4], *at[4];
    for (size_t k = 0; k < 4; k++) {
        struct column *c = &cols[frame_column(f, name[k]) - f->cols];
        cell[k] = arena_copy(p->keep, c->as.text, f->n_rows, sizeof **cell);
        c->as.text = cell[k];
    }
    for (size_t i = 0; i < f->n_rows; i++) {
        for (size_t k = 0; k < 4; k++)
            at[k] = cell[k][i];
        const struct problem now =
            told_problem(p, &(struct problem){.file = file->as.text[i],
                                              .line = column_is_missing(line, i) ? 0 : 1,
                                              .column = at[0],
                                              .value = at[1],
                                              .what = at[2],
                                              .mend = at[3]});
        cell[1][i] = now.value;
        cell[2][i] = now.what;
        cell[3][i] = now.mend;
    }
}

struct by_name {
    const char *const *name;
};

static int compare_names(const void *a, const void *b, void *context)
{
    const struct by_name *by = context;
    const uint32_t i = *(const uint32_t *)a, j = *(const uint32_t *)b;
    const int order = strcmp(by->name[i] ? by->name[i] : "", by->name[j] ? by->name[j] : "");
    return order ? order : (i > j) - (i < j);
}

static const void *in_order(const void *cells, size_t size, const uint32_t *row, size_t n,
                            struct arena *keep)
{
    unsigned char *to = arena_alloc(keep, n, size);
    for (size_t i = 0; cells && i < n; i++)
        memcpy(to + i * size, (const unsigned char *)cells + row[i] * size, size);
    return cells ? to : NULL;
}

/* A table of one row per customer would say by the order of its rows what the pseudonyms keep:
   they are sorted by them. */
static void sort_rows(struct column *cols, size_t n_cols, size_t n, struct arena *keep)
{
    static const size_t size[] = {[COLUMN_REAL] = sizeof(double),
                                  [COLUMN_WHOLE] = sizeof(int64_t),
                                  [COLUMN_DAY] = sizeof(int32_t),
                                  [COLUMN_FACTOR] = sizeof(int32_t),
                                  [COLUMN_TEXT] = sizeof(char *)};
    uint32_t *row = ARENA_NEW(keep, uint32_t, n);
    struct by_name by = {cols[0].as.text};
    for (size_t i = 0; i < n; i++)
        row[i] = (uint32_t)i;
    qsort_r(row, n, sizeof *row, compare_names, &by);
    for (size_t j = 0; j < n_cols; j++) {
        cols[j].missing = in_order(cols[j].missing, 1, row, n, keep);
        cols[j].code = in_order(cols[j].code, sizeof(char *), row, n, keep);
        cols[j].as.text = in_order(cols[j].as.text, size[cols[j].type], row, n, keep);
    }
}

/* word: what the note says of it; as it was where nothing is told otherwise. */
static const struct frame *told_frame(const struct privacy *p, const struct table *t,
                                      const char **word)
{
    static const char of_rules[] = "What key rules drop is a part of ids: it is left out.";
    static const char of_all[] = "Customers' ids are pseudonyms; raw texts are left out.";
    const struct frame *f = t->frame;
    struct column *cols = arena_copy(p->keep, f->cols, f->n_cols, sizeof *cols);
    for (size_t j = 0; j < f->n_cols; j++) {
        const enum fate fate =
            cols[j].type == COLUMN_TEXT ? fate_of(t->id, cols[j].name) : FATE_STAYS;
        if (fate == FATE_STAYS)
            continue;
        const char **text = ARENA_NEW(p->keep, const char *, f->n_rows);
        bool of_rule = fate == FATE_RULE || fate == FATE_RULES, changed = !of_rule;
        for (size_t i = 0; i < f->n_rows; i++) {
            text[i] = told_cell(p, fate, cols[j].as.text[i]);
            changed |= text[i] != cols[j].as.text[i];
        }
        cols[j].as.text = text;
        if (fate == FATE_EMPTY)
            cols[j].missing = NULL;
        if (changed)
            *word = of_rule ? of_rules : of_all;
    }
    if (strcmp(t->id, "problems") == 0)
        tell_problems(p, f, cols);
    if (f->n_cols && among(cols[0].name, of_ids) && !frame_column(f, "line"))
        sort_rows(cols, f->n_cols, f->n_rows, p->keep);
    return frame_of_columns(f->name, cols, f->n_cols, f->n_rows, p->keep);
}

/* ---- the report ---- */

static const char *const *told_all(const struct privacy *p, const char *const *text, size_t n)
{
    const char **now = ARENA_NEW(p->keep, const char *, n);
    for (size_t i = 0; i < n; i++)
        now[i] = personal_masked(told(p, text[i], NULL), p->keep);
    return now;
}

static void add_fact(struct privacy *p, struct report *report, const char *name, const char *value)
{
    struct fact *facts = ARENA_NEW(p->keep, struct fact, report->n_facts + 1);
    if (report->n_facts)
        memcpy(facts, report->facts, report->n_facts * sizeof *facts);
    facts[report->n_facts++] = (struct fact){.section = "privacy", .name = name, .value = value};
    report->facts = facts;
}

static void add_warning(struct privacy *p, struct report *report, const char *text)
{
    const char **warnings = ARENA_NEW(p->keep, const char *, report->n_warnings + 1);
    if (report->n_warnings)
        memcpy(warnings, report->warnings, report->n_warnings * sizeof *warnings);
    warnings[report->n_warnings++] = text;
    report->warnings = warnings;
}

static bool pseudonymise(struct privacy *p, struct report *report, struct err *err)
{
    struct table *tables = arena_copy(p->keep, report->tables, report->n_tables, sizeof *tables);
    settle(p);
    for (size_t i = 0; i < report->n_tables; i++) {
        const char *word = NULL;
        tables[i].frame = told_frame(p, &tables[i], &word);
        if (word)
            tables[i].note =
                tables[i].note ? arena_printf(p->keep, "%s %s", tables[i].note, word) : word;
    }
    report->tables = tables;
    report->lines = told_all(p, report->lines, report->n_lines);
    report->warnings = told_all(p, report->warnings, report->n_warnings);
    report->gate = told(p, report->gate, NULL);
    if (report->failure) {
        struct err *failure = arena_copy(p->keep, report->failure, 1, sizeof *failure);
        privacy_error(p, failure);
        report->failure = failure;
    }
    add_fact(p, report, "ids of customers",
             "pseudonyms: HMAC-SHA-256 of the id after the study's key rules, the first 128 bits "
             "in base32");
    add_fact(p, report, "check of the secret key", pseudonyms_check(p->names));
    if (p->open_to_others)
        add_warning(p, report,
                    "--pseudonymise: the file of the key can be read by every user of this "
                    "machine; chmod 600 it, and take a new key if anybody might have it");
    return pseudonyms_distinct(p->names, err);
}

/* ---- personal columns ---- */

static bool shows_ids(const struct report *report)
{
    for (size_t i = 0; i < report->n_tables; i++) {
        const struct frame *f = report->tables[i].frame;
        if (f->n_rows && frame_column(f, "key"))
            return true;
    }
    return false;
}

/* saydo-validate tells all this in its own words. */
static void tell_personal(struct privacy *p, struct report *report)
{
    size_t n_files = 0, n_used;
    const bool facts = job_hashes(p->job);
    const struct personal_file *file = facts ? personal_files(p->job, &n_files, p->keep) : NULL;
    const struct problem *used = personal_used(p->job, shows_ids(report), &n_used, p->keep);
    for (size_t i = 0; i < n_files; i++)
        add_fact(
            p, report,
            arena_printf(p->keep, "personal columns of %s, not copied unless named", file[i].file),
            personal_list(&file[i].columns, p->keep));
    for (size_t i = 0; i < n_used && !p->job->tool->lenient; i++)
        add_warning(p, report,
                    arena_printf(p->keep, "%s: %s: %s; %s", used[i].file, used[i].column,
                                 used[i].what, used[i].mend));
}

bool privacy_apply(struct privacy *p, struct report *report, struct err *err)
{
    tell_personal(p, report);
    if (p->job->common->suppress_below > 0 && !does_without(p->job->tool, "suppress-below"))
        suppress_below(report, (double)p->job->common->suppress_below, p->keep);
    return !p->names || pseudonymise(p, report, err);
}
