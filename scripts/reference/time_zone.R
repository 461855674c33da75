# SPDX-License-Identifier: GPL-3.0-or-later
# tests/reference/time_zone.csv: clock times in one zone, their instant, and the day in another zone.
#   Rscript scripts/reference/time_zone.R > tests/reference/time_zone.csv
# Times that the clocks show twice or never are left out: there R's answer depends on the system.
set.seed(20250601)
zones <- c("UTC", "Europe/Berlin", "Europe/London", "America/Denver", "America/New_York",
           "America/Sao_Paulo", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tokyo", "Australia/Sydney",
           "Australia/Lord_Howe", "Pacific/Apia", "Pacific/Auckland", "Africa/Casablanca")
clear <- function(text, zone) {
  x <- as.POSIXct(text, tz = zone)
  shown <- function(t) format(t, tz = zone, format = "%Y-%m-%d %H:%M:%S")
  !is.na(x) & shown(x) == text & !sapply(c(-7200, -3600, -1800, 1800, 3600, 7200), function(d) shown(x + d) == text) |>
    matrix(ncol = 6) |> apply(1, any)
}
n <- 600
day <- as.Date("2012-01-01") + sample(0:5100, n, replace = TRUE)
clock <- sprintf("%02d:%02d:%02d", sample(0:23, n, replace = TRUE), sample(0:59, n, replace = TRUE),
                 sample(0:59, n, replace = TRUE))
local <- paste(day, clock)
# around the changes of Europe and America, minute by minute of the hours beside the gap
near <- c(paste("2024-03-31", c("01:59:59", "03:00:00", "00:00:00", "23:59:59")),
          paste("2024-10-27", c("01:59:59", "03:00:00", "00:00:00", "23:59:59")),
          paste("2024-03-10", c("01:59:59", "03:00:00")), paste("2024-11-03", c("00:59:59", "02:00:00")))
local <- c(local, rep(near, each = length(zones)))
from <- c(sample(zones, n, replace = TRUE), rep(zones, length(near)))
to <- sample(zones, length(local), replace = TRUE)
use <- mapply(clear, local, from)
out <- data.frame(from, to, local)[use, ]
x <- mapply(function(l, z) as.numeric(as.POSIXct(l, tz = z)), out$local, out$from)
out$instant <- format(x, scientific = FALSE, trim = TRUE)
out$day <- mapply(function(t, z) format(as.POSIXct(t, origin = "1970-01-01", tz = "UTC"), tz = z, format = "%Y-%m-%d"),
                  x, out$to)
write.csv(out, stdout(), row.names = FALSE, quote = FALSE)
