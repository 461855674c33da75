# SPDX-License-Identifier: GPL-3.0-or-later
# The figures of the glm oracles (../shared/oracles/glm) to more digits than they were stored with:
# Rscript scripts/reference/glm_oracles.R, from the top folder.  R's scoring steps stop where the
# deviance is still, and leave coefficients of probit and cloglog 1e-7 off, pscl's BFGS 1e-5; second
# derivatives there are by differences of the likelihood, which keep three digits; on Longley's data
# X'X loses eight.  Here the same models go on to the maximum (maximum.R).  Writes
# tests/reference/glm_oracles.csv (case, quantity, value) and prints how far the oracles are off.
suppressMessages({library(MASS); library(pscl)})
source("scripts/reference/maximum.R")
folder <- Sys.getenv("SAYDO_ORACLES", "../shared/oracles")
data_of <- function(name) read.csv(file.path(folder, "glm/data", paste0(name, ".csv")))
plain <- function(names) gsub("[()]", "", names)
out <- NULL
put <- function(case, quantity, value)
    out <<- rbind(out, data.frame(case, quantity, value = sprintf("%.16g", value)))
put_all <- function(case, what, terms, values) put(case, paste0(what, ".", plain(terms)), values)

generalised <- function(case, m, errors = c("HC0", "HC1", "HC3"), observed = FALSE) {
    f <- refine_glm(m); V <- glm_vcov(f); se <- sqrt(diag(V)); z <- f$b / se
    put_all(case, "b", f$term, f$b); put_all(case, "se", f$term, se); put_all(case, "z", f$term, z)
    put_all(case, "p", f$term, if (is.finite(f$df)) 2 * pt(-abs(z), f$df) else 2 * pnorm(-abs(z)))
    put(case, "pearson_chisq", f$pearson); put(case, "dispersion", f$dispersion)
    put(case, "fitted_1", f$mu[1]); put(case, "fitted_last", f$mu[length(f$mu)]); put(case, "vcov_12", V[1, 2])
    for (type in errors) put_all(case, paste0("se_", type), f$term, sqrt(diag(glm_vcov(f, type))))
    if (observed) put_all(case, "se_observed_info", f$term, sqrt(diag(glm_vcov(f, "observed"))))
}
tight <- glm.control(epsilon = 1e-14, maxit = 500)
fit <- function(formula, family, data) glm(formula, family, data, control = tight)
spector <- data_of("spector"); mroz <- data_of("mroz"); swiss <- data_of("swisslabor")
swiss$participation <- as.integer(swiss$participation == "yes")
for (link in c("logit", "probit", "cloglog"))
    generalised(paste0(link, ":spector"), fit(GRADE ~ GPA + TUCE + PSI, binomial(link), spector), observed = link != "logit")
for (link in c("logit", "probit"))
    generalised(paste0(link, ":mroz"), fit(lfp ~ age + age2 + inc + education + kids, binomial(link), mroz), observed = link != "logit")
generalised("probit:swisslabor", fit(participation ~ income + age + I(age^2) + education + youngkids + oldkids + foreign,
                                     binomial("probit"), swiss), observed = TRUE)
generalised("gaussian:longley", fit(Employed ~ ., gaussian(), data_of("longley")))
generalised("ols:longley", fit(Employed ~ ., gaussian(), data_of("longley")), c("HC0", "HC1", "HC2", "HC3", "HC4"))

negative_binomial <- function(case, formula, data) {
    m <- glm.nb(formula, data, control = glm.control(epsilon = 1e-13, maxit = 1000)); f <- refine_nb(m)
    put_all(case, "b", f$term, f$b); put_all(case, "se", f$term, sqrt(diag(glm_vcov(f))))
    put(case, "theta", f$theta); put(case, "alpha_1_over_theta", 1 / f$theta); put(case, "se_theta", f$theta_std_error)
    put(case, "logLik", f$log_lik); put(case, "AIC", 2 * (f$k + 1 - f$log_lik)); put(case, "deviance", f$deviance)
    put_all(case, "se_joint_observed", c(f$term, "ln_theta"), sqrt(diag(f$joint)))
    put_all(case, "se_sandwich_fixed_theta", f$term, sqrt(diag(glm_vcov(f, "HC0"))))
    invisible(f)
}
articles <- data_of("biochemists"); trips <- data_of("recreation"); nmes <- data_of("nmes")
articles$fem <- factor(articles$fem, c("Men", "Women")); articles$mar <- factor(articles$mar, c("Single", "Married"))
nmes$health <- factor(nmes$health, c("average", "poor", "excellent"))
art <- art ~ fem + mar + kid5 + phd + ment
trip <- trips ~ quality + ski + income + userfee + costC + costS + costH
visit <- visits ~ hospital + health + chronic + gender + school + insurance
boundary <- negative_binomial("negbin2:biochemists", art, articles)
negative_binomial("negbin2:recreation", trip, trips)
negative_binomial("negbin2:nmes", visit, nmes)

generalised("poisson:recreation", fit(trip, poisson(), trips))
generalised("poisson:biochemists", fit(art, poisson(), articles))

counts <- function(model, name, count, zero, data) {
    kind <- sub("_.*", "", model); case <- paste0(model, ":", name)
    dist <- if (grepl("negbin", model)) "negbin" else "poisson"
    both <- as.formula(paste(deparse1(count), "|", deparse1(zero[[2]])))
    m <- if (kind == "hurdle") hurdle(both, data, dist = dist, control = hurdle.control(reltol = 1e-15))
         else zeroinfl(both, data, dist = dist, control = zeroinfl.control(reltol = 1e-15))
    f <- refine_count(kind, m, model.matrix(count, data), model.matrix(zero, data), data[[deparse1(count[[2]])]])
    put_all(case, paste0(f$component, ".b"), sub("Log\\(theta\\)", "Logtheta", f$term), f$b)
    put_all(case, paste0(f$component, ".se"), sub("Log\\(theta\\)", "Logtheta", f$term), sqrt(diag(f$V)))
    if (dist == "negbin") put(case, "theta", f$theta)
    put(case, "logLik", f$log_lik); put(case, "AIC", 2 * (f$k - f$log_lik))
    put(case, "predicted_zero_count", f$expected_zeros)
}
for (model in c("hurdle_poisson", "hurdle_negbin", "zeroinfl_poisson", "zeroinfl_negbin"))
    counts(model, "biochemists", art, ~ fem + mar + kid5 + phd + ment, articles)
counts("zeroinfl_const_poisson", "biochemists", art, ~1, articles)
for (model in c("hurdle_poisson", "hurdle_negbin", "zeroinfl_poisson"))
    counts(model, "nmes", visit, ~ hospital + health + chronic + gender + school + insurance, nmes)
counts("zeroinfl_negbin", "nmes", visit, ~ hospital + chronic + insurance + school + gender, nmes)
for (model in c("hurdle_negbin", "zeroinfl_negbin")) counts(model, "recreation", trip, ~ quality + income, trips)

# Here no zero is an extra one: the likelihood rises as the zero part's intercept falls without bound
# (pscl stops at -18, with an error of 1390), towards that of the negative binomial.
case <- "zeroinfl_const_negbin:biochemists"; terms <- c(boundary$term, "Logtheta")
put_all(case, "count.b", terms, c(boundary$b, log(boundary$theta)))
put_all(case, "count.se", terms, sqrt(diag(boundary$joint)))
put(case, "theta", boundary$theta); put(case, "logLik", boundary$log_lik)
put(case, "predicted_zero_count", sum(dnbinom(0, mu = boundary$mu, size = boundary$theta)))

# How far the oracles are off.
stored <- read.delim(file.path(folder, "glm/expected.tsv"), quote = "")
both <- merge(stored, transform(out, better = as.numeric(value))[c("case", "quantity", "better")])
stopifnot(nrow(both) > 800)
both$off <- abs(both$value - both$better) / abs(both$better)
both$kind <- ifelse(grepl("^(count.|zero.)?b\\.", both$quantity), "coefficients", ifelse(grepl("se", both$quantity), "errors", "others"))
print(aggregate(off ~ case + kind, both, max))
write.csv(out, "tests/reference/glm_oracles.csv", row.names = FALSE, quote = FALSE)
