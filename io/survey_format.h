/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_SURVEY_FORMAT_H
#define IO_SURVEY_FORMAT_H

/* The formats a study file may name for a survey.  X(word, is read, what it is) */
#define SURVEY_FORMAT_LIST(X)                                          \
    X(auto, true, "told from the file")                                \
    X(csv, true, "delimited text with one header row")                 \
    X(qualtrics, true, "Qualtrics export with three header rows")      \
    X(surveymonkey, false, "SurveyMonkey export with two header rows") \
    X(limesurvey, false, "LimeSurvey export")                          \
    X(google_forms, false, "Google Forms export")                      \
    X(spss, true, "SPSS data file (.sav, .zsav, .por)")                \
    X(stata, true, "Stata data file (.dta)")                           \
    X(sas, true, "SAS data file (.sas7bdat)")                          \
    X(xlsx, true, "Excel workbook")

#endif
