/* SPDX-License-Identifier: GPL-3.0-or-later
   The bundled study: its files are what the simulator makes today, its study file
   is one that is read, and reading its files back gives the counts it states. */
#include "tests/check.h"

#include <string.h>

#include "analysis/simulate/simulated.h"
#include "io/bytes/stream.h"
#include "io/csv/csv.h"
#include "io/study/study.h"
#include "io/text/parse.h"

#define FOLDER "datasets/three-industries/"

/* As datasets/README.md says: --customers=20000 --respondents=8600 --from=2023-01-01 --seed=1 */
static void make_again(struct simulated *s, struct market *market, struct arena *keep)
{
    int32_t from;
    assert_true(day_from_civil(2023, 1, 1, &from));
    assert_true(market_draw(20000, 8600, from, 1, market, keep));
    s->market = market;
    s->lines = market_purchases(market, keep);
    s->responses = market_responses(market, keep);
    s->doing = market_recount(market, &s->lines, keep);
    s->command = "saydo-simulate --customers=20000 --respondents=8600 --from=2023-01-01 --seed=1 "
                 "-o FOLDER";
    s->survey[0] = "survey-2024.csv";
    s->survey[1] = "survey-2025.csv";
}

/* The bytes of the bundled file, unpacked, are those of the text. */
static void assert_file_is(const char *name, const struct made_text *text, struct arena *keep)
{
    struct err err = {0};
    struct stream *file = stream_open(arena_printf(keep, FOLDER "%s", name), &err);
    assert_non_null(file);
    char *bytes = arena_alloc(keep, text->size + 1, 1);
    size_t size = 0, got = 1;
    while (got && size <= text->size) {
        assert_true(stream_read(file, bytes + size, text->size + 1 - size, &got, &err));
        size += got;
    }
    stream_close(file);
    if (size != text->size || memcmp(bytes, text->bytes, size) != 0)
        fail_msg("%s is not what saydo-simulate makes", name);
}

static void test_files_are_made_again(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        void (*write)(const struct simulated *s, struct made_text *out);
    } files[] = {
        {"README.md", simulated_readme},
        {"study.yml", simulated_study},
        {"customers.csv", simulated_customers},
        {"ledger.csv.gz", simulated_ledger},
        {"truth.csv", simulated_truth},
        {"truth-points.csv", simulated_points},
        {"truth-correlations.csv", simulated_correlations},
        {"truth-join.csv", simulated_join},
        {"truth-respondents.csv.gz", simulated_respondents},
    };
    struct arena *keep = arena_new();
    struct market market;
    struct simulated s;
    make_again(&s, &market, keep);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct made_text text = {.keep = keep};
        files[i].write(&s, &text);
        assert_file_is(files[i].name, &text, keep);
    }
    for (int w = 0; w < N_WAVES; w++) {
        struct made_text text = {.keep = keep};
        simulated_survey(&s, w, &text);
        assert_file_is(s.survey[w], &text, keep);
    }
    arena_free(keep);
}

static void test_study_file_is_read(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct err err = {0};
    const struct study *study = study_read(FOLDER "study.yml", keep, &err);
    assert_string_equal(err.message, "");
    assert_non_null(study);
    assert_int_equal(study->n_surveys, 2);
    assert_int_equal(study->n_scales, 3);
    assert_string_equal(study->ledgers[0].drop[0].values.at[0], "Total*");
    assert_int_equal(study->join.length, 365);
    assert_int_equal(study->join.baseline, 365);
    arena_free(keep);
}

static uint64_t stated(const char *name, struct arena *keep)
{
    struct reference *counts = reference_read(FOLDER "truth-join.csv", ',', keep);
    assert_non_null(counts);
    for (size_t i = 0; i < counts->n_rows; i++)
        if (strcmp(reference_text(counts, i, "name"), name) == 0)
            return (uint64_t)reference_real(counts, i, "value");
    fail_msg("truth-join.csv has no '%s'", name);
    return 0;
}

/* Lines of the ledger file whose field `column` starts with `text`. */
struct tally {
    size_t column;
    const char *text;
    const char *name; /* in truth-join.csv */
    uint64_t lines;
};

static void test_ledger_has_the_lines_it_states(void **state)
{
    (void)state;
    enum { KEY = 0, TYPE = 3, CURRENCY = 4 };
    struct arena *keep = arena_new();
    struct err err = {0};
    struct tally tallies[] = {
        {KEY, "Total ", "subtotal lines", 0},
        {TYPE, "CRN", "return lines", 0},
        {TYPE, "PAY", "payment lines", 0},
        {CURRENCY, "CHF", "lines in another currency", 0},
    };
    const size_t n = sizeof tallies / sizeof *tallies;
    struct csv_reader *r = csv_open(FOLDER "ledger.csv.gz", &(struct csv_dialect){0}, keep, &err);
    assert_non_null(r);
    uint64_t lines = 0, blank = 0;
    for (const struct csv_field *f; csv_next(r, &f, &err); lines++) {
        blank += f[KEY].length == 0;
        for (size_t i = 0; i < n; i++) {
            const char *field = f[tallies[i].column].text;
            tallies[i].lines += strncmp(field, tallies[i].text, strlen(tallies[i].text)) == 0;
        }
    }
    csv_close(r);
    assert_int_equal(err.code, ERR_NONE);
    assert_int_equal(lines, stated("ledger lines", keep));
    assert_int_equal(blank, stated("lines without a customer", keep));
    for (size_t i = 0; i < n; i++)
        assert_int_equal(tallies[i].lines, stated(tallies[i].name, keep));
    arena_free(keep);
}

static void test_surveys_have_the_rows_they_state(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct err err = {0};
    static const char *const files[] = {FOLDER "survey-2024.csv", FOLDER "survey-2025.csv"};
    uint64_t rows = 0, unfinished = 0;
    for (size_t w = 0; w < 2; w++) {
        const struct frame *f = csv_read(files[w], &(struct csv_dialect){0}, keep, &err);
        assert_non_null(f);
        const struct column *finished = frame_column(f, "Finished");
        rows += f->n_rows;
        for (size_t i = 0; i < f->n_rows; i++)
            unfinished += strcmp(finished->as.text[i], "True") != 0;
    }
    assert_int_equal(rows, stated("survey rows", keep));
    assert_int_equal(unfinished, stated("survey rows not finished", keep));
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_files_are_made_again),
        cmocka_unit_test(test_study_file_is_read),
        cmocka_unit_test(test_ledger_has_the_lines_it_states),
        cmocka_unit_test(test_surveys_have_the_rows_they_state),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
