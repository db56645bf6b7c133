//! `motcua create-staff`: the first accounts of a commune.

use super::{open_db, open_office, seed_demo::ensure_rules};
use crate::config::Settings;
use anyhow::{Context, Result, bail};
use clap::Args;
use domain::role::Role;
use office::staff::{NewPosition, NewStaff};
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
    /// Key of the office the roles are held in.
    #[arg(long)]
    office: String,
    /// Title on papers.
    #[arg(long)]
    title: String,
}

impl CreateStaff {
    pub async fn run(self, settings: Settings) -> Result<ExitCode> {
        // Before the first start too: the offices come with the shipped rules.
        let db = open_db(&settings).await?;
        if !db.is_blank().await? {
            ensure_rules(&db, &settings).await?;
        }
        db.close().await;
        let office = open_office(&settings).await?;
        let books = office.books();
        let place = books.places.by_key(&self.office).with_context(|| format!("no office \"{}\"", self.office))?;
        let mut positions = Vec::new();
        for key in &self.role {
            let Some(role) = Role::from_key(key) else { bail!("no role \"{key}\"") };
            positions.push(NewPosition {
                office: place.id,
                role,
                title: self.title.clone(),
                from: office.now().day(),
                to: None,
            });
        }
        let mut password = String::new();
        std::io::stdin().read_to_string(&mut password)?;
        let password = password.trim_end_matches(['\r', '\n']).to_string();
        if password.chars().count() < office::passwords::LEAST {
            bail!("the password on standard input is shorter than {} characters", office::passwords::LEAST);
        }
        let new = NewStaff { login: self.login, name: self.name, phone: None, password, positions };
        let welcome = office.create_staff(new).await?;
        println!("{}", welcome.totp_secret);
        for code in welcome.recovery_codes {
            println!("{code}");
        }
        Ok(ExitCode::SUCCESS)
    }
}
