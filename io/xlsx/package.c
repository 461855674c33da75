/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/xlsx/package.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <zip.h>

#include "io/bytes/ahead.h"
#include "io/bytes/stream.h"

/* Bytes of a zip file about each entry: local header, entry of the directory (both with the
   name behind them), and the directory's end (APPNOTE 4.3). */
enum { LOCAL_HEADER = 30, DIRECTORY_ENTRY = 46, DIRECTORY_END = 22 };
enum { MOST_ENTRIES = 10000, PIECE = 1 << 16 };

static const char fetch_again[] = "fetch or copy the file again";

struct entry {
    const char *name; /* slashes forward, none in front */
    zip_uint64_t index, size, packed;
    bool locked;
};

struct package {
    const char *name;
    struct xlsx_limits limits;
    struct arena *keep;
    zip_t *zip;
    pthread_mutex_t *lock; /* of `zip`: parts may be unpacked by several threads */
    uint64_t file_size;
    size_t n;
    struct entry *entry;
};

/* Unpacked bytes of a part; err is set where what follows could not be had. */
struct piece {
    unsigned char *bytes; /* [PIECE], NULL: not yet used */
    size_t n;
    struct err err;
};

struct part {
    const struct package *package;
    const struct entry *entry;
    uint64_t limit, unpacked;
    zip_file_t *file;
    struct arena *own;
    struct ahead *ahead; /* unpacks pieces */
    struct piece *piece; /* the one that is being read, bytes[at .. n) not yet given ... */
    size_t at;
    uint64_t given; /* ... and the bytes before */
};

bool package_wrong(const struct package *p, const char *place, const char *value, const char *what,
                   const char *mend, struct err *err)
{
    return err_at(
        err, ERR_SYNTAX,
        &(struct problem){
            .file = p->name, .column = place, .value = value, .what = what, .mend = mend});
}

const char *package_name(const struct package *p)
{
    return p->name;
}

/* ---- what kind of file it is ---- */

static const char ole[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

static bool begins(const unsigned char *bytes, size_t n, const char *mark, size_t length)
{
    return n >= length && memcmp(bytes, mark, length) == 0;
}

static bool is_ole(const unsigned char *bytes, size_t n)
{
    return begins(bytes, n, ole, sizeof ole - 1);
}

/* A bare stream of records: Excel 2 to 4 ([MS-XLS] 2.4.21, BOF). */
static bool is_biff(const unsigned char *bytes, size_t n)
{
    return n >= 4 && bytes[0] == 0x09 && strchr("\x02\x04\x08", bytes[1]) && bytes[1] &&
           bytes[3] == 0;
}

bool xlsx_begins(const void *bytes, size_t n)
{
    return begins(bytes, n, "PK\3\4", 4) || begins(bytes, n, "PK\5\6", 4) || is_ole(bytes, n) ||
           is_biff(bytes, n);
}

/* A name of a stream in the directory of a compound file ([MS-CFB] 2.6.1), in UTF-16. */
static bool holds_wide(const unsigned char *bytes, size_t n, const char *word)
{
    unsigned char wide[64];
    size_t length = strlen(word);
    for (size_t i = 0; i < length; i++) {
        wide[2 * i] = (unsigned char)word[i];
        wide[2 * i + 1] = 0;
    }
    return memmem(bytes, n, wide, 2 * length) != NULL;
}

static bool refuse_kind(const struct package *p, const unsigned char *bytes, size_t n,
                        struct err *err)
{
    if (is_ole(bytes, n) && holds_wide(bytes, n, "EncryptedPackage"))
        return package_wrong(p, NULL, NULL, "is locked with a password",
                             "open it in Excel, take the password off and save it again", err);
    if (is_ole(bytes, n) || is_biff(bytes, n))
        return package_wrong(
            p, NULL, NULL, "is a workbook of Excel 97-2003 (.xls), which is not read",
            "save it as .xlsx, or run: soffice --headless --convert-to xlsx FILE", err);
    if (n == 0)
        return package_wrong(p, NULL, NULL, "is empty", fetch_again, err);
    return package_wrong(p, NULL, NULL, "is no Excel workbook (.xlsx)",
                         "open it in the program it comes from and save it as .xlsx", err);
}

/* ---- opening ---- */

static bool refuse_zip(const struct package *p, int code, struct err *err)
{
    zip_error_t error;
    if (code == ZIP_ER_NOZIP || code == ZIP_ER_INCONS || code == ZIP_ER_EOF)
        return package_wrong(p, NULL, NULL,
                             "is cut off or damaged: the directory at its end cannot be read",
                             fetch_again, err);
    zip_error_init_with_code(&error, code);
    package_wrong(p, NULL, zip_error_strerror(&error), "cannot be unpacked", fetch_again, err);
    zip_error_fini(&error);
    return false;
}

static const char *plain_name(const char *stored, struct arena *keep)
{
    while (*stored == '/' || *stored == '\\')
        stored++;
    char *name = arena_strdup(keep, stored);
    for (char *c = name; *c; c++)
        if (*c == '\\')
            *c = '/';
    return name;
}

static bool take_entry(struct package *p, size_t i, struct err *err)
{
    zip_stat_t stat;
    const zip_uint64_t all = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
    if (zip_stat_index(p->zip, i, ZIP_FL_ENC_RAW, &stat) < 0 || (stat.valid & all) != all)
        return package_wrong(p, NULL, NULL, "is damaged: its directory cannot be read", fetch_again,
                             err);
    p->entry[i] = (struct entry){.name = plain_name(stat.name, p->keep),
                                 .index = i,
                                 .size = stat.size,
                                 .packed = stat.comp_size,
                                 .locked = (stat.valid & ZIP_STAT_ENCRYPTION_METHOD) &&
                                           stat.encryption_method != ZIP_EM_NONE};
    return true;
}

static int by_name(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    return strcasecmp(x->name, y->name);
}

/* Two parts of one name: which of them is meant differs from reader to reader.  More packed
   bytes than the file has: entries overlap, as only bombs have them (Fifield 2019, A better zip
   bomb, WOOT). */
static bool check_entries(struct package *p, struct err *err)
{
    uint64_t sum = DIRECTORY_END;
    qsort(p->entry, p->n, sizeof *p->entry, by_name);
    for (size_t i = 0; i < p->n; i++) {
        const uint64_t around = LOCAL_HEADER + DIRECTORY_ENTRY + 2 * strlen(p->entry[i].name);
        if (i > 0 && strcasecmp(p->entry[i - 1].name, p->entry[i].name) == 0)
            return package_wrong(p, p->entry[i].name, NULL, "stands in the file twice",
                                 "save it again in Excel", err);
        if (p->entry[i].packed > p->file_size ||
            (sum += p->entry[i].packed + around) > p->file_size)
            return package_wrong(p, p->entry[i].name, NULL,
                                 "overlaps another part of the file: this is a zip bomb, or damage",
                                 fetch_again, err);
    }
    return true;
}

static bool take_entries(struct package *p, struct err *err)
{
    zip_int64_t n = zip_get_num_entries(p->zip, 0);
    if (n < 0 || n > MOST_ENTRIES)
        return package_wrong(p, NULL, NULL, "has more parts than a workbook can have",
                             "save it again in Excel", err);
    p->n = (size_t)n;
    p->entry = ARENA_NEW(p->keep, struct entry, p->n);
    for (size_t i = 0; i < p->n; i++)
        if (!take_entry(p, i, err))
            return false;
    return check_entries(p, err);
}

static struct package *package_new(const char *name, const struct xlsx_limits *limits,
                                   struct arena *keep)
{
    struct package *p = ARENA_NEW(keep, struct package, 1);
    *p = (struct package){.name = arena_strdup(keep, name),
                          .limits = *limits,
                          .keep = keep,
                          .lock = ARENA_NEW(keep, pthread_mutex_t, 1)};
    return p;
}

/* The source is given up in any case. */
static struct package *open_source(struct package *p, zip_source_t *source, zip_error_t *error,
                                   struct err *err)
{
    if (source)
        p->zip = zip_open_from_source(source, ZIP_RDONLY, error);
    if (!p->zip) {
        refuse_zip(p, zip_error_code_zip(error), err);
        zip_source_free(source);
    } else {
        pthread_mutex_init(p->lock, NULL);
    }
    zip_error_fini(error);
    if (p->zip && take_entries(p, err))
        return p;
    package_close(p);
    return NULL;
}

/* `owned`: bytes of malloc, which go with the package. */
static struct package *open_bytes(struct package *p, const void *bytes, size_t n, bool owned,
                                  struct err *err)
{
    zip_error_t error;
    if (!begins(bytes, n, "PK", 2)) {
        refuse_kind(p, bytes, n, err);
        if (owned)
            free((void *)(uintptr_t)bytes);
        return NULL;
    }
    p->file_size = n;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(bytes, n, owned, &error);
    if (!source && owned)
        free((void *)(uintptr_t)bytes);
    return open_source(p, source, &error, err);
}

struct package *package_open_bytes(const char *name, const void *bytes, size_t n,
                                   const struct xlsx_limits *limits, struct arena *keep,
                                   struct err *err)
{
    return open_bytes(package_new(name, limits, keep), bytes, n, false, err);
}

/* All that a stream gives, behind the n bytes that are there; NULL on error. */
static unsigned char *slurp(const struct package *p, struct stream *stream,
                            const unsigned char *first, size_t *n, struct err *err)
{
    size_t room = 16 * (size_t)PIECE, got = *n;
    unsigned char *bytes = malloc(room);
    if (bytes)
        memcpy(bytes, first, *n);
    while (bytes && got > 0) {
        if (room - *n < PIECE) {
            unsigned char *more = room < p->limits.strings_bytes ? realloc(bytes, room *= 2) : NULL;
            if (!more)
                break;
            bytes = more;
        }
        if (!stream_read(stream, bytes + *n, PIECE, &got, err)) {
            free(bytes);
            return NULL;
        }
        *n += got;
    }
    if (bytes && got == 0)
        return bytes;
    free(bytes);
    package_wrong(p, NULL, NULL, "is too large to be read from a pipe or unpacked",
                  "save it to a file of its own, unpacked", err);
    return NULL;
}

static bool read_start(struct stream *stream, unsigned char *bytes, size_t size, size_t *n,
                       struct err *err)
{
    size_t got = 1;
    for (*n = 0; *n < size && got > 0; *n += got)
        if (!stream_read(stream, bytes + *n, size - *n, &got, err))
            return false;
    return true;
}

static struct package *open_start(struct package *p, struct stream *stream, const char *path,
                                  struct err *err)
{
    unsigned char start[PIECE];
    size_t n;
    zip_error_t error;
    if (!read_start(stream, start, sizeof start, &n, err))
        return NULL;
    if (!begins(start, n, "PK", 2)) {
        refuse_kind(p, start, n, err);
        return NULL;
    }
    if (strcmp(path, "-") == 0 || stream_is_compressed(stream) || stream_size(stream) == 0) {
        unsigned char *all = slurp(p, stream, start, &n, err);
        return all ? open_bytes(p, all, n, true, err) : NULL;
    }
    p->file_size = stream_size(stream);
    zip_error_init(&error);
    return open_source(p, zip_source_file_create(path, 0, -1, &error), &error, err);
}

struct package *package_open(const char *path, const struct xlsx_limits *limits, struct arena *keep,
                             struct err *err)
{
    struct stream *stream = stream_open(path, err);
    if (!stream)
        return NULL;
    struct package *p = open_start(package_new(path, limits, keep), stream, path, err);
    stream_close(stream);
    return p;
}

void package_close(struct package *p)
{
    if (!p || !p->zip)
        return;
    zip_discard(p->zip);
    p->zip = NULL;
    pthread_mutex_destroy(p->lock);
}

/* ---- parts ---- */

static const struct entry *find(const struct package *p, const char *name)
{
    const struct entry wanted = {.name = name};
    return bsearch(&wanted, p->entry, p->n, sizeof wanted, by_name);
}

bool package_has(const struct package *p, const char *name)
{
    return find(p, name) != NULL;
}

static bool too_large(const struct part *part, struct err *err)
{
    return package_wrong(part->package, part->entry->name, NULL,
                         "is larger than a part of a workbook may be when unpacked",
                         "save the data in several workbooks, or as CSV", err);
}

/* ---- their bytes ---- */

static bool read_zip(struct part *part, struct piece *piece, struct err *err)
{
    const struct package *p = part->package;
    if (!piece->bytes)
        piece->bytes = ARENA_NEW(part->own, unsigned char, PIECE);
    pthread_mutex_lock(p->lock);
    const zip_int64_t n = zip_fread(part->file, piece->bytes, PIECE);
    if (n < 0)
        package_wrong(p, part->entry->name, zip_file_strerror(part->file),
                      "cannot be unpacked: the file is damaged", fetch_again, err);
    pthread_mutex_unlock(p->lock);
    piece->n = n > 0 ? (size_t)n : 0;
    return n >= 0;
}

static bool check_size(const struct part *part, struct err *err)
{
    const struct xlsx_limits *limits = &part->package->limits;
    if (part->unpacked > part->limit)
        return too_large(part, err);
    if (part->unpacked > limits->ratio_from && part->unpacked / limits->ratio > part->entry->packed)
        return package_wrong(part->package, part->entry->name, NULL,
                             "unpacks to hundreds of times its size, as a zip bomb does",
                             "delete the empty rows and columns behind the data, and save it again",
                             err);
    return true;
}

static bool unpack(void *context, void *slot)
{
    struct part *part = context;
    struct piece *piece = slot;
    piece->err = (struct err){.code = ERR_NONE};
    if (!read_zip(part, piece, &piece->err))
        return false;
    part->unpacked += piece->n;
    if (!check_size(part, &piece->err))
        piece->n = 0;
    return piece->n > 0;
}

/* ---- opening them ---- */

static bool open_entry(struct part *part, struct err *err)
{
    const struct package *p = part->package;
    pthread_mutex_lock(p->lock);
    part->file = zip_fopen_index(p->zip, part->entry->index, 0);
    if (!part->file)
        package_wrong(p, part->entry->name, zip_strerror(p->zip), "cannot be unpacked",
                      "save it again in Excel", err);
    pthread_mutex_unlock(p->lock);
    return part->file != NULL;
}

static void start_reading(struct part *part)
{
    void *slot[AHEAD_SLOTS];
    part->own = arena_new();
    struct piece *pieces = ARENA_NEW(part->own, struct piece, AHEAD_SLOTS);
    for (size_t i = 0; i < AHEAD_SLOTS; i++)
        slot[i] = &pieces[i];
    part->ahead = ahead_new(slot, unpack, part, part->own);
}

struct part *part_open(struct package *p, const char *name, uint64_t limit, struct err *err)
{
    const struct entry *entry = find(p, name);
    if (!entry) {
        package_wrong(p, name, NULL, "is missing in the workbook", fetch_again, err);
        return NULL;
    }
    struct part *part = ARENA_NEW(p->keep, struct part, 1);
    *part = (struct part){.package = p, .entry = entry, .limit = limit};
    if (entry->locked) {
        package_wrong(p, name, NULL, "is locked with a password of the zip file",
                      "unpack it, and save it in Excel again", err);
        return NULL;
    }
    if (entry->size > limit) {
        too_large(part, err);
        return NULL;
    }
    if (!open_entry(part, err))
        return NULL;
    start_reading(part);
    return part;
}

/* An error stays the last piece. */
static bool next_piece(struct part *part, struct err *err)
{
    if (!part->piece || part->piece->n > 0)
        part->piece = ahead_take(part->ahead);
    part->at = 0;
    if (!part->piece)
        return err_set(err, ERR_INTERRUPTED, "%s: is closed", part->package->name);
    if (part->piece->err.code != ERR_NONE && err->code == ERR_NONE)
        *err = part->piece->err;
    return part->piece->err.code == ERR_NONE;
}

bool part_read(struct part *part, void *buffer, size_t size, size_t *got, struct err *err)
{
    *got = 0;
    if ((!part->piece || part->at == part->piece->n) && !next_piece(part, err))
        return false;
    const size_t left = part->piece->n - part->at;
    *got = left < size ? left : size;
    memcpy(buffer, part->piece->bytes + part->at, *got);
    part->at += *got;
    part->given += *got;
    return true;
}

double part_share(const struct part *part)
{
    const double size = (double)part->entry->size;
    return (double)part->given < size ? (double)part->given / size : 1;
}

void part_stop(struct part *part)
{
    ahead_stop(part->ahead);
}

const char *part_name(const struct part *part)
{
    return part->entry->name;
}

const struct package *part_package(const struct part *part)
{
    return part->package;
}

void part_close(struct part *part)
{
    if (!part || !part->file)
        return;
    ahead_end(part->ahead);
    pthread_mutex_lock(part->package->lock);
    zip_fclose(part->file);
    pthread_mutex_unlock(part->package->lock);
    part->file = NULL;
    arena_free(part->own);
}
