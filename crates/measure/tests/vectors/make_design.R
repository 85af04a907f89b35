# A sample by design and the intervals of R's survey package: shares of marks of 7 and more, for the whole and for counties as
# domains. Writes design.csv and expected_design.csv beside this file. Seeded; survey 4.1-1 or later.
library(survey)
set.seed(19038)
options(survey.lonely.psu = "adjust", digits = 17)
points <- data.frame(point = sprintf("p%02d", 1:24), stratum = rep(c("town", "country", "far"), c(10, 10, 4)),
                     county = sample(c("621102", "621121", "621122"), 24, replace = TRUE))
points$points_in_stratum <- c(town = 40, country = 160, far = 9)[points$stratum]
rows <- points[rep(1:24, times = sample(3:9, 24, replace = TRUE)), ]
rows$weight <- round(rows$points_in_stratum / 10 * runif(nrow(rows), 5, 15), 3)
rows$mark <- pmin(10, pmax(1, round(rnorm(nrow(rows), 7, 1.8) + as.integer(factor(rows$point)) %% 3 - 1)))
rows$mark[sample(nrow(rows), 9)] <- NA
rows$no <- seq_len(nrow(rows))
write.csv(rows[c("no", "county", "stratum", "point", "points_in_stratum", "weight", "mark")], "design.csv",
          row.names = FALSE, na = "", quote = FALSE)
design <- svydesign(ids = ~point, strata = ~stratum, weights = ~weight, fpc = ~points_in_stratum, data = rows, nest = TRUE)
out <- NULL
for (place in c("621100", sort(unique(rows$county)))) for (method in c("xlogit", "beta", "asin", "mean", "likelihood")) {
  part <- if (place == "621100") design else subset(design, county == place)
  part <- subset(part, !is.na(mark))
  found <- svyciprop(~I(mark >= 7), part, method = method, level = 0.9)
  limits <- attr(found, "ci")
  out <- rbind(out, data.frame(place = place, method = method, share = as.vector(found), low = limits[[1]], high = limits[[2]]))
}
write.csv(out, "expected_design.csv", row.names = FALSE, quote = FALSE)
