/* SPDX-License-Identifier: GPL-3.0-or-later
   saydo VERB ...: runs saydo-VERB. */
#include "analysis/study/glossary.h"
#include "io/program/dispatch.h"

static const struct verb verbs[] = {
    {"init", "draft a study file from a survey and a ledger"},
    {"validate", "check a study file and its data, compute nothing"},
    {"ledger", "summarise a ledger: one row per customer"},
    {"join", "join survey responses with what the same customers bought"},
    {"describe", "describe scales and behaviours: top box, NPS, reliability, retention"},
    {"correlate", "correlate what customers say with what they do, in each cell"},
    {"curve", "fit regression curves and judge the shape of the return"},
    {"glm", "regress what customers do on what they say: yes or no, counts, order, spend"},
    {"pool", "pool estimates over cells or studies"},
    {"report", "analyse a study: a folder with workbook, charts and tables"},
    {"simulate", "make a study with known truth"},
};

int main(int argc, char **argv)
{
    return dispatch(verbs, sizeof verbs / sizeof *verbs, glossary_text, argc, argv);
}
