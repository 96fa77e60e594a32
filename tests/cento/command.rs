//! Running the command in a folder of its own.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use serde_json::Value;
use tempfile::TempDir;

/// The project's own corpus.
pub(crate) fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

/// The rows of one of the corpus's JSON Lines files.
pub(crate) fn corpus_file(name: &str) -> String {
    fs::read_to_string(corpus().join(name)).expect("the corpus has this file")
}

/// A folder with the scan of the whole corpus in `out`, made once for all tests that only read it.
pub(crate) fn scanned_corpus() -> &'static Folder {
    static SCANNED: OnceLock<Folder> = OnceLock::new();
    SCANNED.get_or_init(|| {
        let folder = Folder::new();
        folder.run(["scan".as_ref(), corpus().as_os_str(), "-o".as_ref(), "out".as_ref()], 0);
        folder
    })
}

/// A folder that a test works in.
pub(crate) struct Folder {
    directory: TempDir,
}

impl Folder {
    pub(crate) fn new() -> Self {
        Folder { directory: TempDir::new().expect("a temporary folder") }
    }

    pub(crate) fn path(&self) -> &Path {
        self.directory.path()
    }

    /// Writes a file, making its folder.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    /// The command, to be run in this folder.
    pub(crate) fn cento<I>(&self, arguments: I) -> Command
    where
        I: IntoIterator,
        I::Item: AsRef<std::ffi::OsStr>,
    {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cento"));
        command.current_dir(self.path()).args(arguments).env_remove("RAYON_NUM_THREADS");
        // What is printed must not depend on the terminal that runs the tests.
        command.env_remove("COLUMNS").env("NO_COLOR", "1");
        command
    }

    /// Runs the command and checks how it ends.
    #[track_caller]
    pub(crate) fn run<I>(&self, arguments: I, expected_code: i32) -> Output
    where
        I: IntoIterator,
        I::Item: AsRef<std::ffi::OsStr>,
    {
        let output = self.cento(arguments).output().expect("the command starts");
        assert_eq!(
            output.status.code(),
            Some(expected_code),
            "stdout:\n{}\nstderr:\n{}",
            text(&output.stdout),
            text(&output.stderr)
        );
        output
    }

    /// Runs the command with something on its standard input; it must succeed.
    #[track_caller]
    pub(crate) fn run_with_input<I>(&self, arguments: I, input: &[u8]) -> Output
    where
        I: IntoIterator,
        I::Item: AsRef<std::ffi::OsStr>,
    {
        let mut command = self.cento(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the command starts");
        let mut stdin = child.stdin.take().expect("its standard input is piped");
        stdin.write_all(input).expect("the command reads its input");
        drop(stdin);
        let output = child.wait_with_output().expect("the command ends");
        assert_eq!(output.status.code(), Some(0), "stderr:\n{}", text(&output.stderr));
        output
    }

    /// The rows of a JSON Lines file.
    pub(crate) fn rows(&self, name: &str) -> Vec<Value> {
        let content = fs::read_to_string(self.path().join(name)).expect("the file is there");
        content.lines().map(|line| serde_json::from_str(line).expect("a JSON row")).collect()
    }

    /// Name and content of every file of a folder, sorted by name.
    pub(crate) fn contents(&self, name: &str) -> Vec<(String, Vec<u8>)> {
        let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(self.path().join(name))
            .expect("the folder is there")
            .map(|entry| {
                let path = entry.unwrap().path();
                let name = path.file_name().unwrap().to_str().unwrap().to_owned();
                (name, fs::read(&path).unwrap())
            })
            .collect();
        files.sort();
        files
    }
}

/// What a program printed.
pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("the command prints UTF-8")
}

/// One article as a JSON line.
pub(crate) fn article(id: &str, source: &str, text: &str) -> String {
    format!("{}\n", serde_json::json!({"id": id, "source": source, "text": text}))
}
