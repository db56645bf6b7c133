//! The device behind a session, in words: enough to know one's own telephone from another.

use crate::words::{t, tf};

/// `Chrome trên máy Android`, from what a browser calls itself.
pub fn device(agent: &str) -> String {
    let known =
        |table: &[(&str, &'static str)]| table.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, words)| *words);
    // Whatever else a browser says it is like comes after its own name.
    let browser = known(&[
        ("Zalo", "Zalo"),
        ("coc_coc_browser", t("Cốc Cốc")),
        ("Edg", "Edge"),
        ("SamsungBrowser", "Samsung Internet"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let machine = known(&[
        ("Android", t("máy Android")),
        ("iPhone", t("iPhone")),
        ("iPad", t("iPad")),
        ("Windows", t("máy tính Windows")),
        ("Mac OS", t("máy Mac")),
        ("Linux", t("máy tính Linux")),
    ]);
    match (browser, machine) {
        (Some(browser), Some(machine)) => tf("{trình duyệt} trên {máy}", &[("trình duyệt", browser), ("máy", machine)]),
        (Some(one), None) | (None, Some(one)) => one.into(),
        (None, None) => t("Máy không rõ loại").into(),
    }
}

#[cfg(test)]
mod tests {
    use super::device;

    #[test]
    fn a_device_is_named_as_its_owner_would() {
        for (agent, words) in [
            (
                "Mozilla/5.0 (Linux; Android 13; SM-A135F) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36",
                "Chrome trên máy Android",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile Safari/604.1",
                "Safari trên iPhone",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) coc_coc_browser/120 Chrome/114.0 Safari/537.36",
                "Cốc Cốc trên máy tính Windows",
            ),
            ("Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537.36 Edg/120.0", "Edge trên máy tính Windows"),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Firefox/120.0", "Firefox trên máy tính Linux"),
            ("curl/8.0", "Máy không rõ loại"),
            ("", "Máy không rõ loại"),
        ] {
            assert_eq!(device(agent), words, "{agent}");
        }
    }
}
