# SPDX-License-Identifier: GPL-3.0-or-later
# Twin equations and bends for models/twin: Rscript scripts/reference/twin.R, from the top folder.
# Joint covariances are written out here from the estimating equations of both fits; sandwich stands
# beside their blocks, and systemfit beside Zellner's.
suppressMessages({ library(sandwich); library(systemfit); library(ordinal) })
set.seed(11)
n <- 160
d <- data.frame(sat = sample(1:7, n, TRUE, c(1, 2, 3, 5, 6, 5, 3)), conv = round(rnorm(n, 4, 1.2), 2), base = rpois(n, 3),
                firm = sample(0:17, n, TRUE), month = sample(0:8, n, TRUE), w = round(runif(n, 0.3, 2.5), 2), f = sample(0:3, n, TRUE))
u <- rnorm(n)
by_firm <- rnorm(18, 0, 0.5)[d$firm + 1]; by_month <- rnorm(9, 0, 0.4)[d$month + 1]
d$intent <- round(1 + by_firm + by_month + 0.6 * d$sat + 0.1 * d$conv + 0.5 * u + rnorm(n, 0, 0.8), 3)
d$spend <- round(exp(1 + 0.3 * by_firm - 0.5 * by_month + 0.15 * d$sat + 0.05 * d$sat * (d$conv - 4) + 0.1 * d$base + 0.3 * u + rnorm(n, 0, 0.5)), 2)
d$visits <- rpois(n, exp(-0.3 + 0.12 * d$sat + 0.08 * d$base + 0.2 * u))
d$answer <- pmin(4, pmax(0, round(0.5 * d$sat + 0.2 * d$base - 0.5 + u + rlogis(n, 0, 0.5))))
d$kept <- as.integer(0.5 * d$sat + 0.3 * d$base - 3 + u + rnorm(n) > 0)
write.csv(d, "tests/reference/twin_data.csv", row.names = FALSE, quote = FALSE)

out <- NULL
add <- function(case, quantity, value) out <<- rbind(out, data.frame(case, quantity, value = sprintf("%.17g", value)))

bread <- function(Z) { q <- qr(Z); stopifnot(identical(q$pivot, seq_len(ncol(Z)))); chol2inv(qr.R(q)) }

# ---- fits: the parameters, and what each row adds to them [n x parameters] ----
tight <- function(formula, family, data, weights = rep(1, nrow(data))) { # glm stops on the deviance
  environment(formula) <- environment()
  m <- suppressWarnings(glm(formula, family, data, weights = weights, control = list(epsilon = 1e-15, maxit = 100)))
  X <- model.matrix(m); b <- coef(m); f <- m$family; y <- m$y
  for (i in 1:60) {
    eta <- drop(X %*% b); mu <- f$linkinv(eta); s <- f$mu.eta(eta) / f$variance(mu)
    A <- bread(X * sqrt(weights * s * f$mu.eta(eta))); b <- b + drop(A %*% colSums(weights * (y - mu) * s * X))
  }
  eta <- drop(X %*% b); mu <- f$linkinv(eta); s <- f$mu.eta(eta) / f$variance(mu)
  A <- bread(X * sqrt(weights * s * f$mu.eta(eta)))
  list(b = b, psi = (weights * (y - mu) * s * X) %*% A, h = rowSums((X %*% A) * X) * weights * s * f$mu.eta(eta),
       X = X, y = y, mu = mu, slope = f$mu.eta(eta), A = A, family = f, rank = ncol(X), w = weights, first = 1, V = A)
}
cumulative <- function(formula, data) {
  m <- clm(update(formula, factor(answer) ~ .), data = data, link = "logit", control = list(gradTol = 1e-13, maxIter = 200))
  X <- model.matrix(formula, data)[, -1]; t <- c(-Inf, m$alpha, Inf); y <- data$answer; b <- m$beta
  J <- length(m$alpha); k <- ncol(X)
  scores <- function(th) {
    t <- c(-Inf, th[1:J], Inf); eta <- drop(X %*% th[J + 1:k])
    up <- t[y + 2] - eta; lo <- t[y + 1] - eta; P <- plogis(up) - plogis(lo); fu <- dlogis(up); fl <- dlogis(lo)
    cbind(sapply(1:J, function(j) ((y + 1 == j) * fu - (y == j) * fl) / P), -(fu - fl) / P * X)
  }
  size <- c(rep(1, J), apply(abs(X), 2, max)); th <- c(m$alpha, b); g <- function(th) colSums(scores(th))
  hess <- function(th) { h <- sapply(seq_along(th), function(j) { h <- 2e-3 / size[j]; e <- replace(numeric(length(th)), j, h)
    (8 * (g(th + e) - g(th - e)) - g(th + 2 * e) + g(th - 2 * e)) / (12 * h) }); (h + t(h)) / 2 }
  for (i in 1:8) th <- th - solve(hess(th), g(th))
  V <- solve(-hess(th)); names(th) <- c(names(m$alpha), colnames(X))
  list(b = th, psi = scores(th) %*% V, rank = J + k, first = J, V = V, X = X, y = y, w = rep(1, n), J = J)
}
slopes <- function(m, keep = NULL, leverage = NULL) {
  psi <- m$psi; if (!is.null(leverage)) psi <- psi * sqrt(leverage(m$h, m$rank / length(m$h)))
  at <- if (is.null(keep)) -(1:m$first) else keep
  list(b = m$b[at], psi = psi[, at, drop = FALSE])
}
in_sd <- function(s, y, w = rep(1, n), known = FALSE) {
  m <- sum(w * y) / sum(w); r <- n / (n - 1); s2 <- r * sum(w * (y - m)^2) / sum(w); sd <- sqrt(s2)
  adds <- if (known) 0 * y else w * (r * (y - m)^2 - s2) / sum(w) / (2 * sd)
  list(b = s$b / sd, psi = s$psi / sd - outer(adds, s$b) / s2)
}
relative <- function(s, ref) list(b = s$b / s$b[ref], psi = sweep((s$psi - outer(s$psi[, ref], s$b / s$b[ref])) / s$b[ref], 2, s$b != s$b[ref], "*"))

# ---- joining them ----
meat <- function(psi, ids) {
  if (is.null(ids)) return(crossprod(psi))
  one <- function(id) { s <- rowsum(psi, id); nrow(s) / (nrow(s) - 1) * crossprod(s) }
  if (length(ids) == 1) one(ids[[1]]) else one(ids[[1]]) + one(ids[[2]]) - one(interaction(ids[[1]], ids[[2]], drop = TRUE))
}
twin <- function(case, a, b, df, factor = 1, ids = NULL, drop = NULL) {
  V <- factor * meat(cbind(a$psi, b$psi), ids); k <- length(a$b); L <- cbind(diag(k), -diag(k))
  D <- L %*% V %*% t(L); dd <- a$b - b$b; se <- sqrt(diag(D)); t <- dd / se
  for (j in 1:k) {
    add(case, paste0("said", j), a$b[j]); add(case, paste0("said_error", j), sqrt(V[j, j]))
    add(case, paste0("done", j), b$b[j]); add(case, paste0("done_error", j), sqrt(V[k + j, k + j]))
    if (j %in% drop) next
    add(case, paste0("difference", j), dd[j]); add(case, paste0("error", j), se[j])
    p <- if (is.finite(df)) 2 * pt(-abs(t[j]), df) else 2 * pnorm(-abs(t[j]))
    add(case, paste0("p", j), p); q <- if (is.finite(df)) qt(.975, df) else qnorm(.975)
    add(case, paste0("low", j), dd[j] - q * se[j])
  }
  at <- setdiff(1:k, drop); W <- drop(dd[at] %*% solve(D[at, at], dd[at]))
  add(case, "all", if (is.finite(df)) W / length(at) else W)
  add(case, "all_p", if (is.finite(df)) pf(W / length(at), length(at), df, lower.tail = FALSE) else pchisq(W, length(at), lower.tail = FALSE))
  invisible(V)
}
rhs <- ~ sat * conv + base; p <- 5
say <- tight(update(rhs, intent ~ .), gaussian(), d); do <- tight(update(rhs, spend ~ .), gaussian(), d)
HC3 <- function(h, m) 1 / (1 - h)^2; HC2 <- function(h, m) 1 / (1 - h); HC4 <- function(h, m) (1 - h)^-pmin(4, h / m)
V <- twin("plain_HC0", slopes(say), slopes(do), n - p)
stopifnot(max(abs(V[1:4, 1:4] / vcovHC(lm(intent ~ sat * conv + base, d), "HC0")[-1, -1] - 1)) < 1e-9)
twin("plain_HC1", slopes(say), slopes(do), n - p, n / (n - p))
for (kind in c("HC2", "HC3", "HC4")) V <- twin(paste0("plain_", kind), slopes(say, leverage = get(kind)), slopes(do, leverage = get(kind)), n - p)
stopifnot(max(abs(V[5:8, 5:8] / vcovHC(lm(spend ~ sat * conv + base, d), "HC4")[-1, -1] - 1)) < 1e-9)
cr <- (n - 1) / (n - p)
V <- twin("plain_firm", slopes(say), slopes(do), 17, cr, list(d$firm))
stopifnot(max(abs(V[1:4, 1:4] / vcovCL(lm(intent ~ sat * conv + base, d), d$firm)[-1, -1] - 1)) < 1e-9)
V <- twin("plain_both", slopes(say), slopes(do), 8, cr, list(d$firm, d$month))
stopifnot(max(abs(V[1:4, 1:4] / vcovCL(lm(intent ~ sat * conv + base, d), d[c("firm", "month")])[-1, -1] - 1)) < 1e-9)
twin("known_HC0", in_sd(slopes(say), d$intent, known = TRUE), in_sd(slopes(do), d$spend, known = TRUE), n - p)
twin("sd_HC0", in_sd(slopes(say), d$intent), in_sd(slopes(do), d$spend), n - p)
twin("sd_HC3", in_sd(slopes(say, leverage = HC3), d$intent), in_sd(slopes(do, leverage = HC3), d$spend), n - p)
twin("sd_firm", in_sd(slopes(say), d$intent), in_sd(slopes(do), d$spend), 17, cr, list(d$firm))
ws <- tight(intent ~ sat * conv + base, gaussian(), d, d$w); wd <- tight(spend ~ sat * conv + base, gaussian(), d, d$w)
twin("sd_weighted", in_sd(slopes(ws), d$intent, d$w), in_sd(slopes(wd), d$spend, d$w), n - p)

# ---- other families ----
main <- ~ sat + conv + base
counts <- tight(update(main, visits ~ .), poisson(), d); kept <- tight(update(main, kept ~ .), binomial("probit"), d)
answer <- cumulative(main, d)
twin("kept_visits", slopes(kept), slopes(counts), Inf)
twin("ratio", relative(slopes(kept), 3), relative(slopes(counts), 3), Inf, drop = 3)
twin("answer_visits", slopes(answer), slopes(counts), Inf)
twin("answer_ratio_firm", relative(slopes(answer), 1), relative(slopes(counts), 1), 17, 1, list(d$firm), drop = 1)
margin <- function(m, at) { # average marginal effects of columns that enter as they are, over a sample of rows
  f <- m$family; eta <- drop(m$X %*% m$b); e <- 1e-4; bend <- (f$mu.eta(eta - 2 * e) - 8 * f$mu.eta(eta - e) + 8 * f$mu.eta(eta + e) - f$mu.eta(eta + 2 * e)) / (12 * e)
  each <- outer(m$slope, m$b[at]); ame <- colMeans(each)
  G <- sapply(at, function(j) colMeans(bend * m$X) * m$b[j] + mean(m$slope) * (seq_along(m$b) == j))
  list(b = ame, psi = m$psi %*% G + sweep(each, 2, ame) / n)
}
twin("margin_sd", in_sd(margin(kept, 2:4), d$kept), in_sd(margin(counts, 2:4), d$visits), Inf)

# ---- as saydo-glm --twin compares any families: marginal effects of given rows, products included ----
along <- function(f, b) sapply(seq_along(b), function(j) { h <- 1e-3 * max(abs(b[j]), 0.1); e <- replace(0 * b, j, h)
  (45 * (f(b + e) - f(b - e)) - 9 * (f(b + 2 * e) - f(b - 2 * e)) + f(b + 3 * e) - f(b - 3 * e)) / (60 * h) })
effects <- function(m, formula) {
  at <- function(data) model.matrix(formula, data); f <- m$family; sdc <- sd(d$conv); mc <- mean(d$conv)
  slope <- function(b, data, v) { up <- down <- data; up[[v]] <- up[[v]] + 1; down[[v]] <- down[[v]] - 1
    mean(f$mu.eta(drop(at(data) %*% b)) * drop((at(up) - at(down)) %*% b) / 2) } # x'b is a line in each
  each <- list(function(b) slope(b, d, "sat"), function(b) slope(b, d, "conv"), function(b) slope(b, d, "base"),
    function(b) (slope(b, within(d, conv[] <- mc + sdc), "sat") - slope(b, within(d, conv[] <- mc - sdc), "sat")) / (2 * sdc))
  list(b = sapply(each, function(g) g(m$b)), psi = sapply(each, function(g) drop(m$psi %*% along(g, m$b))))
}
kept4 <- tight(update(rhs, kept ~ .), binomial("probit"), d); visits4 <- tight(update(rhs, visits ~ .), poisson(), d)
twin("program_margins", in_sd(effects(kept4, rhs), d$kept), in_sd(effects(visits4, rhs), d$visits), Inf)
twin("program_margins_firm", in_sd(effects(kept4, rhs), d$kept), in_sd(effects(visits4, rhs), d$visits), 17, 1, list(d$firm))

# ---- Zellner ----
z <- transform(d, intent = (intent - mean(intent)) / sd(intent), spend = (spend - mean(spend)) / sd(spend), product = sat * conv)
s <- systemfit(list(say = intent ~ sat + conv + base + product, do = spend ~ sat + conv + base + product), "SUR", data = z)
at <- c(2:5, 7:10); V <- vcov(s)[at, at]; b <- coef(s)[at]; L <- cbind(diag(4), -diag(4)); dd <- drop(L %*% b); D <- L %*% V %*% t(L)
for (j in 1:4) { add("zellner", paste0("said", j), b[j]); add("zellner", paste0("done", j), b[4 + j]); add("zellner", paste0("difference", j), dd[j])
  add("zellner", paste0("said_error", j), sqrt(V[j, j])); add("zellner", paste0("done_error", j), sqrt(V[4 + j, 4 + j]))
  add("zellner", paste0("error", j), sqrt(D[j, j])); add("zellner", paste0("p", j), 2 * pt(-abs(dd[j]) / sqrt(D[j, j]), 2 * (n - p))) }
R <- cbind(0, diag(4), 0, -diag(4)); h <- linearHypothesis(s, R, test = "F")
add("zellner", "all", h$F[2]); add("zellner", "all_p", h$`Pr(>F)`[2])

# ---- bends: average over the rows, scale at 1 .. 7 ----
weights_of <- function(x) 2 * solve(crossprod(cbind(1, x, x^2)), t(cbind(1, x, x^2)))[3, ]
bend <- function(case, m, formula, points, df = Inf, scores = NULL) {
  cc <- weights_of(points); k <- length(m$b)
  parts <- lapply(points, function(v) { X <- model.matrix(formula, within(d, sat[] <- v)); if (!is.null(m$J)) X <- X[, -1, drop = FALSE]
    if (is.null(m$J)) { eta <- drop(X %*% m$b); f <- m$family
      list(link = mean(eta), response = mean(f$linkinv(eta)), gl = colMeans(X), gr = colMeans(f$mu.eta(eta) * X)) }
    else { eta <- drop(X %*% m$b[-(1:m$J)]); t <- m$b[1:m$J] # expected score: last minus sum of steps times P(Y <= j)
      steps <- diff(scores); F <- sapply(t, function(a) plogis(a - eta)); f <- sapply(t, function(a) dlogis(a - eta))
      list(link = mean(eta), response = mean(scores[length(scores)] - F %*% steps), gl = c(rep(0, m$J), colMeans(X)),
           gr = c(-colMeans(f) * steps, colMeans(drop(f %*% steps) * X))) } })
  for (scale in c("link", "response")) {
    e <- sum(cc * sapply(parts, `[[`, scale)); g <- drop(sapply(parts, `[[`, if (scale == "link") "gl" else "gr") %*% cc)
    se <- sqrt(drop(g %*% m$V %*% g)); add(case, paste0(scale, "_bend"), e); add(case, paste0(scale, "_error"), se)
    add(case, paste0(scale, "_p"), if (is.finite(df)) 2 * pt(-abs(e / se), df) else 2 * pnorm(-abs(e / se)))
    for (j in seq_along(points)) if (scale == "response") add(case, paste0("curve", j), parts[[j]][[scale]])
  }
}
square <- ~ sat + I(sat^2) + base; straight <- ~ sat + base
factored <- ~ I(sat == 2) + I(sat == 3) + I(sat == 4) + I(sat == 5) + I(sat == 6) + I(sat == 7) + base
bend("bend_square", tight(update(square, kept ~ .), binomial("logit"), d), square, 1:7)
bend("bend_factor", tight(update(factored, visits ~ .), poisson(), d), factored, 1:7)
m <- tight(update(square, spend ~ .), gaussian("identity"), d); m$V <- m$A * sum((m$y - m$mu)^2) / (n - 4)
bend("bend_gaussian", m, square, 1:7, n - 4)
bend("bend_answer", cumulative(square, d), square, 1:7, scores = c(0, 1, 2, 4, 8))
straight_fit <- tight(update(straight, kept ~ .), binomial("logit"), d)
bend("bend_straight", straight_fit, straight, 1:7)
out <- out[!(out$case == "bend_straight" & grepl("^link", out$quantity)), ] # 0, and no error
bend("bend_uneven", tight(update(square, kept ~ .), binomial("logit"), d), square, c(1, 2, 5, 7))
write.csv(out, "tests/reference/twin.csv", row.names = FALSE, quote = FALSE)
cat(nrow(out), "values\n")
