/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/study/schema.h"

/* The keys of the study file, as libcyaml takes them.  Numbers are texts here:
   "365d", "-99" and "0.8" are read by study_check(), which knows what they mean. */

enum {
    TEXT = CYAML_FLAG_POINTER, /* required */
    TEXT_OR_NOT = CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,
    BLOCK = CYAML_FLAG_DEFAULT,
    BLOCK_OR_NOT = CYAML_FLAG_OPTIONAL,
    LIST = CYAML_FLAG_POINTER,
    LIST_OR_NOT = CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,
    WORD_OR_NOT = CYAML_FLAG_OPTIONAL | CYAML_FLAG_STRICT,
    MOST = 100000 /* bytes of a text, entries of a list */
};

static const cyaml_schema_value_t text = {CYAML_VALUE_STRING(TEXT, char, 0, MOST)};

static const cyaml_strval_t duplicates_words[] = {{"error", DUPLICATES_ERROR},
                                                  {"first", DUPLICATES_FIRST},
                                                  {"latest", DUPLICATES_LATEST},
                                                  {"most_complete", DUPLICATES_MOST_COMPLETE},
                                                  {"mean", DUPLICATES_MEAN}};
static const cyaml_strval_t people_words[] = {{"error", PEOPLE_ERROR},   {"first", PEOPLE_FIRST},
                                              {"latest", PEOPLE_LATEST}, {"mean", PEOPLE_MEAN},
                                              {"max", PEOPLE_MAX},       {"min", PEOPLE_MIN}};
static const cyaml_strval_t others_words[] = {{"own", OTHERS_OWN}, {"unmatched", OTHERS_UNMATCHED}};
static const cyaml_strval_t labels_words[] = {{"codes", LABELS_CODES}, {"labels", LABELS_LABELS}};
static const cyaml_strval_t combine_words[] = {{"mean", COMBINE_MEAN}, {"sum", COMBINE_SUM}};
static const cyaml_strval_t sign_words[] = {{"leading", AMOUNT_LEADING},
                                            {"trailing", AMOUNT_TRAILING},
                                            {"parentheses", AMOUNT_PARENTHESES},
                                            {"debit_credit", AMOUNT_DEBIT_CREDIT},
                                            {"indicator", AMOUNT_INDICATOR},
                                            {"by_type", AMOUNT_BY_TYPE},
                                            {"cr_dr", AMOUNT_CR_DR},
                                            {"reversed", AMOUNT_REVERSED}};
static const cyaml_strval_t quote_words[] = {{"home_per_unit", QUOTE_HOME_PER_UNIT},
                                             {"units_per_home", QUOTE_UNITS_PER_HOME}};
static const cyaml_strval_t negative_words[] = {{"sale", NEGATIVE_SALE},
                                                {"return", NEGATIVE_RETURN}};
static const cyaml_strval_t censored_words[] = {{"exclude", CENSORED_EXCLUDE},
                                                {"keep", CENSORED_KEEP}};
static const cyaml_strval_t collisions_words[] = {
    {"error", COLLISIONS_ERROR}, {"exclude", COLLISIONS_EXCLUDE}, {"merge", COLLISIONS_MERGE}};

static const cyaml_schema_field_t study_fields[] = {
    CYAML_FIELD_STRING_PTR("name", TEXT, struct raw_head, name, 0, MOST),
    CYAML_FIELD_STRING_PTR("seed", TEXT_OR_NOT, struct raw_head, seed, 0, MOST),
    CYAML_FIELD_STRING_PTR("note", TEXT_OR_NOT, struct raw_head, note, 0, MOST), CYAML_FIELD_END};

static const cyaml_schema_field_t filter_fields[] = {
    CYAML_FIELD_STRING_PTR("column", TEXT, struct study_filter, column, 0, MOST),
    CYAML_FIELD_SEQUENCE_COUNT("values", LIST, struct study_filter, values.at, values.n, &text, 1,
                               MOST),
    CYAML_FIELD_END};
static const cyaml_schema_value_t filter = {
    CYAML_VALUE_MAPPING(BLOCK, struct study_filter, filter_fields)};

static const cyaml_schema_field_t rename_fields[] = {
    CYAML_FIELD_STRING_PTR("name", TEXT, struct study_rename, name, 0, MOST),
    CYAML_FIELD_STRING_PTR("column", TEXT, struct study_rename, column, 0, MOST), CYAML_FIELD_END};
static const cyaml_schema_value_t rename_entry = {
    CYAML_VALUE_MAPPING(BLOCK, struct study_rename, rename_fields)};

static const cyaml_schema_field_t survey_fields[] = {
    CYAML_FIELD_STRING_PTR("file", TEXT, struct study_survey, file, 0, MOST),
    CYAML_FIELD_STRING_PTR("format", TEXT_OR_NOT, struct study_survey, format, 0, MOST),
    CYAML_FIELD_STRING_PTR("delimiter", TEXT_OR_NOT, struct study_survey, delimiter, 0, MOST),
    CYAML_FIELD_STRING_PTR("encoding", TEXT_OR_NOT, struct study_survey, encoding, 0, MOST),
    CYAML_FIELD_STRING_PTR("sheet", TEXT_OR_NOT, struct study_survey, sheet, 0, MOST),
    CYAML_FIELD_STRING_PTR("key", TEXT, struct study_survey, key, 0, MOST),
    CYAML_FIELD_STRING_PTR("date", TEXT_OR_NOT, struct study_survey, date, 0, MOST),
    CYAML_FIELD_STRING_PTR("date_format", TEXT_OR_NOT, struct study_survey, date_format, 0, MOST),
    CYAML_FIELD_STRING_PTR("wave", TEXT_OR_NOT, struct study_survey, wave, 0, MOST),
    CYAML_FIELD_STRING_PTR("wave_date", TEXT_OR_NOT, struct study_survey, wave_date, 0, MOST),
    CYAML_FIELD_STRING_PTR("time_zone", TEXT_OR_NOT, struct study_survey, time_zone, 0, MOST),
    CYAML_FIELD_STRING_PTR("source_time_zone", TEXT_OR_NOT, struct study_survey, source_time_zone,
                           0, MOST),
    CYAML_FIELD_SEQUENCE_COUNT("columns", LIST_OR_NOT, struct study_survey, columns, n_columns,
                               &rename_entry, 1, MOST),
    CYAML_FIELD_SEQUENCE_COUNT("keep", LIST_OR_NOT, struct study_survey, keep, n_keep, &filter, 1,
                               MOST),
    CYAML_FIELD_ENUM("duplicates", WORD_OR_NOT, struct study_survey, duplicates, duplicates_words,
                     CYAML_ARRAY_LEN(duplicates_words)),
    CYAML_FIELD_ENUM("labels", WORD_OR_NOT, struct study_survey, labels, labels_words,
                     CYAML_ARRAY_LEN(labels_words)),
    CYAML_FIELD_END};
static const cyaml_schema_value_t survey = {
    CYAML_VALUE_MAPPING(BLOCK, struct study_survey, survey_fields)};

static const cyaml_schema_field_t nps_fields[] = {
    CYAML_FIELD_STRING_PTR("promoters", TEXT, struct raw_nps, promoters, 0, MOST),
    CYAML_FIELD_STRING_PTR("detractors", TEXT, struct raw_nps, detractors, 0, MOST),
    CYAML_FIELD_END};

static const cyaml_schema_field_t answer_fields[] = {
    CYAML_FIELD_STRING_PTR("code", TEXT, struct raw_answer, code, 0, MOST),
    CYAML_FIELD_SEQUENCE_COUNT("words", LIST, struct raw_answer, words.at, words.n, &text, 1, MOST),
    CYAML_FIELD_END};
static const cyaml_schema_value_t answer = {
    CYAML_VALUE_MAPPING(BLOCK, struct raw_answer, answer_fields)};

static const cyaml_schema_field_t scale_fields[] = {
    CYAML_FIELD_STRING_PTR("name", TEXT, struct raw_scale, scale.name, 0, MOST),
    CYAML_FIELD_STRING_PTR("label", TEXT_OR_NOT, struct raw_scale, scale.label, 0, MOST),
    CYAML_FIELD_STRING_PTR("column", TEXT_OR_NOT, struct raw_scale, scale.column, 0, MOST),
    CYAML_FIELD_SEQUENCE_COUNT("items", LIST_OR_NOT, struct raw_scale, scale.items.at,
                               scale.items.n, &text, 1, MOST),
    CYAML_FIELD_SEQUENCE_COUNT("reverse", LIST_OR_NOT, struct raw_scale, scale.reverse.at,
                               scale.reverse.n, &text, 1, MOST),
    CYAML_FIELD_SEQUENCE_COUNT("range", LIST, struct raw_scale, range.at, range.n, &text, 2, 2),
    CYAML_FIELD_SEQUENCE_COUNT("missing", LIST_OR_NOT, struct raw_scale, scale.missing.at,
                               scale.missing.n, &text, 1, MOST),
    CYAML_FIELD_SEQUENCE_COUNT("labels", LIST_OR_NOT, struct raw_scale, labels, n_labels, &answer,
                               1, MOST),
    CYAML_FIELD_ENUM("combine", WORD_OR_NOT, struct raw_scale, scale.combine, combine_words,
                     CYAML_ARRAY_LEN(combine_words)),
    CYAML_FIELD_MAPPING("nps", BLOCK_OR_NOT, struct raw_scale, nps, nps_fields),
    CYAML_FIELD_END};
static const cyaml_schema_value_t scale = {
    CYAML_VALUE_MAPPING(BLOCK, struct raw_scale, scale_fields)};

static const cyaml_schema_field_t group_fields[] = {
    CYAML_FIELD_STRING_PTR("name", TEXT, struct study_group, name, 0, MOST),
    CYAML_FIELD_STRING_PTR("column", TEXT, struct study_group, column, 0, MOST),
    CYAML_FIELD_STRING_PTR("label", TEXT_OR_NOT, struct study_group, label, 0, MOST),
    CYAML_FIELD_SEQUENCE_COUNT("levels", LIST_OR_NOT, struct study_group, levels.at, levels.n,
                               &text, 1, MOST),
    CYAML_FIELD_END};
static const cyaml_schema_value_t group = {
    CYAML_VALUE_MAPPING(BLOCK, struct study_group, group_fields)};

static const cyaml_schema_field_t customers_fields[] = {
    CYAML_FIELD_STRING_PTR("file", TEXT, struct study_customers, file, 0, MOST),
    CYAML_FIELD_STRING_PTR("key", TEXT, struct study_customers, key, 0, MOST),
    CYAML_FIELD_STRING_PTR("delimiter", TEXT_OR_NOT, struct study_customers, delimiter, 0, MOST),
    CYAML_FIELD_STRING_PTR("encoding", TEXT_OR_NOT, struct study_customers, encoding, 0, MOST),
    CYAML_FIELD_STRING_PTR("sheet", TEXT_OR_NOT, struct study_customers, sheet, 0, MOST),
    CYAML_FIELD_END};

static const cyaml_schema_field_t period_fields[] = {
    CYAML_FIELD_STRING_PTR("row", TEXT_OR_NOT, struct raw_period, row, 0, MOST),
    CYAML_FIELD_STRING_PTR("from", TEXT, struct raw_period, from, 0, MOST),
    CYAML_FIELD_STRING_PTR("to", TEXT, struct raw_period, to, 0, MOST), CYAML_FIELD_END};

static const cyaml_schema_field_t rows_fields[] = {
    CYAML_FIELD_SEQUENCE_COUNT("header", LIST_OR_NOT, struct raw_rows, rows.header.at,
                               rows.header.n, &text, 1, MOST),
    CYAML_FIELD_STRING_PTR("skip", TEXT_OR_NOT, struct raw_rows, skip, 0, MOST),
    CYAML_FIELD_STRING_PTR("section", TEXT_OR_NOT, struct raw_rows, rows.section, 0, MOST),
    CYAML_FIELD_SEQUENCE_COUNT("totals", LIST_OR_NOT, struct raw_rows, rows.totals.at,
                               rows.totals.n, &text, 1, MOST),
    CYAML_FIELD_SEQUENCE_COUNT("fill_down", LIST_OR_NOT, struct raw_rows, rows.fill_down.at,
                               rows.fill_down.n, &text, 1, MOST),
    CYAML_FIELD_END};

static const cyaml_schema_field_t party_fields[] = {
    CYAML_FIELD_SEQUENCE_COUNT("columns", LIST, struct raw_party, party.columns.at, party.columns.n,
                               &text, 2, 2),
    CYAML_FIELD_SEQUENCE_COUNT("range", LIST, struct raw_party, range.at, range.n, &text, 2, 2),
    CYAML_FIELD_STRING_PTR("indicator", TEXT_OR_NOT, struct raw_party, party.indicator, 0, MOST),
    CYAML_FIELD_END};

static const cyaml_schema_field_t date_fields[] = {
    CYAML_FIELD_STRING_PTR("column", TEXT, struct raw_date, column, 0, MOST),
    CYAML_FIELD_STRING_PTR("format", TEXT_OR_NOT, struct raw_date, format, 0, MOST),
    CYAML_FIELD_STRING_PTR("returns", TEXT_OR_NOT, struct raw_date, returns, 0, MOST),
    CYAML_FIELD_MAPPING("period", BLOCK_OR_NOT, struct raw_date, period, period_fields),
    CYAML_FIELD_END};

static const cyaml_schema_field_t amount_fields[] = {
    CYAML_FIELD_STRING_PTR("column", TEXT_OR_NOT, struct study_amount, column, 0, MOST),
    CYAML_FIELD_ENUM("sign", WORD_OR_NOT, struct study_amount, sign, sign_words,
                     CYAML_ARRAY_LEN(sign_words)),
    CYAML_FIELD_STRING_PTR("debit", TEXT_OR_NOT, struct study_amount, debit, 0, MOST),
    CYAML_FIELD_STRING_PTR("credit", TEXT_OR_NOT, struct study_amount, credit, 0, MOST),
    CYAML_FIELD_STRING_PTR("indicator", TEXT_OR_NOT, struct study_amount, indicator, 0, MOST),
    CYAML_FIELD_SEQUENCE_COUNT("negative", LIST_OR_NOT, struct study_amount, negative.at,
                               negative.n, &text, 1, MOST),
    CYAML_FIELD_STRING_PTR("once_per", TEXT_OR_NOT, struct study_amount, once_per, 0, MOST),
    CYAML_FIELD_STRING_PTR("refunded", TEXT_OR_NOT, struct study_amount, refunded, 0, MOST),
    CYAML_FIELD_END};

static const cyaml_schema_field_t type_fields[] = {
    CYAML_FIELD_STRING_PTR("column", TEXT, struct study_type, column, 0, MOST),
    CYAML_FIELD_ENUM("negative", WORD_OR_NOT, struct study_type, negative, negative_words,
                     CYAML_ARRAY_LEN(negative_words)),
    CYAML_FIELD_SEQUENCE_COUNT("sale", LIST, struct study_type, sale.at, sale.n, &text, 1, MOST),
    CYAML_FIELD_SEQUENCE_COUNT("return", LIST_OR_NOT, struct study_type, returned.at, returned.n,
                               &text, 1, MOST),
    CYAML_FIELD_SEQUENCE_COUNT("payment", LIST_OR_NOT, struct study_type, payment.at, payment.n,
                               &text, 1, MOST),
    CYAML_FIELD_SEQUENCE_COUNT("ignore", LIST_OR_NOT, struct study_type, ignore.at, ignore.n, &text,
                               1, MOST),
    CYAML_FIELD_END};

static const cyaml_schema_field_t currency_fields[] = {
    CYAML_FIELD_STRING_PTR("column", TEXT, struct raw_currency, column, 0, MOST),
    CYAML_FIELD_STRING_PTR("keep", TEXT_OR_NOT, struct raw_currency, keep, 0, MOST),
    CYAML_FIELD_STRING_PTR("to", TEXT_OR_NOT, struct raw_currency, to, 0, MOST),
    CYAML_FIELD_STRING_PTR("rates", TEXT_OR_NOT, struct raw_currency, rates.file, 0, MOST),
    CYAML_FIELD_ENUM("quote", WORD_OR_NOT, struct raw_currency, rates.quote, quote_words,
                     CYAML_ARRAY_LEN(quote_words)),
    CYAML_FIELD_STRING_PTR("max_age", TEXT_OR_NOT, struct raw_currency, max_age, 0, MOST),
    CYAML_FIELD_STRING_PTR("rates_delimiter", TEXT_OR_NOT, struct raw_currency, rates.delimiter, 0,
                           MOST),
    CYAML_FIELD_STRING_PTR("rates_decimal", TEXT_OR_NOT, struct raw_currency, rates.decimal, 0,
                           MOST),
    CYAML_FIELD_STRING_PTR("rates_sheet", TEXT_OR_NOT, struct raw_currency, rates.sheet, 0, MOST),
    CYAML_FIELD_END};

static const cyaml_schema_field_t coverage_fields[] = {
    CYAML_FIELD_STRING_PTR("from", TEXT_OR_NOT, struct raw_coverage, from, 0, MOST),
    CYAML_FIELD_STRING_PTR("to", TEXT_OR_NOT, struct raw_coverage, to, 0, MOST), CYAML_FIELD_END};

static const cyaml_schema_field_t ledger_fields[] = {
    CYAML_FIELD_STRING_PTR("file", TEXT, struct raw_ledger, ledger.file, 0, MOST),
    CYAML_FIELD_STRING_PTR("sheet", TEXT_OR_NOT, struct raw_ledger, ledger.sheet, 0, MOST),
    CYAML_FIELD_MAPPING("rows", BLOCK_OR_NOT, struct raw_ledger, rows, rows_fields),
    CYAML_FIELD_MAPPING("party", BLOCK_OR_NOT, struct raw_ledger, party, party_fields),
    CYAML_FIELD_STRING_PTR("preset", TEXT_OR_NOT, struct raw_ledger, ledger.preset, 0, MOST),
    CYAML_FIELD_STRING_PTR("delimiter", TEXT_OR_NOT, struct raw_ledger, ledger.delimiter, 0, MOST),
    CYAML_FIELD_STRING_PTR("encoding", TEXT_OR_NOT, struct raw_ledger, ledger.encoding, 0, MOST),
    CYAML_FIELD_STRING_PTR("decimal", TEXT_OR_NOT, struct raw_ledger, ledger.decimal, 0, MOST),
    CYAML_FIELD_STRING_PTR("thousands", TEXT_OR_NOT, struct raw_ledger, ledger.thousands, 0, MOST),
    CYAML_FIELD_STRING_PTR("key", TEXT, struct raw_ledger, ledger.key, 0, MOST),
    CYAML_FIELD_STRING_PTR("key_starts_after", TEXT_OR_NOT, struct raw_ledger,
                           ledger.key_starts_after, 0, MOST),
    CYAML_FIELD_STRING_PTR("key_ends_at", TEXT_OR_NOT, struct raw_ledger, ledger.key_ends_at, 0,
                           MOST),
    CYAML_FIELD_STRING_PTR("document", TEXT_OR_NOT, struct raw_ledger, ledger.document, 0, MOST),
    CYAML_FIELD_MAPPING("date", BLOCK, struct raw_ledger, date, date_fields),
    CYAML_FIELD_MAPPING("amount", BLOCK, struct raw_ledger, ledger.amount, amount_fields),
    CYAML_FIELD_MAPPING("type", BLOCK_OR_NOT, struct raw_ledger, ledger.type, type_fields),
    CYAML_FIELD_MAPPING("currency", BLOCK_OR_NOT, struct raw_ledger, currency, currency_fields),
    CYAML_FIELD_STRING_PTR("decimals", TEXT_OR_NOT, struct raw_ledger, decimals, 0, MOST),
    CYAML_FIELD_SEQUENCE_COUNT("drop", LIST_OR_NOT, struct raw_ledger, ledger.drop, ledger.n_drop,
                               &filter, 1, MOST),
    CYAML_FIELD_SEQUENCE_COUNT("keep", LIST_OR_NOT, struct raw_ledger, ledger.keep, ledger.n_keep,
                               &filter, 1, MOST),
    CYAML_FIELD_SEQUENCE_COUNT("reversed", LIST_OR_NOT, struct raw_ledger, ledger.reversed,
                               ledger.n_reversed, &filter, 1, MOST),
    CYAML_FIELD_MAPPING("coverage", BLOCK_OR_NOT, struct raw_ledger, coverage, coverage_fields),
    CYAML_FIELD_END};
static const cyaml_schema_value_t ledger = {
    CYAML_VALUE_MAPPING(BLOCK, struct raw_ledger, ledger_fields)};

static const cyaml_schema_field_t window_fields[] = {
    CYAML_FIELD_STRING_PTR("offset", TEXT_OR_NOT, struct raw_window, offset, 0, MOST),
    CYAML_FIELD_STRING_PTR("length", TEXT, struct raw_window, length, 0, MOST),
    CYAML_FIELD_ENUM("censored", WORD_OR_NOT, struct raw_window, censored, censored_words,
                     CYAML_ARRAY_LEN(censored_words)),
    CYAML_FIELD_END};

static const cyaml_schema_field_t mapping_fields[] = {
    CYAML_FIELD_STRING_PTR("file", TEXT, struct study_mapping, file, 0, MOST),
    CYAML_FIELD_STRING_PTR("respondent", TEXT, struct study_mapping, respondent, 0, MOST),
    CYAML_FIELD_STRING_PTR("account", TEXT, struct study_mapping, account, 0, MOST),
    CYAML_FIELD_STRING_PTR("delimiter", TEXT_OR_NOT, struct study_mapping, delimiter, 0, MOST),
    CYAML_FIELD_STRING_PTR("encoding", TEXT_OR_NOT, struct study_mapping, encoding, 0, MOST),
    CYAML_FIELD_STRING_PTR("sheet", TEXT_OR_NOT, struct study_mapping, sheet, 0, MOST),
    CYAML_FIELD_ENUM("combine", WORD_OR_NOT, struct study_mapping, combine, people_words,
                     CYAML_ARRAY_LEN(people_words)),
    CYAML_FIELD_ENUM("others", WORD_OR_NOT, struct study_mapping, others, others_words,
                     CYAML_ARRAY_LEN(others_words)),
    CYAML_FIELD_END};

static const cyaml_schema_field_t review_fields[] = {
    CYAML_FIELD_STRING_PTR("survey", TEXT_OR_NOT, struct raw_review, survey, 0, MOST),
    CYAML_FIELD_STRING_PTR("master", TEXT_OR_NOT, struct raw_review, master, 0, MOST),
    CYAML_FIELD_STRING_PTR("similarity", TEXT_OR_NOT, struct raw_review, similarity, 0, MOST),
    CYAML_FIELD_END};

static const cyaml_schema_field_t join_fields[] = {
    CYAML_FIELD_SEQUENCE_COUNT("key_rules", LIST_OR_NOT, struct raw_join, key_rules.at, key_rules.n,
                               &text, 1, MOST),
    CYAML_FIELD_STRING_PTR("min_match", TEXT_OR_NOT, struct raw_join, min_match, 0, MOST),
    CYAML_FIELD_MAPPING("window", BLOCK_OR_NOT, struct raw_join, window, window_fields),
    CYAML_FIELD_STRING_PTR("baseline", TEXT_OR_NOT, struct raw_join, baseline, 0, MOST),
    CYAML_FIELD_ENUM("collisions", WORD_OR_NOT, struct raw_join, collisions, collisions_words,
                     CYAML_ARRAY_LEN(collisions_words)),
    CYAML_FIELD_MAPPING("mapping", BLOCK_OR_NOT, struct raw_join, mapping, mapping_fields),
    CYAML_FIELD_SEQUENCE_COUNT("block", LIST_OR_NOT, struct raw_join, block.at, block.n, &text, 1,
                               MOST),
    CYAML_FIELD_STRING_PTR("block_file", TEXT_OR_NOT, struct raw_join, block_file, 0, MOST),
    CYAML_FIELD_MAPPING("review", BLOCK_OR_NOT, struct raw_join, review, review_fields),
    CYAML_FIELD_END};

static const cyaml_schema_field_t analysis_fields[] = {
    CYAML_FIELD_SEQUENCE_COUNT("by", LIST_OR_NOT, struct raw_analysis, analysis.by.at,
                               analysis.by.n, &text, 1, MOST),
    CYAML_FIELD_STRING_PTR("min_n", TEXT_OR_NOT, struct raw_analysis, min_n, 0, MOST),
    CYAML_FIELD_STRING_PTR("adjust", TEXT_OR_NOT, struct raw_analysis, analysis.adjust, 0, MOST),
    CYAML_FIELD_SEQUENCE_COUNT("methods", LIST_OR_NOT, struct raw_analysis, analysis.methods.at,
                               analysis.methods.n, &text, 1, MOST),
    CYAML_FIELD_SEQUENCE_COUNT("curves", LIST_OR_NOT, struct raw_analysis, analysis.curves.at,
                               analysis.curves.n, &text, 1, MOST),
    CYAML_FIELD_STRING_PTR("weights", TEXT_OR_NOT, struct raw_analysis, analysis.weights, 0, MOST),
    CYAML_FIELD_STRING_PTR("conf_level", TEXT_OR_NOT, struct raw_analysis, conf_level, 0, MOST),
    CYAML_FIELD_END};

static const cyaml_schema_field_t limits_fields[] = {
    CYAML_FIELD_STRING_PTR("record", TEXT_OR_NOT, struct raw_limits, record, 0, MOST),
    CYAML_FIELD_STRING_PTR("columns", TEXT_OR_NOT, struct raw_limits, columns, 0, MOST),
    CYAML_FIELD_STRING_PTR("key", TEXT_OR_NOT, struct raw_limits, key, 0, MOST), CYAML_FIELD_END};

static const cyaml_schema_field_t top_fields[] = {
    CYAML_FIELD_MAPPING("study", BLOCK, struct raw_study, study, study_fields),
    CYAML_FIELD_SEQUENCE_COUNT("surveys", LIST_OR_NOT, struct raw_study, surveys, n_surveys,
                               &survey, 1, MOST),
    CYAML_FIELD_SEQUENCE_COUNT("scales", LIST_OR_NOT, struct raw_study, scales, n_scales, &scale, 1,
                               MOST),
    CYAML_FIELD_SEQUENCE_COUNT("groups", LIST_OR_NOT, struct raw_study, groups, n_groups, &group, 1,
                               MOST),
    CYAML_FIELD_MAPPING("customers", BLOCK_OR_NOT, struct raw_study, customers, customers_fields),
    CYAML_FIELD_SEQUENCE_COUNT("ledgers", LIST_OR_NOT, struct raw_study, ledgers, n_ledgers,
                               &ledger, 1, MOST),
    CYAML_FIELD_MAPPING("join", BLOCK_OR_NOT, struct raw_study, join, join_fields),
    CYAML_FIELD_SEQUENCE_COUNT("behaviours", LIST_OR_NOT, struct raw_study, behaviours.at,
                               behaviours.n, &text, 1, MOST),
    CYAML_FIELD_MAPPING("analysis", BLOCK_OR_NOT, struct raw_study, analysis, analysis_fields),
    CYAML_FIELD_MAPPING("limits", BLOCK_OR_NOT, struct raw_study, limits, limits_fields),
    CYAML_FIELD_END};

const cyaml_schema_value_t study_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct raw_study, top_fields)};
