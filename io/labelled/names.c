/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/labelled/names.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>
#include <utf8proc.h>

#include "io/text/glyph.h"
#include "models/base/key_map.h"

static const char *const reserved_spss[] = {"all", "and", "by",  "eq", "ge", "gt",   "le",
                                            "lt",  "ne",  "not", "or", "to", "with", NULL};
static const char *const reserved_stata[] = {
    "_all", "_b", "byte", "_coef", "_cons", "double", "float", "if",    "in",   "int",
    "long", "_n", "_pi",  "_pred", "_rc",   "_skip",  "strl",  "using", "with", NULL};

const struct name_rules names_of_spss = {64, ".$#@", reserved_spss};
const struct name_rules names_of_stata = {32, "", reserved_stata};

/* Letters without their marks: "größe" is "große". */
static const char *without_marks(const char *name, struct arena *keep)
{
    utf8proc_uint8_t *plain = NULL;
    utf8proc_ssize_t n =
        utf8proc_map((const utf8proc_uint8_t *)name, 0, &plain,
                     UTF8PROC_NULLTERM | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STRIPMARK);
    const char *kept = n < 0 ? name : arena_strndup(keep, (const char *)plain, (size_t)n);
    free(plain);
    return kept;
}

static bool is_reserved(const char *name, const struct name_rules *rules)
{
    for (const char *const *r = rules->reserved; *r; r++)
        if (strcasecmp(*r, name) == 0)
            return true;
    return strncasecmp(name, "str", 3) == 0 && name[3] && !name[3 + strspn(name + 3, "0123456789")];
}

static char *fitting(const char *name, const struct name_rules *rules, struct arena *keep)
{
    const char *plain = without_marks(name, keep);
    char *fit = arena_printf(keep, "%s%s", isalpha((unsigned char)*plain) ? "" : "v_", plain),
         *to = fit;
    for (const unsigned char *p = (const unsigned char *)fit; *p; p++) {
        bool inside = *p < 0x80 && (isalnum(*p) || *p == '_' || strchr(rules->inside, *p));
        if ((*p & 0xc0) != 0x80)
            *to++ = inside ? (char)*p : '_';
    }
    *to = '\0';
    if (strlen(fit) > rules->most)
        fit[rules->most] = '\0';
    for (size_t n = strlen(fit); n > 0 && fit[n - 1] == '.'; n--)
        fit[n - 1] = '_';
    return is_reserved(fit, rules) ? arena_printf(keep, "%s_", fit) : fit;
}

const char *const *names_for(const struct frame *f, const struct name_rules *rules,
                             struct arena *keep)
{
    const char **names = ARENA_NEW(keep, const char *, f->n_cols);
    struct key_map *taken = key_map_new(f->n_cols, keep);
    for (size_t j = 0; j < f->n_cols; j++) {
        const char *base = fitting(f->cols[j].name, rules, keep);
        bool added = false;
        names[j] = base;
        for (size_t k = 2; !added; k++) {
            const char *folded = text_folded(names[j], keep);
            key_map_add(taken, folded, strlen(folded), &added);
            if (added)
                break;
            const char *number = arena_printf(keep, "_%zu", k);
            size_t room = rules->most - strlen(number);
            names[j] = arena_printf(keep, "%.*s%s", (int)room, base, number);
        }
    }
    return names;
}
