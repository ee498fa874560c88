//! Statements to accounts: the same thing joined, rival versions told apart.
