/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/program/isolate.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Where the copy finds its file and its pipe. */
enum { FILE_AT = 3, PIPE_AT = 4 };

#if defined __x86_64__
#define MACHINE AUDIT_ARCH_X86_64
#elif defined __aarch64__
#define MACHINE AUDIT_ARCH_AARCH64
#else
#define MACHINE 0
#endif

/* The calls that are left: the file, the pipe, memory, the process's own end. */
static const int allowed[] = {
    SYS_read,         SYS_write,  SYS_pread64,        SYS_lseek,        SYS_fstat,
    SYS_brk,          SYS_mmap,   SYS_munmap,         SYS_mremap,       SYS_mprotect,
    SYS_madvise,      SYS_futex,  SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_getpid,
    SYS_gettid,       SYS_tgkill, SYS_clock_gettime,  SYS_getrandom,    SYS_exit,
    SYS_exit_group,   SYS_close,  SYS_sigaltstack,    SYS_rt_sigaction, SYS_sched_yield,
    SYS_gettimeofday,
};
enum { N_ALLOWED = sizeof allowed / sizeof *allowed, N_BEFORE = 4 };

/* Any other call fails as if it were forbidden to the user. */
static void leave_few_calls(void)
{
    struct sock_filter steps[N_BEFORE + N_ALLOWED + 2] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, MACHINE, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
    };
    for (unsigned char i = 0; i < N_ALLOWED; i++)
        steps[N_BEFORE + i] = (struct sock_filter)BPF_JUMP(
            BPF_JMP | BPF_JEQ | BPF_K, (unsigned)allowed[i], (unsigned char)(N_ALLOWED - i), 0);
    steps[N_BEFORE + N_ALLOWED] =
        (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
    steps[N_BEFORE + N_ALLOWED + 1] =
        (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    struct sock_fprog program = {sizeof steps / sizeof *steps, steps};
    if (MACHINE && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

/* Bytes of address space that the process has now. */
static size_t address_space(void)
{
    char text[64] = "";
    unsigned long pages = 0;
    int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    if (fd >= 0 && read(fd, text, sizeof text - 1) > 0)
        pages = strtoul(text, NULL, 10);
    if (fd >= 0)
        close(fd);
    return pages * (size_t)sysconf(_SC_PAGESIZE);
}

static void limit(__rlimit_resource_t what, size_t most)
{
    struct rlimit had, want = {most, most};
    if (getrlimit(what, &had) == 0 && had.rlim_max < most)
        want.rlim_cur = want.rlim_max = had.rlim_max;
    setrlimit(what, &want);
}

static void confine(const struct isolated_work *w)
{
    size_t space = address_space();
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_CPU, w->seconds);
    if (space > 0)
        limit(RLIMIT_AS, space + w->memory);
    limit(RLIMIT_NOFILE, PIPE_AT + 1);
    leave_few_calls();
}

/* Only the file, the pipe and /dev/null stay open; false: they cannot be put in place. */
static bool hold_only(int file, int to)
{
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    int high = fcntl(to, F_DUPFD, PIPE_AT + 1), source = fcntl(file, F_DUPFD, PIPE_AT + 1);
    if (null < 0 || high < 0 || source < 0)
        return false;
    for (int fd = 0; fd <= 2; fd++)
        if (dup2(null, fd) < 0)
            return false;
    if (dup2(source, FILE_AT) < 0 || dup2(high, PIPE_AT) < 0)
        return false;
    return close_range(PIPE_AT + 1, ~0U, 0) == 0;
}

/* What a library would do on a fault of its own is not to be inherited from a test or a tool. */
static void fresh_signals(void)
{
    static const int deadly[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGXCPU, SIGTERM};
    sigset_t none;
    for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++)
        signal(deadly[i], SIG_DFL);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGINT, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static void be_the_copy(const struct isolated_work *w, int to)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    fresh_signals();
    if (!hold_only(w->file, to))
        _exit(1);
    confine(w);
    w->work(FILE_AT, PIPE_AT, w->context);
    _exit(0);
}

bool isolate_start(const struct isolated_work *w, struct isolated *running, struct err *err)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return err_set(err, ERR_CHILD, "no pipe can be made: %s", strerror(errno));
    pid_t pid = fork();
    if (pid == 0)
        be_the_copy(w, ends[1]);
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return err_set(err, ERR_CHILD, "no process can be started: %s", strerror(errno));
    }
    *running = (struct isolated){pid, ends[0]};
    return true;
}

int isolate_end(struct isolated *running)
{
    int status = 0;
    close(running->from);
    pid_t ended;
    do
        ended = waitpid(running->pid, &status, 0);
    while (ended < 0 && errno == EINTR);
    if (ended < 0)
        return -1;
    if (WIFSIGNALED(status))
        return WTERMSIG(status);
    return WEXITSTATUS(status) == 0 ? 0 : -1;
}
