/* SPDX-License-Identifier: GPL-3.0-or-later
   LimeSurvey, CSV or a workbook: one header row of codes (Q01, Q02[SQ001], Q02[other]), of texts,
   or of both: "Q01. How satisfied are you?", where the code becomes the name and the text the
   label.  Rows without a submitdate are answers that were not finished. */
#include <string.h>

#include "io/survey/answers.h"
#include "io/survey/layout.h"

/* The columns that LimeSurvey puts in front: their code, and their headings as texts in English,
   German, French and Spanish, as they stand in exports (those of other languages are not known
   here, nor is each of these).  X(code, en, de, fr, es) */
#define FIXED_LIST(X)                                                                              \
    X("submitdate", "Date submitted", "Datum Abgeschickt", "Date de soumission", "Fecha de envío") \
    X("lastpage", "Last page", "Letzte Seite", "Dernière page", "Última página")                   \
    X("startlanguage", "Start language", "Start-Sprache", "Langue de départ", "Lenguaje inicial")  \
    X("seed", "Seed", "Zufallsstartwert", "Tête de série", "Semilla")                              \
    X("startdate", "Date started", "Datum gestartet", "Date de lancement", "Fecha de inicio")      \
    X("datestamp", "Date last action", "Datum letzte Aktivität", "Date de la dernière action",     \
      "Fecha de la última acción")                                                                 \
    X("ipaddr", "IP address", NULL, NULL, NULL)                                                    \
    X("refurl", "Referrer URL", NULL, NULL, NULL)

enum { CODE, ENGLISH, GERMAN, FRENCH, SPANISH, N_HEADINGS };
enum { SUBMITTED }; /* the first of the list */

static const char *const fixed[][N_HEADINGS] = {
#define X(code, en, de, fr, es) {code, en, de, fr, es},
    FIXED_LIST(X)
#undef X
};
enum { N_FIXED = sizeof fixed / sizeof *fixed };

static const char *const response_id[N_HEADINGS] = {"id", "Response ID", "Antwort ID",
                                                    "ID de la réponse", "ID de respuesta"};

/* The code of a heading of code and text: "Q01" of "Q01. How ...?"; 0 bytes where it is none. */
static size_t code_length(const char *heading)
{
    const size_t n = strcspn(heading, ". \t\n");
    return n > 0 && heading[n] == '.' && heading[n + 1] == ' ' ? n : 0;
}

/* Is it the heading's code, alone or with its text, or its text in a language? */
static bool is_heading(const char *cell, const char *const heading[], int language)
{
    const size_t n = code_length(cell);
    const char *code = heading[CODE], *text = heading[language];
    return strcmp(cell, code) == 0 || (text && strcmp(cell, text) == 0) ||
           (n == strlen(code) && strncmp(cell, code, n) == 0);
}

static bool is_fixed(const char *cell, int language)
{
    for (size_t i = 0; i < N_FIXED; i++)
        if (is_heading(cell, fixed[i], language))
            return true;
    return false;
}

bool limesurvey_adds(const char *name)
{
    for (int language = ENGLISH; language < N_HEADINGS; language++)
        if (is_fixed(name, language) || is_heading(name, response_id, language))
            return true;
    return false;
}

static bool recognise_in(const struct survey_head *head, int language, bool declared)
{
    size_t n = 0;
    const bool id = is_heading(survey_cell(head, 0, 0), response_id, language);
    for (size_t j = 0; head->n > 0 && j < head->row[0].n; j++)
        n += is_fixed(head->row[0].cell[j], language);
    return declared ? n + id >= 2 : id && n >= 2;
}

static bool recognise(const struct survey_head *head, bool declared)
{
    for (int language = ENGLISH; language < N_HEADINGS; language++)
        if (recognise_in(head, language, declared))
            return true;
    return false;
}

static bool header(const struct survey_head *head, struct survey_header *out,
                   struct remarks *remarks, struct arena *keep, struct err *err)
{
    *out = survey_header_of(head, 1, 0, 0, keep);
    const bool both = code_length(survey_cell(head, 0, 0)) == strlen("id");
    for (size_t j = 0; both && j < out->n; j++) {
        const size_t n = code_length(out->name[j]);
        if (n == 0)
            continue;
        out->label[j] = out->name[j] + n + strlen(". ");
        out->name[j] = arena_strndup(keep, out->name[j], n);
    }
    return survey_settle_names(head, out, remarks, keep, err);
}

/* Surveys without time stamps have this day in place of all days. */
static bool is_stamp(const struct column *c, size_t n_rows)
{
    size_t n = 0;
    for (size_t i = 0; i < n_rows; i++) {
        const char *cell = c->as.text[i];
        if (cell && strncmp(cell, "1980-01-01", 10) != 0)
            return false;
        n += cell != NULL;
    }
    return n > 0;
}

static void look(const struct frame *f, const struct study_survey *survey, struct remarks *remarks)
{
    const struct column *c = NULL;
    for (int k = CODE; k < N_HEADINGS && !c; k++)
        c = frame_column(f, fixed[SUBMITTED][k]);
    if (!c)
        return;
    const struct answers_real submitted = {
        .column = c->name, .others = "not finished", .mend = "values: [\"*\"]"};
    if (is_stamp(c, f->n_rows))
        remark(remarks,
               "%s is 1980-01-01 in all rows: this survey stores no dates, and the day of an "
               "answer is not known",
               c->name);
    if (!survey->date ||
        strcmp(survey->date, c->name) != 0) /* rows without the date are left out and counted */
        answers_remark(f, survey, &submitted, remarks);
}

const struct survey_layout survey_layout_limesurvey = {
    .name = "limesurvey",
    .format = "limesurvey",
    .title = "LimeSurvey export",
    .wrong = "is no LimeSurvey export: its first row names neither submitdate nor lastpage",
    .mend = "export the responses anew with question codes as headings, or declare format: csv",
    .recognise = recognise,
    .header = header,
    .look = look,
};
