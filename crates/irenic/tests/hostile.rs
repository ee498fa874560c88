//! Hostile texts from end to end: statements are read in linear time, spans quote their document, and a text in another
//! language is said to be in one.

use std::time::{Duration, Instant};

use irenic::{Engine, Knowledge, document_of_text};

/// Patterns that a text repeats, each of which some rule could go through again and again.
const UNITS: &[&str] = &[
    "x",
    "aB",
    "1,000,",
    "1 had. ",
    "killed 3, ",
    "5 of 7 ",
    "1-",
    "\"",
    "\"a ",
    "said \"",
    "([{",
    "(a) ",
    "[1] ",
    "قال الوفد إن الهدنة صمدت. ",
    "\u{202e}א",
    "🕊️💥 ",
    "Officials in Şuşa, Շուշի and Шуша met on 3 May 2019. ",
    "May 3, ",
    "he said that ",
    "the Foo Bar (FB) ",
];

/// Short and long text, in bytes. Eight times the text takes eight times as long, and quadratic work 64 times.
const SHORT: usize = 4 << 10;
const LONG: usize = 32 << 10;

/// Between the two, so that neither noise nor caches decide.
const TIMES_AS_LONG_MAX: u32 = 28;

/// What a short text may take anyway, so that the clock's grain does not decide.
const GRAIN: Duration = Duration::from_millis(8);

fn time_to_read(engine: &Engine, text: &str) -> Duration {
    let document = document_of_text("hostile", "2024-05-03".parse().ok(), text);
    let begun = Instant::now();
    let found = engine.extract(&document, &Knowledge::default());
    let taken = begun.elapsed();
    for time in &found.times {
        assert!(document.text.get(time.span.start..time.span.end).is_some(), "{:?}", time.span);
    }
    for statement in &found.statements {
        let span = statement.span;
        assert!(document.text.get(span.start..span.end).is_some_and(|words| !words.is_empty()), "{span:?}");
    }
    taken
}

#[test]
fn hostile_texts_take_linear_time() {
    let engine = Engine::new();
    for unit in UNITS {
        let mut ratios = Vec::new();
        // A neighbour on the machine can slow one run, hardly three.
        let linear = (0..3).any(|_| {
            let short = time_to_read(&engine, &unit.repeat(SHORT / unit.len())).max(GRAIN);
            let long = time_to_read(&engine, &unit.repeat(LONG / unit.len()));
            ratios.push((short, long));
            long < short * TIMES_AS_LONG_MAX
        });
        assert!(linear, "{unit:?} is not read in linear time: {ratios:?}");
    }
}

#[test]
fn another_language_is_said_to_be_one() {
    let texts = [
        "Le gouvernement a annoncé que les pourparlers reprendront lundi, après deux semaines de combats dans la région. Les \
         rebelles ont rejeté la proposition et ont accusé l'armée d'avoir violé la trêve signée au mois de mars par les deux \
         parties, selon un porte-parole qui a demandé à ne pas être nommé.",
        "Hökumət bildirib ki, danışıqlar iki həftəlik döyüşlərdən sonra bazar ertəsi bərpa olunacaq. Üsyançılar təklifi rədd edib və \
         ordunu mart ayında iki tərəfin imzaladığı atəşkəsi pozmaqda ittiham ediblər, adının çəkilməsini istəməyən sözçü deyib ki, \
         tərəflər yenidən görüşəcək və məsələ müzakirə ediləcək.",
        "Правительство сообщило, что переговоры возобновятся в понедельник после двух недель боев в регионе. Повстанцы отвергли \
         предложение и обвинили армию в нарушении перемирия, подписанного в марте обеими сторонами.",
        "أعلنت الحكومة أن المحادثات ستستأنف يوم الاثنين بعد أسبوعين من القتال في المنطقة. ورفض المتمردون الاقتراح واتهموا الجيش \
         بانتهاك الهدنة التي وقعها الطرفان في شهر مارس.",
    ];
    for text in texts {
        let found = Engine::new().extract(&document_of_text("other", None, text), &Knowledge::default());
        assert_ne!(found.language, "en", "{text}");
        assert!(found.diagnostics.iter().any(|it| it.code == "extract.language"), "{text}");
    }
    let mixed = "Officials in Şuşa, Շուշի and Шуша said on Monday that the talks of the two sides had been held in a town that is \
                 called by three names, and that the ceasefire was to be kept for the whole of the month to come by all of those who \
                 had signed it in the capital.";
    let found = Engine::new().extract(&document_of_text("mixed", None, mixed), &Knowledge::default());
    assert_eq!(found.language, "en");
}
