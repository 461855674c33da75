# SPDX-License-Identifier: GPL-3.0-or-later
# Hurdle and zero-inflated counts for models/count: Rscript scripts/reference/count.R, from the top folder.
# The likelihoods are written here in base R with their gradients, maximised by nlminb and then by
# Newton's method, the information being the central difference of the gradient.  pscl stops early and
# is printed beside them.
suppressMessages({library(pscl); library(MASS)})
options(digits = 16)
set.seed(42)
n <- 250
d <- data.frame(a = round(rnorm(n), 3), b = rbinom(n, 1, 0.5), offset = round(runif(n, -0.5, 0.5), 3), w = sample(0:3, n, TRUE))
d$y <- ifelse(runif(n) < plogis(-0.8 + 0.9 * d$b), 0, rnbinom(n, mu = exp(0.9 + 0.5 * d$a + d$offset), size = 1.6))
write.csv(d, "tests/reference/count_data.csv", row.names = FALSE, quote = FALSE)
X <- cbind(1, d$a, d$b); Z <- cbind(1, d$b); y <- d$y

# log f(y) and its derivatives by eta and log theta
dens <- function(nb, y, eta, tau) {
  mu <- exp(eta)
  if (!nb) return(list(l = dpois(y, mu, log = TRUE), e = y - mu, t = 0 * mu))
  th <- exp(tau)
  list(l = dnbinom(y, mu = mu, size = th, log = TRUE), e = y - (y + th) * mu / (mu + th),
       t = th * (digamma(y + th) - digamma(th) + log(th / (mu + th)) + 1 - (y + th) / (mu + th)))
}
model <- function(kind, nb, w, offset) {
  nz <- if (kind == "plain") 0 else 2
  value <- function(p, want) {
    eta <- drop(X %*% p[1:3]) + offset; tau <- if (nb) p[3 + nz + 1] else 0
    f <- dens(nb, y, eta, tau); f0 <- dens(nb, 0 * y, eta, tau)
    if (kind == "plain") { l <- f$l; e <- f$e; t <- f$t; z <- NULL }
    else {
      zeta <- drop(Z %*% p[4:5]); pos <- y > 0
      if (kind == "hurdle") {
        r <- 1 / expm1(-f0$l)
        l <- ifelse(pos, plogis(zeta, log.p = TRUE) + f$l - log(-expm1(f0$l)), plogis(-zeta, log.p = TRUE))
        e <- ifelse(pos, f$e + r * f0$e, 0); t <- ifelse(pos, f$t + r * f0$t, 0); z <- pos - plogis(zeta)
      } else {
        q <- plogis(zeta - f0$l); top <- pmax(zeta, f0$l)
        l <- ifelse(pos, f$l, top + log(exp(zeta - top) + exp(f0$l - top))) - log1p(exp(zeta))
        e <- ifelse(pos, f$e, (1 - q) * f0$e); t <- ifelse(pos, f$t, (1 - q) * f0$t); z <- ifelse(pos, 0, q) - plogis(zeta)
      }
    }
    if (want == "rows") return(l)
    if (want == "ll") return(sum((w * l)[w > 0]))
    c(colSums(w * e * X), if (nz) colSums(w * z * Z), if (nb) sum(w * t))
  }
  k <- 3 + nz + nb
  gr <- function(p) value(p, "gr")
  hess <- function(p) { h <- sapply(seq_len(k), function(j) { e <- replace(numeric(k), j, 1e-3)
    (8 * (gr(p + e) - gr(p - e)) - gr(p + 2 * e) + gr(p - 2 * e)) / 12e-3 }); (h + t(h)) / 2 }
  p <- nlminb(c(log(mean(y)), numeric(k - 1)), function(p) -value(p, "ll"), function(p) -gr(p), control = list(rel.tol = 1e-15, iter.max = 1000, eval.max = 2000))$par
  for (i in 1:10) p <- p - solve(hess(p), gr(p))
  list(b = p, se = sqrt(diag(solve(-hess(p)))), ll = value(p, "ll"), rows = value(p, "rows"))
}
out <- NULL
add <- function(case, quantity, value) out <<- rbind(out, data.frame(case, quantity, value = sprintf("%.16g", value)))
one <- rep(1, n); fits <- list()
for (kind in c("plain", "hurdle", "zero_inflated")) for (nb in c(FALSE, TRUE)) for (weighted in c(FALSE, TRUE)) {
  name <- paste(kind, if (nb) "negative_binomial" else "poisson", if (weighted) "weighted_offset" else "rows", sep = "/")
  m <- if (weighted) model(kind, nb, d$w, d$offset) else model(kind, nb, one, 0)
  fits[[name]] <- m
  for (j in seq_along(m$b)) { add(name, paste0("b", j), m$b[j]); add(name, paste0("se", j), m$se[j]) }
  add(name, "log_lik", m$ll)
}
vuong3 <- function(a, b, ka, kb) { m <- a$rows - b$rows; s <- sd(m) * sqrt(n); (sum(m) - (ka - kb) * c(0, 1, log(n) / 2)) / s }
v <- vuong3(fits[["zero_inflated/poisson/rows"]], fits[["plain/poisson/rows"]], 5, 3)
add("vuong", "raw", v[1]); add("vuong", "aic", v[2]); add("vuong", "bic", v[3])
h <- fits[["hurdle/negative_binomial/rows"]]$b; mu <- exp(X %*% h[1:3]); p <- plogis(Z %*% h[4:5]); f0 <- dnbinom(0, mu = mu, size = exp(h[6]))
add("hurdle_means", "mean1", (p * mu / (1 - f0))[1]); add("hurdle_means", "expected3", sum(p * dnbinom(3, mu = mu, size = exp(h[6])) / (1 - f0)))
z <- zeroinfl(y ~ a + b | b, d, control = zeroinfl.control(reltol = 1e-15)); g <- glm(y ~ a + b, poisson, d)
cat("pscl: largest difference", max(abs(coef(z) - fits[["zero_inflated/poisson/rows"]]$b)), "\n"); vuong(z, g); print(v)
write.csv(out, "tests/reference/count.csv", row.names = FALSE, quote = FALSE)
