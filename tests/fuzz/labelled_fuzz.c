/* SPDX-License-Identifier: GPL-3.0-or-later
   Fuzzer of the reading of labelled files, parser and all: whatever it does to ReadStat, which
   is alone in a process of its own, ours goes on with a frame or a message
   (scripts/fuzz labelled). */
#include <stdlib.h>
#include <stdio.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "io/labelled/labelled.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[64];
    int fd = memfd_create("labelled", MFD_CLOEXEC);
    if (fd < 0 || write(fd, data, size) != (ssize_t)size)
        abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    struct arena *keep = arena_new();
    struct err err = {0};
    const struct labelled *l = labelled_read(path, NULL, NULL, keep, &err);
    if (l ? err.code != ERR_NONE : err_exit_status(&err) != 3)
        abort();
    arena_free(keep);
    close(fd);
    return 0;
}
