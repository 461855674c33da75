/* SPDX-License-Identifier: GPL-3.0-or-later
   bench-ledger LINES CUSTOMERS SHAPE [PART PARTS]: writes a ledger to standard output, the same
   bytes for everybody; or the PARTth of PARTS files of it, each with the header.  An invoice is
   one customer on one day with one to five lines; numbers and days rise with the file; one
   invoice in 25 is a credit note.

   Shapes: plain; heavy (half of the invoices belong to a sixteenth of the customers); even (the
   customers in turn, in random order: from 3 lines for each on, there is none without one);
   shuffled (lines in random order); quoted (commas, quotes and line ends in fields); semicolon
   (; and decimal comma); wide (40 columns, the same four among them).  Each line follows from its
   number alone (Steele, Lea & Flood 2014: SplitMix). */
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PERIOD_LINES = 15, PERIOD_INVOICES = 5, DAYS = 1096, ROOM = 2048 };

/* The lines first .. end-1 of all are written. */
struct ledger {
    uint64_t lines, customers, first, end;
    bool heavy, even, shuffled, quoted, semicolon, wide;
};

/* A line's invoice, its place in it, and all that follows from the two. */
struct line {
    uint64_t invoice, item, customer, cents;
    bool credit;
    unsigned day;
};

static uint64_t mix(uint64_t x)
{
    x += 0x9e3779b97f4a7c15u;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

static uint64_t below(uint64_t hash, uint64_t n)
{
    return (uint64_t)((unsigned __int128)hash * n >> 64);
}

/* A permutation of 0 .. n-1: four rounds over the halves of the next even number of bits
   (Feistel), until the result is below n. */
static uint64_t shuffled(uint64_t i, uint64_t n)
{
    unsigned half = 1;
    while (1ULL << 2 * half < n)
        half++;
    const uint64_t mask = (1ULL << half) - 1;
    do {
        uint64_t left = i >> half, right = i & mask;
        for (uint64_t round = 0; round < 4; round++) {
            const uint64_t next = left ^ (mix(right << 3 | round) & mask);
            left = right;
            right = next;
        }
        i = left << half | right;
    } while (i >= n);
    return i;
}

/* Each 15 lines are five invoices of 1 to 5 lines, turned by a number of the period's. */
static void place(uint64_t number, uint64_t *invoice, uint64_t *item)
{
    const uint64_t period = number / PERIOD_LINES, turn = mix(period) % PERIOD_INVOICES;
    uint64_t left = number % PERIOD_LINES;
    *invoice = period * PERIOD_INVOICES;
    for (uint64_t k = 0;; k++) {
        const uint64_t length = 1 + (k + turn) % PERIOD_INVOICES;
        if (left < length) {
            *invoice += k;
            *item = left;
            return;
        }
        left -= length;
    }
}

/* Heavy: u^4 gives half of the invoices to a sixteenth of the customers. */
static uint64_t customer_of(const struct ledger *l, uint64_t invoice, uint64_t hash)
{
    if (l->even)
        return shuffled(invoice % l->customers, l->customers);
    const double u = (double)(hash >> 11) * 0x1p-53;
    return l->heavy ? (uint64_t)(u * u * u * u * (double)l->customers) : below(hash, l->customers);
}

static struct line line_of(const struct ledger *l, uint64_t number)
{
    struct line n;
    place(l->shuffled ? shuffled(number, l->lines) : number, &n.invoice, &n.item);
    const uint64_t invoices = l->lines / PERIOD_LINES * PERIOD_INVOICES + PERIOD_INVOICES;
    const uint64_t hash = mix(n.invoice * 2 + 1), of_line = mix(n.invoice * 16 + n.item);
    n.customer = customer_of(l, n.invoice, mix(hash));
    n.credit = hash % 25 == 0;
    n.day = (unsigned)(n.invoice * DAYS / invoices);
    n.cents = 1 + below(of_line, 50000);
    return n;
}

/* Year, month and day of a day from 2023-01-01 on, 2024 with a 29th of February. */
static void date(unsigned day, unsigned part[3])
{
    static const unsigned month[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    part[0] = 2023;
    part[1] = 1;
    for (;;) {
        const unsigned n = month[part[1] - 1] + (part[0] == 2024 && part[1] == 2);
        if (day < n)
            break;
        day -= n;
        if (++part[1] == 13) {
            part[0]++;
            part[1] = 1;
        }
    }
    part[2] = day + 1;
}

static int amount(char *to, const struct line *n, char mark)
{
    return sprintf(to, "%s%" PRIu64 "%c%02u", n->credit ? "-" : "", n->cents / 100, mark,
                   (unsigned)(n->cents % 100));
}

static char *plain(char *to, const struct line *n, char delimiter, char mark)
{
    unsigned part[3];
    date(n->day, part);
    to += sprintf(to, "C%08" PRIu64 "%c%u-%02u-%02u%c", n->customer, delimiter, part[0], part[1],
                  part[2], delimiter);
    to += amount(to, n, mark);
    return to + sprintf(to, "%c%09" PRIu64 "%c%" PRIu64 "%cP%05u", delimiter, n->invoice + 1,
                        delimiter, n->item + 1, delimiter, (unsigned)(n->cents * 7 % 30011));
}

static char *quoted(char *to, const struct line *n)
{
    static const char *const text[] = {"cable, black", "cable,\nblack", "19\"\" rack, steel",
                                       "table, oak"};
    unsigned part[3];
    date(n->day, part);
    to += sprintf(to, "\"C%08" PRIu64 "\",%u-%02u-%02u,\"", n->customer, part[0], part[1], part[2]);
    to += amount(to, n, '.');
    return to + sprintf(to, "\",%09" PRIu64 ",%" PRIu64 ",\"%s\"", n->invoice + 1, n->item + 1,
                        text[n->cents % 4]);
}

/* Columns 3, 14, 22 and 31 are the four; the others are short codes, numbers and words. */
static char *wide(char *to, const struct line *n)
{
    static const char *const word[] = {"", "EUR", "standard", "0", "Main Street", "19"};
    unsigned part[3];
    date(n->day, part);
    for (unsigned column = 1; column <= 40; column++) {
        if (column > 1)
            *to++ = ',';
        switch (column) {
        case 3:
            to += sprintf(to, "C%08" PRIu64, n->customer);
            break;
        case 14:
            to += sprintf(to, "%u-%02u-%02u", part[0], part[1], part[2]);
            break;
        case 22:
            to += amount(to, n, '.');
            break;
        case 31:
            to += sprintf(to, "%09" PRIu64, n->invoice + 1);
            break;
        default:
            to = column % 5 == 0 ? to + sprintf(to, "%u", (unsigned)(n->cents * column % 9973))
                                 : stpcpy(to, word[(column + n->item) % 6]);
        }
    }
    return to;
}

static void header(const struct ledger *l)
{
    const char *const c = l->semicolon ? ";" : ",";
    if (!l->wide) {
        printf("customer%sday%samount%sinvoice%sline%sitem\n", c, c, c, c, c);
        return;
    }
    for (unsigned column = 1; column <= 40; column++) {
        if (column > 1)
            putchar(',');
        switch (column) {
        case 3:
            fputs("customer", stdout);
            break;
        case 14:
            fputs("day", stdout);
            break;
        case 22:
            fputs("amount", stdout);
            break;
        case 31:
            fputs("invoice", stdout);
            break;
        default:
            printf("c%u", column);
        }
    }
    putchar('\n');
}

static bool shape(struct ledger *l, const char *name)
{
    l->heavy = strcmp(name, "heavy") == 0;
    l->even = strcmp(name, "even") == 0;
    l->shuffled = strcmp(name, "shuffled") == 0;
    l->quoted = strcmp(name, "quoted") == 0;
    l->semicolon = strcmp(name, "semicolon") == 0;
    l->wide = strcmp(name, "wide") == 0;
    return l->heavy || l->even || l->shuffled || l->quoted || l->semicolon || l->wide ||
           strcmp(name, "plain") == 0;
}

/* A whole number from 1 on, else 0. */
static uint64_t count(const char *text)
{
    char *end;
    const uint64_t n = *text >= '1' && *text <= '9' ? strtoull(text, &end, 10) : 0;
    return n != 0 && *end == '\0' ? n : 0;
}

static bool arguments(struct ledger *l, int n, char **given)
{
    if (n != 3 && n != 5)
        return false;
    l->lines = count(given[0]);
    l->customers = count(given[1]);
    const uint64_t part = n == 5 ? count(given[3]) : 1, parts = n == 5 ? count(given[4]) : 1;
    if (l->lines == 0 || l->customers == 0 || part == 0 || part > parts || !shape(l, given[2]))
        return false;
    l->first = l->lines * (part - 1) / parts;
    l->end = l->lines * part / parts;
    return true;
}

int main(int argc, char **argv)
{
    struct ledger l = {0};
    char text[ROOM];
    if (!arguments(&l, argc - 1, argv + 1)) {
        fputs("usage: bench-ledger LINES CUSTOMERS plain|heavy|even|shuffled|quoted|semicolon|wide "
              "[PART PARTS]\n",
              stderr);
        return 2;
    }
    setvbuf(stdout, NULL, _IOFBF, 1 << 20);
    header(&l);
    for (uint64_t i = l.first; i < l.end; i++) {
        const struct line n = line_of(&l, i);
        char *end = l.wide     ? wide(text, &n)
                    : l.quoted ? quoted(text, &n)
                               : plain(text, &n, l.semicolon ? ';' : ',', l.semicolon ? ',' : '.');
        *end++ = '\n';
        fwrite(text, 1, (size_t)(end - text), stdout);
    }
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
