/* SPDX-License-Identifier: GPL-3.0-or-later
   bench-run TIMES NAME COMMAND...: runs the command and appends to the file TIMES a line of
   the name, seconds on the clock, seconds of processors (user and system, of the command and
   of what it waited for) and the largest resident memory of one process in kilobytes. Ends as
   the command did; then nothing is written. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double clock_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static long kilobytes(const struct rusage *used)
{
#ifdef __APPLE__
    return used->ru_maxrss / 1024; /* bytes there */
#else
    return used->ru_maxrss;
#endif
}

/* Runs command, NULL at its end; returns its exit status, 128 + n where signal n ended it. */
static int run(char **command, double *wall, struct rusage *used)
{
    const double start = clock_seconds();
    const pid_t child = fork();
    int status = 0;
    if (child == 0) {
        execvp(command[0], command);
        perror(command[0]);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, used) < 0) {
        perror("bench-run");
        return 1;
    }
    *wall = clock_seconds() - start;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int main(int argc, char **argv)
{
    double wall = 0;
    struct rusage used;
    if (argc < 4) {
        fputs("usage: bench-run TIMES NAME COMMAND...\n", stderr);
        return 2;
    }
    const int status = run(argv + 3, &wall, &used);
    if (status != 0)
        return status;
    FILE *const times = fopen(argv[1], "a");
    if (times == NULL ||
        fprintf(times, "%s %.6f %.6f %ld\n", argv[2], wall,
                seconds(used.ru_utime) + seconds(used.ru_stime), kilobytes(&used)) < 0 ||
        fclose(times) != 0) {
        perror(argv[1]);
        return 1;
    }
    return 0;
}
