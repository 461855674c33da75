/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/program/output.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "io/text/parse.h"

struct output {
    const char *path;
    char *temporary; /* name of the file while it is written; NULL: it has none */
    FILE *stream;
    bool special; /* a device such as /dev/null: written in place */
};

static bool cannot(struct err *err, const char *path, const char *what, const char *mend)
{
    char text[160];
    snprintf(text, sizeof text, "%s: %s", what, strerror(errno));
    return err_at(err, ERR_FILE, &(struct problem){.file = path, .what = text, .mend = mend});
}

static char *folder_of(const char *path, struct arena *keep)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return arena_strdup(keep, ".");
    return slash == path ? arena_strdup(keep, "/")
                         : arena_strndup(keep, path, (size_t)(slash - path));
}

/* A descriptor for a file to be, without a name where the file system can. */
static int open_unnamed(struct output *out, struct arena *keep)
{
    const char *folder = folder_of(out->path, keep);
    int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0666);
    if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL))
        return fd;
    out->temporary = arena_printf(keep, "%s/.saydo-%ld.tmp", folder, (long)getpid());
    return open(out->temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
}

struct output *output_open(const char *path, struct arena *keep, struct err *err)
{
    struct stat st;
    struct output *out = ARENA_NEW(keep, struct output, 1);
    out->path = path;
    if (stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
        errno = EISDIR;
        cannot(err, path, "cannot write", "give the name of a file");
        return NULL;
    }
    out->special = stat(path, &st) == 0 && !S_ISREG(st.st_mode);
    int fd = out->special ? open(path, O_WRONLY | O_CLOEXEC) : open_unnamed(out, keep);
    out->stream = fd >= 0 ? fdopen(fd, "w") : NULL;
    if (!out->stream) {
        cannot(err, path, "cannot write", "is the folder there, and may you write to it?");
        return NULL;
    }
    return out;
}

FILE *output_stream(struct output *out)
{
    return out->stream;
}

void output_abandon(struct output *out)
{
    fclose(out->stream);
    if (out->temporary)
        unlink(out->temporary);
}

/* Gives an unnamed file a name beside its place. */
static bool name_it(struct output *out, char *name, size_t size)
{
    char self[64];
    const char *slash = strrchr(out->path, '/');
    int folder = slash ? (int)(slash - out->path) + 1 : 0;
    snprintf(name, size, "%.*s.saydo-%ld.tmp", folder, out->path, (long)getpid());
    snprintf(self, sizeof self, "/proc/self/fd/%d", fileno(out->stream));
    unlink(name);
    return linkat(AT_FDCWD, self, AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0;
}

bool output_commit(struct output *out, struct err *err)
{
    char name[4096];
    bool arrived = fflush(out->stream) == 0 && !ferror(out->stream);
    if (arrived && !out->special) {
        arrived = fsync(fileno(out->stream)) == 0;
        if (arrived && !out->temporary) {
            arrived = name_it(out, name, sizeof name);
            out->temporary = arrived ? name : NULL;
        }
        arrived = arrived && rename(out->temporary, out->path) == 0;
    }
    if (!arrived) {
        cannot(err, out->path, "cannot write", "is the disk full?");
        output_abandon(out);
        return false;
    }
    out->temporary = NULL;
    if (fclose(out->stream) != 0)
        return cannot(err, out->path, "cannot write", "is the disk full?");
    return true;
}

enum { CREATED_2020 = 1577836800 };

time_t output_created(void)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    int64_t seconds;
    bool good = epoch && parse_whole(epoch, strlen(epoch), &seconds) && seconds > 0 &&
                seconds < 253402300800;
    return good ? (time_t)seconds : CREATED_2020;
}

/* ---- folders ---- */

static bool make_folders(const char *path, struct err *err)
{
    char *copy = strdup(path);
    bool made = copy != NULL;
    for (char *p = copy ? copy + 1 : NULL; made && p && *p; p++)
        if (*p == '/') {
            *p = '\0';
            made = mkdir(copy, 0777) == 0 || errno == EEXIST;
            *p = '/';
        }
    made = made && (mkdir(path, 0777) == 0 || errno == EEXIST);
    free(copy);
    return made || cannot(err, path, "cannot make the folder", "choose another with -o");
}

static void hold_signals(int how)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    pthread_sigmask(how, &set, NULL);
}

bool output_interrupted(struct err *err)
{
    sigset_t waiting;
    sigpending(&waiting);
    if (!sigismember(&waiting, SIGINT) && !sigismember(&waiting, SIGTERM) &&
        !sigismember(&waiting, SIGHUP))
        return false;
    err_set(err, ERR_INTERRUPTED, "interrupted: nothing was written");
    return true;
}

bool output_folder_open(const char *path, struct output_folder *folder, struct arena *keep,
                        struct err *err)
{
    char *clean = arena_strdup(keep, path);
    for (size_t n = strlen(clean); n > 1 && clean[n - 1] == '/'; n--)
        clean[n - 1] = '\0';
    if (!make_folders(clean, err))
        return false;
    struct stat st;
    if (stat(clean, &st) != 0 || !S_ISDIR(st.st_mode)) {
        errno = ENOTDIR;
        return cannot(err, clean, "cannot write into it", "choose another folder with -o");
    }
    char *staged = arena_printf(keep, "%s/.saydo-XXXXXX", clean);
    hold_signals(SIG_BLOCK);
    if (!mkdtemp(staged)) {
        hold_signals(SIG_UNBLOCK);
        return cannot(err, clean, "cannot write into it",
                      "may you write there? choose another "
                      "folder with -o");
    }
    *folder = (struct output_folder){.final = clean, .staged = staged};
    return true;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *where)
{
    (void)st, (void)kind, (void)where;
    remove(path);
    return 0;
}

void output_folder_abandon(struct output_folder *folder)
{
    nftw(folder->staged, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    hold_signals(SIG_UNBLOCK);
}

/* Moves the files of one folder into another that exists; `last` is left. */
static bool move_files(const char *from, const char *to, const char *last, struct err *err)
{
    DIR *d = opendir(from);
    struct arena *scratch = arena_new();
    bool moved = d != NULL;
    for (struct dirent *e; moved && (e = readdir(d));) {
        struct stat st;
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0 ||
            (last && strcmp(e->d_name, last) == 0))
            continue;
        const char *a = arena_printf(scratch, "%s/%s", from, e->d_name);
        const char *b = arena_printf(scratch, "%s/%s", to, e->d_name);
        if (stat(a, &st) == 0 && S_ISDIR(st.st_mode))
            moved = make_folders(b, err) && move_files(a, b, NULL, err);
        else if (rename(a, b) != 0)
            moved = cannot(err, b, "cannot be put in place", "may you write there?");
    }
    if (d)
        closedir(d);
    arena_free(scratch);
    return moved;
}

bool output_folder_commit(struct output_folder *folder, const char *last, struct err *err)
{
    char from[4096], to[4096];
    bool moved = move_files(folder->staged, folder->final, last, err);
    snprintf(from, sizeof from, "%s/%s", folder->staged, last);
    snprintf(to, sizeof to, "%s/%s", folder->final, last);
    if (moved && rename(from, to) != 0 && errno != ENOENT)
        moved = cannot(err, to, "cannot be put in place", "may you write there?");
    output_folder_abandon(folder);
    return moved;
}

static void leave(int signal_number)
{
    (void)signal_number;
    _exit(130);
}

void output_signals(void)
{
    struct sigaction stop = {.sa_handler = leave};
    sigemptyset(&stop.sa_mask);
    sigaction(SIGINT, &stop, NULL);
    signal(SIGCHLD, SIG_DFL); /* where the parent ignores it, a child's status is lost */
}
