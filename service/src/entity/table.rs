use model::{Resource, Timestamp};
use sea_orm::{Condition, EntityTrait, sea_query::Expr};

/// What a table is to the tenant wall, to the deletion of an account, to the purge and to what is shown before them. Each
/// entity declares its own with `table!`.
pub(crate) struct Table {
    pub name: fn() -> &'static str,
    pub scope: Scope,
    pub counted: Option<Counted>,
}

/// Whose the rows of a table are, and so with what they are deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// No organisation's: they are the installation's or a person's, or outlive the organisation.
    Global,
    /// An organisation's; deleted by its purge.
    Organisation,
    /// An account's; deleted by the change that deletes the account, or by the purge of the organisation.
    Account,
    /// As those of an account, but too many for one change: a worker deletes them after the account.
    LargeInAccount,
    /// A part of another row, with which the database deletes it.
    Cascade,
}

/// How the rows of a table are counted before they are deleted.
pub(crate) struct Counted {
    pub resource: Resource,
    pub count: fn() -> Expr,
    /// Which of them count.
    pub is_live: fn(Timestamp) -> Condition,
}

impl Table {
    pub const fn new(name: fn() -> &'static str, scope: Scope) -> Self {
        Self { name, scope, counted: None }
    }

    pub const fn counted(self, resource: Resource) -> Self {
        self.counted_by(resource, || Expr::cust("COUNT(*)"))
    }

    pub const fn counted_by(self, resource: Resource, count: fn() -> Expr) -> Self {
        Self { counted: Some(Counted { resource, count, is_live: |_| Condition::all() }), ..self }
    }

    pub const fn counted_where(self, resource: Resource, is_live: fn(Timestamp) -> Condition) -> Self {
        Self { counted: Some(Counted { resource, count: || Expr::cust("COUNT(*)"), is_live }), ..self }
    }

    /// Whether an organisation's purge has to delete its rows.
    pub fn is_purged(&self) -> bool {
        matches!(self.scope, Scope::Organisation | Scope::Account | Scope::LargeInAccount)
    }

    /// Whether its rows go with the account that they name.
    pub fn is_of_account(&self) -> bool {
        matches!(self.scope, Scope::Account | Scope::LargeInAccount)
    }
}

/// An entity whose rows belong to an organisation.
pub(crate) trait TenantEntity: EntityTrait {
    fn organisation() -> Self::Column;

    /// Set in rows that are as good as gone.
    fn deleted() -> Option<Self::Column> {
        None
    }
}

/// An entity whose rows lie in an account, or are accounts.
pub(crate) trait AccountEntity: TenantEntity {
    fn account() -> Self::Column;
}

/// Declares the table of an entity: its scope, and how it is counted if it is.
macro_rules! table {
    (Organisation $($counted:tt)*) => {
        table!(@tenant);
        table!(@declare Organisation $($counted)*);
    };
    (Account $($counted:tt)*) => {
        table!(@in_account);
        table!(@declare Account $($counted)*);
    };
    (LargeInAccount $($counted:tt)*) => {
        table!(@in_account);
        table!(@declare LargeInAccount $($counted)*);
    };
    (@tenant) => {
        impl super::TenantEntity for Entity {
            fn organisation() -> Column {
                Column::OrganisationId
            }
        }
    };
    (@in_account) => {
        table!(@tenant);

        impl super::AccountEntity for Entity {
            fn account() -> Column {
                Column::AccountId
            }
        }
    };
    (@declare $scope:ident $($counted:tt)*) => {
        pub(crate) const TABLE: super::Table =
            super::Table::new(|| Entity.table_name(), super::Scope::$scope)$($counted)*;
    };
    ($scope:ident) => {
        table!(@declare $scope);
    };
}
