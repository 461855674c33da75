/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/program/folder.h"

#include <jansson.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/chart/charts.h"
#include "io/program/output.h"
#include "io/text/glyph.h"

static bool write_rendered(const struct renderer *renderer, const struct report *report,
                           const struct render_options *options, const char *path, struct err *err)
{
    struct arena *scratch = arena_new();
    struct output *out = output_open(path, scratch, err);
    bool done = out && renderer->render(report, options, output_stream(out), err);
    if (out && !done)
        output_abandon(out);
    done = done && output_commit(out, err);
    arena_free(scratch);
    return done;
}

static bool write_bytes(const char *path, const char *bytes, size_t size, struct err *err)
{
    struct arena *scratch = arena_new();
    char *slash, *folder = arena_strdup(scratch, path);
    if ((slash = strrchr(folder, '/'))) {
        *slash = '\0';
        mkdir(folder, 0777);
    }
    struct output *out = output_open(path, scratch, err);
    if (out)
        fwrite(bytes, 1, size, output_stream(out));
    bool done = out && output_commit(out, err);
    arena_free(scratch);
    return done;
}

static bool make_folder(const char *path, struct err *err)
{
    if (mkdir(path, 0777) == 0)
        return true;
    return err_at(err, ERR_FILE,
                  &(struct problem){.file = path,
                                    .what = "the folder cannot be made",
                                    .mend = "is the disk full?"});
}

static bool write_tables(const struct report *report, const struct render_options *options,
                         const char *folder, struct arena *keep, struct err *err)
{
    struct render_options one = *options;
    if (!make_folder(folder, err))
        return false;
    for (size_t i = 0; i < report->n_tables; i++) {
        one.table = report->tables[i].id;
        if (output_interrupted(err) ||
            !write_rendered(&renderer_csv, report, &one,
                            arena_printf(keep, "%s/%s.csv", folder, one.table), err))
            return false;
    }
    return true;
}

/* A file's name may be no UTF-8, which JSON is. */
static json_t *valid_string(const char *text, struct arena *scratch)
{
    return json_string(text_valid(text, scratch));
}

static json_t *fact_value(const struct fact *f, struct arena *scratch)
{
    json_t *v = f->is_number ? json_loads(f->value, JSON_DECODE_ANY, NULL) : NULL;
    return v ? v : valid_string(f->value, scratch);
}

static json_t *sentences(const struct report *report, struct arena *scratch)
{
    json_t *found = json_array();
    for (size_t i = 0; i < report->n_lines; i++)
        json_array_append_new(found, valid_string(report->lines[i], scratch));
    return found;
}

/* What was found in words, facts by section, then the names of what was written. */
static char *manifest_text(const struct report *report, struct arena *scratch)
{
    json_t *root = json_object(), *tables = json_array(), *charts = json_array();
    json_object_set_new(root, "title", valid_string(report->title ? report->title : "", scratch));
    json_object_set_new(root, "found", sentences(report, scratch));
    for (size_t i = 0; i < report->n_facts; i++) {
        const struct fact *f = &report->facts[i];
        json_t *section = json_object_get(root, f->section);
        if (!section) {
            section = json_object();
            json_object_set_new(root, f->section, section);
        }
        json_object_set_new(section, text_valid(f->name, scratch), fact_value(f, scratch));
    }
    for (size_t i = 0; i < report->n_tables; i++) {
        json_t *t = json_pack("{s:s, s:I}", "name", report->tables[i].id, "rows",
                              (json_int_t)report->tables[i].frame->n_rows);
        json_array_append_new(tables, t);
    }
    for (size_t i = 0; i < report->n_charts; i++)
        json_array_append_new(charts, json_string(report->charts[i].id));
    json_object_set_new(root, "tables", tables);
    json_object_set_new(root, "charts", charts);
    char *text = json_dumps(root, JSON_INDENT(2) | JSON_REAL_PRECISION(15));
    json_decref(root);
    return text;
}

static bool write_manifest(const struct report *report, const char *path, struct err *err)
{
    struct arena *scratch = arena_new();
    char *text = manifest_text(report, scratch);
    if (!text) {
        arena_free(scratch);
        return err_set(err, ERR_FILE, "the manifest cannot be made: not enough memory");
    }
    char *line = arena_printf(scratch, "%s\n", text);
    bool done = write_bytes(path, line, strlen(line), err);
    free(text);
    arena_free(scratch);
    return done;
}

static bool write_files(const struct report *report, const char *folder, struct arena *keep,
                        struct err *err)
{
    for (size_t i = 0; i < report->n_files; i++) {
        const struct made_file *f = &report->files[i];
        if (output_interrupted(err) ||
            !write_bytes(arena_printf(keep, "%s/%s", folder, f->name), f->bytes, f->size, err))
            return false;
    }
    return true;
}

/* Everything, staged; *pictures_failed takes the error of gnuplot. */
static bool fill(const struct report *report, const struct render_options *options, bool pictures,
                 const char *staged, struct err *pictures_failed, struct arena *keep,
                 struct err *err)
{
    struct render_options with_charts = *options;
    with_charts.table = NULL;
    if (!write_files(report, staged, keep, err))
        return false;
    if (report->n_charts) {
        with_charts.charts_folder = arena_printf(keep, "%s/charts", staged);
        if (!make_folder(with_charts.charts_folder, err))
            return false;
        charts_write(report, with_charts.charts_folder, pictures, pictures_failed);
        if (output_interrupted(err))
            return false;
        if (pictures_failed->code != ERR_NONE && pictures_failed->code != ERR_CHILD) {
            *err = *pictures_failed;
            return false;
        }
    }
    if (report->n_tables &&
        (!write_tables(report, options, arena_printf(keep, "%s/tables", staged), keep, err) ||
         !write_rendered(&renderer_workbook, report, &with_charts,
                         arena_printf(keep, "%s/report.xlsx", staged), err)))
        return false;
    return write_manifest(report, arena_printf(keep, "%s/manifest.json", staged), err) &&
           !output_interrupted(err);
}

/* Tells an error of a staged file with the name that the file would have had. */
static void tell_final(const struct output_folder *folder, struct arena *scratch, struct err *err)
{
    size_t n = strlen(folder->staged);
    struct err was = *err;
    if (was.code == ERR_NONE || strncmp(was.file, folder->staged, n) != 0)
        return;
    *err = (struct err){0};
    err_at(err, was.code,
           &(struct problem){.file = arena_printf(scratch, "%s%s", folder->final, was.file + n),
                             .line = was.line,
                             .what = was.what,
                             .mend = was.mend});
}

/* All is there but the pictures. */
static bool without_pictures(const char *path, const struct err *failed, struct arena *scratch,
                             struct err *err)
{
    const char *what = failed->file[0] ? arena_printf(scratch, "%s: %s", failed->file, failed->what)
                                       : failed->what;
    return err_at(
        err, ERR_CHILD,
        &(struct problem){.file = path,
                          .what = arena_printf(scratch, "all is there but the pictures: %s", what),
                          .mend = failed->mend});
}

/* Pictures of an earlier run do not stand beside the new numbers. */
static void remove_old_pictures(const struct report *report, const struct output_folder *folder,
                                struct arena *scratch)
{
    static const char *const ending[] = {"svg", "png"};
    for (size_t i = 0; i < report->n_charts; i++)
        for (size_t k = 0; k < sizeof ending / sizeof *ending; k++) {
            const char *name =
                arena_printf(scratch, "charts/%s.%s", report->charts[i].id, ending[k]);
            if (access(arena_printf(scratch, "%s/%s", folder->staged, name), F_OK) != 0)
                unlink(arena_printf(scratch, "%s/%s", folder->final, name));
        }
}

bool folder_write(const struct report *report, const char *path,
                  const struct render_options *options, bool pictures, struct err *err)
{
    struct arena *scratch = arena_new();
    struct output_folder folder;
    struct err pictures_failed = {0};
    bool done = output_folder_open(path, &folder, scratch, err);
    if (done && !fill(report, options, pictures, folder.staged, &pictures_failed, scratch, err)) {
        output_folder_abandon(&folder);
        tell_final(&folder, scratch, err);
        done = false;
    }
    if (done)
        remove_old_pictures(report, &folder, scratch);
    done = done && output_folder_commit(&folder, "manifest.json", err);
    if (done && pictures_failed.code != ERR_NONE) {
        tell_final(&folder, scratch, &pictures_failed);
        done = without_pictures(folder.final, &pictures_failed, scratch, err);
    }
    arena_free(scratch);
    return done;
}

void folder_tell(const struct report *report, const char *path, FILE *stream)
{
    size_t n = strlen(path);
    fprintf(stream, "Written to %s%s ", path, n && path[n - 1] == '/' ? ":" : "/:");
    if (report->n_files == 1)
        fprintf(stream, "%s, ", report->files[0].name);
    else if (report->n_files > 1)
        fprintf(stream, "%s and %zu more files, ", report->files[0].name, report->n_files - 1);
    if (report->n_tables)
        fputs("report.xlsx, ", stream);
    if (report->n_charts)
        fputs("charts/, ", stream);
    if (report->n_tables)
        fputs("tables/, ", stream);
    fputs("manifest.json\n", stream);
}
