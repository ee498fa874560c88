//! Any text is analysed, in linear time, into spans and trees that hold together.

use std::time::{Duration, Instant};

use irenic_language::{Analysis, Pipeline, segments_of};
use irenic_model::Span;

fn analyse(text: &str) -> Analysis {
    let analysis = Pipeline::new().analyse(text, &segments_of(text));
    check(&analysis, text);
    analysis
}

/// The invariants that [`Analysis`] promises.
fn check(analysis: &Analysis, text: &str) {
    let mut end = 0;
    for token in &analysis.tokens {
        assert!(
            token.span.start >= end && !token.span.is_empty(),
            "tokens are in order, apart and not empty"
        );
        assert!(token.span.get(text).is_some(), "tokens lie on character boundaries");
        end = token.span.end;
    }
    let mut next = 0;
    for sentence in &analysis.sentences {
        assert_eq!(sentence.tokens.start, next, "sentences cover the tokens in order");
        assert!(!sentence.tokens.is_empty());
        next = sentence.tokens.end;
        check_tree(analysis, sentence.tokens.clone());
    }
    assert_eq!(next, analysis.tokens.len());
}

fn check_tree(analysis: &Analysis, tokens: std::ops::Range<usize>) {
    let roots = tokens.clone().filter(|&at| analysis.tokens[at].head.is_none()).count();
    assert_eq!(roots, 1, "one root a sentence");
    for start in tokens.clone() {
        let mut at = start;
        for _ in 0..=tokens.len() {
            let Some(head) = analysis.head_of(at) else { break };
            assert!(tokens.contains(&head), "heads stay in their sentence");
            at = head;
        }
        assert!(analysis.head_of(at).is_none(), "heads lead to the root");
    }
}

#[test]
fn strange_texts() {
    let texts = [
        "",
        " \n\t ",
        ".",
        "''''''",
        "\u{ad}\u{200b}\u{feff}",
        "a\u{ad}\u{ad}b",
        "\u{301}\u{301}x",
        "👩‍👩‍👧‍👦 left 🇦🇲.",
        "קרב ירושלים. הוא עזב.",
        "وصلت القوات اليوم، وقال المتحدث.",
        "停战协议。第二天。",
        "Ереван: talks held. \u{202e}desrever\u{202c}",
        "½ of ²³ and x² y³ ℃",
        "((((((((((((()))))))))))))",
        "[[[[{{{{<<<<\"''``“”‘’«»",
        "n't 's 'S ' ’ ` ``",
        "1/2/3/4/5-6-7-8-9 1.2.3.4 1,,2 1..2 +1 -1 .5 $.5 %% 5% 1:2:3",
        "A.B.C. a.b.c U.S..S. R.R.R.Smith x.y.z.com . . . ....",
        "http://www.mailto:@@a@b@c.d ftp://",
        "\0\u{1}\u{7f}\u{80}",
        "a\r\nb\r\n\r\nc\u{2028}d\u{2029}e\u{85}f",
        "-.-.-.-.- _._._ &&& A&B&C& @x #y ~z",
        "No. Nos. Art. p. pp. Gen. Inc. U.S. St. etc.",
    ];
    for text in texts {
        analyse(text);
    }
}

#[test]
fn every_pair_of_marks() {
    let marks = [
        "a", "A", "1", ".", ",", "-", "'", "\"", "(", ")", "[", "/", "@", "&", "_", "é", "²", "\u{ad}", " ",
        "\n", "😀",
    ];
    let mut text = String::new();
    for a in marks {
        for b in marks {
            for c in marks {
                text.extend([a, b, c, " "]);
            }
        }
    }
    analyse(&text);
}

/// Patterns repeated to 300 kB each. Quadratic work would take hours, so the bound on time can be generous.
#[test]
fn long_texts_take_linear_time() {
    let patterns = [
        "a",
        "aB",
        "1",
        "1,",
        "1-",
        "a.",
        "aa.",
        "No.",
        "a-",
        "re-",
        "A&",
        "a'",
        "x's",
        "\"",
        "'",
        "``",
        "(",
        "[1",
        ")",
        ".",
        "..\u{ad}",
        "@",
        "a@",
        "www.",
        "http://",
        "é",
        "👩‍👩‍👧",
        "\u{202e}א",
        "\u{ad}",
        "-",
        "_",
        "/",
        "1/",
        "p.I",
        "!?",
        "A.B",
        " \n",
        ". A",
    ];
    for pattern in patterns {
        let text = pattern.repeat(300_000 / pattern.len());
        let started = Instant::now();
        let tokens = irenic_language::tokenise(&text, Span::new(0, text.len()));
        assert!(tokens.len() <= text.len() && segments_of(&text).len() <= text.len());
        assert!(started.elapsed() < Duration::from_secs(60), "tokens of {pattern:?} repeated");
    }
    for pattern in ["a", "\"", "aa.", "a@", "👩‍👩‍👧", "...'"] {
        let text = pattern.repeat(300_000 / pattern.len());
        let started = Instant::now();
        analyse(&text);
        assert!(started.elapsed() < Duration::from_secs(300), "analysis of {pattern:?} repeated");
    }
}

#[test]
fn case_and_hidden_characters_change_little() {
    let plain = "The rebels attacked the village on Monday and killed three soldiers.";
    let trees = |text: &str| {
        analyse(text).tokens.iter().map(|token| (token.head, token.relation)).collect::<Vec<_>>()
    };
    assert_eq!(trees(plain), trees(&plain.to_uppercase()));
    assert_eq!(trees(plain), trees(&plain.replace("sold", "sol\u{ad}d").replace(' ', "\u{a0}")));
}
