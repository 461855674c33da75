/* SPDX-License-Identifier: GPL-3.0-or-later
   The only caller of GLib. */
#include "io/text/time_zone.h"

#include <glib.h>
#include <string.h>

enum { DAY_SECONDS = 86400 };

/* A name of the database, or an offset.  GLib would open any file, and take a blank name for the
   machine's own zone. */
static bool is_name(const char *name)
{
    static const char digits[] = "0123456789:";
    static const char others[] = "0123456789:abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "_+-/";
    if (*name == '+' || *name == '-')
        return !name[1 + strspn(name + 1, digits)];
    return ((*name >= 'A' && *name <= 'Z') || (*name >= 'a' && *name <= 'z')) &&
           !name[strspn(name, others)];
}

struct time_zone *time_zone_open(const char *name)
{
    return is_name(name) ? (struct time_zone *)g_time_zone_new_identifier(name) : NULL;
}

/* The opaque type is GLib's own object. */
static GTimeZone *glib(const struct time_zone *z)
{
    union {
        const struct time_zone *ours;
        GTimeZone *theirs; /* GLib asks for it without const, and changes nothing */
    } zone = {.ours = z};
    return zone.theirs;
}

void time_zone_close(struct time_zone *z)
{
    if (z)
        g_time_zone_unref(glib(z));
}

/* Seconds east of Greenwich at an instant. */
static int64_t offset_at(const struct time_zone *z, int64_t instant)
{
    const gint interval = g_time_zone_find_interval(glib(z), G_TIME_TYPE_UNIVERSAL, instant);
    return g_time_zone_get_offset(glib(z), interval);
}

int64_t time_zone_instant(const struct time_zone *z, int32_t day, int32_t second)
{
    const int64_t shown = (int64_t)day * DAY_SECONDS + second;
    /* No zone is a day or more from Greenwich: these are before and after any change near. */
    const int64_t before = offset_at(z, shown - DAY_SECONDS);
    const int64_t after = offset_at(z, shown + DAY_SECONDS);
    if (offset_at(z, shown - before) != before && offset_at(z, shown - after) == after)
        return shown - after;
    return shown - before;
}

int32_t time_zone_day(const struct time_zone *z, int64_t instant)
{
    const int64_t shown = instant + offset_at(z, instant);
    return (int32_t)((shown >= 0 ? shown : shown - (DAY_SECONDS - 1)) / DAY_SECONDS);
}
