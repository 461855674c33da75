/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/bytes/spill.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "models/base/arena.h"

struct spill {
    struct arena *memory;
    const char *folder;
    pthread_mutex_t opening;
    atomic_int fd;            /* -1: not made yet */
    atomic_uint_fast64_t end; /* of what has been handed out */
};

/* /tmp is often memory itself; large files belong into /var/tmp (Filesystem Hierarchy
   Standard 3.0, sec. 5.15). */
static const char *folder_for_spills(void)
{
    const char *chosen = getenv("TMPDIR");
    if (chosen && *chosen)
        return chosen;
    return access("/var/tmp", W_OK | X_OK) == 0 ? "/var/tmp" : "/tmp";
}

struct spill *spill_new(void)
{
    struct arena *memory = arena_new();
    struct spill *s = ARENA_NEW(memory, struct spill, 1);
    s->memory = memory;
    s->folder = arena_strdup(memory, folder_for_spills());
    pthread_mutex_init(&s->opening, NULL);
    atomic_init(&s->fd, -1);
    atomic_init(&s->end, 0);
    return s;
}

void spill_free(struct spill *s)
{
    if (!s)
        return;
    if (s->fd >= 0)
        close(s->fd);
    pthread_mutex_destroy(&s->opening);
    arena_free(s->memory);
}

static bool cannot(const struct spill *s, const char *what, int number, struct err *err)
{
    char text[256];
    const bool full = number == ENOSPC || number == EDQUOT || number == EFBIG;
    snprintf(text, sizeof text, "%s: %s", what, strerror(number));
    return err_at(err, ERR_FILE,
                  &(struct problem){.file = s->folder,
                                    .what = text,
                                    .mend = full ? "name a folder with more room in the "
                                                   "environment variable TMPDIR"
                                                 : "name another folder in the environment "
                                                   "variable TMPDIR"});
}

/* Without a name where the file system can, else its name is taken away at once. */
static int open_nameless(const char *folder, struct arena *memory)
{
    int fd = open(folder, O_TMPFILE | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0)
        return fd;
    char *name = arena_printf(memory, "%s/saydo-XXXXXX", folder);
    fd = mkostemp(name, O_CLOEXEC);
    if (fd >= 0)
        unlink(name);
    return fd;
}

/* The file's descriptor; -1 and an error where it cannot be made. */
static int file_of(struct spill *s, struct err *err)
{
    int fd = s->fd;
    if (fd >= 0)
        return fd;
    pthread_mutex_lock(&s->opening);
    fd = s->fd;
    if (fd < 0) {
        fd = open_nameless(s->folder, s->memory);
        if (fd < 0)
            cannot(s, "a temporary file cannot be made", errno, err);
        s->fd = fd;
    }
    pthread_mutex_unlock(&s->opening);
    return fd;
}

bool spill_write(struct spill *s, const void *bytes, size_t n, uint64_t *at, struct err *err)
{
    const unsigned char *from = bytes;
    const int fd = file_of(s, err);
    if (fd < 0)
        return false;
    *at = atomic_fetch_add(&s->end, n);
    for (uint64_t to = *at; n > 0;) {
        const ssize_t written = pwrite(fd, from, n, (off_t)to);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return cannot(s, "a temporary file cannot be written", written < 0 ? errno : ENOSPC,
                          err);
        from += written;
        to += (uint64_t)written;
        n -= (size_t)written;
    }
    return true;
}

bool spill_read(const struct spill *s, uint64_t at, void *bytes, size_t n, struct err *err)
{
    unsigned char *to = bytes;
    while (n > 0) {
        const ssize_t came = pread(s->fd, to, n, (off_t)at);
        if (came < 0 && errno == EINTR)
            continue;
        if (came <= 0)
            return cannot(s, "a temporary file cannot be read", came < 0 ? errno : EIO, err);
        to += came;
        at += (uint64_t)came;
        n -= (size_t)came;
    }
    return true;
}

uint64_t spill_size(const struct spill *s)
{
    return s->end;
}
