/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_LABELLED_POR_HEAD_H
#define IO_LABELLED_POR_HEAD_H

#include <stddef.h>
#include <stdint.h>

/* The head of an SPSS portable file: 200 bytes for people, then a table of 256 bytes which says by
   which byte the file writes each character of a fixed list.  PSPP writes characters that ASCII
   has not by look-alikes (a superscript 2 as 2); ReadStat takes the last character that a byte
   stands for, and no number could be read. */
enum { POR_HEAD_SIZE = 640 }; /* more than the head, with line ends */

/* Takes the look-alikes out of the table: a byte then stands for the first character of ASCII that
   it was given.  `bytes` are the first n of the file. */
void por_head_mend(uint8_t *bytes, size_t n);

#endif
