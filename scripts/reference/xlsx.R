# SPDX-License-Identifier: GPL-3.0-or-later
# What readxl 1.4.2 reads from the workbooks that xlsx.py made, cell by cell:
#
#   Rscript scripts/reference/xlsx.R tests/reference/xlsx >tests/reference/xlsx/readxl.csv
#
# type is that of readxl; value the number, the seconds since 1970 of a date, the bytes of a
# text in hexadecimal, TRUE or FALSE.
folder <- commandArgs(TRUE)[1]
hex <- function(x) paste(as.character(charToRaw(enc2utf8(x))), collapse = "")
cat("file,sheet,row,column,type,value\n")
for (file in c("openpyxl.xlsx", "libreoffice.xlsx", "system1904.xlsx")) {
  path <- file.path(folder, file)
  sheets <- readxl::excel_sheets(path)
  for (s in seq_along(sheets)) {
    cells <- suppressMessages(suppressWarnings(readxl::read_excel(path, s, col_names = FALSE,
      col_types = "list", trim_ws = FALSE, na = character(),
      range = readxl::cell_limits(c(1, 1), c(NA, NA)))))
    for (i in seq_len(nrow(cells))) for (j in seq_along(cells)) {
      v <- cells[[j]][[i]]
      if (length(v) != 1 || is.na(v)) next
      type <- class(v)[1]
      value <- switch(type, numeric = sprintf("%.17g", v), POSIXct = sprintf("%.17g", as.numeric(v)),
        logical = as.character(v), character = hex(v))
      cat(file, s - 1, i, j, type, value, sep = ",")
      cat("\n")
    }
  }
}
