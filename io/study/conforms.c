/* SPDX-License-Identifier: GPL-3.0-or-later
   A document against a libcyaml schema.  libcyaml refuses the same documents, but
   says neither which key was meant nor, of a list, what may stand in it. */
#include <string.h>

#include "io/study/schema.h"
#include "models/base/nearest.h"

struct conformity {
    const char *file;
    struct arena *scratch;
    struct err *err;
};

static bool refuse(const struct conformity *c, const struct yaml_tree *t, const char *key,
                   const char *value, const char *what, const char *mend)
{
    if (t->origin)
        what = arena_printf(c->scratch, "%s (preset %s)", what, t->origin);
    return err_at(c->err, ERR_STUDY,
                  &(struct problem){.file = c->file,
                                    .line = t->line,
                                    .column = key,
                                    .value = value,
                                    .what = what,
                                    .mend = mend});
}

static const char *child_path(const struct conformity *c, const struct yaml_tree *t,
                              const char *key)
{
    const char *path = yaml_path(t, c->scratch);
    return path ? arena_printf(c->scratch, "%s.%s", path, key) : key;
}

static const char *among(const struct conformity *c, const char *typed, const char *const word[],
                         size_t n)
{
    return nearest_mend(typed, word, n, "what may stand here: ", n, c->scratch);
}

static bool unknown_key(const struct conformity *c, const struct yaml_tree *child,
                        const cyaml_schema_field_t *fields)
{
    size_t n = 0;
    while (fields[n].key)
        n++;
    const char **key = ARENA_NEW(c->scratch, const char *, n);
    for (size_t i = 0; i < n; i++)
        key[i] = fields[i].key;
    return refuse(c, child, yaml_path(child->parent, c->scratch), child->key,
                  child->parent->parent ? "is no key here" : "is no key of a study file",
                  among(c, child->key, key, n));
}

static bool key_twice(const struct conformity *c, const struct yaml_tree *child,
                      const struct yaml_tree *before)
{
    return refuse(c, child, yaml_path(child, c->scratch), NULL, "the key stands twice",
                  arena_printf(c->scratch, "line %llu has it already: keep one of the two",
                               (unsigned long long)before->line));
}

/* A preset may have a part of a block: which currency is kept, the user alone knows. */
static bool key_missing(const struct conformity *c, const struct yaml_tree *t, const char *key)
{
    const char *mend = t->origin && t->key
                           ? arena_printf(c->scratch, "add '%s: {%s: ...}'", t->key, key)
                           : arena_printf(c->scratch, "add '%s: ...'", key);
    return refuse(c, t, child_path(c, t, key), NULL, "the key is missing", mend);
}

static bool conforms(const struct conformity *c, const struct yaml_tree *t,
                     const cyaml_schema_value_t *schema);

static bool keys_conform(const struct conformity *c, const struct yaml_tree *t,
                         const cyaml_schema_field_t *fields)
{
    for (const struct yaml_tree *child = t->first; child; child = child->next) {
        const cyaml_schema_field_t *field = fields;
        while (field->key && strcmp(field->key, child->key) != 0)
            field++;
        if (!field->key)
            return unknown_key(c, child, fields);
        const struct yaml_tree *before = yaml_find(t, child->key);
        if (before != child)
            return key_twice(c, child, before);
        if (!conforms(c, child, &field->value))
            return false;
    }
    for (const cyaml_schema_field_t *field = fields; field->key; field++)
        if (!(field->value.flags & CYAML_FLAG_OPTIONAL) && !yaml_find(t, field->key))
            return key_missing(c, t, field->key);
    return true;
}

static bool list_conforms(const struct conformity *c, const struct yaml_tree *t,
                          const cyaml_schema_value_t *schema)
{
    uint32_t least = schema->sequence.min, most = schema->sequence.max;
    if (t->n < least || t->n > most) {
        const char *what =
            arena_printf(c->scratch, "the list has %zu %s", t->n, t->n == 1 ? "entry" : "entries");
        const char *mend = least == most  ? arena_printf(c->scratch, "write %u of them", least)
                           : t->n < least ? "write at least one entry, or leave the key out"
                                          : arena_printf(c->scratch, "write at most %u", most);
        return refuse(c, t, yaml_path(t, c->scratch), NULL, what, mend);
    }
    for (const struct yaml_tree *child = t->first; child; child = child->next)
        if (!conforms(c, child, schema->sequence.entry))
            return false;
    return true;
}

static bool word_conforms(const struct conformity *c, const struct yaml_tree *t,
                          const cyaml_schema_value_t *schema)
{
    uint32_t n = schema->enumeration.count;
    const char **word = ARENA_NEW(c->scratch, const char *, n);
    for (uint32_t i = 0; i < n; i++) {
        word[i] = schema->enumeration.strings[i].str;
        if (strcmp(word[i], t->text) == 0)
            return true;
    }
    return refuse(c, t, yaml_path(t, c->scratch), t->text, "is none of the words for this key",
                  among(c, t->text, word, n));
}

/* A text in a list may be "" when it is quoted: a missing code can be empty. */
static bool text_conforms(const struct conformity *c, const struct yaml_tree *t,
                          const cyaml_schema_value_t *schema)
{
    const char *path = yaml_path(t, c->scratch);
    if (t->blank || (t->key && !*t->text))
        return refuse(c, t, path, NULL, "has no value",
                      t->key ? "write a value, or leave the key out"
                             : "write a value; an empty text is written \"\"");
    if (strlen(t->text) > schema->string.max)
        return refuse(c, t, path, t->text, "is too long",
                      "shorten it, and look for a quote that is not closed");
    return true;
}

static bool conforms(const struct conformity *c, const struct yaml_tree *t,
                     const cyaml_schema_value_t *schema)
{
    static const char *const is[] = {
        [YAML_TEXT] = "is a text", [YAML_LIST] = "is a list", [YAML_MAP] = "is a block of keys"};
    static const char *const mends[] = {[YAML_TEXT] = "write one value, without brackets",
                                        [YAML_LIST] = "write a list: [one, two]",
                                        [YAML_MAP] = "write keys: {key: value, key: value}"};
    enum yaml_kind asked = schema->type == CYAML_MAPPING    ? YAML_MAP
                           : schema->type == CYAML_SEQUENCE ? YAML_LIST
                                                            : YAML_TEXT;
    const char *path = yaml_path(t, c->scratch);
    if (t->blank && asked != YAML_TEXT && t->parent)
        return refuse(c, t, path, NULL, "has no value", "write a value, or leave the key out");
    if (t->kind != asked)
        return refuse(c, t, path, t->text,
                      arena_printf(c->scratch, "%s, where another shape is read", is[t->kind]),
                      mends[asked]);
    if (asked == YAML_MAP)
        return keys_conform(c, t, schema->mapping.fields);
    if (asked == YAML_LIST)
        return list_conforms(c, t, schema);
    return schema->type == CYAML_ENUM && !t->blank ? word_conforms(c, t, schema)
                                                   : text_conforms(c, t, schema);
}

bool yaml_conforms(const struct yaml_tree *t, const cyaml_schema_value_t *schema, const char *file,
                   struct arena *scratch, struct err *err)
{
    return conforms(&(struct conformity){file, scratch, err}, t, schema);
}
