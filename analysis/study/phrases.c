/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/study/phrases.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

/* Nearly all is not all, and few are not none: 0.9997 is "over 99.9 %". */
const char *phrase_percent(double share, struct arena *keep)
{
    double percent = 100 * share;
    if (isnan(percent))
        return "–";
    if (percent > 1e-9 && percent < 0.05)
        return "under 0.1 %";
    if (percent >= 99.95 && percent < 100 - 1e-9)
        return "over 99.9 %";
    return fabs(percent - round(percent)) < 1e-9 ? arena_printf(keep, "%.0f %%", percent)
                                                 : arena_printf(keep, "%.1f %%", percent);
}

const char *phrase_level(double conf_level, struct arena *keep)
{
    return arena_printf(keep, "%.6g %%", 100 * conf_level);
}

const char *phrase_r(double r, struct arena *keep)
{
    if (isnan(r))
        return "–";
    return arena_printf(keep, "%s%.2f", r <= -0.005 ? "−" : "", fabs(r));
}

const char *phrase_p(double p, struct arena *keep)
{
    if (isnan(p))
        return "no p";
    if (p < 0.0005)
        return "p < .001";
    return arena_printf(keep, "p = %s", p > 0.9995 ? "1" : arena_printf(keep, "%.3f", p) + 1);
}

const char *phrase_count(double n, struct arena *keep)
{
    char digits[32];
    char *out = ARENA_NEW(keep, char, 48), *to = out;
    snprintf(digits, sizeof digits, "%.0f", n);
    size_t length = strlen(digits);
    for (size_t i = 0; i < length; i++) {
        *to++ = digits[i];
        if ((length - i - 1) % 3 == 0 && i + 1 < length && digits[i] != '-')
            *to++ = ',';
    }
    return out;
}

/* Two digits also of a small R^2. */
const char *phrase_share(double x, struct arena *keep)
{
    double a = fabs(x);
    const char *sign = x < 0 ? "−" : "";
    if (isnan(x) || a >= 0.0995 || a == 0)
        return phrase_number(x, keep);
    if (a < 5e-5)
        return arena_printf(keep, "%s0.0000", sign);
    return arena_printf(keep, a >= 0.00995 ? "%s%.3f" : "%s%.4f", sign, a);
}

const char *phrase_number(double x, struct arena *keep)
{
    if (isnan(x))
        return "–";
    const char *sign = x < 0 ? "−" : "";
    double a = fabs(x);
    if (a >= 1000)
        return arena_printf(keep, "%s%s", sign, phrase_count(a, keep));
    if (a > 0 && a < 0.005)
        return arena_printf(keep, "%s%.1g", sign, a);
    return arena_printf(keep, a >= 100 ? "%s%.0f" : a >= 10 ? "%s%.1f" : "%s%.2f", sign, a);
}

const char *phrase_lower(const char *label, struct arena *keep)
{
    char *copy = arena_strdup(keep, label);
    if (isupper((unsigned char)copy[0]) && !isupper((unsigned char)copy[1]))
        copy[0] = (char)tolower((unsigned char)copy[0]);
    return copy;
}

const char *phrase_id(const char *name, struct arena *keep)
{
    char *id = arena_strdup(keep, name);
    for (char *p = id; *p; p++)
        *p = isalnum((unsigned char)*p) && (unsigned char)*p < 0x80
                 ? (char)tolower((unsigned char)*p)
                 : '_';
    return *id ? id : "_";
}

/* The text between two marks, with a backslash before each mark and backslash in it. */
static const char *r_between(const char *text, char mark, struct arena *keep)
{
    char *quoted = arena_alloc(keep, 2 * strlen(text) + 3, 1), *to = quoted;
    *to++ = mark;
    for (; *text; *to++ = *text++)
        if (*text == mark || *text == '\\')
            *to++ = '\\';
    *to = mark;
    return quoted;
}

const char *phrase_r_text(const char *text, struct arena *keep)
{
    return r_between(text, '\'', keep);
}

const char *phrase_r_name(const char *name, struct arena *keep)
{
    bool plain = isalpha((unsigned char)*name) != 0;
    for (const char *p = name; *p; p++)
        plain = plain && (isalnum((unsigned char)*p) || *p == '.' || *p == '_');
    return plain ? name : r_between(name, '`', keep);
}

const char *phrase_r_rows(const struct prepared *p, const char *twin, struct arena *keep)
{
    const char *text = arena_printf(keep, "d <- read.csv(%s)",
                                    phrase_r_text(p->study ? twin : p->frame->file, keep));
    const struct group *g = &p->groups.at[0];
    const char *where = "";
    for (size_t j = 0; j < p->groups.n_by; j++)
        if (strcmp(g->level[j], GROUP_ALL) != 0)
            where = arena_printf(keep, "%s%s%s == %s", where, *where ? " & " : "",
                                 phrase_r_name(p->groups.by[j], keep),
                                 phrase_r_text(g->level[j], keep));
    return *where ? arena_printf(keep, "%s; d <- subset(d, %s)", text, where) : text;
}

const char *phrase_check_spss(const struct prepared *p, struct arena *keep)
{
    const char *split = "";
    for (size_t j = 0; j < p->groups.n_by; j++)
        split = arena_printf(keep, "%s %s", split, p->groups.by[j]);
    return arena_printf(keep,
                        "%s%s%s CORRELATIONS /VARIABLES=%s %s /PRINT=TWOTAIL. NONPAR CORR "
                        "/VARIABLES=%s %s /PRINT=SPEARMAN.",
                        *split ? "SORT CASES BY" : "", split,
                        *split ? arena_printf(keep, ". SPLIT FILE BY%s.", split) : "", p->x[0].name,
                        p->n_y ? p->y[0].name : "y", p->x[0].name, p->n_y ? p->y[0].name : "y");
}
