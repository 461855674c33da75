/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/base/workers.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

enum { MAX_THREADS = 256 };

struct work {
    size_t n_tasks;
    atomic_size_t next;
    void (*task)(size_t index, void *context);
    void *context;
};

static void *work_on(void *argument)
{
    struct work *work = argument;
    for (size_t i; (i = atomic_fetch_add(&work->next, 1)) < work->n_tasks;)
        work->task(i, work->context);
    return NULL;
}

size_t workers_available(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) != 0)
        return 1;
    int n = CPU_COUNT(&set);
    return n > 0 ? (size_t)n : 1;
}

void workers_run(size_t n_tasks, size_t n_threads, void (*task)(size_t index, void *context),
                 void *context)
{
    struct work work = {.n_tasks = n_tasks, .task = task, .context = context};
    pthread_t thread[MAX_THREADS];
    size_t started = 0;
    if (n_threads == 0)
        n_threads = workers_available();
    if (n_threads > n_tasks)
        n_threads = n_tasks;
    if (n_threads > MAX_THREADS)
        n_threads = MAX_THREADS;
    /* A thread that cannot be started is no error: this one does its share. */
    while (started + 1 < n_threads && pthread_create(&thread[started], NULL, work_on, &work) == 0)
        started++;
    work_on(&work);
    for (size_t i = 0; i < started; i++)
        pthread_join(thread[i], NULL);
}
