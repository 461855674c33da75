/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_LABELLED_SAV_HEAD_H
#define IO_LABELLED_SAV_HEAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The head of an SPSS system file, as far as ReadStat believes it too readily. */
enum { SAV_HEAD_SIZE = 92, SAV_CASES_AT = 80, SAV_CASES_SIZE = 4 };

struct sav_head {
    int32_t layout;      /* 2 or 3 */
    int32_t compression; /* 0 none, 1 by bytes, 2 by zlib */
    int32_t cases;       /* -1: not told */
    double bias;         /* added to each number that is stored in a byte: 100 */
    bool zlib_magic;     /* it begins as those with compression 2 do */
};

/* From its first SAV_HEAD_SIZE bytes, in either order of bytes. */
struct sav_head sav_head_of(const uint8_t *bytes);

/* What is wrong with it, or NULL. */
const char *sav_head_damage(const uint8_t *bytes, size_t n);

#endif
