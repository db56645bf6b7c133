//! Components of the screens, after the component list of govuk-frontend.
//!
//! Rules of this crate:
//!
//! * It knows nothing of the domain and holds no product wording: every word a person reads comes in as a prop
//!   or as a child.
//! * Every component is plain server HTML that works without a script. Islands live in `app`.
//! * No `style=` attribute anywhere: the content security policy forbids it. Looks live in `style/components/`,
//!   one file per module here, under the same name.
//! * Components that write a form control give it a label above, a hint under the label, the error directly above
//!   the control, and tie all three together with ids built from `id` (see [`field::described_by`]).
//!
//! Optional words are [`MaybeText`]: pass a `&str`, a `String`, an `Option` of either, or leave the prop out.

pub mod breadcrumb;
pub mod button;
pub mod chart;
pub mod choice;
pub mod confirm;
pub mod date_field;
pub mod details;
pub mod empty;
pub mod error_summary;
pub mod field;
pub mod file_field;
pub mod icon;
pub mod notice;
pub mod page;
pub mod pager;
pub mod search_box;
pub mod select;
pub mod staff;
pub mod stat;
pub mod summary_list;
pub mod table;
pub mod tag;
pub mod task_list;
mod text;
pub mod text_area;
pub mod tile;
pub mod timeline;
mod tone;

pub use breadcrumb::{BackLink, Breadcrumb, Crumb};
pub use button::{Button, ButtonKind, ButtonRow, LinkButton};
pub use chart::{Bar, BarChart};
pub use choice::{Checkbox, Checkboxes, Choice, Radios};
pub use confirm::Confirm;
pub use date_field::DateField;
pub use details::Details;
pub use empty::Empty;
pub use error_summary::{ErrorSummary, ProblemLink};
pub use field::{FieldShell, TextField, described_by};
pub use file_field::{FileField, UploadedFile, UploadedList};
pub use icon::{Glyph, Icon};
pub use notice::{ConfirmationPanel, Inset, Notice};
pub use page::{
    CitizenFooter, CitizenHeader, CitizenMain, DemoBand, FooterLinks, Mark, PageLink, PageTitle, Section, SkipLink,
};
pub use pager::Pager;
pub use search_box::SearchBox;
pub use select::Select;
pub use staff::{ActionBar, FilterBar, Kbd, Pane, SideNav, SideNavItem, StaffBar, StaffMain, TwoPane};
pub use stat::{Stat, StatRow};
pub use summary_list::{SummaryCard, SummaryList, SummaryRow};
pub use table::{Cell, Column, Row, Table};
pub use tag::Tag;
pub use task_list::{Task, TaskList};
pub use text::MaybeText;
pub use text_area::TextArea;
pub use tile::{Tile, Tiles};
pub use timeline::{Moment, Timeline, TimelineEntry};
pub use tone::Tone;
