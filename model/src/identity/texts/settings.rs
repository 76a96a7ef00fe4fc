/// One's own settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingsText {
    Title,
    Purpose,
    Sections,
}
