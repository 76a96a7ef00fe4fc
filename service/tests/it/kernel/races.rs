//! Two who act at the same moment: one clear outcome, whoever is first.

use crate::support::{App, Kind, on_both_databases, problem};
use model::{MemberAct, MemberFilter, MemberSelection, Permission, Problem, Refusal, Role, RoleForm};
use service::{Actor, invitation, member, organisation, role};

on_both_databases!(
    two_demote_each_other,
    two_with_a_role_of_their_own,
    two_admins_demote_each_other,
    removed_while_accepting
);

const ROUNDS: usize = 6;

/// Whoever comes second finds that they may no longer.
async fn two_demote_each_other(on: Kind) {
    let app = App::new(on).await;
    for round in 0..ROUNDS {
        let may = "member.read member.update contact.read";
        let (ana, ben) = (app.custom(may).await, app.custom(may).await);
        let path = "member.update";
        let (by_ana, by_ben) = futures::join!(
            member::switch_permission(&ana.ctx, app.account, ben.member, path, false),
            member::switch_permission(&ben.ctx, app.account, ana.member, path, false)
        );
        assert!(by_ana.is_ok() != by_ben.is_ok(), "round {round}: {by_ana:?}, {by_ben:?}");
        for (person, won) in [(&ana, by_ana.is_ok()), (&ben, by_ben.is_ok())] {
            let held = organisation::standing(&person.ctx, app.account).await.unwrap().permissions;
            assert_eq!(held.contains(Permission::MemberUpdate), won, "round {round}");
            assert!(held.contains(Permission::ContactReadPii), "round {round}: nothing else is lost");
        }
        let refused = Problem::Refused(Refusal::Permission(Permission::MemberUpdate));
        assert_eq!(problem(if by_ana.is_ok() { by_ben } else { by_ana }), refused);
    }
}

/// A role that both hold is no way around it: as Viewer, one of them could change nobody any more.
async fn two_with_a_role_of_their_own(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let form = RoleForm { name: "Team lead".to_owned(), like: Some(Role::Viewer) };
    let role = role::create(&owner, app.account, form).await.unwrap();
    role::switch_permission(&owner, app.account, role, "member.update", true).await.unwrap();
    for round in 0..ROUNDS {
        let (ana, ben) = (app.viewer().await, app.viewer().await);
        for person in [&ana, &ben] {
            member::set_role(&owner, app.account, person.member, Role::Named(role)).await.unwrap();
        }
        let (by_ana, by_ben) = futures::join!(
            member::set_role(&ana.ctx, app.account, ben.member, Role::Viewer),
            member::set_role(&ben.ctx, app.account, ana.member, Role::Viewer)
        );
        assert!(by_ana.is_ok() != by_ben.is_ok(), "round {round}: {by_ana:?}, {by_ben:?}");
        for (person, won) in [(&ana, by_ana.is_ok()), (&ben, by_ben.is_ok())] {
            let role_now = organisation::standing(&person.ctx, app.account).await.unwrap().role;
            assert_eq!(role_now, if won { Role::Named(role) } else { Role::Viewer }, "round {round}");
        }
    }
}

/// Only the owner changes Admins: both are refused, both stay.
async fn two_admins_demote_each_other(on: Kind) {
    let app = App::new(on).await;
    for _ in 0..ROUNDS {
        let (ana, ben) = (app.admin().await, app.admin().await);
        let (one, two) = futures::join!(
            member::set_role(&ana.ctx, app.account, ben.member, Role::Viewer),
            member::set_role(&ben.ctx, app.account, ana.member, Role::Viewer)
        );
        let refused = Problem::Refused(Refusal::AdminByOwnerOnly);
        assert_eq!((problem(one), problem(two)), (refused.clone(), refused));
        for person in [&ana, &ben] {
            assert_eq!(organisation::standing(&person.ctx, app.account).await.unwrap().role, Role::Admin);
        }
    }
}

/// Somebody is removed while they accept an invitation to the same account: they are out, or in by the invitation,
/// and once.
async fn removed_while_accepting(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    for round in 0..ROUNDS {
        let ana = app.member().await;
        // Out and invited again, and brought back meanwhile: a member with an open invitation.
        let request = app.request(Actor::User(app.owner().user));
        let ana_alone = MemberSelection::Members(vec![ana.member]);
        let done = member::change_many(&request, app.account, ana_alone, MemberAct::Remove).await.unwrap();
        app.invite(&owner, app.account, &ana.email, Role::Viewer).await;
        member::undo(&owner, app.account, done.undo.unwrap()).await.unwrap();
        let own = invitation::list_own(&ana.ctx).await.unwrap()[0].id;
        let (removed, accepted) =
            futures::join!(member::remove(&owner, app.account, ana.member), invitation::accept_own(&ana.ctx, own));
        removed.unwrap();
        accepted.unwrap();
        let filter = MemberFilter { search: ana.email.clone(), ..MemberFilter::default() };
        let found = member::list(&owner, app.account, filter).await.unwrap();
        match organisation::standing(&ana.ctx, app.account).await {
            Ok(standing) => {
                assert_eq!((standing.role, found.total.rows().unwrap()), (Role::Viewer, 1), "round {round}");
            }
            Err(error) => assert_eq!(
                (problem::<()>(Err(error)), found.total.rows().unwrap()),
                (Problem::NotFound, 0),
                "round {round}"
            ),
        }
        assert!(invitation::list_own(&ana.ctx).await.unwrap().is_empty(), "round {round}");
    }
}
