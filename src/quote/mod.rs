//! Documents to quotes: marks, cues, speakers.
