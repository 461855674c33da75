# SPDX-License-Identifier: GPL-3.0-or-later
# Reference values of typed formulas: R parses and evaluates them, and derives those it can.
#   Rscript scripts/reference/formula.R        (from the root of the tree)
# writes tests/reference/formula.csv: value at the given a, b, x, z and derivatives by a and b
# (empty where R's deriv() does not know a function).  No commas in formulas: the file is CSV.
options(digits = 17)
at <- list(a = 1.3, b = -0.7, x = 2.25, z = 0.4)
texts <- c(
  "a + b", "-a^2 + b", "(-a)^2 + b", "2^-a + b", "2^-a^2*b", "a^b^2", "(a^b)^2", "-a^-b^-2", "x^a^2*b",
  "a - b - x", "a - (b - x)", "a/b/x", "a/(b/x)", "a/b*x", "a*b/x*z", "a*-b", "a--b", "a-+-b", "--a*b",
  "-2^2*a + b", "-x^2*a + b", "a**2**b", "+a + b*-x^2", "a*x + b*x^2/z", "2*pi*a*b", "1e-4*a + 1.5E2*b",
  ".5*a + 2.*b", "a*(1 - exp(b*x))", "exp(-a*x)/(b + z*x)", "a/(1 + exp(b - z*x))", "a*exp(-b*z^x)",
  "log(a*x) + b", "log10(a*x) + b", "log2(a*x) + b", "log1p(a*b/2) + a", "expm1(a*b/100)", "sqrt(a*x) * b",
  "sin(a*b)", "cos(a*b)", "tan(a*b)", "asin(a*b)", "acos(a*b)", "atan(a*b)", "sinh(a*b)", "cosh(a*b)",
  "tanh(a*b)", "asinh(a*b)", "acosh(a*x) + b", "atanh(a*b)", "pnorm(a*b)", "dnorm(a*b)", "pnorm(a*b - 8)",
  "plogis(a*b)", "plogis(a*b - 40)", "qlogis(a*z) + b", "abs(a*b)", "I(a*b)^2", "a - b*x - atan(a/(x - b))/pi",
  "a*(x^2 + x*b)/(x^2 + x*z + b)", "((a + b))*(((x)))", "a*exp(-(x - b)^2/z^2)", "a^2*b^2*x^b", "a-b*-x^-2/-z^a")
row <- function(text) {
  e <- parse(text = text)[[1]]
  value <- eval(e, at)
  d <- tryCatch(attr(eval(deriv(e, c("a", "b")), at), "gradient"), error = function(e) NULL)
  shown <- function(v) if (is.null(v)) "" else sprintf("%.17g", v)
  paste(text, shown(value), shown(d[1]), shown(d[2]), sep = ",")
}
writeLines(c("formula,value,by_a,by_b", vapply(texts, row, "")), "tests/reference/formula.csv")

# Two predictors under weights; tests/reference/formula_data.csv and formula_fit.csv.
# sandwich is by its own package, the rest by nls.
library(sandwich)
set.seed(20250602)
n <- 40
d <- data.frame(x = sample(1:7, n, TRUE), z = round(runif(n, 0, 3), 2))
d$y <- round(4 * d$x^1.3 * exp(-0.4 * d$z) * exp(rnorm(n, 0, 0.1)) + 2, 2)
d$w <- round(rexp(n) + 0.1, 2)
write.csv(d, "tests/reference/formula_data.csv", row.names = FALSE)
formulas <- list(y ~ a * x^b * exp(c * z) + k, log(y) ~ a + b * log(x) + c * z + k * x * z)
starts <- list(list(a = 3, b = 1, c = -0.3, k = 1), list(a = 1, b = 1, c = 0, k = 0))
figures <- function(i, weights) {
  f <- formulas[[i]]
  curve <- deriv(f[[3]], c("a", "b", "c", "k"), function(a, b, c, k, x, z) NULL)
  m <- eval(substitute(nls(left ~ curve(a, b, c, k, x, z), d, weights = w, start = s, control = nls.control(tol = 1e-9, maxiter = 500)),
                       list(left = f[[2]], s = starts[[i]], w = if (weights == "none") rep(1, n) else d$w)))
  data.frame(formula = gsub(" ", "", deparse(f)), weights = weights, term = names(coef(m)),
             estimate = coef(m), std_error = if (weights == "none") sqrt(diag(vcov(m))) else sqrt(diag(sandwich(m))),
             sigma = sigma(m), log_lik = c(logLik(m)), deviance = deviance(m))
}
out <- do.call(rbind, lapply(1:2, function(i) rbind(figures(i, "none"), figures(i, "sampling"))))
out[4:8] <- lapply(out[4:8], function(v) sprintf("%.17g", v))
write.csv(out, "tests/reference/formula_fit.csv", row.names = FALSE, quote = FALSE)
