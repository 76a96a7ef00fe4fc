use crate::{
    Clock, Database, Mailer, Service, Settings, SmsGateway, account, explorer,
    kernel::{cache::VersionedCache, extensions::Extensions},
    member, organisation,
    passkey_ceremony::RelyingParty,
    password_queue::PasswordQueue,
    role,
    session::SessionCache,
    user,
};
use std::sync::Arc;

impl Service {
    /// Brings the kernel together with what each area keeps in it.
    pub fn new(
        settings: Settings,
        database: Database,
        mailer: Mailer,
        sms: SmsGateway,
        clock: Box<dyn Clock>,
    ) -> Arc<Self> {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let extensions = Extensions::default()
            .with(mailer)
            .with(sms)
            .with(SessionCache::new())
            .with(PasswordQueue::new(cores))
            .with(RelyingParty::new(&settings.public_url))
            .with::<user::ProfileCache>(VersionedCache::new(10_000))
            .with::<organisation::BreadcrumbCache>(VersionedCache::new(10_000))
            // Five thousand accounts each.
            .with::<account::ChoiceCache>(VersionedCache::new(20))
            .with::<role::ChoiceCache>(VersionedCache::new(1_000))
            .with(member::Caches::new())
            .with::<explorer::HolderTotals>(VersionedCache::new(1_000));
        Arc::new(Self::with_extensions(settings, database, clock, extensions))
    }
}
