/* SPDX-License-Identifier: GPL-3.0-or-later
   Texts from outside as YAML: a column may have any name. */
#include <string.h>
#include <unistd.h>
#include <utf8proc.h>

#include "analysis/init/draft.h"
#include "io/ledger/behaviours.h"

enum { COMMENT_LETTERS = 60 };

/* What YAML 1.2 (section 5.1) lets stand in a file, less line ends and what no reader
   sees: blanks of other widths, marks of order. */
static bool is_printable(utf8proc_int32_t c)
{
    return c >= 0x20 && !(c >= 0x7f && c <= 0x9f) && c != 0xa0 && !(c >= 0x2000 && c <= 0x200f) &&
           !(c >= 0x2028 && c <= 0x202f) && !(c >= 0x2060 && c <= 0x206f) && c != 0xfeff &&
           !(c >= 0xd800 && c <= 0xdfff) && c != 0xfffe && c != 0xffff;
}

/* The next code point; a byte that is no UTF-8 counts as one. */
static utf8proc_int32_t next_point(const char **at)
{
    utf8proc_int32_t c;
    utf8proc_ssize_t n =
        utf8proc_iterate((const utf8proc_uint8_t *)*at, (utf8proc_ssize_t)strlen(*at), &c);
    if (n < 1) {
        c = (unsigned char)**at;
        n = 1;
    }
    *at += n;
    return c;
}

static bool all_printable(const char *text)
{
    while (*text)
        if (!is_printable(next_point(&text)))
            return false;
    return true;
}

static void add_escaped(struct made_text *t, utf8proc_int32_t c)
{
    text_add(t, c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x", (unsigned)c);
}

static const char *finished(const struct made_text *t)
{
    return arena_strndup(t->keep, t->bytes ? t->bytes : "", t->size);
}

/* Double quotes and escapes: for what single quotes cannot hold. */
static const char *escaped(const char *text, struct arena *keep)
{
    struct made_text t = {.keep = keep};
    text_add(&t, "\"");
    while (*text) {
        const char *from = text;
        utf8proc_int32_t c = next_point(&text);
        if (c == '"' || c == '\\')
            text_add(&t, "\\%c", (char)c);
        else if (is_printable(c))
            text_add(&t, "%.*s", (int)(text - from), from);
        else
            add_escaped(&t, c);
    }
    text_add(&t, "\"");
    return finished(&t);
}

static const char *single_quoted(const char *text, struct arena *keep)
{
    struct made_text t = {.keep = keep};
    text_add(&t, "'");
    for (; *text; text++)
        text_add(&t, *text == '\'' ? "''" : "%c", *text);
    text_add(&t, "'");
    return finished(&t);
}

const char *yaml_quoted(const char *text, struct arena *keep)
{
    static const char first[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    static const char others[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-";
    if (*text && strchr(first, *text) && !text[strspn(text, others)])
        return text;
    if (!all_printable(text))
        return escaped(text, keep);
    return strpbrk(text, "\"\\") ? single_quoted(text, keep) : arena_printf(keep, "\"%s\"", text);
}

const char *yaml_list(const struct texts *texts, struct arena *keep)
{
    const char *all = "[";
    for (size_t i = 0; i < texts->n; i++)
        all = arena_printf(keep, "%s%s%s", all, i ? ", " : "", yaml_quoted(texts->at[i], keep));
    return arena_printf(keep, "%s]", all);
}

const char *yaml_comment(const char *text, struct arena *keep)
{
    struct made_text t = {.keep = keep};
    for (size_t n = 0; *text; n++) {
        const char *from = text;
        utf8proc_int32_t c = next_point(&text);
        if (n == COMMENT_LETTERS) {
            text_add(&t, "...");
            break;
        }
        if (is_printable(c))
            text_add(&t, "%.*s", (int)(text - from), from);
        else
            add_escaped(&t, c);
    }
    return finished(&t);
}

/* ---- names ---- */

static bool is_taken(const struct draft *d, const char *name)
{
    static const char *const own[] = {"key", "response_date", "wave"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (strcmp(name, own[i]) == 0)
            return true;
    if (behaviour_find(name, NULL))
        return true;
    for (size_t i = 0; i < d->survey.n_scales; i++)
        if (strcmp(name, d->survey.scale[i].name) == 0)
            return true;
    for (size_t i = 0; i < d->survey.n_groups; i++)
        if (strcmp(name, d->survey.group[i].name) == 0)
            return true;
    return false;
}

const char *draft_name(const struct draft *d, const char *column, struct arena *keep)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    enum { MOST = 40 };
    char bare[MOST + 1] = "";
    size_t n = 0;
    for (const char *p = column; *p && n < MOST; p++) {
        bool fits = strchr(letters, *p) || (*p >= '0' && *p <= '9') || *p == '.';
        if (fits || (n && bare[n - 1] != '_'))
            bare[n++] = fits ? *p : '_';
    }
    if (n == MOST) /* cut between words */
        for (size_t at = n; at > MOST / 2; at--)
            if (bare[at - 1] == '_') {
                n = at;
                break;
            }
    while (n && bare[n - 1] == '_')
        n--;
    bare[n] = '\0';
    bool begins = n && strchr(letters, bare[0]);
    const char *base =
        begins ? arena_strdup(keep, bare) : arena_printf(keep, n ? "v_%s" : "v%s", bare);
    const char *name = base;
    for (int k = 2; is_taken(d, name); k++)
        name = arena_printf(keep, "%s_%d", base, k);
    return name;
}

/* ---- paths ---- */

static const char *absolute(const char *path, struct arena *keep)
{
    char here[4096];
    if (*path == '/' || !getcwd(here, sizeof here))
        return path;
    return arena_printf(keep, "%s/%s", here, path);
}

/* Drops a "./" at the beginning. */
static const char *plain(const char *path)
{
    while (strncmp(path, "./", 2) == 0)
        path += 2 + strspn(path + 2, "/");
    return strcmp(path, ".") == 0 ? "" : path;
}

/* "../" for each folder of a path that goes down only; NULL where it goes up. */
static const char *way_up(const char *folder, struct arena *keep)
{
    const char *up = "";
    while (*folder) {
        size_t n = strcspn(folder, "/");
        if (n == 2 && strncmp(folder, "..", 2) == 0)
            return NULL;
        up = n == 1 && *folder == '.' ? up : arena_printf(keep, "%s../", up);
        folder += n + strspn(folder + n, "/");
    }
    return up;
}

/* By the letters alone: links are not followed. */
const char *draft_path(const char *path, const char *folder, struct arena *keep)
{
    path = plain(path);
    folder = plain(folder);
    if (!*folder)
        return path;
    if (*folder == '/' || *path == '/') {
        folder = absolute(folder, keep);
        path = absolute(path, keep);
    }
    size_t n = strlen(folder);
    while (n && folder[n - 1] == '/')
        n--;
    if (strncmp(path, folder, n) == 0 && path[n] == '/')
        return path + n + strspn(path + n, "/");
    const char *up = *path == '/' ? NULL : way_up(folder, keep);
    return up ? arena_printf(keep, "%s%s", up, path) : absolute(path, keep);
}
