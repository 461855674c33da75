/* SPDX-License-Identifier: GPL-3.0-or-later
   What is told apart by its first bytes. */
#include "io/labelled/kind.h"

#include <readstat.h>
#include <string.h>

#include "io/labelled/sav_head.h"

static bool sav_begins(const uint8_t *head, size_t n)
{
    return n >= 4 && (memcmp(head, "$FL2", 4) == 0 || memcmp(head, "$FL3", 4) == 0);
}

/* The file begins with five texts of 40 bytes, in as many sets of characters; lines may be broken
   after every 80 bytes. */
static bool por_begins(const uint8_t *head, size_t n)
{
    enum { TEXTS = 5, LENGTH = 40 };
    static const char told[] = "ASCII SPSS PORT FILE";
    for (size_t i = 0, place = 0; i + sizeof told - 1 <= n && place < TEXTS * LENGTH; i++) {
        if (head[i] == '\r' || head[i] == '\n')
            continue;
        if (place++ % LENGTH == 0 && memcmp(head + i, told, sizeof told - 1) == 0)
            return true;
    }
    return false;
}

static bool dta_begins(const uint8_t *head, size_t n)
{
    static const char xml[] = "<stata_dta>";
    if (n >= sizeof xml - 1 && memcmp(head, xml, sizeof xml - 1) == 0)
        return true;
    return n >= 4 && head[0] >= 104 && head[0] <= 115 && (head[1] == 1 || head[1] == 2) &&
           head[2] == 1;
}

static bool sas7bdat_begins(const uint8_t *head, size_t n)
{
    static const uint8_t magic[32] = {0, 0,    0,    0,    0,    0,    0,    0,    0,    0,    0,
                                      0, 0xc2, 0xea, 0x81, 0x60, 0xb3, 0x14, 0x11, 0xcf, 0xbd, 0x92,
                                      8, 0,    9,    0xc7, 0x31, 0x8c, 0x18, 0x1f, 0x10, 0x11};
    return n >= sizeof magic && memcmp(head, magic, sizeof magic) == 0;
}

static int parse_sav(void *parser, void *context)
{
    return readstat_parse_sav(parser, "", context);
}

static int parse_por(void *parser, void *context)
{
    return readstat_parse_por(parser, "", context);
}

static int parse_dta(void *parser, void *context)
{
    return readstat_parse_dta(parser, "", context);
}

static int parse_sas7bdat(void *parser, void *context)
{
    return readstat_parse_sas7bdat(parser, "", context);
}

static const struct labelled_kind sav = {.name = "sav",
                                         .word = "spss",
                                         .program = "SPSS",
                                         .encoding = "CP1252",
                                         .begins = sav_begins,
                                         .unit = moment_of_spss,
                                         .parse = parse_sav,
                                         .counts_cases = true,
                                         .damage = sav_head_damage};
/* ReadStat turns the file's own table of characters into UTF-8. */
static const struct labelled_kind por = {.name = "por",
                                         .word = "spss",
                                         .program = "SPSS",
                                         .encoding = "UTF-8",
                                         .encoding_is_known = true,
                                         .begins = por_begins,
                                         .unit = moment_of_spss,
                                         .parse = parse_por,
                                         .mends_head = true};
static const struct labelled_kind dta = {.name = "dta",
                                         .word = "stata",
                                         .program = "Stata",
                                         .encoding = "UTF-8",
                                         .encoding_before = "CP1252",
                                         .version = 118,
                                         .begins = dta_begins,
                                         .unit = moment_of_stata,
                                         .parse = parse_dta,
                                         .counts_cases = true};
static const struct labelled_kind sas7bdat = {.name = "sas7bdat",
                                              .word = "sas",
                                              .program = "SAS",
                                              .encoding = "CP1252",
                                              .begins = sas7bdat_begins,
                                              .unit = moment_of_sas,
                                              .parse = parse_sas7bdat,
                                              .counts_cases = true};

const struct labelled_kind *const labelled_kinds[] = {
#define X(name) &name,
    LABELLED_KIND_LIST(X)
#undef X
};
const size_t n_labelled_kinds = sizeof labelled_kinds / sizeof *labelled_kinds;

const struct labelled_kind *labelled_kind_of(const uint8_t *head, size_t n)
{
    for (size_t i = 0; i < n_labelled_kinds; i++)
        if (labelled_kinds[i]->begins(head, n))
            return labelled_kinds[i];
    return NULL;
}
