# SPDX-License-Identifier: GPL-3.0-or-later
# Reference values for models/margins: Rscript scripts/reference/margins.R, from the top folder.
# Writes tests/reference/wald.csv.
suppressMessages({library(car); library(sandwich)})
d <- read.csv("tests/reference/glm_data.csv")
tight <- glm.control(epsilon = 1e-15, maxit = 100)

# ---- Wald's test ----
out <- NULL
put <- function(case, quantity, value)
    out <<- rbind(out, data.frame(case, quantity, value = sprintf("%.17g", value)))
wald <- function(case, m, L, q, V, test) {
    h <- linearHypothesis(m, L, q, vcov. = V, test = test)
    put(case, if (test == "F") "f" else "chi2", h[[if (test == "F") "F" else "Chisq"]][2])
    put(case, "p_value", h[[if (test == "F") "Pr(>F)" else "Pr(>Chisq)"]][2])
    put(case, "df", h$Df[2])
}
L <- rbind(c(0, 1, 1, 0), c(0, 0, 1, -0.5))
line <- lm(line ~ x + z + g, d)
hit <- glm(hit ~ x + z + g, binomial, d, control = tight)
wald("line", line, L, c(0.2, -0.4), vcov(line), "F")
wald("line_HC3", line, L, c(0.2, -0.4), vcovHC(line, "HC3"), "F")
wald("hit", hit, L, c(0, 0), vcov(hit), "Chisq")
wald("hit_HC0", hit, L, c(0, 0), vcovHC(hit, "HC0"), "Chisq")
wald("hit_all", hit, diag(4)[-1, ], c(0, 0, 0), vcov(hit), "Chisq")
write.csv(out, "tests/reference/wald.csv", row.names = FALSE, quote = FALSE)
