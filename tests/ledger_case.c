/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/ledger_case.h"

#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include "io/text/parse.h"
#include "tests/check.h"

const char *temporary_file(const void *bytes, size_t n, struct arena *keep)
{
    const char *folder = getenv("TMPDIR");
    char *path = arena_printf(keep, "%s/saydo-ledger-XXXXXX", folder ? folder : "/tmp");
    const int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, n), n);
    close(fd);
    return path;
}

struct texts texts_of(struct arena *keep, ...)
{
    const char **at = ARENA_NEW(keep, const char *, 16);
    struct texts texts = {0, at};
    va_list ap;
    va_start(ap, keep);
    for (const char *text; (text = va_arg(ap, const char *));)
        at[texts.n++] = text;
    va_end(ap);
    return texts;
}

struct study *ledger_case(const char *file, struct arena *keep)
{
    struct study *s = ARENA_NEW(keep, struct study, 1);
    s->n_ledgers = 1;
    s->ledgers = ARENA_NEW(keep, struct study_ledger, 4);
    s->ledgers[0] = (struct study_ledger){.file = file,
                                          .delimiter = ",",
                                          .decimal = ".",
                                          .key = "key",
                                          .document = "doc",
                                          .date = "day",
                                          .date_format = "%Y-%m-%d",
                                          .amount = {.column = "amount"},
                                          .type = {.column = "type",
                                                   .sale = texts_of(keep, "S", NULL),
                                                   .returned = texts_of(keep, "R", NULL),
                                                   .payment = texts_of(keep, "P", NULL),
                                                   .ignore = texts_of(keep, "I", NULL)},
                                          .decimals = 2};
    return s;
}

struct reading {
    struct arena *keep;
    char *text;
    size_t n, room;
};

static void append(struct reading *r, const char *text)
{
    const size_t n = strlen(text);
    if (r->n + n + 1 > r->room) {
        r->room = 2 * (r->room + n + 1);
        char *more = ARENA_NEW(r->keep, char, r->room);
        if (r->n > 0)
            memcpy(more, r->text, r->n);
        r->text = more;
    }
    memcpy(r->text + r->n, text, n + 1);
    r->n += n;
}

static bool take(void *context, const struct ledger_batch *b, struct ledger_refusal *refusal)
{
    struct reading *r = context;
    (void)refusal;
    assert_int_equal(b->worker, 0);
    for (size_t i = 0; i < b->n; i++) {
        char day[16];
        append(r, arena_printf(r->keep, "%.*s %.*s %s %lld %s\n", (int)b->key[i].length,
                               b->key[i].text, (int)b->document[i].length, b->document[i].text,
                               day_text(b->day[i], day), (long long)b->minor[i],
                               ledger_kind_word((enum ledger_kind)b->kind[i])));
    }
    return true;
}

static const char *without(const char *message, const char *file, struct arena *keep)
{
    const char *at = strstr(message, file);
    if (!at)
        return arena_strdup(keep, message);
    return without(
        arena_printf(keep, "%.*sFILE%s", (int)(at - message), message, at + strlen(file)), file,
        keep);
}

const char *ledger_case_read(const struct study *s, const struct ledger_source *source,
                             struct ledger_scan *seen, struct arena *keep)
{
    struct reading r = {.keep = keep};
    const struct ledger_sink sink = {&r, take};
    struct err err = {.code = ERR_NONE};
    append(&r, "");
    if (source->scan(source, &sink, &(struct ledger_asked){.n_threads = 1, .hash = true}, seen,
                     keep, &err))
        return r.text;
    return without(err.message, s->ledgers[0].file, keep);
}

static bool take_none(void *context, const struct ledger_batch *b, struct ledger_refusal *refusal)
{
    (void)context;
    (void)b;
    (void)refusal;
    return true;
}

const char *ledger_case_error(const struct study *s, const struct ledger_source *source,
                              size_t n_threads, struct arena *keep)
{
    const struct ledger_sink sink = {NULL, take_none};
    struct ledger_scan seen;
    struct err err = {.code = ERR_NONE};
    if (source->scan(source, &sink, &(struct ledger_asked){.n_threads = n_threads}, &seen, keep,
                     &err))
        return "no error";
    return without(err.message, s->ledgers[0].file, keep);
}
