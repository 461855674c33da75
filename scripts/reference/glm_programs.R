# SPDX-License-Identifier: GPL-3.0-or-later
# Expected tables of saydo-glm: Rscript scripts/reference/glm_programs.R, from the top folder.  Writes
# tests/reference/glm_programs_table.csv (the input), glm_programs_runs.csv (run, options) and
# glm_programs.csv (run, table, key, column=value;...).  Each run is R's own model, taken to the last
# digit by maximum.R; groups are subsets, frequencies are rows written out.
suppressMessages({library(MASS); library(sandwich); library(pscl); library(AER); library(ordinal); library(splines)})
source("scripts/reference/maximum.R")
set.seed(20261122)
n <- 420
d <- data.frame(customer = sprintf("c%02d", rep(1:42, each = 10)), turn = rep(1:10, 42), month = sample(1:10, 420, TRUE),
                segment = sample(c("large", "medium", "small"), n, TRUE, c(0.45, 0.3, 0.25)),
                industry = sample(c("food", "steel"), n, TRUE), wave = sample(1:3, n, TRUE))
u <- rnorm(n) + rnorm(42, 0, 0.5)[as.integer(factor(d$customer))] + rnorm(10, 0, 0.3)[d$month]
d$intent <- pmin(7, pmax(1, round(4 + 1.4 * u)))
d$age <- sample(18:80, n, TRUE)
d$income <- round(exp(3.3 + 0.4 * rnorm(n)), 2)
d$tenure <- round(rexp(n, 0.3) + 0.1, 2)
d$weeks <- round(runif(n, 4, 52), 1)
s <- c(large = -0.4, medium = 0, small = 0.5)[d$segment]
eta <- -0.2 + 0.35 * (d$intent - 4) + s + 0.01 * (d$age - 45)
d$retained <- rbinom(n, 1, plogis(eta))
d$renewed <- ifelse(rbinom(n, 1, pnorm(0.7 * eta)) == 1, "yes", "no")
d$trials <- 1 + rpois(n, 3)
d$share <- rbinom(n, d$trials, plogis(eta)) / d$trials
d$fraction <- round(pmin(1, pmax(0, plogis(eta + rnorm(n)) * 1.1 - 0.05)), 4)
d$change <- round(5 + 2 * eta + 0.3 * d$wave + 2 * rnorm(n), 3)
d$visits <- ifelse(runif(n) < plogis(-1 - 0.5 * eta), 0, rnbinom(n, mu = exp(0.6 + 0.4 * eta + 0.6 * log(d$weeks / 25)), size = 2))
d$spend <- ifelse(rbinom(n, 1, plogis(0.3 + 0.8 * eta)) == 1, round(exp(3 + 0.4 * eta + 0.7 * rnorm(n)), 2), 0)
d$amount <- round(rgamma(n, 3, 3 / exp(2 + 0.3 * eta)), 3) + 0.01
d$wait <- round(exp(1 + 0.2 * eta + 0.4 * rnorm(n)), 4)
d$answer <- c("never", "maybe", "likely", "surely")[cut(0.9 * eta + exp(0.2 * (d$industry == "steel")) * rlogis(n), c(-Inf, -1, 0.3, 1.6, Inf), labels = FALSE)]
d$hours <- round(pmin(40, pmax(0, 15 + 12 * eta + 14 * rnorm(n))), 2)
d$weight <- round(rgamma(n, 3, 3) + 0.05, 4)
d$times <- sample(0:3, n, TRUE)
d$intent[sample(n, 12)] <- NA
d$age[sample(n, 9)] <- NA
d$first <- NA; d$first[1:12] <- rep(0:1, c(7, 5)); d$early <- NA; d$early[1:12] <- c(1, 2, 2, 3, 3, 4, 5, 6, 6, 7, 8, 9)
d$share <- round(d$share, 15)
write.csv(d, "tests/reference/glm_programs_table.csv", row.names = FALSE, quote = FALSE, na = "")
d <- read.csv("tests/reference/glm_programs_table.csv")
d$share <- round(d$share * d$trials) / d$trials
steps <- c("never", "maybe", "likely", "surely")
tight <- list(epsilon = 1e-14, maxit = 1000)
expanded <- d[rep(seq_len(n), d$times), ]; rownames(expanded) <- NULL

# ---- what is expected ----

out <- runs <- NULL
put <- function(.run, .table, .key, ...) {
    v <- unlist(list(...)); v <- v[!is.na(v)]
    if (length(v)) out <<- rbind(out, data.frame(run = .run, table = .table, key = .key, column = names(v),
                                                 value = sprintf("%.15g", v)))
}
key <- function(...) { k <- c(...); paste(names(k), k, sep = "=", collapse = ";") }
terms_of <- function(run, b, V, term, df, component = NULL, where = NULL, level = 0.95) {
    se <- sqrt(diag(V)); t <- b / se; q <- qt(1 - (1 - level) / 2, df)
    for (j in seq_along(b))
        put(run, "terms",
            key(where, if (!is.null(component) && !is.na(component[j])) c(component = component[j]), c(term = term[j])), estimate = b[[j]], std_error = se[[j]],
            statistic = t[[j]], df = if (is.finite(df)) df, p_value = 2 * pt(-abs(t[[j]]), df),
            conf_low = b[[j]] - q * se[[j]], conf_high = b[[j]] + q * se[[j]])
}
criteria <- function(run, where, log_lik, k, n, ...)
    put(run, "models", if (is.null(where)) "" else key(where), n_obs = n, log_lik = log_lik, aic = 2 * k - 2 * log_lik,
        aicc = 2 * k - 2 * log_lik + 2 * k * (k + 1) / (n - k - 1), bic = k * log(n) - 2 * log_lik, ...)
diagnose <- function(run, where, ...) {
    v <- list(...)
    for (name in names(v)) if (!is.null(v[[name]])) put(run, "diagnostics", key(where, c(name = name)), estimate = v[[name]])
}
# McFadden's and Nagelkerke's are shares of a likelihood that is at most 1: of densities they are none.
pseudo <- function(run, where, log_lik, null, n, discrete = TRUE)
    diagnose(run, where, null_log_lik = null, mcfadden = if (discrete) 1 - log_lik / null,
             cox_snell = 1 - exp(2 / n * (null - log_lik)),
             nagelkerke = if (discrete) (1 - exp(2 / n * (null - log_lik))) / (1 - exp(2 / n * null)))

# Means of the first rows; line: of the file, whose first holds the names.
fitted_of <- function(run, data, mean, component = NULL) for (i in c(1, 7, 30)) {
    line <- c(line = as.integer(rownames(data)[i]) + 1)
    if (is.null(component)) put(run, "fitted", key(line), fitted = mean[[i]])
    else for (j in seq_along(component)) put(run, "fitted", key(c(line, component = component[j])), fitted = mean[[i, j]])
}

# The figures of a glm: m, as R fits it.  type: of the errors; df: of the tests.
generalised <- function(run, m, type = "model", clusters = NULL, df = NULL, where = NULL, level = 0.95, weighted = FALSE) {
    f <- refine_glm(m); V <- glm_vcov(f, type, clusters); lik <- as.numeric(logLik(m))
    # R's own, as far as it goes
    stopifnot(max(abs(f$b - coef(m)[f$used])) < 1e-4 * max(abs(f$b)))
    if (!is.null(clusters) && type %in% c("HC0", "HC1")) {
        theirs <- vcovCL(m, data.frame(clusters), type = type, multi0 = !any(duplicated(data.frame(clusters))))
        stopifnot(max(abs(diag(V) / diag(theirs)[f$used] - 1)) < 1e-3)
    } else if (startsWith(type, "HC"))
        stopifnot(max(abs(diag(V) / diag(vcovHC(m, type))[f$used] - 1)) < 1e-3)
    else if (type == "model") stopifnot(max(abs(diag(V) / diag(summary(m, if (f$known) 1)$cov.scaled) - 1)) < 1e-4)
    if (is.null(df)) df <- if (is.null(clusters)) f$df else min(sapply(clusters, function(g) length(unique(g)))) - 1
    terms_of(run, f$b, V, f$term[f$used], df, where = where, level = level)
    fam <- m$family; rank <- f$k; extra <- fam$family %in% c("gaussian", "Gamma", "inverse.gaussian")
    shown <- list(n_obs = f$n, df_residual = f$df_residual, deviance = f$deviance)
    if (fam$family == "gaussian" && fam$link == "identity" && attr(terms(m), "intercept")) {
        y <- f$y; w <- f$w; total <- sum(w * (y - weighted.mean(y, w))^2)
        if (is.null(m$offset)) shown <- c(shown, r_squared = 1 - f$deviance / total,
                   adj_r_squared = 1 - f$deviance / f$df_residual / (total / (f$n - 1)), sigma = sqrt(f$dispersion))
    }
    do.call(put, c(list(run, "models", if (is.null(where)) "" else key(where)), shown))
    diagnose(run, where, null_deviance = m$null.deviance, pearson = f$pearson, dispersion = f$dispersion)
    if (!is.na(lik) && !weighted) {
        p <- rank + extra
        log_lik <- p - (fam$aic(f$y, rep(1, length(f$y)), f$mu, f$w, f$deviance) + 2 * rank) / 2
        criteria(run, where, log_lik, p, f$n)
        if (attr(terms(m), "intercept")) {
            e <- data.frame(y = f$y, w = f$w, o = if (is.null(m$offset)) 0 else m$offset)
            zero <- glm(y ~ 1 + offset(o), fam, e, weights = w, control = tight, start = fam$linkfun(weighted.mean(f$y, f$w)))
            pseudo(run, where, log_lik, as.numeric(logLik(zero)), f$n, !extra)
        }
    }
    if (fam$family == "binomial" && all(m$y %in% 0:1) && all(f$w == 1)) {
        mu <- round(f$mu, 12) # customers who are alike are tied
        hit <- mu[f$y == 1]; miss <- mu[f$y == 0]
        diagnose(run, where, tjur = mean(f$mu[f$y == 1]) - mean(f$mu[f$y == 0]), brier = mean((f$y - f$mu)^2),
                 auc = mean(outer(hit, miss, ">") + outer(hit, miss, "==") / 2))
    }
    invisible(f)
}
# run, the options of saydo-glm, and R's formula (where it is not the same text) and family
fit <- function(run, options, formula, family, ..., type = "model", clusters = NULL, df = NULL, by = NULL,
                level = 0.95, data = d, weighted = FALSE, control = tight) {
    runs <<- rbind(runs, data.frame(run, options = sprintf("--formula='%s' %s", formula, options)))
    ours <- grepl("C(", formula, fixed = TRUE); formula <- as.formula(gsub("C\\(", "factor(", formula))
    m <- do.call(glm, list(formula = formula, family = family, data = data, control = control, ...))
    rows <- as.integer(rownames(model.frame(m)))
    used <- if (is.null(clusters)) NULL else lapply(clusters, function(g) data[[g]][match(rows, as.integer(rownames(data)))])
    f <- generalised(run, m, type, used, df, level = level, weighted = weighted)
    if (!identical(data, expanded)) fitted_of(run, model.frame(m), f$mu)
    if (ours) out$key <<- ifelse(out$run == run, sub("factor(wave)", "C(wave)", out$key, fixed = TRUE), out$key)
}

# ---- formulas ----

fit("interaction", "--family=binomial", "retained ~ intent * segment", binomial())
fit("crossed", "--family=gaussian", "change ~ (intent + age + segment)^2 - age:segment", gaussian())
fit("poly", "--family=binomial", "retained ~ poly(age, 2) + segment", binomial(), data = d[!is.na(d$age), ])
fit("ns", "--family=poisson", "visits ~ ns(age, 3) * industry", poisson(), data = d[!is.na(d$age), ])
fit("offset", "--family=poisson", "visits ~ intent + segment + offset(log(weeks))", poisson())
fit("log_response", "--family=gaussian", "log(amount) ~ log(income) + sqrt(tenure)", gaussian())
fit("comparison", "--family=binomial", "spend > 0 ~ intent + log(income)", binomial())
fit("factor", "--family=gaussian", "change ~ C(wave) * intent", gaussian())
fit("as_factor", "--family=gaussian", "change ~ as.factor(wave) + factor(turn)", gaussian())
fit("relevel", "--family=gaussian", "change ~ relevel(segment, ref = \"small\") + intent", gaussian(), data = transform(d, segment = factor(segment)))
fit("no_intercept", "--family=gaussian", "change ~ 0 + segment + intent", gaussian())
fit("slopes", "--family=gaussian", "change ~ segment:intent - 1", gaussian())
fit("nested", "--family=binomial", "retained ~ segment / intent", binomial())
fit("powers", "--family=gaussian", "change ~ intent + I(intent^2) + I(age > 40)", gaussian())
fit("scaled", "--family=gaussian", "change ~ scale(intent) + log(income) * industry", gaussian(), data = d[!is.na(d$intent), ])
fit("aliased", "--family=gaussian", "change ~ intent + I(2 * intent) + age", gaussian(),
    control = list()) # glm looks for aliases with a tolerance of epsilon / 1000
fit("text_response", "--family=binomial", "renewed ~ intent + industry", binomial(), data = transform(d, renewed = factor(renewed)))
fit("three_way", "--family=binomial", "retained ~ intent * segment * industry", binomial())
fit("levels", "--family=binomial --levels=segment:small,medium,large", "retained ~ segment * intent", binomial(),
    data = transform(d, segment = factor(segment, c("small", "medium", "large"))))
fit("level90", "--family=gaussian --conf-level=0.9", "change ~ intent + segment", gaussian(), level = 0.9)

# ---- families and links ----

for (link in c("logit", "probit", "cloglog", "cauchit")) {
    fit(paste0("binomial_", link), paste0("--family=binomial --link=", link), "retained ~ intent + age + segment", binomial(link))
    fit(paste0("observed_", link), paste0("--family=binomial --observed --link=", link), "retained ~ intent + age + segment", binomial(link), type = "observed")
    fit(paste0("shares_", link), paste0("--family=binomial --prior-weights=trials --link=", link), "share ~ intent + segment", binomial(link), weights = d$trials)
}
for (link in c("log", "sqrt")) fit(paste0("poisson_", link), paste0("--family=poisson --link=", link), "visits ~ intent + segment", poisson(link))
for (link in c("identity", "log")) fit(paste0("gaussian_", link), paste0("--family=gaussian --link=", link), "amount ~ intent + segment", gaussian(link))
for (link in c("inverse", "log", "identity")) {
    fit(paste0("gamma_", link), paste0("--family=gamma --link=", link), "amount ~ intent + segment", Gamma(link))
    fit(paste0("gamma_observed_", link), paste0("--family=gamma --observed --link=", link), "amount ~ intent + segment", Gamma(link), type = "observed")
}
for (link in c("1/mu^2", "inverse", "identity", "log"))
    fit(paste0("inverse_gaussian_", sub("1/mu\\^2", "inverse_squared", link)),
        paste0("--family=inverse_gaussian --link=", sub("1/mu\\^2", "inverse_squared", link)), "wait ~ intent + segment", inverse.gaussian(link))
for (link in c("logit", "probit")) fit(paste0("quasibinomial_", link), paste0("--family=quasibinomial --link=", link), "fraction ~ intent + segment", quasibinomial(link))
fit("quasipoisson", "--family=quasipoisson", "visits ~ intent + segment + offset(log(weeks))", quasipoisson())
for (link in c("logit", "probit", "cloglog"))
    fit(paste0("fractional_", link), paste0("--family=fractional --link=", link), "fraction ~ intent + segment", quasibinomial(link), type = "HC0", df = Inf)
fit("negative_binomial_held", "--family=negative_binomial --theta=2", "visits ~ intent + segment", negative.binomial(2, "log"), weighted = TRUE)

# ---- errors ----

for (type in paste0("HC", 0:4)) {
    fit(paste0("binomial_", type), paste0("--family=binomial --robust=", type), "retained ~ intent * segment", binomial(), type = type)
    fit(paste0("poisson_", type), paste0("--family=poisson --robust=", type), "visits ~ intent + segment", poisson(), type = type)
    fit(paste0("gaussian_", type), paste0("--family=gaussian --robust=", type), "change ~ intent + segment", gaussian(), type = type)
    fit(paste0("gamma_", type), paste0("--family=gamma --link=log --robust=", type), "amount ~ intent + segment", Gamma("log"), type = type)
}
one <- list(a = "customer"); two <- list(a = "customer", b = "month")
each <- list(a = "customer", b = "turn") # each pair is one row
for (ways in list(one, two, each)) {
    text <- paste0(" --cluster=", paste(unlist(ways), collapse = ",")); name <- paste0("cluster_", paste(unlist(ways), collapse = "_"), "_")
    fit(paste0(name, "gaussian"), paste0("--family=gaussian", text), "change ~ intent + segment", gaussian(), type = "HC1", clusters = ways)
    fit(paste0(name, "binomial"), paste0("--family=binomial", text), "retained ~ intent + segment", binomial(), type = "HC0", clusters = ways)
    fit(paste0(name, "probit"), paste0("--family=binomial --link=probit", text), "retained ~ intent + segment", binomial("probit"), type = "HC0", clusters = ways)
    fit(paste0(name, "poisson"), paste0("--family=poisson", text), "visits ~ intent + segment", poisson(), type = "HC0", clusters = ways)
    fit(paste0(name, "gamma"), paste0("--family=gamma --link=log", text), "amount ~ intent + segment", Gamma("log"), type = "HC0", clusters = ways)
    fit(paste0(name, "fractional"), paste0("--family=fractional", text), "fraction ~ intent + segment", quasibinomial(), type = "HC0", clusters = ways)
}

# ---- weights ----

fit("prior_gaussian", "--family=gaussian --prior-weights=weight", "change ~ intent + segment", gaussian(), weights = d$weight)
fit("prior_gamma", "--family=gamma --link=log --prior-weights=weight", "amount ~ intent + segment", Gamma("log"), weights = d$weight)
fit("prior_poisson", "--family=poisson --prior-weights=weight", "visits ~ intent + segment", quasipoisson(), weights = d$weight, df = Inf, weighted = TRUE, type = "HC0")
runs$options[runs$run == "prior_poisson"] <- paste(runs$options[runs$run == "prior_poisson"], "--robust=HC0")
out <- out[!(out$run == "prior_poisson" & grepl("dispersion", out$key)), ]
fit("frequency_binomial", "--family=binomial --frequency=times", "retained ~ intent + segment", binomial(), data = expanded)
fit("frequency_gaussian", "--family=gaussian --frequency=times", "change ~ intent + segment", gaussian(), data = expanded)
fit("frequency_poisson", "--family=poisson --frequency=times --robust=HC1", "visits ~ intent + segment", poisson(), data = expanded, type = "HC1")
fit("frequency_gamma", "--family=gamma --link=log --frequency=times", "amount ~ intent + segment", Gamma("log"), data = expanded)
sampled <- function(run, options, formula, family, ..., robust = "HC0") {
    fit(run, options, formula, family, weights = d$weight, type = robust, weighted = TRUE, ...)
    out <<- out[!(out$run == run & (out$table == "diagnostics" | out$table == "models")), ]
}
sampled("sampling_binomial", "--family=binomial --weights=weight", "retained ~ intent + segment", quasibinomial(), df = Inf)
sampled("sampling_poisson", "--family=poisson --weights=weight", "visits ~ intent + segment", quasipoisson(), df = Inf)
sampled("sampling_gaussian", "--family=gaussian --weights=weight", "change ~ intent + segment", gaussian())
sampled("sampling_cluster", "--family=binomial --weights=weight --cluster=customer", "retained ~ intent + segment", quasibinomial(), clusters = one)

# ---- groups are fits of their rows ----

runs <- rbind(runs, data.frame(run = "by", options = "--formula='retained ~ intent + age' --family=binomial --by=segment --robust=HC3"),
              data.frame(run = "by2", options = "--formula='change ~ intent * wave' --family=gaussian --by=segment,industry"))
for (g in c("large", "medium", "small", "(all)")) {
    h <- d[g == "(all)" | d$segment == g, ]
    generalised("by", glm(retained ~ intent + age, binomial(), h, control = tight), "HC3", where = c(segment = g))
    for (i in c("food", "steel", "(all)")) if (g == "(all)" || i != "none")
        generalised("by2", glm(change ~ intent * wave, gaussian(), h[i == "(all)" | h$industry == i, ], control = tight),
                    where = c(segment = g, industry = i))
}

# ---- negative binomial ----

nb <- function(run, options, formula, type = "model", clusters = NULL, data = d) {
    runs <<- rbind(runs, data.frame(run, options = sprintf("--formula='%s' --family=negative_binomial %s", formula, options)))
    m <- eval(bquote(glm.nb(.(as.formula(formula)), data = data, control = glm.control(epsilon = 1e-13, maxit = 1000))))
    f <- refine_nb(m); rows <- as.integer(rownames(model.frame(m)))
    used <- if (is.null(clusters)) NULL else lapply(clusters, function(g) data[[g]][match(rows, as.integer(rownames(data)))])
    V <- if (type == "joint") f$joint[1:f$k, 1:f$k] else glm_vcov(f, type, used)
    terms_of(run, f$b, V, f$term, if (is.null(used)) Inf else min(sapply(used, function(g) length(unique(g)))) - 1)
    put(run, "models", "", deviance = f$deviance, df_residual = f$df_residual)
    criteria(run, NULL, f$log_lik, f$k + 1, f$n)
    diagnose(run, NULL, theta = f$theta, theta_std_error = if (type == "joint") f$theta * sqrt(f$joint[f$k + 1, f$k + 1]) else f$theta_std_error)
}
nb("nb", "", "visits ~ intent + segment")
nb("nb_offset", "", "visits ~ intent * segment + offset(log(weeks))")
nb("nb_observed", "--observed", "visits ~ intent + segment", "joint")
nb("nb_HC0", "--robust=HC0", "visits ~ intent + segment", "HC0")
nb("nb_cluster", "--cluster=customer,month", "visits ~ intent + segment", "HC0", two)
nb("nb_frequency", "--frequency=times", "visits ~ intent + segment", data = expanded)

# ---- maximum likelihood ----

likelihood <- function(run, options, f, type = "model", clusters = NULL, null = NULL) {
    runs <<- rbind(runs, data.frame(run, options))
    terms_of(run, f$b, likelihood_vcov(f, type, clusters), f$term,
             if (is.null(clusters)) Inf else min(sapply(clusters, function(g) length(unique(g)))) - 1, f$component)
    criteria(run, NULL, f$log_lik, f$k, f$n)
    if (!is.null(null)) pseudo(run, NULL, f$log_lik, null, f$n)
}
kept <- d[!is.na(d$intent), ]; kept_expanded <- expanded[!is.na(expanded$intent), ]
X_of <- function(formula, data = kept) model.matrix(formula, data)
slopes_of <- function(formula, data = kept) { X <- X_of(formula, data); X[, -1, drop = FALSE] }
no_columns <- function(data) matrix(0, nrow(data), 0)

ordered_fit <- function(run, options, link, x, z, data = kept, type = "model", clusters = NULL) {
    y <- as.integer(factor(data$answer, steps))
    null <- sum(table(y) * log(table(y) / length(y)))
    c <- clm(factor(y) ~ x, link = link, control = clm.control(gradTol = 1e-10))
    p <- c(c$alpha, c$beta, rep(0, ncol(z)))
    f <- refine_ordinal(p, link, x, z, y, levels = steps)
     if (ncol(z) == 0) stopifnot(max(abs(f$b - c(c$alpha, c$beta))) < 1e-4, f$log_lik >= c$logLik - 1e-9)
    if (!identical(data, kept_expanded)) fitted_of(run, data, f$mean, steps)
    likelihood(run, paste0("--family=ordinal --levels=answer:never,maybe,likely,surely ", options), f, type, clusters, null)
}
x <- slopes_of(~ intent + segment)
for (link in c("logit", "probit", "cloglog", "loglog", "cauchit"))
    ordered_fit(paste0("ordinal_", link), paste0("--formula='answer ~ intent + segment' --link=", link), link, x, no_columns(kept))
ordered_fit("ordinal_scale", "--formula='answer ~ intent + segment | industry'", "logit", x, slopes_of(~industry))
ordered_fit("ordinal_HC0", "--formula='answer ~ intent + segment' --robust=HC0", "logit", x, no_columns(kept), type = "HC0")
ordered_fit("ordinal_cluster", "--formula='answer ~ intent + segment' --cluster=customer", "logit", x, no_columns(kept), clusters = list(kept$customer), type = "HC0")
ordered_fit("ordinal_frequency", "--formula='answer ~ intent + segment' --link=probit --frequency=times", "probit", slopes_of(~ intent + segment, kept_expanded), no_columns(kept_expanded), kept_expanded)

censored <- function(run, options, left, right, data = kept, type = "model", clusters = NULL) {
    m <- eval(bquote(tobit(hours ~ intent + segment, left = .(left), right = .(right), data = data)))
    f <- refine_tobit(m, X_of(~ intent + segment, data), data$hours, left, right)
    stopifnot(max(abs(f$b[-f$k] - coef(m))) < 1e-3 * max(abs(f$b)))
    likelihood(run, paste0("--formula='hours ~ intent + segment' --family=tobit ", options), f, type, clusters)
    put(run, "models", "", sigma = exp(f$b[[f$k]]))
    diagnose(run, NULL, n_left = sum(f$side < 0), n_uncensored = sum(f$side == 0), n_right = sum(f$side > 0))
}
censored("tobit", "", 0, Inf)
censored("tobit_two_limits", "--limits=0:40", 0, 40)
censored("tobit_right", "--limits=:40", -Inf, 40)
censored("tobit_HC0", "--limits=0:40 --robust=HC0", 0, 40, type = "HC0")
censored("tobit_cluster", "--limits=0:40 --cluster=customer,month", 0, 40, type = "HC0", clusters = list(kept$customer, kept$month))
censored("tobit_frequency", "--limits=0:40 --frequency=times", 0, 40, kept_expanded)

counted <- function(run, options, kind, dist, count, zero, data = kept, type = "model", clusters = NULL, o = NULL) {
    both <- as.formula(paste("visits ~", deparse1(count[[2]]), if (is.null(o)) "" else "+ offset(o)", "|", deparse1(zero[[2]])))
    data$o <- if (is.null(o)) 0 else o
    m <- if (kind == "hurdle") hurdle(both, data, dist = dist, control = hurdle.control(reltol = 1e-15))
         else zeroinfl(both, data, dist = dist, control = zeroinfl.control(reltol = 1e-15))
    f <- refine_count(kind, m, X_of(count, data), X_of(zero, data), data$visits, ox = data$o)
    stopifnot(max(abs(f$b[seq_along(coef(m))] - coef(m))) < 1e-3)
    f$component <- c(rep("count", ncol(X_of(count, data))), rep("zero", ncol(X_of(zero, data))), if (dist == "negbin") NA)
    likelihood(run, options, f, type, clusters)
    if (nrow(data) == nrow(kept)) fitted_of(run, data, f$mean)
    diagnose(run, NULL, expected_zeros = f$expected_zeros, theta = f$theta)
}
for (dist in c("poisson", "negbin")) for (kind in c("hurdle", "zero_inflated")) {
    family <- paste0(kind, "_", c(poisson = "poisson", negbin = "negative_binomial")[[dist]]); text <- paste0(" --family=", family)
    k <- if (kind == "hurdle") "hurdle" else "zeroinfl"
    counted(family, paste0("--formula='visits ~ intent + segment | intent'", text), k, dist, ~ intent + segment, ~intent)
    counted(paste0(family, "_repeated"), paste0("--formula='visits ~ intent + industry'", text), k, dist, ~ intent + industry, ~ intent + industry)
    counted(paste0(family, "_cluster"), paste0("--formula='visits ~ intent + segment | intent' --cluster=customer", text), k, dist, ~ intent + segment, ~intent,
            clusters = list(kept$customer), type = "HC0")
    counted(paste0(family, "_frequency"), paste0("--formula='visits ~ intent + segment | intent' --frequency=times", text), k, dist, ~ intent + segment, ~intent, kept_expanded)
}

for (kind in c("hurdle", "zero_inflated"))
    counted(paste0(kind, "_offset"), paste0("--formula='visits ~ intent + offset(log(weeks)) | intent' --family=", kind, "_negative_binomial"),
            if (kind == "hurdle") "hurdle" else "zeroinfl", "negbin", ~intent, ~intent, o = log(kept$weeks))

# Two parts: does a customer buy, and for how much.
spend_parts <- function(run, options, link, amount) {
    runs <<- rbind(runs, data.frame(run, options = paste0("--formula='spend ~ intent + segment' --family=two_part --link=", link, options)))
    any <- refine_glm(glm(spend > 0 ~ intent + segment, binomial(link), kept, control = tight))
    buyers <- kept[kept$spend > 0, ]
    m <- if (amount == "gamma") glm(spend ~ intent + segment, Gamma("log"), buyers, control = tight)
         else glm(log(spend) ~ intent + segment, gaussian(), buyers)
    f <- refine_glm(m)
    terms_of(run, any$b, glm_vcov(any, "observed"), any$term, Inf, rep("any", any$k))
    terms_of(run, f$b, glm_vcov(f), f$term, Inf, rep("amount", f$k)) # both parts are tested as normal
    smearing <- if (amount == "gamma") 1 else mean(exp(log(buyers$spend) - f$mu)); p <- any$mu
    log_lik <- sum(dbinom(any$y, 1, p, log = TRUE)) +
        if (amount == "gamma") as.numeric(logLik(m)) else as.numeric(logLik(m)) - sum(log(buyers$spend))
    criteria(run, NULL, log_lik, any$k + f$k + 1, nrow(kept))
    diagnose(run, NULL, smearing = if (amount != "gamma") smearing, dispersion = f$dispersion)
    fitted_of(run, kept, p * smearing * exp(drop(X_of(~ intent + segment) %*% f$b)))
}
for (link in c("logit", "probit")) {
    spend_parts(paste0("two_part_", link), "", link, "lognormal")
    spend_parts(paste0("two_part_gamma_", link), " --amount=gamma", link, "gamma")
}

# Firth's logit, where the ordinary one exists and where it does not.
firth <- function(run, formula, data) {
    runs <<- rbind(runs, data.frame(run, options = sprintf("--formula='%s' --family=binomial --firth", formula)))
    e <- model.frame(as.formula(formula), data)
    f <- firth_fit(model.matrix(as.formula(formula), e), model.response(e))
    for (j in seq_along(f$b)) put(run, "terms", key(c(term = f$term[j])), estimate = f$b[[j]], std_error = sqrt(f$V[j, j]))
    put(run, "models", "", n_obs = f$n, log_lik = f$log_lik)
}
firth("firth", "retained ~ intent + segment", d)
firth("firth_separated", "first ~ early", d)

out$key <- factor(out$key, unique(out$key)); out$table <- factor(out$table, unique(out$table))
out$run <- factor(out$run, unique(out$run)); out$figures <- paste0(out$column, "=", out$value)
out <- aggregate(figures ~ key + table + run, out, paste, collapse = ";")[c(3, 2, 1, 4)]
write.csv(out, "tests/reference/glm_programs.csv", row.names = FALSE, quote = 3)
write.csv(runs, "tests/reference/glm_programs_runs.csv", row.names = FALSE)
cat(nrow(runs), "runs,", sum(lengths(strsplit(out$figures, ";"))), "figures\n")
