# What the peers in R share: where their files are, how they are timed, how they hand over answers.
# Each script runs as `Rscript --vanilla NAME.R DIR` and prints its seconds as lines of JSON, as examples/speed does.
options(digits = 17, warn = -1)
dir <- commandArgs(TRUE)[1]

table_of <- function(file) read.csv(file.path(dir, file), colClasses = "numeric")

# Runs `work` until it has run six times or for ten seconds; the first of several runs only warms up.
timed <- function(what, n, work) {
  seconds <- NULL
  repeat {
    start <- proc.time()[["elapsed"]]
    done <- work()
    seconds <- c(seconds, proc.time()[["elapsed"]] - start)
    if (length(seconds) == 6 || sum(seconds) > 10) break
  }
  if (length(seconds) > 1) seconds <- seconds[-1]
  cat(sprintf('{"what": "%s", "n": %d, "seconds": [%s]}\n', what, n, paste(sprintf("%.6f", seconds), collapse = ", ")))
  invisible(done)
}

# Writes a named vector for comparison.
answers <- function(name, values) {
  lines <- paste(names(values), sprintf("%.17g", as.numeric(values)), sep = ",")
  writeLines(lines, file.path(dir, paste0(name, ".peer.csv")))
}
named <- function(values, ...) setNames(as.numeric(values), paste(...))
