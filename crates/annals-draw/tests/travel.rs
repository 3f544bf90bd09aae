//! Reach and voyages on maps, and figures as bars: the same bytes, well-formed whatever is named,
//! and nothing drawn that is not told.

use annals::{Compiled, MemoryWorld, Outcome, ReachShown, Scope, compile};
use annals_draw::{Look, MapOptions, Theme, figures, map};

fn chronicle(text: &str) -> Compiled {
    let world = MemoryWorld::new().with("main.annals", text);
    compile(&world, "main.annals")
}

const WAYS: &str = "chronicle \"Ways\"\nperson Hugh\nperson Maud\nperson Ann\npolity Here\n\
    place A at 10 N, 10 E\nplace B at 10 N, 12 E\nplace C at 12 N, 12 E\nplace Port at 9 N, 11 E\n\
    road A to B\n  distance 230 km\nroad B to C\n  distance 240 km\n\
    644-01-01: Hugh marches from A to B.\n644-01-01: Hugh sails from Port to B. #voyage\n\
    644-01-01: Maud departs from C.\n644-01-01: Ann arrives at Port.\n";

fn reach(compiled: &Compiled, days: u64) -> ReachShown {
    let answer = compiled.reach("A", days, Some("horse")).expect("a reach");
    match answer.results.into_iter().next() {
        Some(Outcome::Reach(shown)) => shown,
        other => panic!("no reach but {other:?}"),
    }
}

fn drawn(compiled: &Compiled, reach: Option<ReachShown>, theme: Theme) -> String {
    let overview = compiled.overview(&Scope::default());
    let day = annals::calendar::julian_to_jdn(644, 1, 1) as i32;
    let look = Look {
        theme,
        at: Some(day),
        ..Look::default()
    };
    map(&overview, &MapOptions { look, reach })
}

fn count(svg: &str, class: &str) -> usize {
    let tree = roxmltree::Document::parse(svg).expect("well-formed");
    let has = |n: &roxmltree::Node<'_, '_>| {
        let classes = n.attribute("class").unwrap_or_default();
        classes.split(' ').any(|c| c == class)
    };
    tree.descendants().filter(has).count()
}

#[test]
fn reach_rings_what_is_reached_and_nothing_else() {
    let compiled = chronicle(WAYS);
    // 230 km are seven days at 38 km a day and as many at 35; 470 are thirteen at 38.
    let near = drawn(&compiled, Some(reach(&compiled, 7)), Theme::Light);
    assert_eq!((count(&near, "iso-ring"), count(&near, "iso")), (1, 1));
    assert!(near.contains("within 7 days from A, horse"), "{near}");
    let far = drawn(&compiled, Some(reach(&compiled, 13)), Theme::Light);
    assert_eq!((count(&far, "iso-ring"), count(&far, "utmost")), (2, 1));
    let none = drawn(&compiled, None, Theme::Light);
    assert_eq!(count(&none, "iso-ring") + count(&none, "iso-start"), 0);
}

#[test]
fn a_voyage_is_no_march_and_a_departure_has_no_direction() {
    let compiled = chronicle(WAYS);
    for theme in Theme::ALL {
        let svg = drawn(&compiled, None, theme);
        assert_eq!(svg, drawn(&compiled, None, theme));
        // One on the map and one in the key.
        assert_eq!(count(&svg, "voyage"), 2);
        assert_eq!((count(&svg, "leaves"), count(&svg, "comes")), (1, 1));
        // Arrow heads of the march, the voyage, and both in the key.
        assert_eq!(count(&svg, "head"), 4);
    }
}

#[test]
fn figures_are_bars_with_their_sources() {
    let compiled = chronicle(
        "source a\nsource b <i>\npolity Here\npolity There & Co\n\
         644: Here attacks There & Co. #war [@a]\n  force of There & Co: 2000 to 3000 men\n\
         \x20 force of Here: at least 500 men\n  losses of Here: unknown\n\
         644: Here attacks There & Co. #war [@b]\n  force of There & Co: 5000 men\n",
    );
    let answer = compiled.figures(Some("#war")).expect("figures");
    let Some(Outcome::Figures(shown)) = answer.results.first() else {
        panic!("no figures");
    };
    for theme in Theme::ALL {
        let look = Look {
            theme,
            ..Look::default()
        };
        let svg = figures(shown, "War <1>", &look);
        assert_eq!(svg, figures(shown, "War <1>", &look));
        let least = count(&svg, "least");
        assert_eq!((least, count(&svg, "most"), count(&svg, "open")), (3, 1, 1));
        assert!(svg.contains("1 to 2.0"), "{svg}");
    }
    let text = answer.to_text();
    assert!(
        text.contains("5000 men") && text.contains("1 to 2.0"),
        "{text}"
    );
    let none = compiled.figures(Some("#peace"));
    assert!(none.is_err());
}
