# Figures of R and robustbase about the shared energy series (fpp2 elecdaily, AER EuroEnergy), which are not kept
# here: reads ../../../../shared/data/energy, writes r_shared_energy.csv. R 4.2.2. Run: Rscript make_shared_energy.R
suppressMessages(library(robustbase))
options(mc_doScale_quiet = TRUE)
daily <- read.csv("../../../../shared/data/energy/elecdaily_victoria_2014.csv")
euro <- read.csv("../../../../shared/data/energy/euro_energy.csv")
sets <- list(Demand = daily$Demand, Temperature = daily$Temperature, gdp = euro$gdp, energy = euro$energy)
out <- NULL
say <- function(set, key, value) out <<- rbind(out, data.frame(set, key, value = sprintf("%.17g", value)))
for (name in names(sets)) {
  x <- sets[[name]]; h <- fivenum(x); box <- adjboxStats(x); m <- mad(x, constant = 1); n <- length(x)
  say(name, "medcouple", mc(x)); say(name, "adjusted_low", box$fence[1]); say(name, "adjusted_high", box$fence[2])
  say(name, "tukey_low", h[2] - 1.5 * (h[4] - h[2])); say(name, "tukey_high", h[4] + 1.5 * (h[4] - h[2]))
  say(name, "mad_low", median(x) - 3.5 * m / 0.6745); say(name, "mad_high", median(x) + 3.5 * m / 0.6745)
  r <- rank(x); ratio <- sum(diff(r)^2) / sum((r - mean(r))^2); say(name, "ratio", ratio)
  v <- 4 * (n - 2) * (5 * n^2 - 2 * n - 9) / (5 * n * (n + 1) * (n - 1)^2); say(name, "z", (ratio - 2) / sqrt(v))
}
last <- tabulate(round(daily$Temperature * 10) %% 10 + 1, 10); test <- chisq.test(last)
say("Temperature", "last_chi_square", test$statistic); say("Temperature", "last_p_value", test$p.value)
flagged <- sum(sapply(8:(nrow(daily) - 7), function(i) {
  w <- daily$Demand[(i - 7):(i + 7)]; abs(daily$Demand[i] - median(w)) > 3 * mad(w, constant = 1.4826) }))
say("Demand", "hampel", flagged)
write.csv(out, "r_shared_energy.csv", row.names = FALSE, quote = FALSE)
