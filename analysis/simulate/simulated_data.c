/* SPDX-License-Identifier: GPL-3.0-or-later
   The files that a study starts from: surveys, customers, ledger. */
#include "analysis/simulate/simulated.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "io/text/parse.h"

void simulated_id(uint32_t number, char id[SIMULATED_ID_SIZE])
{
    static const char letters[] = "ABCDEFGHJKLMNPRSTUVWXYZ";
    snprintf(id, SIMULATED_ID_SIZE, "%08" PRIu32 "%c", number, letters[number % 23]);
}

/* The id as the survey tool has it: whole, without its zeros, in lower case,
   with a blank behind. */
static const char *stated_id(const struct response *r, char id[SIMULATED_ID_SIZE])
{
    simulated_id(r->number, id);
    size_t length = strlen(id);
    if (r->id_form == 1)
        return id + strspn(id, "0");
    if (r->id_form == 2)
        id[length - 1] = (char)tolower((unsigned char)id[length - 1]);
    if (r->id_form == 3)
        memcpy(id + length, " ", 2);
    return id;
}

static void add_answer(struct made_text *out, int answer)
{
    if (answer == ANSWER_BLANK)
        text_add(out, ",");
    else
        text_add(out, ",%d", answer);
}

/* Already quoted as RFC 4180 wants it. */
static const char *comment_text(uint8_t comment)
{
    static const char *const comments[] = {
        "Fine",
        "\"Friendly staff, long queue\"",
        "\"They call it \"\"service\"\"\"",
        "\"1. Price\n2. Opening hours\"",
        "Zu teuer für das Gebotene",
        "no comment",
        "n/a",
    };
    return comment ? comments[comment % (sizeof comments / sizeof *comments)] : "";
}

void simulated_survey(const struct simulated *s, int wave, struct made_text *out)
{
    text_add(out, "ResponseId,RecordedDate,Finished,ExternalReference,segment,industry,"
                  "Q1,Q2_1,Q2_2,Q2_3,Q3,Q4\n");
    char id[SIMULATED_ID_SIZE];
    for (size_t i = 0; i < s->responses.n; i++) {
        const struct response *r = &s->responses.at[i];
        if (r->wave != wave)
            continue;
        text_add(out, "R_%05zu,", i + 1);
        text_add_day(out, r->day);
        text_add(out, " %02d:%02d:%02d,%s,%s,%s,%s", r->second / 3600, r->second / 60 % 60,
                 r->second % 60, r->finished ? "True" : "False", stated_id(r, id),
                 true_cells[r->cell].segment, true_cells[r->cell].industry);
        for (size_t j = 0; j < N_QUESTIONS; j++)
            add_answer(out, r->answer[j]);
        text_add(out, ",%s\n", comment_text(r->comment));
    }
}

void simulated_customers(const struct simulated *s, struct made_text *out)
{
    text_add(out, "customer_id,industry,segment\n");
    char id[SIMULATED_ID_SIZE];
    for (size_t i = 0; i < s->market->n_people; i++) {
        const struct person *p = &s->market->people[i];
        if (p->unlisted)
            continue;
        simulated_id(p->number, id);
        text_add(out, "%s,%s,%s\n", id, true_cells[p->cell].industry, true_cells[p->cell].segment);
    }
}

/* The month of a day, as 12 * year + month - 1. */
static int month_of(int32_t day)
{
    int year, month, day_of_month;
    civil_from_day(day, &year, &month, &day_of_month);
    return 12 * year + month - 1;
}

size_t simulated_months(const struct calendar *calendar)
{
    return (size_t)(month_of(calendar->last) - month_of(calendar->first) + 1);
}

static void add_subtotal(struct made_text *out, int month, int64_t sum)
{
    text_add(out, "Total %04d-%02d,,,,EUR,", month / 12, month % 12 + 1);
    text_add_cents(out, sum);
    text_add(out, "\n");
}

static void add_line(const struct simulated *s, const struct ledger_line *line,
                     struct made_text *out)
{
#define X(code, type, currency) type "," currency,
    static const char *const words[] = {LINE_KIND_LIST(X)};
#undef X
    char id[SIMULATED_ID_SIZE] = "";
    if (line->person != NOBODY)
        simulated_id(s->market->people[line->person].number, id);
    text_add(out, "%s,", id);
    text_add_day(out, line->day);
    text_add(out, ",%06" PRIu32 ",%s,", line->document, words[line->kind]);
    text_add_cents(out, line->minor);
    text_add(out, "\n");
}

void simulated_ledger(const struct simulated *s, struct made_text *out)
{
    text_add(out, "customer_id,date,document,type,currency,amount\n");
    int month = month_of(s->market->calendar.first);
    const int last = month_of(s->market->calendar.last);
    int64_t sum = 0;
    for (size_t i = 0; i < s->lines.n; i++) {
        const struct ledger_line *line = &s->lines.at[i];
        for (int now = month_of(line->day); month < now; month++, sum = 0)
            add_subtotal(out, month, sum);
        add_line(s, line, out);
        if (line->kind == LINE_SALE || line->kind == LINE_RETURN)
            sum += line->minor;
    }
    for (; month <= last; month++, sum = 0)
        add_subtotal(out, month, sum);
}
