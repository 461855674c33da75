/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/study/house.h"

#include <string.h>
#include <strings.h>

#include "analysis/study/phrases.h"
#include "models/base/order.h"

enum { LEAST_LINES = 100, TIMES_MEDIAN = 50, LEAST_TOP = 5, TOLD = 5 };

/* ---- house accounts ---- */

/* A customer of the ledger and how many of his lines count. */
struct account {
    uint32_t row; /* in seen.customers */
    uint64_t lines;
};

static bool is_blocked(const struct join *j, uint32_t row, struct key_buffer *buffer)
{
    const char *text = j->seen.customers.key[row];
    return blocked_is(&j->identity.blocked, text, strlen(text), buffer);
}

/* The accounts that have lines and are not blocked, most lines first. */
static struct account *accounts_by_lines(const struct join *j, size_t *n, struct arena *scratch)
{
    const struct customers *c = &j->seen.customers;
    struct account *at = ARENA_NEW(scratch, struct account, c->n);
    struct key_buffer buffer = {.arena = scratch};
    double *lines = ARENA_NEW(scratch, double, c->n);
    *n = 0;
    for (uint32_t row = 0; row < c->n; row++)
        if (c->counted[row] && !is_blocked(j, row, &buffer)) {
            lines[*n] = -(double)c->counted[row];
            at[(*n)++] = (struct account){row, c->counted[row]};
        }
    const uint32_t *order = order_real(lines, *n, scratch);
    struct account *falling = ARENA_NEW(scratch, struct account, *n);
    for (size_t i = 0; i < *n; i++)
        falling[i] = at[order[i]];
    return falling;
}

static size_t responses_of(const struct join *j, const char *text, struct arena *scratch)
{
    size_t n = 0;
    struct key_buffer buffer = {.arena = scratch};
    struct key_text key = keys_apply(&j->identity.rules, SIZE_MAX, text, strlen(text), &buffer);
    key = mapping_account(&j->identity.mapping, key);
    for (size_t i = 0; i < j->responses.n; i++) {
        const struct response *a = &j->responses.at[i];
        n += a->use == RESPONSE_USABLE && !a->unmapped && strlen(a->joined) == key.length &&
             memcmp(a->joined, key.text, key.length) == 0;
    }
    return n;
}

static void warn_of_account(const struct join *j, const struct account *a, uint64_t median,
                            struct report_builder *report, struct arena *scratch)
{
    const char *text = j->seen.customers.key[a->row];
    const size_t n = responses_of(j, text, scratch);
    const char *match =
        n == 0   ? "nobody who answered matches it"
        : n == 1 ? "1 response matches it"
                 : arena_printf(scratch, "%s responses match it", phrase_count((double)n, scratch));
    if (j->ids_secret)
        report_add_warning(
            report,
            "a customer has %s ledger lines, the median customer %s: a house account "
            "of many people? %s; without --pseudonymise its id is told",
            phrase_count((double)a->lines, scratch), phrase_count((double)median, scratch), match);
    else
        report_add_warning(report,
                           "the customer '%s' has %s ledger lines, the median customer %s: a house "
                           "account of many people? %s; join: {block: [\"%s\"]} leaves it out",
                           text, phrase_count((double)a->lines, scratch),
                           phrase_count((double)median, scratch), match, text);
}

static void warn_of_accounts(const struct join *j, struct report_builder *report,
                             struct arena *scratch)
{
    size_t n;
    const struct account *at = accounts_by_lines(j, &n, scratch);
    const uint64_t median = n ? at[n / 2].lines : 0; /* the lower of two middle ones */
    const size_t top = n / 10000 > LEAST_TOP ? n / 10000 : LEAST_TOP;
    for (size_t i = 0; i < n && i < top && i < TOLD; i++)
        if (at[i].lines >= LEAST_LINES && at[i].lines > TIMES_MEDIAN * median)
            warn_of_account(j, &at[i], median, report, scratch);
}

/* ---- role addresses ---- */

bool house_is_role(const char *key)
{
    static const char *const role[] = {
        "info",       "marketing",  "sales",      "support",    "abuse",   "noc",
        "security",   "postmaster", "hostmaster", "usenet",     "news",    "webmaster",
        "www",        "uucp",       "ftp", /* RFC 2142 */
        "office",     "contact",    "kontakt",    "admin",      "hello",   "orders",
        "order",      "billing",    "accounts",   "accounting", "invoice", "service",
        "team",       "mail",       "help",       "no-reply",   "noreply", "reception",
        "purchasing", "einkauf",    "buchhaltung"};
    const char *at = strchr(key, '@');
    for (size_t i = 0; at && i < sizeof role / sizeof *role; i++)
        if (strlen(role[i]) == (size_t)(at - key) &&
            strncasecmp(key, role[i], (size_t)(at - key)) == 0)
            return true;
    return false;
}

static void warn_of_roles(const struct join *j, struct report_builder *report)
{
    size_t n = 0, first = 0;
    for (size_t i = 0; i < j->responses.n; i++)
        if ((j->fate[i] == FATE_STUDY || j->fate[i] == FATE_CENSORED) &&
            house_is_role(j->responses.at[i].own)) {
            first = n ? first : i;
            n++;
        }
    if (n)
        report_add_warning(report,
                           "%zu response%s a role address ('%s'), which several people may share",
                           n, n == 1 ? " has" : "s have", j->responses.at[first].key);
}

void house_warnings(const struct join *j, struct report_builder *report)
{
    struct arena *scratch = arena_new();
    if (j->everybody || j->identity.rules.n)
        warn_of_accounts(j, report, scratch);
    arena_free(scratch);
    warn_of_roles(j, report);
}
