//! A page of a title and a few sentences that asks nothing of the database: for whoever is not let in, and for when the
//! program itself failed.

use super::State;
use app::{errors, words::t};
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

/// The page, kept by no cache. Its words are the program's own: nothing in them is escaped.
pub(super) fn page(state: &State, status: StatusCode, title: &str, sentences: &[&str]) -> Response {
    let css = &state.site.names.citizen_css;
    let sentences: String = sentences.iter().map(|sentence| format!("<p>{sentence}</p>")).collect();
    let page = format!(
        "<!DOCTYPE html>\n<html lang=\"vi\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title}</title>\
         <link rel=\"stylesheet\" href=\"/pkg/{css}\"></head>\
         <body><main id=\"main\" class=\"citizen-main wrap\"><div class=\"citizen-body column\"><h1>{title}</h1>{sentences}</div></main>\
         </body></html>\n"
    );
    let policy = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'self'";
    let mut response = (status, page).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// What somebody is told when no page can be made: that it is the program's fault, and nothing of what broke.
pub(super) fn broken(state: &State, status: StatusCode) -> Response {
    let words = errors::sentence(&office::Error::Broken(String::new()));
    page(state, status, t("Chưa mở được trang này"), &[&words])
}
