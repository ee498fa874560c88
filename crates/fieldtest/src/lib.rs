//! What the field tests share: the ratchet on their figures.

pub mod floors;
