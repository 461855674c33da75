/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_KEY_KEYS_H
#define IO_KEY_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "io/study/study.h"
#include "models/base/arena.h"
#include "models/base/err.h"

/* Rules that make two spellings of a customer's id equal.  A key is bytes; a rule
   is declared, applied to both sides in the declared order, and makes no key empty,
   but for `trim` where a key is nothing but blanks.  Which rule joined whom is counted by applying
   only the first k of them. */

/* X(name, argument tried where a study declares none, or NULL: takes none,
     what is wrong with an argument, description) */
#define KEY_RULE_LIST(X)                                                                          \
    X(trim, NULL, NULL,                                                                           \
      "drops blanks, tabs, line ends, no-break blanks and zero-width characters at both ends")    \
    X(case, NULL, NULL, "makes upper and lower case equal (Unicode full case folding, then NFC)") \
    X(nfkc, NULL, NULL,                                                                           \
      "makes forms of one character equal (Unicode NFKC): full width, ligatures, superscripts")   \
    X(strip_zeros, NULL, NULL, "drops zeros at the beginning: 00123 is 123; a key of zeros is 0") \
    X(pad, "10", wrong_width, "puts zeros before a key until it has so many characters: pad:10")  \
    X(strip_prefix, "C-", wrong_text,                                                             \
      "drops a text at the beginning: strip_prefix:C- makes C-17 equal to 17")                    \
    X(strip_suffix, ".0", wrong_text,                                                             \
      "drops a text at the end: strip_suffix:.0 makes 17.0 equal to 17")                          \
    X(digits_only, NULL, NULL, "keeps the digits 0 to 9; a key without one stays")                \
    X(parent, ":", wrong_separator,                                                               \
      "keeps what stands before a text: parent:: makes Smith:Kitchen equal to Smith")             \
    X(email, NULL, NULL,                                                                          \
      "an e-mail address: drops blanks at both ends, makes upper and lower case equal")           \
    X(email_plus, NULL, NULL, "as email, and drops +TAG before the @")                            \
    X(email_gmail, NULL, NULL,                                                                    \
      "as email_plus, and drops dots before @gmail.com; googlemail.com is gmail.com")

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
    const char *(*problem)(const char *argument); /* NULL where it is well; "" is no argument */
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

/* An id as a spreadsheet shows a long number: one digit, a mark and digits or none, E+ and two
   digits or more ("1.23E+11").  The id itself is lost, and many have the same remains. */
bool key_is_shortened(const char *text, size_t length);
extern const char key_shortened_what[], key_shortened_mend[]; /* of a message */

#endif
