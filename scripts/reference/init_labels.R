# SPDX-License-Identifier: GPL-3.0-or-later
# Writes tests/reference/labelled/directions.sav and .dta, the survey of tests/cli/init/labels.sh: codes with names,
# and scales of which 1 is the best answer, in four languages.  Run from the root: Rscript scripts/reference/init_labels.R
# R 4.2.2, haven 2.5.1.
suppressMessages(library(haven))
d <- data.frame(id = sprintf("K%02d", 1:12), day = as.Date("2024-01-09") + 1:12)
add <- function(values, words, label, codes = seq_along(words))
  labelled(as.numeric(values), if (length(words)) setNames(as.numeric(codes), words), label = label)
d$plan <- add(c(1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3), c("Basic", "Plus", "Pro"), "Which plan do you have?")
d$v2 <- add(c(1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 3, 3), c("männlich", "weiblich", "divers"), "Geschlecht")
d$v3 <- add(c(1, 1, 1, 2, 2, 2, 3, 3, 3, 1, 2, 3), c("Norte", "Sur", "Este"), "¿De qué zona es?")
d$v4 <- add(c(1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 1, 1), c("Homme", "Femme", "Autre"), "Vous êtes")
d$buy <- add(c(1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 2),
             c("Definitely will", "Probably will", "Might or might not", "Probably will not", "Definitely will not"), "Will you buy again?")
d$note <- add(c(1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 1),
              c("sehr gut", "gut", "befriedigend", "ausreichend", "mangelhaft", "ungenügend"), "Welche Note geben Sie uns?")
yes <- c("Tout à fait d'accord", "D'accord", "Ni d'accord ni pas d'accord", "Pas d'accord", "Pas du tout d'accord")
d$accord_1 <- add(c(1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 2), yes, "Le service est rapide")
d$accord_2 <- add(c(2, 2, 3, 4, 4, 1, 2, 3, 4, 5, 1, 1), yes, "Le service est aimable")
d$accord_3 <- add(c(5, 4, 3, 2, 1, 5, 4, 3, 2, 1, 5, 5), rev(yes), "Le service est bon")
d$satis <- add(c(5, 4, 3, 2, 1, 5, 4, 3, 2, 6, 6, 5),
               c("Muy insatisfecho", "Insatisfecho", "Ni satisfecho ni insatisfecho", "Satisfecho", "Muy satisfecho", "No sabe"), "¿Está satisfecho?")
d$mood <- add(c(1, 2, 3, 4, 5, 6, 7, 1, 2, 3, 4, 5), c("Mies", "Super"), "Stimmung", c(1, 7))
d$v5 <- add(c(1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4), c(), "Region")
write_sav(d, "tests/reference/labelled/directions.sav")
write_dta(d, "tests/reference/labelled/directions.dta", version = 14)
