use super::Fields;

/// A form as it stands on a page: where it goes, and the fields with what is in them.
#[derive(Debug)]
pub struct PageForm {
    pub action: String,
    pub fields: Fields,
}

impl PageForm {
    /// The form that is posted to this server function, as a browser without code reads it.
    #[track_caller]
    pub fn on(html: &str, function: &str) -> Self {
        Self::with(html, function, "")
    }

    /// As [`PageForm::on`], of several the one that has this field.
    #[track_caller]
    pub fn with(html: &str, function: &str, field: &str) -> Self {
        let named = if field.is_empty() { String::new() } else { format!(" name=\"{field}") };
        let address = format!("/api/{function}");
        let goes_there = |action: String| action.split('?').next() == Some(&address);
        let mut forms = html.split("<form ").skip(1).filter_map(|rest| rest.split("</form>").next());
        let form = forms.find(|form| attribute(tag(form), "action").is_some_and(goes_there) && form.contains(&named));
        let form = form.unwrap_or_else(|| panic!("there is no form for {function} on {html}"));
        let action = attribute(tag(form), "action").unwrap();
        let mut fields = Fields::new();
        for (position, _) in form.match_indices("<input ") {
            let input = tag(&form[position..]);
            let choice = matches!(attribute(input, "type").as_deref(), Some("radio" | "checkbox"));
            if choice && !has(input, "checked") || has(input, "disabled") {
                continue;
            }
            if let Some(name) = attribute(input, "name") {
                fields.push((name, attribute(input, "value").unwrap_or_default()));
            }
        }
        for (position, _) in form.match_indices("<textarea ") {
            let area = &form[position..];
            let text = &area[tag(area).len()..area.find("</textarea>").unwrap()];
            fields.push((attribute(tag(area), "name").unwrap(), unescape(text)));
        }
        for select in form.split("<select ").skip(1).filter_map(|rest| rest.split("</select>").next()) {
            let select = &format!(" {select}");
            let mut options = select.split("<option").skip(1).map(tag);
            let chosen = options.clone().find(|option| has(option, "selected")).or_else(|| options.next());
            let chosen = chosen.and_then(|option| attribute(option, "value"));
            if let (Some(name), false) = (attribute(tag(select), "name"), has(tag(select), "disabled")) {
                fields.push((name, chosen.unwrap_or_default()));
            }
        }
        Self { action, fields }
    }

    pub fn value(&self, name: &str) -> &str {
        self.fields
            .iter()
            .find(|field| field.0 == name)
            .map_or_else(|| panic!("no {name} in {self:?}"), |field| &field.1)
    }

    /// Types into a field that the form has.
    #[track_caller]
    pub fn fill(mut self, name: &str, value: &str) -> Self {
        let field = self.fields.iter_mut().find(|field| field.0 == name);
        value.clone_into(&mut field.unwrap_or_else(|| panic!("the form has no field {name}")).1);
        self
    }
}

fn tag(html: &str) -> &str {
    &html[..=html.find('>').unwrap()]
}

fn has(tag: &str, name: &str) -> bool {
    tag.split([' ', '>', '=']).any(|part| part == name)
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split('"').next().map(unescape)
}

fn unescape(text: &str) -> String {
    let plain = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&amp;", "&")];
    plain.into_iter().fold(text.to_owned(), |text, (entity, plain)| text.replace(entity, plain))
}
