/* SPDX-License-Identifier: GPL-3.0-or-later
   What ledgers say, line by line, and every complaint about one. */
#include "tests/check.h"

#include <sha2.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "io/ledger/internal.h"
#include "tests/ledger_case.h"

struct fixture {
    struct arena *keep;
    struct study *study;
    struct study_ledger *l;
    struct ledger_scan seen;
};

static struct fixture made_of(const void *bytes, size_t n)
{
    struct arena *keep = arena_new();
    struct study *s = ledger_case(temporary_file(bytes, n, keep), keep);
    return (struct fixture){.keep = keep, .study = s, .l = s->ledgers};
}

static struct fixture made(const char *text)
{
    return made_of(text, strlen(text));
}

static void end(struct fixture *f)
{
    unlink(f->l->file);
    arena_free(f->keep);
}

/* The same for chunks and windows of many sizes. */
static void reads(struct fixture *f, const char *want)
{
    static const size_t sizes[] = {0, 1, 2, 3, 7, 16, 31, 64, 100, 1000};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
        for (size_t window = 0; window < 128; window += 64) {
            const struct ledger_source *source =
                ledger_files_sized(f->study, sizes[i], window, f->keep);
            assert_string_equal(ledger_case_read(f->study, source, &f->seen, f->keep), want);
        }
}

/* An error is the same for any size of chunks and any number of threads. */
static void fails(struct fixture *f, const char *want)
{
    reads(f, want);
    for (size_t threads = 1; threads <= 3; threads++)
        for (size_t size = 1; size < 80; size += 13)
            assert_string_equal(ledger_case_error(f->study,
                                                  ledger_files_sized(f->study, size, 0, f->keep),
                                                  threads, f->keep),
                                want);
}

#define HEADER "key,doc,day,amount,type\n"

static void lines_of_every_kind(void **unused)
{
    (void)unused;
    struct fixture f = made(HEADER "a,1,2025-01-31,12.50,S\n"
                                   "b,2,2025-02-01,-3.00,R\n"
                                   "\n"
                                   "a,3,2025-02-01,-9.50,P\n"
                                   "c,4,2025-02-02,,I\n"
                                   " ,5,,,\n"
                                   "a,6,2025-02-03,-1,S");
    reads(&f, "a 1 2025-01-31 1250 sale\nb 2 2025-02-01 -300 return\n"
              "a 3 2025-02-01 0 payment\nc 4 2025-02-02 0 ignored\na 6 2025-02-03 -100 sale\n");
    const struct ledger_counts *c = f.seen.counts;
    assert_int_equal(c->lines, 6);
    assert_int_equal(c->kind[LEDGER_SALE], 2);
    assert_int_equal(c->kind[LEDGER_RETURN], 1);
    assert_int_equal(c->kind[LEDGER_PAYMENT], 1);
    assert_int_equal(c->kind[LEDGER_IGNORED], 1);
    assert_int_equal(c->kind[LEDGER_BLANK_KEY], 1);
    assert_int_equal(c->sale_negative, 1);
    assert_int_equal(c->return_positive, 0);
    assert_int_equal(c->n_days, 4);
    assert_int_equal(c->days[0], c->first);
    assert_int_equal(c->days[3], c->last);
    assert_int_equal(c->last - c->first, 3);
    assert_int_equal(f.seen.n_dropped, 3);
    assert_int_equal(f.seen.dropped[0].line, 5);
    assert_string_equal(f.seen.dropped[0].reason, "payment");
    assert_string_equal(f.seen.dropped[2].text, " ,5,,,");
    assert_string_equal(f.seen.dropped[2].reason, "blank key");
    end(&f);
}

static void marks_line_ends_and_quotes(void **unused)
{
    (void)unused;
    struct fixture f = made("\xef\xbb\xbf\"key\",doc,\"da\"\"y\",amount,type\r\n"
                            "\"a, \"\"b\"\"\",\"x\r\ny\",2025-01-31,\"1.00\",\"S\"\r\n"
                            "5\" pipe,2,2025-02-01,2.00,S\r\n"
                            "c,3,2025-02-01,3.0x,S\r\n");
    f.l->date = "da\"y";
    fails(&f, "FILE:5: amount: '3.0x' is no amount with decimal mark '.', at most 2 decimals and a "
              "leading sign; declare decimal:, thousands:, decimals: and the amount's sign: as the "
              "file has them");
    end(&f);
    f = made(HEADER "\"a, \"\"b\"\"\",\"x\r\ny\",2025-01-31,\"1.00\",\"S\"\r\n"
                    "5\" pipe,2,2025-02-01,2.00,S\r"
                    "c,,2025-02-01,3.00,S\n");
    reads(&f, "a, \"b\" x\r\ny 2025-01-31 100 sale\n5\" pipe 2 2025-02-01 200 sale\n"
              "c  2025-02-01 300 sale\n");
    end(&f);
}

static void german_export(void **unused)
{
    (void)unused;
    struct fixture f = made("Kunde;Stra\xdf"
                            "e;Beleg;Datum;Betrag;Art;W\xe4hr\r\n"
                            "M\xfcller;x;R1;01.02.2025;1.234,50;RV;EUR\r\n"
                            "M\xfcller;x;G1;2.2.2025;34,50-;GS\xc4;EUR\r\n"
                            "Meier;x;R2;03.02.2025;$ 5;RV;US$\r\n"
                            "Summe M\xfcller;;;;1.200,00;;\r\n");
    f.l->delimiter = ";";
    f.l->encoding = "CP1252";
    f.l->decimal = ",";
    f.l->thousands = ".";
    f.l->key = "Kunde";
    f.l->document = "Beleg";
    f.l->date = "Datum";
    f.l->date_format = "%d.%m.%Y";
    f.l->amount = (struct study_amount){.column = "Betrag", .sign = AMOUNT_TRAILING};
    f.l->type = (struct study_type){.column = "Art",
                                    .sale = texts_of(f.keep, "RV", NULL),
                                    .returned = texts_of(f.keep, "GS\xc3\x84", NULL)};
    f.l->currency_column = "W\xc3\xa4hr";
    f.l->currency_keep = "EUR";
    f.l->n_drop = 1;
    f.l->drop = ARENA_NEW(f.keep, struct study_filter, 1);
    f.l->drop[0] = (struct study_filter){"Kunde", texts_of(f.keep, "Summe*", NULL)};
    reads(&f, "M\xc3\xbcller R1 2025-02-01 123450 sale\nM\xc3\xbcller G1 2025-02-02 -3450 return\n"
              "Meier R2 2025-02-03 0 other currency\n");
    assert_int_equal(f.seen.counts->kind[LEDGER_SUBTOTAL], 1);
    assert_string_equal(f.seen.dropped[1].text, "Summe M\xc3\xbcller;;;;1.200,00;;");
    assert_int_equal(f.seen.dropped[1].line, 5);
    end(&f);
}

static void other_signs(void **unused)
{
    (void)unused;
    struct fixture f = made(HEADER "a,1,2025-01-31,(2.50),R\nb,2,2025-01-31,3.50,S\n");
    f.l->amount.sign = AMOUNT_PARENTHESES;
    reads(&f, "a 1 2025-01-31 -250 return\nb 2 2025-01-31 350 sale\n");
    end(&f);
    f = made(HEADER "a,1,2025-01-31,2.50,R\nb,2,2025-01-31,3.50,S\n");
    f.l->amount.sign = AMOUNT_BY_TYPE;
    reads(&f, "a 1 2025-01-31 -250 return\nb 2 2025-01-31 350 sale\n");
    end(&f);
    f = made("key,doc,day,soll,haben\na,1,2025-01-31,7.00,\nb,2,2025-01-31,,2.00\n"
             "c,3,2025-01-31,9.00,1.00\n");
    f.l->amount =
        (struct study_amount){.sign = AMOUNT_DEBIT_CREDIT, .debit = "soll", .credit = "haben"};
    f.l->type.column = NULL;
    reads(&f, "a 1 2025-01-31 700 sale\nb 2 2025-01-31 -200 return\nc 3 2025-01-31 800 sale\n");
    end(&f);
    f = made("key,doc,day,amount,hs\na,1,2025-01-31,7.00,S\nb,2,2025-01-31,2.00,H\n");
    f.l->amount = (struct study_amount){.column = "amount",
                                        .sign = AMOUNT_INDICATOR,
                                        .indicator = "hs",
                                        .negative = texts_of(f.keep, "H", NULL)};
    f.l->type.column = NULL;
    reads(&f, "a 1 2025-01-31 700 sale\nb 2 2025-01-31 -200 return\n");
    end(&f);
}

static void undeclared_types(void **unused)
{
    (void)unused;
    struct fixture f = made(HEADER "a,1,2025-01-31,1.00,S\nb,2,2025-01-31,1.00,ZZ\n"
                                   "b,2,2025-01-31,1.00,\nb,x,bad,1.00,S\nb,2,2025-01-31,1.00,ZZ\n"
                                   "b,2,2025-01-31,1.00,S\nb,2,2025-01-31,-1.00,R\n");
    fails(&f, "FILE:3: type: 'ZZ' is no declared document type; the lines of the file have S 3, ZZ "
              "2, (blank) 1, R 1; declare it under type:");
    end(&f);
    f = made(HEADER "a,1,2025-01-31,1.00,ZZ\na,1,2025-01-31,1.00,S,\n");
    fails(&f, "FILE:2: type: 'ZZ' is no declared document type; declare it under type:");
    end(&f);
}

static void positive_returns(void **unused)
{
    (void)unused;
    struct fixture f = made(HEADER "a,1,2025-01-31,1.00,R\nb,2,2025-01-31,-1.00,R\n"
                                   "c,3,2025-01-31,2.00,R\n");
    fails(&f,
          "FILE: amount: is positive on 2 of 3 return lines (R 2 of 3), where returns should be "
          "negative; declare the amount's sign: as it is in the file (by_type if the type alone "
          "tells it), or the types");
    end(&f);
    f = made(HEADER "a,1,2025-01-31,1.00,R\nb,2,2025-01-31,-1.00,R\n");
    reads(&f, "a 1 2025-01-31 100 return\nb 2 2025-01-31 -100 return\n");
    assert_int_equal(f.seen.counts->return_positive, 1);
    end(&f);
}

static void cells_that_do_not_fit(void **unused)
{
    (void)unused;
    struct fixture f = made(HEADER "a,1,2025-01-31,1.00,S\na,\"1\n2\",2025-01-31,1.00,S\n"
                                   "a,1,2025-02-30,1.00,S\na,1,2025-02-20,1.005,S\n");
    fails(&f, "FILE:5: day: '2025-02-30' is no date of the format %Y-%m-%d; declare the file's "
              "format under date:, or the line under drop:");
    end(&f);
    f = made(HEADER "a,1,2025-02-20,1.005,S\n");
    fails(&f,
          "FILE:2: amount: '1.005' is no amount with decimal mark '.', at most 2 decimals and a "
          "leading sign; it looks like 3 decimals, or decimal mark ',' and thousands '.': declare "
          "decimal:, thousands:, decimals: and the amount's sign: as the file has them");
    end(&f);
    f = made(HEADER "a,1,2025-02-20,,S\n");
    f.l->type.column = NULL;
    fails(&f, "FILE:2: amount: '' is no amount with decimal mark '.', at most 2 decimals and a "
              "leading sign; declare decimal:, thousands:, decimals: and the amount's sign: as the "
              "file has them");
    end(&f);
    f = made(HEADER "a\x81,1,2025-02-20,1.00,S\n");
    f.l->encoding = "CP1252";
    fails(&f, "FILE:2: key: 'a\x81' has a byte that is no character of the encoding; declare the "
              "encoding that the file is written in");
    end(&f);
}

static void text_that_is_no_csv(void **unused)
{
    (void)unused;
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"a,1,2025-01-31,1.00,S\n\na,1,2025-01-31,1.00\n",
         "FILE:4: 4 fields, where the header has 5; quote fields that hold the delimiter"},
        {"a,1,2025-01-31,1.00,S\n\"a\n\",\"1,2025-01-31,1.00,S\nb,2\n",
         "FILE:4: opens a quote that is never closed; double the quotes that belong to the text"},
        {"a,1,2025-01-31,1.00,S\n\"a\"b,1,2025-01-31,1.00,S\n",
         "FILE:3: has text after a closing quote; double the quotes that belong to the text"},
        {"a,1,2025-01-31,1.00,S\nb\xff,1,2025-01-31,1.00,S\n",
         "FILE:3: holds bytes that are not UTF-8; declare the file's encoding:, such as CP1252"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct arena *scratch = arena_new();
        struct fixture f = made(arena_printf(scratch, HEADER "%s", cases[i].text));
        fails(&f, cases[i].message);
        end(&f);
        arena_free(scratch);
    }
    struct fixture f = made_of(HEADER "a,1,2025-01-31,1.00,S\na\0b,1,2025-01-31,1.00,S\n",
                               sizeof HEADER "a,1,2025-01-31,1.00,S\nab,1,2025-01-31,1.00,S\n");
    fails(&f, "FILE:3: holds a NUL byte; it may be UTF-16, or no text: export it as CSV UTF-8");
    end(&f);
}

static void headers(void **unused)
{
    (void)unused;
    struct fixture f = made(HEADER);
    reads(&f, "");
    assert_int_equal(f.seen.counts->lines, 0);
    assert_int_equal(f.seen.counts->first, INT32_MIN);
    f.l->key = "kye";
    fails(&f, "FILE: key: 'kye' is no column of FILE; did you mean 'key'?");
    f.l->key = "customer number";
    fails(&f, "FILE: key: 'customer number' is no column of FILE; its columns are key, doc, day, "
              "amount, type");
    end(&f);
    f = made("key,doc,day,amount,type,key\n");
    fails(&f, "FILE: key: 'key' is the name of 2 columns of FILE; give each column of the file its "
              "own name");
    end(&f);
    f = made("");
    fails(&f, "FILE: is empty: it has no line with column names");
    end(&f);
    f = made("\n\r\n" HEADER "a,1,2025-01-31,1.00,S\n");
    reads(&f, "a 1 2025-01-31 100 sale\n");
    end(&f);
    f = made("x");
    unlink(f.l->file);
    fails(&f, "FILE: there is no such file; check its name and folder");
    end(&f);
}

static void wide_encodings(void **unused)
{
    (void)unused;
    const char *text = HEADER "\xc3\xa9,1,2025-01-31,1.00,S\n";
    char utf16[200] = "\xff\xfe";
    size_t n = 2;
    for (const char *p = text; *p; p++) {
        utf16[n++] = *p == '\xc3' ? '\xe9' : *p;
        utf16[n++] = '\0';
        p += *p == '\xc3';
    }
    struct fixture f = made_of(utf16, n);
    reads(&f, "\xc3\xa9 1 2025-01-31 100 sale\n");
    end(&f);
}

static void encodings_that_are_not_so(void **unused)
{
    (void)unused;
    struct fixture f = made("\xef\xbb\xbf" HEADER "a,1,2025-01-31,1.00,S\n");
    f.l->encoding = "CP1252";
    fails(&f, "FILE: encoding: 'CP1252' is declared for a file that begins with a byte order mark "
              "of Unicode; remove encoding: the mark tells it");
    end(&f);
    f = made(HEADER);
    f.l->encoding = "CP99999";
    fails(&f, "FILE: encoding: 'CP99999' is not an encoding known here; choose one of those that "
              "'iconv -l' lists");
    end(&f);
    f = made(HEADER "\x83\x41,1,2025-01-31,1.00,S\n");
    f.l->encoding = "SHIFT_JIS"; /* two bytes to a letter: converted as it is read */
    reads(&f, "\xe3\x82\xa2 1 2025-01-31 100 sale\n");
    end(&f);
}

/* An unclosed quote does not take all of a large file into memory. */
static void endless_record(void **unused)
{
    (void)unused;
    if (!getenv("SLOW"))
        skip();
    struct arena *keep = arena_new();
    const size_t n = 80 << 20;
    char *text = ARENA_NEW(keep, char, n);
    const int start = snprintf(text, 100, HEADER "a,1,2025-01-31,1.00,S\n\"b");
    memset(text + start, '\n', n - (size_t)start);
    struct fixture f = made_of(text, n);
    for (size_t threads = 1; threads <= 2; threads++)
        assert_string_equal(ledger_case_error(f.study, ledger_files(f.study, keep), threads, keep),
                            "FILE:3: a record longer than 8 MiB starts here; close the quote that "
                            "is open in it, or allow more: --max-record, limits: record");
    end(&f);
    arena_free(keep);
}

struct told {
    size_t n;
    double last;
};

static void tell(void *context, double share, const char *what)
{
    struct told *told = context;
    assert_true(share >= told->last && share <= 1);
    assert_non_null(what);
    told->n++;
    told->last = share;
}

#define LINES 3000

static char *many_lines(int lines, struct arena *keep, size_t *n)
{
    char *text = ARENA_NEW(keep, char, 64 * (size_t)lines);
    *n = (size_t)snprintf(text, 64, HEADER);
    for (int i = 0; i < lines; i++)
        *n += (size_t)snprintf(text + *n, 64, "c%d,%d,2025-01-31,1.00,%s\n", i % 7, i,
                               i % 2 ? "S" : "I");
    return text;
}

static void assert_hash(const struct ledger_scan *seen, const void *bytes, size_t n)
{
    uint8_t want[32];
    SHA2_CTX md;
    SHA256Init(&md);
    SHA256Update(&md, bytes, n);
    SHA256Final(want, &md);
    assert_memory_equal(seen->counts[0].hash, want, 32);
}

static void packed_files_and_hashes(void **unused)
{
    (void)unused;
    struct arena *keep = arena_new();
    size_t n;
    char *text = many_lines(LINES, keep, &n), *packed = ARENA_NEW(keep, char, 2 * n);
    struct fixture plain = made_of(text, n);
    const char *want =
        ledger_case_read(plain.study, ledger_files(plain.study, keep), &plain.seen, keep);
    assert_hash(&plain.seen, text, n);
    assert_int_equal(plain.seen.counts->kind[LEDGER_SALE], LINES / 2);
    end(&plain);
    z_stream z = {.next_in = (unsigned char *)text,
                  .avail_in = (unsigned)n,
                  .next_out = (unsigned char *)packed,
                  .avail_out = (unsigned)(2 * n)};
    deflateInit2(&z, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY);
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    const size_t n_gzip = z.total_out;
    deflateEnd(&z);
    struct fixture f = made_of(packed, n_gzip);
    assert_string_equal(ledger_case_read(f.study, ledger_files(f.study, keep), &f.seen, keep),
                        want);
    assert_hash(&f.seen, packed, n_gzip);
    end(&f);
    f = made_of(packed, n_gzip - 9);
    assert_string_equal(ledger_case_error(f.study, ledger_files(f.study, keep), 2, keep),
                        "FILE: the packed data end too early; fetch or pack the file again");
    end(&f);
    const size_t n_zstd = ZSTD_compress(packed, 2 * n, text, n, 3);
    f = made_of(packed, n_zstd);
    assert_string_equal(ledger_case_read(f.study, ledger_files(f.study, keep), &f.seen, keep),
                        want);
    assert_hash(&f.seen, packed, n_zstd);
    end(&f);
    arena_free(keep);
}

static bool take_any(void *context, const struct ledger_batch *b, struct ledger_refusal *refusal)
{
    (void)context;
    (void)b;
    (void)refusal;
    return true;
}

/* Chunks are read by several threads, but the hash is that of the file's order: with
   a byte order mark, and in a code page, which takes another way, as well. */
static void hash_by_any_threads(void **unused)
{
    (void)unused;
    struct arena *keep = arena_new();
    const struct ledger_sink sink = {NULL, take_any};
    enum { MORE = 20000 };
    size_t n;
    char *text = ARENA_NEW(keep, char, 64 * MORE + 3);
    memcpy(text, "\xef\xbb\xbf", 3);
    memcpy(text + 3, many_lines(MORE, keep, &n), 64 * MORE);
    for (int way = 0; way < 3; way++) {
        const char *start = way == 0 ? text : text + 3;
        const size_t size = way == 0 ? n + 3 : n;
        struct fixture f = made_of(start, size);
        f.l->encoding = way == 2 ? "CP1252" : NULL;
        for (size_t threads = 1; threads <= 4; threads += 3)
            for (size_t chunk = 500; chunk < 100000; chunk *= 4) {
                const struct ledger_source *source = ledger_files_sized(f.study, chunk, 0, f.keep);
                struct err err = {.code = ERR_NONE};
                assert_true(source->scan(source, &sink,
                                         &(struct ledger_asked){.n_threads = threads, .hash = true},
                                         &f.seen, f.keep, &err));
                assert_int_equal(f.seen.counts->lines, MORE);
                assert_hash(&f.seen, start, size);
            }
        end(&f);
    }
    arena_free(keep);
}

static bool take_none(void *context, const struct ledger_batch *b, struct ledger_refusal *refusal)
{
    (void)context;
    (void)b;
    (void)refusal;
    return true;
}

/* The first thousand left-out lines of each reason, whoever read them. */
static void left_out_lines(void **unused)
{
    (void)unused;
    struct arena *keep = arena_new();
    size_t n;
    char *text = many_lines(LINES, keep, &n);
    struct fixture f = made_of(text, n);
    for (size_t threads = 1; threads <= 4; threads++) {
        const struct ledger_sink sink = {NULL, take_none};
        const struct ledger_source *source = ledger_files_sized(f.study, 500, 0, keep);
        struct err err = {.code = ERR_NONE};
        struct told told = {.n = 0};
        assert_true(source->scan(source, &sink,
                                 &(struct ledger_asked){.n_threads = threads,
                                                        .progress = tell,
                                                        .progress_context = &told},
                                 &f.seen, keep, &err));
        if (threads == 1)
            assert_true(told.n > 10 && told.last == 1);
        assert_int_equal(f.seen.counts->kind[LEDGER_IGNORED], LINES / 2);
        assert_int_equal(f.seen.n_dropped, LEDGER_DROPPED_KEPT);
        for (size_t i = 0; i < f.seen.n_dropped; i++) {
            assert_int_equal(f.seen.dropped[i].line, 2 + 2 * i);
            assert_string_equal(f.seen.dropped[i].text,
                                arena_printf(keep, "c%zu,%zu,2025-01-31,1.00,I", 2 * i % 7, 2 * i));
        }
    }
    end(&f);
    arena_free(keep);
}

static void standard_input(void **unused)
{
    (void)unused;
    struct fixture f = made(HEADER "a,1,2025-01-31,1.00,S\n");
    const char *file = f.l->file;
    const int before = dup(0);
    assert_non_null(freopen(file, "r", stdin));
    f.l->file = "-";
    assert_string_equal(ledger_case_read(f.study, ledger_files(f.study, f.keep), &f.seen, f.keep),
                        "a 1 2025-01-31 100 sale\n");
    dup2(before, 0);
    close(before);
    f.l->file = file;
    end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(lines_of_every_kind),
                                       cmocka_unit_test(marks_line_ends_and_quotes),
                                       cmocka_unit_test(german_export),
                                       cmocka_unit_test(other_signs),
                                       cmocka_unit_test(undeclared_types),
                                       cmocka_unit_test(positive_returns),
                                       cmocka_unit_test(cells_that_do_not_fit),
                                       cmocka_unit_test(text_that_is_no_csv),
                                       cmocka_unit_test(headers),
                                       cmocka_unit_test(wide_encodings),
                                       cmocka_unit_test(encodings_that_are_not_so),
                                       cmocka_unit_test(endless_record),
                                       cmocka_unit_test(packed_files_and_hashes),
                                       cmocka_unit_test(hash_by_any_threads),
                                       cmocka_unit_test(left_out_lines),
                                       cmocka_unit_test(standard_input)};
    return cmocka_run_group_tests_name("ledger", tests, NULL, NULL);
}
