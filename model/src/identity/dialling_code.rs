/// Country and dialling code (ITU-T E.164), a line each, in the order of the countries' names.
const LIST: &str = include_str!("dialling_code.txt");

/// The countries that have numbers of their own, by their codes of ISO 3166-1, each with what its numbers begin with after
/// the `+`; in the order of their names.
pub fn dialling_codes() -> impl Iterator<Item = (&'static str, &'static str)> {
    LIST.lines().filter_map(|line| line.split_once(' '))
}
