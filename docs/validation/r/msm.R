# Rates between inactive, minor conflict and war, seen at the end of each year, by R's msm: values for tests/msm.rs.
# Rscript msm.R FOLDER OUT
suppressPackageStartupMessages(library(msm))
args <- commandArgs(trailingOnly = TRUE); folder <- args[1]
s <- read.csv(file.path(folder, "states_conflict.csv"))
# A stay from `entry` to `exit` is seen at each year before its exit, and where the conflict's last stay ends also there.
obs <- do.call(rbind, lapply(seq_len(nrow(s)), function(i) {
  last <- i == nrow(s) || s$conflict[i + 1] != s$conflict[i]
  t <- seq(s$entry[i], s$exit[i] - 1); state <- rep(s$from[i], length(t))
  if (last) { t <- c(t, s$exit[i]); state <- c(state, if (s$to[i] < 0) s$from[i] else s$to[i]) }
  data.frame(conflict = s$conflict[i], t = t, state = state + 1)
}))
out <- file(args[2], "w"); put <- function(name, value) cat(name, ",", format(value, digits = 17), "\n", sep = "", file = out)
fit <- function(name, q, obs) {
  m <- msm(state ~ t, subject = conflict, data = obs, qmatrix = q, gen.inits = TRUE, method = "BFGS",
           control = list(reltol = 1e-16, maxit = 10000, fnscale = 2000))
  k <- 0
  for (from in 1:3) for (to in 1:3) if (from != to && q[from, to] > 0) {
    k <- k + 1
    put(paste(name, "rate", from - 1, to - 1, sep = ":"), m$Qmatrices$baseline[from, to])
    put(paste(name, "log-se", from - 1, to - 1, sep = ":"), sqrt(m$covmat[k, k]))
  }
  put(paste(name, "log-likelihood", sep = ":"), -m$minus2loglik / 2)
  p <- pmatrix.msm(m, t = 5)
  for (from in 1:3) for (to in 1:3) put(paste(name, "five", from - 1, to - 1, sep = ":"), p[from, to])
}
full <- rbind(c(0, .1, .1), c(.1, 0, .1), c(.1, .1, 0))
ladder <- rbind(c(0, .1, 0), c(.1, 0, .1), c(0, .1, 0))
fit("full", full, obs)
fit("ladder", ladder, obs)
# Seen every third year only, and at the ends: intervals of one, two and three years.
ends <- ave(obs$t, obs$conflict, FUN = max) == obs$t
fit("third", full, obs[obs$t %% 3 == 0 | ends, ])
close(out)
cat(R.version.string, "msm", as.character(packageVersion("msm")), "\n")
