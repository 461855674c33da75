/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/program/dispatch.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "models/base/nearest.h"

static void put_help(const struct verb *verbs, size_t n)
{
    puts("Usage: saydo VERB [OPTION]... [INPUT]\n"
         "What do customers say, what do they do, and how far apart is it?\n\n"
         "Begin with:\n"
         "  saydo init survey.csv ledger.csv -o study.yml   draft a study file\n"
         "  saydo report study.yml -o out/                  workbook, charts, tables\n\nVerbs:");
    for (size_t i = 0; i < n; i++)
        printf("  %-10s %s\n", verbs[i].name, verbs[i].summary);
    puts(
        "\n`saydo VERB --help` tells the options of each; `saydo VERB` is the program saydo-VERB.");
}

static void put_manual(const struct verb *verbs, size_t n)
{
    printf(".TH SAYDO 1 \"\" \"saydo %s\" \"saydo manual\"\n.SH NAME\nsaydo \\- what customers say "
           "and what they do\n.SH SYNOPSIS\n.B saydo\n\\fIVERB\\fR [\\fIOPTION\\fR]... "
           "[\\fIINPUT\\fR]\n.SH DESCRIPTION\n.B saydo VERB\nruns\n.BR saydo\\-VERB .\n.SH VERBS\n",
           SAYDO_VERSION);
    for (size_t i = 0; i < n; i++)
        printf(".TP\n.BR saydo\\-%s (1)\n%s\n", verbs[i].name, verbs[i].summary);
}

static void put_completion(const struct verb *verbs, size_t n, const char *shell)
{
    fputs(strcmp(shell, "zsh") == 0 ? "#compdef saydo\n_arguments '1:verb:(" : "complete -W \"",
          stdout);
    for (size_t i = 0; i < n; i++)
        printf("%s%s", i ? " " : "", verbs[i].name);
    puts(strcmp(shell, "zsh") == 0 ? ")' '*:file:_files'" : "\" -o default saydo");
}

static int unknown(const struct verb *verbs, size_t n, const char *name)
{
    const char *names[64];
    size_t count = n < 64 ? n : 64;
    for (size_t i = 0; i < count; i++)
        names[i] = verbs[i].name;
    const char *near = nearest(name, names, count);
    if (near)
        fprintf(stderr, "saydo: '%s' is no verb; did you mean '%s'?\n", name, near);
    else
        fprintf(stderr, "saydo: '%s' is no verb; saydo --help lists them\n", name);
    return 2;
}

static int run_verb(const char *name, char **arguments)
{
    char self[4096], path[4352];
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    char *slash = length > 0 ? (self[length] = '\0', strrchr(self, '/')) : NULL;
    if (slash) {
        *slash = '\0';
        snprintf(path, sizeof path, "%s/saydo-%s", self, name);
        execv(path, arguments);
    }
    snprintf(path, sizeof path, "saydo-%s", name);
    execvp(path, arguments);
    return -1;
}

/* Only letters, digits and '-': a verb is never a path. */
static int is_word(const char *name)
{
    return *name && !name[strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                       "0123456789_-")];
}

int dispatch(const struct verb *verbs, size_t n, const char *(*glossary)(struct arena *keep),
             int argc, char **argv)
{
    const char *first = argc > 1 ? argv[1] : "--help";
    static const char completion[] = "--print-completion=";
    if (strcmp(first, "--help") == 0 || strcmp(first, "-h") == 0 || strcmp(first, "help") == 0) {
        put_help(verbs, n);
    } else if (strcmp(first, "--version") == 0 || strcmp(first, "-V") == 0) {
        printf("saydo (saydo) %s\n", SAYDO_VERSION);
    } else if (strcmp(first, "--print-manual") == 0) {
        put_manual(verbs, n);
    } else if (strncmp(first, completion, sizeof completion - 1) == 0) {
        put_completion(verbs, n, first + sizeof completion - 1);
    } else if (strcmp(first, "--print-glossary") == 0) {
        struct arena *keep = arena_new();
        fputs(glossary(keep), stdout);
        arena_free(keep);
    } else {
        if (is_word(first) && first[0] != '-')
            run_verb(first, argv + 1);
        return unknown(verbs, n, first);
    }
    if (fflush(stdout) == 0 && !ferror(stdout))
        return 0;
    fputs("saydo: standard output cannot be written: is the disk full?\n", stderr);
    return 1;
}
