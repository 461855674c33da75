# SPDX-License-Identifier: GPL-3.0-or-later
# Writes tests/reference/labelled/: small files of SPSS, Stata and SAS with made-up answers, and
# what haven reads in them: cells.csv, labels.csv, variables.csv.  Run from the root:
# Rscript scripts/reference/labelled.R
# R 4.2.2, haven 2.5.1 (ReadStat 1.1.8).
suppressMessages(library(haven))
folder <- "tests/reference/labelled"
n <- 10
answers <- c("very unlikely" = 1, "very likely" = 7, "don't know" = 98, "no answer" = 99)
long <- strrep("Zu teuer, aber gut. ", 20)
d <- data.frame(
  id = sprintf("C-%04d", c(7, 12, 13, 21, 34, 55, 89, 144, 233, 377)),
  day = as.Date("2024-02-27") + seq_len(n),
  stamp = as.POSIXct("2024-02-28 09:15:30", tz = "UTC") + 86399 * seq_len(n),
  stringsAsFactors = FALSE)
d$day[4] <- NA
d$stamp[5] <- NA
income <- c(2.5, 0.1, -1e-5, 123456.789, NA, 1e15, 1 / 3, 0, 1e-300, 98)
attr(d$day, "label") <- "Day of the answer"
attr(d$stamp, "label") <- "Time stamp"
attr(d$id, "label") <- "Customer"
d$income <- structure(income, label = "Income, thousands")
d$note <- structure(c(long, "", "a \"quoted\" one, with comma", "two\nlines", " leading", "x", "ä ö ü ß €",
                      "-", "98", "0"), label = "Open answer")

spss <- d
spss$intent <- labelled_spss(c(1, 7, 98, 99, 4, NA, 6, 2, 5, 3), answers, na_values = c(98, 99),
                             label = "How likely are you to buy again? (Größe)")
spss$segment <- labelled_spss(c(1, 2, 3, 1, 2, 3, 1, 9, NA, 97.5), c(Bank = 1, "Telekom" = 2, "Händler" = 3),
                              na_range = c(9, Inf), label = "Segment")
spss$low <- labelled_spss(c(-5, -1, 0, 1, 2, 3, 4, 5, 6, -99), NULL, na_values = 6, na_range = c(-Inf, -1),
                          label = "Lowest through -1, and 6")
spss$language <- labelled_spss(rep(c("de", "fr", "xx", "", "en"), 2), c(Deutsch = "de", "Français" = "fr"),
                               na_values = "xx", label = "Language")
write_sav(spss, file.path(folder, "survey.sav"), compress = "byte")
write_sav(spss, file.path(folder, "survey_raw.sav"), compress = "none")
write_sav(spss, file.path(folder, "survey.zsav"), compress = "zsav")

stata <- d
stata$stamp <- NULL
stata$moment <- d$stamp
stata$intent <- labelled(c(1, 7, tagged_na("a"), tagged_na("z"), 4, NA, 6, 2, 5, 3),
                         c("very unlikely" = 1, "very likely" = 7, "don't know" = tagged_na("a")),
                         label = "How likely are you to buy again?")
stata$segment <- labelled(as.integer(c(1, 2, 3, 1, 2, 3, 1, 2, NA, 3)), c(Bank = 1L, Telekom = 2L, Other = 3L))
for (f in list(c("week", "%tw"), c("month", "%tm"), c("quarter", "%tq"), c("half", "%th"), c("year", "%ty")))
  stata[[f[1]]] <- structure(c(0, 1, 51, 52, 103, -1, -53, 3380, 12, 2) + 0, format.stata = f[2])
write_dta(stata, file.path(folder, "survey.dta"), version = 14)
old <- stata
old$note <- substr(gsub("[^ -~\n]", "?", old$note), 1, 200)
write_dta(old, file.path(folder, "survey_old.dta"), version = 10)

sas <- data.frame(id = d$id, day = d$day, stamp = d$stamp, income = d$income, note = substr(d$note, 1, 190))
attr(sas$income, "label") <- "Income, thousands"
suppressWarnings(write_sas(sas, file.path(folder, "survey.sas7bdat")))

# The survey of tests/cli/small.sh as SPSS and Stata files: a respondent's answer 98 is "don't know".
small <- data.frame(id = c("A1", "A2", "A3", "A4", "ZZ"), day = as.Date(rep("2024-01-10", 5)))
small$segment <- labelled(c(1, 1, 2, 2, 2), c("Key accounts" = 1, "Small \"m²\"" = 2), label = "Segment")
small$q1 <- labelled_spss(c(7, 5, 98, 1, 4), c("very unlikely" = 1, "very likely" = 7, "don't know" = 98), na_values = 98,
                          label = "How likely are you to buy again?")
write_sav(small, file.path(folder, "small.sav"))
small$q1 <- labelled(c(7, 5, tagged_na("a"), 1, 4), c("very unlikely" = 1, "very likely" = 7, "don't know" = tagged_na("a")))
write_dta(small, file.path(folder, "small.dta"), version = 14)

files <- c("survey.sav", "survey_raw.sav", "survey.zsav", "survey.dta", "survey_old.dta", "survey.sas7bdat")
read <- function(f) {
  path <- file.path(folder, f)
  if (grepl("sav$", f)) read_sav(path, user_na = TRUE) else if (grepl("dta$", f)) read_dta(path) else read_sas(path)
}
number <- function(x) ifelse(is.na(x), "", sprintf("%.17g", x))
period <- function(x, f) { # the first day, as Stata's manual (D functions) defines each
  x <- as.numeric(x)
  per <- c("%tw" = 52, "%tm" = 12, "%tq" = 4, "%th" = 2)[f]
  year <- 1960 + x %/% per; part <- x %% per
  if (f == "%tw") return(format(as.Date(sprintf("%d-01-01", year)) + 7 * part))
  sprintf("%d-%02d-01", year, 1 + part * 12 / per)
}
cell <- function(v) {
  f <- attr(v, "format.stata")
  declared <- rep(FALSE, length(v))
  if (inherits(v, "haven_labelled_spss")) {
    declared <- is.na(v) & !is.na(unclass(v))
    v <- unclass(v)
  }
  tag <- if (is.double(v)) na_tag(v) else rep(NA, length(v))
  text <- if (inherits(v, "Date")) ifelse(is.na(v), "", format(v))
          else if (inherits(v, "POSIXct")) ifelse(is.na(v), "", format(v, "%Y-%m-%d %H:%M:%S", tz = "UTC"))
          else if (is.character(v)) v
          else if (!is.null(f) && f %in% c("%tw", "%tm", "%tq", "%th")) period(v, f)
          else number(as.numeric(v))
  kind <- if (inherits(v, "Date") || inherits(v, "POSIXct") || is.character(v) ||
              (!is.null(f) && f %in% c("%tw", "%tm", "%tq", "%th"))) "text" else "number"
  text <- ifelse(is.na(tag), text, paste0(".", tag))
  kind <- ifelse(declared | !is.na(tag), "code", ifelse(text == "", "missing", kind))
  data.frame(row = seq_along(text), kind = kind, value = text)
}
cells <- labels <- variables <- NULL
for (f in files) {
  t <- read(f)
  for (name in names(t)) {
    v <- t[[name]]
    cells <- rbind(cells, data.frame(file = f, variable = name, cell(v)))
    label <- attr(v, "label", exact = TRUE)
    format <- c(attr(v, "format.spss"), attr(v, "format.stata"), attr(v, "format.sas"), "")[1]
    variables <- rbind(variables, data.frame(file = f, variable = name, label = if (is.null(label)) name else label,
                                             format = format))
    values <- attr(v, "labels", exact = TRUE)
    if (is.null(values)) next
    tag <- if (is.double(values)) na_tag(values) else rep(NA, length(values))
    text <- if (is.character(values)) values else number(as.numeric(values))
    missing <- if (inherits(v, "haven_labelled_spss"))
      is.na(labelled_spss(unname(values), NULL, na_values = attr(v, "na_values"), na_range = attr(v, "na_range")))
      else !is.na(tag)
    labels <- rbind(labels, data.frame(file = f, variable = name, value = ifelse(is.na(tag), unname(text), paste0(".", tag)),
                                       label = names(values), missing = as.integer(missing)))
  }
}
put <- function(x, name) write.csv(x, file.path(folder, name), row.names = FALSE, na = "")
put(cells, "cells.csv"); put(labels, "labels.csv"); put(variables, "variables.csv")
