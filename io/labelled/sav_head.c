/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/labelled/sav_head.h"

#include <string.h>

static uint64_t number_at(const uint8_t *bytes, size_t at, size_t size, bool little)
{
    uint64_t value = 0;
    for (size_t i = 0; i < size; i++)
        value |= (uint64_t)bytes[at + i] << 8 * (little ? i : size - 1 - i);
    return value;
}

struct sav_head sav_head_of(const uint8_t *bytes)
{
    enum { LAYOUT_AT = 64, COMPRESSION_AT = 72, BIAS_AT = 84 };
    bool little = bytes[LAYOUT_AT] != 0;
    uint64_t bias = number_at(bytes, BIAS_AT, 8, little);
    struct sav_head h = {
        .layout = (int32_t)number_at(bytes, LAYOUT_AT, 4, little),
        .compression = (int32_t)number_at(bytes, COMPRESSION_AT, 4, little),
        .cases = (int32_t)number_at(bytes, SAV_CASES_AT, SAV_CASES_SIZE, little),
        .zlib_magic = memcmp(bytes, "$FL3", 4) == 0,
    };
    memcpy(&h.bias, &bias, sizeof h.bias);
    return h;
}

const char *sav_head_damage(const uint8_t *bytes, size_t n)
{
    if (n < SAV_HEAD_SIZE)
        return "it ends within its head";
    struct sav_head h = sav_head_of(bytes);
    if (h.layout != 2 && h.layout != 3)
        return "its head tells no order of bytes";
    if (h.compression < 0 || h.compression > 2 || (h.compression == 2) != h.zlib_magic)
        return "its head tells no known compression";
    if (h.compression > 0 && h.bias != 100)
        return "its head tells another bias of compressed numbers than 100, which no program "
               "writes";
    if (h.cases < -1)
        return "its head tells a negative number of cases";
    return NULL;
}
