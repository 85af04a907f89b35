# The six intraclass correlations by the package psych.
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(here, "common.R"))
suppressMessages(library(psych))
ratings <- table_of("ratings.csv")
it <- timed("icc", 1, function() ICC(ratings))$results
answers("raters", c(
  named(it$ICC, "icc", 0:5), named(it[["lower bound"]], "icc", 0:5, "low"), named(it[["upper bound"]], "icc", 0:5, "high")))
