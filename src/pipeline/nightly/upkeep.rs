//! What is done with a kept collection beside adding to it.

use std::path::Path;

use super::{Tonight, epoch, last_number, output};
use crate::Result;
use crate::config::Config;
use crate::index::{Index, Settings, Waiting};
use crate::model::{Document, Findings};
use crate::pipeline::analyse::analyse_all;
use crate::pipeline::progress::Progress;
use crate::report::NightReport;

/// Decides everything that is kept anew, as one scan would; sentences and quotes are found again.
/// `choose` gives the new settings for the kept ones. An index of an older format is one of this
/// format afterwards.
pub fn rebuild(
    path: &Path,
    choose: &dyn Fn(Settings) -> Settings,
    waiting: Waiting,
    config: &Config,
    progress: &dyn Progress,
) -> Result<Tonight> {
    let index = Index::open_to_rebuild(path, waiting)?;
    let settings = &choose(index.settings()?);
    let night = index.last_night()?;
    let number = last_number(&night);
    let (places, documents): (Vec<_>, Vec<Document>) = index
        .texts_of_all()?
        .into_iter()
        .map(|(number, night, document)| ((number, night), document))
        .unzip();
    let (analyses, _) = analyse_all(&documents, progress);
    let all = places.into_iter().map(Some).zip(documents.into_iter().zip(analyses)).collect();
    index.transaction(|| {
        index.replace_settings(settings)?;
        epoch::begin(&index, settings, number, all, Vec::new(), config, progress)?;
        if let Some(mut night) = night {
            night.done = true;
            night.epoch = index.epoch()?.map_or(0, |epoch| epoch.number);
            index.put_night(&night)?;
        }
        Ok(())
    })?;
    index.settle()?;
    let epoch = index.epoch()?.map_or(0, |epoch| epoch.number);
    index.put_in_place(path)?;
    let report = NightReport { night: number, epoch, epoch_began: true, ..NightReport::default() };
    Ok(Tonight { report, findings: None })
}

/// All that is kept, as a scan of all documents writes it.
pub fn export(path: &Path) -> Result<Findings> {
    let index = Index::open(path)?;
    index.snapshot(|| output::of_all(&index))
}

/// Gives back the room of what was removed: postings that point at nothing, empty pages.
pub fn compact(path: &Path, waiting: Waiting) -> Result<(u64, u64)> {
    let index = Index::open_to_write(path, waiting)?;
    let before = index.stats()?.file_bytes;
    index.transaction(|| index.compact())?;
    index.vacuum()?;
    index.settle()?;
    Ok((before, index.stats()?.file_bytes))
}
