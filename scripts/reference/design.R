# SPDX-License-Identifier: GPL-3.0-or-later
# Design matrices of model formulas as R makes them.
#   Rscript scripts/reference/design.R        (from the root of the tree)
# writes tests/reference/design_data.csv, a made-up data set with missing cells, design_new.csv, some
# other rows, and design.tsv: for each formula a line for each column of model.matrix() on the complete
# rows, without unused levels, and for what = "row", "response", "offset" one each; what = "new" are the
# same columns for the other rows, with the bases, levels and centres of the first (makepredictcall()).
# Numbers have 15 digits or more; between texts are tabs, between values blanks.
library(splines)
C <- function(x) factor(x)   # R's own refuses numbers; its columns are those of factor()
set.seed(20260411)
n <- 40
pick <- function(from, p = NULL) sample(from, n, TRUE, p)
d <- data.frame(bought = pick(c("no", "yes")), segment = pick(c("A", "B", "C")), channel = pick(c("store", "web")),
                wave = pick(1:3), intent = pick(1:7), age = pick(18:75), income = round(rlnorm(n, 10, 0.5)),
                tenure = round(rexp(n, 1 / 24), 1) + 0.1, spend = round(rgamma(n, 1, 1 / 200), 2))
d$x.1 <- round(rnorm(n), 3)
d[["net spend"]] <- round(rnorm(n, 50, 40), 2)
d$segment[7] <- "D"                                # the only D has no age: complete cases lose the level
d$age[c(7, 20)] <- NA; d$income[c(3, 31)] <- NA; d$segment[c(11, 12)] <- NA; d$spend[5] <- NA; d$wave[c(9, 12)] <- NA
write.csv(d, "tests/reference/design_data.csv", row.names = FALSE, quote = FALSE)
new <- d[c(1, 2, 4, 6, 8, 10), ]
new$age <- c(10, 18, 40.5, 75, 90, 33); new$income <- c(1000, 15000, 22026.4, 30000.5, 90000, 250000)
new$tenure <- c(0.5, 1, 7, 30, 200, 55); new$x.1 <- c(-9, -1, 0, 1, 2, 9); new$wave <- c(1, 2, 3, 3, 2, 1)
new[["net spend"]] <- c(-100, 0, 10, 50, 60, 500); new$segment <- c("A", "B", "C", "C", "B", "A")
write.csv(new, "tests/reference/design_new.csv", row.names = FALSE, quote = FALSE)
as_factors <- function(d) {
  d$bought <- factor(d$bought, c("no", "yes")); d$segment <- factor(d$segment, c("A", "B", "C", "D"))
  d$channel <- factor(d$channel, c("store", "web")); d
}
d <- as_factors(d); new <- as_factors(new)
texts <- c(
  "spend ~ intent", "spend ~ intent + segment", "spend ~ intent*segment", "bought ~ segment:channel", "~ segment", "~ 0 + segment",
  "~ segment - 1", "~ intent + intent:segment", "~ segment + intent:segment", "~ intent:segment", "~ 0 + intent + intent:segment",
  "~ 0 + segment*channel", "~ segment:channel - 1", "~ segment*channel*intent", "~ segment*channel - segment", "~ (segment + channel + intent)^2",
  "~ (segment + channel + intent + age)^3 - segment:channel:age", "~ segment/channel", "~ segment/intent", "~ (segment + channel)/age",
  "~ segment + channel %in% segment", "~ age %in% (segment + channel)", "~ segment:channel + segment:bought", "~ channel:segment + channel",
  "~ 0 + age + channel + segment", "~ age:income + age", "~ 1", "spend ~ 0 + 1 + age", "~ -1 + age", "~ age - (1 + segment) + segment:age",
  "log(spend + 1) ~ log(tenure) + I(age^2) + I(age/10)", "I(spend > 100) ~ age", "spend > 100 & age<50 ~ channel", "sqrt(spend)*2-1 ~ age",
  "~ I(age > 40) + I(age>40):segment", "~ 0 + I(age > 40)", "~ I(segment == 'B') + I(segment != \"A\" | age >= 60)",
  "~ C(wave)", "~ relevel(segment, ref = \"B\")*intent", "~ relevel(segment,'C') + relevel(channel, 'web')","~ factor(wave)*intent", "~ 0 + as.factor(wave) + C(segment)", "C(wave) ~ age", "~ C(wave*1e5) + C(wave/10)",
  "~ C(age > 50)", "~ poly(age, 2)", "~ poly(age, 4) + channel", "~ poly(age,2,raw=TRUE)", "~ poly(income, degree = 5)", "~ poly(age, 1)",
  "~ poly(log(tenure), 3):segment", "~ channel*poly(x.1, 2)", "~ ns(income, 3)", "~ ns(age, df=4) + ns(income,1)", "~ ns(x.1, 6)*channel", "~ ns(tenure, 2)",
  "~ scale(age)*scale(income, scale = FALSE)", "~ scale(x.1, center = FALSE)", "spend ~ .", "log(spend) ~ . - income - `net spend`", "bought ~ (.)^2 - spend",
  "~ `net spend` + x.1 + `net spend`:segment", "~ I(`net spend`*2 + -x.1^2)", "spend ~ age + offset(log(tenure))", "spend ~ offset(age) + channel + offset(x.1)",
  "~ pmin(age, 40) + exp(-x.1) + plogis(x.1)", "~ intent + segment + intent + segment:intent + intent:segment", "~ age:channel:segment + segment:age + wave",
  "~ I(age - 40) + I((age - 40)^2) + I(2^-x.1)", "~ segment + wave:segment + channel:wave", "~ I(1e5*age + 123456) + I(1e-5*age) + I(.5*age**2)")
shown <- function(v) paste(sprintf("%.17g", as.numeric(v)), collapse = " ")
out <- c("formula\twhat\tcolumn\tvalues")
for (text in texts) {
  say <- function(what, column, v) out <<- c(out, paste(text, what, column, shown(v), sep = "\t"))
  f <- as.formula(text)
  tt <- terms(f, data = d)
  used <- unique(c(all.vars(tt[[2]]), all.vars(delete.response(tt)), if (length(f) == 3) all.vars(f[[2]])))
  used <- used[used %in% unlist(c(lapply(attr(tt, "term.labels"), function(l) all.vars(str2lang(l))),
                                  lapply(as.list(attr(tt, "variables"))[1 + attr(tt, "offset")], all.vars), if (length(f) == 3) all.vars(f[[2]])))]
  rows <- which(complete.cases(d[used]))
  frame <- model.frame(tt, droplevels(d[rows, ]), na.action = na.pass)
  x <- model.matrix(tt, frame)
  say("row", "", rows - 1)
  if (length(f) == 3) { y <- model.response(frame); say("response", deparse(f[[2]]), if (is.factor(y)) as.integer(y) - 1 else y) }
  if (!is.null(model.offset(frame))) say("offset", "", model.offset(frame))
  for (j in seq_len(ncol(x))) say("x", colnames(x)[j], x[, j])
  right <- delete.response(terms(frame))
  z <- model.matrix(right, model.frame(right, new, xlev = .getXlevels(right, frame), na.action = na.pass))
  for (j in seq_len(ncol(z))) say("new", colnames(z)[j], z[, j])
}
writeLines(out, "tests/reference/design.tsv")
