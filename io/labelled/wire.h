/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_LABELLED_WIRE_H
#define IO_LABELLED_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What the isolated reader of a labelled file tells us: messages of a kind, a length and
   that many bytes, in the machine's own order of bytes.  The side that takes them believes
   nothing: every length, count, order and kind is checked (gather.c).  Texts are in the
   file's own encoding.

   HEAD      version (u32), cases or -1 (i64), variables (u32), encoding, title (texts)
   VARIABLE  name, label, format, name of its set of labels (texts), is text (u8), measure
             as ReadStat counts (u8), width in bytes (u32), count of missing ranges (u32),
             each as two cells
   LABEL     name of the set (text), value (cell), label (text)
   NOTE      text
   CELLS     cells, one after the other, by case and within it by variable
   END       status (u32: ReadStat's, 0 well), what it said (text)

   HEAD comes before VARIABLE, all VARIABLEs before CELLS; LABEL and NOTE when they like. */
enum wire_kind {
    WIRE_HEAD = 'H',
    WIRE_VARIABLE = 'V',
    WIRE_LABEL = 'L',
    WIRE_NOTE = 'N',
    WIRE_CELLS = 'C',
    WIRE_END = 'E'
};

/* A cell: its kind (u8) and what stands in brackets. */
enum wire_cell {
    CELL_NONE,   /* system-missing */
    CELL_NUMBER, /* (8 bytes) */
    CELL_SINGLE, /* (8 bytes): a number of single precision */
    CELL_TEXT,   /* (u32, bytes) */
    CELL_TAG     /* (u8): Stata's .a to .z, SAS's .A to .Z and ._ */
};

enum { WIRE_MOST = 1 << 24 }; /* bytes of a message */

/* ---- writing ---- */

struct wire_out {
    int to;
    bool broken; /* nobody reads any more, or there is no memory */
    uint8_t *bytes;
    size_t n, room; /* of the message that is being made */
};

void wire_u8(struct wire_out *w, unsigned value);
void wire_u32(struct wire_out *w, size_t value);
void wire_i64(struct wire_out *w, int64_t value);
void wire_real(struct wire_out *w, double value);
void wire_text(struct wire_out *w, const char *text); /* NULL: "" */
void wire_send(struct wire_out *w, enum wire_kind kind);

/* ---- reading ---- */

/* A message being taken apart: past its end everything is 0, and `bad` is set. */
struct wire_in {
    const uint8_t *at, *end;
    bool bad;
};

struct wire_bytes {
    const char *at;
    size_t n;
};

unsigned wire_take_u8(struct wire_in *in);
uint32_t wire_take_u32(struct wire_in *in);
int64_t wire_take_i64(struct wire_in *in);
double wire_take_real(struct wire_in *in);
struct wire_bytes wire_take_text(struct wire_in *in);

#endif
