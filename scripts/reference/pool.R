# SPDX-License-Identifier: GPL-3.0-or-later
# Meta-regression by metafor with a stop rule tight enough to compare eight digits:
#   Rscript scripts/reference/pool.R > tests/reference/pool.csv
# and tests/reference/pool_data.csv, the effects: the BCG trials (Colditz et al. 1994, JAMA 271, 698-702), log relative risks.
suppressMessages(library(metafor))
tight <- list(threshold = 1e-14, maxiter = 100000, tol = 1e-14)
d <- escalc(measure = "RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg)
d$year <- d$year - 1948 # metafor solves normal equations: with years as written it keeps nine digits
write.csv(with(d, data.frame(trial, year, ablat, alloc, yi = sprintf("%.17g", yi), vi = sprintf("%.17g", vi))),
          "tests/reference/pool_data.csv", row.names = FALSE, quote = FALSE)
show <- function(case, quantity, value)
    cat(sprintf("%s,%s,%s\n", case, quantity, ifelse(is.na(value), "", sprintf("%.17g", value))), sep = "")
cat("case,quantity,value\n")
models <- list(ablat = ~ablat, "ablat+year" = ~ablat + year, alloc = ~alloc, "ablat+alloc" = ~ablat + alloc)
for (method in c("FE", "DL", "HE", "HS", "SJ", "ML", "REML", "EB", "PM"))
    for (model in names(models))
        for (test in c("z", "knha")) {
            m <- rma(yi, vi, mods = models[[model]], data = d, method = method, test = test, control = tight)
            case <- paste(method, model, test, sep = ":")
            terms <- sub("intrcpt", "(Intercept)", rownames(m$beta))
            for (j in seq_along(terms))
                show(case, paste0(c("estimate", "std_error", "statistic", "p_value", "conf_low", "conf_high"), "[", terms[j], "]"),
                     c(m$beta[j], m$se[j], m$zval[j], m$pval[j], m$ci.lb[j], m$ci.ub[j]))
            r2 <- if (is.null(m$R2)) NA else m$R2 / 100
            show(case, c("k", "tau2", "i2", "h2", "r_squared", "qm", "qm_p_value", "qe", "qe_df", "qe_p_value"),
                 c(m$k, m$tau2, m$I2 / 100, m$H2, r2, m$QM, m$QMp, m$QE, m$k - m$p, m$QEp))
        }
