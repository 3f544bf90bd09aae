//! Lines cut out of a file for showing, very wide ones shortened around what is pointed at.

use std::ops::Range;

use crate::TextFile;

/// Lines wider than this many characters are shortened.
const WIDE: usize = 200;
/// Characters kept on either side of each end of a range pointed at.
const AROUND: usize = 40;
/// Characters kept of a wide line nothing points at.
const HEAD: usize = 120;

/// Lines of a file as shown, and where the ranges asked for stand in them.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Excerpt {
    /// The lines, each with its line break.
    pub text: String,
    /// One range of `text` for each range asked for.
    pub ranges: Vec<Range<usize>>,
    /// Whether a line was shortened.
    pub shortened: bool,
}

/// Cuts out the lines `first..=last`. Each of `ranges` lies within one of them.
pub(crate) fn excerpt(file: &TextFile, first: u32, last: u32, ranges: &[Range<u32>]) -> Excerpt {
    let mut out = Excerpt {
        text: String::new(),
        ranges: vec![0..0; ranges.len()],
        shortened: false,
    };
    for number in first..=last {
        let Some((start, end)) = file.line_range(number) else {
            break;
        };
        let line = file.text.get(start as usize..end as usize).unwrap_or("");
        let here: Vec<usize> = (0..ranges.len())
            .filter(|i| ranges[*i].start >= start && ranges[*i].start <= end)
            .collect();
        let local = |at: u32| (at.clamp(start, end) - start) as usize;
        let ends = here
            .iter()
            .flat_map(|i| [local(ranges[*i].start), local(ranges[*i].end)]);
        let kept = kept(line, ends.collect());
        let base = out.text.len();
        let places = write(&mut out.text, line, &kept);
        out.shortened |= out.text.len() - base != line.len();
        for i in here {
            let shown = |at: u32| base + place(&kept, &places, local(at));
            out.ranges[i] = shown(ranges[i].start)..shown(ranges[i].end);
        }
        out.text.push('\n');
    }
    out
}

/// The parts of a line to show, in order and apart from each other.
fn kept(line: &str, mut points: Vec<usize>) -> Vec<Range<usize>> {
    let whole = 0..line.len();
    if line.len() <= WIDE || line.chars().nth(WIDE).is_none() {
        return vec![whole];
    }
    if points.is_empty() {
        let head = 0..ahead(line, 0, HEAD);
        return vec![head];
    }
    points.sort_unstable();
    points.dedup();
    let mut parts: Vec<Range<usize>> = Vec::new();
    for point in points {
        let part = back(line, point, AROUND)..ahead(line, point, AROUND);
        match parts.last_mut() {
            // A gap of a character would not be shorter than its dots.
            Some(last) if part.start <= last.end + 4 => last.end = part.end,
            _ => parts.push(part),
        }
    }
    parts
}

/// Writes the parts with `…` for what is left out; returns where each part begins.
fn write(out: &mut String, line: &str, parts: &[Range<usize>]) -> Vec<usize> {
    let base = out.len();
    let mut places = Vec::with_capacity(parts.len());
    let mut done = 0;
    for part in parts {
        if part.start > done {
            out.push('…');
        }
        places.push(out.len() - base);
        out.push_str(&line[part.clone()]);
        done = part.end;
    }
    if done < line.len() {
        out.push('…');
    }
    places
}

/// Where a byte of the line stands among the parts written.
fn place(parts: &[Range<usize>], places: &[usize], at: usize) -> usize {
    let after = parts.partition_point(|p| p.start <= at);
    let Some(index) = after.checked_sub(1) else {
        return 0;
    };
    places[index] + at.min(parts[index].end) - parts[index].start
}

fn back(line: &str, at: usize, chars: usize) -> usize {
    line[..at]
        .char_indices()
        .rev()
        .nth(chars - 1)
        .map_or(0, |(i, _)| i)
}

fn ahead(line: &str, at: usize, chars: usize) -> usize {
    line[at..]
        .char_indices()
        .nth(chars)
        .map_or(line.len(), |(i, _)| at + i)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn narrow_lines_stand_as_they_are() {
        let file = TextFile::new("f", "one\r\n唐伐焉耆\nthree");
        let cut = excerpt(&file, 2, 3, &[8..11, 18..23]);
        assert_eq!(cut.text, "唐伐焉耆\nthree\n");
        assert_eq!(&cut.text[cut.ranges[0].clone()], "伐");
        assert_eq!(&cut.text[cut.ranges[1].clone()], "three");
        assert!(!cut.shortened);
    }

    #[test]
    fn a_wide_line_keeps_what_is_pointed_at() {
        let text = format!("{}here{}", "焉".repeat(100_000), "x".repeat(100_000));
        let file = TextFile::new("f", text);
        let cut = excerpt(&file, 1, 1, &[300_000..300_004, 300_000..400_000]);
        assert_eq!(&cut.text[cut.ranges[0].clone()], "here");
        assert!(cut.text.chars().count() < 200, "{}", cut.text);
        assert!(cut.text.starts_with('…') && cut.text.ends_with("x\n"));
        assert!(cut.text[cut.ranges[1].clone()].contains('…'));
        assert!(cut.shortened);
    }
}
