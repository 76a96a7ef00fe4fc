use std::{
    any::{Any, TypeId},
    collections::HashMap,
};

/// What the areas keep in the running system, such as their caches: one value of each type.
#[derive(Default)]
pub(crate) struct Extensions(HashMap<TypeId, Box<dyn Any + Send + Sync>>);

impl Extensions {
    pub fn with<T: Send + Sync + 'static>(mut self, value: T) -> Self {
        self.0.insert(TypeId::of::<T>(), Box::new(value));
        self
    }

    /// # Panics
    /// When there is none. [`crate::Service::new`] puts in every one before anything else runs.
    #[expect(clippy::expect_used, reason = "a missing line in `Service::new` shows in every test that asks for it")]
    pub fn get<T: 'static>(&self) -> &T {
        let value = self.0.get(&TypeId::of::<T>()).and_then(|value| value.downcast_ref());
        value.expect("Service::new puts in every extension")
    }
}
