//! The façade: a folder in, a reconstruction of the conflict's life cycle out.
