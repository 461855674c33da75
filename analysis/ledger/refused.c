/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/ledger/refused.h"

#include "io/key/keys.h"

void refuse_sum(struct ledger_refusal *refusal, const struct ledger_batch *batch, size_t line,
                struct arena *keep)
{
    const struct slice key = batch->key[line];
    if (refusal->code != ERR_NONE && refusal->line <= line)
        return;
    *refusal =
        (struct ledger_refusal){.line = line,
                                .code = ERR_VALUE,
                                .problem = {.column = "spend",
                                            .value = arena_strndup(keep, key.text, key.length),
                                            .what = "has amounts whose sum is beyond 64 bits here",
                                            .mend = "check the customer's amounts and decimals:"}};
}

void refuse_shortened(struct ledger_refusal *refusal, const struct ledger_batch *batch, size_t line,
                      struct arena *keep)
{
    const struct slice key = batch->key[line];
    if (refusal->code != ERR_NONE && refusal->line <= line)
        return;
    *refusal =
        (struct ledger_refusal){.line = line,
                                .code = ERR_VALUE,
                                .problem = {.column = "key",
                                            .value = arena_strndup(keep, key.text, key.length),
                                            .what = key_shortened_what,
                                            .mend = key_shortened_mend}};
}
