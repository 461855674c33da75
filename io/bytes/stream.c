/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/bytes/stream.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "io/bytes/stream_internal.h"
#include "models/base/arena.h"

#define INPUT_SIZE ((size_t)1 << 16)
#define OUTPUT_SIZE ((size_t)1 << 16)

/* How bytes are got out of the file: one for each packing. */
typedef bool reading(struct stream *s, void *buffer, size_t size, size_t *got, struct err *err);

struct stream {
    struct arena *own;
    const char *name; /* as the user named it */
    int fd;           /* -1: bytes in memory, all of them in `input` from the start */
    reading *read;
    uint64_t position, size;
    struct stream_stamp stamp;
    int wake[2]; /* of a pipe: a byte comes out of wake[0] at stream_stop() */
    atomic_bool stopped;
    unsigned char *output; /* [OUTPUT_SIZE] unpacked, output[next..ready) not yet given */
    size_t next, ready;
    unsigned char *input; /* bytes of the file that are not yet given: input[at..end) */
    size_t at, end;
    bool at_end; /* the file has no more bytes than those */
    bool inside; /* within a gzip member or a zstd frame */
    bool behind; /* behind the end of one */
    z_stream gzip;
    ZSTD_DStream *zstd;
    void (*tap)(void *context, const void *bytes, size_t n); /* NULL: none */
    void *tap_context;
    struct stream *source; /* of what is made; NULL: it is a file's */
    struct stream_maker maker;
    void *made_by;
};

static bool problem(const struct stream *s, enum err_code code, const char *what, const char *mend,
                    struct err *err)
{
    return err_at(err, code, &(struct problem){.file = s->name, .what = what, .mend = mend});
}

static bool cannot_read(const struct stream *s, int error, struct err *err)
{
    switch (error) {
    case ENOENT:
    case ENOTDIR:
        return problem(s, ERR_FILE, "there is no such file", "check its name and folder", err);
    case EACCES:
    case EPERM:
        return problem(s, ERR_FILE, "you may not read this file", "ask for permission to read it",
                       err);
    case EISDIR:
        return problem(s, ERR_FILE, "is a folder", "name a file in it", err);
    default:
        return problem(s, ERR_FILE, strerror(error), "check the disk or the network share", err);
    }
}

/* A pipe may be silent for as long as its writer likes. */
static bool is_stopped(struct stream *s)
{
    struct pollfd two[2] = {{.fd = s->fd, .events = POLLIN}, {.fd = s->wake[0], .events = POLLIN}};
    if (s->wake[0] >= 0)
        while (poll(two, 2, -1) < 0 && errno == EINTR)
            continue;
    return atomic_load(&s->stopped);
}

/* As many bytes of the file as it gives at once, 0 only at the end. */
static bool take_bytes(struct stream *s, void *buffer, size_t size, size_t *got, struct err *err)
{
    ssize_t n;
    *got = 0;
    if (s->at_end || is_stopped(s))
        return true;
    do
        n = read(s->fd, buffer, size);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return cannot_read(s, errno, err);
    s->at_end = n == 0;
    s->position += (uint64_t)n;
    *got = (size_t)n;
    if (s->tap && n > 0)
        s->tap(s->tap_context, buffer, *got);
    return true;
}

/* Input for a decoder: after it, at == end only at the end of the file. */
static bool refill(struct stream *s, struct err *err)
{
    if (s->at < s->end)
        return true;
    s->at = 0;
    return take_bytes(s, s->input, INPUT_SIZE, &s->end, err);
}

static bool damaged(const struct stream *s, const char *what, struct err *err)
{
    return problem(s, ERR_SYNTAX, what, "fetch or pack the file again", err);
}

static bool read_plain(struct stream *s, void *buffer, size_t size, size_t *got, struct err *err)
{
    size_t ready = s->end - s->at;
    if (ready == 0)
        return take_bytes(s, buffer, size, got, err);
    *got = ready < size ? ready : size;
    memcpy(buffer, s->input + s->at, *got);
    s->at += *got;
    return true;
}

static const char not_packed[] = "bytes that are not packed follow the packed data";

/* A gzip file is one or more members, one after the other (RFC 1952, 2.2). */
static bool inflate_some(struct stream *s, struct err *err)
{
    s->gzip.next_in = s->input + s->at;
    s->gzip.avail_in = (uInt)(s->end - s->at);
    int status = inflate(&s->gzip, Z_NO_FLUSH);
    s->at = s->end - s->gzip.avail_in;
    if (status == Z_STREAM_END) {
        s->inside = false;
        s->behind = true;
        return inflateReset(&s->gzip) == Z_OK || damaged(s, "cannot be unpacked", err);
    }
    if (status == Z_OK || status == Z_BUF_ERROR)
        return true;
    if (status == Z_MEM_ERROR)
        return problem(s, ERR_FILE, "needs more memory to unpack than there is", NULL, err);
    return damaged(
        s, s->behind && s->gzip.total_out == 0 ? not_packed : "the packed data are damaged", err);
}

static bool read_gzip(struct stream *s, void *buffer, size_t size, size_t *got, struct err *err)
{
    const uInt room = (uInt)size;
    s->gzip.next_out = buffer;
    s->gzip.avail_out = room;
    *got = 0;
    while (s->gzip.avail_out == room) {
        if (!refill(s, err))
            return false;
        if (s->at == s->end)
            return !s->inside || damaged(s, "the packed data end too early", err);
        s->inside = true;
        if (!inflate_some(s, err))
            return false;
    }
    *got = room - s->gzip.avail_out;
    return true;
}

/* Likewise frames; what the decoder still holds comes out before it takes more. */
static bool read_zstd(struct stream *s, void *buffer, size_t size, size_t *got, struct err *err)
{
    ZSTD_outBuffer out = {buffer, size, 0};
    *got = 0;
    while (out.pos == 0) {
        if (!refill(s, err))
            return false;
        const bool no_more = s->at == s->end;
        if (no_more && !s->inside)
            return true;
        ZSTD_inBuffer in = {s->input, s->end, s->at};
        size_t left = ZSTD_decompressStream(s->zstd, &out, &in);
        s->at = in.pos;
        if (ZSTD_isError(left))
            return damaged(s, s->behind && !s->inside ? not_packed : ZSTD_getErrorName(left), err);
        s->inside = left != 0;
        s->behind |= left == 0;
        if (no_more && s->inside && out.pos == 0)
            return damaged(s, "the packed data end too early", err);
    }
    *got = out.pos;
    return true;
}

static bool starts_with_gzip(const unsigned char *p, size_t n)
{
    return n >= 2 && p[0] == 0x1f && p[1] == 0x8b;
}

/* A frame, or a skippable frame in front of one (RFC 8878, 3.1). */
static bool starts_with_zstd(const unsigned char *p, size_t n)
{
    return n >= 4 && ((p[0] == 0x28 && p[1] == 0xb5 && p[2] == 0x2f && p[3] == 0xfd) ||
                      ((p[0] & 0xf0) == 0x50 && p[1] == 0x2a && p[2] == 0x4d && p[3] == 0x18));
}

static bool choose_decoder(struct stream *s, struct err *err)
{
    const unsigned char *start = s->input + s->at;
    bool ready = true;
    s->read = read_plain;
    if (starts_with_gzip(start, s->end - s->at)) {
        ready = inflateInit2(&s->gzip, 15 + 16) == Z_OK;
        s->read = ready ? read_gzip : read_plain;
    } else if (starts_with_zstd(start, s->end - s->at)) {
        s->zstd = ZSTD_createDStream();
        ready = s->zstd != NULL;
        s->read = read_zstd;
    }
    if (!ready)
        return problem(s, ERR_FILE, "needs more memory to unpack than there is", NULL, err);
    if (stream_is_compressed(s))
        s->output = ARENA_NEW(s->own, unsigned char, OUTPUT_SIZE);
    return true;
}

/* Enough bytes to see what the file is, or all that it has. */
static bool read_start(struct stream *s, struct err *err)
{
    size_t got;
    while (!s->at_end && s->end < 4) {
        if (!take_bytes(s, s->input + s->end, INPUT_SIZE - s->end, &got, err))
            return false;
        s->end += got;
    }
    return true;
}

static bool open_file(struct stream *s, const char *path, struct err *err)
{
    struct stat about;
    s->fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (s->fd < 0 || fstat(s->fd, &about) != 0)
        return cannot_read(s, errno, err);
    if (S_ISDIR(about.st_mode))
        return cannot_read(s, EISDIR, err);
    if (S_ISREG(about.st_mode)) {
        s->size = (uint64_t)about.st_size;
        s->stamp = stream_stamp(s);
        posix_fadvise(s->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
    } else if (pipe2(s->wake, O_CLOEXEC) != 0) {
        return cannot_read(s, errno, err);
    }
    return true;
}

static struct stream *new_stream(const char *name)
{
    struct arena *own = arena_new();
    struct stream *s = ARENA_NEW(own, struct stream, 1);
    s->own = own;
    s->name = arena_strdup(own, name);
    s->fd = s->wake[0] = s->wake[1] = -1;
    return s;
}

struct stream *stream_open(const char *path, struct err *err)
{
    struct stream *s = new_stream(strcmp(path, "-") == 0 ? "(standard input)" : path);
    s->input = ARENA_NEW(s->own, unsigned char, INPUT_SIZE);
    if (open_file(s, path, err) && read_start(s, err) && choose_decoder(s, err))
        return s;
    stream_close(s);
    return NULL;
}

struct stream *stream_of_bytes(const char *name, const void *bytes, size_t n, struct err *err)
{
    struct stream *s = new_stream(name);
    s->input = arena_copy(s->own, bytes, n, 1);
    s->end = n;
    s->size = s->position = n;
    s->at_end = true;
    if (choose_decoder(s, err))
        return s;
    stream_close(s);
    return NULL;
}

static bool read_made(struct stream *s, void *buffer, size_t size, size_t *got, struct err *err)
{
    return s->maker.read(s->made_by, buffer, size, got, err);
}

struct stream *stream_made(struct stream *source, const struct stream_maker *maker, void *self)
{
    struct stream *s = new_stream(source->name);
    s->source = source;
    s->maker = *maker;
    s->made_by = self;
    s->read = read_made;
    return s;
}

/* Packed data are unpacked in steps of one size, whatever is asked for, so that
   damage shows at the same place for every reader. */
bool stream_read(struct stream *s, void *buffer, size_t size, size_t *got, struct err *err)
{
    assert(size > 0);
    if (!stream_is_compressed(s))
        return s->read(s, buffer, size, got, err);
    if (s->next == s->ready) {
        s->next = 0;
        if (!s->read(s, s->output, OUTPUT_SIZE, &s->ready, err))
            return false;
    }
    *got = s->ready - s->next < size ? s->ready - s->next : size;
    memcpy(buffer, s->output + s->next, *got);
    s->next += *got;
    return true;
}

/* What was taken so far is still in the input buffer, from its beginning. */
void stream_tap(struct stream *s, void (*tap)(void *context, const void *bytes, size_t n),
                void *context)
{
    if (s->source) {
        stream_tap(s->source, tap, context);
        return;
    }
    assert(!tap || s->position == s->end);
    s->tap = tap;
    s->tap_context = context;
    if (tap && s->end > 0)
        tap(context, s->input, s->end);
}

bool stream_is_tapped(const struct stream *s)
{
    return s->tap != NULL;
}

const char *stream_name(const struct stream *s)
{
    return s->name;
}

uint64_t stream_position(const struct stream *s)
{
    if (s->source && s->maker.position)
        return s->maker.position(s->made_by);
    return s->source ? stream_position(s->source) : s->position;
}

uint64_t stream_size(const struct stream *s)
{
    return s->source ? stream_size(s->source) : s->size;
}

bool stream_is_compressed(const struct stream *s)
{
    return s->read == read_gzip || s->read == read_zstd;
}

bool stream_is_direct(const struct stream *s)
{
    return s->read == read_plain && s->at == s->end;
}

int stream_descriptor(const struct stream *s, uint64_t *given)
{
    if (s->read != read_plain || s->fd <= STDIN_FILENO || s->stamp.inode == 0)
        return -1;
    *given = s->position - (s->end - s->at);
    return s->fd;
}

struct stream_stamp stream_stamp(const struct stream *s)
{
    struct stat about;
    if (s->source)
        return stream_stamp(s->source);
    if (s->fd < 0 || fstat(s->fd, &about) != 0 || !S_ISREG(about.st_mode))
        return (struct stream_stamp){.inode = 0};
    return (struct stream_stamp){.device = (uint64_t)about.st_dev,
                                 .inode = (uint64_t)about.st_ino,
                                 .size = (uint64_t)about.st_size,
                                 .seconds = about.st_mtim.tv_sec,
                                 .nanoseconds = about.st_mtim.tv_nsec};
}

bool stream_unchanged(const struct stream *s, const struct stream_stamp *then, struct err *err)
{
    const struct stream_stamp now = stream_stamp(s);
    const char *what = NULL;
    if (now.size != then->size)
        what = now.size > then->size ? "grew while it was read" : "shrank while it was read";
    else if (now.device != then->device || now.inode != then->inode)
        what = "was replaced while it was read";
    else if (now.seconds != then->seconds || now.nanoseconds != then->nanoseconds)
        what = "was written to while it was read";
    return !what || problem(s, ERR_SYNTAX, what, "copy it first, and read the copy", err);
}

void stream_stop(struct stream *s)
{
    if (s->source)
        stream_stop(s->source);
    atomic_store(&s->stopped, true);
    if (s->wake[1] >= 0 && write(s->wake[1], "", 1) < 0)
        return; /* the byte of an earlier call is still there */
}

void stream_close(struct stream *s)
{
    if (!s)
        return;
    for (int i = 0; i < 2; i++)
        if (s->wake[i] >= 0)
            close(s->wake[i]);
    if (s->source)
        s->maker.close(s->made_by);
    if (s->read == read_gzip)
        inflateEnd(&s->gzip);
    ZSTD_freeDStream(s->zstd);
    if (s->fd > STDIN_FILENO)
        close(s->fd);
    arena_free(s->own);
}
