//! A million mixed expressions, read, validated and bounded.

use std::hint::black_box;

use annals_calendar::{Calendar, Record, Settings, chinese_dates, read, read_edtf};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};

const COUNT: usize = 1_000_000;

fn dates(criterion: &mut Criterion) {
    let settings = Settings::default();
    let (edtf, mixed) = (annals_benches::edtf(COUNT), annals_benches::mixed(COUNT));
    let mut group = criterion.benchmark_group("dates");
    group.sample_size(10);
    group.throughput(Throughput::Elements(COUNT as u64));
    group.bench_function("a million EDTF expressions", |bencher| {
        bencher.iter(|| {
            let bounded = |text: &&String| read_edtf(text).is_ok_and(|edtf| edtf.lo != edtf.hi);
            black_box(edtf.iter().filter(bounded).count())
        });
    });
    group.bench_function("a million mixed expressions", |bencher| {
        bencher.iter(|| {
            let good = |text: &&String| read(text, &settings).is_ok();
            black_box(mixed.iter().filter(good).count())
        });
    });
    group.bench_function("a million records", |bencher| {
        bencher.iter_batched(
            || &mixed,
            |texts| {
                texts
                    .iter()
                    .map(|text| Record::of(text, &settings))
                    .filter(|r| r.valid)
                    .count()
            },
            BatchSize::PerIteration,
        );
    });
    group.finish();
    let mut group = criterion.benchmark_group("days");
    let days: Vec<i64> = (0..10_000).map(|n| 1_721_426 + n * 73).collect();
    group.throughput(Throughput::Elements(days.len() as u64));
    for calendar in [Calendar::default(), Calendar::ISLAMIC, Calendar::Hebrew] {
        group.bench_function(format!("days to {} and back", calendar.name()), |bencher| {
            bencher.iter(|| {
                let back = |day: &i64| {
                    let date = calendar.from_jdn(*day);
                    calendar.to_jdn(date.year, date.month, date.day)
                };
                black_box(days.iter().filter_map(back).sum::<i64>())
            });
        });
    }
    group.bench_function("days to Chinese dates", |bencher| {
        bencher.iter(|| {
            days.iter()
                .map(|day| chinese_dates(*day).len())
                .sum::<usize>()
        });
    });
    group.finish();
}

criterion_group!(benches, dates);
criterion_main!(benches);
