/* SPDX-License-Identifier: GPL-3.0-or-later
   Model formulas that cannot be read, rows that give no design, and hard data. */
#include "tests/check.h"

#include <math.h>
#include <string.h>

#include "models/base/rng.h"
#include "models/design/design.h"

enum { N = 8 };

static const double spend[N] = {10, 0, 30, NAN, 50, 60, 70, 80};
static const double age[N] = {20, 30, 40, 50, 60, 70, 80, NAN};
static const double net[N] = {1, 2, 3, 4, 5, 6, 7, 8};
static const double two[N] = {1, 2, 1, 2, 1, 2, 1, 2};
static const double none[N] = {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
static const double large[N] = {1e200, 1, 1, 1, 1, 1, 1, 1e200};
static const int32_t segment[N] = {0, 1, 2, 0, 1, 0, 1, -1};
static const int32_t same[N] = {1, 1, 1, 1, 1, 1, 1, 1};
static const char *const segments[] = {"A", "B", "C", "2"};
static const char *const yes_no[] = {"no", "yes"};

static const struct model_column columns[] = {
    {.name = "spend", .value = spend},
    {.name = "age", .value = age},
    {.name = "net spend", .value = net},
    {.name = "two", .value = two},
    {.name = "none", .value = none},
    {.name = "large", .value = large},
    {.name = "segment", .code = segment, .n_levels = 4, .level = segments},
    {.name = "same", .code = same, .n_levels = 2, .level = yes_no},
};
static const struct model_data data = {N, sizeof columns / sizeof *columns, columns};

/* ---- texts that are no model formula ---- */

struct bad {
    const char *text;
    size_t position;
    const char *what, *mend;
};

static const struct bad bad[] = {
    {"", 0, "expected a number, a name or '('", NULL},
    {"spend", 5, "expected '~'", "a formula reads response ~ terms"},
    {"spend = age", 6, "expected '~', not '='", "a formula reads response ~ terms"},
    {"spend ~", 7, "expected a column, a function or '('", NULL},
    {"spend ~ age +", 13, "expected a column, a function or '('", NULL},
    {"spend ~ age + * two", 14, "expected a column, a function or '(', not '*'", NULL},
    {"spend ~ age + -two", 14, "expected a column, a function or '(', not '-'", NULL},
    {"spend ~ age two", 12, "expected '+' or another operator, not 'two'", NULL},
    {"spend ~ age, two", 11, "expected '+' or another operator, not ','", NULL},
    {"spend ~ age ~ two", 12, "a second '~'", NULL},
    {"spend ~ age)", 11, "unexpected ')'", "there is no '(' for it"},
    {"spend ~ (age + two", 18, "expected ')'", "it closes the '(' at character 9"},
    {"spend ~ log(age", 15, "expected ')'", "it closes the '(' at character 12"},
    {"spend ~ (age two)", 13, "expected an operator or ')', not 'two'", NULL},
    {"spend ~ 2*age", 8, "expected a column, a function or '(', not '2'",
     "only 0 and 1 stand alone, for the intercept; numbers go into I()"},
    {"spend ~ age/2", 12, "expected a column, a function or '(', not '2'",
     "only 0 and 1 stand alone, for the intercept; numbers go into I()"},
    {"spend ~ 1:age", 9, "expected '+' or another operator, not ':'", NULL},
    {"spend ~ age > 40", 12, "expected '+' or another operator, not '>'",
     "comparisons go into I(), I(x > 2)"},
    {"spend ~ age^2", 11, "a term times itself is the term",
     "for a power of numbers, write I(x^2)"},
    {"spend ~ (age + two)^1.5", 20, "expected a whole number of factors, not '1.5'", NULL},
    {"spend ~ (age + two)^two", 20, "expected a whole number of factors, not 'two'", NULL},
    {"spend ~ age | two | large", 18, "expected '+' or another operator, not '|'", NULL},
    {"spend ~ age | spent", 14, "'spent' is not a column", "did you mean 'spend'?"},
    {"spend ~ age + (1 | segment)", 17, "expected an operator or ')', not '|'",
     "random effects, (1 | g), are not known"},
    {"spend ~ (1):age", 11, "an interaction with nothing", NULL},
    {"spend ~ 0", FORMULA_NOWHERE, "nothing is right of '~'",
     "name a column, or leave the intercept in"},
    {"spend ~ ages", 8, "'ages' is not a column", "did you mean 'age'?"},
    {"spent ~ age", 0, "'spent' is not a column", "did you mean 'spend'?"},
    {"spend ~ net.spend", 8, "'net.spend' is not a column", "did you mean `net spend`?"},
    {"spend ~ log", 8, "'log' is not a column", "the function is written log(...)"},
    {"spend ~ poly", 8, "'poly' is not a column", "the function is written poly(...)"},
    {"spend ~ something", 8, "'something' is not a column",
     "the columns are spend, age, net spend, two, none, large, segment, same"},
    {"spend ~ lgo(age)", 8, "unknown function 'lgo'", "did you mean 'log'?"},
    {"spend ~ ploy(age, 2)", 8, "unknown function 'ploy'", "did you mean 'poly'?"},
    {"spend ~ I(offst(age))", 10, "unknown function 'offst'", "did you mean 'offset'?"},
    {"spend ~ age(two)", 8, "unknown function 'age'", "to multiply, write age*(...)"},
    {"cbind(two, age) ~ two", 0, "unknown function 'cbind'",
     "give the share as response and the trials as weights"},
    {"spend ~ log(poly(age, 2))", 12, "poly() must be a term of its own", NULL},
    {"spend ~ log(age, two)", 8, "log() takes 1 argument", NULL},
    {"spend ~ pmin(age)", 8, "pmin() takes 2 arguments", NULL},
    {"spend ~ poly(age, 0)", 18, "degree of poly() is a whole number from 1 to 20", NULL},
    {"spend ~ poly(age, 2.5)", 18, "degree of poly() is a whole number from 1 to 20", NULL},
    {"spend ~ poly(age, two)", 18, "poly() has no argument 'two'", "it takes degree, raw"},
    {"spend ~ poly(age, degre = 2)", 18, "poly() has no argument 'degre'",
     "did you mean 'degree'?"},
    {"spend ~ poly(age, degree 2)", 25, "expected '=', not '2'", NULL},
    {"spend ~ poly(age, 2, TRUE)", 21, "an argument too many for poly()", "write raw = ..."},
    {"spend ~ poly(age, 2, raw = 1)", 27, "raw of poly() is TRUE or FALSE", NULL},
    {"spend ~ ns(age, 3, 4)", 19, "an argument too many for ns()", NULL},
    {"spend ~ ns(age, 51)", 16, "df of ns() is a whole number from 1 to 50", NULL},
    {"spend ~ ns(segment, 3)", 11, "'segment' is a factor, not a number",
     "compare it with a level, == \"...\", or let it stand alone"},
    {"spend ~ log(segment)", 12, "'segment' is a factor, not a number",
     "compare it with a level, == \"...\", or let it stand alone"},
    {"segment + 1 ~ age", 0, "'segment' is a factor, not a number",
     "compare it with a level, == \"...\", or let it stand alone"},
    {"spend ~ I(segment > \"A\")", 10, "'segment' is a factor, not a number",
     "compare it with a level, == \"...\", or let it stand alone"},
    {"same == \"Yes\" ~ age", 8, "'same' has no level 'Yes'", "did you mean 'yes'?"},
    {"segment == \"east\" ~ age", 11, "'segment' has no level 'east'", "its levels are A, B, C, 2"},
    {"spend ~ relevel(segment, ref = \"east\")", 31, "'segment' has no level 'east'",
     "its levels are A, B, C, 2"},
    {"spend ~ relevel(segment)", 23, "expected ',', not ')'", "write ref = \"...\""},
    {"spend ~ relevel(age, \"A\")", 16, "expected a factor, not 'age'", NULL},
    {"spend ~ relevel(segment, age)", 25, "expected a level between quotes, not 'age'", NULL},
    {"segment == 3 ~ age", 11, "'segment' has no level '3'", "its levels are A, B, C, 2"},
    {"segment == B ~ age", 11, "expected a level between quotes, not 'B'", NULL},
    {"segment == \"B ~ age", 11, "a text that does not end", "close it with \""},
    {"spend == \"B\" ~ age", 9, "expected a number, a name or '(', not 'B'",
     "only a factor is compared with a text"},
    {"1 < age < 2 ~ age", 8, "a second comparison", "join two comparisons by &"},
    {"spend ~ offset(age > 2)", 8, "offset() is of a number", NULL},
    {"spend ~ poly(age > 2, 1)", 8, "poly() is of a number", NULL},
    {"spend ~ age*offset(two)", 12, "an offset in an interaction", "add it with +"},
    {"offset(spend) ~ age", 0, "offset() is no response", NULL},
    {"poly(spend, 2) ~ age", 0, "poly() is no response", NULL},
    {"spend ~ age + spend", 14, "'spend' is the response", "leave it out on the right"},
    {"log(spend) ~ log( spend )", 13, "'log(spend)' is the response", "leave it out on the right"},
    {"spend ~ age \xe2\x88\x92 1", 12, "unexpected '\xe2\x88\x92'", "write -"},
    {"spend ~ `net", 8, "a name that does not end", "close it with `"},
    {"spend ~ age; two", 11, "unexpected ';'", "a formula knows + - * / ^ ( ) and functions"},
    {"spend ~ I(age*1e999)", 14, "a number beyond 1.8e308", NULL},
};

static void test_messages(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const struct model_formula *f;
        struct formula_error error;
        print_message("%s\n", bad[i].text);
        assert_false(model_formula_parse(bad[i].text, &data, &f, &error, keep));
        assert_string_equal(error.what, bad[i].what);
        assert_int_equal(error.position, bad[i].position);
        assert_string_equal(error.mend ? error.mend : "", bad[i].mend ? bad[i].mend : "");
    }
    arena_free(keep);
}

static const struct model_formula *parsed(const char *text, const struct model_data *of,
                                          struct arena *keep)
{
    const struct model_formula *f;
    struct formula_error error;
    if (!model_formula_parse(text, of, &f, &error, keep))
        fail_msg("%s: %s at %zu", text, error.what, error.position);
    return f;
}

/* ---- what a formula says of itself ---- */

static void same_names(const char *const got[], size_t n, const char *want, struct arena *keep)
{
    const char *all = "";
    for (size_t i = 0; i < n; i++)
        all = arena_printf(keep, "%s%s%s", all, i ? " " : "", got[i]);
    assert_string_equal(all, want);
}

static void test_questions(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const struct model_formula *f = parsed(
        "log(spend) ~ two*age + large - large + I(segment == 2) + offset(none)", &data, keep);
    size_t n;
    const char *const *name = model_formula_columns(f, &n);
    same_names(name, n, "spend two age segment none", keep); /* large is in no term */
    name = model_formula_terms(f, &n);
    same_names(name, n, "two age I(segment == 2) two:age", keep);
    assert_string_equal(model_formula_response(f), "log(spend)");
    assert_null(model_formula_response(parsed("~ age", &data, keep)));
    arena_free(keep);
}

static void test_second_part(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const struct model_formula *f =
        parsed("spend ~ two | 0 + segment + I(1 | 0 > two)", &data, keep);
    const struct model_formula *second = model_formula_second(f);
    struct design a, b;
    struct design_problem problem;
    size_t n;
    const char *const *name = model_formula_columns(f, &n);
    same_names(name, n, "spend two segment", keep);
    assert_non_null(second);
    assert_null(model_formula_response(second));
    assert_null(model_formula_second(second));
    assert_true(model_design(f, &data, NULL, 0, &a, &problem, keep));
    assert_int_equal(a.n, 6); /* without row 3, no spend, and row 7, no segment */
    same_names(a.name, a.p, "(Intercept) two", keep);
    assert_true(model_design(second, &data, a.row, a.n, &b, &problem, keep));
    assert_int_equal(b.n, 6);
    assert_memory_equal(a.row, b.row, 6 * sizeof *a.row);
    same_names(b.name, b.p, "segmentA segmentB segmentC I(1 | 0 > two)TRUE", keep);
    name = model_formula_terms(model_formula_second(parsed("spend ~ 1 | .", &data, keep)), &n);
    same_names(name, n, "age `net spend` two none large segment same", keep);
    arena_free(keep);
}

/* ---- rows that give no design ---- */

struct hard {
    const char *text;
    enum fit_status status;
    size_t row, position;
    const char *what;
};

static const struct hard hard[] = {
    {"spend ~ none", FIT_TOO_FEW, SIZE_MAX, FORMULA_NOWHERE, "no row has a value in every column"},
    {"spend ~ age + same", FIT_CONSTANT, SIZE_MAX, 14, "same has one level"},
    {"~ 0 + same", FIT_CONSTANT, SIZE_MAX, 6, "same has one level"},
    {"~ C(age - age)", FIT_CONSTANT, SIZE_MAX, 2, "C(age - age) has one level"},
    {"log(spend) ~ age", FIT_DOMAIN, 1, 0, "log(spend) is minus infinity"},
    {"age ~ log(spend)", FIT_DOMAIN, 1, 6, "log(spend) is minus infinity"},
    {"age ~ two + I(1/spend)", FIT_DOMAIN, 1, 12, "I(1/spend) is infinite"},
    {"age ~ log(two - 2)", FIT_DOMAIN, 0, 6, "log(two - 2) is not defined"},
    {"age ~ poly(log(spend), 2)", FIT_DOMAIN, 1, 6, "poly(log(spend), 2) is minus infinity"},
    {"age ~ C(log(spend))", FIT_DOMAIN, 1, 6, "C(log(spend)) is minus infinity"},
    {"age ~ two + offset(log(spend))", FIT_DOMAIN, 1, 12, "offset(log(spend)) is minus infinity"},
    {"two ~ large + large:I(large^1)", FIT_DOMAIN, 0, 6, "large:I(large^1) is infinite"},
    {"age ~ poly(two, 2)", FIT_TOO_FEW, SIZE_MAX, 6, "poly(two, 2) has too few distinct values"},
    {"spend ~ poly(age, 6)", FIT_TOO_FEW, SIZE_MAX, 8, "poly(age, 6) has too few distinct values"},
    {"age ~ ns(two, 3)", FIT_TOO_FEW, SIZE_MAX, 6, "ns(two, 3) has too few distinct values"},
    {"age ~ ns(two - two, 1)", FIT_TOO_FEW, SIZE_MAX, 6,
     "ns(two - two, 1) has too few distinct values"},
    {"age ~ scale(two - two)", FIT_TOO_FEW, SIZE_MAX, 6,
     "scale(two - two) has too few distinct values"},
};

static void test_hard_rows(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    for (size_t i = 0; i < sizeof hard / sizeof *hard; i++) {
        struct design d;
        struct design_problem problem;
        print_message("%s\n", hard[i].text);
        assert_false(
            model_design(parsed(hard[i].text, &data, keep), &data, NULL, 0, &d, &problem, keep));
        assert_string_equal(problem.told.what, hard[i].what);
        assert_int_equal(problem.status, hard[i].status);
        assert_int_equal(problem.row, hard[i].row);
        assert_int_equal(problem.told.position, hard[i].position);
    }
    arena_free(keep);
}

static struct design made(const char *text, const struct model_data *of, const uint32_t *at,
                          size_t n_at, struct arena *keep)
{
    struct design d;
    struct design_problem problem;
    if (!model_design(parsed(text, of, keep), of, at, n_at, &d, &problem, keep))
        fail_msg("%s: %s", text, problem.told.what);
    return d;
}

static void test_rows_and_levels(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    static const uint32_t at[] = {0, 1, 3, 5, 6, 7};
    struct design d = made("spend ~ segment", &data, at, 6, keep);
    assert_int_equal(d.n, 4); /* row 3 has no spend, row 7 no segment */
    assert_int_equal(d.row[3], 6);
    same_names(d.name, d.p, "(Intercept) segmentB", keep); /* C is in row 2 only */
    assert_int_equal(d.n_factors, 1);
    same_names(d.factor[0].level, d.factor[0].n_levels, "A B", keep);
    assert_string_equal(d.factor[0].label, "segment");
    assert_int_equal(d.term[0], SIZE_MAX);
    assert_int_equal(d.term[1], 0);
    d = made("segment ~ age", &data, at, 6, keep);
    assert_int_equal(d.n_response_levels, 2);
    same_names(d.response_level, 2, "A B", keep);
    assert_true(d.y[1] == 1 && d.y[2] == 0);
    d = made("same ~ age", &data, NULL, 0, keep);
    assert_int_equal(d.n_response_levels, 1);
    d = made("segment != \"A\" ~ age", &data, NULL, 0, keep);
    assert_int_equal(d.n_response_levels, 0);
    assert_true(d.n == 7 && d.y[0] == 0 && d.y[1] == 1 && d.y[2] == 1);
    d = made("age ~ 0 + I(segment == 2)", &data, NULL, 0, keep); /* the level called 2 has no row */
    same_names(d.name, d.p, "I(segment == 2)FALSE I(segment == 2)TRUE", keep);
    for (size_t i = 0; i < d.n; i++)
        assert_true(d.x[2 * i] == 1 && d.x[2 * i + 1] == 0);
    arena_free(keep);
}

/* Cells without rows keep their columns, as in R. */
static void test_empty_cells(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct design d = made("age ~ segment:C(two) - 1", &data, NULL, 0, keep);
    same_names(d.name, d.p,
               "segmentA:C(two)1 segmentB:C(two)1 segmentC:C(two)1 "
               "segmentA:C(two)2 segmentB:C(two)2 segmentC:C(two)2",
               keep);
    double total = 0;
    for (size_t i = 0; i < d.n; i++)
        total += d.x[6 * i + 5];
    assert_true(total == 0); /* segment C is there with two = 1 only */
    arena_free(keep);
}

/* Other rows: a level that the design has not, a missing value, a value without logarithm. */
static void test_other_rows(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    static const uint32_t at[] = {0, 4, 5, 6};
    const char *text = "age ~ segment + log(spend) + C(two)";
    struct design d = made(text, &data, at, 4, keep);
    same_names(d.name, d.p, "(Intercept) segmentB log(spend) C(two)2", keep);
    double x[N * 4], offset[N];
    model_design_like(parsed(text, &data, keep), &d, &data, x, offset, keep);
    assert_true(x[0] == 1 && x[1] == 0 && x[3] == 0);
    assert_digits(x[2], 2.302585092994046, 15);
    assert_true(x[4] == 1 && x[5] == 1 && x[6] == -INFINITY && x[7] == 1);
    for (size_t j = 0; j < 4; j++) {
        assert_true(isnan(x[2 * 4 + j])); /* segment C */
        assert_true(isnan(x[3 * 4 + j])); /* no spend */
        assert_true(isnan(x[7 * 4 + j])); /* no segment */
        assert_true(isfinite(x[6 * 4 + j]));
    }
    assert_true(offset[0] == 0 && isnan(offset[2]));
    arena_free(keep);
}

/* ---- many levels, many terms ---- */

static void test_identifier(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    enum { MANY = 10000 };
    double *y = ARENA_NEW(keep, double, 2 * MANY);
    int32_t *code = ARENA_NEW(keep, int32_t, 2 * MANY), *half = ARENA_NEW(keep, int32_t, 2 * MANY);
    const char **level = ARENA_NEW(keep, const char *, MANY);
    for (size_t i = 0; i < MANY; i++)
        level[i] = arena_printf(keep, "c%zu", i);
    for (size_t i = 0; i < 2 * MANY; i++) {
        code[i] = (int32_t)(i % MANY);
        half[i] = (int32_t)(i % 100);
    }
    struct model_column column[] = {
        {.name = "y", .value = y},
        {.name = "id", .code = code, .n_levels = MANY, .level = level},
        {.name = "half", .code = half, .n_levels = MANY, .level = level},
    };
    struct model_data many = {2 * MANY, 3, column};
    struct design d;
    struct design_problem problem;
    assert_false(model_design(parsed("y ~ id", &many, keep), &many, NULL, 0, &d, &problem, keep));
    assert_int_equal(problem.status, FIT_UNIDENTIFIED);
    assert_string_equal(problem.told.what, "id has 10000 levels");
    assert_false(
        model_design(parsed("y ~ half*C(half)", &many, keep), &many, NULL, 0, &d, &problem, keep));
    assert_string_equal(problem.told.what, "more than 2000 columns with half:C(half)");
    assert_int_equal(made("y ~ half", &many, NULL, 0, keep).p, 100);
    arena_free(keep);
}

static void test_many_terms(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    enum { COLUMNS = 300 };
    struct model_column column[COLUMNS];
    for (size_t j = 0; j < COLUMNS; j++)
        column[j] = (struct model_column){.name = arena_printf(keep, "v%zu", j), .value = net};
    struct model_data wide = {N, COLUMNS, column};
    const struct model_formula *f;
    struct formula_error error;
    size_t n;
    model_formula_terms(parsed("v0 ~ .", &wide, keep), &n);
    assert_int_equal(n, COLUMNS - 1);
    assert_false(model_formula_parse("v0 ~ (.)^2", &wide, &f, &error, keep));
    assert_string_equal(error.what, "more than 10000 terms");
    assert_int_equal(error.position, 8);
    assert_false(model_formula_parse("v0 ~ (v1+v2+v3+v4+v5+v6+v7+v8+v9+v10+v11+v12+v13+v14)^1e300",
                                     &wide, &f, &error, keep));
    assert_string_equal(error.what, "more than 10000 terms");
    arena_free(keep);
}

/* ---- polynomials and splines ---- */

/* Whatever the units, poly() is orthonormal and orthogonal to the constant. */
static void test_orthonormal(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    enum { ROWS = 500, DEGREE = 8 };
    double x[ROWS];
    gsl_rng *rng = rng_stream(7, 0, keep);
    for (size_t i = 0; i < ROWS; i++)
        x[i] = 1e9 + 1000 * gsl_rng_uniform(rng);
    struct model_column column = {.name = "x", .value = x};
    struct model_data far = {ROWS, 1, &column};
    struct design d = made("~ poly(x, 8)", &far, NULL, 0, keep);
    for (size_t a = 0; a < d.p; a++)
        for (size_t b = 0; b <= a; b++) {
            double product = 0;
            for (size_t i = 0; i < ROWS; i++)
                product += d.x[i * d.p + a] * d.x[i * d.p + b];
            assert_true(fabs(product - (a == b ? (a == 0 ? ROWS : 1) : 0)) < 1e-11);
        }
    arena_free(keep);
}

/* A natural spline is smooth at its ends and straight beyond them. */
static void test_straight_tails(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    double at[] = {1 - 2, 1 - 1, 1, 1 + 1e-4, 8 - 1e-4, 8, 9, 10};
    const char *text = "~ ns(v, 3)";
    struct model_column from = {.name = "v", .value = net}, to = {.name = "v", .value = at};
    struct model_data inside = {N, 1, &from}, outside = {8, 1, &to};
    struct design d = made(text, &inside, NULL, 0, keep);
    double x[8 * 4];
    model_design_like(parsed(text, &inside, keep), &d, &outside, x, NULL, keep);
    for (size_t j = 1; j < 4; j++) {
        double low = x[4 + j] - x[j], high = x[28 + j] - x[24 + j];
        assert_digits(x[8 + j] - x[4 + j] + 10, low + 10, 13);
        assert_digits(x[24 + j] - x[20 + j] + 10, high + 10, 13);
        assert_true(fabs((x[12 + j] - x[8 + j]) / 1e-4 - low) < 1e-7);
        assert_true(fabs((x[20 + j] - x[16 + j]) / 1e-4 - high) < 1e-7);
    }
    arena_free(keep);
}

/* ---- evil ---- */

static const char *const operands[] = {"spend",
                                       "age",
                                       "segment",
                                       "same",
                                       "two",
                                       "`net spend`",
                                       ".",
                                       "0",
                                       "1",
                                       "poly(age, 2)",
                                       "(age + two)",
                                       "I(segment == \"A\")",
                                       "log(age)",
                                       "C(two)",
                                       "offset(two)",
                                       "ns(age, 2)",
                                       "scale(age)",
                                       "I(age > 30)",
                                       "2",
                                       "(segment*two)",
                                       "log(spend",
                                       ")",
                                       "poly(",
                                       "age | two",
                                       "relevel(segment, \"B\")"};
static const char *const operators[] = {"+", "+", "+",  "*", ":", "-", "/", "%in%", "~", "^2 + ",
                                        ",", "<", "==", "(", ")", "&", "=", "'",    " ", "^"};

/* Operands and operators in turn; seldom one for the other. */
static const char *random_text(gsl_rng *rng, struct arena *keep)
{
    const char *text = rng_below(rng, 3) ? "spend ~ " : "~";
    for (size_t k = 0, n = 1 + 2 * rng_below(rng, 6); k < n; k++) {
        bool operand = (k % 2 == 0) != (rng_below(rng, 40) == 0);
        size_t choice = operand ? rng_below(rng, sizeof operands / sizeof *operands)
                                : rng_below(rng, sizeof operators / sizeof *operators);
        text = arena_printf(keep, "%s%s", text, operand ? operands[choice] : operators[choice]);
    }
    return text;
}

/* Whatever is typed, there is a design or a message with its place in the text. */
static void test_random_texts(void **state)
{
    (void)state;
    struct arena *keep = arena_new(), *round = arena_new();
    gsl_rng *rng = rng_stream(20260411, 0, keep);
    size_t n_read = 0, n_made = 0;
    for (size_t trial = 0; trial < 30000; trial++) {
        const struct model_formula *f;
        struct formula_error error;
        struct design d;
        struct design_problem problem;
        arena_reset(round);
        const char *text = random_text(rng, round);
        if (!model_formula_parse(text, &data, &f, &error, round)) {
            assert_true(error.what[0] != '\0');
            assert_true(error.position <= strlen(text) || error.position == FORMULA_NOWHERE);
            continue;
        }
        n_read++;
        if (model_design(f, &data, NULL, 0, &d, &problem, round)) {
            n_made++;
            for (size_t i = 0; i < d.n * d.p; i++)
                assert_true(isfinite(d.x[i]));
        } else {
            assert_true(problem.status != FIT_OK && problem.told.what[0] != '\0');
        }
    }
    print_message("%zu read, %zu made\n", n_read, n_made);
    assert_true(n_read > 1000 && n_made > 500 && n_made < n_read);
    arena_free(round);
    arena_free(keep);
}

static void test_random_bytes(void **state)
{
    (void)state;
    struct arena *keep = arena_new(), *round = arena_new();
    gsl_rng *rng = rng_stream(20260412, 0, keep);
    for (size_t trial = 0; trial < 20000; trial++) {
        char text[24] = "spend~";
        for (size_t k = 6; k < sizeof text - 1; k++)
            text[k] = (char)(1 + rng_below(rng, trial % 2 ? 255 : 126));
        const struct model_formula *f;
        struct formula_error error;
        arena_reset(round);
        if (!model_formula_parse(text, &data, &f, &error, round))
            assert_true(error.position <= strlen(text) || error.position == FORMULA_NOWHERE);
    }
    arena_free(round);
    arena_free(keep);
}

static void test_deep_and_long(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    char *text = arena_alloc(keep, FORMULA_MAX_LENGTH + 2, 1);
    const struct model_formula *f;
    struct formula_error error;
    memset(text, 'a', FORMULA_MAX_LENGTH + 1);
    assert_false(model_formula_parse(text, &data, &f, &error, keep));
    assert_string_equal(error.what, "longer than 10000 bytes");
    memset(text, '(', FORMULA_MAX_LENGTH + 1);
    text[FORMULA_MAX_LENGTH] = '\0';
    assert_false(model_formula_parse(text, &data, &f, &error, keep));
    assert_string_equal(error.what, "nested more than 200 deep");
    text[0] = '~';
    assert_false(model_formula_parse(text, &data, &f, &error, keep));
    assert_string_equal(error.what, "nested more than 200 deep");
    for (size_t i = 0; i + 3 < FORMULA_MAX_LENGTH; i += 4) /* numbers that grow in a label */
        memcpy(text + i, i == 0 ? "~C(9" : "<9e9", 4);
    assert_false(model_formula_parse(text, &data, &f, &error, keep));
    for (size_t i = 4; i + 3 < FORMULA_MAX_LENGTH; i += 4)
        memcpy(text + i, "+9e9", 4);
    assert_false(model_formula_parse(text, &data, &f, &error, keep));
    assert_string_equal(error.what, "expected ')'");
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_messages),        cmocka_unit_test(test_questions),
        cmocka_unit_test(test_second_part),     cmocka_unit_test(test_hard_rows),
        cmocka_unit_test(test_rows_and_levels), cmocka_unit_test(test_empty_cells),
        cmocka_unit_test(test_other_rows),      cmocka_unit_test(test_identifier),
        cmocka_unit_test(test_many_terms),      cmocka_unit_test(test_orthonormal),
        cmocka_unit_test(test_straight_tails),  cmocka_unit_test(test_random_texts),
        cmocka_unit_test(test_random_bytes),    cmocka_unit_test(test_deep_and_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
