# Normalisation, treatment of outliers, imputation and means from R 4.2.2 with e1071 1.7-13, written from the formulas of
# the OECD and JRC handbook. apt-get install r-cran-e1071; Rscript make_composite.R
# (writes composite_input.csv and composite_r.csv)
library(e1071)
set.seed(2008)
n <- 24
x <- data.frame(
  even = round(runif(n, 10, 90)),                       # ties
  long = round(exp(rnorm(n, 2, 1.6)), 2),               # long on the right
  spike = c(round(rnorm(n - 2, 50, 5), 1), 180, 230),   # two outliers
  down = -round(exp(rnorm(n, 1, 1.7)), 2),              # long on the left
  group = rep(c(0, 1, 2), 8)
)
x$even[c(3, 9)] <- NA
x$long[12] <- NA
write.csv(x, "composite_input.csv", row.names = FALSE, na = "")

rows <- list()
put <- function(what, column, option, value)
  rows[[length(rows) + 1]] <<- data.frame(what = what, column = column, option = option, i = seq_along(value) - 1,
                                          value = ifelse(is.na(value), "", format(value, digits = 17, trim = TRUE)))

for (name in c("even", "down")) for (sign in c(1, -1)) {
  v <- x[[name]] * sign
  option <- function(text) paste(text, sign)
  r <- range(v, na.rm = TRUE)
  put("scale", name, option("minmax 1 10"), (v - r[1]) / diff(r) * 9 + 1)
  put("scale", name, option("zscore 10 2"), as.vector(scale(v)) * 2 + 10)
  put("scale", name, option("to_best"), 1 - (r[2] - v) / diff(r))
  put("scale", name, option("share_of_best"), v / r[2])
  for (ties in c("min", "max", "average")) {
    p <- rank(v, ties.method = ties, na.last = "keep")
    put("scale", name, option(paste("rank", ties)), p)
    put("scale", name, option(paste("borda", ties)), p - 1)
    put("scale", name, option(paste("prank", ties)), (p - 1) / (sum(!is.na(v)) - 1))
  }
  put("scale", name, option("to_unit 5"), 1 - (v[5] - v) / (v[5] - r[1]))
  middle <- mean(v, na.rm = TRUE)
  put("target", name, option("target"), middle * sign)
  put("scale", name, option("to_target"), pmin(1 - (middle - v) / (middle - r[1]), 1))
}

small <- function(v) 0.01 * diff(range(v, na.rm = TRUE))
for (name in c("long", "spike", "down")) {
  v <- x[[name]]
  put("shape", name, "skewness", skewness(v, na.rm = TRUE, type = 2))
  put("shape", name, "kurtosis", kurtosis(v, na.rm = TRUE, type = 2))
  low <- min(v, na.rm = TRUE); high <- max(v, na.rm = TRUE)
  put("transform", name, "shifted", log(v - low + small(v)))
  put("transform", name, "skew",
      if (skewness(v, na.rm = TRUE, type = 2) > 0) log(v - low + small(v)) else -log(high + small(v) - v))
  put("transform", name, "from_one", log(v - low + 1))
  if (high > 1) put("transform", name, "gii", log((high - 1) * (v - low) / (high - low) + 1))
  put("transform", name, "boxcox 0.5", ((v - low + 1)^0.5 - 1) / 0.5)
  for (most in c(1, 2, 5, Inf)) for (thresholds in list(c(2, 3.5), c(0.3, -0.8))) {
    passes <- function(v) {
      s <- abs(skewness(v, na.rm = TRUE, type = 2)) < thresholds[1]
      s || kurtosis(v, na.rm = TRUE, type = 2) < thresholds[2]
    }
    w <- v; high_moved <- low_moved <- integer(0)
    while (!passes(w) && length(high_moved) + length(low_moved) < most) {
      if (skewness(w, na.rm = TRUE, type = 2) >= 0) {
        high_moved <- which(w == max(w, na.rm = TRUE)); w[high_moved] <- max(w[-high_moved], na.rm = TRUE)
      } else {
        low_moved <- which(w == min(w, na.rm = TRUE)); w[low_moved] <- min(w[-low_moved], na.rm = TRUE)
      }
    }
    option <- paste(most, thresholds[1], thresholds[2])
    put("treat n", name, option, length(high_moved) + length(low_moved))
    put("treat", name, option, if (passes(w)) w else log(v - low + small(v)))
    put("combine", name, option, if (passes(w)) w else log(w - min(w, na.rm = TRUE) + small(w)))
  }
}

for (f in c("mean", "median")) {
  fill <- function(v) { v[is.na(v)] <- get(f)(v, na.rm = TRUE); v }
  put("impute", "even", f, fill(x$even))
  put("impute", "even", paste(f, "group"), ave(x$even, x$group, FUN = fill))
  shares <- sapply(x[1:4], function(v) (v - min(v, na.rm = TRUE)) / diff(range(v, na.rm = TRUE)))
  shares <- t(apply(shares, 1, fill))
  r <- range(x$even, na.rm = TRUE)
  put("impute", "even", paste(f, "row"), ifelse(is.na(x$even), shares[, 1] * diff(r) + r[1], x$even))
}

# means of three positive columns with weights 1, 2, 3
m <- sapply(x[1:3], function(v) (v - min(v, na.rm = TRUE)) / diff(range(v, na.rm = TRUE)) * 99 + 1)
w <- 1:3
by_row <- function(f) apply(m, 1, function(v) f(v[!is.na(v)], w[!is.na(v)]))
put("mean", "", "arithmetic", by_row(weighted.mean))
put("mean", "", "geometric", by_row(function(v, w) exp(weighted.mean(log(v), w))))
put("mean", "", "harmonic", by_row(function(v, w) 1 / weighted.mean(1 / v, w)))
put("mean", "", "generalised 2.5", by_row(function(v, w) weighted.mean(v^2.5, w)^(1 / 2.5)))
put("mean", "", "median", by_row(function(v, w) median(rep(v, w))))
put("mean", "", "product", by_row(function(v, w) prod(v)))
whole <- m[complete.cases(m), ]
ahead <- function(in_full) sapply(seq_len(nrow(whole)), function(a) sum(sapply(setdiff(seq_len(nrow(whole)), a), function(b) {
  s <- sum(w * ((whole[a, ] > whole[b, ]) + (whole[a, ] == whole[b, ]) / 2)) / sum(w)
  if (in_full) s else sign(round(s - 0.5, 12))
})))
put("copeland", "", "signs", ahead(FALSE))
put("copeland", "", "in_full", ahead(TRUE))
p <- prcomp(whole, scale. = TRUE)
put("pca", "", "variances", p$sdev^2)
put("pca", "", "first", p$rotation[, 1] * sign(sum(p$rotation[, 1])))
write.csv(do.call(rbind, rows), "composite_r.csv", row.names = FALSE, quote = FALSE)
