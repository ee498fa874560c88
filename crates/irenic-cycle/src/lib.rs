//! Stage models: configuration, dated evidence and an as-of date in, stage intervals with reasons out.
