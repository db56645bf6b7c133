//! The stories of the demonstration's dossiers, told through the office's own acts on a clock that is set to each
//! moment in turn: so codes, dues, events, papers and audit rows are what they would have been.

use super::{
    acts,
    answers::answers_of,
    people::People,
    rules,
    story::{Book, Story, read},
    times::{When, moment_of},
};
use anyhow::{Context, Result, bail};
use domain::time::{Day, Instant};
use office::{Clock, Office, counter::WalkIn, uploads::Holder};
use std::{cmp::Reverse, collections::BinaryHeap};
use store::dossiers::{DossierRow, PaperListed};
use uuid::Uuid;

const STORIES: &str = include_str!("../../seed/stories.json");

/// The morning on which the demonstration stands: what would come after has not happened yet.
pub const END: &str = "2026-11-23T08:00";

/// Something that is going to happen, ordered by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Next {
    /// The law takes effect.
    Reorganisation,
    /// A limit has run out.
    RunOut,
    /// A step of a story; 0 is the filing.
    Step { story: usize, step: usize },
}

/// Tells every story.
pub async fn tell(office: &Office, clock: &Clock, people: &People) -> Result<()> {
    let mut book: Book = serde_json::from_str(STORIES).context("stories.json")?;
    for (story, number) in book.stories.iter_mut().zip(1..) {
        story.number = number;
    }
    let end = Instant::parse_local(END)?;
    let first_day: Day = rules::FIRST_DAY_OF_TODAYS_COMMUNES.parse()?;
    let mut coming = BinaryHeap::from([Reverse((first_day.start().plus_ms(5 * 60_000), Next::Reorganisation))]);
    for (index, story) in book.stories.iter().enumerate() {
        coming.push(Reverse((Instant::parse_local(&story.at)?, Next::Step { story: index, step: 0 })));
    }
    let mut dossiers: Vec<Option<Uuid>> = vec![None; book.stories.len()];
    while let Some(Reverse((at, next))) = coming.pop() {
        if at > end {
            break;
        }
        clock.set(at);
        let (index, step) = match next {
            Next::Reorganisation => {
                office.pass_on_open_dossiers(WORKER).await?;
                continue;
            }
            Next::RunOut => {
                office.run_out_clocks(WORKER).await?;
                continue;
            }
            Next::Step { story, step } => (story, step),
        };
        let story = &book.stories[index];
        let plot = book.plots.get(&story.plot).with_context(|| format!("no plot {}", story.plot))?;
        let about = || format!("story {} ({}), step {step} at {at}", story.number, story.plot);
        if step == 0 {
            dossiers[index] = Some(file(office, clock, people, story, at).await.with_context(about)?);
        } else {
            let id = dossiers[index].with_context(about)?;
            let act = plot[step - 1].split(' ').next().unwrap_or_default();
            acts::act(office, people, &book.words, story, id, act).await.with_context(about)?;
        }
        let row = read(office, dossiers[index].with_context(about)?).await?;
        if let Some(asked) = row.state.supplement.as_ref().filter(|_| row.status == 5) {
            coming.push(Reverse((asked.respond_by.plus_ms(60_000), Next::RunOut)));
        }
        if let Some(following) = next_step(office, plot, &row, step, story, at).with_context(about)? {
            coming.push(Reverse(following));
        }
    }
    clock.set(end);
    office.run_out_clocks(WORKER).await?;
    while office.seal_audit(WORKER).await? > 0 {}
    Ok(())
}

/// The worker that the demonstration's own past had.
const WORKER: Uuid = Uuid::from_u128(1);

/// The next step of the plot that still has a place in the dossier's course, and when.
fn next_step(
    office: &Office,
    plot: &[String],
    row: &DossierRow,
    step: usize,
    story: &Story,
    at: Instant,
) -> Result<Option<(Instant, Next)>> {
    let mut step = step;
    loop {
        let Some(line) = plot.get(step) else { return Ok(None) };
        step += 1;
        let (act, wait) = line.split_once(' ').with_context(|| format!("step \"{line}\""))?;
        if !acts::has_place(act, row, story.online) {
            continue;
        }
        let calendar = office.calendar_of_version(&row.calendar_version)?;
        let when: When = wait.parse()?;
        let jitter = (story.number * 7 + step * 13) % 11;
        let moment = moment_of(&calendar, when, at, row, jitter as i64, acts::is_residents_own(act, story.online))?;
        // The story's own index in the book.
        return Ok(Some((moment, Next::Step { story: story.number - 1, step })));
    }
}

async fn file(office: &Office, clock: &Clock, people: &People, story: &Story, at: Instant) -> Result<Uuid> {
    let books = office.books();
    let unit = books.places.by_key(&story.office).with_context(|| format!("no office {}", story.office))?.id;
    let resident = people.resident(&story.resident)?;
    let procedure = books.catalogue.in_force(&story.procedure, at.day()).context("no such procedure on that day")?;
    let form = books.catalogue.form_of(&procedure).context("no form")?;
    let (typed, pictures) = answers_of(&form.key, story, people, at.day())?;
    if !story.online {
        let calendar = office.calendar_of(unit);
        if !calendar.is_open_for_reception(at) {
            bail!("the counter is closed");
        }
        let home = resident.home_on(at.day())?;
        let lines = procedure.imported.cases.first().map_or(&[][..], |case| &case.papers);
        let papers = lines.iter().take(2).map(|line| PaperListed { name: line.name.clone(), originals: 1, copies: 0 });
        let walk_in = WalkIn {
            procedure_code: story.procedure.clone(),
            name: resident.name.clone(),
            citizen_id: resident.citizen_id.clone(),
            phone: resident.phone.clone(),
            address: home.line(),
            typed,
            papers: papers.collect(),
            case: story.case.clone(),
            ..WalkIn::default()
        };
        let clerk = acts::clerk(office, people, unit, story.turn())?;
        return Ok(office.receive_at_counter(&clerk, unit, walk_in, office.new_id()).await?);
    }
    let who = resident.who()?;
    // Filling in a form takes its time.
    let minutes = 6 + (story.number as i64 * 5) % 17;
    clock.set(at.plus_ms(-minutes * 60_000));
    let draft = office.start_draft(&who, &story.procedure, unit, office.new_id()).await?;
    for topic in &form.topics {
        let belongs = |path: &str| form.owner(path).is_some_and(|(owner, _)| owner.id == topic.id);
        let typed = typed.iter().filter(|(path, _)| belongs(path)).map(|(p, t)| (p.clone(), t.clone())).collect();
        office.save_topic(&who, draft, &topic.id, typed, true, None).await?;
    }
    for picture in pictures {
        let bytes = picture.bytes.as_slice();
        office.upload(&who, Holder::Draft(draft), picture.question, &picture.name, bytes).await?;
    }
    clock.set(at);
    let problems = office.draft(&who, draft).await?.parsed(office).problems;
    if !problems.is_empty() {
        bail!("the form still has problems: {problems:?}");
    }
    Ok(office.submit_draft(&who, draft, true, office.new_id()).await?.dossier)
}
