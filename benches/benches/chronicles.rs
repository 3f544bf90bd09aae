//! The stages that read a chronicle of ten thousand claims, each by itself.

use std::collections::BTreeSet;
use std::hint::black_box;

use annals_benches::chronicle::{Plan, generate};
use annals_resolve::{Input, ProjectSettings, resolve};
use annals_syntax::{Notation, Tree, parse};
use annals_text::Files;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

const CLAIMS: usize = 10_000;

fn texts() -> Vec<(String, String)> {
    let shipped = annals::VOCABULARY.iter();
    let shipped = shipped.map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
    shipped
        .chain(generate(&Plan::realistic(CLAIMS, 1)))
        .collect()
}

fn read(texts: &[(String, String)]) -> (Files, Vec<Tree>) {
    let mut files = Files::new();
    let mut trees = Vec::new();
    for (name, text) in texts {
        let file = files.add(name.as_str(), text.as_str());
        trees.push(parse(&files, file, Notation::Chronicle).0);
    }
    (files, trees)
}

fn chronicles(criterion: &mut Criterion) {
    let texts = texts();
    let (files, trees) = read(&texts);
    let mut group = criterion.benchmark_group("chronicles");
    group.sample_size(10);
    group.throughput(Throughput::Elements(CLAIMS as u64));
    group.bench_function("generate", |bencher| {
        bencher.iter(|| black_box(generate(&Plan::realistic(CLAIMS, 1))));
    });
    group.bench_function("parse", |bencher| bencher.iter(|| black_box(read(&texts))));
    group.bench_function("resolve", |bencher| {
        bencher.iter(|| {
            let input = Input {
                files: &files,
                trees: &trees,
                shipped: annals::VOCABULARY.len(),
                vocabulary: None,
                references: Vec::new(),
                project: ProjectSettings::default(),
                drafts: BTreeSet::new(),
            };
            black_box(resolve(input))
        });
    });
    group.finish();
}

criterion_group!(benches, chronicles);
criterion_main!(benches);
