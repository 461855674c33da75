/* SPDX-License-Identifier: GPL-3.0-or-later
   Excel's dates: days since the end of 1899 or the start of 1904, with the time as fraction. */
#ifndef IO_XLSX_SERIAL_H
#define IO_XLSX_SERIAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SERIAL_LONGEST = 40 };

/* A date: "2025-03-01", "2025-03-01 08:28:09", "... 08:28:09.250" (the time where there is
   one or `with_time`), to the millisecond.  In the system of 1900 day 60 is "1900-02-29" and
   day 0 "1900-01-00", neither of which there was: *day = DAY_MISSING.  false outside
   0 .. 9999-12-31 (1904: also before 1904): Excel shows no such date.  The length in *n. */
bool serial_date(double serial, bool is_1904, bool with_time, char text[SERIAL_LONGEST], size_t *n,
                 int32_t *day);

/* A length of time, "36:05:00", "-0:30:00" as "-00:30:00"; false beyond ten million days. */
bool serial_time(double serial, char text[SERIAL_LONGEST], size_t *n);

#endif
