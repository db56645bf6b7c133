//! `motcua create-staff`: the first accounts of a commune.

use super::{end_staff::read_day, open_db, open_office, operator, seed_demo::ensure_rules};
use crate::config::Settings;
use anyhow::{Context, Result, bail};
use clap::Args;
use domain::role::Role;
use office::staff::{NewPosition, NewStaff, Welcome};
use std::{io::Read, process::ExitCode};

/// Enter a member of staff. The password is read from standard input.
#[derive(Args)]
pub struct CreateStaff {
    /// Login, such as `lan.ht`.
    #[arg(long)]
    login: String,
    /// Full name.
    #[arg(long)]
    name: String,
    /// Role: reception, specialist, civil_status, centre_director, leader, records, accountant, cashier, controller,
    /// administrator. May be given several times.
    #[arg(long, required = true)]
    role: Vec<String>,
    /// Key of the office the roles are held in. May be given several times, for somebody who works in several units.
    #[arg(long, required = true)]
    office: Vec<String>,
    /// Title on papers.
    #[arg(long)]
    title: String,
    /// First day of the roles, such as 2026-12-01; today without it.
    #[arg(long)]
    from: Option<String>,
    /// Last day of the roles; without it they go on.
    #[arg(long)]
    to: Option<String>,
}

impl CreateStaff {
    pub async fn run(self, settings: Settings) -> Result<ExitCode> {
        let from = self.from.as_deref().map(|day| read_day("--from", day)).transpose()?;
        let to = self.to.as_deref().map(|day| read_day("--to", day)).transpose()?;
        // Before the first start too: the offices come with the shipped rules.
        let db = open_db(&settings).await?;
        if !db.is_blank().await? {
            ensure_rules(&db, &settings).await?;
        }
        db.close().await;
        let office = open_office(&settings).await?;
        let books = office.books();
        let place = |key: &String| books.places.by_key(key).with_context(|| format!("no office \"{key}\""));
        let places = self.office.iter().map(place).collect::<Result<Vec<_>>>()?;
        let from = from.unwrap_or_else(|| office.now().day());
        if to.is_some_and(|to| to < from) {
            bail!("the last day (--to) lies before the first ({from})");
        }
        let mut positions = Vec::new();
        for key in &self.role {
            let Some(role) = Role::from_key(key) else { bail!("no role \"{key}\"") };
            for place in &places {
                positions.push(NewPosition { office: place.id, role, title: self.title.clone(), from, to });
            }
        }
        let password = read_password()?;
        let new = NewStaff { login: self.login, name: self.name, phone: None, password, positions };
        let welcome = office.create_staff(&operator(), new).await?;
        hand_over(welcome);
        Ok(ExitCode::SUCCESS)
    }
}

/// A password from standard input, long enough.
pub(super) fn read_password() -> Result<String> {
    let mut password = String::new();
    std::io::stdin().read_to_string(&mut password)?;
    let password = password.trim_end_matches(['\r', '\n']).to_string();
    if password.chars().count() < office::passwords::LEAST {
        bail!("the password on standard input is shorter than {} characters", office::passwords::LEAST);
    }
    Ok(password)
}

/// Prints the secret of one-time codes and the recovery codes, once.
pub(super) fn hand_over(welcome: Welcome) {
    println!("{}", welcome.totp_secret);
    for code in welcome.recovery_codes {
        println!("{code}");
    }
}
