//! Records read by all threads: one cuts whole lines off the stream, the others make something of them.

use rayon::prelude::*;

use crate::read::{Block, Collection, Records};

/// Reads everything, as [`read::collect`](crate::read::collect()) does by one thread.
pub fn read_all(mut records: Records) -> Collection {
    let blocks = std::iter::from_fn(|| records.next_block());
    let of_blocks = map_blocks(blocks, || (), |(), block| block.records());
    Collection::new(&records, of_blocks.into_iter().flatten())
}

/// What `make` makes of each block, in the order of the blocks; with what `desk` gives, one for some of them.
pub(super) fn map_blocks<Desk, Made: Send>(
    blocks: impl Iterator<Item = Block> + Send,
    desk: impl Fn() -> Desk + Send + Sync,
    make: impl Fn(&mut Desk, Block) -> Made + Send + Sync,
) -> Vec<Made> {
    let mut made: Vec<(usize, Made)> = blocks
        .enumerate()
        .par_bridge()
        .map_init(desk, |desk, (number, block)| (number, make(desk, block)))
        .collect();
    made.sort_unstable_by_key(|&(number, _)| number);
    made.into_iter().map(|(_, made)| made).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::config::ReadConfig;
    use crate::read::{self, Input};

    #[test]
    fn all_threads_read_what_one_does() {
        let folder = tempfile::tempdir().unwrap();
        // Some megabytes, so that there are several blocks; every thirtieth line repeats an id, every
        // seventieth is broken.
        let line = |number: usize| match number {
            _ if number % 70 == 69 => "{\"id\": \"x\", \"text\": ".to_owned(),
            _ => {
                let (id, text) = (number - number % 30 / 29 * 5, "some news ".repeat(number % 90));
                format!("{{\"id\": \"r{id}\", \"text\": \"{text}{number}\"}}")
            }
        };
        let lines: Vec<String> = (0..9000).map(line).collect();
        fs::write(folder.path().join("a.jsonl"), lines.join("\n")).unwrap();
        fs::write(folder.path().join("b.txt"), "One text.").unwrap();
        fs::write(folder.path().join("c.csv"), "id,text\n1,first row\nr7,second row\n").unwrap();
        fs::write(folder.path().join("d.jsonl"), "").unwrap();
        let inputs = [Input::Path(folder.path().to_path_buf())];
        let records = || read::records(&inputs, &ReadConfig::default(), 0).unwrap();
        let by_all = read_all(records());
        assert_eq!(by_all, read::collect(records()));
        assert!(by_all.documents.len() > 8000 && by_all.problems.len() > 300);
        assert_eq!((by_all.files_read, by_all.bytes > 3 << 20), (4, true));
    }
}
