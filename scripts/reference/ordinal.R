# SPDX-License-Identifier: GPL-3.0-or-later
# Cumulative link models for models/ordinal: Rscript scripts/reference/ordinal.R, from the top folder.
# The likelihood is written here in base R with its gradient by the chain rule, maximised by nlminb and
# then by Newton's method; the information is the central difference of that gradient.  MASS::polr and
# glm stand beside it.
suppressMessages(library(MASS))
options(digits = 16)
set.seed(20)
n <- 240
d <- data.frame(a = round(rnorm(n), 3), b = rbinom(n, 1, 0.4), offset = round(runif(n, -0.5, 0.5), 3), w = sample(0:3, n, TRUE))
latent <- 0.8 * d$a - 0.6 * d$b + d$offset + exp(0.4 * d$b) * rlogis(n) * 0.8
d$y <- cut(latent, c(-Inf, -1.2, 0, 1.1, Inf), labels = FALSE) - 1
write.csv(d, "tests/reference/ordinal_data.csv", row.names = FALSE, quote = FALSE)

dist <- list(
  logit = list(F = plogis, f = dlogis), probit = list(F = pnorm, f = dnorm),
  cloglog = list(F = function(x) -expm1(-exp(x)), f = function(x) ifelse(is.finite(x), exp(x - exp(x)), 0)),
  loglog = list(F = function(x) exp(-exp(-x)), f = function(x) ifelse(is.finite(x), exp(-x - exp(-x)), 0)),
  cauchit = list(F = pcauchy, f = dcauchy))

# theta: 3 thresholds, slopes of x, log scales of z
fit <- function(F, f, x, z, w, offset, J = 4, y = d$y) {
  p <- ncol(x); q <- ncol(z); k <- J - 1 + p + q
  parts <- function(t) {
    cut <- c(-Inf, t[1:(J - 1)], Inf); s <- exp(-drop(z %*% t[J - 1 + p + seq_len(q)]))
    eta <- drop(x %*% t[J - 1 + seq_len(p)]) + offset
    list(a = (cut[y + 1] - eta) * s, b = (cut[y + 2] - eta) * s, s = s)
  }
  ll <- function(t) { if (is.unsorted(t[1:(J - 1)])) return(-1e10); u <- parts(t); sum((w * log(F(u$b) - F(u$a)))[w > 0]) }
  gr <- function(t) {
    u <- parts(t); P <- F(u$b) - F(u$a); fa <- f(u$a); fb <- f(u$b)
    af <- ifelse(is.finite(u$a), u$a * fa, 0); bf <- ifelse(is.finite(u$b), u$b * fb, 0)
    g <- sapply(1:(J - 1), function(j) sum(w * u$s * ((y + 1 == j) * fb - (y == j) * fa) / P))
    c(g, -colSums(w * u$s * (fb - fa) / P * x), -colSums(w * (bf - af) / P * z))
  }
  hess <- function(t) {
    h <- sapply(seq_len(k), function(j) { e <- replace(numeric(k), j, 1e-3)
      (8 * (gr(t + e) - gr(t - e)) - gr(t + 2 * e) + gr(t - 2 * e)) / (12e-3) })
    (h + t(h)) / 2
  }
  start <- c(qlogis(cumsum(tabulate(y + 1, J))[1:(J - 1)] / length(y)), numeric(p + q))
  open <- function(s) c(cumsum(c(s[1], exp(s[2:(J - 1)]))), s[-(1:(J - 1))]) # thresholds in order
  first <- c(start[1], log(diff(start[1:(J - 1)])), start[-(1:(J - 1))])
  t <- open(nlminb(first, function(s) { v <- -ll(open(s)); if (is.finite(v)) v else 1e10 },
                   control = list(rel.tol = 1e-12, iter.max = 1000, eval.max = 5000))$par)
  for (i in 1:10) t <- t - solve(hess(t), gr(t))
  stopifnot(max(abs(solve(hess(t), gr(t)))) < 1e-12)
  list(b = t, se = sqrt(diag(solve(-hess(t)))), ll = ll(t))
}
out <- NULL
add <- function(case, quantity, value) out <<- rbind(out, data.frame(case, quantity, value = sprintf("%.16g", value)))
put <- function(case, m) { for (j in seq_along(m$b)) { add(case, paste0("b", j), m$b[j]); add(case, paste0("se", j), m$se[j]) }; add(case, "log_lik", m$ll) }
x <- cbind(d$a, d$b); none <- matrix(0, n, 0); one <- rep(1, n)
for (l in names(dist)) put(l, fit(dist[[l]]$F, dist[[l]]$f, x, none, one, 0))
put("logit_weighted_offset", fit(plogis, dlogis, x, none, d$w, d$offset))
put("logit_scale", fit(plogis, dlogis, x, cbind(d$b), one, 0))
put("cloglog_scale", fit(dist$cloglog$F, dist$cloglog$f, cbind(d$a), cbind(d$b), one, 0))
m <- polr(factor(y) ~ a + b, d, Hess = TRUE, control = list(reltol = 1e-16, maxit = 1000))
cat("polr beside logit:", max(abs(c(m$zeta, coef(m)) - fit(plogis, dlogis, x, none, one, 0)$b)), "\n")
g <- glm(I(y > 1) ~ a + b, binomial("probit"), d, control = list(epsilon = 1e-15, maxit = 100))
X <- model.matrix(g); b <- coef(g) # glm stops on the deviance: more steps of the same on the score
for (i in 1:100) { u <- drop(X %*% b); b <- b + vcov(g) %*% colSums((g$y / pnorm(u) - (1 - g$y) / pnorm(-u)) * dnorm(u) * X) }
add("binary_probit", "b1", -b[1]); add("binary_probit", "b2", b[2]); add("binary_probit", "b3", b[3])
add("binary_probit", "log_lik", as.numeric(logLik(g)))
write.csv(out, "tests/reference/ordinal.csv", row.names = FALSE, quote = FALSE)
