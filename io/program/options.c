/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/program/options.h"

#include <math.h>
#include <string.h>

#include "io/text/parse.h"
#include "models/base/nearest.h"

static const char *const formats[] = {"text", "csv", "json", NULL};
static const char *const shells[] = {"bash", "zsh", NULL};

/* Where the rows below put their values: the common options, then what ends at once. */
struct every_option {
    struct common_options common;
    bool help, version, manual;
    const char *completion;
};

#define COMMON(member) offsetof(struct every_option, common.member)
#define AT_ONCE(member) offsetof(struct every_option, member)

const struct option_spec common_option_rows[] = {
    {'o', "output", "FILE", OPTION_MANY, COMMON(outputs), 0, 0, NULL, NULL,
     "write to FILE: .txt .csv .json .xlsx .sav .dta .R .sps .do by its ending; FOLDER/ gets "
     "everything; may be repeated"},
    {0, "format", "FORMAT", OPTION_TEXT, COMMON(format), 0, 0, "text", formats,
     "form of what goes to standard output: text, csv or json"},
    {0, "table", "NAME", OPTION_TEXT, COMMON(table), 0, 0, NULL, NULL,
     "only this table; --format=csv without it gives the first"},
    {0, "by", "COL,COL", OPTION_LIST, COMMON(by), 0, 0, NULL, NULL,
     "a group for each combination of these columns, of fewer of them, and all rows together"},
    {0, "levels", "COL:A,B,C", OPTION_MANY, COMMON(levels), 0, 0, NULL, NULL,
     "order of a column's levels, first = reference; otherwise sorted; may be repeated"},
    {0, "weights", "COL", OPTION_TEXT, COMMON(weights), 0, 0, NULL, NULL,
     "column of sampling weights; standard errors are then robust, the effective n is told"},
    {0, "frequency", "COL", OPTION_TEXT, COMMON(frequency), 0, 0, NULL, NULL,
     "column of counts: a row stands for that many respondents"},
    {0, "min-n", "N", OPTION_WHOLE, COMMON(min_n), 0, 1e9, NULL, NULL,
     "groups with fewer rows keep their figures with the status 'below min_n'; default: the "
     "study's, 0 for a table"},
    {0, "conf-level", "LEVEL", OPTION_REAL, COMMON(conf_level), 0.5, 0.9999, NULL, NULL,
     "level of confidence intervals; default: the study's, else 0.95"},
    {0, "seed", "N", OPTION_WHOLE, COMMON(seed), 0, 9e15, NULL, NULL,
     "seed of everything random; default: the study's, else 1"},
    {0, "threads", "N", OPTION_WHOLE, COMMON(threads), 0, 256, "0", NULL,
     "threads to use, 0 = one per processor; never changes a result"},
    {0, "memory", "SIZE", OPTION_SIZE, COMMON(memory), 16 << 20, 1e15, "2G", NULL,
     "memory for a ledger's customers; documents that come in no order go to a temporary file "
     "beyond it"},
    {0, "pseudonymise", "KEYFILE", OPTION_TEXT, COMMON(pseudonymise), 0, 0, NULL, NULL,
     "replace customers' ids by codes that only the secret key can make again; the key is in "
     "KEYFILE, or with env:NAME in the environment variable NAME"},
    {0, "suppress-below", "N", OPTION_WHOLE, COMMON(suppress_below), 0, 1e6, "0", NULL,
     "leave out the figures of groups with fewer than N respondents, and those from which they "
     "could be worked out"},
    {0, "excel-safe", NULL, OPTION_FLAG, COMMON(excel_safe), 0, 0, NULL, NULL,
     "in CSV, put an apostrophe before text that Excel would run as a formula"},
    {0, "no-pictures", NULL, OPTION_FLAG, COMMON(no_pictures), 0, 0, NULL, NULL,
     "write charts as gnuplot scripts only"},
    {'q', "quiet", NULL, OPTION_FLAG, COMMON(quiet), 0, 0, NULL, NULL, "no warnings, no progress"},
    {'v', "verbose", NULL, OPTION_FLAG, COMMON(verbose), 0, 0, NULL, NULL,
     "say on standard error what is done"},
    {'h', "help", NULL, OPTION_FLAG, AT_ONCE(help), 0, 0, NULL, NULL, "show this help and end"},
    {'V', "version", NULL, OPTION_FLAG, AT_ONCE(version), 0, 0, NULL, NULL,
     "show the version and end"},
    {0, "print-manual", NULL, OPTION_FLAG, AT_ONCE(manual), 0, 0, NULL, NULL,
     "print the manual page (roff) and end"},
    {0, "print-completion", "SHELL", OPTION_TEXT, AT_ONCE(completion), 0, 0, NULL, shells,
     "print the completion for bash or zsh and end"},
};
const size_t n_common_option_rows = sizeof common_option_rows / sizeof *common_option_rows;

/* An option row and the struct that it fills. */
struct target {
    const struct option_spec *spec;
    void *member;
};

struct parser {
    const struct tool *tool;
    struct every_option *every;
    struct every_option unheeded; /* takes the values that the tool has no use for */
    void *own;
    struct arena *keep;
    struct err *err;
    struct texts *given, *given_value, *unused;
    int argc, at;
    char **argv;
};

struct texts texts_split(const char *list, char separator, struct arena *keep)
{
    struct texts t = {0};
    if (!*list)
        return t;
    t.n = 1;
    for (const char *p = list; *p; p++)
        t.n += *p == separator;
    t.at = ARENA_NEW(keep, const char *, t.n);
    for (size_t i = 0; i < t.n; i++) {
        const char *end = strchr(list, separator);
        size_t length = end ? (size_t)(end - list) : strlen(list);
        t.at[i] = arena_strndup(keep, list, length);
        list += length + 1;
    }
    return t;
}

/* A list that is only ever added to here has room for a power of two of texts. */
static void texts_add(struct texts *t, const char *text, struct arena *keep)
{
    if ((t->n & (t->n - 1)) == 0) {
        const char **more = ARENA_NEW(keep, const char *, t->n ? 2 * t->n : 1);
        if (t->n)
            memcpy(more, t->at, t->n * sizeof *more);
        t->at = more;
    }
    t->at[t->n++] = text;
}

static bool bad_value(const struct option_spec *o, const char *value, const char *what,
                      const char *mend, struct err *err)
{
    char name[64];
    snprintf(name, sizeof name, "--%s", o->name);
    return err_at(err, ERR_USAGE,
                  &(struct problem){.column = name, .value = value, .what = what, .mend = mend});
}

static bool known_word(const struct option_spec *o, const char *word, struct arena *keep,
                       struct err *err)
{
    size_t n = 0;
    const char *all = "";
    if (!o->words)
        return true;
    for (; o->words[n]; n++) {
        if (strcmp(o->words[n], word) == 0)
            return true;
        all = arena_printf(keep, "%s%s%s", all, n ? ", " : "", o->words[n]);
    }
    const char *near = nearest(word, o->words, n);
    const char *mend = near ? arena_printf(keep, "did you mean '%s'? There are: %s", near, all)
                            : arena_printf(keep, "choose from: %s", all);
    return bad_value(o, word, "is not known", mend, err);
}

/* Such as --cluster= where a variable of a script was meant to give the name. */
static bool is_given(const struct option_spec *o, const char *value, struct arena *keep,
                     struct err *err)
{
    return *value ||
           bad_value(o, value, "is empty",
                     arena_printf(keep, "write --%s=%s, or leave the option out", o->name, o->arg),
                     err);
}

/* A share that was typed as a percentage, or NULL. */
static const char *percent_mend(const struct option_spec *o, double x, struct arena *keep)
{
    bool share = o->kind == OPTION_REAL && o->high < 1 && x / 100 >= o->low && x / 100 <= o->high;
    return share ? arena_printf(keep, "write %g for %g %%", x / 100, x) : NULL;
}

static bool set_number(const struct option_spec *o, const char *value, void *member,
                       struct arena *keep, struct err *err)
{
    double x;
    int64_t whole;
    bool ok = o->kind == OPTION_WHOLE ? parse_whole(value, strlen(value), &whole)
                                      : parse_real(value, strlen(value), &x);
    if (!ok)
        return bad_value(
            o, value, o->kind == OPTION_WHOLE ? "is not a whole number" : "is not a number",
            o->kind == OPTION_WHOLE ? "write it with digits only" : "write it with digits and '.'",
            err);
    if (o->kind == OPTION_WHOLE)
        x = (double)whole;
    if (o->low < o->high && !(x >= o->low && x <= o->high))
        return bad_value(o, value, arena_printf(keep, "is not in %.10g..%.10g", o->low, o->high),
                         percent_mend(o, x, keep), err);
    if (o->kind == OPTION_WHOLE)
        *(int64_t *)member = whole;
    else
        *(double *)member = x;
    return true;
}

static const char *size_text(double bytes, struct arena *keep)
{
    static const char units[] = " KMGT";
    size_t k = 0;
    for (; bytes >= 1024 && units[k + 1]; k++)
        bytes /= 1024;
    return k ? arena_printf(keep, "%.10g%c", bytes, units[k]) : arena_printf(keep, "%.10g", bytes);
}

static bool set_size(const struct option_spec *o, const char *value, int64_t *bytes,
                     struct arena *keep, struct err *err)
{
    if (!parse_size(value, strlen(value), bytes))
        return bad_value(o, value, "is not a size", "write it as 64M, 1.5G or in bytes", err);
    if (o->low < o->high && !((double)*bytes >= o->low && (double)*bytes <= o->high))
        return bad_value(o, value,
                         arena_printf(keep, "is not in %s..%s", size_text(o->low, keep),
                                      size_text(o->high, keep)),
                         NULL, err);
    return true;
}

static bool set_list(const struct option_spec *o, const char *value, struct texts *texts,
                     struct arena *keep, struct err *err)
{
    *texts = texts_split(value, ',', keep);
    for (size_t i = 0; i < texts->n; i++)
        if (!*texts->at[i])
            return bad_value(o, value, "has an empty name", "write names with a ',' between", err);
    for (size_t i = 0; i < texts->n; i++)
        if (!known_word(o, texts->at[i], keep, err))
            return false;
    return true;
}

static bool set_option(const struct target *t, const char *value, struct arena *keep,
                       struct err *err)
{
    const struct option_spec *o = t->spec;
    switch (o->kind) {
    case OPTION_FLAG:
        *(bool *)t->member = true;
        return true;
    case OPTION_TEXT:
        *(const char **)t->member = value;
        return is_given(o, value, keep, err) && known_word(o, value, keep, err);
    case OPTION_MANY:
        texts_add(t->member, value, keep);
        return true;
    case OPTION_LIST:
        return is_given(o, value, keep, err) && set_list(o, value, t->member, keep, err);
    case OPTION_WHOLE:
    case OPTION_REAL:
        return set_number(o, value, t->member, keep, err);
    case OPTION_SIZE:
        return set_size(o, value, t->member, keep, err);
    case OPTION_DAY:
        return parse_iso_date(value, strlen(value), t->member) ||
               bad_value(o, value, "is not a date", "write it as 2025-03-01", err);
    }
    return false;
}

bool option_taken(const struct tool *tool, const struct option_spec *option)
{
    const char *list = tool->without ? tool->without : "";
    size_t n = strlen(option->name);
    for (const char *p = list; *p; p += strspn(p, " ")) {
        size_t length = strcspn(p, " ");
        if (length == n && strncmp(p, option->name, n) == 0)
            return false;
        p += length;
    }
    return true;
}

static struct target target_of(struct parser *p, const char *name, char letter)
{
    for (size_t i = 0; i < p->tool->n_options; i++) {
        const struct option_spec *o = &p->tool->options[i];
        if (name ? strcmp(o->name, name) == 0 : o->letter == letter)
            return (struct target){o, (char *)p->own + o->offset};
    }
    for (size_t i = 0; i < n_common_option_rows; i++) {
        const struct option_spec *o = &common_option_rows[i];
        if (name ? strcmp(o->name, name) == 0 : o->letter == letter)
            return (struct target){o, (char *)(option_taken(p->tool, o) ? p->every : &p->unheeded) +
                                          o->offset};
    }
    return (struct target){0};
}

static bool unknown_option(const struct parser *p, const char *name)
{
    size_t n = p->tool->n_options, total = n + n_common_option_rows;
    const char **names = ARENA_NEW(p->keep, const char *, total);
    for (size_t i = 0; i < total; i++)
        names[i] = i < n ? p->tool->options[i].name : common_option_rows[i - n].name;
    const char *near = nearest(name, names, total);
    if (near)
        return err_set(p->err, ERR_USAGE, "--%s: there is no such option; did you mean --%s?", name,
                       near);
    return err_set(p->err, ERR_USAGE, "--%s: there is no such option; --help lists them", name);
}

/* Remembers what was typed, for the manifest; what does nothing here stands apart. */
static void note_given(struct parser *p, const struct option_spec *o, const char *value)
{
    size_t i = 0;
    if (!option_taken(p->tool, o)) {
        texts_add(p->unused, o->name, p->keep);
        return;
    }
    while (i < p->given->n && strcmp(p->given->at[i], o->name) != 0)
        i++;
    if (i == p->given->n) {
        texts_add(p->given, o->name, p->keep);
        texts_add(p->given_value, value, p->keep);
    } else {
        const char **held = &p->given_value->at[i];
        *held = o->kind == OPTION_MANY ? arena_printf(p->keep, "%s %s", *held, value) : value;
    }
}

static const char *next_argument(struct parser *p)
{
    return p->at + 1 < p->argc ? p->argv[++p->at] : NULL;
}

static bool take_long(struct parser *p, const char *argument)
{
    const char *equals = strchr(argument, '=');
    char *name = equals ? arena_strndup(p->keep, argument, (size_t)(equals - argument))
                        : arena_strdup(p->keep, argument);
    struct target t = target_of(p, name, 0);
    if (!t.spec)
        return unknown_option(p, name);
    if (t.spec->kind == OPTION_FLAG && equals)
        return bad_value(t.spec, equals + 1, "is too much", "this option takes no value", p->err);
    const char *value = equals ? equals + 1 : NULL;
    if (t.spec->kind != OPTION_FLAG && !value && !(value = next_argument(p)))
        return err_set(p->err, ERR_USAGE, "--%s needs a value: --%s=%s", name, name, t.spec->arg);
    note_given(p, t.spec, value ? value : "yes");
    return set_option(&t, value, p->keep, p->err);
}

static bool take_short(struct parser *p, const char *letters)
{
    for (; *letters; letters++) {
        struct target t = target_of(p, NULL, *letters);
        if (!t.spec)
            return err_set(p->err, ERR_USAGE, "-%c: there is no such option; --help lists them",
                           *letters);
        if (t.spec->kind == OPTION_FLAG) {
            note_given(p, t.spec, "yes");
            set_option(&t, NULL, p->keep, p->err);
            continue;
        }
        const char *value = letters[1] ? letters + 1 : next_argument(p);
        if (!value)
            return err_set(p->err, ERR_USAGE, "-%c needs a value: -%c %s", *letters, *letters,
                           t.spec->arg);
        note_given(p, t.spec, value);
        return set_option(&t, value, p->keep, p->err);
    }
    return true;
}

static bool set_defaults(struct parser *p)
{
    for (size_t i = 0; i < p->tool->n_options + n_common_option_rows; i++) {
        bool own = i < p->tool->n_options;
        const struct option_spec *o =
            own ? &p->tool->options[i] : &common_option_rows[i - p->tool->n_options];
        void *member = (char *)(own ? p->own : (void *)p->every) + o->offset;
        if (o->kind == OPTION_DAY)
            *(int32_t *)member = DAY_MISSING;
        if (o->fallback && !set_option(&(struct target){o, member}, o->fallback, p->keep, p->err))
            return false;
    }
    p->every->common.min_n = -1;
    p->every->common.seed = -1;
    p->every->common.conf_level = NAN;
    return true;
}

static bool take_all(struct parser *p, struct texts *inputs)
{
    bool only_inputs = false;
    for (p->at = 1; p->at < p->argc; p->at++) {
        const char *a = p->argv[p->at];
        bool fine = true;
        if (only_inputs || a[0] != '-' || a[1] == '\0')
            texts_add(inputs, a, p->keep);
        else if (strcmp(a, "--") == 0)
            only_inputs = true;
        else
            fine = a[1] == '-' ? take_long(p, a + 2) : take_short(p, a + 1);
        if (!fine)
            return false;
    }
    return true;
}

bool options_parse(const struct tool *tool, int argc, char **argv, struct command_line *line,
                   struct arena *keep, struct err *err)
{
    struct every_option every = {0};
    struct texts inputs = {0};
    *line = (struct command_line){.own = arena_alloc(keep, 1, tool->options_size + 1)};
    struct parser p = {.tool = tool,
                       .every = &every,
                       .own = line->own,
                       .keep = keep,
                       .err = err,
                       .given = &line->given,
                       .given_value = &line->given_value,
                       .unused = &line->unused,
                       .argc = argc,
                       .argv = argv};
    if (!set_defaults(&p) || !take_all(&p, &inputs))
        return false;
    line->common = every.common;
    line->help = every.help;
    line->version = every.version;
    line->manual = every.manual;
    line->completion = every.completion;
    line->inputs = inputs.at;
    line->n_inputs = inputs.n;
    return true;
}
