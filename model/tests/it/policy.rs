use crate::support::en;
use model::{
    Event, EventSentence, Form, NewKeys, OrganisationEvent, PersonName, Policy, PolicyPoint, PolicyValue, Role,
    RoleChanges, SecondFactorWithin, Timestamp, limit,
};
use proptest::prelude::*;

fn points() -> impl Strategy<Value = PolicyPoint> {
    prop_oneof![
        prop::sample::select(vec![RoleChanges::Permitted, RoleChanges::Owner]).prop_map(PolicyPoint::RoleChanges),
        prop::sample::select(&Role::ASSIGNABLE[..]).prop_map(PolicyPoint::DefaultRole),
        prop::sample::select(vec![NewKeys::Creator, NewKeys::Nothing]).prop_map(PolicyPoint::NewKeys),
        "[@A-Za-z., ;-]{0,40}".prop_map(PolicyPoint::Domains),
        (0..200_u16).prop_map(PolicyPoint::SessionHours),
        (0..100_u16).prop_map(PolicyPoint::SessionIdle),
        (0..40_u16).prop_map(PolicyPoint::InvitationDays),
        (0..9_u8).prop_map(PolicyPoint::Depth),
        any::<bool>().prop_map(PolicyPoint::OwnEmail),
        any::<bool>().prop_map(PolicyPoint::RememberDevices),
        Just(PolicyPoint::SecondFactor(SecondFactorWithin::Never)),
        (0..40_u16).prop_map(|days| PolicyPoint::SecondFactor(SecondFactorWithin::Days(days))),
    ]
}

#[test]
fn begins_as_the_seeds_have_it() {
    let stored: Policy = serde_json::from_str("{}").unwrap();
    assert_eq!(stored, Policy::default());
    assert_eq!((stored.default_role, stored.role_changes), (Role::Admin, RoleChanges::Permitted));
    assert_eq!((stored.depth, stored.invitation_days, stored.session_hours), (limit::DEPTH, 7, None));
    assert_eq!(stored.session_idle, None);
    // Of a later version, or with some points alone.
    let stored: Policy = serde_json::from_str(r#"{"depth":2,"not_known_yet":true}"#).unwrap();
    assert_eq!(stored, Policy { depth: 2, ..Policy::default() });
}

#[test]
fn domains() {
    let point = PolicyPoint::Domains(" @Example.com;example.com  acme.co.za ".to_owned()).validated().unwrap();
    assert_eq!(point.value(), "example.com, acme.co.za");
    let mut policy = Policy::default();
    assert!(policy.admits("anybody@anywhere.test").is_ok());
    policy.set(&point, Timestamp(0));
    for (address, admitted) in [
        ("ana@example.com", true),
        ("ANA@ACME.CO.ZA", true),
        ("ana@sub.example.com", false),
        ("ana@notexample.com", false),
        ("\"ana@example.com\"@evil.test", false),
        ("example.com", false),
        ("ana@example.com.", false),
    ] {
        assert_eq!(policy.admits(address).is_ok(), admitted, "{address}");
    }
    for text in ["com", "exa mple", "-a.com", "a..com", "*.example.com"] {
        assert!(PolicyPoint::Domains(text.to_owned()).validated().is_err(), "{text}");
    }
}

#[test]
fn what_cannot_stand() {
    for point in [
        PolicyPoint::DefaultRole(Role::Owner),
        PolicyPoint::SessionHours(5),
        PolicyPoint::SessionIdle(5),
        PolicyPoint::InvitationDays(0),
        PolicyPoint::Depth(0),
        PolicyPoint::SecondFactor(SecondFactorWithin::Days(3)),
        PolicyPoint::Depth(limit::DEPTH + 1),
    ] {
        let errors = point.clone().validated().unwrap_err();
        assert!(errors.get(point.name()).is_some(), "{point:?}");
    }
}

#[test]
fn an_event_says_what_was_and_what_is() {
    let [before, after] = [7, 3].map(|days| PolicyValue::Point(PolicyPoint::InvitationDays(days)));
    let event =
        Event::Organisation(OrganisationEvent::PolicyUpdated { point: PolicyPoint::InvitationDays(3), before, after });
    assert_eq!(
        en(EventSentence { event: &event, whom: &PersonName::Unknown }),
        "changed the policy “How long invitations stay open” from 7 days to 3 days"
    );
    let read: Event = serde_json::from_str(&serde_json::to_string(&event).unwrap()).unwrap();
    assert_eq!(read, event);
}

proptest! {
    /// A point that is set is what the policy has then; each has a name of its own and its words.
    #[test]
    fn set_and_stored(changes in prop::collection::vec(points(), 0..12)) {
        let mut policy = Policy::default();
        for point in changes.into_iter().filter_map(|point| point.validated().ok()) {
            let before = policy.clone();
            let was = policy.set(&point, Timestamp(0));
            prop_assert!(policy.points().contains(&point));
            prop_assert!(before.points().contains(&was));
            let changed = before.points().iter().zip(policy.points()).filter(|(was, is)| **was != *is).count();
            prop_assert!(changed <= 1);
            prop_assert!(!en(PolicyValue::Point(point.clone())).is_empty());
            if let Some(choices) = point.choices(&Role::ASSIGNABLE) {
                prop_assert!(choices.contains(&point));
            }
            let stored: Policy = serde_json::from_str(&serde_json::to_string(&policy).unwrap()).unwrap();
            prop_assert_eq!(&stored, &policy);
        }
        // Safer is safer, and stays what it is.
        let mut safer = policy.clone();
        for (now, then) in policy.safer() {
            prop_assert!(then.clone().validated().is_ok());
            prop_assert_eq!(safer.set(&then, Timestamp(0)), now);
        }
        prop_assert_eq!(safer.safer(), vec![]);
        prop_assert!(safer.session_hours.unwrap() <= policy.session_hours.unwrap_or(u16::MAX));
        prop_assert!(safer.session_idle.unwrap() <= policy.session_idle.unwrap_or(u16::MAX));
        prop_assert!(safer.invitation_days <= policy.invitation_days);
        prop_assert_eq!((&safer.domains, safer.depth), (&policy.domains, policy.depth));
    }
}
