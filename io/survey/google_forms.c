/* SPDX-License-Identifier: GPL-3.0-or-later
   Google Forms, its CSV or the sheet of its answers: one header row of question texts, the first
   of them "Timestamp" in the owner's language; grids are `Question [Row]`.  Texts may stand twice,
   and have line ends and blanks around them. */
#include <string.h>

#include "io/survey/layout.h"

static bool is_timestamp(const char *heading)
{
    static const char *const words[] = {"Timestamp",
                                        "Zeitstempel",
                                        "Horodateur",
                                        "Marca temporal",
                                        "Informazioni cronologiche",
                                        "Carimbo de data/hora",
                                        "Tijdstempel",
                                        "Sygnatura czasowa",
                                        "Tidstämpel",
                                        "Отметка времени",
                                        "タイムスタンプ"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(heading, words[i]) == 0)
            return true;
    return false;
}

/* Does the first answer begin with a day and a time? */
static bool begins_with_time(const struct survey_head *head)
{
    const char *cell = survey_cell(head, 1, 0);
    const size_t n = strspn(cell, "0123456789/.-");
    return n >= 8 && cell[n] == ' ' && strchr(cell + n, ':');
}

/* In other languages the first column is called otherwise: then the study must say what it is. */
static bool recognise(const struct survey_head *head, bool declared)
{
    const bool timed = begins_with_time(head);
    return is_timestamp(survey_cell(head, 0, 0)) ? timed || head->n == 1 || declared
                                                 : declared && timed;
}

static bool header(const struct survey_head *head, struct survey_header *out,
                   struct remarks *remarks, struct arena *keep, struct err *err)
{
    *out = survey_header_of(head, 1, 0, 0, keep);
    return survey_settle_names(head, out, remarks, keep, err);
}

const struct survey_layout survey_layout_google_forms = {
    .name = "google_forms",
    .format = "google_forms",
    .title = "Google Forms export",
    .wrong = "is no Google Forms export: its first column is no Timestamp",
    .mend = "download the responses anew as CSV, or declare format: csv",
    .recognise = recognise,
    .header = header,
};
