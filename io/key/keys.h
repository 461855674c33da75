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
     what is wrong with an argument, whether it makes several ids of a source one by intention, by
     what stands before its argument, description) */
#define KEY_RULE_LIST(X)                                                                          \
    X(trim, NULL, NULL, false,                                                                    \
      "drops blanks, tabs, line ends, no-break blanks and zero-width characters at both ends")    \
    X(case, NULL, NULL, false,                                                                    \
      "makes upper and lower case equal (Unicode full case folding, then NFC)")                   \
    X(nfkc, NULL, NULL, false,                                                                    \
      "makes forms of one character equal (Unicode NFKC): full width, ligatures, superscripts")   \
    X(strip_zeros, NULL, NULL, false,                                                             \
      "drops zeros at the beginning: 00123 is 123; a key of zeros is 0")                          \
    X(pad, "10", wrong_width, false,                                                              \
      "puts zeros before a key until it has so many characters: pad:10")                          \
    X(strip_prefix, "C-", wrong_text, false,                                                      \
      "drops a text at the beginning: strip_prefix:C- makes C-17 equal to 17")                    \
    X(strip_suffix, ".0", wrong_text, false,                                                      \
      "drops a text at the end: strip_suffix:.0 makes 17.0 equal to 17")                          \
    X(digits_only, NULL, NULL, false, "keeps the digits 0 to 9; a key without one stays")         \
    X(parent, ":", wrong_separator, true,                                                         \
      "keeps what stands before a text, and sums what does: parent:: makes Smith:Kitchen a part " \
      "of Smith")                                                                                 \
    X(email, NULL, NULL, false,                                                                   \
      "an e-mail address: drops blanks at both ends, makes upper and lower case equal")           \
    X(email_plus, NULL, NULL, false, "as email, and drops +TAG before the @")                     \
    X(email_gmail, NULL, NULL, false,                                                             \
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
    bool merges; /* several ids of a source become one by intention: no collision */
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
    bool all_merge; /* ids that any of them makes one are one customer's by intention */
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

/* Without what the rule trim drops. */
struct key_text key_trimmed(struct key_text key);

/* Whose part an id is: the shortest beginning of it that ends before the argument of a merging
   rule, without blanks at its ends, and of which the first k steps make the same key as of the
   whole; the id itself where there is none.  So an id without such a beginning is its own, two
   ids of one owner are one customer by intention, and two owners of one key have been made one
   by another rule.  Where all steps merge, the key itself is the owner.  A part of `text`, or bytes
   in the second buffer's arena; both buffers are used. */
struct key_text keys_owner(const struct key_steps *steps, size_t k, const char *text, size_t length,
                           struct key_buffer b[2]);

/* Whether one of the first k steps merges, or all do. */
bool keys_merge(const struct key_steps *steps, size_t k);

/* Rules that are not declared, with their usual arguments: what-if. */
struct texts keys_untried(const struct key_steps *steps, struct arena *keep);

/* An id as a spreadsheet shows a long number: one digit, a mark and digits or none, E+ and two
   digits or more ("1.23E+11").  The id itself is lost, and many have the same remains. */
bool key_is_shortened(const char *text, size_t length);
extern const char key_shortened_what[], key_shortened_mend[]; /* of a message */

#endif
