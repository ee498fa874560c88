//! Spells, reference classes, chances, calibration and backtests.
