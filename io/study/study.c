/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/study/study.h"

#include <assert.h>
#include <errno.h>
#include <sha2.h>
#include <stdio.h>
#include <string.h>

#include "io/study/check.h"
#include "io/study/preset_merge.h"
#include "io/yaml/write.h"

enum { LARGEST = 1 << 20 }; /* bytes of a study file */

static bool absent(const char *path, const char *what, struct err *err)
{
    return err_at(err, ERR_FILE,
                  &(struct problem){.file = path, .what = what, .mend = "check the name"});
}

/* The bytes of a file, up to LARGEST. */
static bool read_bytes(const char *path, char **bytes, size_t *size, struct arena *scratch,
                       struct err *err)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        return absent(path, strerror(errno), err);
    *bytes = ARENA_NEW(scratch, char, LARGEST + 1);
    *size = fread(*bytes, 1, LARGEST + 1, f);
    int failed = ferror(f) ? errno : 0;
    fclose(f);
    if (failed)
        return absent(path, strerror(failed), err);
    if (*size > LARGEST)
        return err_at(err, ERR_STUDY,
                      &(struct problem){.file = path,
                                        .what = "is larger than 1 MiB, which no study file is",
                                        .mend = "name the study file, not the data"});
    return true;
}

/* ---- libcyaml in an arena ---- */

struct block {
    size_t capacity;
    _Alignas(16) char bytes[];
};

/* malloc, realloc and free for libcyaml, which grows lists by one entry a time:
   room doubles, so that a list of n entries costs O(n). */
static void *cyaml_memory(void *arena, void *at, size_t size)
{
    struct block *old = at ? (struct block *)((char *)at - offsetof(struct block, bytes)) : NULL;
    if (size == 0)
        return NULL;
    if (old && old->capacity >= size)
        return at;
    size_t capacity = old && 2 * old->capacity > size ? 2 * old->capacity : size;
    struct block *new = arena_alloc(arena, 1, sizeof(struct block) + capacity);
    new->capacity = capacity;
    if (old)
        memcpy(new->bytes, old->bytes, old->capacity);
    return new->bytes;
}

struct last_words {
    char text[256];
};

static void keep_first(cyaml_log_t level, void *context, const char *fmt, va_list args)
    __attribute__((format(printf, 3, 0)));

/* libcyaml's first complaint; the backtrace follows it. */
static void keep_first(cyaml_log_t level, void *context, const char *fmt, va_list args)
{
    struct last_words *words = context;
    if (level < CYAML_LOG_ERROR || words->text[0])
        return;
    vsnprintf(words->text, sizeof words->text, fmt, args);
    words->text[strcspn(words->text, "\n")] = '\0';
}

static const struct raw_study *load(const char *path, const char *bytes, size_t size,
                                    struct arena *keep, struct err *err)
{
    struct last_words words = {""};
    const cyaml_config_t config = {.log_fn = keep_first,
                                   .log_ctx = &words,
                                   .log_level = CYAML_LOG_ERROR,
                                   .mem_fn = cyaml_memory,
                                   .mem_ctx = keep,
                                   .flags = CYAML_CFG_NO_ALIAS};
    void *raw = NULL;
    cyaml_err_t status =
        cyaml_load_data((const unsigned char *)bytes, size, &config, &study_schema, &raw, NULL);
    if (status == CYAML_OK)
        return raw;
    err_at(err, ERR_STUDY,
           &(struct problem){.file = path,
                             .what = words.text[0] ? words.text : cyaml_strerror(status),
                             .mend = "compare with the examples of docs/study-file.md"});
    return NULL;
}

/* ---- the study ---- */

static void hash(const char *bytes, size_t size, uint8_t digest[32])
{
    SHA2_CTX context;
    SHA256Init(&context);
    SHA256Update(&context, (const uint8_t *)bytes, size);
    SHA256Final(digest, &context);
}

/* A file that is no YAML mapping at all: empty, a list, a table. */
static bool is_study(const struct yaml_tree *tree, const char *path, struct err *err)
{
    if (tree->kind == YAML_MAP)
        return true;
    return err_at(
        err, ERR_STUDY,
        &(struct problem){.file = path,
                          .line = tree->line,
                          .what = tree->blank ? "the study file is empty" : "this is no study file",
                          .mend = "a study file begins with 'study: {name: ...}'; "
                                  "saydo-init drafts one"});
}

static const struct study *read_study(const char *path, const char *bytes, size_t size,
                                      struct arena *keep, struct arena *scratch, struct err *err)
{
    const struct yaml_tree *typed = yaml_tree_read(bytes, size, path, keep, err);
    if (!typed || !is_study(typed, path, err))
        return NULL;
    const struct yaml_tree *tree = study_fill_presets(typed, path, keep, err);
    if (!tree || !yaml_conforms(tree, &study_schema, path, scratch, err))
        return NULL;
    size_t n = size;
    const char *yaml = tree == typed ? bytes : yaml_write(tree, &n, scratch);
    const struct raw_study *raw = load(path, yaml, n, keep, err);
    if (!raw)
        return NULL;
    struct study *s = ARENA_NEW(keep, struct study, 1);
    s->path = arena_strdup(keep, path);
    s->tree = tree;
    hash(bytes, size, s->hash);
    const struct check check = {path, tree, keep, scratch, err};
    return study_check(&check, raw, s) ? s : NULL;
}

const struct study *study_from_bytes(const char *path, const char *bytes, size_t size,
                                     struct arena *keep, struct err *err)
{
    assert(path && bytes && keep && err);
    struct arena *scratch = arena_new();
    const struct study *s = read_study(path, bytes, size, keep, scratch, err);
    arena_free(scratch);
    return s;
}

const struct study *study_read(const char *path, struct arena *keep, struct err *err)
{
    assert(path && keep && err);
    struct arena *scratch = arena_new();
    const struct study *s = NULL;
    char *bytes = NULL;
    size_t size = 0;
    if (read_bytes(path, &bytes, &size, scratch, err))
        s = study_from_bytes(path, bytes, size, keep, err);
    arena_free(scratch);
    return s;
}

/* The node of "date.format" below t. */
static const struct yaml_tree *find_dotted(const struct yaml_tree *t, const char *key)
{
    for (; t && *key; key += *key == '.') {
        const struct yaml_tree *child = t->kind == YAML_MAP ? t->first : NULL;
        size_t length = strcspn(key, ".");
        while (child && (strncmp(child->key, key, length) != 0 || child->key[length]))
            child = child->next;
        t = child;
        key += length;
    }
    return t;
}

static const struct yaml_tree *node_of(const struct study *s, const char *section, size_t index,
                                       const char *key)
{
    const struct yaml_tree *t = find_dotted(s->tree, section);
    if (t && t->kind == YAML_LIST)
        t = yaml_at(t, index);
    return key ? find_dotted(t, key) : t;
}

uint64_t study_line(const struct study *s, const char *section, size_t index, const char *key)
{
    const struct yaml_tree *t = node_of(s, section, index, key);
    return t ? t->line : 0;
}

const char *study_preset(const struct study *s, const char *section, size_t index, const char *key)
{
    const struct yaml_tree *t = node_of(s, section, index, key);
    return t ? t->origin : NULL;
}

const char *study_path(const struct study *s, const char *file, struct arena *keep)
{
    const char *slash = strrchr(s->path, '/');
    if (!slash || file[0] == '/' || strcmp(file, "-") == 0)
        return arena_strdup(keep, file);
    return arena_printf(keep, "%.*s%s", (int)(slash + 1 - s->path), s->path, file);
}

const char *study_currency(const struct study_ledger *l)
{
    return l->currency_keep ? l->currency_keep : l->currency_to;
}

char study_delimiter(const char *declared)
{
    static const char legal[] = ",;|:^~\t !#$&*+/=?@_";
    if (strcmp(declared, "tab") == 0 || strcmp(declared, "\\t") == 0)
        return '\t';
    return declared[0] && !declared[1] && strchr(legal, declared[0]) ? declared[0] : '\0';
}
