/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/yaml/tree.h"

#include <string.h>
#include <yaml.h>

struct parsing {
    yaml_parser_t parser;
    const char *bytes;
    size_t size;
    const char *file;
    struct arena *keep;
    struct err *err;
};

/* What libyaml says, in words for those who have never seen YAML. */
static const struct {
    const char *libyaml, *what, *mend;
} plain_words[] = {
    {"mapping values are not allowed in this context", "has a ': ' where no key can stand",
     "put a text that holds ': ' in double quotes, and check that the keys of a block begin in "
     "the same column"},
    {"found character that cannot start any token", "begins with a mark that has a meaning in YAML",
     "put the text in double quotes"},
    {"did not find expected alphabetic or numeric character",
     "begins with '*' or '&', which have a meaning in YAML", "put the text in double quotes"},
    {"could not find expected ':'", "is neither 'key: value' nor an entry of a list",
     "write 'key: value', with a blank after the colon"},
    {"did not find expected ',' or ']'", "belongs to a list whose '[' is not closed",
     "write commas between the entries and ']' at the end"},
    {"did not find expected ',' or '}'", "belongs to a block whose '{' is not closed",
     "write commas between the keys and '}' at the end, and put a text that holds ': ' in double "
     "quotes"},
    {"did not find expected key", "does not continue the block above",
     "let the keys of a block begin in the same column, and close every quote and bracket above"},
    {"did not find expected node content", "has a ',' or a bracket where a value should stand",
     "write the value; a text of such marks stands in double quotes: \",\""},
    {"did not find expected '-' indicator", "does not continue the list above",
     "begin every entry of a list with '- ' in the same column"},
    {"found unexpected end of stream", "a quote is opened and never closed",
     "close it with the same quote"},
    {"found unknown escape character", "has a backslash inside double quotes",
     "use single quotes: 'C:\\data'"},
    {"found unexpected ':'", "has a ':' inside brackets", "put the text in double quotes"},
    {"block sequence entries are not allowed in this context", "has a '- ' where no list can stand",
     "begin a list on a new line below its key"},
};

/* A line of the file, without the blanks around it, for a message. */
static const char *line_text(const struct parsing *p, uint64_t line)
{
    const char *at = p->bytes, *end = p->bytes + p->size;
    for (uint64_t i = 1; i < line && at < end; i++) {
        const char *feed = memchr(at, '\n', (size_t)(end - at));
        at = feed ? feed + 1 : end;
    }
    while (at < end && *at == ' ')
        at++;
    const char *stop = at;
    while (stop < end && *stop != '\n' && *stop != '\r' && *stop != '\0')
        stop++;
    return arena_strndup(p->keep, at, (size_t)(stop - at));
}

static bool refuse(const struct parsing *p, uint64_t line, const char *key, const char *value,
                   const char *what, const char *mend)
{
    return err_at(p->err, ERR_STUDY,
                  &(struct problem){.file = p->file,
                                    .line = line,
                                    .column = key,
                                    .value = value,
                                    .what = what,
                                    .mend = mend});
}

static bool refuse_bytes(const struct parsing *p)
{
    uint64_t line = 1;
    size_t offset = p->parser.problem_offset;
    for (size_t i = 0; i < offset && i < p->size; i++)
        line += p->bytes[i] == '\n';
    const char *what = arena_printf(p->keep, "byte 0x%02x is no text in UTF-8",
                                    (unsigned)p->parser.problem_value & 0xffu);
    return refuse(p, line, NULL, NULL, what, "save the study file as UTF-8 text");
}

static bool refuse_syntax(const struct parsing *p)
{
    const yaml_parser_t *y = &p->parser;
    if (y->error == YAML_MEMORY_ERROR)
        return err_set(p->err, ERR_FILE, "%s: not enough memory", p->file);
    if (y->error == YAML_READER_ERROR)
        return refuse_bytes(p);
    const char *problem = y->problem ? y->problem : "is not YAML";
    uint64_t line = y->problem_mark.line + 1, opened = y->context_mark.line + 1;
    bool open = strstr(problem, "or ']'") || strstr(problem, "or '}'") ||
                strstr(problem, "end of stream") || strstr(problem, "expected ':'");
    if (y->context && open)
        line = opened;
    const char *text = line_text(p, line);
    if (strchr(text, '\t') && !open)
        return refuse(p, line, NULL, text, "holds a tab", "write blanks in place of tabs");
    for (size_t i = 0; i < sizeof plain_words / sizeof *plain_words; i++)
        if (strcmp(problem, plain_words[i].libyaml) == 0)
            return refuse(p, line, NULL, text, plain_words[i].what, plain_words[i].mend);
    return refuse(p, line, NULL, text, arena_printf(p->keep, "is not YAML: %s", problem),
                  "put texts with marks such as : # % @ * & in double quotes");
}

static bool next_event(struct parsing *p, yaml_event_t *event)
{
    return yaml_parser_parse(&p->parser, event) || refuse_syntax(p);
}

/* Anchors, tags and aliases are not read: they hide what a study declares, and
   an alias of aliases grows without bound. */
static bool plain_event(const struct parsing *p, const yaml_event_t *e)
{
    const yaml_char_t *anchor = NULL, *tag = NULL;
    uint64_t line = e->start_mark.line + 1;
    if (e->type == YAML_ALIAS_EVENT)
        return refuse(p, line, NULL, (const char *)e->data.alias.anchor,
                      "is an alias ('*name'), which a study file cannot hold",
                      "write the value itself, or put a text that begins with * in double quotes");
    if (e->type == YAML_SCALAR_EVENT)
        anchor = e->data.scalar.anchor, tag = e->data.scalar.tag;
    else if (e->type == YAML_SEQUENCE_START_EVENT)
        anchor = e->data.sequence_start.anchor, tag = e->data.sequence_start.tag;
    else if (e->type == YAML_MAPPING_START_EVENT)
        anchor = e->data.mapping_start.anchor, tag = e->data.mapping_start.tag;
    if (anchor)
        return refuse(p, line, NULL, (const char *)anchor,
                      "is an anchor ('&name'), which a study file cannot hold",
                      "leave it out, or put a text that begins with & in double quotes");
    if (tag)
        return refuse(p, line, NULL, (const char *)tag,
                      "is a tag ('!name'), which a study file cannot hold",
                      "leave it out, or put a text that begins with ! in double quotes");
    return true;
}

static bool set_text(const struct parsing *p, const yaml_event_t *e, const char **text)
{
    size_t length = e->data.scalar.length;
    *text = arena_strndup(p->keep, (const char *)e->data.scalar.value, length);
    if (strlen(*text) != length)
        return refuse(p, e->start_mark.line + 1, NULL, *text, "is followed by a NUL character",
                      "leave it out");
    return true;
}

static bool read_value(struct parsing *p, const yaml_event_t *e, struct yaml_tree *t, size_t depth);

/* The next key of a mapping, or false with `end` at the mapping's end. */
static bool read_key(struct parsing *p, yaml_event_t *e, struct yaml_tree *child, bool *end)
{
    *end = e->type == YAML_MAPPING_END_EVENT;
    if (*end)
        return true;
    child->line = e->start_mark.line + 1;
    if (!plain_event(p, e))
        return false;
    if (e->type != YAML_SCALAR_EVENT)
        return refuse(p, child->line, NULL, NULL, "a list or block stands where a key should",
                      "write 'key: value'; put a text that begins with [ or { in double quotes");
    return set_text(p, e, &child->key);
}

/* One child of a list or mapping; *end when there is none left. */
static bool read_child(struct parsing *p, struct yaml_tree *t, struct yaml_tree *child, bool *end,
                       size_t depth)
{
    yaml_event_t e;
    bool ok;
    if (!next_event(p, &e))
        return false;
    if (t->kind == YAML_MAP) {
        ok = read_key(p, &e, child, end);
        yaml_event_delete(&e);
        if (!ok || *end)
            return ok;
        if (!next_event(p, &e))
            return false;
    }
    *end = e.type == YAML_SEQUENCE_END_EVENT;
    ok = *end || read_value(p, &e, child, depth + 1);
    yaml_event_delete(&e);
    return ok;
}

static bool read_children(struct parsing *p, struct yaml_tree *t, size_t depth)
{
    const struct yaml_tree **link = &t->first;
    for (bool end = false; !end;) {
        struct yaml_tree *child = ARENA_NEW(p->keep, struct yaml_tree, 1);
        child->parent = t;
        if (!read_child(p, t, child, &end, depth))
            return false;
        if (!end) {
            *link = child;
            link = &child->next;
            t->n++;
        }
    }
    return true;
}

static bool read_value(struct parsing *p, const yaml_event_t *e, struct yaml_tree *t, size_t depth)
{
    if (!t->line)
        t->line = e->start_mark.line + 1;
    if (!plain_event(p, e))
        return false;
    if (depth > YAML_DEEPEST)
        return refuse(p, t->line, NULL, NULL, "lists and blocks are nested too deeply",
                      "compare with the examples of docs/study-file.md");
    if (e->type == YAML_SCALAR_EVENT) {
        t->kind = YAML_TEXT;
        t->blank = e->data.scalar.length == 0 && e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
        return set_text(p, e, &t->text);
    }
    t->kind = e->type == YAML_SEQUENCE_START_EVENT ? YAML_LIST : YAML_MAP;
    t->text = NULL;
    t->blank = false;
    return read_children(p, t, depth);
}

static void set_blank(struct yaml_tree *t)
{
    *t = (struct yaml_tree){.kind = YAML_TEXT, .line = 1, .text = "", .blank = true};
}

static bool read_document(struct parsing *p, struct yaml_tree *top)
{
    yaml_event_t e;
    size_t n_documents = 0;
    set_blank(top);
    for (bool end = false; !end;) {
        bool ok = true;
        if (!next_event(p, &e))
            return false;
        end = e.type == YAML_STREAM_END_EVENT;
        if (e.type == YAML_DOCUMENT_START_EVENT && n_documents++ > 0)
            ok = refuse(p, e.start_mark.line + 1, NULL, NULL, "a second document begins",
                        "keep one study in a file: leave '---' out");
        else if (e.type == YAML_SCALAR_EVENT || e.type == YAML_SEQUENCE_START_EVENT ||
                 e.type == YAML_MAPPING_START_EVENT || e.type == YAML_ALIAS_EVENT)
            ok = read_value(p, &e, top, 0);
        yaml_event_delete(&e);
        if (!ok)
            return false;
    }
    return true;
}

const struct yaml_tree *yaml_tree_read(const char *bytes, size_t size, const char *file,
                                       struct arena *keep, struct err *err)
{
    struct parsing p = {.bytes = bytes, .size = size, .file = file, .keep = keep, .err = err};
    struct yaml_tree *top = ARENA_NEW(keep, struct yaml_tree, 1);
    if (!yaml_parser_initialize(&p.parser)) {
        err_set(err, ERR_FILE, "%s: not enough memory", file);
        return NULL;
    }
    yaml_parser_set_input_string(&p.parser, (const unsigned char *)bytes, size);
    bool ok = read_document(&p, top);
    yaml_parser_delete(&p.parser);
    return ok ? top : NULL;
}

const struct yaml_tree *yaml_find(const struct yaml_tree *t, const char *key)
{
    if (!t || t->kind != YAML_MAP)
        return NULL;
    for (const struct yaml_tree *child = t->first; child; child = child->next)
        if (strcmp(child->key, key) == 0)
            return child;
    return NULL;
}

const struct yaml_tree *yaml_at(const struct yaml_tree *t, size_t index)
{
    const struct yaml_tree *child = t ? t->first : NULL;
    while (child && index--)
        child = child->next;
    return child;
}

const char *yaml_path(const struct yaml_tree *t, struct arena *keep)
{
    const char *path = NULL;
    for (; t; t = t->parent)
        if (t->key)
            path = path ? arena_printf(keep, "%s.%s", t->key, path) : t->key;
    return path;
}
