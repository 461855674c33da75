# SPDX-License-Identifier: GPL-3.0-or-later
# What R 4.2.2 (read.csv) and readxl 1.4.2 read below the headers of the survey exports in
# datasets/formats, cell by cell, blank ones left out:
#
#   Rscript scripts/reference/surveys.R >tests/reference/surveys.csv
#
# row counts answers from 1, column the file's columns; value is the bytes of the text in
# hexadecimal.  Numbers of a workbook have up to 15 digits, dates and times are ISO texts; ids that
# stand under the number format 0000000 are filled up here, which readxl does not do.
hex <- function(x) paste(as.character(charToRaw(enc2utf8(x))), collapse = "")
text <- function(file, header, sep = ",", encoding = "UTF-8-BOM", skip = 0) {
  d <- read.csv(file.path("datasets/formats", file), header = FALSE, sep = sep, skip = skip,
                colClasses = "character", na.strings = character(), fileEncoding = encoding,
                strip.white = FALSE, blank.lines.skip = TRUE, quote = "\"", comment.char = "")
  d[-seq_len(header), , drop = FALSE]
}
book <- function(file, header, padded = 0) {
  cells <- suppressMessages(suppressWarnings(readxl::read_excel(file.path("datasets/formats", file),
    col_names = FALSE, col_types = "list", trim_ws = FALSE, na = character())))
  shown <- function(v, j) {
    if (length(v) != 1 || is.na(v)) return("")
    switch(class(v)[1], POSIXct = format(as.POSIXct(round(as.numeric(v)), origin = "1970-01-01", tz = "UTC"), "%Y-%m-%d %H:%M:%S"),
           numeric = if (j == padded) sprintf("%07d", as.integer(v)) else sprintf("%.15g", v), as.character(v))
  }
  d <- as.data.frame(lapply(seq_along(cells), function(j) vapply(cells[[j]], shown, "", j)))
  d[-seq_len(header), , drop = FALSE]
}
cat("file,row,column,value\n")
tell <- function(file, d) {
  for (i in seq_len(nrow(d))) for (j in seq_along(d))
    if (nzchar(d[i, j])) cat(file, ",", i, ",", j, ",", hex(d[i, j]), "\n", sep = "")
}
for (f in c("numeric", "labelled"))
  tell(sprintf("qualtrics/%s.csv", f), text(sprintf("qualtrics/%s.csv", f), 3))
tell("qualtrics/numeric.tsv", text("qualtrics/numeric.tsv", 3, "\t", "UCS-2LE"))
tell("qualtrics/saved-by-excel.csv", text("qualtrics/saved-by-excel.csv", 3, ";", "CP1252", 1))
tell("qualtrics/legacy.csv", text("qualtrics/legacy.csv", 2))
tell("qualtrics/numeric.xlsx", book("qualtrics/numeric.xlsx", 3, 13))
for (f in c("responses", "anonymous", "saved-by-excel"))
  tell(sprintf("surveymonkey/%s.csv", f), text(sprintf("surveymonkey/%s.csv", f), 2))
tell("surveymonkey/responses.xlsx", book("surveymonkey/responses.xlsx", 2))
for (f in c("codes", "texts", "codes-and-texts"))
  tell(sprintf("limesurvey/%s.csv", f), text(sprintf("limesurvey/%s.csv", f), 1))
for (f in c("responses", "german"))
  tell(sprintf("google-forms/%s.csv", f), text(sprintf("google-forms/%s.csv", f), 1))
tell("google-forms/sheet.xlsx", book("google-forms/sheet.xlsx", 1))
