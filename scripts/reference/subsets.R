# SPDX-License-Identifier: GPL-3.0-or-later
# Reference values for models/subset and models/importance: Rscript scripts/reference/subsets.R,
# from the top folder.  Writes tests/reference/subsets_data.csv and tests/reference/subsets.csv.
# Best subsets of numeric terms by leaps::regsubsets; of factors and of other families, and every
# criterion, from lm() and glm() of each subset; relative importance from the definitions.
suppressMessages(library(leaps))
set.seed(20)
n <- 120
z <- rnorm(n)
d <- as.data.frame(sapply(1:8, function(j) signif(0.6 * z + rnorm(n), 8)))
names(d) <- paste0("x", 1:8)
d$f <- sample(c("a", "b", "c", "d"), n, TRUE)
d$g <- rbinom(n, 1, 0.4)
d$w <- signif(rgamma(n, 4, 4), 6)
d$times <- 1 + rpois(n, 0.8)
eta <- 0.5 * d$x1 - 0.4 * d$x2 + 0.3 * d$x4 + 0.2 * d$x5 + c(a = 0, b = 0.5, c = -0.4, d = 0.1)[d$f] +
  0.4 * d$g * d$x1
d$y <- signif(3 + eta + rnorm(n), 8)
d$hit <- rbinom(n, 1, plogis(eta))
d$count <- rpois(n, exp(0.2 + eta / 2))
d$fold <- (seq_len(n) - 1) %% 5
write.csv(d, "tests/reference/subsets_data.csv", row.names = FALSE, quote = FALSE)
d <- read.csv("tests/reference/subsets_data.csv")
d$f <- factor(d$f)

out <- NULL
put <- function(case, quantity, value)
  out <<- rbind(out, data.frame(case, quantity, value = sprintf("%.17g", value)))
bits <- function(terms, chosen) sum(2^(match(chosen, terms) - 1))
tight <- glm.control(epsilon = 1e-14, maxit = 200)

# Every subset of the terms that has the forced ones and the margins of what it has.
subsets <- function(terms, forced = NULL) {
  all <- lapply(0:(2^length(terms) - 1), function(i) terms[bitwAnd(i, 2^(seq_along(terms) - 1)) > 0])
  parts <- strsplit(terms, ":")
  closed <- function(s) all(forced %in% s) && all(sapply(which(terms %in% s), function(j)
    all(sapply(seq_along(terms), function(i)
      terms[i] %in% s || length(parts[[i]]) >= length(parts[[j]]) || !all(parts[[i]] %in% parts[[j]])))))
  all[sapply(all, closed)]
}
fitted_model <- function(response, chosen, family, data, w)
  if (family == "gaussian")
    lm(reformulate(if (length(chosen)) chosen else "1", response), data, weights = w) else
    glm(reformulate(if (length(chosen)) chosen else "1", response), family, data, weights = w,
        control = tight)

# data with w in it, for the formula's environment
with_w <- function(data, w) { data$.w <- if (is.null(w)) rep(1, nrow(data)) else w; data }
fit_to <- function(response, chosen, family, data) {
  f <- reformulate(if (length(chosen)) chosen else "1", response)
  if (family == "gaussian") do.call(lm, list(f, data, weights = quote(.w))) else
    do.call(glm, list(f, family, data, weights = quote(.w), control = tight))
}
best_of <- function(response, terms, family, data, forced = NULL, n_best = 1) {
  all <- subsets(terms, forced)
  fits <- lapply(all, function(s) fit_to(response, s, family, data))
  size <- sapply(fits, function(m) length(coef(m))); dev <- sapply(fits, deviance)
  o <- order(size, dev)
  o <- unlist(lapply(split(o, size[o]), head, n_best))
  list(sets = all[o], fits = fits[o], size = size[o])
}
log_score <- function(m, test) {
  mu <- predict(m, test, type = "response"); y <- test[[as.character(formula(m)[[2]])]]
  if (inherits(m, "glm")) -sum(if (m$family$family == "binomial") dbinom(y, 1, mu, TRUE) else dpois(y, mu, TRUE))
  else sum(test$.w * (y - mu)^2)
}
subset_case <- function(case, response, terms, family = "gaussian", w = NULL, forced = NULL,
                        n_best = 2, rows = d, cv = TRUE) {
  data <- with_w(rows, w)
  b <- best_of(response, terms, family, data, forced, n_best)
  full <- fit_to(response, terms, family, data)
  rank <- ave(seq_along(b$size), b$size, FUN = seq_along)
  # cross-validation: the set fixed, and chosen anew without each fold
  fixed <- numeric(length(b$sets)); selected <- fixed
  for (k in if (cv) 0:4) {
    train <- data[data$fold != k, ]; test <- data[data$fold == k, ]
    inner <- best_of(response, terms, family, train, forced)
    for (i in seq_along(b$sets)) {
      fixed[i] <- fixed[i] + log_score(fit_to(response, b$sets[[i]], family, train), test)
      selected[i] <- selected[i] + log_score(inner$fits[[match(b$size[i], inner$size)]], test)
    }
  }
  score <- function(lost) if (family == "gaussian") sqrt(lost / sum(data$.w)) else lost / nrow(data)
  put(case, "n", length(b$sets))
  for (i in seq_along(b$sets)) {
    m <- b$fits[[i]]; p <- length(coef(m)); k <- attr(logLik(m), "df"); N <- nobs(m)
    q <- function(name, value) put(case, paste0(name, ".", i - 1), value)
    q("terms", bits(terms, b$sets[[i]])); q("n_params", p); q("rank", rank[i])
    q("deviance", deviance(m)); q("log_lik", logLik(m)); q("aic", AIC(m)); q("bic", BIC(m))
    q("aicc", AIC(m) + 2 * k * (k + 1) / (N - k - 1))
    if (cv) q("cv", score(fixed[i]))
    if (cv && rank[i] == 1) q("cv_selected", score(selected[i]))
    if (family == "gaussian") {
      q("r_squared", summary(m)$r.squared); q("adj_r_squared", summary(m)$adj.r.squared)
      q("cp", deviance(m) / summary(full)$sigma^2 - N + 2 * p)
      q("press", sum(data$.w * (residuals(m) / (1 - hatvalues(m)))^2))
    }
  }
}
x <- paste0("x", 1:8)
subset_case("numbers", "y", x)
subset_case("weights", "y", x, w = d$w)
subset_case("factor", "y", c("x1", "x2", "f", "x4", "g"))
subset_case("margins", "y", c("x1", "g", "f", "x2", "x1:g", "x1:f", "g:f"))
subset_case("forced", "y", c("x1", "x2", "x3", "f", "g"), forced = c("x3", "f"))
subset_case("frequency", "y", c("x1", "x2", "x3", "x4", "g"), rows = d[rep(seq_len(n), d$times), ], cv = FALSE)
subset_case("binomial", "hit", c("x1", "x2", "x3", "f", "g"), "binomial")
subset_case("poisson", "count", c("x1", "g", "x2", "f", "x1:g"), "poisson")

# leaps on the numeric case: the same sets
s <- summary(regsubsets(y ~ ., d[c(x, "y")], nvmax = 8, nbest = 2, method = "exhaustive"))
for (i in seq_len(nrow(s$which))) {
  put("leaps", paste0("terms.", i - 1), bits(x, intersect(x, colnames(s$which)[s$which[i, ]])))
  put("leaps", paste0("rss.", i - 1), s$rss[i])
  put("leaps", paste0("cp.", i - 1), s$cp[i]); put("leaps", paste0("adjr2.", i - 1), s$adjr2[i])
}
put("leaps", "n", nrow(s$which))

# ---- relative importance ----

permutations <- function(v) if (length(v) <= 1) list(v) else
  do.call(c, lapply(seq_along(v), function(i) lapply(permutations(v[-i]), function(p) c(v[i], p))))
margins_of <- function(term, terms) {
  parts <- strsplit(terms, ":"); own <- strsplit(term, ":")[[1]]
  terms[sapply(parts, function(p) length(p) < length(own) && all(p %in% own))]
}
# the average of what a term adds, over the orders in which no term comes before its margins
lmg <- function(terms, fit_of) {
  orders <- Filter(function(o) all(sapply(seq_along(o), function(i)
    all(margins_of(o[i], terms) %in% o[seq_len(i - 1)]))), permutations(terms))
  known <- new.env()
  value <- function(s) {
    key <- paste0("s", bits(terms, s))
    if (is.null(known[[key]])) known[[key]] <- fit_of(terms[terms %in% s])
    known[[key]]
  }
  total <- setNames(numeric(length(terms)), terms)
  for (o in orders) for (i in seq_along(o))
    total[o[i]] <- total[o[i]] + value(o[seq_len(i)]) - value(o[seq_len(i - 1)])
  total / length(orders)
}
importance_case <- function(case, response, terms, family = "gaussian", w = NULL, forced = NULL) {
  data <- with_w(d, w)
  null <- fit_to(response, NULL, family, data)
  r2 <- function(s) { m <- fit_to(response, c(forced, s), family, data)
    if (family == "gaussian") 1 - deviance(m) / deviance(null) else 1 - as.numeric(logLik(m)) / as.numeric(logLik(null)) }
  vector <- function(name, v) for (j in seq_along(v)) put(case, paste0(name, ".", j - 1), v[j])
  put(case, "r_squared", r2(terms)); put(case, "forced_r_squared", r2(NULL))
  vector("lmg", lmg(terms, r2))
  needs <- lapply(terms, margins_of, terms)
  vector("first", sapply(seq_along(terms), function(j) r2(c(needs[[j]], terms[j])) - r2(needs[[j]])))
  vector("last", sapply(terms, function(t) {
    rest <- terms[!sapply(terms, function(u) t %in% margins_of(u, terms))]
    r2(rest) - r2(setdiff(rest, t)) }))
  if (family != "gaussian") return()
  # columns, the forced ones and the constant taken out
  m <- fit_to(response, c(forced, terms), family, data)
  X <- model.matrix(m); at <- attr(X, "assign"); n_forced <- length(forced)
  Z <- X[, at <= n_forced, drop = FALSE]; root <- sqrt(data$.w)
  out_of <- function(v) qr.resid(qr(root * Z), root * v)
  U <- apply(X[, at > n_forced, drop = FALSE], 2, out_of); at <- at[at > n_forced] - n_forced
  y <- out_of(data[[response]])
  U <- sweep(U, 2, sqrt(colSums(U^2)), "/"); total <- deviance(null)
  e <- eigen(crossprod(U), symmetric = TRUE)
  L <- e$vectors %*% (sqrt(e$values) * t(e$vectors))
  b <- solve(L, crossprod(U, y)) / sqrt(total)
  vector("johnson", tapply(drop(L^2 %*% b^2), at, sum))
  beta <- qr.coef(qr(U), y)
  vector("pratt", tapply(beta * drop(crossprod(U, y)) / total, at, sum))
  # standard deviation of a term's part of the linear predictor over that of the response
  centre <- function(v) v - weighted.mean(v, data$.w)
  part <- sapply(seq_along(terms), function(j) {
    columns <- attr(X, "assign") == j + n_forced
    v <- centre(X[, columns, drop = FALSE] %*% coef(m)[columns])
    sqrt(sum(data$.w * v^2) / total) * if (sum(columns) == 1) sign(coef(m)[columns]) else 1 })
  vector("standardized", part)
}
importance_case("importance", "y", c("x1", "x2", "x3", "x4", "x5"))
importance_case("importance_weights", "y", c("x1", "x2", "f", "g"), w = d$w)
importance_case("importance_forced", "y", c("x1", "x2", "x4", "f"), forced = c("x3", "g"))
importance_case("importance_margins", "y", c("x1", "g", "f", "x1:g", "x1:f"))
importance_case("importance_binomial", "hit", c("x1", "x2", "f", "g"), "binomial")
importance_case("importance_poisson", "count", c("x1", "g", "x2", "x1:g"), "poisson")

write.csv(out, "tests/reference/subsets.csv", row.names = FALSE, quote = FALSE)
