# SPDX-License-Identifier: GPL-3.0-or-later
# Regressions to the last digit, for glm_oracles.R and glm_programs.R: R's own functions stop where
# the deviance is still, and are then off in the 8th digit, pscl's in the 5th.  Here they go on, by
# Fisher scoring (glm) or Newton's method on the exact score (all others), in columns centred and
# scaled; the observed information is the difference quotient of the score, of the sixth order.

# T so that X %*% T is centred (with an intercept) and scaled: b of X is T b, its covariance T V T'.
basis_of <- function(X) {
    if (!ncol(X)) return(matrix(0, 0, 0))
    constant <- which(colnames(X) == "(Intercept)")
    m <- if (length(constant)) colMeans(X) else numeric(ncol(X))
    s <- sqrt(colMeans(sweep(X, 2, m)^2)); s[constant] <- 1
    T <- diag(1 / s, ncol(X))
    if (length(constant)) T[constant, -constant] <- -(m / s)[-constant]
    T
}
blocks <- function(...) {
    b <- list(...); n <- sum(sapply(b, ncol)); T <- matrix(0, n, n); at <- 0
    for (m in b) { i <- at + seq_len(ncol(m)); T[i, i] <- m; at <- at + ncol(m) }
    T
}
jacobian <- function(score, p, h) {
    H <- sapply(seq_along(p), function(j) {
        e <- replace(numeric(length(p)), j, h[j])
        D <- function(s) (score(p + s * e) - score(p - s * e)) / (2 * s * h[j])
        (64 * D(0.5) - 20 * D(1) + D(2)) / 45 # Richardson
    })
    (H + t(H)) / 2
}

# ---- generalised linear models ----

# m: a glm.  psi: each row's score; A: (X'WX)^-1; both of the columns that are estimated.
refine_glm <- function(m, iterations = 300) {
    used <- !is.na(coef(m)); f <- m$family; w <- m$prior.weights; y <- m$y
    X <- model.matrix(m)[, used, drop = FALSE]; T <- basis_of(X); Xs <- X %*% T
    o <- if (is.null(m$offset)) numeric(length(y)) else m$offset
    b <- solve(T, coef(m)[used])
    for (k in seq_len(iterations)) {
        eta <- drop(Xs %*% b) + o; mu <- f$linkinv(eta); g <- f$mu.eta(eta)
        s <- sqrt(w / f$variance(mu))
        b <- b + qr.coef(qr(Xs * (s * g), tol = 1e-14), s * (y - mu))
    }
    eta <- drop(Xs %*% b) + o; mu <- f$linkinv(eta); g <- f$mu.eta(eta)
    root <- sqrt(w / f$variance(mu)) * g
    psi <- Xs * (w * (y - mu) * g / f$variance(mu))
    A <- chol2inv(qr.R(qr(Xs * root, tol = 1e-14)))
    score <- function(b) {
        eta <- drop(Xs %*% b) + o; mu <- f$linkinv(eta)
        drop(t(Xs) %*% (w * (y - mu) * f$mu.eta(eta) / f$variance(mu)))
    }
    pearson <- sum(w * (y - mu)^2 / f$variance(mu)); df <- sum(w > 0) - ncol(X)
    known <- f$family %in% c("binomial", "poisson") || startsWith(f$family, "Negative")
    fit <- list(b = drop(T %*% b), used = used, term = names(coef(m)), n = sum(w > 0), k = ncol(X),
                T = T, bs = b, A = A, psi = psi, hat = rowSums((Xs * root) %*% A * (Xs * root)),
                mu = mu, y = y, w = w, score = score, pearson = pearson, df_residual = df,
                dispersion = if (known) 1 else pearson / df, known = known,
                deviance = sum(f$dev.resids(y, mu, w)), g = m)
    fit$df <- if (known) Inf else df
    fit
}
# type: model, observed, HC0 to HC4; by clusters HC0, HC1.
glm_vcov <- function(fit, type = "model", clusters = NULL) {
    A <- fit$A; h <- fit$hat; n <- fit$n; k <- fit$k; T <- fit$T
    if (type == "model") return(fit$dispersion * T %*% A %*% t(T))
    if (type == "observed")
        return(fit$dispersion * T %*% solve(-jacobian(fit$score, fit$bs, 1e-3 * sqrt(diag(A)))) %*% t(T))
    if (!is.null(clusters)) return(T %*% A %*% meat_of(fit$psi, clusters, if (type == "HC1") (n - 1) / (n - k) else 1) %*% A %*% t(T))
    delta <- switch(type, HC2 = 1, HC3 = 2, HC4 = pmin(4, h * n / k), 0)
    psi <- fit$psi / (1 - h)^(delta / 2)
    T %*% A %*% crossprod(psi) %*% A %*% t(T) * if (type == "HC1") n / (n - k) else 1
}
# One or two ways, each with its G/(G - 1): sandwich::vcovCL, with multi0 = TRUE where each pair of
# clusters is one row, as Petersen (2009) has it: its part is then White's.
meat_of <- function(psi, clusters, factor = 1) {
    way <- function(g) { G <- length(unique(g)); factor * G / (G - 1) * crossprod(rowsum(psi, as.character(g))) }
    if (length(clusters) == 1) return(way(clusters[[1]]))
    both <- paste(clusters[[1]], clusters[[2]])
    way(clusters[[1]]) + way(clusters[[2]]) - if (any(duplicated(both))) way(both) else crossprod(psi)
}
# NB2: coefficients and log(theta) together.  The errors of glm.nb hold theta.
refine_nb <- function(m) {
    X <- model.matrix(m); T <- basis_of(X); Xs <- X %*% T; y <- m$y; k <- ncol(X); w <- m$prior.weights
    o <- if (is.null(m$offset)) numeric(length(y)) else m$offset
    rows <- function(v) {
        mu <- exp(drop(Xs %*% v[1:k]) + o); t <- exp(v[k + 1])
        w * cbind(Xs * ((y - mu) * t / (t + mu)),
                  t * (digamma(y + t) - digamma(t) + log(t / (mu + t)) + (mu - y) / (mu + t)))
    }
    top <- climb(c(solve(T, coef(m)), log(m$theta)), rows); v <- top$p
    m$family <- MASS::negative.binomial(exp(v[k + 1]), "log"); m$coefficients[] <- T %*% v[1:k]
    fit <- refine_glm(m, 3); t <- exp(v[k + 1]); mu <- fit$mu
    fit$theta <- t
    fit$theta_std_error <- 1 / sqrt(sum(w * (-trigamma(t + y) + trigamma(t) - 1 / t + 2 / (mu + t) -
                                             (y + t) / (mu + t)^2)))
    fit$joint <- blocks(T, diag(1)) %*% top$V %*% t(blocks(T, diag(1)))
    fit$log_lik <- sum(w * dnbinom(y, size = t, mu = mu, log = TRUE))
    fit
}

# ---- maximum likelihood ----

# From p to where the column sums of rows(p), the rows' scores, are 0.
climb <- function(p, rows, steps = 12) {
    score <- function(p) colSums(rows(p)); h <- rep(1e-3, length(p))
    for (i in seq_len(steps)) p <- p - solve(jacobian(score, p, h), score(p))
    V <- solve(-jacobian(score, p, h))
    h <- 3e-3 * sqrt(diag(V))
    p <- p - solve(jacobian(score, p, h), score(p)); V <- solve(-jacobian(score, p, h))
    stopifnot(max(abs(V %*% score(p)) / sqrt(diag(V))) < 1e-9)
    list(p = drop(p), V = V, psi = rows(p))
}
likelihood_fit <- function(p, rows, log_lik, T, term, n, component = NULL) {
    top <- climb(solve(T, p), rows)
    list(b = drop(T %*% top$p), V = T %*% top$V %*% t(T), bread = T %*% top$V, psi = top$psi,
         log_lik = log_lik(top$p), term = term, component = component, n = n, k = length(p), df = Inf)
}
likelihood_vcov <- function(fit, type = "model", clusters = NULL) {
    if (type == "model" && is.null(clusters)) return(fit$V)
    M <- if (is.null(clusters)) crossprod(fit$psi) else meat_of(fit$psi, clusters)
    fit$bread %*% M %*% t(fit$bread) * if (type == "HC1") fit$n / (fit$n - fit$k) else 1
}

# pscl's hurdle and zeroinfl, m: its fit, for where to begin.
refine_count <- function(kind, m, X, Z, y, w = 1, ox = 0, oz = 0) {
    nb <- m$dist[[1]] == "negbin"; T <- blocks(basis_of(X), basis_of(Z), diag(1, nb))
    Xs <- X %*% basis_of(X); Zs <- Z %*% basis_of(Z); a <- ncol(X); c <- ncol(Z)
    density <- function(y, eta, tau) {
        mu <- exp(eta); t <- exp(tau)
        if (!nb) list(l = dpois(y, mu, log = TRUE), e = y - mu, t = 0 * mu)
        else list(l = dnbinom(y, mu = mu, size = t, log = TRUE), e = y - (y + t) * mu / (mu + t),
                  t = t * (digamma(y + t) - digamma(t) + log(t / (mu + t)) + 1 - (y + t) / (mu + t)))
    }
    parts <- function(p) {
        eta <- drop(Xs %*% p[1:a]) + ox; zeta <- drop(Zs %*% p[a + 1:c]) + oz; tau <- if (nb) p[a + c + 1] else 0
        f <- density(y, eta, tau); f0 <- density(0 * y, eta, tau); pos <- y > 0
        if (kind == "hurdle") {
            r <- 1 / expm1(-f0$l)
            list(l = ifelse(pos, plogis(zeta, log.p = TRUE) + f$l - log(-expm1(f0$l)), plogis(-zeta, log.p = TRUE)),
                 e = ifelse(pos, f$e + r * f0$e, 0), t = ifelse(pos, f$t + r * f0$t, 0),
                 z = pos - plogis(zeta), zero = plogis(-zeta),
                 mean = plogis(zeta) * exp(eta) / -expm1(f0$l))
        } else {
            q <- plogis(zeta - f0$l); top <- pmax(zeta, f0$l)
            list(l = ifelse(pos, f$l, top + log(exp(zeta - top) + exp(f0$l - top))) - log1p(exp(zeta)),
                 e = ifelse(pos, f$e, (1 - q) * f0$e), t = ifelse(pos, f$t, (1 - q) * f0$t),
                 z = ifelse(pos, 0, q) - plogis(zeta),
                 zero = plogis(zeta) + plogis(-zeta) * exp(f0$l), mean = plogis(-zeta) * exp(eta))
        }
    }
    rows <- function(p) { u <- parts(p); w * cbind(u$e * Xs, u$z * Zs, if (nb) u$t) }
    fit <- likelihood_fit(c(coef(m), if (nb) log(m$theta)), rows, function(p) sum(w * parts(p)$l), T,
                          c(colnames(X), colnames(Z), if (nb) "Log(theta)"), length(y),
                          c(rep("count", a), rep("zero", c), if (nb) "count"))
    u <- parts(solve(T, fit$b))
    fit$theta <- if (nb) exp(fit$b[[fit$k]]); fit$expected_zeros <- sum(w * u$zero); fit$mean <- u$mean
    fit
}
# AER's tobit: b and log(scale).
refine_tobit <- function(m, X, y, left, right, w = 1, o = 0) {
    T <- blocks(basis_of(X), diag(1)); Xs <- X %*% basis_of(X); a <- ncol(X)
    side <- ifelse(y <= left, -1, ifelse(y >= right, 1, 0)); t <- pmin(pmax(y, left), right)
    at <- function(p) (t - drop(Xs %*% p[1:a]) - o) * exp(-p[a + 1])
    rows <- function(p) {
        v <- at(p)
        g <- ifelse(side == 0, -v, ifelse(side < 0, exp(dnorm(v, log = TRUE) - pnorm(v, log.p = TRUE)),
                                          -exp(dnorm(v, log = TRUE) - pnorm(-v, log.p = TRUE))))
        w * cbind(-exp(-p[a + 1]) * g * Xs, -v * g - (side == 0))
    }
    log_lik <- function(p) {
        v <- at(p)
        sum(w * ifelse(side == 0, dnorm(v, log = TRUE) - p[a + 1], pnorm(ifelse(side < 0, v, -v), log.p = TRUE)))
    }
    fit <- likelihood_fit(c(coef(m)[1:a], log(m$scale)), rows, log_lik, T, c(colnames(X), "Log(scale)"), length(y))
    fit$side <- side
    fit
}
thresholds <- list(
    logit = list(F = plogis, f = dlogis), probit = list(F = pnorm, f = dnorm),
    cloglog = list(F = function(x) -expm1(-exp(x)), f = function(x) ifelse(is.finite(x), exp(x - exp(x)), 0)),
    loglog = list(F = function(x) exp(-exp(-x)), f = function(x) ifelse(is.finite(x), exp(-x - exp(-x)), 0)),
    cauchit = list(F = pcauchy, f = dcauchy))
# ordinal's clm: thresholds, b of x, log scales of z; p: where to begin; y: 1 .. J.
refine_ordinal <- function(p, link, x, z, y, w = 1, o = 0, levels = seq_len(max(y))) {
    F <- thresholds[[link]]$F; f <- thresholds[[link]]$f; J <- max(y); a <- ncol(x); c <- ncol(z)
    cut_of <- function(p) c(-Inf, p[1:(J - 1)], Inf)
    parts <- function(p) {
        s <- exp(-drop(z %*% p[J - 1 + a + seq_len(c)])); eta <- drop(x %*% p[J - 1 + seq_len(a)]) + o
        list(a = (cut_of(p)[y] - eta) * s, b = (cut_of(p)[y + 1] - eta) * s, s = s, eta = eta)
    }
    rows <- function(p) {
        u <- parts(p); P <- F(u$b) - F(u$a); fa <- f(u$a); fb <- f(u$b)
        af <- ifelse(is.finite(u$a), u$a * fa, 0); bf <- ifelse(is.finite(u$b), u$b * fb, 0)
        cuts <- sapply(1:(J - 1), function(j) u$s * ((y == j) * fb - (y == j + 1) * fa) / P)
        w * cbind(cuts, -u$s * (fb - fa) / P * x, -(bf - af) / P * z)
    }
    log_lik <- function(p) { u <- parts(p); sum(w * log(F(u$b) - F(u$a))) }
    fit <- likelihood_fit(p, rows, log_lik, diag(length(p)),
                          c(paste0(levels[-J], "|", levels[-1]), colnames(x), colnames(z)), length(y),
                          c(rep("threshold", J - 1), rep("location", a), rep("scale", c)))
    u <- parts(fit$b); cuts <- cut_of(fit$b)
    fit$mean <- sapply(1:J, function(j) F((cuts[j + 1] - u$eta) * u$s) - F((cuts[j] - u$eta) * u$s))
    fit
}
# Firth's logit by its modified score (Firth 1993; Heinze & Schemper 2002).
firth_fit <- function(X, y, w = 1, o = 0) {
    b <- numeric(ncol(X))
    for (k in 1:3000) {
        mu <- plogis(drop(X %*% b) + o); W <- w * mu * (1 - mu); I <- t(X) %*% (X * W)
        h <- W * rowSums((X %*% solve(I)) * X)
        b <- b + drop(solve(I, t(X) %*% (w * (y - mu) + h * (0.5 - mu))))
    }
    list(b = b, V = solve(I), term = colnames(X), n = length(y), k = ncol(X), df = Inf,
         log_lik = sum(w * ifelse(y > 0, log(mu), log1p(-mu))), penalty = log(det(I)) / 2)
}
