# SPDX-License-Identifier: GPL-3.0-or-later
# Quantiles for models/base/critical: Rscript scripts/reference/critical.R, from the top folder.
# From 2 df on: below it R stops early (qf(.0005, 1, 1) is right to 9.9 digits only; exact: tan(pi p / 2)^2).
# By qbeta, because qf takes df_2 > 4e5 for infinite.
grid <- expand.grid(tail = c(0.1, 0.025, 0.005, 0.0005), df_1 = c(2, 3, 12, 30.7, 1000, 2756, 1e5, 1e6),
                    times = c(1, 4, 9))
f_lower <- function(tail, a, b) { x <- qbeta(tail, a / 2, b / 2); x / (1 - x) * b / a }
value <- with(grid, data.frame(tail, df_1, df_2 = df_1 * times,
    chi_square_lower = sprintf("%.17g", qchisq(tail, df_1)),
    chi_square_upper = sprintf("%.17g", qchisq(tail, df_1, lower.tail = FALSE)),
    f_lower = sprintf("%.17g", f_lower(tail, df_1, df_1 * times)),
    f_upper = sprintf("%.17g", 1 / f_lower(tail, df_1 * times, df_1))))
write.csv(value, "tests/reference/critical.csv", row.names = FALSE, quote = FALSE)
