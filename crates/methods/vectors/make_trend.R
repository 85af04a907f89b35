# Reference figures for the module `trend` from R 4.2.2 (package stats). Run here: Rscript make_trend.R
# Writes trend_series.csv (the series) and r_trend.csv (case, part, row, value).
options(digits = 17)
set.seed(20240)
t <- 1:84
series <- list(
  monthly = list(x = round(60 + 0.15 * t + 8 * sin(2 * pi * t / 12) * (1 + t / 120) + rnorm(84, 0, 1.5) +
                             ifelse(t %in% c(17, 50, 51), 25, 0), 2), f = 12),
  quarterly = list(x = round((120 + 2.5 * (1:46)) * c(0.8, 1.1, 1.25, 0.85)[(0:45) %% 4 + 1] *
                               exp(rnorm(46, 0, 0.03)), 1), f = 4),
  weekly = list(x = round(20 + cumsum(rnorm(61, 0, 0.7)) + c(0, 1, 3, 2, 1, -4, -5)[(0:60) %% 7 + 1], 2), f = 7),
  yearly = list(x = round(50 + 0.4 * (1:40) + as.numeric(arima.sim(list(ar = 0.5), 40, sd = 3)), 0), f = 1),
  # Here R's search for two parameters meets both bounds at once, and forgets what it learnt.
  drift = list(x = c(
    108.9, 92.8, 89.9, 102.1, 108.1, 98.3, 88.0, 94.9, 104.1, 104.2, 94.8, 109.4, 114.5, 108.1, 99.2,
    110.1, 112.1, 104.0, 97.0, 104.4, 109.9, 103.0, 92.9, 104.7, 110.6, 104.6, 93.3, 104.5, 111.8, 95.7,
    98.9, 110.2, 117.5, 110.2, 106.6, 111.7, 118.3, 106.6, 93.4, 111.9, 110.9, 105.8, 108.1, 113.5, 117.4,
    110.8, 102.0, 115.6, 118.4, 113.5, 109.7, 115.1, 120.2, 110.4, 106.1, 103.8, 108.4, 107.9, 97.1, 114.1), f = 4),
  half = list(x = c(4, 9, 5, 11, 5, 12, 8, 13, 7, 15), f = 2)
)
out <- NULL
put <- function(case, part, values) {
  values <- as.numeric(values)
  out <<- rbind(out, data.frame(case = case, part = part, row = seq_along(values) - 1,
                                value = ifelse(is.na(values), "", sprintf("%.17g", values))))
}
s <- lapply(series, function(it) ts(it$x, frequency = it$f))

stl_case <- function(case, x, ...) {
  it <- stl(x, ...)
  put(case, "seasonal", it$time.series[, 1]); put(case, "trend", it$time.series[, 2])
  put(case, "weight", it$weights)
}
stl_case("stl 1", s$monthly, s.window = 9, s.degree = 1, robust = TRUE)
stl_case("stl 2", s$monthly, s.window = 8, t.window = 23, t.jump = 1, s.jump = 1, l.jump = 1)
stl_case("stl 3", s$monthly, s.window = "periodic", t.degree = 0, inner = 3, outer = 4)
stl_case("stl 4", s$quarterly, s.window = 35, l.window = 9, l.degree = 0, t.window = 6, t.jump = 5, robust = TRUE)
stl_case("stl 5", s$weekly, s.window = 5, s.degree = 1, t.degree = 0, l.degree = 1, s.jump = 4, l.jump = 7)
stl_case("stl 6", s$half, s.window = 3, robust = TRUE, outer = 2)
stl_case("stl 7", s$quarterly, s.window = 7, t.window = 101, t.jump = 7)
stl_case("stl 8", s$quarterly, s.window = 2)

dec_case <- function(case, x, ...) {
  it <- decompose(x, ...)
  put(case, "trend", it$trend); put(case, "seasonal", it$seasonal); put(case, "remainder", it$random)
}
dec_case("decompose 1", s$monthly)
dec_case("decompose 2", s$quarterly, type = "multiplicative")
dec_case("decompose 3", s$weekly)
dec_case("decompose 4", s$quarterly, filter = c(1, 2, 3, 4) / 10)

hw_case <- function(case, x, ahead = 0, ...) {
  it <- HoltWinters(x, ...)
  put(case, "weights", c(it$alpha, it$beta, it$gamma)); put(case, "sse", it$SSE)
  put(case, "state", it$coefficients); put(case, "fitted", it$fitted[, 1])
  if (ahead > 0) {
    p <- predict(it, ahead, prediction.interval = TRUE, level = 0.9)
    put(case, "next", p[, 1]); put(case, "high", p[, 2]); put(case, "low", p[, 3])
  }
}
hw_case("hw 1", s$monthly, 14)
hw_case("hw 2", s$quarterly, 3, seasonal = "multiplicative")
hw_case("hw 3", s$quarterly, 9)
hw_case("hw 4", s$weekly, 9, beta = FALSE)
hw_case("hw 5", s$weekly, 8, gamma = FALSE)
hw_case("hw 6", s$yearly, 4, gamma = FALSE, beta = FALSE)
hw_case("hw 7", s$yearly, 4, gamma = FALSE)
hw_case("hw 8", s$monthly, 5, alpha = 0.2, beta = 0.05, gamma = 0.3)
hw_case("hw 9", s$monthly, 5, alpha = 0.2)
hw_case("hw 10", s$quarterly, 0, gamma = 0.4, seasonal = "multiplicative", start.periods = 4)
hw_case("hw 11", s$quarterly, 0, beta = 0.1, optim.start = c(alpha = 0.6, beta = 0.2, gamma = 0.5))
hw_case("hw 12", s$quarterly, 0, alpha = 0.3, beta = 0.1)
hw_case("hw 13", s$weekly, 0, l.start = 18, b.start = 0.1, s.start = c(0, 1, 3, 2, 1, -4, -3))
hw_case("hw 14", s$quarterly, 10, alpha = 0.3, beta = 0.1, gamma = 0.2, seasonal = "multiplicative")
hw_case("hw 15", s$half, 3)
hw_case("hw 16", s$drift, 2, gamma = FALSE)
hw_case("hw 17", s$drift, 2)
hw_case("hw 18", s$drift, 0, beta = FALSE, seasonal = "multiplicative")

# Sen's slope and Pettitt's test are not in base R; here they are written out over all pairs and all parts.
for (name in c("yearly", "quarterly", "drift", "half")) for (level in c(0.9, 0.99)) {
  x <- series[[name]]$x; n <- length(x); at <- combn(n, 2)
  d <- sort((x[at[2, ]] - x[at[1, ]]) / (at[2, ] - at[1, ])); k <- length(d); ties <- table(x)
  v <- (n * (n - 1) * (2 * n + 5) - sum(ties * (ties - 1) * (2 * ties + 5))) / 18
  reach <- qnorm(1 - (1 - level) / 2) * sqrt(v)
  put(paste("sen", name, level), "line", c(median(d), d[round((k - reach) / 2)], d[min(k, round((k + reach) / 2 + 1))]))
}
for (name in c("yearly", "quarterly", "drift", "half")) {
  x <- series[[name]]$x; n <- length(x)
  u <- sapply(1:(n - 1), function(t) sum(sign(outer(x[1:t], x[(t + 1):n], "-"))))
  k <- max(abs(u))
  put(paste("pettitt", name), "test", c(which.max(abs(u)), k, min(1, 2 * exp(-6 * k^2 / (n^3 + n^2)))))
}

rows <- do.call(rbind, lapply(names(series), function(name)
  data.frame(series = name, period = series[[name]]$f, row = seq_along(series[[name]]$x) - 1,
             value = sprintf("%.17g", series[[name]]$x))))
write.csv(rows, "trend_series.csv", row.names = FALSE, quote = FALSE)
write.csv(out, "r_trend.csv", row.names = FALSE, quote = FALSE)
