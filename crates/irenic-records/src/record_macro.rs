//! A record from a list of its fields: each with its meaning, its column's names and how its cell is read.

/// Defines a record, where its columns are, and how a row becomes one.
///
/// `key` columns must be there, `cell` columns may be missing; a cell that is `must` read refuses its row where it
/// cannot be trusted, one that is `may` read is told and left out.
macro_rules! record {
    (
        $(#[$meta:meta])*
        pub struct $name:ident of $set:expr, also $sets:pat, {
            $(
                $(#[$doc:meta])*
                $field:ident: $kind:ty = $need:ident $names:tt $trust:ident $method:ident ($($argument:expr),*);
            )*
        }
        $(check $check:ident)?
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name {
            /// The line in the file, from 1.
            pub line: u64,
            $($(#[$doc])* pub $field: $kind,)*
        }

        /// Where the columns are.
        pub struct Columns {
            $($field: $crate::Column,)*
        }

        impl $crate::Record for $name {
            type Columns = Columns;
            const SET: $crate::DataSet = $set;

            fn is_of(set: $crate::DataSet) -> bool {
                matches!(set, $sets)
            }

            fn columns(header: &$crate::Header, _: $crate::DataSet) -> Result<Columns, &'static str> {
                Ok(Columns { $($field: record!(@column header $need $names),)* })
            }

            fn read(cells: &mut $crate::Cells<'_>, at: &Columns) -> Result<Self, $crate::Refused> {
                let record = Self {
                    line: cells.line(),
                    $($field: record!(@cell $trust cells.$method(at.$field $(, $argument)*)),)*
                };
                $(record.$check(cells, at)?;)?
                Ok(record)
            }
        }
    };
    (@column $header:ident key $names:tt) => { $header.required(&$names)? };
    (@column $header:ident cell $names:tt) => { $header.column(&$names) };
    (@cell must $read:expr) => { $read? };
    (@cell may $read:expr) => { $read };
}

pub(crate) use record;
