/* SPDX-License-Identifier: GPL-3.0-or-later
   Rows that are no real or no whole answers, in exports that mark them in a column. */
#ifndef IO_SURVEY_ANSWERS_H
#define IO_SURVEY_ANSWERS_H

#include "io/survey/layout.h"

struct answers_real {
    const char *column, *or_column; /* its name or alias; and if there is none, another or NULL */
    const char *value[4];           /* of real answers; ends with NULL.  None: all but blank ones */
    const char *others;             /* what the other rows are */
    const char *mend;               /* "values: [...]" of the filter that leaves them out */
};

/* Says how many rows are others, and what stands there, unless the study itself says which rows to
   keep by that column. */
void answers_remark(const struct frame *f, const struct study_survey *survey,
                    const struct answers_real *real, struct remarks *remarks);

#endif
