/* SPDX-License-Identifier: GPL-3.0-or-later
   The parts of io/scan/scan.h that are written once for each kind of processor.  All give
   the same results; the tests run every one that the machine can. */
#ifndef IO_SCAN_KERNEL_H
#define IO_SCAN_KERNEL_H

#include "io/scan/scan.h"

struct scan_kernel {
    const char *name;
    bool (*runs_here)(void);

    /* Fills the arrays of s with the whole records in bytes [from, to), and says what it
       saw (quoted, unix_lines); false if that text is one for the state machine. */
    bool (*index)(struct scan *s, size_t from, size_t to);

    /* As scan_cut(), for a text with quotes; false if they are not those of RFC 4180. */
    bool (*cut)(char delimiter, const char *bytes, size_t n, size_t *cut);

    uint64_t (*lines)(const char *bytes, size_t n); /* as scan_lines() */
    bool (*utf8)(const char *bytes, size_t n);      /* whether all of it is */
};

/* The fastest first.  X(kernel) */
#if defined(__x86_64__)
#define SCAN_KERNEL_LIST(X) X(scan_avx512) X(scan_avx2) X(scan_sse2) X(scan_portable)
#elif defined(__aarch64__)
#define SCAN_KERNEL_LIST(X) X(scan_neon) X(scan_portable)
#else
#define SCAN_KERNEL_LIST(X) X(scan_portable)
#endif

#define X(kernel) extern const struct scan_kernel kernel;
SCAN_KERNEL_LIST(X)
#undef X

/* All of them, NULL at the end. */
extern const struct scan_kernel *const scan_kernels[];

/* Ends and records of a window found so far; the arrays have room for SCAN_SLACK
   entries more, which a kernel may write and not count. */
struct found {
    uint32_t *end, *record;
    size_t n_ends, n_records;
};

enum { SCAN_SLACK = 64 };

/* scan_cut() by one of them; a scanner's own is s->kernel, set by scan_new(). */
size_t scan_cut_by(const struct scan_kernel *kernel, char delimiter, const char *bytes, size_t n);

#endif
