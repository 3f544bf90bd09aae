//! `drawn as`: what pictures are told about a relation or an event type.

mod common;

use annals_chronicle::{Drawn, DrawnForm};

const KINDS: &str = "kind actor\nkind place\n";

fn world(declarations: &str) -> common::World {
    common::world(&format!("{KINDS}{declarations}"), "")
}

#[test]
fn a_form_names_the_roles_of_its_parts() {
    let world = world(
        "relation {low: actor} is subject to {high: actor}\n  drawn as {high} above {low}\n\
         event {who: actor} marches [from {origin: place}] [to {end: place}]\n  \
         drawn as {who} moving to {end}\n\
         event {sides: actor, 2+} meet in battle\n  drawn as {sides} fighting\n",
    );
    assert_eq!(world.reports, vec![]);
    let above = Drawn {
        form: DrawnForm::Above,
        roles: [Some(1), Some(0), None],
    };
    assert_eq!(world.vocabulary.relations[0].drawn, Some(above));
    let moving = Drawn {
        form: DrawnForm::Moving,
        roles: [Some(0), None, Some(2)],
    };
    assert_eq!(world.vocabulary.event_types[0].drawn, Some(moving));
    let fighting = Drawn {
        form: DrawnForm::Fighting,
        roles: [Some(0), None, None],
    };
    assert_eq!(world.vocabulary.event_types[1].drawn, Some(fighting));
}

#[test]
fn what_pictures_do_not_know_is_an_error() {
    for clause in [
        "{high} over {low}",
        "{high} moving to {low}",
        "{high} above",
        "{high} above {low} {low}",
        "{high} above at {low}",
        "{other} above {low}",
        "",
    ] {
        let text =
            format!("relation {{low: actor}} is subject to {{high: actor}}\n  drawn as {clause}\n");
        let world = world(&text);
        let codes: Vec<&str> = world.reports.iter().map(|r| r.code).collect();
        assert!(!codes.is_empty(), "`{clause}` passes");
        assert_eq!(world.vocabulary.relations[0].drawn, None, "{clause}");
    }
}
