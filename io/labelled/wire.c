/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/labelled/wire.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- writing ---- */

static bool make_room(struct wire_out *w, size_t more)
{
    if (w->broken || more > WIRE_MOST || w->n + more > WIRE_MOST) {
        w->broken = true;
        return false;
    }
    if (w->n + more <= w->room)
        return true;
    size_t room = 2 * (w->n + more) + 4096;
    uint8_t *bytes = realloc(w->bytes, room);
    w->broken = bytes == NULL;
    if (bytes) {
        w->bytes = bytes;
        w->room = room;
    }
    return bytes != NULL;
}

static void put(struct wire_out *w, const void *bytes, size_t n)
{
    if (!make_room(w, n))
        return;
    if (n)
        memcpy(w->bytes + w->n, bytes, n);
    w->n += n;
}

void wire_u8(struct wire_out *w, unsigned value)
{
    uint8_t byte = (uint8_t)value;
    put(w, &byte, 1);
}

void wire_u32(struct wire_out *w, size_t value)
{
    uint32_t word = value > UINT32_MAX ? UINT32_MAX : (uint32_t)value;
    put(w, &word, sizeof word);
}

void wire_i64(struct wire_out *w, int64_t value)
{
    put(w, &value, sizeof value);
}

void wire_real(struct wire_out *w, double value)
{
    put(w, &value, sizeof value);
}

void wire_text(struct wire_out *w, const char *text)
{
    size_t n = text ? strlen(text) : 0;
    wire_u32(w, n);
    put(w, text, n);
}

static void write_all(struct wire_out *w, const void *bytes, size_t n)
{
    const uint8_t *at = bytes;
    while (n > 0 && !w->broken) {
        ssize_t done = write(w->to, at, n);
        if (done < 0 && errno == EINTR)
            continue;
        w->broken = done <= 0;
        at += done > 0 ? done : 0;
        n -= done > 0 ? (size_t)done : 0;
    }
}

void wire_send(struct wire_out *w, enum wire_kind kind)
{
    uint8_t head[5] = {(uint8_t)kind};
    uint32_t length = (uint32_t)w->n;
    memcpy(head + 1, &length, sizeof length);
    write_all(w, head, sizeof head);
    write_all(w, w->bytes, w->n);
    w->n = 0;
}

/* ---- reading ---- */

static bool take(struct wire_in *in, void *to, size_t n)
{
    memset(to, 0, n);
    if (in->bad || (size_t)(in->end - in->at) < n) {
        in->bad = true;
        return false;
    }
    memcpy(to, in->at, n);
    in->at += n;
    return true;
}

unsigned wire_take_u8(struct wire_in *in)
{
    uint8_t byte;
    take(in, &byte, 1);
    return byte;
}

uint32_t wire_take_u32(struct wire_in *in)
{
    uint32_t word;
    take(in, &word, sizeof word);
    return word;
}

int64_t wire_take_i64(struct wire_in *in)
{
    int64_t value;
    take(in, &value, sizeof value);
    return value;
}

double wire_take_real(struct wire_in *in)
{
    double value;
    take(in, &value, sizeof value);
    return value;
}

struct wire_bytes wire_take_text(struct wire_in *in)
{
    uint32_t n = wire_take_u32(in);
    if (in->bad || (size_t)(in->end - in->at) < n) {
        in->bad = true;
        return (struct wire_bytes){"", 0};
    }
    struct wire_bytes text = {(const char *)in->at, n};
    in->at += n;
    return text;
}
