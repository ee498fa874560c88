//! Data sets to records and panels, streaming and in bounded memory.
