/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_TEXT_GLYPH_H
#define IO_TEXT_GLYPH_H

#include <stdbool.h>
#include <stddef.h>

#include "models/base/arena.h"

/* How wide a text will be, for column widths and chart margins, before anything
   that knows fonts has seen it.  Widths are in em of a sans-serif face with the
   metrics of Helvetica; other faces differ by a tenth. */

/* Sum over the glyphs; invalid bytes count as one replacement glyph each. */
double text_ems(const char *text);

/* The text, or its longest start that fits with "…" after it. */
const char *text_shorten(const char *text, double ems, struct arena *keep);

/* The same, with "…" in the middle: names that differ at their ends stay apart. */
const char *text_shorten_middle(const char *text, double ems, struct arena *keep);

/* The same for names made of parts, "segment, industry": the longest parts are
   shortened, so that each can still be told. */
const char *text_shorten_parts(const char *text, double ems, struct arena *keep);

/* The text in at most max_lines lines of at most `ems` each, broken at blanks
   (and, where a word alone is too wide, inside it); the last line is shortened.
   Gives the number of lines, at least 1. */
size_t text_wrap(const char *text, double ems, size_t max_lines, const char *lines[],
                 struct arena *keep);

/* The text as valid UTF-8: invalid bytes become U+FFFD each.  The text itself
   when nothing had to change. */
const char *text_valid(const char *text, struct arena *keep);

/* The same on one line: line ends, tabs and other control characters become blanks. */
const char *text_one_line(const char *text, struct arena *keep);

/* The same for a terminal: they become '?', so that one sees that something is there. */
const char *text_shown(const char *text, struct arena *keep);

/* Lower case by Unicode's case fold, of valid UTF-8; a copy in any case. */
const char *text_folded(const char *text, struct arena *keep);

/* Length in UTF-16 units, as Excel counts, of valid UTF-8. */
size_t text_utf16(const char *text);

/* The longest start of at most `units` UTF-16 units, never cut inside a character. */
const char *text_cut_utf16(const char *text, size_t units, struct arena *keep);

/* A finite number with the given digits after the point, thousands marked by
   commas and U+2212 as minus: "−12,345.67"; -0 is 0. */
const char *number_text(double value, int decimals, struct arena *keep);

#endif
