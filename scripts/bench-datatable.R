# SPDX-License-Identifier: GPL-3.0-or-later
# data.table's side of scripts/bench:
#   bench-datatable.R version
#   bench-datatable.R ledger LEDGER DELIMITER DECIMAL THREADS text|number
#   bench-datatable.R join   LEDGER DELIMITER DECIMAL THREADS text|number SURVEY
# Only the four columns are read, with their types told. Distinct documents are counted by
# grouping twice, which is faster than uniqueN().
suppressPackageStartupMessages(library(data.table))
given <- commandArgs(trailingOnly = TRUE)
if (given[1] == "version") {
  cat("data.table ", format(packageVersion("data.table")), " (R ", format(getRversion()), ")\n", sep = "")
  quit()
}
setDTthreads(as.integer(given[5]))

read_ledger <- function() {
  fread(given[2], sep = given[3], dec = given[4], showProgress = FALSE, select = c(
    customer = "character", day = "IDate", amount = "numeric",
    invoice = if (given[6] == "number") "integer" else "character"
  ))
}

write <- function(table) fwrite(table, "", na = "", dateTimeAs = "ISO")

ledger <- function() {
  all <- read_ledger()
  documents <- all[amount >= 0, .(lines = .N, gross = sum(amount), first = min(day), last = max(day)),
    by = .(customer, invoice)]
  sales <- documents[, .(purchases = .N, lines = sum(lines), spend_gross = sum(gross),
    first = min(first), last = max(last)), by = customer]
  spend <- all[, .(spend = sum(amount)), keyby = customer]
  result <- sales[spend, on = "customer"] # those with returns alone have no sales
  setnafill(result, fill = 0, cols = c("purchases", "lines", "spend_gross"))
  setnames(result, "customer", "key")
  write(result)
}

# Respondents' lines first, since they are few; then the year that a line falls into.
join <- function() {
  survey <- fread(given[7], colClasses = c(customer = "character", day = "IDate", intent = "integer"))
  l <- read_ledger()[customer %chin% survey$customer]
  l[survey, on = "customer", days := day - i.day]
  l[, year := fcase(days > 0L & days <= 365L, 1L, days < 0L & days >= -365L, 0L)]
  within <- l[!is.na(year)]
  sales <- within[amount >= 0, .(lines = .N), by = .(customer, year, invoice)][
    , .(purchases = .N, lines = sum(lines)), by = .(customer, year)]
  spend <- within[, .(spend = sum(amount)), by = .(customer, year)]
  both <- sales[spend, on = c("customer", "year")]
  result <- l[, .N, keyby = customer][, .(customer)]
  for (y in 1:0) {
    names <- paste0(c("baseline_", "")[y + 1], c("purchases", "lines", "spend"))
    result[both[year == y], on = "customer", (names) := .(i.purchases, i.lines, i.spend)]
  }
  setnafill(result, fill = 0, cols = names(result)[-1])
  setnames(result, "customer", "key")
  write(result)
}

if (given[1] == "join") join() else ledger()
