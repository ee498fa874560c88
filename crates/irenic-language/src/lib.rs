//! Tokens, sentences, syntax, mentions and times of English text.
