//! A browser that is asked for no second factor for a while: chosen by its user, and let be by every organisation.

use crate::support::{App, Device, Kind, PASSWORD, Person, on_both_databases};
use model::{AddPasskey, ConfirmIdentity, Password, PolicyPoint, SignIn};
use service::{
    Browser, Login, device, organisation, passkey, policy, second_factor,
    user::{self, SignInOutcome},
};
use std::time::Duration;

on_both_databases!(for_thirty_days, for_its_user_alone, until_the_factors_change, where_every_organisation_lets_it);

const DAY: Duration = Duration::from_hours(24);

fn by_password() -> ConfirmIdentity {
    ConfirmIdentity { password: Password::new(PASSWORD), ..ConfirmIdentity::default() }
}

async fn add(person: &Person) -> Device {
    let options = passkey::begin_adding(&person.ctx, by_password()).await.unwrap();
    let (device, passkey) = Device::make(&options);
    passkey::add(&person.ctx, AddPasskey { name: "Laptop".to_owned(), passkey }).await.unwrap();
    device
}

async fn sign_in(app: &App, person: &Person, browser: &Browser) -> SignInOutcome {
    let form = SignIn { email: person.email.clone(), password: Password::new(PASSWORD), then: String::new() };
    user::sign_in(&app.anonymous().with_browser(browser.clone()), form).await.unwrap()
}

async fn login(app: &App, person: &Person) -> Login {
    match sign_in(app, person, &Browser::default()).await {
        SignInOutcome::Complete(login) | SignInOutcome::NeedsSecondFactor(login) => login,
    }
}

/// A browser in which somebody chose to be remembered.
async fn remembered(app: &App, person: &Person) -> Browser {
    let login = login(app, person).await;
    let cookie = device::remember_without_second_factor(&app.anonymous(), login).await.unwrap().unwrap();
    Browser { session: None, devices: device::secrets(&cookie) }
}

async fn is_asked(app: &App, person: &Person, browser: &Browser) -> bool {
    matches!(sign_in(app, person, browser).await, SignInOutcome::NeedsSecondFactor(_))
}

async fn for_thirty_days(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    add(&ana).await;
    app.stop_clock();
    let browser = remembered(&app, &ana).await;
    let login = login(&app, &ana).await;
    let cookie = device::remember(&app.anonymous(), login).await.unwrap().unwrap();
    let merely_known = Browser { session: None, devices: device::secrets(&cookie) };
    assert!(is_asked(&app, &ana, &merely_known).await, "who chose nothing is asked");
    app.move_clock((30 * DAY).checked_sub(Duration::from_micros(1)).unwrap());
    assert!(!is_asked(&app, &ana, &browser).await);
    app.move_clock(Duration::from_micros(1));
    assert!(is_asked(&app, &ana, &browser).await);
}

async fn for_its_user_alone(on: Kind) {
    let app = App::new(on).await;
    let (ana, ben) = (app.member().await, app.viewer().await);
    add(&ana).await;
    add(&ben).await;
    let browser = remembered(&app, &ana).await;
    assert!(is_asked(&app, &ben, &browser).await);
    assert!(is_asked(&app, &ana, &Browser::default()).await, "in another browser");
}

async fn until_the_factors_change(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let mut device = add(&ana).await;
    let browser = remembered(&app, &ana).await;
    assert!(!is_asked(&app, &ana, &browser).await);
    let options = passkey::begin_confirming(&ana.ctx).await.unwrap();
    let proof = ConfirmIdentity { passkey: device.show(&options), ..by_password() };
    let options = passkey::begin_adding(&ana.ctx, proof).await.unwrap();
    let (_, made) = Device::make(&options);
    passkey::add(&ana.ctx, AddPasskey { name: "Phone".to_owned(), passkey: made }).await.unwrap();
    assert!(is_asked(&app, &ana, &browser).await);
}

async fn where_every_organisation_lets_it(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    add(&ana).await;
    organisation::create(&ana.ctx, model::NewOrganisation { name: "Globex".to_owned() }).await.unwrap();
    let browser = remembered(&app, &ana).await;
    assert!(!is_asked(&app, &ana, &browser).await);
    let set = async |on| {
        policy::update(&app.owner().ctx, app.account, PolicyPoint::RememberDevices(on)).await.unwrap();
    };
    set(false).await;
    assert!(is_asked(&app, &ana, &browser).await, "one of two does not");
    let step = second_factor::get_second_step(&app.anonymous(), login(&app, &ana).await).await.unwrap();
    assert!(!step.may_remember);
    let other = remembered(&app, &ana).await;
    set(true).await;
    assert!(!is_asked(&app, &ana, &browser).await);
    assert!(is_asked(&app, &ana, &other).await, "what was chosen while it did not stays without effect");
}
