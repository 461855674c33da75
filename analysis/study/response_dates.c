/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/study/response_dates.h"

#include <string.h>

#include "analysis/study/variables.h"
#include "io/text/parse.h"
#include "io/text/time_zone.h"

/* The dates of one survey while they are read. */
struct reading {
    const struct survey_reading *r;
    const struct study_survey *survey;
    const struct column *column; /* NULL: there is none */
    const char *format;          /* of the texts, or of their part that is a day */
    bool told;                   /* the format was not declared but found */
    struct time_zone *from, *to; /* NULL: not known, not asked for */
};

/* ---- how the dates are written ---- */

/* Where the text goes on after the day: "15/01/2024 09:12:44 AM"; its end where it does not. */
static size_t day_length(const char *text)
{
    const size_t n = strcspn(text, " T");
    const char *rest = text + n + (text[n] != '\0');
    const bool time = rest[strspn(rest, "0123456789:.+-APMZGTUC ")] == '\0';
    return time ? n : strlen(text);
}

/* The one usual format of all dates of a survey. */
static const char *format_told(const struct frame *f, const struct column *c, struct arena *keep,
                               struct err *err)
{
    size_t ambiguous, deciding, dated = 0;
    const char **day = ARENA_NEW(keep, const char *, f->n_rows);
    for (size_t i = 0; i < f->n_rows; i++) {
        const char *text = c->as.text[i];
        day[i] = text ? arena_strndup(keep, text, day_length(text)) : NULL;
        dated += text != NULL;
    }
    const char *format = date_format_of(day, f->n_rows, &ambiguous, &deciding);
    if (format || dated == 0)
        return format ? format : "%Y-%m-%d";
    bool none = deciding < f->n_rows;
    size_t row = none ? deciding : ambiguous < f->n_rows ? ambiguous : 0;
    err_at(err, ERR_VALUE,
           &(struct problem){.file = f->file,
                             .line = f->line[row],
                             .column = column_source(c),
                             .value = c->as.text[row],
                             .what = none ? "is no day that exists, or not written like the dates "
                                            "above it"
                                          : "is an ambiguous date (day or month first)",
                             .mend = "declare date_format under this survey, for example "
                                     "date_format: \"%d/%m/%Y\""});
    return NULL;
}

static bool bad_date(const struct reading *d, const struct response *a, const char *what,
                     const char *mend, struct err *err)
{
    const struct frame *f = d->r->frame;
    return err_at(err, ERR_VALUE,
                  &(struct problem){.file = f->file,
                                    .line = f->line[a->row],
                                    .column = column_source(d->column),
                                    .value = d->column->as.text[a->row],
                                    .what = what,
                                    .mend = mend});
}

/* The day of a text, and the time of day where it is asked for. */
static bool read_text(const struct reading *d, const char *text, const struct response *a,
                      struct written_time *w, struct arena *keep, struct err *err)
{
    const size_t length = strlen(text), n = d->told ? day_length(text) : length;
    if (!parse_date_time(text, n, d->format, w))
        return bad_date(d, a, arena_printf(keep, "is not a date of the form %s", d->format),
                        "correct the cell or date_format", err);
    if (!d->to || n == length || parse_time_of_day(text + n + 1, length - n - 1, w))
        return true;
    return bad_date(d, a, "has a time of day that is not understood",
                    "declare date_format under this survey, for example date_format: \"%m/%d/%Y "
                    "%H:%M:%S %p\"",
                    err);
}

/* ---- which day that is ---- */

static bool no_zone(const struct reading *d, struct arena *keep, struct err *err)
{
    const struct study *study = d->r->study;
    return err_at(err, ERR_STUDY,
                  &(struct problem){.file = study->path,
                                    .line = study_line(study, "surveys", d->r->survey, "time_zone"),
                                    .column = "surveys.time_zone",
                                    .value = d->survey->time_zone,
                                    .what = arena_printf(keep,
                                                         "needs the zone in which the dates are "
                                                         "written, and %s does not say it",
                                                         d->r->frame->file),
                                    .mend = "add 'source_time_zone: ...', for example UTC"});
}

static bool set_day(const struct reading *d, const struct written_time *w, struct response *a,
                    struct arena *keep, struct err *err)
{
    a->date = w->day;
    a->dated = DATED_AS_WRITTEN;
    if (!d->to)
        return true;
    if (w->second < 0) {
        a->dated = DATED_WITHOUT_TIME;
        return true;
    }
    if (!w->has_offset && !d->from)
        return no_zone(d, keep, err);
    const int64_t instant = w->has_offset ? (int64_t)w->day * 86400 + w->second - w->offset
                                          : time_zone_instant(d->from, w->day, w->second);
    a->date = time_zone_day(d->to, instant);
    a->dated = a->date == w->day ? DATED_AS_WRITTEN : DATED_ANOTHER_DAY;
    return true;
}

static bool set_date(const struct reading *d, struct response *a, struct arena *keep,
                     struct err *err)
{
    struct written_time w;
    const char *text = d->column ? d->column->as.text[a->row] : NULL;
    if (text)
        return read_text(d, text, a, &w, keep, err) && set_day(d, &w, a, keep, err);
    if (d->survey->wave_day == DAY_MISSING) {
        a->use = RESPONSE_BLANK_DATE;
        return true;
    }
    a->date = d->survey->wave_day;
    a->dated = DATED_BY_WAVE;
    return true;
}

/* ---- the step ---- */

/* The zone that the texts are in, where they do not say it: NULL if nothing says it. */
static bool open_zones(struct reading *d, struct err *err)
{
    const char *said = d->r->said ? d->r->said->time_zone : NULL;
    const char *from = d->survey->source_time_zone ? d->survey->source_time_zone : said;
    d->to = d->survey->time_zone ? time_zone_open(d->survey->time_zone) : NULL;
    d->from = d->to && from ? time_zone_open(from) : NULL;
    if (!d->to || !from || d->from)
        return true;
    return err_at(err, ERR_VALUE,
                  &(struct problem){.file = d->r->frame->file,
                                    .value = from,
                                    .what = "is the time zone of its dates, and this machine does "
                                            "not know it",
                                    .mend = "declare source_time_zone: under this survey"});
}

static bool find_column(struct reading *d, struct arena *keep, struct err *err)
{
    const struct declaration at = {d->r->study, "surveys", d->r->survey, "date"};
    if (!d->survey->date)
        return true;
    d->column = variable_declared(d->r->frame, d->survey->date, &at, keep, err);
    if (!d->column)
        return false;
    const bool iso = d->r->said && d->r->said->days_are_iso; /* whatever date_format says */
    d->told = iso || !d->survey->date_format;
    d->format = iso       ? "%Y-%m-%d"
                : d->told ? format_told(d->r->frame, d->column, keep, err)
                          : d->survey->date_format;
    return d->format != NULL;
}

bool response_dates(const struct survey_reading *r, struct arena *keep, struct err *err)
{
    struct reading d = {.r = r, .survey = &r->study->surveys[r->survey]};
    bool well = find_column(&d, keep, err) && open_zones(&d, err);
    for (size_t i = 0; well && i < r->frame->n_rows; i++)
        if (r->at[i].use == RESPONSE_USABLE)
            well = set_date(&d, &r->at[i], keep, err);
    time_zone_close(d.from);
    time_zone_close(d.to);
    return well;
}

/* ---- what is to be said ---- */

static uint64_t count_dated(const struct responses *r, size_t survey, enum dated dated)
{
    uint64_t n = 0;
    for (size_t i = 0; i < r->n; i++)
        n +=
            r->at[i].survey == survey && r->at[i].use == RESPONSE_USABLE && r->at[i].dated == dated;
    return n;
}

static const char *answers(uint64_t n, struct arena *keep)
{
    return arena_printf(keep, "%llu answer%s", (unsigned long long)n, n == 1 ? "" : "s");
}

/* `said`: the zone that the file names, or NULL. */
static const char *zone_told(const struct study_survey *v, const char *said,
                             const struct responses *r, size_t survey, struct arena *keep)
{
    const uint64_t moved = count_dated(r, survey, DATED_ANOTHER_DAY);
    const uint64_t whole = count_dated(r, survey, DATED_WITHOUT_TIME);
    if (!v->time_zone && said && v->date)
        return arena_printf(keep,
                            " %s: days are those of %s, the time zone of the file; declare "
                            "time_zone for those of another.",
                            v->file, said);
    if (!v->time_zone)
        return "";
    return arena_printf(keep, " %s: days are those of %s; %s %s on another day than written.%s",
                        v->file, v->time_zone, answers(moved, keep), moved == 1 ? "is" : "are",
                        whole ? arena_printf(keep, " %s without a time of day keep%s the day.",
                                             answers(whole, keep), whole == 1 ? "s" : "")
                              : "");
}

const char *response_dates_told(const struct study *study, const struct survey_said *said,
                                const struct responses *r, struct arena *keep)
{
    const char *told = "";
    for (size_t s = 0; s < study->n_surveys; s++) {
        const struct study_survey *v = &study->surveys[s];
        const uint64_t waved = count_dated(r, s, DATED_BY_WAVE);
        told = arena_printf(keep, "%s%s", told,
                            zone_told(v, said ? said[s].time_zone : NULL, r, s, keep));
        if (waved)
            told = arena_printf(keep, "%s %s: %s without a date of %s own %s the wave's, %s.", told,
                                v->file, answers(waved, keep), waved == 1 ? "its" : "their",
                                waved == 1 ? "has" : "have", v->wave_date);
    }
    return told;
}
