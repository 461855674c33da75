/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/study/preset_merge.h"

#include <assert.h>
#include <string.h>

#include "io/study/presets.h"

/* Where the nodes of a preset are said to stand, and whose they are. */
struct mark {
    uint64_t line;
    const char *origin;
};

/* A list or mapping that is being built. */
struct growing {
    struct yaml_tree *node;
    const struct yaml_tree **link;
    struct arena *keep;
};

static struct growing grow(const struct yaml_tree *t, const struct yaml_tree *parent,
                           const struct mark *mark, struct arena *keep)
{
    struct yaml_tree *node = arena_copy(keep, t, 1, sizeof *t);
    node->parent = parent;
    node->first = node->next = NULL;
    node->n = 0;
    if (mark) {
        node->line = mark->line;
        node->origin = mark->origin;
    }
    return (struct growing){node, &node->first, keep};
}

static void append(struct growing *g, struct yaml_tree *child)
{
    *g->link = child;
    g->link = &child->next;
    g->node->n++;
}

/* A copy of t and all below it; with a mark, as a preset's. */
static struct yaml_tree *copied(const struct yaml_tree *t, const struct yaml_tree *parent,
                                const struct mark *mark, struct arena *keep)
{
    struct growing g = grow(t, parent, mark, keep);
    for (const struct yaml_tree *child = t->first; child; child = child->next)
        append(&g, copied(child, g.node, mark, keep));
    return g.node;
}

static bool is_empty(const struct yaml_tree *t)
{
    return t->kind != YAML_TEXT && t->n == 0;
}

/* The words of sign: tell what the other keys of amount: mean. */
static bool other_sign(const struct yaml_tree *typed, const struct yaml_tree *preset)
{
    const struct yaml_tree *sign = yaml_find(typed, "sign"), *theirs = yaml_find(preset, "sign");
    if (strcmp(typed->key, "amount") != 0 || !sign || sign->kind != YAML_TEXT)
        return false;
    return strcmp(sign->text, theirs ? theirs->text : "leading") != 0;
}

/* The block as typed, and what only the preset's has. */
static struct yaml_tree *merged(const struct yaml_tree *typed, const struct yaml_tree *preset,
                                const struct yaml_tree *parent, const struct mark *mark,
                                struct arena *keep)
{
    struct growing g = grow(typed, parent, NULL, keep);
    for (const struct yaml_tree *t = typed->first; t; t = t->next) {
        const struct yaml_tree *theirs = yaml_find(preset, t->key);
        if (theirs && is_empty(t))
            continue;
        if (theirs && theirs->kind == YAML_MAP && t->kind == YAML_MAP && !other_sign(t, theirs))
            append(&g, merged(t, theirs, g.node, mark, keep));
        else
            append(&g, copied(t, g.node, NULL, keep));
    }
    for (const struct yaml_tree *t = preset->first; t; t = t->next)
        if (!yaml_find(typed, t->key))
            append(&g, copied(t, g.node, mark, keep));
    return g.node;
}

/* Its keys as a tree; that it can be read is looked at by the tests. */
static const struct yaml_tree *preset_tree(const struct preset *p, struct arena *keep)
{
    struct err err = {0};
    const char *text = preset_ledger(p, keep);
    const struct yaml_tree *t = yaml_tree_read(text, strlen(text), p->name, keep, &err);
    assert(t && t->kind == YAML_MAP);
    return t;
}

/* What only the user knows, such as which accounts are sales, must be declared. */
static bool is_whole(const struct yaml_tree *entry, const struct yaml_tree *at,
                     const struct preset *p, const char *file, struct arena *keep, struct err *err)
{
    for (size_t i = 0; i < p->n_declare; i++) {
        const char *key = arena_strndup(keep, p->declare[i], strcspn(p->declare[i], ":"));
        if (!yaml_find(entry, key))
            return err_at(
                err, ERR_STUDY,
                &(struct problem){
                    .file = file,
                    .line = at->line,
                    .column = arena_printf(keep, "%s.%s", yaml_path(entry->parent, keep), key),
                    .what = arena_printf(keep, "is left to you by preset %s", p->name),
                    .mend = arena_printf(keep, "add '%s' with what is true of your file",
                                         p->declare[i])});
    }
    return true;
}

static const struct yaml_tree *preset_of(const struct yaml_tree *entry)
{
    const struct yaml_tree *t = yaml_find(entry, "preset");
    return t && t->kind == YAML_TEXT && *t->text ? t : NULL;
}

static struct yaml_tree *filled(const struct yaml_tree *entry, const struct yaml_tree *parent,
                                const char *file, struct arena *keep, struct err *err)
{
    const struct yaml_tree *t = preset_of(entry);
    if (!t)
        return copied(entry, parent, NULL, keep);
    const struct preset *p = preset_find(t->text);
    if (p) {
        const struct mark mark = {t->line, p->name};
        return is_whole(entry, t, p, file, keep, err)
                   ? merged(entry, preset_tree(p, keep), parent, &mark, keep)
                   : NULL;
    }
    err_at(err, ERR_STUDY,
           &(struct problem){.file = file,
                             .line = t->line,
                             .column = yaml_path(t, keep),
                             .value = t->text,
                             .what = "is no preset",
                             .mend = preset_mend(t->text, keep)});
    return NULL;
}

/* ledgers: with each entry filled in. */
static struct yaml_tree *filled_list(const struct yaml_tree *list, const struct yaml_tree *parent,
                                     const char *file, struct arena *keep, struct err *err)
{
    struct growing g = grow(list, parent, NULL, keep);
    for (const struct yaml_tree *entry = list->first; entry; entry = entry->next) {
        struct yaml_tree *child = filled(entry, g.node, file, keep, err);
        if (!child)
            return NULL;
        append(&g, child);
    }
    return g.node;
}

static bool any_preset(const struct yaml_tree *list)
{
    for (const struct yaml_tree *entry = list ? list->first : NULL; entry; entry = entry->next)
        if (preset_of(entry))
            return true;
    return false;
}

const struct yaml_tree *study_fill_presets(const struct yaml_tree *tree, const char *file,
                                           struct arena *keep, struct err *err)
{
    const struct yaml_tree *ledgers = yaml_find(tree, "ledgers");
    if (!any_preset(ledgers))
        return tree;
    struct growing g = grow(tree, NULL, NULL, keep);
    for (const struct yaml_tree *t = tree->first; t; t = t->next) {
        struct yaml_tree *child =
            t == ledgers ? filled_list(t, g.node, file, keep, err) : copied(t, g.node, NULL, keep);
        if (!child)
            return NULL;
        append(&g, child);
    }
    return g.node;
}

/* ---- messages about a file that is not as the preset has it ---- */

/* "date.column" as it is written: "date: {column: ...}". */
static const char *declaration(const char *key, struct arena *keep)
{
    const char *dot = strchr(key, '.');
    if (!dot)
        return arena_printf(keep, "'%s: ...'", key);
    return arena_printf(keep, "'%.*s: {%s: ...}'", (int)(dot - key), key, dot + 1);
}

/* The file is of another version or language, or of another program. */
static const char *mend_preset(const char *mend, const char *key, struct arena *keep)
{
    const size_t n = strlen(mend);
    return arena_printf(keep, "%s%s declare %s beside preset:, or another preset", mend,
                        n > 0 && mend[n - 1] == '?' ? "" : ";", declaration(key, keep));
}

void preset_problem(struct problem *problem, const struct study *study, size_t ledger,
                    const char *key, struct arena *keep)
{
    const char *preset = study->path ? study_preset(study, "ledgers", ledger, key) : NULL;
    if (!preset)
        return;
    problem->what = arena_printf(keep, "%s (preset %s)", problem->what, preset);
    problem->mend = mend_preset(problem->mend, key, keep);
}
