/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/formula/lexer.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#define SHOWN 60 /* bytes of a name in a message */

bool formula_fail(struct formula_error *error, size_t position, const char *mend, const char *fmt,
                  ...)
{
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(error->what, sizeof error->what, fmt, ap);
    va_end(ap);
    error->position = position;
    error->mend = mend;
    return false;
}

const char *name_shown(const char *name, struct arena *keep)
{
    size_t n = strlen(name);
    if (n <= SHOWN)
        return name;
    for (n = SHOWN; n > 0 && ((unsigned char)name[n] & 0xc0) == 0x80;)
        n--;
    return arena_printf(keep, "%.*s...", (int)n, name);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Letters, dot, underscore, and whatever is beyond ASCII. */
static bool begins_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '_' ||
           (unsigned char)c >= 0x80;
}

static bool is_control(char c)
{
    return (unsigned char)c < 0x20 || c == 0x7f;
}

/* Signs that word processors put in the place of ours. */
struct typographic {
    const char *sign, *mend;
};

static const struct typographic typographic[] = {
    {"\u2212", "write -"},       {"\u2013", "write -"}, {"\u2014", "write -"},
    {"\u00d7", "write *"},       {"\u00b7", "write *"}, {"\u22c5", "write *"},
    {"\u00f7", "write /"},       {"\u2215", "write /"}, {"\u00b2", "write ^2"},
    {"\u00b3", "write ^3"},      {"\u223c", "write ~"}, {"\u02dc", "write ~"},
    {"\u00a0", "write a blank"},
};

static const struct typographic *typographic_at(const char *text)
{
    for (size_t i = 0; i < sizeof typographic / sizeof *typographic; i++)
        if (strncmp(text, typographic[i].sign, strlen(typographic[i].sign)) == 0)
            return &typographic[i];
    return NULL;
}

static size_t digits_at(const char *text)
{
    size_t n = 0;
    while (is_digit(text[n]))
        n++;
    return n;
}

/* Digits with a point and an exponent, all but some digit optional.  Hexadecimal
   and the other things that strtod() reads are not numbers here. */
static bool number(struct lexer *l, struct token *token)
{
    const char *text = l->text + l->at;
    size_t n = digits_at(text);
    if (text[n] == '.')
        n += 1 + digits_at(text + n + 1);
    if (text[n] == 'e' || text[n] == 'E') {
        size_t sign = text[n + 1] == '+' || text[n + 1] == '-';
        size_t exponent = digits_at(text + n + 1 + sign);
        if (exponent == 0)
            return formula_fail(l->error, l->at + n, "write 1e-4, or 2*e for a name e",
                                "an exponent without digits");
        n += 1 + sign + exponent;
    }
    token->kind = TOKEN_NUMBER;
    token->length = n;
    token->number = strtod(arena_strndup(l->keep, text, n), NULL);
    if (!isfinite(token->number))
        return formula_fail(l->error, l->at, NULL, "a number beyond 1.8e308");
    return true;
}

static size_t name_length(const char *text)
{
    size_t n = 0;
    if (!begins_name(text[0]) || (text[0] == '.' && is_digit(text[1])))
        return 0;
    while ((begins_name(text[n]) || is_digit(text[n])) && !typographic_at(text + n))
        n++;
    return n;
}

bool name_is_plain(const char *name)
{
    return *name && name_length(name) == strlen(name);
}

static void plain_name(struct lexer *l, struct token *token)
{
    token->kind = TOKEN_NAME;
    token->length = name_length(l->text + l->at);
    token->name = arena_strndup(l->keep, l->text + l->at, token->length);
}

static bool quoted_name(struct lexer *l, struct token *token)
{
    const char *text = l->text + l->at + 1;
    size_t n = 0;
    while (text[n] && text[n] != '`' && !is_control(text[n]))
        n++;
    if (text[n] != '`')
        return formula_fail(l->error, l->at, "close it with `", "a name that does not end");
    if (n == 0)
        return formula_fail(l->error, l->at, NULL, "a name without letters");
    token->kind = TOKEN_NAME;
    token->length = n + 2;
    token->name = arena_strndup(l->keep, text, n);
    return true;
}

static bool sign(struct lexer *l, struct token *token)
{
    char c = l->text[l->at];
    token->kind = TOKEN_SIGN;
    token->sign = c;
    token->length = 1;
    if (c == '*' && l->text[l->at + 1] == '*') {
        token->sign = '^';
        token->length = 2;
    }
    if (strchr("+-*/^(),~=", c))
        return true;
    if (c == '[' || c == '{')
        return formula_fail(l->error, l->at, "use ( and )", "unexpected '%c'", c);
    if (is_control(c))
        return formula_fail(l->error, l->at, NULL, "unexpected byte 0x%02x", (unsigned)c);
    return formula_fail(l->error, l->at, "a formula knows + - * / ^ ( ) and functions",
                        "unexpected '%c'", c);
}

bool lexer_next(struct lexer *l, struct token *token)
{
    const char *text = l->text;
    while (text[l->at] && strchr(" \t\r\n", text[l->at]))
        l->at++;
    *token = (struct token){.kind = TOKEN_END, .at = l->at};
    const struct typographic *odd = typographic_at(text + l->at);
    bool good = true;
    if (!text[l->at])
        return true;
    if (odd)
        return formula_fail(l->error, l->at, odd->mend, "unexpected '%s'", odd->sign);
    if (is_digit(text[l->at]) || (text[l->at] == '.' && is_digit(text[l->at + 1])))
        good = number(l, token);
    else if (text[l->at] == '`')
        good = quoted_name(l, token);
    else if (begins_name(text[l->at]))
        plain_name(l, token);
    else
        good = sign(l, token);
    l->at += token->length;
    return good;
}
