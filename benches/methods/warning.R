# farringtonFlexible of the package surveillance over the last week of the first 300 series.
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(here, "common.R"))
suppressMessages(library(surveillance))
weeks <- 330
n <- 300
counts <- readBin(file.path(dir, "weeks.bin"), "integer", n = weeks * n, size = 2, signed = FALSE, endian = "little")
series <- sts(observed = matrix(counts, nrow = weeks), frequency = 52, start = c(2006, 1))
controls <- list(
  noufaily = list(range = weeks, noPeriods = 10, pastWeeksNotIncluded = 26, pThresholdTrend = 1,
                  thresholdMethod = "nbPlugin", alpha = 0.005, b = 5, w = 3, glmWarnings = FALSE),
  default = list(range = weeks, b = 5, w = 3, glmWarnings = FALSE))
all <- NULL
for (name in names(controls)) {
  it <- timed(name, n, function() farringtonFlexible(series, controls[[name]]))
  all <- c(all, named(upperbound(it), name, "bound", seq_len(n) - 1), named(it@alarm, name, "alarm", seq_len(n) - 1))
}
answers("warning", all)
