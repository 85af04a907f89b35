# Reference figures for `energy::decomposition`, `brand`, `risk::recall` and `risk::kinetic_temperature`, each by
# another way than the crate's: zeros of a decomposition by factors of e^-700000, kept as logarithms; the value of
# a brand by adding 4,000 years; limits of a finite population by trying every number of units.
# R 4.2.2. Run: Rscript make_energy_risk.R
options(digits = 17)
set.seed(20260902)
num <- function(x) sprintf("%.17g", x)

# Decomposition from logarithms of the factors; a zero is e^-7e5, far below what a double can hold.
rows <- list(); data <- list()
for (case in 1:6) {
  n <- c(1, 2, 4, 4, 7, 3)[case]; k <- c(2, 3, 3, 4, 3, 3)[case]
  x0 <- matrix(round(rlnorm(n * k, 1, 1), 3), n); x1 <- matrix(round(x0 * rlnorm(n * k, 0, 0.3), 3), n)
  if (case == 4) { x0[2, 3] <- 0; x1[3, 1] <- 0; x0[4, 1:2] <- 0 }
  if (case == 6) { x1[1, ] <- x0[1, ]; x0[3, 2] <- 0; x1[3, 2] <- 0 }
  logs <- function(x) ifelse(x == 0, -7e5, log(x))
  a <- logs(x0); b <- logs(x1); v0 <- rowSums(a); v1 <- rowSums(b)
  mean_log <- function(l1, l0) ifelse(l1 == l0, exp(l1), (exp(l1) - exp(l0)) / (l1 - l0))
  t0 <- log(sum(exp(v0))); t1 <- log(sum(exp(v1)))
  one <- colSums(mean_log(v1, v0) * (b - a)); l <- mean_log(t1, t0)
  w <- mean_log(v1 - t1, v0 - t0); w <- w / sum(w)
  two <- exp(colSums(w * (b - a)))
  for (j in 1:k) rows[[length(rows) + 1]] <-
    data.frame(method = "lmdi", case, key = j, a = num(one[j]), b = num(exp(one[j] / l)), c = num(two[j]))
  for (i in 1:n) for (j in 1:k) data[[length(data) + 1]] <- data.frame(case, sector = i, factor = j, before = x0[i, j], after = x1[i, j])
}
write.csv(do.call(rbind, data), "decomposition_data.csv", row.names = FALSE, quote = FALSE)

# Limits of a finite population, every number of units tried.
for (set in list(c(18, 20, 200), c(0, 15, 80), c(15, 15, 80), c(50, 100, 1000), c(1, 30, 31), c(240, 300, 2500), c(3, 8, 20000)))
  for (level in c(0.9, 0.95, 0.99)) {
    x <- set[1]; n <- set[2]; size <- set[3]; k <- x:(size - n + x)
    inside <- phyper(x - 1, k, size - k, n, lower.tail = FALSE) > (1 - level) / 2 & phyper(x, k, size - k, n) > (1 - level) / 2
    rows[[length(rows) + 1]] <- data.frame(method = "recall", case = paste(set, collapse = "_"), key = level,
      a = min(k[inside]), b = max(k[inside]), c = "")
  }

# Mean kinetic temperature, the formula as printed.
celsius <- c(21.3, 24.8, 26.1, 31.7, 19.2, 22.4, 23.9, 28.5, 25, 20.6, 18.3, 22); hours <- c(744, 672, 744, 720, 744, 720, 744, 744, 720, 744, 720, 744)
kinetic <- function(t, w, h) h / 0.0083144 / -log(sum(w * exp(-h / 0.0083144 / (t + 273.15))) / sum(w)) - 273.15
for (h in c(60, 83.144, 120)) rows[[length(rows) + 1]] <-
  data.frame(method = "kinetic", case = "year", key = h, a = num(kinetic(celsius, rep(1, 12), h)), b = num(kinetic(celsius, hours, h)), c = num(kinetic(c(20, 30), c(1, 1), h)))

# A brand's value, year by year for 4,000 years.
for (rate in c(0.08, 0.12, 0.2)) for (growth in c(-0.02, 0, 0.03)) {
  flows <- c(120, 131.5, 140.25, 151); years <- c(flows, 151 * (1 + growth)^(1:3996))
  present <- years / (1 + rate)^(1:4000)
  rows[[length(rows) + 1]] <- data.frame(method = "brand", case = rate, key = growth, a = num(sum(present[1:4])), b = num(sum(rev(present[-(1:4)]))), c = num(sum(rev(present))))
}
write.csv(do.call(rbind, rows), "r_energy_risk.csv", row.names = FALSE, quote = FALSE)
