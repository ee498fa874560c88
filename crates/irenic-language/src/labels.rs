//! The closed label sets of the treebank: parts of speech, Penn tags, relations.

macro_rules! labels {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[repr(u8)]
        pub enum $name { $($(#[$doc])* $variant,)* }

        impl $name {
            /// Every label, in the order of its index.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The label as the treebank writes it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// The label that the treebank writes so, or `None`.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$variant),)* _ => None }
            }

            /// Position in [`Self::ALL`].
            #[must_use]
            pub const fn index(self) -> usize { self as usize }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.as_str()) }
        }
    };
}

labels! {
    /// Universal part of speech (Universal Dependencies 2).
    ///
    /// ```
    /// use irenic_language::Upos;
    /// assert_eq!(Upos::parse("PROPN"), Some(Upos::Propn));
    /// assert!(Upos::Noun.is_nominal());
    /// ```
    Upos {
        /// Adjective.
        Adj = "ADJ",
        /// Preposition.
        Adp = "ADP",
        /// Adverb.
        Adv = "ADV",
        /// Auxiliary verb, copula and modals included.
        Aux = "AUX",
        /// Coordinating conjunction.
        Cconj = "CCONJ",
        /// Determiner.
        Det = "DET",
        /// Interjection.
        Intj = "INTJ",
        /// Common noun.
        Noun = "NOUN",
        /// Numeral.
        Num = "NUM",
        /// Particle: "to", "not", "'s".
        Part = "PART",
        /// Pronoun.
        Pron = "PRON",
        /// Proper noun.
        Propn = "PROPN",
        /// Punctuation.
        Punct = "PUNCT",
        /// Subordinating conjunction.
        Sconj = "SCONJ",
        /// Symbol.
        Sym = "SYM",
        /// Verb.
        Verb = "VERB",
        /// Anything else.
        X = "X",
    }
}

impl Upos {
    /// Noun, proper noun or pronoun.
    #[must_use]
    pub const fn is_nominal(self) -> bool {
        matches!(self, Self::Noun | Self::Propn | Self::Pron)
    }

    /// Verb or auxiliary.
    #[must_use]
    pub const fn is_verbal(self) -> bool {
        matches!(self, Self::Verb | Self::Aux)
    }
}

labels! {
    /// Penn Treebank tag as English EWT uses it: the cheap way to a verb's form and a noun's number.
    ///
    /// ```
    /// use irenic_language::Penn;
    /// assert_eq!(Penn::parse("VBN"), Some(Penn::Vbn));
    /// assert!(Penn::Vbd.is_finite_verb());
    /// assert!(Penn::Nns.is_plural());
    /// ```
    Penn {
        /// `$`
        Dollar = "$",
        /// Closing quotation mark.
        CloseQuote = "''",
        /// Comma.
        Comma = ",",
        /// Left bracket.
        Lrb = "-LRB-",
        /// Right bracket.
        Rrb = "-RRB-",
        /// End of sentence.
        Period = ".",
        /// Colon, semicolon, dash, dots.
        Colon = ":",
        /// E-mail or web address.
        Add = "ADD",
        /// Affix written apart.
        Afx = "AFX",
        /// Coordinating conjunction.
        Cc = "CC",
        /// Cardinal number.
        Cd = "CD",
        /// Determiner.
        Dt = "DT",
        /// Existential "there".
        Ex = "EX",
        /// Foreign word.
        Fw = "FW",
        /// Part of a word that goes with another.
        Gw = "GW",
        /// Hyphen inside a word.
        Hyph = "HYPH",
        /// Preposition or subordinating conjunction.
        In = "IN",
        /// Adjective.
        Jj = "JJ",
        /// Comparative adjective.
        Jjr = "JJR",
        /// Superlative adjective.
        Jjs = "JJS",
        /// List marker.
        Ls = "LS",
        /// Modal verb.
        Md = "MD",
        /// Superfluous punctuation.
        Nfp = "NFP",
        /// Singular or mass noun.
        Nn = "NN",
        /// Singular proper noun.
        Nnp = "NNP",
        /// Plural proper noun.
        Nnps = "NNPS",
        /// Plural noun.
        Nns = "NNS",
        /// Predeterminer.
        Pdt = "PDT",
        /// Possessive ending.
        Pos = "POS",
        /// Personal pronoun.
        Prp = "PRP",
        /// Possessive pronoun.
        PrpPossessive = "PRP$",
        /// Adverb.
        Rb = "RB",
        /// Comparative adverb.
        Rbr = "RBR",
        /// Superlative adverb.
        Rbs = "RBS",
        /// Verb particle.
        Rp = "RP",
        /// Symbol.
        Sym = "SYM",
        /// "to".
        To = "TO",
        /// Interjection.
        Uh = "UH",
        /// Verb, base form.
        Vb = "VB",
        /// Verb, past tense.
        Vbd = "VBD",
        /// Verb, gerund or present participle.
        Vbg = "VBG",
        /// Verb, past participle.
        Vbn = "VBN",
        /// Verb, present tense, not third person singular.
        Vbp = "VBP",
        /// Verb, present tense, third person singular.
        Vbz = "VBZ",
        /// "which", "that" as determiner or relative pronoun.
        Wdt = "WDT",
        /// "who", "what".
        Wp = "WP",
        /// "whose".
        WpPossessive = "WP$",
        /// "when", "where", "how", "why".
        Wrb = "WRB",
        /// Foreign or unreadable.
        Xx = "XX",
        /// Opening quotation mark.
        OpenQuote = "``",
    }
}

impl Penn {
    /// Past or present tense, or a modal.
    #[must_use]
    pub const fn is_finite_verb(self) -> bool {
        self.has_tense() || matches!(self, Self::Md)
    }

    /// A verb in the past or present tense, modals left out.
    #[must_use]
    pub const fn has_tense(self) -> bool {
        matches!(self, Self::Vbd | Self::Vbp | Self::Vbz)
    }

    /// Any form of a verb, modals left out.
    #[must_use]
    pub const fn is_verb(self) -> bool {
        matches!(self, Self::Vb | Self::Vbd | Self::Vbg | Self::Vbn | Self::Vbp | Self::Vbz)
    }

    /// Plural noun, common or proper.
    #[must_use]
    pub const fn is_plural(self) -> bool {
        matches!(self, Self::Nns | Self::Nnps)
    }
}

labels! {
    /// Dependency relation: the universal relations and the subtypes that extraction asks about.
    ///
    /// ```
    /// use irenic_language::Relation;
    /// assert_eq!(Relation::from_ud("nsubj:pass"), Relation::NsubjPass);
    /// assert_eq!(Relation::from_ud("nmod:unmarked"), Relation::Nmod);
    /// assert_eq!(Relation::NsubjPass.main(), Relation::Nsubj);
    /// ```
    Relation {
        /// Clause that modifies a noun.
        Acl = "acl",
        /// Relative clause.
        AclRelcl = "acl:relcl",
        /// Adverbial clause.
        Advcl = "advcl",
        /// Adverbial modifier.
        Advmod = "advmod",
        /// Adjectival modifier.
        Amod = "amod",
        /// Apposition.
        Appos = "appos",
        /// Auxiliary.
        Aux = "aux",
        /// Passive auxiliary.
        AuxPass = "aux:pass",
        /// Preposition or possessive marker.
        Case = "case",
        /// Coordinating conjunction.
        Cc = "cc",
        /// Clausal complement.
        Ccomp = "ccomp",
        /// Classifier.
        Clf = "clf",
        /// Compound noun.
        Compound = "compound",
        /// Verb particle.
        CompoundPrt = "compound:prt",
        /// Conjunct; its head is the first conjunct.
        Conj = "conj",
        /// Copula.
        Cop = "cop",
        /// Clausal subject.
        Csubj = "csubj",
        /// Unspecified.
        Dep = "dep",
        /// Determiner.
        Det = "det",
        /// Discourse element.
        Discourse = "discourse",
        /// Dislocated element.
        Dislocated = "dislocated",
        /// Expletive.
        Expl = "expl",
        /// Fixed expression.
        Fixed = "fixed",
        /// Flat name.
        Flat = "flat",
        /// Parts of a word written apart.
        Goeswith = "goeswith",
        /// Indirect object.
        Iobj = "iobj",
        /// List item.
        List = "list",
        /// Subordinating marker.
        Mark = "mark",
        /// Nominal modifier of a noun.
        Nmod = "nmod",
        /// Possessor.
        NmodPoss = "nmod:poss",
        /// Subject.
        Nsubj = "nsubj",
        /// Subject of a passive.
        NsubjPass = "nsubj:pass",
        /// Number that modifies a noun.
        Nummod = "nummod",
        /// Object.
        Obj = "obj",
        /// Oblique nominal.
        Obl = "obl",
        /// Agent of a passive.
        OblAgent = "obl:agent",
        /// Oblique without a preposition, most often a time.
        OblUnmarked = "obl:unmarked",
        /// Dependent of an elided head.
        Orphan = "orphan",
        /// Loosely joined clause; "he said" after a quotation.
        Parataxis = "parataxis",
        /// Punctuation.
        Punct = "punct",
        /// Overridden disfluency.
        Reparandum = "reparandum",
        /// Head of the sentence.
        Root = "root",
        /// Person addressed.
        Vocative = "vocative",
        /// Open clausal complement.
        Xcomp = "xcomp",
    }
}

impl Relation {
    /// The relation for a treebank's label; subtypes without a place of their own fall back to the universal
    /// relation, unknown labels to [`Relation::Dep`].
    #[must_use]
    pub fn from_ud(label: &str) -> Self {
        let main = label.split(':').next().unwrap_or(label);
        match label {
            "obl:tmod" | "obl:npmod" => Self::OblUnmarked,
            _ => Self::parse(label).or_else(|| Self::parse(main)).unwrap_or(Self::Dep),
        }
    }

    /// The universal relation without its subtype.
    #[must_use]
    pub const fn main(self) -> Self {
        match self {
            Self::AclRelcl => Self::Acl,
            Self::AuxPass => Self::Aux,
            Self::CompoundPrt => Self::Compound,
            Self::NmodPoss => Self::Nmod,
            Self::NsubjPass => Self::Nsubj,
            Self::OblAgent | Self::OblUnmarked => Self::Obl,
            other => other,
        }
    }

    /// Subject, active or passive; a clause is none, for it does nothing.
    #[must_use]
    pub const fn is_subject(self) -> bool {
        matches!(self, Self::Nsubj | Self::NsubjPass)
    }
}
