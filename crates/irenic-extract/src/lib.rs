//! Statements from documents: events, figures, attributions, commitments, framings and citations.
