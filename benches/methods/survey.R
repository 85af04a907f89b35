# svymean, svytotal and svyby of the package survey over a million rows.
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(here, "common.R"))
suppressMessages(library(survey))
rows <- table_of("survey.csv")
design <- timed("design", 1, function()
  svydesign(ids = ~cluster, strata = ~stratum, weights = ~weight, data = rows, nest = TRUE))
it <- timed("estimates", 1, function()
  list(mean = svymean(~y, design), total = svytotal(~y, design), regions = svyby(~y, ~region, design, svymean)))
regions <- it$regions
answers("survey", c(
  mean = coef(it$mean)[[1]], "mean error" = SE(it$mean)[[1]], total = coef(it$total)[[1]], "total error" = SE(it$total)[[1]],
  named(regions$y, "region", regions$region), named(regions$se, "region", regions$region, "error")))
