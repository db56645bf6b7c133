//! The icon set: 24 px, 2 px stroke, drawn for this product, always next to words.

use leptos::prelude::*;

/// A drawing of the icon set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    /// An arrow that turns back: withdrawn, return.
    ArrowBack,
    /// A banknote: money is due.
    Banknote,
    /// A pram: a birth.
    Birth,
    /// A building with columns: an office.
    Building,
    /// A calendar sheet.
    Calendar,
    /// A camera: take a photograph.
    Camera,
    /// A candle: a death.
    Candle,
    /// A bar chart: figures.
    Chart,
    /// A tick without a circle.
    Check,
    /// An angle pointing down.
    ChevronDown,
    /// An angle pointing left.
    ChevronLeft,
    /// An angle pointing right.
    ChevronRight,
    /// A clock: under way.
    Clock,
    /// A cross: close.
    Close,
    /// Two sheets: copy.
    Copy,
    /// An open door: enter.
    Door,
    /// An arrow into a tray: download.
    Download,
    /// An envelope: handed in.
    Envelope,
    /// An eye: reveal.
    Eye,
    /// A funnel: filter.
    Filter,
    /// A flag: a petition.
    Flag,
    /// A hand under a sheet: handed over.
    Hand,
    /// A hand under a heart: social support.
    HeartHands,
    /// A house.
    House,
    /// An identity card.
    IdCard,
    /// The letter i in a circle.
    Info,
    /// A folded map: a plot of land.
    Land,
    /// Lines of a list.
    List,
    /// A padlock.
    Lock,
    /// A mark on a map: a place.
    MapPin,
    /// A minus sign in a circle: not accepted.
    MinusCircle,
    /// A sheet of paper.
    Paper,
    /// A sheet with a plus sign: a paper is missing.
    PaperPlus,
    /// A sheet with a tick: the result.
    PaperTick,
    /// A pause sign in a circle: the clock stands still.
    Pause,
    /// A pen: a draft, or edit.
    Pen,
    /// A telephone.
    Phone,
    /// A plus sign.
    Plus,
    /// A printer.
    Printer,
    /// Two rings: a marriage.
    Ring,
    /// A lens: search.
    Search,
    /// A round seal on a ribbon: certified, signed.
    Seal,
    /// A shop front with an awning: a business.
    Shop,
    /// A square: stopped.
    Square,
    /// A star: rate the service.
    Star,
    /// A queue ticket.
    Ticket,
    /// A tick in a circle: accepted.
    Tick,
    /// A bin: delete.
    Trash,
    /// An arrow out of a tray: upload.
    Upload,
    /// One person.
    User,
    /// Several people.
    Users,
    /// A loudspeaker: read aloud.
    Voice,
    /// An exclamation mark in a triangle.
    Warning,
}

impl Glyph {
    /// Every drawing, in the order of the enum.
    pub const ALL: [Glyph; 53] = [
        Glyph::ArrowBack,
        Glyph::Banknote,
        Glyph::Birth,
        Glyph::Building,
        Glyph::Calendar,
        Glyph::Camera,
        Glyph::Candle,
        Glyph::Chart,
        Glyph::Check,
        Glyph::ChevronDown,
        Glyph::ChevronLeft,
        Glyph::ChevronRight,
        Glyph::Clock,
        Glyph::Close,
        Glyph::Copy,
        Glyph::Door,
        Glyph::Download,
        Glyph::Envelope,
        Glyph::Eye,
        Glyph::Filter,
        Glyph::Flag,
        Glyph::Hand,
        Glyph::HeartHands,
        Glyph::House,
        Glyph::IdCard,
        Glyph::Info,
        Glyph::Land,
        Glyph::List,
        Glyph::Lock,
        Glyph::MapPin,
        Glyph::MinusCircle,
        Glyph::Paper,
        Glyph::PaperPlus,
        Glyph::PaperTick,
        Glyph::Pause,
        Glyph::Pen,
        Glyph::Phone,
        Glyph::Plus,
        Glyph::Printer,
        Glyph::Ring,
        Glyph::Search,
        Glyph::Seal,
        Glyph::Shop,
        Glyph::Square,
        Glyph::Star,
        Glyph::Ticket,
        Glyph::Tick,
        Glyph::Trash,
        Glyph::Upload,
        Glyph::User,
        Glyph::Users,
        Glyph::Voice,
        Glyph::Warning,
    ];

    /// The drawing as the data of one SVG path, on a 24 × 24 grid.
    pub fn path(self) -> &'static str {
        match self {
            Glyph::ArrowBack => "M9 5 4 10l5 5M4 10h10a5 5 0 0 1 0 10H9",
            Glyph::Banknote => "M3 6h18v12H3zM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5M6 12h.01M18 12h.01",
            Glyph::Birth => {
                "M2 4h2.5L7 11M14 11V4a7 7 0 0 1 7 7zM7 11h14a7 7 0 0 1-14 0M10 18.6a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3M18 18.6a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3"
            }
            Glyph::Building => "M3 9l9-6 9 6zM5.5 9v9M10 9v9M14 9v9M18.5 9v9M3 21h18",
            Glyph::Calendar => "M4 6h16v15H4zM4 11h16M8 3v5M16 3v5",
            Glyph::Camera => "M3 8h4l2-3h6l2 3h4v12H3zM12 10.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7",
            Glyph::Candle => "M9 11h6v7H9zM12 11V9M12 2.5c2 2 2.5 5 0 6.5-2.5-1.5-2-4.5 0-6.5M5 21h14M5 21l1-3h12l1 3",
            Glyph::Chart => "M4 3v18h17M8.5 17v-4M13 17V8M17.5 17v-7",
            Glyph::Check => "M4 12.5 9.5 18 20 6.5",
            Glyph::ChevronDown => "M5 9l7 7 7-7",
            Glyph::ChevronLeft => "M15 5l-7 7 7 7",
            Glyph::ChevronRight => "M9 5l7 7-7 7",
            Glyph::Clock => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5l3.5 2",
            Glyph::Close => "M5 5l14 14M19 5 5 19",
            Glyph::Copy => "M9 9h12v12H9zM15 9V3H3v12h6",
            Glyph::Door => "M5 21V3h14v18M2 21h4M18 21h4M5 3l8 3v17l-8-2M10 13.5h.01",
            Glyph::Download => "M12 3v12M7 10l5 5 5-5M4 17v4h16v-4",
            Glyph::Envelope => "M3 5h18v14H3zM3 6l9 7 9-7",
            Glyph::Eye => "M2 12c5-8.5 15-8.5 20 0-5 8.5-15 8.5-20 0M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6",
            Glyph::Filter => "M3 5h18l-7 8v7l-4-2v-5z",
            Glyph::Flag => "M5 21V4M5 4h14l-3 5 3 5H5",
            Glyph::Hand => {
                "M8 3h8v7H8zM2 14h3l4-1 4 1.5a1.5 1.5 0 0 1-.5 3H9M13.5 17l5.5-3a1.7 1.7 0 0 1 2 2.5L14 21H7l-2-1H2"
            }
            Glyph::HeartHands => {
                "M12 11 8.5 7.5a2.2 2.2 0 0 1 3.5-2.7 2.2 2.2 0 0 1 3.5 2.7zM2 14h3l4-1 4 1.5a1.5 1.5 0 0 1-.5 3H9M13.5 17l5.5-3a1.7 1.7 0 0 1 2 2.5L14 21H7l-2-1H2"
            }
            Glyph::House => "M3 11.5 12 4l9 7.5M5.5 10v11h13V10M10 21v-6h4v6",
            Glyph::IdCard => {
                "M2 5h20v14H2zM8 9a2 2 0 1 0 0 4 2 2 0 0 0 0-4M5 16.5c.5-2 5.5-2 6 0M14.5 10H19M14.5 14H19"
            }
            Glyph::Info => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 11v6M12 7.5h.01",
            Glyph::Land => "M3 6l6-3 6 3 6-3v15l-6 3-6-3-6 3zM9 3v15M15 6v15",
            Glyph::List => "M9 6h12M9 12h12M9 18h12M4 6h.01M4 12h.01M4 18h.01",
            Glyph::Lock => "M5 11h14v10H5zM8 11V7a4 4 0 0 1 8 0v4M12 15v2",
            Glyph::MapPin => {
                "M12 22c-5-5-7.5-8.5-7.5-12a7.5 7.5 0 0 1 15 0c0 3.5-2.5 7-7.5 12M12 7.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5"
            }
            Glyph::MinusCircle => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M8 12h8",
            Glyph::Paper => "M6 3h8l5 5v13H6zM14 3v5h5M9.5 13h6M9.5 17h4",
            Glyph::PaperPlus => "M6 3h8l5 5v13H6zM14 3v5h5M12.5 11.5v6M9.5 14.5h6",
            Glyph::PaperTick => "M6 3h8l5 5v13H6zM14 3v5h5M9.5 15l2 2 4-4.5",
            Glyph::Pause => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M10 8.5v7M14 8.5v7",
            Glyph::Pen => "M4 20l1-5L16 4l4 4L9 19zM13.5 6.5l4 4",
            Glyph::Phone => "M4 4h5l2 5-2.5 2a12 12 0 0 0 4.5 4.5l2-2.5 5 2v5C11 21 3 13 4 4",
            Glyph::Plus => "M12 4v16M4 12h16",
            Glyph::Printer => "M7 8V3h10v5M7 17H3V8h18v9h-4M7 14h10v7H7z",
            Glyph::Ring => {
                "M8.5 9a6 6 0 1 0 0 12 6 6 0 0 0 0-12M15.5 9a6 6 0 1 1 0 12 6 6 0 0 1-3.5-1M12 10a6 6 0 0 1 3.5-1M13 5l2.5-2L18 5l-2.5 2.5z"
            }
            Glyph::Search => "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M15.5 15.5 21 21",
            Glyph::Seal => "M12 3a6 6 0 1 0 0 12 6 6 0 0 0 0-12M8.5 14l-1.5 7 5-2.5 5 2.5-1.5-7M10 9l1.5 1.5L14.5 7.5",
            Glyph::Shop => "M4 4h16l1.5 6h-19zM4.5 10v11h15V10M9 21v-6h6v6M9 4l-.5 6M15 4l.5 6",
            Glyph::Square => "M5 5h14v14H5z",
            Glyph::Star => "M12 3l2.8 5.9 6.2.9-4.5 4.5 1.1 6.4-5.6-3-5.6 3 1.1-6.4L3 9.8l6.2-.9z",
            Glyph::Ticket => "M3 6h18v4a2 2 0 0 0 0 4v4H3v-4a2 2 0 0 0 0-4zM14 6v2M14 11v2M14 16v2",
            Glyph::Tick => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M8 12.5l3 3 5.5-6.5",
            Glyph::Trash => "M4 6h16M9 6V3h6v3M6 6l1 15h10l1-15M10 10.5v6M14 10.5v6",
            Glyph::Upload => "M12 15V3M7 8l5-5 5 5M4 17v4h16v-4",
            Glyph::User => "M12 3.5a4 4 0 1 0 0 8 4 4 0 0 0 0-8M4 21c0-8 16-8 16 0",
            Glyph::Users => {
                "M9 4.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M2 20c0-7.5 14-7.5 14 0M16 4.8a3.5 3.5 0 0 1 0 6.4M18.5 14.8c2.2.8 3.5 2.6 3.5 5.2"
            }
            Glyph::Voice => "M4 9h4l5-5v16l-5-5H4zM16.5 9a4.5 4.5 0 0 1 0 6M19 6.5a8 8 0 0 1 0 11",
            Glyph::Warning => "M12 3.5 22 20.5H2zM12 10v5M12 17.8h.01",
        }
    }
}

/// One icon, hidden from screen readers: the words next to it say the same.
#[component]
pub fn Icon(
    /// Which drawing.
    glyph: Glyph,
) -> impl IntoView {
    view! {
        <svg
            class="icon"
            width="24"
            height="24"
            viewBox="0 0 24 24"
            fill="none"
            stroke="currentColor"
            stroke-width="2"
            stroke-linecap="round"
            stroke-linejoin="round"
            aria-hidden="true"
            focusable="false"
        >
            <path d=glyph.path()></path>
        </svg>
    }
}
