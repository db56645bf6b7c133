//! Which circular's forms a paper is printed on.

use crate::time::Day;

/// A circular with the forms of the one-stop shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Circular {
    /// Circular 01/2018/TT-VPCP.
    Tt01_2018,
    /// Circular 03/2025/TT-VPCP, in force from 15/09/2025.
    Tt03_2025,
}

impl Circular {
    /// 15/09/2025.
    const TT03_FROM: Day = Day(20_346);

    /// The one in force on the day of reception: it holds for every paper of the dossier, whenever that is printed.
    pub fn on(day: Day) -> Self {
        if day < Self::TT03_FROM { Self::Tt01_2018 } else { Self::Tt03_2025 }
    }

    /// As it is kept with a paper.
    pub fn key(self) -> &'static str {
        match self {
            Self::Tt01_2018 => "tt01_2018",
            Self::Tt03_2025 => "tt03_2025",
        }
    }

    /// The one of that key.
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Tt01_2018, Self::Tt03_2025].into_iter().find(|circular| circular.key() == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_2025_hold_from_their_first_day() {
        let on = |year, month, day| Circular::on(Day::from_ymd(year, month, day).unwrap());
        assert_eq!(on(2024, 3, 15), Circular::Tt01_2018);
        assert_eq!(on(2025, 9, 14), Circular::Tt01_2018);
        assert_eq!(on(2025, 9, 15), Circular::Tt03_2025);
        assert_eq!(on(2026, 11, 23), Circular::Tt03_2025);
        for circular in [Circular::Tt01_2018, Circular::Tt03_2025] {
            assert_eq!(Circular::from_key(circular.key()), Some(circular));
        }
    }
}
