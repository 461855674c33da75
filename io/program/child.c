/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/program/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "models/base/arena.h"

extern char **environ;

enum { SAID = 401, POLL_MILLISECONDS = 5 };

/* What a running child has told so far. */
struct running {
    pid_t pid;
    int from; /* its stderr; -1: closed */
    char said[SAID];
    size_t n_said;
    int status;
    bool timed_out;
};

static bool is_unset(const char *entry, const char *const *unset)
{
    for (; unset && *unset; unset++) {
        size_t n = strlen(*unset);
        if (strncmp(entry, *unset, n) == 0 && entry[n] == '=')
            return true;
    }
    return false;
}

static char **environment_without(const char *const *unset, struct arena *scratch)
{
    size_t n = 0, kept = 0;
    while (environ[n])
        n++;
    char **left = ARENA_NEW(scratch, char *, n + 1);
    for (size_t i = 0; i < n; i++)
        if (!is_unset(environ[i], unset))
            left[kept++] = environ[i];
    return left;
}

/* Default signals, nothing blocked: a parent that ignores SIGPIPE must not pass that on. */
static int fresh_signals(posix_spawnattr_t *how)
{
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    sigdelset(&all, SIGKILL);
    sigdelset(&all, SIGSTOP);
    int fault = posix_spawnattr_setsigmask(how, &none);
    if (!fault)
        fault = posix_spawnattr_setsigdefault(how, &all);
    if (!fault)
        fault = posix_spawnattr_setflags(how, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    return fault;
}

static int wire(posix_spawn_file_actions_t *files, const char *folder, const int ends[2])
{
    int fault = posix_spawn_file_actions_addopen(files, 0, "/dev/null", O_RDONLY, 0);
    if (!fault)
        fault = posix_spawn_file_actions_addopen(files, 1, "/dev/null", O_WRONLY, 0);
    if (!fault)
        fault = posix_spawn_file_actions_adddup2(files, ends[1], 2);
    if (!fault && folder)
        fault = posix_spawn_file_actions_addchdir_np(files, folder);
    return fault;
}

/* 0, or the errno of what failed. */
static int spawn(const struct child *child, const int ends[2], pid_t *pid, struct arena *scratch)
{
    size_t n = 0;
    while (child->argv[n])
        n++;
    char **argv = ARENA_NEW(scratch, char *, n + 1);
    for (size_t i = 0; i < n; i++)
        argv[i] = arena_strdup(scratch, child->argv[i]);
    posix_spawn_file_actions_t files;
    posix_spawnattr_t how;
    int fault = posix_spawn_file_actions_init(&files);
    if (fault)
        return fault;
    fault = posix_spawnattr_init(&how);
    if (!fault) {
        fault = wire(&files, child->folder, ends);
        if (!fault)
            fault = fresh_signals(&how);
        if (!fault)
            fault = posix_spawnp(pid, argv[0], &files, &how, argv,
                                 environment_without(child->unset, scratch));
        posix_spawnattr_destroy(&how);
    }
    posix_spawn_file_actions_destroy(&files);
    return fault;
}

/* What the child writes is read to its end, and kept as far as there is room. */
static void listen_to(struct running *r)
{
    char piece[512];
    struct pollfd watch = {.fd = r->from, .events = POLLIN};
    if (poll(&watch, 1, POLL_MILLISECONDS) <= 0 || r->from < 0)
        return;
    ssize_t n = read(r->from, piece, sizeof piece);
    if (n <= 0) {
        close(r->from);
        r->from = -1;
        return;
    }
    size_t room = SAID - 1 - r->n_said, take = (size_t)n < room ? (size_t)n : room;
    memcpy(r->said + r->n_said, piece, take);
    r->n_said += take;
}

static double seconds_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void follow(struct running *r, double seconds)
{
    double deadline = seconds_now() + seconds;
    pid_t ended = 0;
    while (ended == 0) {
        listen_to(r);
        ended = waitpid(r->pid, &r->status, WNOHANG);
        if (ended < 0 && errno == EINTR)
            ended = 0;
        if (ended == 0 && !r->timed_out && seconds_now() > deadline) {
            r->timed_out = true;
            kill(r->pid, SIGKILL);
        }
    }
    for (int quiet = 0; r->from >= 0 && quiet < 4; quiet++) {
        size_t before = r->n_said;
        listen_to(r);
        quiet = r->n_said > before ? -1 : quiet;
    }
    if (r->from >= 0)
        close(r->from);
}

/* The last lines are indented and blank in gnuplot's messages: one line is enough. */
static void flatten(char *text)
{
    char *to = text;
    for (const char *p = text; *p; p++) {
        bool blank = *p == '\n' || *p == '\t' || *p == '\r' || *p == ' ';
        if (!blank)
            *to++ = *p;
        else if (to > text && to[-1] != ' ')
            *to++ = ' ';
    }
    while (to > text && to[-1] == ' ')
        to--;
    *to = '\0';
}

static bool judge(const struct child *child, struct running *r, struct err *err)
{
    char what[600];
    const char *name = child->argv[0];
    flatten(r->said);
    const char *said = r->said[0] ? r->said : "(it said nothing)";
    if (r->timed_out)
        snprintf(what, sizeof what, "%s was stopped after %g seconds: %s", name, child->seconds,
                 said);
    else if (WIFSIGNALED(r->status))
        snprintf(what, sizeof what, "%s was killed by signal %d: %s", name, WTERMSIG(r->status),
                 said);
    else if (WEXITSTATUS(r->status) != 0)
        snprintf(what, sizeof what, "%s failed with status %d: %s", name, WEXITSTATUS(r->status),
                 said);
    else
        return true;
    return err_at(err, ERR_CHILD, &(struct problem){.what = what, .mend = child->mend});
}

bool child_run(const struct child *child, struct err *err)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return err_set(err, ERR_CHILD, "no pipe to %s: %s", child->argv[0], strerror(errno));
    struct arena *scratch = arena_new();
    struct running r = {.from = ends[0]};
    int fault = spawn(child, ends, &r.pid, scratch);
    arena_free(scratch);
    close(ends[1]);
    if (fault) {
        char what[200];
        close(ends[0]);
        snprintf(what, sizeof what, "%s cannot be run: %s", child->argv[0], strerror(fault));
        return err_at(err, ERR_CHILD, &(struct problem){.what = what, .mend = child->mend});
    }
    follow(&r, child->seconds);
    return judge(child, &r, err);
}
