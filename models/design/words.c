/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/design/words.h"

#include <math.h>
#include <string.h>

#define DIGITS 15 /* that R shows of a number */

static const struct {
    const char *text;
    char sign;
} signs[] = {
    {"%in%", SIGN_IN},  {"<=", SIGN_AT_MOST}, {">=", SIGN_AT_LEAST},
    {"==", SIGN_EQUAL}, {"!=", SIGN_UNEQUAL}, {"<", '<'},
    {">", '>'},         {":", ':'},           {"&", '&'},
    {"|", '|'},
};

static bool quoted_text(struct lexer *l, struct token *token)
{
    const char *text = l->text + l->at, *end = text + 1;
    while (*end && *end != *text && (unsigned char)*end >= 0x20 && *end != 0x7f)
        end++;
    if (*end != *text)
        return formula_fail(l->error, l->at, arena_printf(l->keep, "close it with %c", *text),
                            "a text that does not end");
    size_t length = (size_t)(end - text) + 1;
    *token = (struct token){.kind = TOKEN_TEXT, .at = l->at, .length = length};
    token->name = arena_strndup(l->keep, text + 1, length - 2);
    l->at += length;
    return true;
}

bool word_next(struct lexer *l, struct token *token)
{
    while (l->text[l->at] && strchr(" \t\r\n", l->text[l->at]))
        l->at++;
    const char *text = l->text + l->at;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t length = strlen(signs[i].text);
        if (strncmp(text, signs[i].text, length) != 0)
            continue;
        *token = (struct token){
            .kind = TOKEN_SIGN, .at = l->at, .length = length, .sign = signs[i].sign};
        l->at += length;
        return true;
    }
    if (*text == '"' || *text == '\'')
        return quoted_text(l, token);
    return lexer_next(l, token);
}

const char *word_of_number(double x, struct arena *keep)
{
    const char *scientific, *fixed;
    double full = strtod(arena_printf(keep, "%.*e", DIGITS - 1, x), NULL);
    int digits = 0;
    do
        scientific = arena_printf(keep, "%.*e", digits, x);
    while (++digits < DIGITS && strtod(scientific, NULL) != full);
    int exponent = (int)strtol(strchr(scientific, 'e') + 1, NULL, 10);
    int after = digits - 1 - exponent;
    fixed = arena_printf(keep, "%.*f", after > 0 ? after : 0, x);
    return strlen(fixed) <= strlen(scientific) ? fixed : scientific;
}

const char *word_text(const struct token *token, struct arena *keep)
{
    if (token->kind == TOKEN_NUMBER)
        return word_of_number(token->number, keep);
    if (token->kind == TOKEN_TEXT)
        return arena_printf(keep, "\"%s\"", token->name);
    if (token->kind != TOKEN_NAME)
        return arena_printf(keep, "%c", token->sign);
    return name_is_plain(token->name) && token->name[0] != '_'
               ? token->name
               : arena_printf(keep, "`%s`", token->name);
}
