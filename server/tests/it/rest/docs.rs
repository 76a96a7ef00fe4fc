//! `docs/api.md`, carried out.

use super::form::Form;
use crate::support::{Answer, App, Kind, PASSWORD, fields, on_both_databases};
use axum::body::Body;
use model::{ApiKeyForm, ContactForm, PermissionSet};
use serde_json::Value;
use std::collections::BTreeMap;

on_both_databases!(every_example);

const DOCS: &str = include_str!("../../../../docs/api.md");

/// A command, and the answer that stands below it.
struct Example {
    command: String,
    answer: Option<Value>,
}

fn examples() -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    for block in DOCS.split("```").skip(1).step_by(2) {
        match block.split_once('\n').unwrap() {
            ("sh", command) => {
                examples.push(Example { command: command.replace("\\\n", " "), answer: None });
            }
            ("json", answer) => {
                let example = examples.last_mut().unwrap();
                assert!(example.answer.is_none(), "{} has two answers", example.command);
                example.answer = Some(serde_json::from_str(answer).unwrap());
            }
            _ => {}
        }
    }
    examples
}

/// The words of a command, as a shell takes them apart.
fn words(command: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), String::new(), None);
    for letter in command.chars() {
        match (quote, letter) {
            (Some(end), letter) if letter == end => quote = None,
            (None, '\'' | '"') => quote = Some(letter),
            (None, ' ' | '\n') => words.push(std::mem::take(&mut word)),
            (Some(_) | None, letter) => word.push(letter),
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

async fn run(app: &App, command: &str) -> (String, Answer) {
    let words = words(command);
    let (mut method, mut address, mut body, mut headers) = (None, String::new(), None, Vec::new());
    let mut rest = words.iter().map(String::as_str);
    assert_eq!(rest.next(), Some("curl"), "{command}");
    while let Some(word) = rest.next() {
        match word {
            "-X" => method = rest.next(),
            "-H" => headers.extend(rest.next().unwrap().split_once(": ")),
            "-d" => body = rest.next(),
            path => path.clone_into(&mut address),
        }
    }
    let mut request = app.browser().request(method.unwrap_or("GET"), &address);
    for (name, value) in headers {
        request = request.header(name, value);
    }
    let body = body.map_or_else(Body::empty, |body| Body::from(body.to_owned()));
    let answer = app.browser().send(request.body(body).unwrap()).await;
    (format!("{} {address}", method.unwrap_or("GET")), answer)
}

/// What is there before the first command.
async fn scene(app: &App) -> BTreeMap<&'static str, String> {
    let owner = app.owner();
    let ctx = app.context(owner.user);
    for _ in 0..60 {
        let form = ContactForm { name: "Ben".into(), email: "ben@example.com".into(), ..ContactForm::default() };
        service::contact::create(&ctx, owner.account, form).await.unwrap();
    }
    let form = ApiKeyForm { name: "Old web shop".to_owned(), permissions: "contact".into(), days: 0, like: None };
    service::api_key::create(&ctx, owner.account, form).await.unwrap();
    let key = app.key(owner, PermissionSet::ALL).await;
    let account = owner.account.to_string();
    BTreeMap::from([("$URL", String::new()), ("$KEY", key), ("$ACCOUNT", account), ("$NOW", app.now())])
}

/// Ana accepts her invitation.
async fn accept(app: &App) {
    let secret = app.link("ana@example.com", "/invitations/").await;
    let form = [
        ("form[secret]", &*secret),
        ("form[first_name]", "Ana"),
        ("form[last_name]", "Ruiz"),
        ("form[password]", PASSWORD),
    ];
    assert!(app.browser().call("accept_invitation", &fields(&form)).await.status.is_success());
}

async fn every_example(on: Kind) {
    let app = App::new(on).await;
    let mut values = scene(&app).await;
    for Example { command, answer: expected } in examples() {
        let command = values.iter().fold(command, |command, (name, value)| command.replace(name, value));
        let (what, answer) = run(&app, &command).await;
        let told: Value = serde_json::from_str(&answer.body).unwrap_or_default();
        match &expected {
            Some(expected) => {
                assert!(Form::of(expected).fits(&Form::of(&told)), "{what}: {}", answer.body);
                let is_problem = answer.header("content-type") == "application/problem+json";
                assert_eq!(expected["problem"].is_object(), is_problem, "{what}: {}", answer.body);
            }
            None if what.starts_with("GET") => assert_eq!(answer.status.as_u16(), 200, "{what}: {}", answer.body),
            None => assert_eq!(answer.status.as_u16(), 204, "{what}: {}", answer.body),
        }
        let first = told["items"][0]["id"].as_str();
        for (name, part, value) in [
            ("$CONTACT", "/contacts", told["id"].as_str()),
            ("$MEMBER", "/members?", first),
            ("$OLD_KEY", "/api-keys?", first),
            ("$NEXT_CURSOR", "/access-log?", told["next_cursor"].as_str()),
        ] {
            if let (true, Some(value)) = (what.contains(part), value) {
                values.insert(name, value.to_owned());
            }
        }
        if what.ends_with("/invitations") {
            accept(&app).await;
        }
    }
    assert!(!values["$NEXT_CURSOR"].is_empty());
}
