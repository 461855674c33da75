/* SPDX-License-Identifier: GPL-3.0-or-later
   The rules of keys.h themselves. */
#include "io/key/keys.h"

#include <assert.h>
#include <string.h>
#include <utf8proc.h>

#include "io/text/parse.h"

enum { LONGEST_PAD = 100 };

/* ---- trim ---- */

/* Characters that trim drops, as UTF-8: U+00A0, U+200B..U+200D, U+2060, U+FEFF. */
static const char *const invisible[] = {"\xc2\xa0",     "\xe2\x80\x8b", "\xe2\x80\x8c",
                                        "\xe2\x80\x8d", "\xe2\x81\xa0", "\xef\xbb\xbf"};
enum { N_INVISIBLE = sizeof invisible / sizeof *invisible };

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static size_t blank_at_start(struct key_text key)
{
    if (key.length && is_blank(key.text[0]))
        return 1;
    for (size_t i = 0; i < N_INVISIBLE; i++) {
        size_t length = strlen(invisible[i]);
        if (key.length >= length && memcmp(key.text, invisible[i], length) == 0)
            return length;
    }
    return 0;
}

static size_t blank_at_end(struct key_text key)
{
    if (key.length && is_blank(key.text[key.length - 1]))
        return 1;
    for (size_t i = 0; i < N_INVISIBLE; i++) {
        size_t length = strlen(invisible[i]);
        if (key.length >= length &&
            memcmp(key.text + key.length - length, invisible[i], length) == 0)
            return length;
    }
    return 0;
}

static struct key_text apply_trim(struct key_text key, const char *argument, struct key_buffer *b)
{
    (void)argument, (void)b;
    for (size_t n; (n = blank_at_start(key)) > 0;)
        key.text += n, key.length -= n;
    for (size_t n; (n = blank_at_end(key)) > 0;)
        key.length -= n;
    return key;
}

/* ---- case ---- */

static bool is_ascii(struct key_text key)
{
    for (size_t i = 0; i < key.length; i++)
        if ((unsigned char)key.text[i] >= 0x80)
            return false;
    return true;
}

/* Room for a text.  What the buffer held before stays readable. */
static void make_room(struct key_buffer *b, size_t length)
{
    if (b->capacity >= length)
        return;
    b->capacity = 2 * length + 64;
    b->text = ARENA_NEW(b->arena, char, b->capacity);
}

/* Reads forward only: `key` may be a part of the buffer itself. */
static struct key_text fold_ascii(struct key_text key, struct key_buffer *b)
{
    make_room(b, key.length);
    for (size_t i = 0; i < key.length; i++) {
        char c = key.text[i];
        b->text[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    return (struct key_text){b->text, key.length};
}

/* Normalised by utf8proc under the options `how`; false where the key is no UTF-8. */
static bool normalise(struct key_text *key, utf8proc_option_t how, struct key_buffer *b)
{
    for (;;) {
        utf8proc_ssize_t n =
            utf8proc_decompose((const utf8proc_uint8_t *)key->text, (utf8proc_ssize_t)key->length,
                               b->points, (utf8proc_ssize_t)b->n_points, how);
        if (n < 0)
            return false;
        if ((size_t)n < b->n_points) { /* one more: reencode writes a NUL */
            n = utf8proc_reencode(b->points, n, how);
            assert(n >= 0);
            make_room(b, (size_t)n);
            memcpy(b->text, b->points, (size_t)n);
            *key = (struct key_text){b->text, (size_t)n};
            return true;
        }
        b->n_points = 2 * (size_t)n + 64;
        b->points = ARENA_NEW(b->arena, int, b->n_points);
    }
}

/* Full case folding (Unicode 3.13, toCasefold) and canonical composition (UAX 15,
   NFC), so that a composed and a decomposed spelling are equal as well. */
static struct key_text apply_case(struct key_text key, const char *argument, struct key_buffer *b)
{
    (void)argument;
    const utf8proc_option_t how = UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD;
    if (key.length == 0)
        return key;
    if (is_ascii(key) || !normalise(&key, how, b))
        return fold_ascii(key, b);
    return key;
}

/* ---- nfkc ---- */

/* Compatibility decomposition, then canonical composition (UAX 15, NFKC).  Bytes that are
   no UTF-8 stay. */
static struct key_text apply_nfkc(struct key_text key, const char *argument, struct key_buffer *b)
{
    (void)argument;
    if (!is_ascii(key))
        normalise(&key, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT, b);
    return key;
}

/* ---- beginnings, ends, lengths ---- */

static struct key_text apply_strip_zeros(struct key_text key, const char *argument,
                                         struct key_buffer *b)
{
    (void)argument, (void)b;
    while (key.length > 1 && key.text[0] == '0')
        key.text++, key.length--;
    return key;
}

/* Characters of UTF-8: the bytes that go on with none. */
static size_t characters(struct key_text key)
{
    size_t n = 0;
    for (size_t i = 0; i < key.length; i++)
        n += ((unsigned char)key.text[i] & 0xc0) != 0x80;
    return n;
}

static const char *wrong_width(const char *argument)
{
    int64_t n;
    bool is_width = parse_whole(argument, strlen(argument), &n) && n >= 1 && n <= LONGEST_PAD;
    return is_width ? NULL : "needs a number of characters from 1 to 100";
}

static const char *wrong_text(const char *argument)
{
    return *argument ? NULL : "needs the text that it drops";
}

static const char *wrong_separator(const char *argument)
{
    return *argument ? NULL : "needs the text before which the parent stands";
}

static struct key_text apply_pad(struct key_text key, const char *argument, struct key_buffer *b)
{
    int64_t width = 0;
    size_t n = characters(key);
    parse_whole(argument, strlen(argument), &width);
    if (key.length == 0 || n >= (size_t)width)
        return key;
    size_t zeros = (size_t)width - n;
    make_room(b, zeros + key.length);
    memmove(b->text + zeros, key.text, key.length);
    memset(b->text, '0', zeros);
    return (struct key_text){b->text, zeros + key.length};
}

static struct key_text apply_strip_prefix(struct key_text key, const char *argument,
                                          struct key_buffer *b)
{
    (void)b;
    size_t length = strlen(argument);
    if (key.length > length && memcmp(key.text, argument, length) == 0)
        key.text += length, key.length -= length;
    return key;
}

static struct key_text apply_strip_suffix(struct key_text key, const char *argument,
                                          struct key_buffer *b)
{
    (void)b;
    size_t length = strlen(argument);
    if (key.length > length && memcmp(key.text + key.length - length, argument, length) == 0)
        key.length -= length;
    return key;
}

static struct key_text apply_digits_only(struct key_text key, const char *argument,
                                         struct key_buffer *b)
{
    (void)argument;
    size_t n = 0;
    for (size_t i = 0; i < key.length; i++)
        n += key.text[i] >= '0' && key.text[i] <= '9';
    if (n == 0 || n == key.length)
        return key;
    make_room(b, n);
    n = 0;
    for (size_t i = 0; i < key.length; i++) /* forward: key may be a part of the buffer */
        if (key.text[i] >= '0' && key.text[i] <= '9')
            b->text[n++] = key.text[i];
    return (struct key_text){b->text, n};
}

struct key_text key_trimmed(struct key_text key)
{
    return apply_trim(key, NULL, NULL);
}

/* Before the first separator: the customer of "Smith:Kitchen". */
static struct key_text apply_parent(struct key_text key, const char *argument, struct key_buffer *b)
{
    size_t length = strlen(argument);
    const char *at = memmem(key.text, key.length, argument, length);
    if (!at)
        return key;
    (void)b;
    struct key_text head = key_trimmed((struct key_text){key.text, (size_t)(at - key.text)});
    return head.length ? head : key;
}

/* ---- e-mail ---- */

/* The one '@' between two other texts; NULL: the key is no address. */
static const char *at_sign(struct key_text key)
{
    const char *at = memchr(key.text, '@', key.length);
    const char *end = key.text + key.length;
    bool one = at && at > key.text && at + 1 < end && !memchr(at + 1, '@', (size_t)(end - at - 1));
    return one ? at : NULL;
}

/* Trims and folds an address, into the buffer; false: the key is none, and stays. */
static bool fold_address(struct key_text *key, struct key_buffer *b)
{
    struct key_text bare = apply_trim(*key, NULL, b);
    if (!at_sign(bare))
        return false;
    *key = apply_case(bare, NULL, b);
    return true;
}

/* Dots and plus signs stay: what they mean is each provider's own matter. */
static struct key_text apply_email(struct key_text key, const char *argument, struct key_buffer *b)
{
    (void)argument;
    fold_address(&key, b);
    return key;
}

/* Drops what stands from a '+' to the '@' (RFC 5233, subaddressing) of a folded address. */
static void drop_tag(struct key_text *key, struct key_buffer *b)
{
    const char *at = at_sign(*key);
    const char *plus = memchr(key->text, '+', (size_t)(at - key->text));
    if (!plus || plus == key->text)
        return;
    size_t head = (size_t)(plus - key->text), tail = (size_t)(key->text + key->length - at);
    memmove(b->text + head, at, tail);
    key->length = head + tail;
}

static struct key_text apply_email_plus(struct key_text key, const char *argument,
                                        struct key_buffer *b)
{
    (void)argument;
    if (fold_address(&key, b))
        drop_tag(&key, b);
    return key;
}

static bool is_of_gmail(struct key_text domain)
{
    static const char *const name[] = {"@gmail.com", "@googlemail.com"};
    for (size_t i = 0; i < sizeof name / sizeof *name; i++)
        if (domain.length == strlen(name[i]) && memcmp(domain.text, name[i], domain.length) == 0)
            return true;
    return false;
}

/* Where the provider is Google, which delivers so: no dots before the '@', and googlemail.com
   is gmail.com. */
static struct key_text apply_email_gmail(struct key_text key, const char *argument,
                                         struct key_buffer *b)
{
    static const char gmail[] = "@gmail.com";
    size_t n = 0;
    (void)argument;
    if (!fold_address(&key, b))
        return key;
    drop_tag(&key, b);
    size_t local = (size_t)(at_sign(key) - key.text);
    if (!is_of_gmail((struct key_text){key.text + local, key.length - local}))
        return key;
    while (n < local && key.text[n] == '.')
        n++;
    if (n == local) /* nothing but dots */
        return key;
    n = 0;
    for (size_t i = 0; i < local; i++)
        if (key.text[i] != '.')
            b->text[n++] = key.text[i];
    memcpy(b->text + n, gmail, sizeof gmail - 1);
    return apply_trim((struct key_text){b->text, n + sizeof gmail - 1}, NULL, b);
}

const struct key_rule key_rules[] = {
#define X(name, usual_argument, problem, merges, description) \
    {#name, usual_argument, description, problem, merges, apply_##name},
    KEY_RULE_LIST(X)
#undef X
};
const size_t n_key_rules = sizeof key_rules / sizeof *key_rules;
