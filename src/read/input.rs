//! What the user names on the command line.

use std::path::PathBuf;

/// One INPUT of a command.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// A file or a folder.
    Path(PathBuf),
    /// Standard input, written `-`.
    Stdin,
}

impl Input {
    /// Reads an argument of the command line: `-` is standard input, all else is a path.
    pub fn parse(argument: impl Into<PathBuf>) -> Input {
        let path = argument.into();
        if path.as_os_str() == "-" { Input::Stdin } else { Input::Path(path) }
    }
}
