# SPDX-License-Identifier: GPL-3.0-or-later
# The R side of scripts/bench-statistics: Rscript bench-statistics.R PART DATA; "null" before
# PART loads the packages and stops, which is R's own start.
arguments <- commandArgs(trailingOnly = TRUE)
null <- arguments[1] == "null"
if (null) arguments <- arguments[-1]
part <- arguments[1]
suppressPackageStartupMessages({
  if (part == "intervals") library(boot)
  if (part == "pooling") library(metafor)
  if (part %in% c("logit", "poisson")) library(sandwich)
  if (part %in% c("negative-binomial", "ordered")) library(MASS)
  if (part %in% c("logit", "poisson", "negative-binomial", "ordered", "subsets", "subsets-34"))
    library(data.table)
  if (part %in% c("subsets", "subsets-34")) library(leaps)
})
if (null) quit()

full <- function(x) format(x, digits = 17, trim = TRUE)

if (part %in% c("logit", "poisson", "negative-binomial", "ordered")) {
  d <- fread(arguments[2]) # R's fastest reader, on as many threads as there are
  formula <- y ~ x1 + x2 + x3 + x4 + x5 + x6 + x7 + x8 + x9 + x10
  if (part == "ordered") {
    d$y <- factor(d$y)
    s <- coef(summary(polr(formula, d, method = "probit", Hess = TRUE)))
    b <- s[, 1]
    se <- s[, 2]
  } else if (part == "negative-binomial") {
    s <- coef(summary(glm.nb(formula, d)))
    b <- s[, 1]
    se <- s[, 2]
  } else {
    m <- glm(formula, if (part == "logit") binomial() else poisson(), d)
    b <- coef(m)
    se <- sqrt(diag(vcovCL(m, d[, c("firm", "month")])))
  }
  cat("term,estimate,std_error\n")
  cat(paste(names(b), full(b), full(se), sep = ","), sep = "\n")
  quit()
}

if (part %in% c("subsets", "subsets-34")) {
  s <- summary(regsubsets(y ~ ., fread(arguments[2]), nvmax = 34, method = "exhaustive", really.big = TRUE))
  cat("terms,r_squared\n")
  for (i in seq_len(nrow(s$which)))
    cat(paste(colnames(s$which)[-1][s$which[i, -1]], collapse = " + "), ",", full(s$rsq[i]), "\n", sep = "")
  quit()
}

d <- read.csv(arguments[2], colClasses = c("character", "numeric", "numeric"))

# What a user writes: lm() where the curve is linear in its parameters, R's self-starting
# models where there is one, else nls() from the logarithms' line.
curves <- list(
  linear = function(d) lm(y ~ x, d),
  quadratic = function(d) lm(y ~ x + I(x^2), d),
  cubic = function(d) lm(y ~ x + I(x^2) + I(x^3), d),
  logarithmic = function(d) lm(y ~ log(x), d),
  power = function(d) {
    b <- coef(lm(log(pmax(y, 1)) ~ log(x), d))
    nls(y ~ a * x^b, d, start = list(a = exp(b[[1]]), b = b[[2]]))
  },
  exponential = function(d) {
    b <- coef(lm(log(pmax(y, 1)) ~ x, d))
    nls(y ~ a * exp(b * x), d, start = list(a = exp(b[[1]]), b = b[[2]]))
  },
  asymptotic = function(d) nls(y ~ SSasympOrig(x, Asym, lrc), d),
  michaelis_menten = function(d) nls(y ~ SSmicmen(x, Vm, K), d),
  logistic = function(d) nls(y ~ SSlogis(x, Asym, xmid, scal), d),
  logistic4 = function(d) nls(y ~ SSfpl(x, A, B, xmid, scal), d),
  gompertz = function(d) nls(y ~ SSgompertz(x, Asym, b2, b3), d),
  hinge = function(d) {
    at <- optimize(function(k) deviance(lm(y ~ x + pmax(0, x - k), d)), range(d$x))$minimum
    lm(y ~ x + pmax(0, x - at), d)
  }
)

if (part == "curves") {
  cells <- c(split(d, d$cell), list("(all)" = d))
  cat("cell,curve,deviance\n")
  for (cell in names(cells))
    for (curve in names(curves)) {
      fit <- tryCatch(curves[[curve]](cells[[cell]]), error = function(e) NULL)
      if (!is.null(fit)) invisible(vcov(fit))
      cat(cell, ",", curve, ",", if (is.null(fit)) "" else full(deviance(fit)), "\n", sep = "")
    }
}

if (part == "intervals") {
  set.seed(1)
  cells <- c(split(d, d$cell), list("(all)" = d))
  cat("cell,low,high\n")
  for (cell in names(cells)) {
    b <- boot(cells[[cell]], function(d, i) cor(d$x[i], d$y[i], method = "spearman"), 9999)
    limits <- boot.ci(b, type = "bca")$bca[4:5]
    cat(cell, ",", full(limits[1]), ",", full(limits[2]), "\n", sep = "")
  }
}

if (part == "pooling") {
  cat("study,estimate,std_error,tau2\n")
  for (s in split(d, d$cell)) {
    m <- tryCatch(rma(yi = s$x, vi = s$y, method = "REML", test = "knha"), error = function(e) NULL)
    cat(s$cell[1], ",", if (is.null(m)) ",," else
      paste(full(m$beta[1]), full(m$se), full(m$tau2), sep = ","), "\n", sep = "")
  }
}
