/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/sample_report.h"

#include <math.h>

const char *const sample_segment[SAMPLE_SEGMENTS] = {
    "=cmd|' /C calc'!A0", "`touch saydo-was-here`", "Müller & Söhne",
    "Small and medium-sized enterprises outside metropolitan areas (under 250 employees)",
    "SMB_Retail\\n 50% off"};
const char *const sample_industry[SAMPLE_INDUSTRIES] = {
    "Bank", "Telecommunication and data services", "$(touch saydo-was-here-2)"};

static const struct levels status_levels = {
    .n = 3, .name = (const char *const[]){"ok", "below min_n", "no variation"}};

/* A smooth made-up value in 0 .. 1 for cell k. */
static double made_up(size_t k, double shift)
{
    return 0.5 + 0.5 * sin(1.7 * (double)k + shift);
}

static size_t add(struct frame_builder *b, const char *name, const char *label,
                  enum column_type type, enum quantity quantity, const char *unit)
{
    return frame_builder_column(b, &(struct column){.name = name,
                                                    .label = label,
                                                    .type = type,
                                                    .quantity = quantity,
                                                    .unit = unit,
                                                    .note = "Made up for the tests."});
}

static void cell_row(struct frame_builder *b, size_t k, double r, double p, int64_t n)
{
    double half = 1.96 / sqrt((double)n - 3);
    frame_put_text(b, 0, sample_segment[k / SAMPLE_INDUSTRIES]);
    frame_put_text(b, 1, sample_industry[k % SAMPLE_INDUSTRIES]);
    frame_put_text(b, 2, k == 4 ? "broken \xff byte" : "pearson");
    frame_put_whole(b, 3, n);
    frame_put_real(b, 4, r);
    frame_put_real(b, 5, k == 7 ? INFINITY : tanh(atanh(r) - half));
    frame_put_real(b, 6, tanh(atanh(r) + half));
    frame_put_real(b, 7, p);
    frame_put_level(b, 8, n < 30 ? 1 : 0);
    frame_end_row(b);
}

static const struct frame *correlations(struct arena *keep)
{
    struct frame_builder *b = frame_builder_new("correlations", keep);
    add(b, "segment", "Segment", COLUMN_TEXT, QUANTITY_PLAIN, NULL);
    add(b, "industry", "segment", COLUMN_TEXT, QUANTITY_PLAIN, NULL); /* a header twice */
    add(b, "method", "Method", COLUMN_TEXT, QUANTITY_PLAIN, NULL);
    add(b, "n", "Respondents", COLUMN_WHOLE, QUANTITY_COUNT, NULL);
    add(b, "estimate", "Correlation", COLUMN_REAL, QUANTITY_CORRELATION, NULL);
    add(b, "conf_low", "95 % interval, from", COLUMN_REAL, QUANTITY_CORRELATION, NULL);
    add(b, "conf_high", "95 % interval, to", COLUMN_REAL, QUANTITY_CORRELATION, NULL);
    add(b, "p_value", "p-value", COLUMN_REAL, QUANTITY_P_VALUE, NULL);
    frame_builder_column(b, &(struct column){.name = "status",
                                             .label = "Status",
                                             .type = COLUMN_FACTOR,
                                             .levels = &status_levels,
                                             .note = "How the estimation ended."});
    for (size_t k = 0; k < SAMPLE_SEGMENTS * SAMPLE_INDUSTRIES; k++)
        cell_row(b, k, 1.7 * made_up(k, 0) - 0.8, k == 3 ? 1e-9 : 0.2 * made_up(k, 1),
                 k == 6 ? 17 : 40 + 31 * (int64_t)k);
    return frame_builder_finish(b);
}

static const struct frame *customers(struct arena *keep)
{
    struct frame_builder *b = frame_builder_new("behaviour", keep);
    add(b, "key", "Customer", COLUMN_TEXT, QUANTITY_PLAIN, NULL);
    add(b, "first", "First purchase", COLUMN_DAY, QUANTITY_PLAIN, NULL);
    add(b, "spend", "Spend", COLUMN_REAL, QUANTITY_MONEY, "EUR");
    add(b, "share", "Share of returns", COLUMN_REAL, QUANTITY_SHARE, NULL);
    add(b, "slope", "Slope", COLUMN_REAL, QUANTITY_ESTIMATE, NULL);
    add(b, "df", "Degrees of freedom", COLUMN_REAL, QUANTITY_DF, NULL);
    static const char *const key[] = {"00123", "0124", "-7", "@x", "+49 30 1", "12E5"};
    for (size_t i = 0; i < 6; i++) {
        frame_put_text(b, 0, key[i]);
        frame_put_day(b, 1, i == 0 ? -40000 : 18000 + 97 * (int32_t)i);
        frame_put_real(b, 2, i == 3 ? NAN : 1234.5 * (double)i * (double)i);
        frame_put_real(b, 3, 0.0421 * (double)i);
        frame_put_real(b, 4, pow(10, (double)i - 4) * 1.23456789);
        frame_put_real(b, 5, i % 2 ? 12.25 : 40);
        frame_end_row(b);
    }
    return frame_builder_finish(b);
}

/* ---- charts ---- */

static const double *column(struct arena *keep, size_t n, double (*f)(size_t, double), double shift,
                            double times, double plus)
{
    double *x = ARENA_NEW(keep, double, n);
    for (size_t i = 0; i < n; i++)
        x[i] = plus + times * f(i, shift);
    return x;
}

static double same(size_t i, double shift)
{
    return (double)i + shift;
}

enum { SAMPLE_POINTS = 60, SAMPLE_GRID = 41 };

/* Points with a band and a curve, as a regression is shown. */
static struct panel curve_panel(size_t k, struct arena *keep)
{
    struct series *s = ARENA_NEW(keep, struct series, 4);
    double *px = ARENA_NEW(keep, double, SAMPLE_POINTS),
           *py = ARENA_NEW(keep, double, SAMPLE_POINTS);
    double *gx = ARENA_NEW(keep, double, SAMPLE_GRID), *gy = ARENA_NEW(keep, double, SAMPLE_GRID);
    double *lo = ARENA_NEW(keep, double, SAMPLE_GRID), *hi = ARENA_NEW(keep, double, SAMPLE_GRID);
    double top = 900 + 900 * made_up(k, 2);
    for (size_t i = 0; i < SAMPLE_POINTS; i++) {
        px[i] = 1 + (double)(i % 7) + 0.12 * sin(13.0 * (double)i);
        py[i] = fmax(0, top / (1 + exp(4 - px[i])) + 260 * sin(7.1 * (double)(i * (k + 1))));
    }
    for (size_t i = 0; i < SAMPLE_GRID; i++) {
        gx[i] = 1 + 6.0 * (double)i / (SAMPLE_GRID - 1);
        gy[i] = top / (1 + exp(4 - gx[i]));
        lo[i] = gy[i] - 60 - 20 * fabs(gx[i] - 4);
        hi[i] = gy[i] + 60 + 20 * fabs(gx[i] - 4);
    }
    const double *mx = column(keep, 7, same, 1, 1, 0);
    double *my = ARENA_NEW(keep, double, 7), *ml = ARENA_NEW(keep, double, 7),
           *mh = ARENA_NEW(keep, double, 7);
    for (size_t i = 0; i < 7; i++) {
        my[i] = top / (1 + exp(4 - mx[i])) + 40 * sin((double)(i + k));
        ml[i] = my[i] - 110;
        mh[i] = my[i] + 130;
    }
    bool few = k % 7 == 6;
    s[0] = (struct series){.label = "respondent",
                           .mark = MARK_POINTS,
                           .n = SAMPLE_POINTS,
                           .x = px,
                           .y = py,
                           .muted = true};
    s[1] = (struct series){.label = "95 % band of the curve",
                           .mark = MARK_BAND,
                           .n = few ? 0 : SAMPLE_GRID,
                           .x = gx,
                           .y = gy,
                           .low = lo,
                           .high = hi};
    s[2] = (struct series){
        .label = "fitted curve", .mark = MARK_LINE, .n = few ? 0 : SAMPLE_GRID, .x = gx, .y = gy};
    s[3] = (struct series){.label = "mean with 95 % interval",
                           .mark = MARK_INTERVALS,
                           .n = 7,
                           .x = mx,
                           .y = my,
                           .low = ml,
                           .high = mh,
                           .colour = 1};
    const char *title =
        arena_printf(keep, "%s, %s (n = %zu)", sample_segment[k % SAMPLE_SEGMENTS],
                     sample_industry[k / SAMPLE_SEGMENTS % SAMPLE_INDUSTRIES], 40 + 31 * k);
    return (struct panel){.title = title, .n_series = 4, .series = s};
}

static struct chart curves(size_t n_panels, struct arena *keep)
{
    struct panel *panels = ARENA_NEW(keep, struct panel, n_panels);
    for (size_t k = 0; k < n_panels; k++)
        panels[k] = curve_panel(k, keep);
    return (struct chart){
        .id = "curves",
        .kind = &chart_kind_xy,
        .title = "What customers spend at each level of intention",
        .finding = "In all segments spend rises steeply between 3 and 5 and flattens above 6: the "
                   "curve bends where customers stop hesitating, not where they are most certain.",
        .x_label = "Intention to buy again (1 = certainly not, 7 = certainly)",
        .y_label = "Spend in the following year (EUR)",
        .x_low = 0.6,
        .x_high = 7.4,
        .n_panels = n_panels,
        .panels = panels};
}

static struct chart funnel(struct arena *keep)
{
    static const char *const step[] = {
        "Responses in the survey", "Usable, unique respondents with a key that is not blank",
        "Found in the ledger or the customer master", "With a whole window of 365 days"};
    static const double y[] = {0, 1, 2, 3}, x[] = {1843, 1790, 1432, 1398};
    struct series *s = ARENA_NEW(keep, struct series, 1);
    struct panel *p = ARENA_NEW(keep, struct panel, 1);
    *s = (struct series){.mark = MARK_BARS, .n = 4, .x = x, .y = y};
    *p = (struct panel){.n_series = 1, .series = s};
    return (struct chart){
        .id = "match",
        .sheet = "Match",
        .kind = &chart_kind_bars,
        .title = "How many respondents were found in the books",
        .finding = "1,398 of 1,843 responses (76 %) could be joined and watched for a whole year.",
        .x_label = "Respondents",
        .n_y_categories = 4,
        .y_category = step,
        .n_panels = 1,
        .panels = p};
}

static struct chart scale(struct arena *keep)
{
    static const char *const word[] = {"1 certainly not", "2", "3", "4 undecided", "5", "6",
                                       "7 certainly"};
    static const double x[] = {0, 1, 2, 3, 4, 5, 6};
    static const double a[] = {0.04, 0.06, 0.11, 0.2, 0.26, 0.21, 0.12},
                        b[] = {0.1, 0.12, 0.13, 0.25, 0.2, 0.12, 0.08};
    struct series *s = ARENA_NEW(keep, struct series, 2);
    struct panel *p = ARENA_NEW(keep, struct panel, 1);
    s[0] = (struct series){.label = "Bought again", .mark = MARK_BARS, .n = 7, .x = x, .y = a};
    s[1] = (struct series){
        .label = "Did not buy again", .mark = MARK_BARS, .n = 7, .x = x, .y = b, .colour = 1};
    *p = (struct panel){.n_series = 2, .series = s};
    return (struct chart){.id = "scale",
                          .kind = &chart_kind_bars,
                          .title = "Distribution of intention",
                          .finding = "Those who bought again had answered one point higher.",
                          .x_label = "Answer",
                          .y_label = "Share of respondents",
                          .y_percent = true,
                          .n_x_categories = 7,
                          .x_category = word,
                          .n_panels = 1,
                          .panels = p};
}

static const char *const *cell_names(struct arena *keep, size_t n)
{
    const char **name = ARENA_NEW(keep, const char *, n + 2);
    for (size_t k = 0; k < n; k++)
        name[k] = arena_printf(keep, "%s, %s", sample_segment[k / SAMPLE_INDUSTRIES],
                               sample_industry[k % SAMPLE_INDUSTRIES]);
    name[n] = "Pooled (random effects)";
    name[n + 1] = "95 % prediction interval";
    return name;
}

static struct chart forest(struct arena *keep)
{
    enum { N = SAMPLE_SEGMENTS * SAMPLE_INDUSTRIES };
    struct series *s = ARENA_NEW(keep, struct series, 4);
    struct panel *p = ARENA_NEW(keep, struct panel, 1);
    double *x = ARENA_NEW(keep, double, N), *lo = ARENA_NEW(keep, double, N),
           *hi = ARENA_NEW(keep, double, N), *size = ARENA_NEW(keep, double, N);
    for (size_t k = 0; k < N; k++) {
        double half = 0.12 + 0.15 * made_up(k, 3);
        x[k] = 0.3 + 0.35 * sin(1.7 * (double)k);
        lo[k] = tanh(atanh(x[k]) - half);
        hi[k] = tanh(atanh(x[k]) + half);
        size[k] = 0.5 + 0.12 / half;
    }
    static const double pooled[] = {0.31}, pooled_lo[] = {0.21}, pooled_hi[] = {0.4}, row[] = {N},
                        next[] = {N + 1}, pred_lo[] = {-0.2}, pred_hi[] = {0.69};
    static const char *const none[] = {"[−0.20, 0.69]"};
    s[0] = (struct series){.mark = MARK_INTERVALS,
                           .n = N - 1,
                           .x = x,
                           .y = column(keep, N, same, 0, 1, 0),
                           .low = lo,
                           .high = hi,
                           .size = size};
    s[1] = (struct series){.mark = MARK_INTERVALS,
                           .n = 1,
                           .x = x + N - 1,
                           .y = column(keep, 1, same, N - 1, 1, 0),
                           .low = lo + N - 1,
                           .high = hi + N - 1,
                           .muted = true,
                           .label = "below 30 respondents"};
    s[2] = (struct series){.mark = MARK_BAND,
                           .n = 1,
                           .x = pooled,
                           .y = row,
                           .low = pooled_lo,
                           .high = pooled_hi,
                           .colour = 1};
    s[3] = (struct series){.mark = MARK_LINE,
                           .n = 1,
                           .x = pooled,
                           .y = next,
                           .low = pred_lo,
                           .high = pred_hi,
                           .colour = 1,
                           .text = none};
    *p = (struct panel){.n_series = 4, .series = s};
    return (struct chart){.id = "pooled",
                          .kind = &chart_kind_forest,
                          .title = "Correlation of intention and spend in each cell",
                          .finding = "The pooled correlation is 0.31 (0.21 to 0.40); cells differ "
                                     "more than chance allows (I² = 78 %).",
                          .x_label = "Correlation r with 95 % interval",
                          .n_y_categories = N + 2,
                          .y_category = cell_names(keep, N),
                          .n_panels = 1,
                          .panels = p};
}

static struct chart heatmap(struct arena *keep)
{
    enum { N = SAMPLE_SEGMENTS * SAMPLE_INDUSTRIES };
    struct series *s = ARENA_NEW(keep, struct series, 2);
    struct panel *p = ARENA_NEW(keep, struct panel, 1);
    double *x = ARENA_NEW(keep, double, N), *y = ARENA_NEW(keep, double, N),
           *r = ARENA_NEW(keep, double, N);
    const char **text = ARENA_NEW(keep, const char *, N);
    for (size_t k = 0; k < N; k++) {
        x[k] = (double)(k % SAMPLE_INDUSTRIES);
        y[k] = (double)(k / SAMPLE_INDUSTRIES);
        r[k] = k == 6 ? NAN : 1.7 * made_up(k, 0) - 0.8;
        text[k] = k == 6 ? "n = 17" : arena_printf(keep, "%.2f\nn = %zu", r[k], 40 + 31 * k);
    }
    s[0] = (struct series){.mark = MARK_POINTS, .n = N, .x = x, .y = y, .low = r, .text = text};
    *p = (struct panel){.n_series = 1, .series = s};
    return (struct chart){
        .id = "heatmap",
        .kind = &chart_kind_heatmap,
        .title = "Where saying and doing go together",
        .finding = "Correlations run from −0.80 to 0.90; one cell has too few respondents.",
        .n_x_categories = SAMPLE_INDUSTRIES,
        .x_category = sample_industry,
        .n_y_categories = SAMPLE_SEGMENTS,
        .y_category = sample_segment,
        .n_panels = 1,
        .panels = p};
}

const struct report *sample_report(size_t n_panels, struct arena *keep)
{
    static const char *const lines[] = {
        "Saying goes with doing: r = 0.31 (95 % interval 0.21 to 0.40) over 15 cells.",
        "1,398 of 1,843 responses could be joined to the ledger (76 %)."};
    static const char *const warnings[] = {"17 respondents of one cell are fewer than min_n = 30: "
                                           "the cell is shown, and left out of the pooling.",
                                           "match rate 78 % is below 80 %"};
    struct table *tables = ARENA_NEW(keep, struct table, 2);
    struct chart *charts = ARENA_NEW(keep, struct chart, 5);
    struct report *r = ARENA_NEW(keep, struct report, 1);
    tables[0] = (struct table){
        .id = "correlations",
        .sheet = "Correlations",
        .title = "How strongly does saying go with doing?",
        .note = "Pearson's r with Fisher's interval; cells below 30 respondents are grey. p-values "
                "are two-sided, from t with n − 2 degrees of freedom.",
        .check_r = "d <- read.csv('study.csv'); cor.test(d$intent, d$spend)",
        .check_spss = "CORRELATIONS /VARIABLES=intent spend.",
        .frame = correlations(keep)};
    tables[1] = (struct table){.id = "behaviour",
                               .sheet = "Match",
                               .title = "What each customer did",
                               .frame = customers(keep)};
    charts[0] = curves(n_panels, keep);
    charts[1] = funnel(keep);
    charts[2] = scale(keep);
    charts[3] = forest(keep);
    charts[4] = heatmap(keep);
    *r = (struct report){.title = "Repurchase intention 2025: say and do",
                         .lines = lines,
                         .n_lines = 2,
                         .n_tables = 2,
                         .tables = tables,
                         .n_charts = 5,
                         .charts = charts,
                         .n_warnings = 2,
                         .warnings = warnings,
                         .gate = "match rate 0.78 is below min_match 0.80"};
    return r;
}
