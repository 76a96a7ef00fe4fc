use super::{Full, HIGH_IN_A_ROW, Permit, Priority, Queue};
use crate::thread::LowPriorityThreads;
use futures::{FutureExt, future::BoxFuture};
use std::sync::{Arc, Mutex, mpsc};

/// Those who wait for a turn, by name.
struct Waiting<'a>(Vec<(&'a str, Turn<'a>)>);

type Turn<'a> = BoxFuture<'a, Result<Permit<u8>, Full>>;

impl<'a> Waiting<'a> {
    fn none() -> Self {
        Self(Vec::new())
    }

    fn queue(&mut self, queue: &'a Queue<u8>, priority: Priority, network: u8, name: &'a str) {
        let mut turn = queue.enter(priority, network).boxed();
        assert!((&mut turn).now_or_never().is_none(), "{name} waits");
        self.0.push((name, turn));
    }

    /// Whose turn has come.
    fn next(&mut self) -> Option<(&'a str, Result<Permit<u8>, Full>)> {
        let (mut turn, mut answer) = (None, None);
        for (position, (name, future)) in self.0.iter_mut().enumerate() {
            if let Some(result) = future.now_or_never() {
                assert!(turn.is_none(), "one at a time");
                turn = Some(position);
                answer = Some((*name, result));
            }
        }
        drop(turn.map(|position| self.0.remove(position)));
        answer
    }

    /// The order in which everyone's turn comes.
    fn order(&mut self, first: Permit<u8>) -> Vec<&'a str> {
        drop(first);
        let mut order = Vec::new();
        while let Some((name, permit)) = self.next() {
            order.push(name);
            drop(permit.unwrap());
        }
        order
    }
}

fn permit(queue: &Queue<u8>) -> Permit<u8> {
    queue.enter(Priority::Normal, 0).now_or_never().unwrap().unwrap()
}

#[test]
fn turns_go_round_the_networks() {
    let queue = Queue::new(1, 8);
    let first = permit(&queue);
    let mut waiting = Waiting::none();
    for name in ["flood 1", "flood 2", "flood 3", "flood 4"] {
        waiting.queue(&queue, Priority::Normal, 1, name);
    }
    waiting.queue(&queue, Priority::Normal, 2, "single");
    assert_eq!(waiting.order(first), ["flood 1", "single", "flood 2", "flood 3", "flood 4"]);
    drop(permit(&queue));
}

#[test]
fn known_devices_go_first_and_stop_nobody() {
    let queue = Queue::new(1, 8);
    let first = permit(&queue);
    let mut waiting = Waiting::none();
    waiting.queue(&queue, Priority::Normal, 1, "anyone");
    let known = ["known 1", "known 2", "known 3", "known 4", "known 5"];
    for name in known {
        waiting.queue(&queue, Priority::High, 2, name);
    }
    assert_eq!(HIGH_IN_A_ROW, 4);
    assert_eq!(waiting.order(first), ["known 1", "known 2", "known 3", "known 4", "anyone", "known 5"]);
}

#[test]
fn a_full_queue_turns_away_the_last_of_the_largest_network() {
    let queue = Queue::new(1, 3);
    let first = permit(&queue);
    let mut waiting = Waiting::none();
    for name in ["flood 1", "flood 2", "flood 3"] {
        waiting.queue(&queue, Priority::Normal, 1, name);
    }
    assert_eq!(queue.enter(Priority::Normal, 1).now_or_never().unwrap().err(), Some(Full), "no more of the flood");
    waiting.queue(&queue, Priority::Normal, 2, "single");
    let (name, answer) = waiting.next().unwrap();
    assert_eq!((name, answer.err()), ("flood 3", Some(Full)));
    assert_eq!(queue.enter(Priority::Normal, 2).now_or_never().unwrap().err(), Some(Full), "nobody has more");
    waiting.queue(&queue, Priority::High, 1, "known");
    assert_eq!(waiting.order(first), ["known", "flood 1", "single", "flood 2"]);
}

#[test]
fn whoever_goes_away_leaves_the_queue() {
    let queue = Queue::new(1, 2);
    let first = permit(&queue);
    let mut gone = Waiting::none();
    for name in ["gone 1", "gone 2"] {
        gone.queue(&queue, Priority::Normal, 1, name);
    }
    drop(gone);
    let mut waiting = Waiting::none();
    for name in ["one", "two"] {
        waiting.queue(&queue, Priority::Normal, 1, name);
    }
    // Also in the moment in which the turn is given.
    drop(first);
    drop(waiting.0.remove(0));
    let (name, second) = waiting.next().unwrap();
    assert_eq!(name, "two");
    let mut gone = Waiting::none();
    gone.queue(&queue, Priority::High, 1, "gone 3");
    drop(gone);
    drop(second);
    drop(permit(&queue));
}

/// As many run as there are permits, although nobody waits for their answers any more.
#[tokio::test]
async fn a_running_check_keeps_its_permit() {
    let (queue, threads) = (Queue::new(2, 8), LowPriorityThreads::new(2));
    let (started, starts) = mpsc::channel();
    let (finish, finished) = mpsc::channel::<()>();
    let finished = Arc::new(Mutex::new(finished));
    let check = || {
        let (started, finished) = (started.clone(), Arc::clone(&finished));
        move || {
            started.send(()).unwrap();
            finished.lock().unwrap().recv().unwrap();
        }
    };
    for _ in 0..2 {
        let mut dropped = queue.run(&threads, Priority::Normal, 1, check()).boxed();
        assert!((&mut dropped).now_or_never().is_none());
        drop(dropped);
        starts.recv().unwrap();
    }
    let mut third = queue.run(&threads, Priority::Normal, 1, check()).boxed();
    assert!((&mut third).now_or_never().is_none());
    assert_eq!(queue.state().free, 0, "both run on");
    assert!(starts.try_recv().is_err(), "the third has not begun");
    finish.send(()).unwrap();
    finish.send(()).unwrap();
    finish.send(()).unwrap();
    third.await.unwrap();
    starts.recv().unwrap();
}

/// A check that fails ends its turn all the same.
#[tokio::test]
async fn a_panic_ends_the_turn() {
    let (queue, threads) = (Queue::new(1, 1), LowPriorityThreads::new(1));
    assert!(queue.run::<()>(&threads, Priority::Normal, 1, || panic!("a check that fails")).await.is_err());
    assert_eq!(queue.run(&threads, Priority::Normal, 1, || 1).await.unwrap(), 1);
}
