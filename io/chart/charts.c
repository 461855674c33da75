/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/chart/charts.h"

#include <assert.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/chart/kind.h"
#include "io/program/child.h"
#include "io/text/glyph.h"
#include "models/base/workers.h"

size_t chart_n_pages(const struct chart *chart)
{
    size_t most = chart->kind->panels_per_page;
    return chart->n_panels <= most ? 1 : (chart->n_panels + most - 1) / most;
}

const char *chart_page_id(const struct chart *chart, size_t page, struct arena *keep)
{
    return page <= 1 ? chart->id : arena_printf(keep, "%s-%zu", chart->id, page);
}

/* ---- files ---- */

/* Writes a file whole or not at all. */
static bool write_file(const char *folder, const char *name, const char *bytes, size_t size,
                       struct arena *scratch, struct err *err)
{
    const char *path = arena_printf(scratch, "%s/%s", folder, name);
    const char *temporary = arena_printf(scratch, "%s/.%s.part", folder, name);
    FILE *f = fopen(temporary, "w");
    bool good = f && fwrite(bytes, 1, size, f) == size;
    if (f && fclose(f) != 0)
        good = false;
    good = good && rename(temporary, path) == 0;
    if (good)
        return true;
    const char *reason = strerror(errno);
    unlink(temporary);
    return err_at(err, ERR_FILE,
                  &(struct problem){.file = path, .what = reason, .mend = "check the folder"});
}

/* Text of a memory stream that must be closed for it to be whole. */
struct memory {
    char *bytes;
    size_t size;
    FILE *stream;
};

static void memory_open(struct memory *m)
{
    *m = (struct memory){0};
    m->stream = open_memstream(&m->bytes, &m->size);
    if (!m->stream)
        abort();
}

static void memory_close(struct memory *m)
{
    if (m->stream && fclose(m->stream) != 0)
        abort();
    m->stream = NULL;
}

/* A text as a cell of the data file.  gnuplot's quoting knows no quotes inside, and
   undoes backslashes. */
static void put_quoted(FILE *data, const char *text)
{
    fputc('"', data);
    for (const char *p = text; *p; p++)
        if (*p == '"')
            fputs("”", data);
        else if (*p == '\\')
            fputs("\\\\", data);
        else
            fputc(*p, data);
    fputs("\"\n", data);
}

static void write_texts(const struct page *p, FILE *data)
{
    for (size_t i = 0; i < p->n_texts; i++)
        put_quoted(data, p->text[i]);
    if (p->n_texts == 0)
        fputs("\"\"\n", data);
}

static void write_script(const struct page *p, const char *id, const char *plots,
                         const char *overlay, FILE *script)
{
    fprintf(script,
            "# Redraw: gnuplot %s.gp; other formats and names: see style.gp.\n"
            "# Texts are block 0 of %s.tsv, numbers the blocks after it.\n"
            "ID = '%s'; W = %.1f; H = %.1f\n"
            "DATA = '%s.tsv'\n"
            "load 'style.gp'\n"
            "array T[%zu]\n"
            "stats DATA index 0 using (T[int($0)+1] = strcol(1), 0) nooutput\n"
            "set multiplot\n%s"
            "# texts, lines and boxes, in px\n"
            "set lmargin at screen 0; set rmargin at screen 1\n"
            "set tmargin at screen 1; set bmargin at screen 0\n"
            "unset border; unset xtics; unset ytics; unset grid\n"
            "set xrange [0:W]; set yrange [H:0]\n%s"
            "plot NaN notitle\n"
            "unset multiplot\n"
            "unset output\n",
            id, id, id, p->width, p->height, id, p->n_texts ? p->n_texts : 1, plots, overlay);
}

/* The script and the data of one page. */
static bool write_page(struct page *p, const char *folder, const char *id, struct err *err)
{
    struct memory plots, overlay, blocks, script, data;
    memory_open(&plots);
    memory_open(&overlay);
    memory_open(&blocks);
    memory_open(&script);
    memory_open(&data);
    p->plots = plots.stream;
    p->overlay = overlay.stream;
    p->data = blocks.stream;
    p->chart->kind->lay_out(p);
    blocks_end(p);
    memory_close(&plots);
    memory_close(&overlay);
    memory_close(&blocks);
    write_texts(p, data.stream);
    fwrite(blocks.bytes, 1, blocks.size, data.stream);
    write_script(p, id, plots.bytes, overlay.bytes, script.stream);
    memory_close(&script);
    memory_close(&data);
    bool good = write_file(folder, arena_printf(p->scratch, "%s.tsv", id), data.bytes, data.size,
                           p->scratch, err) &&
                write_file(folder, arena_printf(p->scratch, "%s.gp", id), script.bytes, script.size,
                           p->scratch, err);
    free(plots.bytes);
    free(overlay.bytes);
    free(blocks.bytes);
    free(script.bytes);
    free(data.bytes);
    return good;
}

/* ---- pictures ---- */

static const char *const mend_child =
    "install gnuplot (Debian: apt-get install gnuplot-nox), or ask for --no-pictures";

static bool picture(const char *folder, const char *id, const char *format, struct arena *scratch,
                    struct err *err)
{
    static const char *const unset[] = {
        "GNUPLOT_LIB", "GNUTERM", "GNUPLOT_FONTPATH", "GNUPLOT_DEFAULT_GDFONT", "GDFONTPATH", NULL};
    const char *out = arena_printf(scratch, "%s.part", id);
    const char *argv[] = {"gnuplot",
                          "-d",
                          "-e",
                          arena_printf(scratch, "FMT='%s'; OUT='%s'", format, out),
                          arena_printf(scratch, "%s.gp", id),
                          NULL};
    const struct child child = {
        .argv = argv, .folder = folder, .unset = unset, .seconds = 60, .mend = mend_child};
    const char *temporary = arena_printf(scratch, "%s/%s.%s", folder, out, format);
    const char *path = arena_printf(scratch, "%s/%s.%s", folder, id, format);
    struct stat seen;
    unlink(temporary);
    if (!child_run(&child, err)) {
        unlink(temporary);
        return false;
    }
    if (stat(temporary, &seen) != 0 || seen.st_size == 0) {
        unlink(temporary);
        return err_at(
            err, ERR_CHILD,
            &(struct problem){.file = path, .what = "gnuplot left no picture", .mend = mend_child});
    }
    if (rename(temporary, path) != 0)
        return err_at(err, ERR_FILE, &(struct problem){.file = path, .what = strerror(errno)});
    return true;
}

/* ---- all charts ---- */

/* An id becomes file names and a word of the script: nothing but these may be in it. */
static bool good_id(const char *id)
{
    return *id && *id != '-' && strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789_-") == strlen(id);
}

static bool write_chart(const struct chart *chart, const char *folder, bool pictures,
                        struct err *err)
{
    assert(good_id(chart->id) && chart->n_panels > 0);
    bool good = true;
    size_t n_pages = chart_n_pages(chart), most = chart->kind->panels_per_page;
    for (size_t k = 1; k <= n_pages && good; k++) {
        struct arena *scratch = arena_new();
        size_t first = (k - 1) * most, left = chart->n_panels - first;
        struct page page = {.chart = chart,
                            .first = first,
                            .n_panels = left < most ? left : most,
                            .number = k,
                            .n_pages = n_pages,
                            .width = PAGE_WIDTH,
                            .scratch = scratch};
        const char *id = chart_page_id(chart, k, scratch);
        good = write_page(&page, folder, id, err);
        if (good && pictures)
            good = picture(folder, id, "svg", scratch, err) &&
                   picture(folder, id, "png", scratch, err);
        arena_free(scratch);
    }
    return good;
}

static bool write_style(const char *folder, struct err *err)
{
    struct memory style;
    struct arena *scratch = arena_new();
    memory_open(&style);
    style_write(style.stream);
    memory_close(&style);
    bool good = write_file(folder, "style.gp", style.bytes, style.size, scratch, err);
    free(style.bytes);
    arena_free(scratch);
    return good;
}

/* The charts while several threads draw them: each writes to its own error. */
struct drawing {
    const struct report *report;
    const char *folder;
    bool pictures;
    struct err *error;  /* [n_charts] */
    atomic_bool failed; /* then no further picture is begun: gnuplot may be hanging */
};

static void draw_chart(size_t index, void *context)
{
    struct drawing *d = context;
    bool pictures = d->pictures && !atomic_load(&d->failed);
    if (!write_chart(&d->report->charts[index], d->folder, pictures, &d->error[index]))
        atomic_store(&d->failed, true);
}

bool charts_write(const struct report *report, const char *folder, bool pictures, struct err *err)
{
    if (report->n_charts == 0)
        return true;
    if (!write_style(folder, err))
        return false;
    struct arena *scratch = arena_new();
    struct drawing d = {.report = report,
                        .folder = folder,
                        .pictures = pictures,
                        .error = ARENA_NEW(scratch, struct err, report->n_charts)};
    workers_run(report->n_charts, 0, draw_chart, &d);
    for (size_t i = 0; i < report->n_charts && err->code == ERR_NONE; i++)
        *err = d.error[i];
    arena_free(scratch);
    return err->code == ERR_NONE;
}
