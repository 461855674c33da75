# SPDX-License-Identifier: GPL-3.0-or-later
# Reference values for models/glm: Rscript scripts/reference/glm.R, from the top folder.
# Writes tests/reference/glm_data.csv (the data) and tests/reference/glm.csv.
# R's glm stops where the deviance is still; under links that are not canonical its coefficients
# are then off in the 8th digit.  polish() goes on with scoring steps until they are not.
suppressMessages({library(MASS); library(sandwich)})
set.seed(11)
n <- 240
d <- data.frame(firm = rep(1:24, each = 10), year = rep(1:10, 24),
                x = signif(rnorm(n), 8), z = signif(rexp(n), 8), g = rbinom(n, 1, 0.4),
                trials = 1 + rpois(n, 4), exposure = signif(runif(n, 0.5, 4), 6),
                weight = signif(rgamma(n, 4, 4), 6), times = rpois(n, 1.2))
effect <- rnorm(24, 0, 0.4)[d$firm] + rnorm(10, 0, 0.3)[d$year]
eta <- 0.3 + 0.5 * d$x - 0.4 * d$z + 0.6 * d$g + effect
d$hit <- rbinom(n, 1, plogis(eta))
d$share <- rbinom(n, d$trials, plogis(eta)) / d$trials
d$fraction <- signif(plogis(eta + rnorm(n)), 8)
d$count <- rnbinom(n, mu = d$exposure * exp(eta), size = 1.5)
d$spend <- signif(rgamma(n, 2, 2 / exp(1 + eta / 2)), 8)
d$wait <- signif(exp(0.5 + 0.3 * d$x + 0.2 * d$g + rnorm(n, 0, 0.4)), 8)
d$visit <- signif(exp(rnorm(n, 0, 0.2)) / sqrt(1 + 0.1 * d$x + 0.3 * d$z + 0.2 * d$g), 8)
d$line <- signif(eta + rnorm(n), 8)
write.csv(d, "tests/reference/glm_data.csv", row.names = FALSE, quote = FALSE)
d <- read.csv("tests/reference/glm_data.csv")
d$share <- round(d$share * d$trials) / d$trials

out <- NULL
put <- function(case, quantity, value)
    out <<- rbind(out, data.frame(case, quantity, value = sprintf("%.17g", value)))
vector <- function(case, quantity, value)
    for (j in seq_along(value)) put(case, paste0(quantity, ".", j - 1), value[j])

polish <- function(m) {
    X <- model.matrix(m); f <- m$family; w <- m$prior.weights; y <- m$y
    o <- if (is.null(m$offset)) 0 else m$offset
    b <- coef(m)
    for (k in 1:300) {
        eta <- drop(X %*% b) + o; mu <- f$linkinv(eta); g <- f$mu.eta(eta)
        s <- sqrt(w / f$variance(mu))
        b <- b + qr.coef(qr(X * (s * g), tol = 1e-14), s * (y - mu))
    }
    args <- list(formula = formula(m), family = f, data = m$data, start = unname(b),
                 control = glm.control(epsilon = 1e300, maxit = 1))
    if (!is.null(m$offset)) args$offset <- m$offset
    if (any(w != 1)) args$weights <- w
    suppressWarnings(do.call(glm, args))
}
robust <- function(case, m) {
    for (type in c("HC0", "HC1", "HC2", "HC3", "HC4"))
        vector(case, type, sqrt(diag(vcovHC(m, type))))
    for (type in c("HC0", "HC1")) {
        vector(case, paste0("firm_", type), sqrt(diag(vcovCL(m, ~firm, type = type))))
        both <- diag(vcovCL(m, ~firm + year, type = type)) # two ways may give less than 0
        vector(case, paste0("both_", type), sqrt(ifelse(both < 0, NA, both)))
    }
}
# minus the second derivatives, by differences of the analytic score on the scale of the errors
observed <- function(m) {
    X <- model.matrix(m); f <- m$family; w <- m$prior.weights; y <- m$y
    o <- if (is.null(m$offset)) 0 else m$offset
    score <- function(b) {
        eta <- drop(X %*% b) + o; mu <- f$linkinv(eta)
        drop(t(X) %*% (w * (y - mu) * f$mu.eta(eta) / f$variance(mu)))
    }
    b <- coef(m); p <- length(b); H <- matrix(0, p, p); se <- sqrt(diag(summary(m)$cov.unscaled))
    for (j in 1:p) {
        e <- replace(numeric(p), j, 1e-3 * se[j])
        D <- function(s) (score(b + s * e) - score(b - s * e)) / (2 * s * e[j])
        H[, j] <- (64 * D(0.25) - 20 * D(0.5) + D(1)) / 45 # Richardson
    }
    solve(-(H + t(H)) / 2)
}
model <- function(case, m, dispersion = NULL) {
    put(case, "null_deviance", m$null.deviance)
    m <- polish(m); s <- summary(m, dispersion); i <- influence(m)
    vector(case, "b", coef(m)); vector(case, "se", sqrt(diag(s$cov.scaled)))
    vector(case, "observed", sqrt(s$dispersion * diag(observed(m))))
    put(case, "deviance", deviance(m)); put(case, "dispersion", s$dispersion)
    put(case, "df_residual", m$df.residual)
    put(case, "pearson", sum(residuals(m, "pearson")^2))
    if (!is.na(logLik(m))) {
        put(case, "log_lik", logLik(m)); put(case, "aic", AIC(m)); put(case, "bic", BIC(m))
    }
    for (type in c("response", "pearson", "deviance", "working"))
        vector(case, type, residuals(m, type)[c(1, 7, 100)])
    vector(case, "leverage", i$hat[c(1, 7, 100)])
    vector(case, "cook", cooks.distance(m, dispersion = s$dispersion)[c(1, 7, 100)])
    vector(case, "fitted", fitted(m)[c(1, 7, 100)])
    robust(case, m)
}
tight <- glm.control(epsilon = 1e-14, maxit = 500)
fit <- function(formula, family, ...)
    do.call(glm, list(formula = formula, family = family, data = d, control = tight, ...))
for (link in c("logit", "probit", "cloglog", "cauchit")) {
    model(paste0("binomial_", link), fit(hit ~ x + z + g, binomial(link)))
    model(paste0("shares_", link), fit(share ~ x + z + g, binomial(link), weights = d$trials))
}
model("fraction", fit(fraction ~ x + z + g, quasibinomial()))
model("poisson", fit(count ~ x + z + g, poisson()))
model("poisson_offset", fit(count ~ x + z + g, poisson(), offset = log(d$exposure)))
model("poisson_sqrt", fit(count ~ x + z + g, poisson("sqrt")))
model("quasipoisson", fit(count ~ x + z + g, quasipoisson()))
model("poisson_weights", fit(count ~ x + z + g, poisson(), weights = d$weight))
for (link in c("inverse", "log"))
    model(paste0("gamma_", link), fit(spend ~ x + z + g, Gamma(link)))
model("gamma_weights", fit(spend ~ x + z + g, Gamma("log"), weights = d$weight))
model("inverse_gaussian_log", fit(wait ~ x + z + g, inverse.gaussian("log")))
model("inverse_gaussian_inverse_squared", fit(visit ~ x + z + g, inverse.gaussian("1/mu^2")))
model("gaussian", fit(line ~ x + z + g, gaussian()))
model("gaussian_weights", fit(line ~ x + z + g, gaussian(), weights = d$weight))
model("gaussian_log", fit(wait ~ x + z + g, gaussian("log")))
model("negative_binomial_held", fit(count ~ x + z + g, negative.binomial(1.5, "log")), 1)

# expanded rows for frequencies
m <- polish(glm(hit ~ x + z + g, binomial(), d[rep(seq_len(n), d$times), ], control = tight))
vector("frequency", "b", coef(m)); vector("frequency", "se", sqrt(diag(vcov(m))))
put("frequency", "log_lik", logLik(m)); put("frequency", "deviance", deviance(m))
put("frequency", "df_residual", m$df.residual); put("frequency", "null_deviance", m$null.deviance)
for (type in c("HC0", "HC1", "HC2", "HC3", "HC4"))
    vector("frequency", type, sqrt(diag(vcovHC(m, type))))

# theta as glm.nb, and the joint observed information by differences of the score
m <- glm.nb(count ~ x + z + g + offset(log(exposure)), d,
            control = glm.control(epsilon = 1e-14, maxit = 1000))
b <- coef(m); theta <- m$theta; X <- model.matrix(m); y <- d$count; o <- log(d$exposure)
score <- function(v) {
    mu <- exp(drop(X %*% v[1:4]) + o); t <- exp(v[5])
    c(drop(t(X) %*% ((y - mu) * t / (t + mu))),
      t * sum(digamma(y + t) - digamma(t) + log(t / (mu + t)) + (mu - y) / (mu + t)))
}
v <- c(b, log(theta)); steps <- c(summary(m)$coefficients[, 2], 0.1)
hessian <- function(v) {
    H <- matrix(0, 5, 5)
    for (j in 1:5) {
        e <- replace(numeric(5), j, 1e-3 * steps[j])
        D <- function(s) (score(v + s * e) - score(v - s * e)) / (2 * s * e[j])
        H[, j] <- (64 * D(0.25) - 20 * D(0.5) + D(1)) / 45
    }
    (H + t(H)) / 2
}
for (k in 1:5) v <- v - solve(hessian(v), score(v)) # to the maximum
vector("negative_binomial", "b", v[1:4]); put("negative_binomial", "theta", exp(v[5]))
mu <- exp(drop(X %*% v[1:4]) + o); t <- exp(v[5])
W <- mu / (1 + mu / t)
vector("negative_binomial", "se", sqrt(diag(solve(t(X) %*% (X * W)))))
i <- sum(-trigamma(t + y) + trigamma(t) - 1 / t + 2 / (mu + t) - (y + t) / (mu + t)^2)
put("negative_binomial", "theta_std_error", sqrt(1 / i))
joint <- solve(-hessian(v))
vector("negative_binomial", "observed", sqrt(diag(joint))[1:4])
put("negative_binomial", "theta_std_error_joint", t * sqrt(joint[5, 5]))
put("negative_binomial", "log_lik", sum(dnbinom(y, size = t, mu = mu, log = TRUE)))

# Firth's logit by its modified score in base R, on rows that are separated and on all
penalised <- function(X, y, b) {
    eta <- drop(X %*% b); mu <- plogis(eta)
    sum(y * plogis(eta, log.p = TRUE) + (1 - y) * plogis(-eta, log.p = TRUE)) +
        log(det(t(X) %*% (X * (mu * (1 - mu))))) / 2
}
profile_of <- function(X, y, b, j, value) { # over the others, by the modified score
    from <- b
    for (v in seq(b[j], value, length.out = 9)[-1]) {
        from[j] <- v
        for (k in 1:3000) {
            mu <- plogis(drop(X %*% from)); W <- mu * (1 - mu); I <- t(X) %*% (X * W)
            h <- W * rowSums((X %*% solve(I)) * X)
            step <- drop(solve(I[-j, -j], (t(X) %*% (y - mu + h * (0.5 - mu)))[-j]))
            share <- 1; to <- from; now <- penalised(X, y, from)
            repeat {
                to[-j] <- from[-j] + share * step
                if (isTRUE(penalised(X, y, to) >= now - 1e-10)) break
                share <- share / 2
            }
            from <- to
            if (max(abs(step)) < 1e-13) break
        }
    }
    penalised(X, y, from)
}
firth <- function(case, X, y) {
    b <- numeric(ncol(X))
    for (k in 1:2000) {
        mu <- plogis(drop(X %*% b)); W <- mu * (1 - mu); I <- t(X) %*% (X * W)
        h <- W * rowSums((X %*% solve(I)) * X)
        b <- b + drop(solve(I, t(X) %*% (y - mu + h * (0.5 - mu))))
    }
    vector(case, "b", b); vector(case, "se", sqrt(diag(solve(I))))
    ll <- sum(y * plogis(drop(X %*% b), log.p = TRUE) +
              (1 - y) * plogis(-drop(X %*% b), log.p = TRUE))
    put(case, "log_lik", ll); put(case, "penalty", log(det(I)) / 2)
    top <- penalised(X, y, b)
    for (j in seq_along(b)) {
        put(case, paste0("profile.", j - 1), profile_of(X, y, b, j, 0))
        gap <- function(v) top - profile_of(X, y, b, j, v) - qchisq(0.95, 1) / 2
        se <- sqrt(diag(solve(I)))[j]
        put(case, paste0("low.", j - 1),
            uniroot(gap, b[j] - c(8, 0) * se, tol = 1e-13, maxiter = 1e4)$root)
        put(case, paste0("high.", j - 1),
            uniroot(gap, b[j] + c(0, 8) * se, tol = 1e-13, maxiter = 1e4)$root)
    }
}
firth("firth", model.matrix(hit ~ x + z + g, d), d$hit)
firth("firth_separated", cbind(1, c(1, 2, 3, 4, 4, 5, 6, 7)), c(0, 0, 0, 0, 1, 1, 1, 1))
firth("firth_complete", cbind(1, 1:8), rep(0:1, each = 4))
write.csv(out, "tests/reference/glm.csv", row.names = FALSE, quote = FALSE)
