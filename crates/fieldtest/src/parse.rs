//! `fieldtest parse`: raw sentences of a treebank to trees of our own.

use std::fmt::Write;
use std::path::Path;

use anyhow::{Context, Result};
use irenic_language::{Analysis, Pipeline};
use irenic_model::Span;

pub(crate) fn run(input: &Path, output: &Path) -> Result<()> {
    let treebank = std::fs::read_to_string(input).with_context(|| format!("reading {}", input.display()))?;
    let out = parse(&treebank);
    std::fs::write(output, out).with_context(|| format!("writing {}", output.display()))
}

/// The trees of a treebank's raw sentences, each its own segment.
fn parse(treebank: &str) -> String {
    let pipeline = Pipeline::new();
    let mut out = String::new();
    for text in treebank.lines().filter_map(|line| line.strip_prefix("# text = ")) {
        let analysis = pipeline.analyse(text, &[Span::new(0, text.len())]);
        for sentence in 0..analysis.sentences.len() {
            write_sentence(&mut out, &analysis, sentence, text);
        }
    }
    out
}

fn write_sentence(out: &mut String, analysis: &Analysis, sentence: usize, text: &str) {
    let sentence = &analysis.sentences[sentence];
    let first = sentence.tokens.start;
    writeln!(out, "# text = {}", sentence.span.of(text)).expect("writing to memory does not fail");
    for at in sentence.tokens.clone() {
        let token = &analysis.tokens[at];
        let head = token.head.map_or(0, |head| head as usize - first + 1);
        let glued = analysis.tokens.get(at + 1).is_some_and(|next| next.span.start == token.span.end);
        writeln!(
            out,
            "{}\t{}\t{}\t{}\t{}\t_\t{head}\t{}\t_\t{}",
            at - first + 1,
            token.span.of(text),
            token.lemma,
            token.upos,
            token.xpos,
            token.relation,
            if glued { "SpaceAfter=No" } else { "_" },
        )
        .expect("writing to memory does not fail");
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn heads_count_from_the_sentence() {
        let out = parse("# text = It ended. They left.\n");
        let heads: Vec<&str> = out.lines().filter_map(|line| line.split('\t').nth(6)).collect();
        assert_eq!(heads.iter().filter(|&&head| head == "0").count(), 2);
        assert_eq!(out.lines().filter(|line| line.is_empty()).count(), 2);
    }
}
