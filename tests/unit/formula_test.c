/* SPDX-License-Identifier: GPL-3.0-or-later
   Reading formulas and starting values, their messages, and how a fit ends. */
#include "tests/check.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_errno.h>

#include "models/formula/formula.h"

static const char *const params[] = {"b1", "b2"};
static const char *const columns[] = {"y", "x", "net.spend_2", "größe", "net spend"};
static const struct formula_names names = {2, params, 5, columns};

/* ---- messages ---- */

struct bad {
    const char *text;
    size_t position;
    const char *what, *mend;
};

static const struct bad bad[] = {
    {"y ~ b1*(1-exp(-b2*x)", 20, "expected ')'", "it closes the '(' at character 8"},
    {"y ~ b1*(b2*x", 12, "expected ')'", "it closes the '(' at character 8"},
    {"y ~ b1*exp(b2*x))", 16, "unexpected ')'", "there is no '(' for it"},
    {"y ~ b1*(b2 x)", 11, "expected an operator or ')', not 'x'", NULL},
    {"y ~ b1*b2*()", 11, "expected a number, a name or '(', not ')'", NULL},
    {"", 0, "expected a number, a name or '('", NULL},
    {"   ", 3, "expected a number, a name or '('", NULL},
    {"y", 1, "expected '~'", "a formula reads response ~ expression"},
    {"y ~", 3, "expected a number, a name or '('", NULL},
    {"~ b1*b2*x", 0, "expected a number, a name or '(', not '~'", NULL},
    {"y = b1*b2*x", 2, "expected '~', not '='", "a formula reads response ~ expression"},
    {"y ~ b1 ~ b2", 7, "a second '~'", NULL},
    {"y ~ b1 + b2 * 2x", 15, "expected an operator, not 'x'", "to multiply, write *"},
    {"y ~ b1 + b2 (x)", 9, "unknown function 'b2'", "to multiply, write b2*(...)"},
    {"y ~ b1 + x(b2)", 9, "unknown function 'x'", "to multiply, write x*(...)"},
    {"y ~ (b1)(b2)", 8, "expected an operator, not '('", "to multiply, write *"},
    {"y ~ b1 * * b2", 9, "expected a number, a name or '(', not '*'", NULL},
    {"y ~ b1 + b2 +", 13, "expected a number, a name or '('", NULL},
    {"y ~ b1 ^ / b2", 9, "expected a number, a name or '(', not '/'", NULL},
    {"y ~ b1*exo(b2*x)", 7, "unknown function 'exo'", "did you mean 'exp'?"},
    {"y ~ b1*Exp(b2*x)", 7, "unknown function 'Exp'", "did you mean 'exp'?"},
    {"y ~ b1*besselJ(b2*x)", 7, "unknown function 'besselJ'", NULL},
    {"y ~ b1*exp(b2, x)", 7, "exp() takes 1 argument", NULL},
    {"y ~ b1*pow(b2)", 7, "pow() takes 2 arguments", NULL},
    {"y ~ b1*pow(b2, x, 3)", 7, "pow() takes 2 arguments", NULL},
    {"y ~ b1*exp()*b2", 11, "expected a number, a name or '(', not ')'", NULL},
    {"y ~ b1*exp*b2", 7, "'exp' is neither a parameter nor a column",
     "the function is written exp(...)"},
    {"y ~ b1*b2 + b3", 12, "'b3' is neither a parameter nor a column", "did you mean 'b1'?"},
    {"y ~ b1*b2 + net.spend", 12, "'net.spend' is neither a parameter nor a column",
     "did you mean `net spend`?"},
    {"y ~ b1*b2 + net.spend_3", 12, "'net.spend_3' is neither a parameter nor a column",
     "did you mean 'net.spend_2'?"},
    {"y ~ b1*b2 + something", 12, "'something' is neither a parameter nor a column",
     "give a parameter a starting value, or see the columns of the table"},
    {"z*y ~ b1*b2", 0, "'z' is not a column", "the left side is of columns only"},
    {"b1*y ~ b1*b2", 0, "the parameter 'b1' left of '~'", "the left side is of columns only"},
    {"y ~ b1*x", FORMULA_NOWHERE, "the parameter 'b2' is not in the formula",
     "leave it out of the starting values"},
    {"y ~ b1*b2*1e", 11, "an exponent without digits", "write 1e-4, or 2*e for a name e"},
    {"y ~ b1*b2*1e+", 11, "an exponent without digits", "write 1e-4, or 2*e for a name e"},
    {"y ~ b1*b2*1e999", 10, "a number beyond 1.8e308", NULL},
    {"y ~ b1*b2*1.2.3", 13, "expected an operator, not '.3'", "to multiply, write *"},
    {"y ~ b1*b2*0x10", 11, "expected an operator, not 'x10'", "to multiply, write *"},
    {"y ~ b1 \xe2\x88\x92 b2", 7, "unexpected '\xe2\x88\x92'", "write -"},
    {"y ~ b1\xc3\x97"
     "b2",
     6, "unexpected '\xc3\x97'", "write *"},
    {"y ~ b1*x\xc2\xb2 + b2", 8, "unexpected '\xc2\xb2'", "write ^2"},
    {"y ~ b1[1]*b2", 6, "unexpected '['", "use ( and )"},
    {"y ~ b1 % b2", 7, "unexpected '%'", "a formula knows + - * / ^ ( ) and functions"},
    {"y ~ b1*b2; system", 9, "unexpected ';'", "a formula knows + - * / ^ ( ) and functions"},
    {"y ~ b1\x01*b2", 6, "unexpected byte 0x01", NULL},
    {"y ~ b1*`net", 7, "a name that does not end", "close it with `"},
    {"y ~ b1*``", 7, "a name without letters", NULL},
    {"y ~ b1*`a\x1b[31m`", 7, "a name that does not end", "close it with `"},
    {"y ~ b1, b2", 6, "expected an operator, not ','", NULL},
};

static void test_messages(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct formula f;
        struct formula_error error;
        print_message("%s\n", bad[i].text);
        assert_false(formula_parse(bad[i].text, &names, &f, &error, keep));
        assert_string_equal(error.what, bad[i].what);
        assert_int_equal(error.position, bad[i].position);
        assert_string_equal(error.mend ? error.mend : "", bad[i].mend ? bad[i].mend : "");
    }
    arena_free(keep);
}

static void test_names_that_clash(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct formula f;
    struct formula_error error;
    struct formula_names both = {2, (const char *const[]){"b1", "x"}, 5, columns};
    assert_false(formula_parse("y ~ b1*x", &both, &f, &error, keep));
    assert_string_equal(error.what, "'x' is a parameter and also a column");
    assert_int_equal(error.position, 7);
    struct formula_names none = {0, NULL, 5, columns};
    assert_false(formula_parse("y ~ 2*x", &none, &f, &error, keep));
    assert_string_equal(error.what, "no parameter to estimate");
    assert_int_equal(error.position, FORMULA_NOWHERE);
    arena_free(keep);
}

static void test_caret(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    assert_string_equal(formula_caret("y ~ b1*(x", 9, keep), "  y ~ b1*(x\n           ^");
    assert_string_equal(formula_caret("y ~ b1*(x", 99, keep), "  y ~ b1*(x\n           ^");
    assert_string_equal(formula_caret("y ~ gr\xc3\xb6\xc3\x9f"
                                      "e )",
                                      12, keep),
                        "  y ~ gr\xc3\xb6\xc3\x9f"
                        "e )\n            ^");
    assert_string_equal(formula_caret("y\t~\x1b[1m", 3, keep), "  y ~?[1m\n     ^");
    assert_string_equal(formula_caret("", 0, keep), "  \n  ^");
    assert_null(formula_caret("y", FORMULA_NOWHERE, keep));
    char *text = arena_alloc(keep, 1001, 1);
    memset(text, 'a', 1000);
    text[500] = 'B';
    const char *shown = formula_caret(text, 500, keep), *second = strchr(shown, '\n') + 1;
    assert_int_equal(second - shown, 2 + 72 + 1);
    assert_int_equal(shown[strlen(second) - 1], 'B');
    arena_free(keep);
}

/* ---- evil ---- */

static bool parses(const char *text, struct formula_error *error)
{
    struct arena *keep = arena_new();
    struct formula f;
    bool good = formula_parse(text, &names, &f, error, keep);
    arena_free(keep);
    return good;
}

/* "y ~ b1*b2*" and then n times `piece` and `after`. */
static char *repeated(const char *piece, size_t n, const char *after, struct arena *keep)
{
    size_t length = strlen(piece);
    char *text = arena_alloc(keep, 32 + n * length + strlen(after), 1);
    memcpy(text, "y ~ b1*b2*", 10);
    for (size_t i = 0; i < n; i++)
        memcpy(text + 10 + i * length, piece, length);
    memcpy(text + 10 + n * length, after, strlen(after));
    return text;
}

static void test_limits(void **state)
{
    (void)state;
    static const char *const nest[] = {"(", "-", "exp(", "x^", "2^-", "pow(x, ", "+"};
    struct arena *keep = arena_new();
    struct formula_error error;
    assert_false(parses(repeated("(", 100000, "x", keep), &error));
    assert_string_equal(error.what, "longer than 10000 bytes");
    for (size_t i = 0; i < sizeof nest / sizeof *nest; i++) {
        assert_false(parses(repeated(nest[i], 1000, "x", keep), &error));
        assert_string_equal(error.what, "nested more than 200 deep");
    }
    assert_true(parses(repeated("-", 150, "x", keep), &error));
    assert_true(parses(repeated("x^", 150, "x", keep), &error));
    assert_true(parses(repeated("x+", 4900, "x", keep), &error));
    assert_true(parses(repeated("x*-x-x/x+", 1000, "x", keep), &error));
    char *name = repeated("n", 9000, "", keep);
    assert_false(parses(name, &error));
    assert_non_null(strstr(error.what, "nnnn...' is neither a parameter nor a column"));
    arena_free(keep);
}

/* Every text of up to five of these words is read or refused with a position in it. */
static void test_all_short_texts(void **state)
{
    (void)state;
    static const char *const word[] = {"x", "b1", "2", "-", "^", "(", ")", "~", "exp", ",", "`"};
    enum { WORDS = sizeof word / sizeof *word };
    size_t n_good = 0, n_all = 1;
    for (size_t length = 0; length < 5; length++, n_all *= WORDS)
        for (size_t code = 0; code < n_all * WORDS; code++) {
            char text[64] = "y~b2*b1+";
            for (size_t k = 0, rest = code; k <= length; k++, rest /= WORDS)
                strncat(text, word[rest % WORDS], 8);
            struct formula_error error;
            bool good = parses(text, &error);
            n_good += good;
            assert_true(good || error.position <= strlen(text));
            assert_true(good || error.what[0]);
        }
    assert_true(n_good > 100);
}

/* ---- what is read ---- */

static void test_names(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct formula f;
    struct formula_error error;
    assert_true(formula_parse(" log( y ) / x~\n\tb2*größe + b1*net.spend_2*`net spend`+x", &names,
                              &f, &error, keep));
    assert_string_equal(f.response, "log( y ) / x");
    assert_int_equal(f.n_variables, 5);
    assert_string_equal(f.variable[0], "y");
    assert_string_equal(f.variable[1], "x");
    assert_string_equal(f.variable[2], "größe");
    assert_string_equal(f.variable[3], "net.spend_2");
    assert_string_equal(f.variable[4], "net spend");
    assert_int_equal(f.n_params, 2);
    assert_string_equal(f.param[0], "b1");
    /* pi is a number, but a column of that name comes first, and so does a parameter */
    struct formula_names pi = {2, params, 2, (const char *const[]){"y", "pi"}};
    assert_true(formula_parse("y ~ b1*b2*pi", &names, &f, &error, keep));
    assert_int_equal(f.n_variables, 1);
    assert_true(formula_parse("y ~ b1*b2*pi", &pi, &f, &error, keep));
    assert_int_equal(f.n_variables, 2);
    /* without a list of columns every other name is one */
    struct formula_names any = {2, params, 0, NULL};
    assert_true(formula_parse("y ~ b1*b2*exp + spend", &any, &f, &error, keep));
    assert_string_equal(f.variable[1], "exp");
    assert_string_equal(f.variable[2], "spend");
    arena_free(keep);
}

static void test_starting_values(void **state)
{
    (void)state;
    static const struct bad wrong[] = {
        {"", 0, "expected the name of a parameter", "write them as b1=500,b2=1e-4"},
        {"b1", 2, "expected '='", "write them as b1=500,b2=1e-4"},
        {"b1=", 3, "expected a number", "write them as b1=500,b2=1e-4"},
        {"b1=x", 3, "expected a number", "write them as b1=500,b2=1e-4"},
        {"b1=1,", 5, "expected the name of a parameter", "write them as b1=500,b2=1e-4"},
        {"b1=1 b2=2", 5, "expected ',' between starting values", NULL},
        {"b1=1,b1=2", 5, "'b1' has two starting values", NULL},
        {"b1=1e999", 3, "a number beyond 1.8e308", NULL},
        {"b1:1", 2, "unexpected ':'", "a formula knows + - * / ^ ( ) and functions"},
    };
    struct arena *keep = arena_new();
    struct formula_start start;
    struct formula_error error;
    assert_true(formula_start_parse(" b1 = 500, b.2=-1e-4 ,c=+.5", &start, &error, keep));
    assert_int_equal(start.n, 3);
    assert_string_equal(start.param[1], "b.2");
    assert_true(start.value[0] == 500 && start.value[1] == -1e-4 && start.value[2] == 0.5);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_false(formula_start_parse(wrong[i].text, &start, &error, keep));
        assert_string_equal(error.what, wrong[i].what);
        assert_int_equal(error.position, wrong[i].position);
        assert_string_equal(error.mend ? error.mend : "", wrong[i].mend ? wrong[i].mend : "");
    }
    arena_free(keep);
}

/* ---- fits ---- */

#define MAX_N 14

/* NIST StRD nonlinear regression, https://www.itl.nist.gov/div898/strd (public domain). */
struct published {
    const char *name, *formula;
    size_t n, n_params;
    double x[MAX_N], y[MAX_N], start[2][3], b[3], sd[3], rss, rsd;
};

static const struct published published[] = {
    {"DanWood",
     "y ~ b1*x^b2",
     6,
     2,
     {1.309, 1.471, 1.490, 1.565, 1.611, 1.680},
     {2.138, 3.421, 3.597, 4.340, 4.882, 5.660},
     {{1, 5}, {0.7, 4}},
     {7.6886226176E-01, 3.8604055871E+00},
     {1.8281973860E-02, 5.1726610913E-02},
     4.3173084083E-03,
     3.2853114039E-02},
    {"Misra1a",
     "y ~ b1*(1-exp(-b2*x))",
     14,
     2,
     {77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1,
      760.0},
     {10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.40, 75.47,
      81.78},
     {{500, 0.0001}, {250, 0.0005}},
     {2.3894212918E+02, 5.5015643181E-04},
     {2.7070075241E+00, 7.2668688436E-06},
     1.2455138894E-01,
     1.0187876330E-01},
    {"BoxBOD",
     "y ~ b1*(1-exp(-b2*x))",
     6,
     2,
     {1, 2, 3, 5, 7, 10},
     {109, 149, 149, 191, 213, 224},
     {{1, 1}, {100, 0.75}},
     {2.1380940889E+02, 5.4723748542E-01},
     {1.2354515176E+01, 1.0455993237E-01},
     1.1680088766E+03,
     1.7088072423E+01},
    {"Rat42",
     "y ~ b1/(1+exp(b2-b3*x))",
     9,
     3,
     {9, 14, 21, 28, 42, 57, 63, 70, 79},
     {8.930, 10.800, 18.590, 22.330, 39.350, 56.110, 61.730, 64.620, 67.080},
     {{100, 1, 0.1}, {75, 2.5, 0.07}},
     {7.2462237576E+01, 2.6180768402E+00, 6.7359200066E-02},
     {1.7340283401E+00, 8.8295217536E-02, 3.4465663377E-03},
     8.0565229338E+00,
     1.1587725499E+00},
};

/* A formula of y, x and b1 .. b3, of which the first n_params are used. */
static struct formula formula_of(const char *text, size_t n_params, struct arena *keep)
{
    static const char *const param[] = {"b1", "b2", "b3"}, *const column[] = {"y", "x"};
    struct formula f;
    struct formula_error error;
    struct formula_names these = {n_params, param, 2, column};
    if (!formula_parse(text, &these, &f, &error, keep))
        fail_msg("%s: %s", text, error.what);
    return f;
}

static void test_published(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    for (size_t i = 0; i < 2 * sizeof published / sizeof *published; i++) {
        const struct published *p = &published[i / 2];
        struct formula f = formula_of(p->formula, p->n_params, keep);
        const double *variables[] = {p->y, p->x};
        struct fit fit;
        formula_fit(&f, variables, p->n, NULL, WEIGHT_NONE, p->start[i % 2], NULL, &fit, keep);
        assert_string_equal(fit_status_word(fit.status), "converged");
        for (size_t j = 0; j < p->n_params; j++) {
            assert_digits(fit.estimate[j], p->b[j], 10);
            assert_digits(fit_std_error(&fit, j), p->sd[j], 10);
        }
        assert_digits(fit.deviance, p->rss, 10);
        assert_digits(fit.sigma, p->rsd, 10);
    }
    arena_free(keep);
}

/* A weighted mean by hand: y = 2 4 9, w = 1 2 1: mean 19/4, deviance
   1 * (11/4)^2 + 2 * (3/4)^2 + 1 * (17/4)^2 = 428/16. */
static void test_by_hand(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct formula f = formula_of("y ~ b1", 1, keep);
    const double y[] = {2, 4, 9, 1000}, w[] = {1, 2, 1, 0};
    const double *variables[] = {y};
    struct fit fit;
    formula_fit(&f, variables, 4, w, WEIGHT_FREQUENCY, (double[]){1}, NULL, &fit, keep);
    assert_int_equal(fit.status, FIT_CONVERGED);
    assert_digits(fit.estimate[0], 19.0 / 4, 14);
    assert_digits(fit.deviance, 428.0 / 16, 14);
    assert_digits(fit.n_obs, 4, 15);
    assert_digits(fit.df_residual, 3, 15);
    assert_digits(fit.vcov[0], 428.0 / 16 / 3 / 4, 13);
    assert_digits(fit.r_squared, 0, 13);
    formula_fit(&f, variables, 4, w, WEIGHT_SAMPLING, (double[]){1}, NULL, &fit, keep);
    assert_digits(fit.n_obs, 3, 15);
    assert_digits(fit.df_residual, 2, 15);
    /* sum of (w r)^2 over (sum of w)^2 */
    assert_digits(fit.vcov[0], (121.0 / 16 + 4 * 9.0 / 16 + 289.0 / 16) / 16, 13);
    assert_digits(fit.log_lik, 0.5 * (log(2) - 3 * (log(2 * acos(-1)) + 1 + log(428.0 / 16 / 3))),
                  13);
    arena_free(keep);
}

/* log(y) ~ b1 + b2*x is the straight line through (x, log y). */
static void test_transformed_response(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const double x[] = {1, 2, 3, 5, 8}, y[] = {2.1, 3.9, 9.2, 30, 310};
    double logged[5], mx = 19.0 / 5, my = 0, sxy = 0, sxx = 0;
    for (size_t i = 0; i < 5; i++) {
        logged[i] = log(y[i]);
        my += logged[i] / 5;
    }
    for (size_t i = 0; i < 5; i++) {
        sxy += (x[i] - mx) * (logged[i] - my);
        sxx += (x[i] - mx) * (x[i] - mx);
    }
    struct formula f = formula_of("log(y) ~ b1 + b2*x", 2, keep);
    const double *variables[] = {y, x};
    struct fit fit;
    formula_fit(&f, variables, 5, NULL, WEIGHT_NONE, (double[]){0, 0}, NULL, &fit, keep);
    assert_int_equal(fit.status, FIT_CONVERGED);
    assert_digits(fit.estimate[1], sxy / sxx, 13);
    assert_digits(fit.estimate[0], my - sxy / sxx * mx, 12);
    arena_free(keep);
}

struct ending {
    const char *formula;
    size_t n_params, n;
    double x[6], y[6], start[3];
    enum fit_status status;
};

static void test_endings(void **state)
{
    (void)state;
    static const struct ending endings[] = {
        {"y ~ b1 + b2*x", 2, 2, {1, 2}, {1, 3}, {0, 0}, FIT_TOO_FEW},
        {"y ~ b1 + b2*x", 2, 0, {0}, {0}, {0, 0}, FIT_TOO_FEW},
        {"y ~ b1 + b2*x", 2, 4, {1, 2, 3, 4}, {5, 5, 5, 5}, {0, 0}, FIT_CONSTANT},
        {"log(y) ~ b1 + b2*x", 2, 4, {1, 2, 3, 4}, {5, 0, 5, 5}, {0, 0}, FIT_DOMAIN},
        {"log(y) ~ b1 + b2*x", 2, 4, {1, 2, 3, 4}, {5, -1, 5, 5}, {0, 0}, FIT_DOMAIN},
        {"y ~ b1 + b2*log(x)", 2, 4, {1, 0, 3, 4}, {5, 6, 7, 9}, {1, 1}, FIT_DOMAIN},
        {"y ~ b1 + log(b2*x)", 2, 4, {1, 2, 3, 4}, {5, 6, 7, 9}, {1, -1}, FIT_NO_START},
        {"y ~ b1 + b2*x", 2, 4, {3, 3, 3, 3}, {5, 6, 7, 9}, {1, 1}, FIT_SINGULAR},
        {"y ~ b1 + b2 + 0*x", 2, 4, {1, 2, 3, 4}, {5, 6, 7, 9}, {1, 1}, FIT_SINGULAR},
        {"y ~ b1 + b2*x", 2, 4, {1, 2, 3, 4}, {3, 5, 7, 9}, {0, 0}, FIT_PERFECT},
        {"y ~ b1*sqrt(b2*x)", 2, 4, {0, 1, 2, 3}, {0, 1, 2, 3}, {1, 1}, FIT_SINGULAR},
        {"y ~ b1*x^b2", 2, 4, {0, 1, 2, 3}, {0.1, 1, 2.9, 5}, {1, 1}, FIT_CONVERGED},
    };
    struct arena *keep = arena_new();
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        const struct ending *e = &endings[i];
        struct formula f = formula_of(e->formula, e->n_params, keep);
        const double *variables[] = {e->y, e->x};
        struct fit fit;
        formula_fit(&f, variables, e->n, NULL, WEIGHT_NONE, e->start, NULL, &fit, keep);
        print_message("%s: %s\n", e->formula, fit_status_word(fit.status));
        assert_string_equal(fit_status_word(fit.status), fit_status_word(e->status));
        assert_true(isfinite(fit_std_error(&fit, 0)) == (e->status == FIT_CONVERGED));
    }
    arena_free(keep);
}

/* Frequencies may make n_obs larger than the rows can carry. */
static void test_fewer_rows_than_parameters(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct formula f = formula_of("y ~ b1 + b2*x + b3*x^2", 3, keep);
    const double y[] = {1, 2}, x[] = {1, 2}, w[] = {50, 60};
    const double *variables[] = {y, x};
    struct fit fit;
    formula_fit(&f, variables, 2, w, WEIGHT_FREQUENCY, (double[]){0, 0, 0}, NULL, &fit, keep);
    assert_int_equal(fit.status, FIT_TOO_FEW);
    arena_free(keep);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_messages),        cmocka_unit_test(test_names_that_clash),
        cmocka_unit_test(test_caret),           cmocka_unit_test(test_limits),
        cmocka_unit_test(test_all_short_texts), cmocka_unit_test(test_names),
        cmocka_unit_test(test_starting_values), cmocka_unit_test(test_published),
        cmocka_unit_test(test_by_hand),         cmocka_unit_test(test_transformed_response),
        cmocka_unit_test(test_endings),         cmocka_unit_test(test_fewer_rows_than_parameters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
