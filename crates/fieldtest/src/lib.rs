//! What the field tests share: the ratchet on their figures, annotated sentences, and training that is measured by
//! cross-validation.

mod files;
pub mod floors;
pub mod incident_training;
pub mod mention_training;
pub mod passages;
pub mod reading;
pub mod reports;
pub mod sentences;
pub mod slots;
pub mod voices;
