# Intraclass correlation, Cohen's kappa, Friedman's test and the additive model, from R 4.2.2 with psych 2.2.9 and vcd
# 1.4-11. apt-get install r-cran-psych r-cran-vcd; run make_agreement.py first; Rscript make_agreement.R  (writes agreement_r.csv)
suppressMessages({ library(psych); library(vcd) })
rows <- list()
put <- function(table, what, i, value)
  rows[[length(rows) + 1]] <<- data.frame(table = table, what = what, i = i, value = format(value, digits = 17))

complete <- read.csv("ratings_complete.csv")
gaps <- read.csv("ratings_gaps.csv")
pair <- read.csv("ratings_pair.csv")

for (level in c(0.9, 0.95)) {
  it <- ICC(complete, lmer = FALSE, alpha = 1 - level)$results
  for (r in seq_len(nrow(it))) {
    name <- paste(it$type[r], level)
    put("complete", paste(name, "value"), 0, it$ICC[r])
    put("complete", paste(name, "f"), 0, it$F[r])
    put("complete", paste(name, "p"), 0, it$p[r])
    put("complete", paste(name, "low"), 0, it[["lower bound"]][r])
    put("complete", paste(name, "high"), 0, it[["upper bound"]][r])
  }
}

# Fleiss, Cohen and Everitt's variance from vcd: that of psych 2.2.9 differs from it and from statsmodels with weights
levels <- 1:4
both <- table(factor(pair[, 1], levels), factor(pair[, 2], levels))
for (name in c("linear", "quadratic")) {
  it <- Kappa(both, weights = if (name == "linear") "Equal-Spacing" else "Fleiss-Cohen")
  put("pair", paste(name, "value"), 0, it$Weighted[1])
  put("pair", paste(name, "variance"), 0, it$Weighted[2]^2)
}
put("pair", "unweighted value", 0, it$Unweighted[1])
put("pair", "unweighted variance", 0, it$Unweighted[2]^2)

it <- friedman.test(as.matrix(t(complete)))
put("complete", "friedman chi2", 0, unname(it$statistic))
put("complete", "friedman p", 0, it$p.value)

for (name in c("complete", "gaps")) {
  table <- get(name)
  long <- data.frame(subject = factor(row(table)), rater = factor(col(table)), x = unlist(table))
  long <- long[!is.na(long$x), ]
  contrasts(long$rater) <- contr.sum(ncol(table))
  fit <- lm(x ~ subject + rater, long)
  of_rater <- grep("^rater", names(coef(fit)))
  effects <- coef(fit)[of_rater]
  turn <- rbind(diag(length(effects)), -1)
  cov <- turn %*% vcov(fit)[of_rater, of_rater] %*% t(turn)
  for (j in seq_len(ncol(table))) {
    put(name, "effect", j - 1, (turn %*% effects)[j])
    put(name, "se", j - 1, sqrt(diag(cov))[j])
  }
  p <- 2 * pt(-abs(turn %*% effects / sqrt(diag(cov))), fit$df.residual)
  for (j in seq_along(p)) put(name, "holm", j - 1, p.adjust(p, "holm")[j])
  it <- anova(lm(x ~ subject, long), fit)
  put(name, "f", 0, it$F[2])
  put(name, "f p", 0, it[["Pr(>F)"]][2])
  student <- rstudent(fit)
  order <- order(as.integer(long$subject), as.integer(long$rater))
  for (i in seq_along(order)) put(name, "rstudent", i - 1, student[order[i]])
  for (i in seq_along(order)) put(name, "residual", i - 1, resid(fit)[order[i]])
}
write.csv(do.call(rbind, rows), "agreement_r.csv", row.names = FALSE, quote = FALSE)
