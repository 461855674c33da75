/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/privacy/pseudonym.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <nettle/hmac.h>

#include "models/base/key_map.h"

enum { CHECK_DIGITS = 8, MOST_KEY = 1 << 16 };

struct pseudonyms {
    struct hmac_sha256_ctx keyed; /* with the secret key set: copied for each id */
    struct key_steps rules;
    struct key_buffer buffer;
    struct key_map *id; /* those seen, after the rules ... */
    const char **name;  /* ... their pseudonyms, by number */
    size_t capacity;
    struct key_map *taken; /* pseudonyms */
    size_t n_clashes;
    char check[CHECK_DIGITS + 1];
    struct arena *keep;
};

static void digest(const struct pseudonyms *p, const char *text, size_t n,
                   uint8_t hash[SHA256_DIGEST_SIZE])
{
    struct hmac_sha256_ctx once = p->keyed;
    hmac_sha256_update(&once, n, (const uint8_t *)text);
    hmac_sha256_digest(&once, SHA256_DIGEST_SIZE, hash);
}

/* Groups of five bits, the highest first; the last one is filled up with zeros. */
static void base32(const uint8_t *bytes, size_t n, char *text)
{
    static const char digit[] = "abcdefghijklmnopqrstuvwxyz234567";
    unsigned held = 0, n_held = 0;
    for (size_t i = 0; i < n; i++) {
        held = held << 8 | bytes[i];
        for (n_held += 8; n_held >= 5; n_held -= 5)
            *text++ = digit[held >> (n_held - 5) & 31];
        held &= (1U << n_held) - 1;
    }
    if (n_held)
        *text++ = digit[held << (5 - n_held) & 31];
    *text = '\0';
}

/* An id holds no NUL: the text of the check is none. */
static void set_check(struct pseudonyms *p)
{
    static const char text[] = "\0saydo: check of the key";
    uint8_t hash[SHA256_DIGEST_SIZE];
    digest(p, text, sizeof text - 1, hash);
    for (size_t i = 0; i < CHECK_DIGITS / 2; i++)
        snprintf(p->check + 2 * i, 3, "%02x", hash[i]);
}

struct pseudonyms *pseudonyms_new(const unsigned char *key, size_t n, struct arena *keep)
{
    enum { EXPECTED = 1000 };
    struct pseudonyms *p = ARENA_NEW(keep, struct pseudonyms, 1);
    assert(n >= PSEUDONYM_LEAST_KEY);
    *p = (struct pseudonyms){.keep = keep,
                             .buffer = {.arena = keep},
                             .id = key_map_new(EXPECTED, keep),
                             .taken = key_map_new(EXPECTED, keep)};
    hmac_sha256_set_key(&p->keyed, n, key);
    set_check(p);
    return p;
}

/* ---- where the key comes from ---- */

static bool long_enough(size_t n, const char *where, struct err *err)
{
    if (n >= PSEUDONYM_LEAST_KEY)
        return true;
    return err_set(err, ERR_USAGE,
                   "--pseudonymise: the key in %s has %zu bytes, fewer than %d: ids could be found "
                   "by trying keys; make one with: head -c 32 /dev/urandom | base64 > saydo.key",
                   where, n, PSEUDONYM_LEAST_KEY);
}

static struct pseudonyms *from_environment(const char *name, struct arena *keep, struct err *err)
{
    char *value = *name ? getenv(name) : NULL;
    struct pseudonyms *p = NULL;
    if (!value) {
        err_set(err, ERR_USAGE,
                "--pseudonymise: the environment variable behind env: is not set; export it, or "
                "name a file that holds the key");
        return NULL;
    }
    size_t n = strlen(value);
    if (long_enough(n, "the environment", err))
        p = pseudonyms_new((const unsigned char *)value, n, keep);
    explicit_bzero(value, n);
    unsetenv(name);
    return p;
}

/* All bytes but for one line end behind them. */
static size_t without_line_end(const unsigned char *key, size_t n)
{
    n -= n > 0 && key[n - 1] == '\n';
    return n - (n > 0 && key[n - 1] == '\r');
}

static struct pseudonyms *from_file(FILE *f, struct arena *keep, struct err *err)
{
    unsigned char key[MOST_KEY];
    setvbuf(f, NULL, _IONBF, 0); /* no second copy in memory */
    size_t n = fread(key, 1, sizeof key, f);
    n = without_line_end(key, n);
    struct pseudonyms *p = NULL;
    if (ferror(f))
        err_set(err, ERR_FILE, "--pseudonymise: the file of the key cannot be read");
    else if (fgetc(f) != EOF)
        err_set(err, ERR_USAGE,
                "--pseudonymise: the file of the key has over %d bytes; is it the file of a key?",
                MOST_KEY);
    else if (long_enough(n, "the file", err))
        p = pseudonyms_new(key, n, keep);
    explicit_bzero(key, sizeof key);
    return p;
}

struct pseudonyms *pseudonyms_open(const char *source, bool *open_to_others, struct arena *keep,
                                   struct err *err)
{
    struct stat st;
    *open_to_others = false;
    if (strncmp(source, "env:", 4) == 0)
        return from_environment(source + 4, keep, err);
    FILE *f = fopen(source, "rb");
    if (!f || fstat(fileno(f), &st) != 0 || S_ISDIR(st.st_mode)) {
        if (f)
            fclose(f);
        err_set(err, ERR_USAGE,
                "--pseudonymise: what is given is neither a file that can be read nor env:NAME (it "
                "is not repeated here: is it the key itself? other users see command lines); write "
                "the key into a file that only you can read");
        return NULL;
    }
    *open_to_others = S_ISREG(st.st_mode) && (st.st_mode & S_IROTH);
    struct pseudonyms *p = from_file(f, keep, err);
    fclose(f);
    return p;
}

/* ---- pseudonyms ---- */

void pseudonyms_rules(struct pseudonyms *p, const struct key_steps *rules)
{
    p->rules = *rules;
}

static void make_room(struct pseudonyms *p, size_t n)
{
    if (n < p->capacity)
        return;
    const size_t capacity = p->capacity ? 2 * p->capacity : 1024;
    const char **more = ARENA_NEW(p->keep, const char *, capacity);
    if (p->capacity)
        memcpy(more, p->name, p->capacity * sizeof *more);
    p->name = more;
    p->capacity = capacity;
}

static const char *make_name(struct pseudonyms *p, const char *id, size_t n)
{
    uint8_t hash[SHA256_DIGEST_SIZE];
    char *name = ARENA_NEW(p->keep, char, PSEUDONYM_LENGTH + 1);
    bool added;
    digest(p, id, n, hash);
    base32(hash, PSEUDONYM_BITS / 8, name);
    key_map_add(p->taken, name, PSEUDONYM_LENGTH, &added);
    p->n_clashes += !added;
    return name;
}

static const char *name_of(struct pseudonyms *p, const char *id, size_t n)
{
    bool added;
    uint32_t number = key_map_add(p->id, id, n, &added);
    make_room(p, number);
    if (added)
        p->name[number] = make_name(p, id, n);
    return p->name[number];
}

const char *pseudonym_of(struct pseudonyms *p, const char *id)
{
    if (!id)
        return NULL;
    struct key_text joined = keys_apply(&p->rules, SIZE_MAX, id, strlen(id), &p->buffer);
    return name_of(p, joined.text, joined.length);
}

const char *pseudonym_of_joined(struct pseudonyms *p, const char *id)
{
    return id ? name_of(p, id, strlen(id)) : NULL;
}

const char *pseudonyms_check(const struct pseudonyms *p)
{
    return p->check;
}

bool pseudonyms_distinct(const struct pseudonyms *p, struct err *err)
{
    return p->n_clashes == 0 ||
           err_set(err, ERR_VALUE,
                   "--pseudonymise: %zu ids have the pseudonym of another one; take another key",
                   p->n_clashes);
}
