/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/labelled/labelled.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/labelled/settle.h"
#include "io/program/isolate.h"

/* What the parser may take: room for the file several times over, and a minute. */
#define MEMORY ((size_t)512 << 20)
enum { MEMORY_PER_BYTE = 4, SECONDS = 60, BYTES_PER_SECOND = 1 << 20 };

struct opened {
    int fd;
    uint64_t size;
    uint8_t head[LABELLED_HEAD];
    size_t n_head;
};

/* Not a pipe: to open one and close it again would end who writes into it. */
static bool open_labelled(const char *path, struct opened *file, int *why)
{
    struct stat about;
    bool there = stat(path, &about) == 0;
    *why = there ? 0 : errno;
    if (there && S_ISDIR(about.st_mode))
        *why = EISDIR;
    if (!there || !S_ISREG(about.st_mode))
        return false;
    file->fd = open(path, O_RDONLY | O_CLOEXEC);
    if (file->fd < 0) {
        *why = errno;
        return false;
    }
    ssize_t n = pread(file->fd, file->head, sizeof file->head, 0);
    file->n_head = n > 0 ? (size_t)n : 0;
    file->size = (uint64_t)about.st_size;
    return true;
}

/* SPSS encrypts with a password from version 21 on: a number of 8 bytes, and the word.  A text
   ("id,name,ENCRYPTED") has no NUL. */
static bool is_encrypted(const uint8_t *head, size_t n)
{
    enum { NUMBER = 8 };
    static const char told[] = "ENCRYPTED";
    return n >= 36 && memchr(head, 0, NUMBER) && memcmp(head + NUMBER, told, sizeof told - 1) == 0;
}

bool labelled_begins(const char *path)
{
    struct opened file;
    int why;
    if (!open_labelled(path, &file, &why))
        return false;
    close(file.fd);
    return labelled_kind_of(file.head, file.n_head) || is_encrypted(file.head, file.n_head);
}

/* ---- refusals ---- */

static bool refuse(const char *path, const char *what, const char *mend, struct err *err)
{
    return err_at(err, ERR_SYNTAX, &(struct problem){.file = path, .what = what, .mend = mend});
}

bool labelled_no_ledger(const char *name, const void *head, size_t n, struct err *err)
{
    char what[64];
    const struct labelled_kind *kind = labelled_kind_of(head, n);
    if (!kind && !is_encrypted(head, n))
        return true;
    const char *program = kind ? kind->program : "SPSS";
    snprintf(what, sizeof what, "is a data file of %s (.%s)", program, kind ? kind->name : "sav");
    return refuse(name, what,
                  "surveys and lists of customers may be such files, ledgers may not: export it "
                  "from that program as CSV or .xlsx",
                  err);
}

bool labelled_no_ledger_file(const char *path, struct err *err)
{
    struct opened file;
    int why;
    if (!open_labelled(path, &file, &why))
        return true; /* who opens it will tell */
    close(file.fd);
    return labelled_no_ledger(path, file.head, file.n_head, err);
}

static const char *save_anew(const struct labelled_kind *kind, struct arena *keep)
{
    return arena_printf(keep,
                        "open it in %s and save it anew%s, or export it as CSV with one header row",
                        kind->program, strcmp(kind->word, "spss") == 0 ? " as .sav" : "");
}

static bool unreadable(const struct labelled_kind *kind, const char *path, const char *why,
                       struct arena *keep, struct err *err)
{
    const char *what = arena_printf(keep, "cannot be read as a file of %s (.%s): %s", kind->program,
                                    kind->name, why);
    return refuse(path, what, save_anew(kind, keep), err);
}

/* How the isolated reader ended, where it did not tell all. */
static const char *ended_by(int signal, struct arena *keep)
{
    if (signal == SIGXCPU || signal == SIGKILL)
        return "it took more time or memory than such a file may";
    if (signal > 0)
        return arena_printf(keep, "the reader crashed on it (%s)", strsignal(signal));
    return "the reader stopped in the middle of it";
}

/* ---- the reading ---- */

/* Starts the reader.  ReadStat writes the letters of portable files as the locale has it. */
static bool start(const struct labelled_kind *kind, const struct isolated_work *work,
                  struct isolated *running, struct err *err)
{
    if (!kind->mends_head)
        return isolate_start(work, running, err);
    locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    if (!utf8)
        return err_set(err, ERR_FILE,
                       "portable files of SPSS cannot be read here: the system has "
                       "no locale C.UTF-8");
    locale_t before = uselocale(utf8);
    const bool started = isolate_start(work, running, err);
    uselocale(before);
    freelocale(utf8);
    return started;
}

/* What the isolated reader tells of the file; NULL on error.  To be freed. */
static struct gathering *gather(const struct labelled_kind *kind, const char *path,
                                const struct opened *file, struct arena *keep, struct err *err)
{
    struct isolated running;
    struct isolated_work work = {
        .work = labelled_parse,
        .context = kind,
        .file = file->fd,
        .memory = MEMORY + MEMORY_PER_BYTE * (size_t)file->size,
        .seconds = SECONDS + (size_t)(file->size / BYTES_PER_SECOND),
    };
    if (!start(kind, &work, &running, err))
        return NULL;
    struct gathering *g = gathering_new(keep);
    const char *why;
    gathering_read(g, running.from);
    int signal = isolate_end(&running);
    const struct gathered *told = gathering_end(g, &why);
    if (told && told->status == 0)
        return g;
    why = told  ? arena_strdup(keep, told->said)
          : why ? arena_printf(keep, "the reader told of %s", why)
                : ended_by(signal, keep);
    unreadable(kind, path, why, keep, err);
    gathering_free(g);
    return NULL;
}

static bool all_cases(const struct gathered *told, const struct labelled_kind *kind,
                      const char *path, struct arena *keep, struct err *err)
{
    if (!kind->counts_cases || told->told_rows < 0 || (size_t)told->told_rows == told->n_rows)
        return true;
    return unreadable(kind, path,
                      arena_printf(keep, "it announces %lld cases and holds %zu",
                                   (long long)told->told_rows, told->n_rows),
                      keep, err);
}

static const struct labelled_kind *kind_of(const struct opened *file, const char *path,
                                           const char *word, struct err *err)
{
    const struct labelled_kind *kind = labelled_kind_of(file->head, file->n_head);
    if (kind && (!word || strcmp(kind->word, word) == 0))
        return kind;
    if (is_encrypted(file->head, file->n_head))
        refuse(path, "is encrypted with a password",
               "open it in SPSS with the password, and save it without one", err);
    else if (kind)
        err_at(err, ERR_SYNTAX,
               &(struct problem){.file = path,
                                 .column = "format",
                                 .value = word,
                                 .what = "is declared for a file that begins as another's",
                                 .mend = "leave format: out: the file tells it"});
    else
        refuse(path, "does not begin as a file of SPSS, Stata or SAS does",
               "is it the right file? A .sas7bdat, .sav, .zsav, .por or .dta is wanted", err);
    return NULL;
}

static const struct labelled *read_opened(const struct opened *file, const char *path,
                                          const char *word, const char *encoding,
                                          const char **remark, struct arena *keep, struct err *err)
{
    const struct labelled *l = NULL;
    const struct labelled_kind *kind = kind_of(file, path, word, err);
    const char *why = kind && kind->damage ? kind->damage(file->head, file->n_head) : NULL;
    if (why)
        unreadable(kind, path, why, keep, err);
    struct gathering *g = kind && !why ? gather(kind, path, file, keep, err) : NULL;
    if (!g)
        return NULL;
    const struct gathered *told = gathering_end(g, &why);
    if (all_cases(told, kind, path, keep, err))
        l = labelled_settle(told, kind, path, encoding, remark, keep, err);
    gathering_free(g);
    return l;
}

const struct labelled *labelled_read_replacing(const char *path, const char *word,
                                               const char *encoding, const char **remark,
                                               struct arena *keep, struct err *err)
{
    struct opened file;
    int why;
    if (!open_labelled(path, &file, &why)) {
        err_at(err, ERR_FILE,
               &(struct problem){.file = path,
                                 .what = why ? strerror(why) : "is not a file that stays",
                                 .mend = why ? "check its name and folder"
                                             : "save it as a file first: it is read twice"});
        return NULL;
    }
    const struct labelled *l = read_opened(&file, path, word, encoding, remark, keep, err);
    close(file.fd);
    return l;
}

const struct labelled *labelled_read(const char *path, const char *word, const char *encoding,
                                     struct arena *keep, struct err *err)
{
    return labelled_read_replacing(path, word, encoding, NULL, keep, err);
}
