//! Estimators for event-history data over plain slices.
