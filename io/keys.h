/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_KEYS_H
#define IO_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "io/study_file.h"
#include "models/base/arena.h"
#include "models/base/err.h"

/* Rules that make two spellings of a customer's id equal.  A key is bytes; a rule
   is declared, applied to both sides in the declared order, and makes no key empty,
   but for `trim` where a key is nothing but blanks.  Which rule joined whom is counted by applying
   only the first k of them. */

/* X(name, argument tried where a study declares none, or NULL: takes none, description) */
#define KEY_RULE_LIST(X)                                                                           \
    X(trim, NULL,                                                                                  \
      "drops blanks, tabs, line ends, no-break blanks and zero-width characters at both ends")     \
    X(case, NULL, "makes upper and lower case equal (Unicode full case folding, then NFC)")        \
    X(strip_zeros, NULL, "drops zeros at the beginning: 00123 is 123; a key of zeros is 0")        \
    X(strip_prefix, "C-", "drops a text at the beginning: strip_prefix:C- makes C-17 equal to 17") \
    X(email, NULL, "an e-mail address: drops blanks at both ends, makes upper and lower case equal")

/* Room for one key on its way through the rules: one per thread.  Set the arena,
   zero the rest.  It grows to the longest key seen and is used again. */
struct key_buffer {
    struct arena *arena;
    char *text;
    size_t capacity;
    int *points; /* code points, for the rules that need them */
    size_t n_points;
};

/* Bytes of a key; not terminated. */
struct key_text {
    const char *text;
    size_t length;
};

struct key_rule {
    const char *name;
    const char *usual_argument; /* NULL: the rule takes no argument */
    const char *description;
    /* The key after the rule: a part of `key`, or bytes in the buffer's arena. */
    struct key_text (*apply)(struct key_text key, const char *argument, struct key_buffer *b);
};

extern const struct key_rule key_rules[]; /* in the order of the list */
extern const size_t n_key_rules;

/* Declared rules, ready to apply: immutable, so that threads may share them. */
struct key_step {
    const struct key_rule *rule;
    const char *argument; /* NULL: none */
    const char *text;     /* as declared: "strip_prefix:C-" */
};

struct key_steps {
    size_t n;
    const struct key_step *at;
};

/* Compiles rules as a study declares them ("trim", "strip_prefix:C-").  Unknown
   rules, missing and superfluous arguments are ERR_STUDY with the word and the mend. */
bool keys_compile(const struct texts *declared, struct key_steps *steps, struct arena *keep,
                  struct err *err);

/* The key after the first k steps (k > steps->n: all of them).  UTF-8 is expected;
   bytes that are none pass `case` with their ASCII letters folded.  The result lives
   until the buffer is used again, or as long as `text` where no rule changed it. */
struct key_text keys_apply(const struct key_steps *steps, size_t k, const char *text, size_t length,
                           struct key_buffer *b);

/* Rules that are not declared, with their usual arguments: what-if. */
struct texts keys_untried(const struct key_steps *steps, struct arena *keep);

#endif
