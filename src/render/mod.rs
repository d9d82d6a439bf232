//! Page → bytes: Markdown to HTML, template to HTML, one pass to finish the page. It knows no domain word.

pub mod finish;
pub mod frame;
pub mod markdown;
pub mod theme;

pub use frame::Frames;
pub use theme::Theme;
