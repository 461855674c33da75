/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_SURVEY_FORMAT_H
#define IO_SURVEY_FORMAT_H

/* The formats a study file may name for a survey.  X(word, what it is) */
#define SURVEY_FORMAT_LIST(X)                                            \
    X(auto, "told from the file")                                        \
    X(csv, "delimited text with one header row")                         \
    X(qualtrics, "Qualtrics export: three header rows, or two (legacy)") \
    X(surveymonkey, "SurveyMonkey export with two header rows")          \
    X(limesurvey, "LimeSurvey export")                                   \
    X(google_forms, "Google Forms export")                               \
    X(spss, "SPSS data file (.sav, .zsav, .por)")                        \
    X(stata, "Stata data file (.dta)")                                   \
    X(sas, "SAS data file (.sas7bdat)")                                  \
    X(xlsx, "Excel workbook")

#endif
