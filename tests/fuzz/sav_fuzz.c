/* SPDX-License-Identifier: GPL-3.0-or-later
   Fuzzer of the side that takes what the isolated reader of labelled files tells
   (io/labelled/wire.h), from messages to the finished frame (scripts/fuzz sav).

   The first byte chooses the kind of file, the second the encoding; the rest are messages.
   What is finished must be whole: texts in UTF-8, and a reason for each cell without one. */
#include <stdlib.h>
#include <string.h>

#include "io/bytes/decode.h"
#include "io/labelled/settle.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void check_text(const char *text)
{
    must(text && utf8_bad(text, strlen(text)) == strlen(text));
}

static void check_whole(const struct labelled *l)
{
    const struct frame *f = l->frame;
    check_text(l->title);
    for (size_t j = 0; j < f->n_cols; j++) {
        const struct column *c = &f->cols[j];
        check_text(c->name);
        check_text(c->label);
        must(*c->name);
        for (size_t k = 0; k < l->variables[j].n_labels; k++) {
            check_text(l->variables[j].labels[k].value);
            check_text(l->variables[j].labels[k].label);
        }
        for (size_t i = 0; i < f->n_rows; i++) {
            uint8_t why = c->missing ? c->missing[i] : MISSING_NOT;
            must((c->as.text[i] == NULL) == (why != MISSING_NOT));
            if (c->as.text[i])
                check_text(c->as.text[i]);
            if (why == MISSING_CODE)
                check_text(l->variables[j].code[i]);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const encodings[] = {NULL, "CP1252", "SHIFT_JIS", "UTF-16LE", "ASCII"};
    const char *why;
    if (size < 2)
        return 0;
    struct arena *keep = arena_new();
    struct gathering *g = gathering_new(keep);
    bool fits = true;
    for (size_t at = 2; fits && at + 5 <= size;) {
        uint32_t n;
        memcpy(&n, data + at + 1, sizeof n);
        n = n < size - at - 5 ? n : (uint32_t)(size - at - 5);
        fits = gathering_take(g, data[at], data + at + 5, n);
        at += 5 + n;
    }
    const struct gathered *told = gathering_end(g, &why);
    if (told && told->status == 0) {
        struct err err = {0};
        const char *remark;
        const struct labelled *l =
            labelled_settle(told, labelled_kinds[data[0] % n_labelled_kinds], "fuzz",
                            encodings[data[1] % 5], data[1] & 0x80 ? &remark : NULL, keep, &err);
        must(l ? err.code == ERR_NONE : err.code != ERR_NONE);
        if (l)
            check_whole(l);
    }
    gathering_free(g);
    arena_free(keep);
    return 0;
}
