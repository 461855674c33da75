/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_BASE_WORKERS_H
#define MODELS_BASE_WORKERS_H

#include <stddef.h>

/* Runs task(0, context) ... task(n_tasks - 1, context) on up to n_threads
   threads (0: one per processor) and returns when all are done.  A task writes
   only to what belongs to its index, so that the result is the same for any
   number of threads. */
void workers_run(size_t n_tasks, size_t n_threads, void (*task)(size_t index, void *context),
                 void *context);

/* Processors that this process may use. */
size_t workers_available(void);

#endif
