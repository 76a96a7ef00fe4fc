mod lucide;

use leptos::{prelude::*, tachys::html::InertElement};
pub use lucide::Icon;

/// Makes `Icon`, in which one that no page shows is an error.
macro_rules! icons {
    ($($name:ident => $drawing:literal,)+) => {
        #[deny(dead_code)]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Icon {
            $($name,)+
        }

        impl Icon {
            pub(super) const fn drawing(self) -> &'static str {
                match self {
                    $(Self::$name => $drawing,)+
                }
            }
        }
    };
}
use icons;

/// A drawing beside a word; it says nothing by itself.
#[component]
pub fn Glyph(icon: Icon, #[prop(default = "size-4")] class: &'static str) -> impl IntoView {
    let drawing = icon.drawing();
    InertElement::new(format!(r#"<svg class="glyph {class}" viewBox="0 0 24 24" aria-hidden="true">{drawing}</svg>"#))
        .into_any()
}
