/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/program/help.h"

#include <ctype.h>
#include <string.h>

#include "io/program/options.h"

enum { WIDTH = 96, COLUMN = 26 };

/* Writes text wrapped at WIDTH, every line but the first indented. */
static void put_wrapped(const char *text, size_t indent, FILE *out)
{
    size_t at = indent;
    while (*text) {
        size_t word = strcspn(text, " ");
        if (at > indent && at + 1 + word > WIDTH) {
            fprintf(out, "\n%*s", (int)indent, "");
            at = indent;
        } else if (at > indent) {
            putc(' ', out);
            at++;
        }
        fprintf(out, "%.*s", (int)word, text);
        at += word;
        text += word + strspn(text + word, " ");
    }
    putc('\n', out);
}

static void put_option(const struct option_spec *o, FILE *out)
{
    char left[80];
    char help[512];
    snprintf(left, sizeof left, "  %c%c%s--%s%s%s", o->letter ? '-' : ' ',
             o->letter ? o->letter : ' ', o->letter ? ", " : "  ", o->name, o->arg ? "=" : "",
             o->arg ? o->arg : "");
    snprintf(help, sizeof help, "%s%s%s%s", o->help, o->fallback ? " [" : "",
             o->fallback ? o->fallback : "", o->fallback ? "]" : "");
    if (strlen(left) + 2 > COLUMN)
        fprintf(out, "%s\n%*s", left, COLUMN, "");
    else
        fprintf(out, "%-*s", COLUMN, left);
    put_wrapped(help, COLUMN, out);
}

/* The title of the part that begins with this option; NULL: none does. */
static const char *heading_of(const struct tool *tool, const struct option_spec *o)
{
    for (const struct option_heading *h = tool->headings; h && h->before; h++)
        if (strcmp(h->before, o->name) == 0)
            return h->title;
    return NULL;
}

static void put_own_options(const struct tool *tool, FILE *out)
{
    if (tool->n_options && !tool->headings)
        fputs("\nOptions of this program:\n", out);
    for (size_t i = 0; i < tool->n_options; i++) {
        const char *heading = heading_of(tool, &tool->options[i]);
        if (heading)
            fprintf(out, "\n%s:\n", heading);
        put_option(&tool->options[i], out);
    }
}

static void put_tables(const char *const tables[], FILE *out)
{
    struct arena *scratch = arena_new();
    const char *names = "";
    for (size_t i = 0; tables[i]; i++)
        names = arena_printf(scratch, "%s%s%s", names, i ? " " : "", tables[i]);
    fputs("  ", out);
    put_wrapped(names, 2, out);
    arena_free(scratch);
}

static const char *input_of(const struct tool *tool)
{
    return tool->input_name ? tool->input_name : "";
}

void help_write(const struct tool *tool, FILE *out)
{
    fprintf(out, "Usage: saydo-%s [OPTION]...%s%s\n", tool->name, *input_of(tool) ? " " : "",
            input_of(tool));
    put_wrapped(tool->summary, 0, out);
    if (tool->examples && tool->examples[0]) {
        fputs("\nExamples:\n", out);
        for (size_t i = 0; tool->examples[i]; i += 2)
            fprintf(out, "  %s\n      %s\n", tool->examples[i + 1], tool->examples[i]);
    }
    if (tool->description) {
        putc('\n', out);
        put_wrapped(tool->description, 0, out);
    }
    put_own_options(tool, out);
    fputs("\nOptions of every program:\n", out);
    for (size_t i = 0; i < n_common_option_rows; i++)
        if (option_taken(tool, &common_option_rows[i]))
            put_option(&common_option_rows[i], out);
    if (tool->tables && tool->tables[0]) {
        fputs("\nTables:\n", out);
        put_tables(tool->tables, out);
    }
    fputs("\nExit status: 0 done; 1 run-time failure; 2 usage or study file; 3 input rejected;\n"
          "4 finished, but a declared gate failed; 5 an external program is missing or failed.\n",
          out);
}

/* ---- the manual page ---- */

static void put_roff(const char *text, FILE *out)
{
    for (const char *p = text; *p; p++) {
        if (*p == '\\')
            fputs("\\e", out);
        else if (*p == '-')
            fputs("\\-", out);
        else if ((*p == '.' || *p == '\'') && p == text)
            fprintf(out, "\\&%c", *p);
        else
            putc(*p, out);
    }
}

static void put_roff_option(const struct option_spec *o, FILE *out)
{
    fputs(".TP\n", out);
    if (o->letter)
        fprintf(out, "\\fB\\-%c\\fR, ", o->letter);
    fputs("\\fB\\-\\-", out);
    put_roff(o->name, out);
    fputs("\\fR", out);
    if (o->arg)
        fprintf(out, "=\\fI%s\\fR", o->arg);
    putc('\n', out);
    put_roff(o->help, out);
    if (o->fallback)
        fprintf(out, " (default: %s)", o->fallback);
    putc('\n', out);
}

void help_manual(const struct tool *tool, FILE *out)
{
    fputs(".TH SAYDO\\-", out);
    for (const char *p = tool->name; *p; p++)
        putc(toupper((unsigned char)*p), out);
    fprintf(out, " 1 \"\" \"saydo %s\" \"saydo manual\"\n.SH NAME\nsaydo\\-%s \\- ", SAYDO_VERSION,
            tool->name);
    put_roff(tool->summary, out);
    fprintf(out, "\n.SH SYNOPSIS\n.B saydo\\-%s\n[\\fIOPTION\\fR]... %s\n", tool->name,
            input_of(tool));
    if (tool->description) {
        fputs(".SH DESCRIPTION\n", out);
        put_roff(tool->description, out);
        putc('\n', out);
    }
    if (tool->n_options)
        fputs(".SH OPTIONS\n", out);
    for (size_t i = 0; i < tool->n_options; i++) {
        const char *heading = heading_of(tool, &tool->options[i]);
        if (heading)
            fprintf(out, ".SS %s\n", heading);
        put_roff_option(&tool->options[i], out);
    }
    fputs(".SH OPTIONS OF EVERY PROGRAM\n", out);
    for (size_t i = 0; i < n_common_option_rows; i++)
        if (option_taken(tool, &common_option_rows[i]))
            put_roff_option(&common_option_rows[i], out);
    if (tool->examples && tool->examples[0])
        fputs(".SH EXAMPLES\n", out);
    for (size_t i = 0; tool->examples && tool->examples[i]; i += 2) {
        fputs(".TP\n", out);
        put_roff(tool->examples[i], out);
        fputs("\n.B ", out);
        put_roff(tool->examples[i + 1], out);
        putc('\n', out);
    }
    fputs(".SH EXIT STATUS\n0 done; 1 run\\-time failure; 2 usage or study file; 3 input rejected; "
          "4 finished, but a declared gate failed; 5 an external program is missing or failed; "
          "130 interrupted.\n.SH SEE ALSO\n.BR saydo (1)\n",
          out);
}

/* ---- completion ---- */

static void put_bash(const struct tool *tool, FILE *out)
{
    fprintf(out,
            "_saydo_%s() {\n    local cur=${COMP_WORDS[COMP_CWORD]}\n    COMPREPLY=()\n"
            "    case $cur in\n    -*) COMPREPLY=($(compgen -W \"",
            tool->name);
    for (size_t i = 0; i < tool->n_options + n_common_option_rows; i++) {
        const struct option_spec *o =
            i < tool->n_options ? &tool->options[i] : &common_option_rows[i - tool->n_options];
        if (i >= tool->n_options && !option_taken(tool, o))
            continue;
        fprintf(out, "%s--%s%s", i ? " " : "", o->name, o->arg ? "=" : "");
    }
    fprintf(out,
            "\" -- \"$cur\"))\n        [[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace ;;\n"
            "    *) COMPREPLY=($(compgen -f -- \"$cur\")) ;;\n    esac\n}\n"
            "complete -o filenames -F _saydo_%s saydo-%s\n",
            tool->name, tool->name);
}

static void put_zsh_text(const char *text, FILE *out)
{
    for (const char *p = text; *p; p++) {
        if (*p == '\'')
            fputs("'\\''", out);
        else if (strchr("[]:\\", *p))
            fprintf(out, "\\%c", *p);
        else
            putc(*p, out);
    }
}

static void put_zsh(const struct tool *tool, FILE *out)
{
    fprintf(out, "#compdef saydo-%s\n_arguments -s \\\n", tool->name);
    for (size_t i = 0; i < tool->n_options + n_common_option_rows; i++) {
        const struct option_spec *o =
            i < tool->n_options ? &tool->options[i] : &common_option_rows[i - tool->n_options];
        if (i >= tool->n_options && !option_taken(tool, o))
            continue;
        fprintf(out, "  '%s--%s%s[", o->kind == OPTION_MANY ? "*" : "", o->name, o->arg ? "=" : "");
        put_zsh_text(o->help, out);
        fprintf(out, "]%s%s%s' \\\n", o->arg ? ":" : "", o->arg ? o->arg : "",
                o->arg && strcmp(o->arg, "FILE") == 0 ? ":_files"
                : o->arg                              ? ": "
                                                      : "");
    }
    fputs("  '*:file:_files'\n", out);
}

bool help_completion(const struct tool *tool, const char *shell, FILE *out)
{
    if (strcmp(shell, "zsh") == 0)
        put_zsh(tool, out);
    else
        put_bash(tool, out);
    return !ferror(out);
}
