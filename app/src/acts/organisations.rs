//! Organisations that a resident acts for.

use super::{id, particulars::TypedDay};
use crate::context::{self, office, settle};
use leptos::prelude::*;
use office::organisations::{NewMember, NewOrganisation, OrganisationChange};

/// The page of one's organisations.
const PAGE: &str = "/tai-khoan/to-chuc";

/// Enters an organisation that the person represents.
#[server]
pub async fn register_organisation(
    #[server(default)] organisation_number: String,
    #[server(default)] organisation_name: String,
    #[server(default)] organisation_address: String,
    #[server(default)] is_representative: String,
    command: String,
) -> Result<(), ServerFnError> {
    let input = NewOrganisation {
        number: organisation_number,
        name: organisation_name,
        address: organisation_address,
        is_representative: !is_representative.is_empty(),
    };
    let done = async { office().register_organisation(&context::resident(), input, id(&command)?).await };
    settle(done.await, |_| PAGE.into());
    Ok(())
}

/// Changes the name and the address of an organisation.
#[server]
pub async fn change_organisation(
    #[server(default)] organisation: String,
    #[server(default)] organisation_name: String,
    #[server(default)] organisation_address: String,
    command: String,
) -> Result<(), ServerFnError> {
    let done = async {
        let organisation = id(&organisation)?;
        let input = OrganisationChange { organisation, name: organisation_name, address: organisation_address };
        office().change_organisation(&context::resident(), input, id(&command)?).await
    };
    settle(done.await, |()| PAGE.into());
    Ok(())
}

/// Names an employee with the days from which to which they act.
#[server]
pub async fn name_employee(
    #[server(default)] organisation: String,
    #[server(default)] citizen_id: String,
    #[server(default)] name: String,
    #[server(default)] valid_from: TypedDay,
    #[server(default)] valid_to: TypedDay,
    command: String,
) -> Result<(), ServerFnError> {
    let done = async {
        let input = NewMember {
            organisation: id(&organisation)?,
            citizen_id,
            name,
            from: Some(valid_from.read("valid_from")?),
            to: valid_to.read_if_typed("valid_to")?,
        };
        office().name_employee(&context::resident(), input, id(&command)?).await
    };
    settle(done.await, |_| PAGE.into());
    Ok(())
}

/// Ends what an employee does for the organisation.
#[server]
pub async fn end_employee(
    #[server(default)] organisation: String,
    #[server(default)] member: String,
    command: String,
) -> Result<(), ServerFnError> {
    let done =
        async { office().end_employee(&context::resident(), id(&organisation)?, id(&member)?, id(&command)?).await };
    settle(done.await, |()| PAGE.into());
    Ok(())
}
