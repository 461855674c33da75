/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_STUDY_WORDS_H
#define ANALYSIS_STUDY_WORDS_H

#include "models/base/frame.h"

/* The columns of result tables: one vocabulary for all programs, in the field's
   words.  docs/glossary.md is made from this list, and a test fails on a column
   that is not in it.  X(name, heading, type, quantity, definition) */
#define WORD_LIST(X)                                                                               \
    X(x, "Say", COLUMN_TEXT, QUANTITY_PLAIN,                                                       \
      "what customers say: the stated scale, the predictor")                                       \
    X(y, "Do", COLUMN_TEXT, QUANTITY_PLAIN, "what customers do: the behaviour, the outcome")       \
    X(method, "Method", COLUMN_TEXT, QUANTITY_PLAIN, "the coefficient or estimator")               \
    X(curve, "Curve", COLUMN_TEXT, QUANTITY_PLAIN, "the regression curve")                         \
    X(term, "Term", COLUMN_TEXT, QUANTITY_PLAIN, "the parameter of the model")                     \
    X(n, "n", COLUMN_REAL, QUANTITY_COUNT,                                                         \
      "observations with both values: rows, or the sum of frequencies")                            \
    X(n_eff, "Effective n", COLUMN_REAL, QUANTITY_COUNT,                                           \
      "Kish's effective sample size (sum w)^2 / sum w^2; n without sampling weights")              \
    X(n_obs, "n", COLUMN_REAL, QUANTITY_COUNT, "observations used in the fit")                     \
    X(n_params, "Parameters", COLUMN_WHOLE, QUANTITY_COUNT,                                        \
      "parameters of the mean, chosen thresholds and powers among them; the criteria count sigma " \
      "as one more")                                                                               \
    X(estimate, "Estimate", COLUMN_REAL, QUANTITY_ESTIMATE, "the estimated value")                 \
    X(std_error, "Std. error", COLUMN_REAL, QUANTITY_ESTIMATE,                                     \
      "standard error; whose it is stands in the table's note")                                    \
    X(statistic, "Statistic", COLUMN_REAL, QUANTITY_STATISTIC, "test statistic")                   \
    X(df, "df", COLUMN_REAL, QUANTITY_DF, "degrees of freedom of the test statistic")              \
    X(p_value, "p", COLUMN_REAL, QUANTITY_P_VALUE, "two-sided p-value")                            \
    X(conf_low, "CI low", COLUMN_REAL, QUANTITY_ESTIMATE, "lower end of the confidence interval")  \
    X(conf_high, "CI high", COLUMN_REAL, QUANTITY_ESTIMATE,                                        \
      "upper end of the confidence interval")                                                      \
    X(p_adjusted, "p adjusted", COLUMN_REAL, QUANTITY_P_VALUE,                                     \
      "p-value adjusted for the family: non-margin cells x predictors x outcomes of one method")   \
    X(p_holm, "p Holm", COLUMN_REAL, QUANTITY_P_VALUE, "p-value adjusted by Holm (1979)")          \
    X(p_bh, "p BH", COLUMN_REAL, QUANTITY_P_VALUE,                                                 \
      "p-value adjusted by Benjamini and Hochberg (1995)")                                         \
    X(partial, "Partial r", COLUMN_REAL, QUANTITY_CORRELATION,                                     \
      "partial correlation given the controls; without --control, the same behaviour in the "      \
      "baseline window")                                                                           \
    X(control, "Control", COLUMN_TEXT, QUANTITY_PLAIN, "the columns held constant")                \
    X(semipartial, "Semipartial r", COLUMN_REAL, QUANTITY_CORRELATION,                             \
      "correlation of y with the part of x that the controls leave")                               \
    X(semipartial_statistic, "Semipartial statistic", COLUMN_REAL, QUANTITY_STATISTIC,             \
      "test statistic of the semipartial correlation")                                             \
    X(semipartial_p_value, "Semipartial p", COLUMN_REAL, QUANTITY_P_VALUE,                         \
      "two-sided p-value of the semipartial correlation")                                          \
    X(partial_low, "Partial low", COLUMN_REAL, QUANTITY_CORRELATION,                               \
      "lower end of the partial correlation's interval")                                           \
    X(partial_high, "Partial high", COLUMN_REAL, QUANTITY_CORRELATION,                             \
      "upper end of the partial correlation's interval")                                           \
    X(partial_p_value, "Partial p", COLUMN_REAL, QUANTITY_P_VALUE,                                 \
      "p-value of the partial correlation")                                                        \
    X(n_contributing, "n not 0", COLUMN_REAL, QUANTITY_COUNT,                                      \
      "observations whose outcome is not 0: what --suppress-below looks at, and no output has")    \
    X(n_partial, "n partial", COLUMN_REAL, QUANTITY_COUNT,                                         \
      "observations of the partial correlation: those with a whole baseline window")               \
    X(base_rate, "Base rate", COLUMN_REAL, QUANTITY_SHARE, "share of ones of a 0/1 outcome")       \
    X(r_max, "Largest r", COLUMN_REAL, QUANTITY_CORRELATION,                                       \
      "the largest Pearson r that a 0/1 outcome of this base rate can have with a normal "         \
      "predictor")                                                                                 \
    X(status, "Status", COLUMN_TEXT, QUANTITY_PLAIN, "how the estimation ended")                   \
    X(k, "k", COLUMN_WHOLE, QUANTITY_COUNT, "cells combined")                                      \
    X(q, "Q", COLUMN_REAL, QUANTITY_STATISTIC, "Cochran's Q: heterogeneity between the cells")     \
    X(q_df, "Q df", COLUMN_REAL, QUANTITY_DF, "degrees of freedom of Q")                           \
    X(q_p_value, "Q p", COLUMN_REAL, QUANTITY_P_VALUE, "p-value of Q")                             \
    X(i2, "I\u00b2", COLUMN_REAL, QUANTITY_SHARE,                                                  \
      "share of the variation between cells that is not sampling error, 0 to 1")                   \
    X(h2, "H\u00b2", COLUMN_REAL, QUANTITY_STATISTIC, "total over sampling variability")           \
    X(tau2, "\u03c4\u00b2", COLUMN_REAL, QUANTITY_ESTIMATE,                                        \
      "variance of the true values between cells")                                                 \
    X(tau2_low, "\u03c4\u00b2 low", COLUMN_REAL, QUANTITY_ESTIMATE,                                \
      "lower end of the Q-profile interval")                                                       \
    X(tau2_high, "\u03c4\u00b2 high", COLUMN_REAL, QUANTITY_ESTIMATE,                              \
      "upper end of the Q-profile interval")                                                       \
    X(pred_low, "Prediction low", COLUMN_REAL, QUANTITY_ESTIMATE,                                  \
      "lower end of the interval for a new cell")                                                  \
    X(pred_high, "Prediction high", COLUMN_REAL, QUANTITY_ESTIMATE,                                \
      "upper end of the interval for a new cell")                                                  \
    X(df_residual, "df", COLUMN_REAL, QUANTITY_DF, "observations less parameters")                 \
    X(sigma, "\u03c3", COLUMN_REAL, QUANTITY_ESTIMATE, "residual standard deviation")              \
    X(deviance, "Deviance", COLUMN_REAL, QUANTITY_ESTIMATE, "residual sum of squares")             \
    X(r_squared, "R\u00b2", COLUMN_REAL, QUANTITY_CORRELATION, "share of variance explained")      \
    X(adj_r_squared, "Adj. R\u00b2", COLUMN_REAL, QUANTITY_CORRELATION,                            \
      "R\u00b2 adjusted for the number of parameters")                                             \
    X(log_lik, "Log-lik.", COLUMN_REAL, QUANTITY_STATISTIC, "log-likelihood at the estimate")      \
    X(aic, "AIC", COLUMN_REAL, QUANTITY_STATISTIC, "Akaike's information criterion")               \
    X(aicc, "AICc", COLUMN_REAL, QUANTITY_STATISTIC, "AIC corrected for small n")                  \
    X(bic, "BIC", COLUMN_REAL, QUANTITY_STATISTIC, "Schwarz's information criterion")              \
    X(weight, "Weight", COLUMN_REAL, QUANTITY_SHARE,                                               \
      "Akaike weight by AICc among the converged curves of the cell")                              \
    X(n_iter, "Iterations", COLUMN_WHOLE, QUANTITY_COUNT, "iterations used")                       \
    X(at, "At", COLUMN_REAL, QUANTITY_PLAIN, "value of the predictor; point of the scale")         \
    X(outcome_scale, "On the scale of", COLUMN_TEXT, QUANTITY_PLAIN,                               \
      "the outcome itself (response), or its logit, or what the link makes of it (link)")          \
    X(exponent, "Exponent", COLUMN_REAL, QUANTITY_ESTIMATE,                                        \
      "exponent of the power curve: over 1 increasing, under 1 decreasing returns")                \
    X(exponent_low, "Exponent low", COLUMN_REAL, QUANTITY_ESTIMATE, "lower end of its interval")   \
    X(exponent_high, "Exponent high", COLUMN_REAL, QUANTITY_ESTIMATE, "upper end of its interval") \
    X(second_difference, "Second difference", COLUMN_REAL, QUANTITY_ESTIMATE,                      \
      "average second difference of the means by scale point: over 0 increasing returns")          \
    X(second_difference_low, "2nd diff. low", COLUMN_REAL, QUANTITY_ESTIMATE,                      \
      "lower end of its bootstrap interval")                                                       \
    X(second_difference_high, "2nd diff. high", COLUMN_REAL, QUANTITY_ESTIMATE,                    \
      "upper end of its bootstrap interval")                                                       \
    X(slope_low, "Slope, low third", COLUMN_REAL, QUANTITY_ESTIMATE,                               \
      "slope over the lower third of the scale")                                                   \
    X(slope_high, "Slope, high third", COLUMN_REAL, QUANTITY_ESTIMATE,                             \
      "slope over the upper third of the scale")                                                   \
    X(slope_p_value, "Slopes differ p", COLUMN_REAL, QUANTITY_P_VALUE,                             \
      "Wald test that the two slopes are equal")                                                   \
    X(linear_p_value, "Linear fits p", COLUMN_REAL, QUANTITY_P_VALUE,                              \
      "test of the straight line against a mean per scale point")                                  \
    X(verdict, "Verdict", COLUMN_TEXT, QUANTITY_PLAIN,                                             \
      "linear, increasing returns, decreasing returns, S, inverse S or undetermined")              \
    X(verdict_share, "Bootstrap share", COLUMN_REAL, QUANTITY_SHARE,                               \
      "share of bootstrap samples that give this verdict")                                         \
    X(test, "Test", COLUMN_TEXT, QUANTITY_PLAIN,                                                   \
      "the test: of a turn, of a knot; of terms LR, F or Wald; of two formulas Vuong too")         \
    X(finding, "Finding", COLUMN_TEXT, QUANTITY_PLAIN, "what the test says, in words")             \
    X(df1, "df 1", COLUMN_REAL, QUANTITY_DF, "degrees of freedom of an F's numerator")             \
    X(df2, "df 2", COLUMN_REAL, QUANTITY_DF, "of its denominator; of t; empty: normal")            \
    X(group_by, "Groups", COLUMN_TEXT, QUANTITY_PLAIN,                                             \
      "the grouping columns whose groups are compared")                                            \
    X(deviance_shared, "Deviance shared", COLUMN_REAL, QUANTITY_ESTIMATE,                          \
      "residual sum of squares of one curve for all groups")                                       \
    X(deviance_separate, "Deviance separate", COLUMN_REAL, QUANTITY_ESTIMATE,                      \
      "that of a curve for each group, added up")                                                  \
    X(folds, "Folds", COLUMN_WHOLE, QUANTITY_COUNT,                                                \
      "folds of the cross-validation that have observations")                                      \
    X(mse, "MSE", COLUMN_REAL, QUANTITY_ESTIMATE,                                                  \
      "mean squared error of predictions of customers left out of the fit")                        \
    X(rmse, "RMSE", COLUMN_REAL, QUANTITY_ESTIMATE, "its root, in the outcome's unit")             \
    X(optimism, "Optimism", COLUMN_REAL, QUANTITY_CORRELATION,                                     \
      "R\u00b2 of the fit less the validated R\u00b2")                                             \
    X(rank, "Rank", COLUMN_WHOLE, QUANTITY_PLAIN,                                                  \
      "1: the smallest mse among the curves of the cell; of subsets, the least deviance of its "   \
      "size")                                                                                      \
    X(share_linear, "Linear", COLUMN_REAL, QUANTITY_SHARE,                                         \
      "bootstrap share of the verdict linear")                                                     \
    X(share_increasing, "Increasing", COLUMN_REAL, QUANTITY_SHARE,                                 \
      "bootstrap share of increasing returns")                                                     \
    X(share_decreasing, "Decreasing", COLUMN_REAL, QUANTITY_SHARE,                                 \
      "bootstrap share of decreasing returns")                                                     \
    X(share_s_shaped, "S", COLUMN_REAL, QUANTITY_SHARE, "bootstrap share of S-shaped")             \
    X(share_inverse_s, "Inverse S", COLUMN_REAL, QUANTITY_SHARE,                                   \
      "bootstrap share of inverse S-shaped")                                                       \
    X(share_undetermined, "Undetermined", COLUMN_REAL, QUANTITY_SHARE,                             \
      "bootstrap share of undetermined")                                                           \
    X(key, "Customer", COLUMN_TEXT, QUANTITY_PLAIN, "the customer's id, as text, as written")      \
    X(purchases, "Purchases", COLUMN_WHOLE, QUANTITY_COUNT, "distinct sale documents")             \
    X(purchase_days, "Purchase days", COLUMN_WHOLE, QUANTITY_COUNT, "distinct days with a sale")   \
    X(lines, "Lines", COLUMN_WHOLE, QUANTITY_COUNT, "sale lines")                                  \
    X(spend, "Spend", COLUMN_REAL, QUANTITY_MONEY, "sales plus returns (returns are negative)")    \
    X(spend_gross, "Gross spend", COLUMN_REAL, QUANTITY_MONEY, "sales alone")                      \
    X(returned, "Returned", COLUMN_REAL, QUANTITY_MONEY, "returns alone, negative")                \
    X(first, "First", COLUMN_DAY, QUANTITY_PLAIN, "day of the first sale")                         \
    X(last, "Last", COLUMN_DAY, QUANTITY_PLAIN, "day of the last sale")                            \
    X(file, "File", COLUMN_TEXT, QUANTITY_PLAIN, "the file that it stands in")                     \
    X(line, "Line", COLUMN_WHOLE, QUANTITY_PLAIN, "line of the file")                              \
    X(column, "Column", COLUMN_TEXT, QUANTITY_PLAIN,                                               \
      "column of the file or key of the study file")                                               \
    X(value, "Value", COLUMN_TEXT, QUANTITY_PLAIN, "what stands there, as text")                   \
    X(problem, "Problem", COLUMN_TEXT, QUANTITY_PLAIN, "what is wrong")                            \
    X(mend, "Mend", COLUMN_TEXT, QUANTITY_PLAIN, "what to do about it")                            \
    X(severity, "Severity", COLUMN_TEXT, QUANTITY_PLAIN,                                           \
      "error: a run stops; warning: it does not")                                                  \
    X(reason, "Reason", COLUMN_TEXT, QUANTITY_PLAIN,                                               \
      "why it was left out, or why a value is missing")                                            \
    X(text, "Text", COLUMN_TEXT, QUANTITY_PLAIN, "the raw row, shortened")                         \
    X(formula, "Formula", COLUMN_TEXT, QUANTITY_PLAIN, "how it is computed")                       \
    X(source, "Source", COLUMN_TEXT, QUANTITY_PLAIN, "where the method is published")              \
    X(response_date, "Response", COLUMN_DAY, QUANTITY_PLAIN, "day of the survey response")         \
    X(wave, "Wave", COLUMN_TEXT, QUANTITY_PLAIN, "wave of the survey")                             \
    X(section, "Section", COLUMN_TEXT, QUANTITY_PLAIN, "part of the match report")                 \
    X(step, "Step", COLUMN_TEXT, QUANTITY_PLAIN, "what was counted")                               \
    X(count, "Count", COLUMN_WHOLE, QUANTITY_COUNT, "how many")                                    \
    X(share, "Share", COLUMN_REAL, QUANTITY_SHARE, "share of its section's base, 0 to 1")          \
    X(rule, "Key rule", COLUMN_TEXT, QUANTITY_PLAIN,                                               \
      "rule that changes keys before they are compared")                                           \
    X(applied, "Applied", COLUMN_TEXT, QUANTITY_PLAIN, "yes: declared by the study; no: what if")  \
    X(matched, "Matched", COLUMN_WHOLE, QUANTITY_COUNT, "respondents found with the rule")         \
    X(added, "Added", COLUMN_WHOLE, QUANTITY_COUNT, "respondents found only because of the rule")  \
    X(collisions, "Collisions", COLUMN_WHOLE, QUANTITY_COUNT,                                      \
      "keys where the rule would make two different ids one")                                      \
    X(compared, "Compared", COLUMN_TEXT, QUANTITY_PLAIN,                                           \
      "the name, or the id, by which a respondent was looked for")                                 \
    X(candidate, "Candidate", COLUMN_TEXT, QUANTITY_PLAIN,                                         \
      "id of a customer with a similar name or id: for people to look at")                         \
    X(candidate_compared, "Of candidate", COLUMN_TEXT, QUANTITY_PLAIN,                             \
      "the candidate's name, or id, that was compared")                                            \
    X(similarity, "Similarity", COLUMN_REAL, QUANTITY_CORRELATION,                                 \
      "Dice's coefficient of the trigrams of two names, 0 to 1: 2 x shared / sum of both "         \
      "(Angell, Freund & Willett 1983)")                                                           \
    X(comparison, "Comparison", COLUMN_TEXT, QUANTITY_PLAIN, "the groups, or what else, compared") \
    X(variable, "Variable", COLUMN_TEXT, QUANTITY_PLAIN, "what is compared")                       \
    X(levels_x, "Levels of x", COLUMN_WHOLE, QUANTITY_COUNT,                                       \
      "distinct answers of x that thresholds separate; empty where x is taken as continuous")      \
    X(levels_y, "Levels of y", COLUMN_WHOLE, QUANTITY_COUNT,                                       \
      "distinct answers of y that thresholds separate; empty where y is taken as continuous")      \
    X(n_empty, "Empty cells", COLUMN_WHOLE, QUANTITY_COUNT,                                        \
      "cells of the table of x by y without an observation")                                       \
    X(zero_cells, "Zero cells", COLUMN_TEXT, QUANTITY_PLAIN,                                       \
      "half: 0.5 stands in an empty cell of four; keep: the table is as observed")                 \
    X(mean, "Mean", COLUMN_REAL, QUANTITY_ESTIMATE, "arithmetic mean")                             \
    X(n_other, "n other", COLUMN_REAL, QUANTITY_COUNT, "observations of the other group")          \
    X(mean_other, "Mean other", COLUMN_REAL, QUANTITY_ESTIMATE, "mean of the other group")         \
    X(difference, "Difference", COLUMN_REAL, QUANTITY_ESTIMATE, "first less other")                \
    X(std_difference, "Std. difference", COLUMN_REAL, QUANTITY_STATISTIC,                          \
      "difference over the pooled standard deviation")                                             \
    X(x_other, "Other say", COLUMN_TEXT, QUANTITY_PLAIN, "the predictor compared with x")          \
    X(estimate_other, "Estimate other", COLUMN_REAL, QUANTITY_CORRELATION,                         \
      "the correlation of x_other with y")                                                         \
    X(between, "Between", COLUMN_REAL, QUANTITY_CORRELATION, "the correlation of x with x_other")  \
    X(y_other, "Other do", COLUMN_TEXT, QUANTITY_PLAIN, "the behaviour that goes with x_other")    \
    X(jh, "r x, x other", COLUMN_REAL, QUANTITY_CORRELATION, "the correlation of x with x_other")  \
    X(jm, "r x, y other", COLUMN_REAL, QUANTITY_CORRELATION, "the correlation of x with y_other")  \
    X(kh, "r y, x other", COLUMN_REAL, QUANTITY_CORRELATION, "the correlation of y with x_other")  \
    X(km, "r y, y other", COLUMN_REAL, QUANTITY_CORRELATION, "the correlation of y with y_other")  \
    X(z_difference, "z difference", COLUMN_REAL, QUANTITY_STATISTIC,                               \
      "difference of the Fisher z of the two correlations")                                        \
    X(z_low, "z diff. low", COLUMN_REAL, QUANTITY_STATISTIC,                                       \
      "lower end of Meng, Rosenthal and Rubin's interval")                                         \
    X(z_high, "z diff. high", COLUMN_REAL, QUANTITY_STATISTIC,                                     \
      "upper end of Meng, Rosenthal and Rubin's interval")                                         \
    X(group_by, "Group by", COLUMN_TEXT, QUANTITY_PLAIN,                                           \
      "the grouping column whose levels are compared")                                             \
    X(level, "Level", COLUMN_TEXT, QUANTITY_PLAIN, "the level of estimate and n")                  \
    X(level_other, "Other level", COLUMN_TEXT, QUANTITY_PLAIN,                                     \
      "the level of estimate_other and n_other")                                                   \
    X(rank, "Rank", COLUMN_WHOLE, QUANTITY_COUNT,                                                  \
      "1 for the largest correlation with the behaviour, whatever its sign")                       \
    X(p_max_t, "p maxT", COLUMN_REAL, QUANTITY_P_VALUE,                                            \
      "share of permutations in which the best of all these metrics reaches this correlation")     \
    X(p_step_down, "p step-down", COLUMN_REAL, QUANTITY_P_VALUE,                                   \
      "the same among the metrics of no larger correlation (Westfall and Young's step-down maxT)") \
    X(kind, "Kind", COLUMN_TEXT, QUANTITY_PLAIN,                                                   \
      "overlapping, non-overlapping or independent correlations")                                  \
    X(scale, "Scale", COLUMN_TEXT, QUANTITY_PLAIN, "name of the stated scale")                     \
    X(behaviour, "Behaviour", COLUMN_TEXT, QUANTITY_PLAIN, "name of the behaviour")                \
    X(missing, "Missing", COLUMN_REAL, QUANTITY_COUNT, "respondents without a value")              \
    X(sd, "SD", COLUMN_REAL, QUANTITY_ESTIMATE, "standard deviation (n - 1)")                      \
    X(min, "Min", COLUMN_REAL, QUANTITY_PLAIN, "smallest value")                                   \
    X(q1, "Lower quartile", COLUMN_REAL, QUANTITY_PLAIN, "25 % point (Hyndman and Fan's type 7)")  \
    X(median, "Median", COLUMN_REAL, QUANTITY_PLAIN, "50 % point (type 7)")                        \
    X(q3, "Upper quartile", COLUMN_REAL, QUANTITY_PLAIN, "75 % point (type 7)")                    \
    X(max, "Max", COLUMN_REAL, QUANTITY_PLAIN, "largest value")                                    \
    X(skewness, "Skewness", COLUMN_REAL, QUANTITY_STATISTIC, "third standardised moment")          \
    X(zero_share, "Share of zeros", COLUMN_REAL, QUANTITY_SHARE, "share of respondents at zero")   \
    X(floor, "Floor", COLUMN_REAL, QUANTITY_SHARE, "share at the lowest scale point")              \
    X(ceiling, "Ceiling", COLUMN_REAL, QUANTITY_SHARE, "share at the highest scale point")         \
    X(top_box, "Top box", COLUMN_REAL, QUANTITY_SHARE, "share at the highest scale point")         \
    X(top_box_low, "Top box low", COLUMN_REAL, QUANTITY_SHARE, "lower end of its Wilson interval") \
    X(top_box_high, "Top box high", COLUMN_REAL, QUANTITY_SHARE,                                   \
      "upper end of its Wilson interval")                                                          \
    X(top_2, "Top 2", COLUMN_REAL, QUANTITY_SHARE, "share at the two highest scale points")        \
    X(top_2_low, "Top 2 low", COLUMN_REAL, QUANTITY_SHARE, "lower end of its Wilson interval")     \
    X(top_2_high, "Top 2 high", COLUMN_REAL, QUANTITY_SHARE, "upper end of its Wilson interval")   \
    X(bottom_2, "Bottom 2", COLUMN_REAL, QUANTITY_SHARE, "share at the two lowest scale points")   \
    X(bottom_2_low, "Bottom 2 low", COLUMN_REAL, QUANTITY_SHARE,                                   \
      "lower end of its Wilson interval")                                                          \
    X(bottom_2_high, "Bottom 2 high", COLUMN_REAL, QUANTITY_SHARE,                                 \
      "upper end of its Wilson interval")                                                          \
    X(promoters, "Promoters", COLUMN_REAL, QUANTITY_SHARE, "share at or above the promoter cut")   \
    X(detractors, "Detractors", COLUMN_REAL, QUANTITY_SHARE,                                       \
      "share at or below the detractor cut")                                                       \
    X(nps, "NPS", COLUMN_REAL, QUANTITY_SHARE, "promoters less detractors, -1 to 1")               \
    X(nps_low, "NPS low", COLUMN_REAL, QUANTITY_SHARE, "lower end of the NPS's interval")          \
    X(nps_high, "NPS high", COLUMN_REAL, QUANTITY_SHARE, "upper end of the NPS's interval")        \
    X(items, "Items", COLUMN_WHOLE, QUANTITY_COUNT, "items of the scale")                          \
    X(item, "Item", COLUMN_TEXT, QUANTITY_PLAIN, "column of the item; (all) for the whole scale")  \
    X(alpha, "Alpha", COLUMN_REAL, QUANTITY_CORRELATION,                                           \
      "Cronbach's alpha; of an item: alpha without it")                                            \
    X(alpha_standardized, "Alpha std.", COLUMN_REAL, QUANTITY_CORRELATION,                         \
      "alpha of the standardised items")                                                           \
    X(item_rest, "Item-rest r", COLUMN_REAL, QUANTITY_CORRELATION,                                 \
      "correlation of the item with the sum of the others")                                        \
    X(retained, "Retained", COLUMN_REAL, QUANTITY_COUNT,                                           \
      "respondents whose 0/1 behaviour is 1: with a purchase in the window")                       \
    X(rate, "Rate", COLUMN_REAL, QUANTITY_SHARE, "share, 0 to 1")                                  \
    X(period, "Period", COLUMN_TEXT, QUANTITY_PLAIN, "the period of the retention rate")           \
    X(start, "Start", COLUMN_WHOLE, QUANTITY_COUNT, "customers at the start of the period")        \
    X(new, "New", COLUMN_WHOLE, QUANTITY_COUNT,                                                    \
      "customers at its end whose first purchase is in it")                                        \
    X(end, "End", COLUMN_WHOLE, QUANTITY_COUNT, "customers at the end of the period")              \
    X(cycles, "Cycles", COLUMN_REAL, QUANTITY_PLAIN,                                               \
      "silence allowed, in the customer's own mean gaps between purchases")                        \
    X(active, "Active", COLUMN_WHOLE, QUANTITY_COUNT, "customers silent for no longer than that")  \
    X(effect, "Effect", COLUMN_TEXT, QUANTITY_PLAIN, "the cell or study that an estimate is of")   \
    X(yi, "Effect, as pooled", COLUMN_REAL, QUANTITY_ESTIMATE,                                     \
      "the effect on the scale of pooling: Fisher's z of a correlation")                           \
    X(vi, "Its variance", COLUMN_REAL, QUANTITY_ESTIMATE, "sampling variance of yi")               \
    X(pool_weight, "Share of weight", COLUMN_REAL, QUANTITY_SHARE,                                 \
      "the effect's share of the weight of the pooled value, 0 to 1")                              \
    X(level, "Level", COLUMN_TEXT, QUANTITY_PLAIN, "level of the compared column")                 \
    X(variances, "\u03c4\u00b2 of subgroups", COLUMN_TEXT, QUANTITY_PLAIN,                         \
      "separate: each subgroup has its own; common: one for all")                                  \
    X(test, "Test", COLUMN_TEXT, QUANTITY_PLAIN, "name of the test")                               \
    X(limit, "Limit", COLUMN_REAL, QUANTITY_ESTIMATE,                                              \
      "the effect without asymmetry: at a standard error of 0, or with what is missing filled in") \
    X(limit_low, "Limit low", COLUMN_REAL, QUANTITY_ESTIMATE, "lower end of its interval")         \
    X(limit_high, "Limit high", COLUMN_REAL, QUANTITY_ESTIMATE, "upper end of its interval")       \
    X(qm, "QM", COLUMN_REAL, QUANTITY_STATISTIC,                                                   \
      "test of all moderators together: chi-square, or F where qm_df_residual is given")           \
    X(qm_df, "QM df", COLUMN_REAL, QUANTITY_DF, "degrees of freedom of QM")                        \
    X(qm_df_residual, "QM residual df", COLUMN_REAL, QUANTITY_DF,                                  \
      "second degrees of freedom where QM is an F")                                                \
    X(qm_p_value, "QM p", COLUMN_REAL, QUANTITY_P_VALUE, "p-value of QM")                          \
    X(qe, "QE", COLUMN_REAL, QUANTITY_STATISTIC, "heterogeneity that the moderators leave")        \
    X(qe_df, "QE df", COLUMN_REAL, QUANTITY_DF, "degrees of freedom of QE")                        \
    X(qe_p_value, "QE p", COLUMN_REAL, QUANTITY_P_VALUE, "p-value of QE")                          \
    X(correction, "Correction", COLUMN_TEXT, QUANTITY_PLAIN,                                       \
      "none: for sampling error only; individual: each correlation for its artefacts first")       \
    X(variance, "Variance", COLUMN_REAL, QUANTITY_ESTIMATE,                                        \
      "observed variance of the correlations, weighted")                                           \
    X(error_variance, "Error variance", COLUMN_REAL, QUANTITY_ESTIMATE,                            \
      "variance expected of sampling error alone")                                                 \
    X(artefact_share, "Artefact share", COLUMN_REAL, QUANTITY_SHARE,                               \
      "error variance over observed variance")                                                     \
    X(sd_rho, "SD of rho", COLUMN_REAL, QUANTITY_ESTIMATE,                                         \
      "standard deviation of the true correlations")                                               \
    X(cred_low, "Credibility low", COLUMN_REAL, QUANTITY_ESTIMATE,                                 \
      "lower end of the interval that holds 80 % of the true correlations")                        \
    X(cred_high, "Credibility high", COLUMN_REAL, QUANTITY_ESTIMATE,                               \
      "upper end of the interval that holds 80 % of the true correlations")                        \
    X(one_purchase, "One purchase only", COLUMN_WHOLE, QUANTITY_COUNT,                             \
      "customers without a gap of their own: not judged")                                          \
    X(spearman_brown, "Spearman-Brown", COLUMN_REAL, QUANTITY_CORRELATION,                         \
      "reliability of the sum of two items, 2 r / (1 + r)")                                        \
    X(omega, "Omega", COLUMN_REAL, QUANTITY_CORRELATION,                                           \
      "McDonald's omega: the share of the scale's variance that is the one factor's")              \
    X(omega_low, "Omega low", COLUMN_REAL, QUANTITY_CORRELATION, "lower end of omega's interval")  \
    X(omega_high, "Omega high", COLUMN_REAL, QUANTITY_CORRELATION,                                 \
      "upper end of omega's interval")                                                             \
    X(ave, "AVE", COLUMN_REAL, QUANTITY_CORRELATION,                                               \
      "average variance extracted: the mean of the squared standardised loadings")                 \
    X(composite_reliability, "Composite reliability", COLUMN_REAL, QUANTITY_CORRELATION,           \
      "reliability of the sum of the standardised items under one factor")                         \
    X(loading, "Loading", COLUMN_REAL, QUANTITY_CORRELATION,                                       \
      "the item's correlation with the one factor")                                                \
    X(loading_error, "Loading s.e.", COLUMN_REAL, QUANTITY_CORRELATION,                            \
      "standard error of the loading")                                                             \
    X(model_chi_square, "Model chi-square", COLUMN_REAL, QUANTITY_STATISTIC,                       \
      "likelihood-ratio test of one factor against any covariances")                               \
    X(model_df, "Model df", COLUMN_REAL, QUANTITY_DF,                                              \
      "degrees of freedom of it; 0: three items fit exactly")                                      \
    X(model_p_value, "Model p", COLUMN_REAL, QUANTITY_P_VALUE,                                     \
      "its p-value: a small one says that one factor is not enough")                               \
    X(omega_status, "Omega status", COLUMN_TEXT, QUANTITY_PLAIN,                                   \
      "how the fit of the one factor ended")                                                       \
    X(reliability_x, "Reliability of say", COLUMN_REAL, QUANTITY_CORRELATION,                      \
      "the scale's reliability; empty: not corrected for")                                         \
    X(reliability_x_source, "From", COLUMN_TEXT, QUANTITY_PLAIN,                                   \
      "where it comes from: omega, alpha, typed")                                                  \
    X(reliability_y, "Reliability of do", COLUMN_REAL, QUANTITY_CORRELATION,                       \
      "the behaviour's reliability as a measure of the customer's rate; empty: not corrected for") \
    X(reliability_y_source, "From", COLUMN_TEXT, QUANTITY_PLAIN,                                   \
      "where it comes from: nbd, typed")                                                           \
    X(reliability_y_low, "Reliability low", COLUMN_REAL, QUANTITY_CORRELATION,                     \
      "lower end of its profile-likelihood interval")                                              \
    X(reliability_y_high, "Reliability high", COLUMN_REAL, QUANTITY_CORRELATION,                   \
      "upper end of its profile-likelihood interval")                                              \
    X(disattenuated, "Disattenuated r", COLUMN_REAL, QUANTITY_CORRELATION,                         \
      "r over the root of the reliabilities; may be beyond 1")                                     \
    X(known_low, "Known low", COLUMN_REAL, QUANTITY_CORRELATION,                                   \
      "lower end of its interval, the reliabilities taken as known")                               \
    X(known_high, "Known high", COLUMN_REAL, QUANTITY_CORRELATION,                                 \
      "upper end of its interval, the reliabilities taken as known")                               \
    X(disattenuated_low, "Disattenuated low", COLUMN_REAL, QUANTITY_CORRELATION,                   \
      "lower end of its interval, with the reliabilities' own error")                              \
    X(disattenuated_high, "Disattenuated high", COLUMN_REAL, QUANTITY_CORRELATION,                 \
      "upper end of its interval, with the reliabilities' own error")                              \
    X(r_ceiling, "Noise ceiling", COLUMN_REAL, QUANTITY_CORRELATION,                               \
      "the largest r that the behaviour's reliability (and a 0/1 behaviour's base rate) allow")    \
    X(u, "u", COLUMN_REAL, QUANTITY_ESTIMATE,                                                      \
      "standard deviation among all customers over that among the respondents")                    \
    X(range_corrected, "Range corrected r", COLUMN_REAL, QUANTITY_CORRELATION,                     \
      "r as it would be among all customers: Thorndike's case II")                                 \
    X(range_low, "Range low", COLUMN_REAL, QUANTITY_CORRELATION,                                   \
      "lower end of its interval, with u's own error")                                             \
    X(range_high, "Range high", COLUMN_REAL, QUANTITY_CORRELATION,                                 \
      "upper end of its interval, with u's own error")                                             \
    X(family, "Family", COLUMN_TEXT, QUANTITY_PLAIN,                                               \
      "distribution of the response, as --family names it")                                        \
    X(link, "Link", COLUMN_TEXT, QUANTITY_PLAIN,                                                   \
      "what of the mean the right side of the formula is")                                         \
    X(component, "Part", COLUMN_TEXT, QUANTITY_PLAIN,                                              \
      "part of a model that has several: count, zero, threshold, location, scale, amount, any; a " \
      "category of an ordered response")                                                           \
    X(name, "Figure", COLUMN_TEXT, QUANTITY_PLAIN, "what the figure is")                           \
    X(response, "Response", COLUMN_REAL, QUANTITY_ESTIMATE,                                        \
      "the observed response; of words their place among the levels, from 0")                      \
    X(fitted, "Fitted", COLUMN_REAL, QUANTITY_ESTIMATE,                                            \
      "the fitted mean, or the fitted probability of the category")                                \
    X(residual, "Residual", COLUMN_REAL, QUANTITY_ESTIMATE, "response less fitted mean")           \
    X(reference, "Reference", COLUMN_TEXT, QUANTITY_PLAIN,                                         \
      "the level that an effect is measured from")                                                 \
    X(per_sd, "Per SD", COLUMN_REAL, QUANTITY_ESTIMATE,                                            \
      "the effect of one standard deviation more")                                                 \
    X(ratio, "Ratio", COLUMN_TEXT, QUANTITY_PLAIN,                                                 \
      "what exp(coefficient) is: odds ratio, rate ratio, hazard ratio, risk ratio, ratio of "      \
      "means")                                                                                     \
    X(moderator, "Moderator", COLUMN_TEXT, QUANTITY_PLAIN,                                         \
      "the column that the effect depends on")                                                     \
    X(moderator_level, "Moderator is", COLUMN_TEXT, QUANTITY_PLAIN,                                \
      "its level, or where a number stands: mean - SD, mean, mean + SD, minimum, maximum")         \
    X(moderator_at, "Moderator at", COLUMN_REAL, QUANTITY_PLAIN, "its value")                      \
    X(direction, "Direction", COLUMN_TEXT, QUANTITY_PLAIN,                                         \
      "positive or negative where the slope differs from 0, else not significant")                 \
    X(bound_low, "From", COLUMN_REAL, QUANTITY_PLAIN, "where the region begins")                   \
    X(bound_high, "To", COLUMN_REAL, QUANTITY_PLAIN, "where the region ends")                      \
    X(slope_at_low, "Slope there", COLUMN_REAL, QUANTITY_ESTIMATE,                                 \
      "the slope where the region begins")                                                         \
    X(slope_at_high, "Slope at its end", COLUMN_REAL, QUANTITY_ESTIMATE,                           \
      "the slope where the region ends")                                                           \
    X(critical, "Critical value", COLUMN_REAL, QUANTITY_STATISTIC,                                 \
      "t or z from which on a slope differs from 0")                                               \
    X(sample, "Sample", COLUMN_TEXT, QUANTITY_PLAIN,                                               \
      "fitted: the rows of the fit, which flatter it; cross-fitted: each row predicted by a fit "  \
      "without its fold")                                                                          \
    X(bin, "Group", COLUMN_WHOLE, QUANTITY_COUNT,                                                  \
      "group of neighbouring predictions, from 1: of calibration the lowest first, of lift the "   \
      "highest")                                                                                   \
    X(events, "Events", COLUMN_REAL, QUANTITY_COUNT,                                               \
      "rows where the 0/1 outcome is 1, or the sum of their weights")                              \
    X(predicted, "Predicted", COLUMN_REAL, QUANTITY_SHARE, "mean predicted probability")           \
    X(observed, "Observed", COLUMN_REAL, QUANTITY_SHARE,                                           \
      "share of events among the rows of the group")                                               \
    X(predicted_low, "Lowest", COLUMN_REAL, QUANTITY_SHARE,                                        \
      "lowest predicted probability in the group")                                                 \
    X(predicted_high, "Highest", COLUMN_REAL, QUANTITY_SHARE,                                      \
      "highest predicted probability in the group")                                                \
    X(threshold, "Threshold", COLUMN_REAL, QUANTITY_SHARE,                                         \
      "an event is expected where the predicted probability is at or above it; empty: nowhere")    \
    X(sensitivity, "Sensitivity", COLUMN_REAL, QUANTITY_SHARE,                                     \
      "share of the events that are expected")                                                     \
    X(specificity, "Specificity", COLUMN_REAL, QUANTITY_SHARE,                                     \
      "share of the other rows where no event is expected")                                        \
    X(youden, "Youden", COLUMN_REAL, QUANTITY_SHARE,                                               \
      "Youden's (1950) index: sensitivity + specificity - 1")                                      \
    X(precision, "Precision", COLUMN_REAL, QUANTITY_SHARE,                                         \
      "share of events among the rows where one is expected")                                      \
    X(flagged, "Rows so far", COLUMN_REAL, QUANTITY_SHARE,                                         \
      "share of all rows where an event is expected; of lift the group and those before it")       \
    X(lift, "Lift", COLUMN_REAL, QUANTITY_ESTIMATE,                                                \
      "observed rate of the group over the rate of all rows")                                      \
    X(gain, "Gain", COLUMN_REAL, QUANTITY_SHARE,                                                   \
      "share of all events in the group and those before it")                                      \
    X(cumulative_lift, "Cumulative lift", COLUMN_REAL, QUANTITY_ESTIMATE,                          \
      "rate of the group and those before it over the rate of all rows")                           \
    X(twin, "Twin", COLUMN_TEXT, QUANTITY_PLAIN,                                                   \
      "the outcome beside y, under the same right-hand side: what customers do")                   \
    X(twin_family, "Its family", COLUMN_TEXT, QUANTITY_PLAIN, "distribution of the twin")          \
    X(twin_link, "Its link", COLUMN_TEXT, QUANTITY_PLAIN, "link of the twin")                      \
    X(say, "Say", COLUMN_REAL, QUANTITY_ESTIMATE,                                                  \
      "the term's part in y, in the units of the column units")                                    \
    X(say_std_error, "SE of say", COLUMN_REAL, QUANTITY_ESTIMATE, "its standard error")            \
    X(say_p_value, "p of say", COLUMN_REAL, QUANTITY_P_VALUE, "two-sided p-value of say = 0")      \
    X(do, "Do", COLUMN_REAL, QUANTITY_ESTIMATE,                                                    \
      "the term's part in the twin, in the units of the column units")                             \
    X(do_std_error, "SE of do", COLUMN_REAL, QUANTITY_ESTIMATE, "its standard error")              \
    X(do_p_value, "p of do", COLUMN_REAL, QUANTITY_P_VALUE, "two-sided p-value of do = 0")         \
    X(units, "Units", COLUMN_TEXT, QUANTITY_PLAIN,                                                 \
      "standardized: coefficients over the outcome's standard deviation; marginal: average "       \
      "marginal effects over it")                                                                  \
    X(bend, "Bend", COLUMN_REAL, QUANTITY_ESTIMATE,                                                \
      "average second difference of the fitted curve over the scale's points, per squared unit: "  \
      "over 0 increasing returns")                                                                 \
    X(verdict_flips, "Verdict flips", COLUMN_TEXT, QUANTITY_PLAIN,                                 \
      "yes: the link's scale and the outcome's give different verdicts, so that the curvature "    \
      "is the link's, not the customers'")                                                         \
    X(std_residual, "Std. residual", COLUMN_REAL, QUANTITY_STATISTIC,                              \
      "deviance residual over its standard deviation sqrt(dispersion (1 - leverage)), as R's "     \
      "rstandard")                                                                                 \
    X(leverage, "Leverage", COLUMN_REAL, QUANTITY_SHARE,                                           \
      "the row's diagonal of the hat matrix: how far its own response moves its fitted mean")      \
    X(cook, "Cook's distance", COLUMN_REAL, QUANTITY_ESTIMATE,                                     \
      "how far the estimates move without the row, in units of their confidence region; of "       \
      "families that are no generalised linear model from the row's score")                        \
    X(flag, "Flag", COLUMN_TEXT, QUANTITY_PLAIN,                                                   \
      "cook: Cook's distance above 4/n; leverage: above 2 p/n; or both")                           \
    X(against, "Against", COLUMN_TEXT, QUANTITY_PLAIN, "the formula that is compared with")        \
    X(relation, "Relation", COLUMN_TEXT, QUANTITY_PLAIN,                                           \
      "of the formula to the other: contains, within, equal, not nested")                          \
    X(delta_log_lik, "Log-lik. gain", COLUMN_REAL, QUANTITY_STATISTIC,                             \
      "log-likelihood less that of the other formula")                                             \
    X(delta_aic, "AIC difference", COLUMN_REAL, QUANTITY_STATISTIC,                                \
      "AIC less that of the other formula: below 0 speaks for the formula")                        \
    X(delta_bic, "BIC difference", COLUMN_REAL, QUANTITY_STATISTIC,                                \
      "BIC less that of the other formula: below 0 speaks for the formula")                        \
    X(delta_r_squared, "R\u00b2 gain", COLUMN_REAL, QUANTITY_CORRELATION,                          \
      "R\u00b2 less that of the other formula")                                                    \
    X(n_without, "n left out", COLUMN_REAL, QUANTITY_COUNT,                                        \
      "observations with the largest responses that were left out")                                \
    X(estimate_without, "Estimate without", COLUMN_REAL, QUANTITY_ESTIMATE,                        \
      "the estimate without the largest responses")                                                \
    X(std_error_without, "Std. error without", COLUMN_REAL, QUANTITY_ESTIMATE,                     \
      "its standard error")                                                                        \
    X(change, "Change", COLUMN_REAL, QUANTITY_SHARE,                                               \
      "how far the estimate moves without them, as a share of its size")                           \
    X(terms, "Terms", COLUMN_TEXT, QUANTITY_PLAIN,                                                 \
      "terms of the model, as the formula has them; 1: none")                                      \
    X(cp, "Cp", COLUMN_REAL, QUANTITY_STATISTIC,                                                   \
      "Mallows's Cp: residual sum of squares over the variance about all terms, less n, plus "     \
      "twice the coefficients; near their number where nothing is missing")                        \
    X(press, "PRESS", COLUMN_REAL, QUANTITY_ESTIMATE,                                              \
      "sum of squared errors of each row predicted without it")                                    \
    X(cv, "CV", COLUMN_REAL, QUANTITY_STATISTIC,                                                   \
      "error on rows left out of the fit, the subset chosen anew each time: root mean square of "  \
      "least squares, else minus the mean log density")                                            \
    X(cv_fixed, "CV, subset held", COLUMN_REAL, QUANTITY_STATISTIC,                                \
      "the same with the subset chosen once on all rows: too kind")                                \
    X(best_by, "Best by", COLUMN_TEXT, QUANTITY_PLAIN,                                             \
      "criteria by which this subset is the best of the cell")                                     \
    X(model, "Model", COLUMN_TEXT, QUANTITY_PLAIN,                                                 \
      "baseline: past behaviour; say: what customers say; both together")                          \
    X(mcfadden, "McFadden's R\u00b2", COLUMN_REAL, QUANTITY_CORRELATION,                           \
      "1 less the log-likelihood over that of the constant alone (McFadden 1974)")                 \
    X(increase, "Increase", COLUMN_REAL, QUANTITY_CORRELATION,                                     \
      "R\u00b2, or McFadden's, less that of the baseline")                                         \
    X(partial_r_squared, "Partial R\u00b2", COLUMN_REAL, QUANTITY_CORRELATION,                     \
      "the increase as a share of what the baseline leaves unexplained")                           \
    X(auc, "AUC", COLUMN_REAL, QUANTITY_CORRELATION,                                               \
      "area under the ROC curve: how often a customer with the event has the higher prediction")   \
    X(auc_low, "AUC low", COLUMN_REAL, QUANTITY_CORRELATION,                                       \
      "lower end of its interval (DeLong, on the logit scale)")                                    \
    X(auc_high, "AUC high", COLUMN_REAL, QUANTITY_CORRELATION, "upper end of its interval")        \
    X(auc_increase, "AUC increase", COLUMN_REAL, QUANTITY_CORRELATION,                             \
      "area less that of the baseline")                                                            \
    X(auc_increase_low, "Increase low", COLUMN_REAL, QUANTITY_CORRELATION,                         \
      "lower end of its interval (DeLong, paired)")                                                \
    X(auc_increase_high, "Increase high", COLUMN_REAL, QUANTITY_CORRELATION,                       \
      "upper end of its interval (DeLong, paired)")                                                \
    X(auc_p_value, "AUC p", COLUMN_REAL, QUANTITY_P_VALUE,                                         \
      "DeLong's paired test that both areas are equal")                                            \
    X(assumed_reliability, "Assumed reliability", COLUMN_REAL, QUANTITY_CORRELATION,               \
      "a reliability that the scale might have")                                                   \
    X(currency, "Currency", COLUMN_TEXT, QUANTITY_PLAIN, "a currency's code (ISO 4217)")           \
    X(n_lines, "Lines", COLUMN_WHOLE, QUANTITY_COUNT, "ledger lines: sales and returns")           \
    X(amount, "Amount", COLUMN_REAL, QUANTITY_PLAIN, "sales plus returns, in their own currency")  \
    X(converted, "Converted", COLUMN_REAL, QUANTITY_MONEY,                                         \
      "the same in the currency of the results, each line by the rate of its day")

/* The word's column, without data; NULL if there is none. */
const struct column *word_find(const char *name);

extern const struct column words[];
extern const size_t n_words;

#endif
