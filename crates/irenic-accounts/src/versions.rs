//! Versions: the statements of a cluster that agree with one another, and the accounts that rival versions make.

use irenic_model::Account;

/// Parts members into versions: each joins the first version with all of whose members it agrees, or else opens one.
pub(crate) fn versions<T>(
    members: impl IntoIterator<Item = T>,
    agree: impl Fn(&T, &T) -> bool,
) -> Vec<Vec<T>> {
    let mut versions: Vec<Vec<T>> = Vec::new();
    for member in members {
        match versions.iter_mut().find(|version| version.iter().all(|other| agree(other, &member))) {
            Some(version) => version.push(member),
            None => versions.push(vec![member]),
        }
    }
    versions
}

/// One account of all versions; or, where the same speaker is behind all of them, an account of each, for nobody is his own
/// rival.
pub(crate) fn accounts_of<T>(
    versions: Vec<Vec<T>>,
    same_speaker: impl Fn(&T, &T) -> bool,
    account_of: impl Fn(Vec<Vec<T>>) -> Account,
) -> Vec<Account> {
    let first = &versions[0][0];
    let rivals = versions.iter().flatten().any(|member| !same_speaker(member, first));
    if versions.len() > 1 && !rivals {
        return versions.into_iter().map(|version| account_of(vec![version])).collect();
    }
    vec![account_of(versions)]
}
