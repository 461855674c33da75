/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_TEXT_TIME_ZONE_H
#define IO_TEXT_TIME_ZONE_H

#include <stdbool.h>
#include <stdint.h>

/* Which day an instant is, and where: by the rules of the IANA time zone database, as this
   machine's package tzdata has them.  GLib reads them; nothing depends on the variable TZ or on
   the machine's own zone. */
struct time_zone;

/* "Europe/Berlin", "America/Denver", "UTC", or an offset as "+02:00".  NULL where there is no
   such zone here.  time_zone_close() ends it (NULL is fine). */
struct time_zone *time_zone_open(const char *name);
void time_zone_close(struct time_zone *z);

/* The instant, in seconds since 1970-01-01 00:00 UTC, of a clock that shows `second` (from 0) of
   a day (since 1970-01-01) in the zone.  A time that the clocks show twice is the first of the
   two; a time that they skip is as many seconds after the skip began as it claims: 02:30 is 03:30
   where the clocks go from 02:00 to 03:00.  (The rule of PEP 495 with fold=0, and of
   java.time.) */
int64_t time_zone_instant(const struct time_zone *z, int32_t day, int32_t second);

/* The day of an instant in the zone. */
int32_t time_zone_day(const struct time_zone *z, int64_t instant);

#endif
