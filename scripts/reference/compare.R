# SPDX-License-Identifier: GPL-3.0-or-later
# Writes tests/reference/max_t*.csv.  Run from the root: Rscript scripts/reference/compare.R
# Westfall and Young's maxT in base R, over all permutations of a small sample and over 1e5 random
# ones of a larger one, whose figures are known to their Monte Carlo error.
number <- function(v) ifelse(is.na(v), "NA", sprintf("%.17g", v))
permutations <- function(n) {
  if (n == 1) return(matrix(1, 1, 1))
  p <- permutations(n - 1)
  do.call(rbind, lapply(seq_len(n), function(i) cbind(i, p + (p >= i))))
}
weighted <- function(x, y, w) {
  mx <- sum(w * x) / sum(w); my <- sum(w * y) / sum(w)
  sum(w * (x - mx) * (y - my)) / sqrt(sum(w * (x - mx)^2) * sum(w * (y - my)^2))
}
# Rows of `orders` are permutations; r of every metric with the permuted outcome.
max_t <- function(x, y, orders, w, exact) {
  r <- apply(x, 2, weighted, y, w)
  star <- abs(t(apply(orders, 1, function(o) apply(x, 2, weighted, y[o], w))))
  o <- order(-abs(r)); m <- length(r); slack <- abs(r) * (1 - 1e-10)
  p <- function(hits) if (exact) mean(hits) else (sum(hits) + 1) / (length(hits) + 1)
  alone <- sapply(seq_len(m), function(j) p(star[, j] >= slack[j]))
  single <- sapply(seq_len(m), function(j) p(apply(star, 1, max) >= slack[j]))
  down <- cummax(sapply(seq_len(m), function(k)
    p(apply(star[, o[k:m], drop = FALSE], 1, max) >= slack[o[k]])))[order(o)]
  data.frame(r = r, p_value = alone, p_single_step = single, p_step_down = down)
}
set.seed(20)
out <- NULL
put <- function(case, figures, n) out <<- rbind(out, data.frame(case = case, n = n,
  metric = seq_len(nrow(figures)), lapply(figures, number)))

n <- 7
g <- rnorm(n)
small <- data.frame(y = round(g + rnorm(n), 2), x1 = round(g + rnorm(n) / 2, 2),
  x2 = round(g + rnorm(n), 2), x3 = sample(5, n, TRUE), x4 = round(rnorm(n), 2),
  w = c(1, .5, 2, 1, 1.5, .25, 3))
x <- as.matrix(small[, 2:5]); every <- permutations(n)
put("pearson", max_t(x, small$y, every, rep(1, n), TRUE), n)
put("spearman", max_t(apply(x, 2, rank), rank(small$y), every, rep(1, n), TRUE), n)
put("weighted", max_t(x, small$y, every, small$w, TRUE), n)
write.csv(small, "tests/reference/max_t_small.csv", row.names = FALSE, quote = FALSE)

n <- 40
g <- rnorm(n)
large <- data.frame(y = round(.45 * g + rnorm(n), 3), sapply(1:11, function(j)
  round(g * (j < 7) + rnorm(n), 3)))
names(large) <- c("y", paste0("x", 1:11))
x <- scale(as.matrix(large[, -1])); y <- as.vector(scale(large$y)); b <- 1e5
star <- abs(t(replicate(b, crossprod(x, sample(y))[, 1] / (n - 1))))
r <- crossprod(x, y)[, 1] / (n - 1); o <- order(-abs(r))
down <- cummax(sapply(1:11, function(k)
  mean(apply(star[, o[k:11], drop = FALSE], 1, max) >= abs(r[o[k]]))))[order(o)]
put("monte carlo", data.frame(r = r, p_value = sapply(1:11, function(j) mean(star[, j] >= abs(r[j]))),
  p_single_step = sapply(1:11, function(j) mean(apply(star, 1, max) >= abs(r[j]))),
  p_step_down = down), n)
write.csv(large, "tests/reference/max_t_large.csv", row.names = FALSE, quote = FALSE)
write.csv(out, "tests/reference/max_t.csv", row.names = FALSE, quote = FALSE)
