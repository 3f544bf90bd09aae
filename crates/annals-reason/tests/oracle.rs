//! The reasoner against enumeration of all timelines of small random chronicles (DESIGN 2.10).
//!
//! Each stage adds ingredients. `ANNALS_ORACLE_CASES=N` sets how many cases every stage runs,
//! `ANNALS_ORACLE_SEED=N` the first seed, `ANNALS_ORACLE_FAULTS=N` how many faults are gathered
//! before it stops.

#[path = "oracle/case.rs"]
mod case;
#[path = "oracle/changed.rs"]
mod changed;
#[path = "oracle/compare.rs"]
mod compare;
#[path = "oracle/fluents.rs"]
mod fluents;
#[path = "oracle/generate.rs"]
mod generate;
#[path = "oracle/going.rs"]
mod going;
#[path = "oracle/inertia.rs"]
mod inertia;
#[path = "oracle/known.rs"]
mod known;
#[path = "oracle/lines.rs"]
mod lines;
#[path = "oracle/placing.rs"]
mod placing;
#[path = "oracle/plan.rs"]
mod plan;
#[path = "oracle/random.rs"]
mod random;
#[path = "oracle/readings.rs"]
mod readings;
#[path = "oracle/related.rs"]
mod related;
#[path = "oracle/settled.rs"]
mod settled;
#[path = "oracle/stage.rs"]
mod stage;
#[path = "oracle/supports.rs"]
mod supports;
#[path = "oracle/words.rs"]
mod words;
#[path = "oracle/world.rs"]
mod world;

use compare::Depth;
use generate::{ANYTHING, FIGHTING, GOING, HOLDING, LIVING, Mix};
use stage::stage;

#[test]
fn begins_ends_and_mentions() {
    stage("plain", 1500, &Mix::PLAIN, Depth::Answers);
}

#[test]
fn many_slots_at_once() {
    let mix = Mix {
        words: ANYTHING,
        ..Mix::PLAIN
    };
    stage("slots", 1500, &mix, Depth::Answers);
}

#[test]
fn relative_dates_and_alternatives() {
    let mix = Mix {
        relative: 70,
        or: 30,
        undated: 30,
        moments: 4,
        ..Mix::PLAIN
    };
    stage("relative", 800, &mix, Depth::Answers);
}

#[test]
fn lasting_events_and_stretches() {
    let mix = Mix {
        words: ANYTHING,
        lasting: 40,
        span: 35,
        throughout: 15,
        relative: 50,
        days: (3, 5),
        ..Mix::PLAIN
    };
    stage("lasting", 600, &mix, Depth::Answers);
}

#[test]
fn denials() {
    let mix = Mix {
        words: FIGHTING,
        denied: 35,
        throughout: 10,
        ..Mix::PLAIN
    };
    stage("denials", 1500, &mix, Depth::Answers);
}

#[test]
fn unknown_whether() {
    let mix = Mix {
        unknown: 30,
        denied: 5,
        throughout: 10,
        span: 10,
        ..Mix::PLAIN
    };
    stage("unknown", 1500, &mix, Depth::Answers);
}

#[test]
fn travel() {
    let mix = Mix {
        words: GOING,
        travel: 100,
        moments: 4,
        relative: 40,
        undated: 15,
        or: 20,
        lasting: 20,
        doubted: 10,
        ..Mix::PLAIN
    };
    stage("travel", 400, &mix, Depth::Answers);
}

#[test]
fn travel_amid_open_names() {
    let mix = Mix {
        words: GOING,
        travel: 100,
        identity: 40,
        one_of: 15,
        choice: 20,
        moments: 4,
        ..Mix::PLAIN
    };
    stage("travel-names", 500, &mix, Depth::Answers);
}

#[test]
fn travel_in_conflicts_and_supports() {
    let mix = Mix {
        words: GOING,
        travel: 100,
        days: (2, 4),
        moments: 4,
        shared: 20,
        ..Mix::PLAIN
    };
    stage("travel-conflicts", 250, &mix, Depth::Conflicts);
    stage("travel-supports", 150, &mix, Depth::Supports);
}

#[test]
fn once_and_lasts_and_needs() {
    stage("living", 1500, &LIFE, Depth::Answers);
}

#[test]
fn fading_and_coverage() {
    let mix = Mix {
        fades: 70,
        covers: 40,
        span: 10,
        throughout: 5,
        ..Mix::PLAIN
    };
    stage("fading", 1000, &mix, Depth::Answers);
}

#[test]
fn doubt() {
    let mix = Mix {
        doubted: 40,
        ..Mix::PLAIN
    };
    stage("doubt", 1500, &mix, Depth::Answers);
}

#[test]
fn doubt_among_the_living() {
    let mix = Mix {
        doubted: 40,
        ..LIFE
    };
    stage("doubt, living", 800, &mix, Depth::Answers);
}

#[test]
fn one_of_several() {
    let mix = Mix {
        one_of: 20,
        choice: 20,
        ..Mix::PLAIN
    };
    stage("one of", 800, &mix, Depth::Answers);
}

#[test]
fn two_names_for_one_thing() {
    let mix = Mix {
        words: HOLDING,
        identity: 100,
        ..Mix::PLAIN
    };
    stage("identities", 800, &mix, Depth::Answers);
}

#[test]
fn all_together() {
    stage("together", 1500, &TOGETHER, Depth::Answers);
}

#[test]
fn just_before_a_moment() {
    let mix = Mix {
        relative: 50,
        ..Mix::PLAIN
    };
    stage("before", 800, &mix, Depth::Before);
}

#[test]
fn just_before_a_moment_all_together() {
    stage("before, together", 800, &TOGETHER, Depth::Before);
}

#[test]
fn relations_of_events() {
    let mix = Mix {
        words: ANYTHING,
        lasting: 40,
        span: 35,
        relative: 60,
        or: 20,
        undated: 20,
        moments: 4,
        days: (2, 3),
        ..Mix::PLAIN
    };
    stage("relations", 500, &mix, Depth::Relations);
}

#[test]
fn relations_amid_doubt_and_choices() {
    let mix = Mix {
        lasting: 20,
        relative: 50,
        doubted: 25,
        one_of: 10,
        choice: 15,
        days: (2, 4),
        ..Mix::PLAIN
    };
    stage("relations, doubt", 500, &mix, Depth::Relations);
}

#[test]
fn all_conflicts() {
    let mix = Mix {
        relative: 70,
        shared: 30,
        days: (2, 4),
        ..Mix::PLAIN
    };
    stage("conflicts", 800, &mix, Depth::Conflicts);
}

#[test]
fn all_conflicts_among_the_living() {
    let mix = Mix {
        denied: 15,
        shared: 20,
        days: (2, 4),
        ..LIFE
    };
    stage("conflicts, living", 800, &mix, Depth::Conflicts);
}

#[test]
fn supports_of_verdicts_and_bounds() {
    stage("supports", 400, &FEW, Depth::Supports);
}

#[test]
fn supports_amid_doubt_and_denial() {
    let mix = Mix {
        doubted: 20,
        denied: 10,
        unknown: 10,
        throughout: 10,
        ..FEW
    };
    stage("supports, doubt", 400, &mix, Depth::Supports);
}

#[test]
fn supports_among_the_living() {
    let mix = Mix {
        words: LIVING,
        once: 80,
        needs: 50,
        ..FEW
    };
    stage("supports, living", 300, &mix, Depth::Supports);
}

#[test]
fn readings_and_whom_they_trust() {
    stage("readings", 1000, &QUARREL, Depth::Readings);
}

#[test]
fn rival_dates_of_a_few_events() {
    let mix = Mix {
        lines: (4, 6),
        moments: 3,
        shared: 75,
        relative: 45,
        or: 15,
        ..QUARREL
    };
    stage("rival dates", 600, &mix, Depth::Readings);
    stage("rival dates, supports", 150, &mix, Depth::Supports);
    stage("rival dates, conflicts", 300, &mix, Depth::Conflicts);
}

#[test]
fn rival_dates_amid_doubt() {
    let mix = Mix {
        lines: (4, 6),
        moments: 3,
        shared: 75,
        relative: 45,
        doubted: 30,
        ..QUARREL
    };
    stage("rival dates, doubt", 600, &mix, Depth::Readings);
    stage("rival dates, doubt, supports", 150, &mix, Depth::Supports);
}

#[test]
fn readings_among_the_living() {
    let mix = Mix {
        words: LIVING,
        once: 80,
        lasts: 30,
        needs: 50,
        denied: 10,
        ..QUARREL
    };
    stage("readings, living", 600, &mix, Depth::Readings);
}

#[test]
fn readings_amid_doubt_and_choices() {
    let mix = Mix {
        doubted: 20,
        one_of: 10,
        choice: 10,
        ..QUARREL
    };
    stage("readings, doubt", 800, &mix, Depth::Readings);
}

#[test]
fn what_if_a_claim_is_withdrawn() {
    let mix = Mix {
        draft: 100,
        ..QUARREL
    };
    stage("what if", 600, &mix, Depth::Readings);
}

#[test]
fn what_if_a_claim_of_many_kinds_is_withdrawn() {
    let mix = Mix {
        draft: 100,
        choice: 10,
        one_of: 10,
        ..TOGETHER
    };
    stage("what if, together", 600, &mix, Depth::Answers);
}

#[test]
fn unnamed_things() {
    let mix = Mix {
        words: HOLDING,
        unnamed: 100,
        ..Mix::PLAIN
    };
    stage("unnamed", 800, &mix, Depth::Answers);
}

#[test]
fn unnamed_things_in_readings() {
    let mix = Mix {
        words: HOLDING,
        unnamed: 100,
        identity: 20,
        ..QUARREL
    };
    stage("unnamed, readings", 400, &mix, Depth::Readings);
}

/// Denied events are left out: who is named only where something is denied is recorded nowhere,
/// so nobody can be him, while the enumeration would let him be.
#[test]
fn unnamed_things_amid_everything() {
    let mix = Mix {
        words: HOLDING,
        unnamed: 100,
        identity: 20,
        doubted: 20,
        choice: 10,
        ..Mix::PLAIN
    };
    stage("unnamed, together", 400, &mix, Depth::Answers);
}

#[test]
fn more_claims_remove_no_conflict() {
    stage("added", 800, &MANY, Depth::Added);
}

#[test]
fn order_and_labels_decide_nothing() {
    stage("shuffled", 200, &MANY, Depth::Shuffled);
}

/// More lines than can be enumerated, of every kind, by few sources; one of them a draft.
const MANY: Mix = Mix {
    lines: (3, 7),
    moments: 8,
    relative: 40,
    shared: 25,
    sources: 3,
    prefer: 40,
    draft: 50,
    one_of: 5,
    choice: 10,
    identity: 10,
    unnamed: 15,
    fades: 10,
    ..TOGETHER
};

/// Few sources that often contradict each other, some trusted over others.
const QUARREL: Mix = Mix {
    days: (2, 4),
    relative: 50,
    shared: 40,
    sources: 3,
    prefer: 40,
    lines: (3, 4),
    ..Mix::PLAIN
};

/// Births, deaths, and what needs life.
const LIFE: Mix = Mix {
    words: LIVING,
    once: 80,
    lasts: 30,
    needs: 50,
    denied: 5,
    ..Mix::PLAIN
};

/// Few enough parts for every subset of them.
const FEW: Mix = Mix {
    lines: (2, 3),
    days: (2, 4),
    shared: 5,
    ..Mix::PLAIN
};

/// Everything at once.
const TOGETHER: Mix = Mix {
    moments: 4,
    words: ANYTHING,
    or: 10,
    undated: 5,
    lasting: 15,
    throughout: 10,
    span: 10,
    denied: 10,
    unknown: 10,
    doubted: 10,
    once: 50,
    lasts: 20,
    needs: 50,
    covers: 10,
    ..Mix::PLAIN
};
