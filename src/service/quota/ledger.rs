//! The bytes that each client keeps stored and has announced. No clock and no store: callers pass the time, and send
//! what other servers must know.

use super::allowance::{Allowance, Extent, Pot, files_limit};
use crate::share::guesser::ClientNetwork;
use crate::share::record::UPLOAD_IDLE;
use crate::store::Room;
use onetimeshare_envelope::ShareId;
use std::collections::HashMap;
use std::mem;
use std::time::{Duration, Instant};

/// Time after which counting starts anew.
pub(super) const DAY: Duration = Duration::from_secs(86_400);

/// Time without a part after which an upload no longer holds the room that it announced.
pub(super) const PROMISE: Duration = Duration::from_secs(120);

/// `Retry-After` in seconds for a client that has used its share; stored shares may end at any time.
const SHARE_RETRY_AFTER: u64 = 3_600;

/// `Retry-After` in seconds while announced uploads hold the room.
const PROMISE_RETRY_AFTER: u64 = 30;

/// Maximum number of accounts, and of stored shares whose end gives bytes back. Bounds the memory to about 20 MB.
const MAX_ACCOUNTS: usize = 100_000;
const MAX_STORED: usize = 100_000;

/// Whose bytes are counted, and in which pot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Account {
    pub(super) network: ClientNetwork,
    pub(super) pot: Pot,
}

/// Reason for a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The client has used its share; `Retry-After` in seconds.
    Used(u64),
    /// The share alone is larger than what a client may store.
    TooLarge,
    /// The store has no room.
    Full,
    /// The store has room, but other uploads have announced that they will fill it; `Retry-After` in seconds.
    Promised(u64),
}

/// Bytes of one account.
#[derive(Debug, Default)]
struct Use {
    /// Total of all servers, in the store's last reply. `None` before the first.
    shared: Option<i64>,
    /// Bytes that the store is being told.
    sending: i64,
    /// Bytes that the store must be told.
    unsent: i64,
}

impl Use {
    fn bytes(&self) -> u64 {
        let sum = self.shared.unwrap_or(0).saturating_add(self.sending).saturating_add(self.unsent);
        u64::try_from(sum).unwrap_or(0)
    }
}

/// An upload in progress.
#[derive(Debug, Clone, Copy)]
struct Upload {
    client: ClientNetwork,
    /// Bytes of its record and part 0.
    fixed: u64,
    /// Bytes of parts that will arrive, as far as the sender has announced them.
    announced: u64,
    /// Maximum bytes of parts.
    most: u64,
    arrived: u64,
    /// When the announcement was last renewed, by the creation or a part.
    renewed: Instant,
    /// When the last part arrived.
    active: Instant,
    lifetime: Duration,
    /// Bytes charged to the client.
    charged: Charge,
    /// Bytes that are charged but have not arrived.
    promised: u64,
}

impl Upload {
    fn valued(mut self, now: Instant) -> Self {
        let holds = now.saturating_duration_since(self.renewed) < PROMISE;
        self.promised = if holds { self.announced.saturating_sub(self.arrived) } else { 0 };
        self.charged = Charge { fixed: self.fixed, parts: self.arrived + self.promised };
        self
    }
}

/// The room of a part store; `None` when it knows no limit.
#[derive(Debug, Clone, Copy)]
struct FilesRoom(Option<Room>);

/// Bytes of a share.
#[derive(Debug, Clone, Copy, Default)]
struct Charge {
    /// Those of its record and part 0.
    fixed: u64,
    /// Those of the other parts.
    parts: u64,
}

/// A stored share.
#[derive(Debug, Clone, Copy)]
struct Stored {
    network: ClientNetwork,
    /// The pot of its fixed bytes.
    pot: Pot,
    bytes: Charge,
    /// When its bytes are removed.
    until: Instant,
}

/// A new share, for [`Ledger::admit_message`] and [`Ledger::admit_upload`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Request {
    pub(super) id: ShareId,
    pub(super) client: ClientNetwork,
    /// Bytes of its record and part 0.
    pub(super) fixed: u64,
    pub(super) lifetime: Duration,
}

/// All accounts of this server.
pub(super) struct Ledger {
    /// One client may use one part in this many of the room. `None` without limits per address.
    share: Option<u32>,
    is_measured: bool,
    /// `None` when the store knows no limit.
    room: Option<Room>,
    /// The room of the part store, if there is one.
    files: Option<FilesRoom>,
    /// Bytes stored since the measurement of the room.
    since: i64,
    uses: HashMap<Account, Use>,
    uploads: HashMap<ShareId, Upload>,
    stored: HashMap<ShareId, Stored>,
    /// Bytes announced by all uploads.
    promised: u64,
    day: Instant,
    /// Key that names accounts in a store that several servers share.
    key: Option<[u8; 32]>,
}

fn signed(bytes: u64) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}

/// Returns the networks whose limits apply to a client.
fn networks(client: ClientNetwork) -> impl Iterator<Item = (ClientNetwork, Extent)> {
    [(client, Extent::Client)].into_iter().chain(client.site().map(|site| (site, Extent::Site)))
}

impl Ledger {
    pub(super) fn new(share: Option<u32>, now: Instant) -> Self {
        Self {
            share,
            is_measured: false,
            room: None,
            files: None,
            since: 0,
            uses: HashMap::new(),
            uploads: HashMap::new(),
            stored: HashMap::new(),
            promised: 0,
            day: now,
            key: None,
        }
    }

    /// Returns whether bytes are counted per client.
    pub(super) fn counts(&self) -> bool {
        self.share.is_some()
    }

    pub(super) fn is_measured(&self) -> bool {
        self.is_measured
    }

    /// Returns the key of the accounts in a store that several servers share.
    pub(super) fn key(&self) -> Option<[u8; 32]> {
        self.key
    }

    /// Returns the room and the limits, or `None` when the store knows no limit.
    pub(super) fn limits(&self) -> Option<(Room, Option<Allowance>)> {
        self.room.map(|room| (room, self.allowance()))
    }

    fn allowance(&self) -> Option<Allowance> {
        Some(Allowance::of(self.room?, self.share?))
    }

    /// Returns the room of the part store and what one client may use of it.
    pub(super) fn files_limits(&self) -> Option<(Room, Option<u64>)> {
        let room = self.files?.0?;
        Some((room, self.share.map(|share| files_limit(room, share, Extent::Client))))
    }

    /// Returns the room of parts from 1 on at the last measurement.
    pub(super) fn files_room(&self) -> Option<Room> {
        let free = |room: Room| room.free.saturating_add_signed(-self.since);
        match self.files {
            Some(FilesRoom(room)) => room,
            None => self.room.map(|room| Room { free: free(room), ..room }),
        }
    }

    /// Returns how many bytes of parts a client without other shares may upload when `free` bytes are free, or `None`
    /// without a limit.
    pub(super) fn fits(&self, free: Option<u64>) -> Option<u64> {
        let kept = if self.files.is_some() { 0 } else { self.allowance().map_or(0, |allowance| allowance.kept) };
        let free = free.map(|free| free.saturating_sub(kept).saturating_sub(self.promised));
        let limit = self.limit(Extent::Client, self.parts_pot());
        free.into_iter().chain(limit).min()
    }

    /// Sets the room of a part store.
    pub(super) fn measured_files(&mut self, room: Option<Room>) {
        self.files = Some(FilesRoom(room));
    }

    /// Returns the pot of the parts from 1 on.
    fn parts_pot(&self) -> Pot {
        if self.files.is_some() { Pot::Files } else { Pot::Open }
    }

    /// Returns how many of these bytes take room of the record store.
    fn recorded(&self, bytes: Charge) -> u64 {
        if self.files.is_some() { bytes.fixed } else { bytes.fixed.saturating_add(bytes.parts) }
    }

    /// Returns what the clients in `extent` may use, or `None` without a limit.
    fn limit(&self, extent: Extent, pot: Pot) -> Option<u64> {
        match pot {
            Pot::Files => Some(files_limit(self.files?.0?, self.share?, extent)),
            pot => self.allowance().map(|allowance| allowance.limit(extent, pot)),
        }
    }

    /// Sets the measured room, and the key of the accounts in a shared store. Starts a new day when the key changed, or
    /// without a key after a day. Removes what has ended.
    pub(super) fn measured(&mut self, room: Option<Room>, key: Option<[u8; 32]>, now: Instant) {
        self.is_measured = true;
        self.room = room;
        self.since = 0;
        let over = now.saturating_duration_since(self.day) >= DAY;
        if key != self.key || (key.is_none() && over) {
            self.key = key;
            self.begin_day(now);
        }
        self.end_expired(now);
    }

    /// Forgets all accounts but those of uploads in progress.
    fn begin_day(&mut self, now: Instant) {
        self.day = now;
        self.uses.clear();
        self.stored.clear();
        let uploads: Vec<Upload> = self.uploads.values().copied().collect();
        for upload in uploads {
            self.recharge(upload.client, Pot::Open, Charge::default(), upload.charged);
        }
    }

    fn end_expired(&mut self, now: Instant) {
        let idle = Duration::from_secs(UPLOAD_IDLE);
        let ended = self.uploads.iter().filter(|(_, upload)| now.saturating_duration_since(upload.active) >= idle);
        let ended =
            ended.map(|(id, _)| *id).chain(self.stored.iter().filter(|(_, s)| s.until <= now).map(|(id, _)| *id));
        for id in ended.collect::<Vec<_>>() {
            self.release(id);
        }
        self.settle(now);
    }

    /// Reduces uploads without parts for [`PROMISE`] to what has arrived.
    fn settle(&mut self, now: Instant) {
        let due = |upload: &Upload| upload.promised > 0 && now.saturating_duration_since(upload.renewed) >= PROMISE;
        let ids: Vec<ShareId> = self.uploads.iter().filter(|(_, upload)| due(upload)).map(|(id, _)| *id).collect();
        for id in ids {
            if let Some(upload) = self.uploads.remove(&id) {
                self.replace(id, upload, upload.valued(now));
            }
        }
    }

    /// Stores an upload in place of its earlier state `old`, and charges the difference.
    fn replace(&mut self, id: ShareId, old: Upload, new: Upload) {
        self.promised = (self.promised + new.promised).saturating_sub(old.promised);
        self.recharge(new.client, Pot::Open, old.charged, new.charged);
        self.uploads.insert(id, new);
    }

    /// Charges a client for `new` in place of `old`, fixed bytes in `pot`.
    fn recharge(&mut self, client: ClientNetwork, pot: Pot, old: Charge, new: Charge) {
        let (fixed, parts) = (signed(new.fixed) - signed(old.fixed), signed(new.parts) - signed(old.parts));
        self.charge(client, pot, fixed);
        self.charge(client, self.parts_pot(), parts);
    }

    /// Charges bytes to a client, or gives them back when negative.
    fn charge(&mut self, client: ClientNetwork, pot: Pot, bytes: i64) {
        if self.share.is_none() || bytes == 0 {
            return;
        }
        for (network, _) in networks(client) {
            self.use_of(Account { network, pot }).unsent += bytes;
        }
    }

    /// Returns the bytes of an account. Makes room for a new one.
    fn use_of(&mut self, account: Account) -> &mut Use {
        if self.uses.len() >= MAX_ACCOUNTS && !self.uses.contains_key(&account) {
            self.forget_small();
        }
        self.uses.entry(account).or_default()
    }

    /// Forgets the accounts with at most twice the mean, which are at least half of them.
    fn forget_small(&mut self) {
        let sum = self.uses.values().fold(0, |sum: u64, used| sum.saturating_add(used.bytes()));
        let mean = sum / self.uses.len().max(1) as u64;
        self.uses.retain(|_, used| used.bytes() / 2 > mean);
    }

    /// Returns whether a client would use more than its share with `bytes` more.
    fn exceeds(&self, client: ClientNetwork, pot: Pot, bytes: u64) -> bool {
        bytes > 0
            && networks(client).any(|(network, extent)| {
                let used = self.uses.get(&Account { network, pot }).map_or(0, Use::bytes);
                self.limit(extent, pot).is_some_and(|limit| used.saturating_add(bytes) > limit)
            })
    }

    fn used_up(&self, client: ClientNetwork) -> Refusal {
        let announced = self.uploads.values().any(|upload| upload.client == client && upload.promised > 0);
        Refusal::Used(if announced { PROMISE.as_secs() } else { SHARE_RETRY_AFTER })
    }

    /// Charges a message without files. Returns false when it is charged already, or nothing is counted.
    pub(super) fn admit_message(&mut self, request: Request, now: Instant) -> Result<bool, Refusal> {
        let Request { id, client, fixed: bytes, lifetime } = request;
        let (Some(allowance), Some(room)) = (self.allowance(), self.room) else { return Ok(false) };
        if self.is_charged(id) {
            return Ok(false);
        }
        if self.exceeds(client, Pot::Open, bytes) {
            self.settle(now);
        }
        let free = room.free.saturating_add_signed(-self.since);
        // Announced parts that go to a part store take no room from messages.
        let promised = if self.files.is_some() { 0 } else { self.promised };
        let open = free >= bytes.saturating_add(allowance.kept).saturating_add(promised);
        let pot = if open && !self.exceeds(client, Pot::Open, bytes) {
            Pot::Open
        } else if self.exceeds(client, Pot::Kept, bytes) {
            return Err(self.used_up(client));
        } else {
            Pot::Kept
        };
        self.charge(client, pot, signed(bytes));
        let stored = Charge { fixed: bytes, parts: 0 };
        self.store(id, Stored { network: client, pot, bytes: stored, until: now + lifetime });
        self.since = self.since.saturating_add(signed(bytes));
        Ok(true)
    }

    fn is_charged(&self, id: ShareId) -> bool {
        self.stored.contains_key(&id) || self.uploads.contains_key(&id)
    }

    fn store(&mut self, id: ShareId, stored: Stored) {
        if self.share.is_some() && self.stored.len() < MAX_STORED {
            self.stored.insert(id, stored);
        }
    }

    /// Charges an upload of `announced` bytes of parts and at most `most`, when `free` bytes are free in the store.
    /// Returns false when it is charged already.
    pub(super) fn admit_upload(
        &mut self,
        request: Request,
        (announced, most): (u64, u64),
        free: Option<u64>,
        now: Instant,
    ) -> Result<bool, Refusal> {
        let Request { id, client, fixed, lifetime } = request;
        self.end_expired(now);
        if self.is_charged(id) {
            return Ok(false);
        }
        let bytes = Charge { fixed, parts: announced };
        let by_pot = [(Pot::Open, self.recorded(bytes)), (Pot::Files, announced)];
        for (pot, bytes) in by_pot {
            if self.limit(Extent::Client, pot).is_some_and(|limit| bytes > limit) {
                return Err(Refusal::TooLarge);
            }
        }
        if by_pot.into_iter().any(|(pot, bytes)| self.exceeds(client, pot, bytes)) {
            return Err(self.used_up(client));
        }
        let kept = self.allowance().map_or(0, |allowance| allowance.kept);
        let apart = self.files.is_some();
        // The record and part 0 need room as well where that is another's.
        if let (true, Some(room)) = (apart, self.room)
            && fixed.saturating_add(kept) > room.free.saturating_add_signed(-self.since)
        {
            return Err(Refusal::Full);
        }
        if let Some(free) = free {
            let needed = announced.saturating_add(if apart { 0 } else { kept });
            if needed > free {
                return Err(Refusal::Full);
            }
            if needed.saturating_add(self.promised) > free {
                return Err(Refusal::Promised(PROMISE_RETRY_AFTER));
            }
        }
        let none = Upload {
            client,
            fixed,
            announced,
            most,
            arrived: 0,
            renewed: now,
            active: now,
            lifetime,
            charged: Charge::default(),
            promised: 0,
        };
        self.replace(id, none, none.valued(now));
        self.since = self.since.saturating_add(signed(fixed));
        Ok(true)
    }

    /// Counts a part that arrives. After [`PROMISE`] without one, the client is charged for the rest again, or for this
    /// part alone when its share has no room for the rest.
    pub(super) fn admit_part(&mut self, id: ShareId, length: u64, now: Instant) -> Result<(), Refusal> {
        let Some(upload) = self.uploads.get(&id).copied() else { return Ok(()) };
        let arrived = (upload.arrived.saturating_add(length)).min(upload.most);
        let renewed = Upload { arrived, renewed: now, active: now, ..upload }.valued(now);
        let alone = Upload { renewed: upload.renewed, ..renewed }.valued(now);
        let growth = |new: &Upload| new.charged.parts.saturating_sub(upload.charged.parts);
        let pot = self.parts_pot();
        let Some(new) = [renewed, alone].into_iter().find(|new| !self.exceeds(upload.client, pot, growth(new))) else {
            return Err(self.used_up(upload.client));
        };
        self.replace(id, upload, new);
        let stored = self.recorded(Charge { fixed: 0, parts: arrived - upload.arrived });
        self.since = self.since.saturating_add(signed(stored));
        Ok(())
    }

    /// Returns the uploads without a part on this server for half of [`PROMISE`].
    pub(super) fn quiet_uploads(&self, now: Instant) -> Vec<ShareId> {
        let quiet = |upload: &Upload| now.saturating_duration_since(upload.active) >= PROMISE / 2;
        self.uploads.iter().filter(|(_, upload)| quiet(upload)).map(|(id, _)| *id).collect()
    }

    /// Corrects an upload by the bytes of parts in the store, which other servers may have received. `None`: there is
    /// no part, not even part 0, so it has ended.
    pub(super) fn received(&mut self, id: ShareId, arrived: Option<u64>, now: Instant) {
        let Some(upload) = self.uploads.get(&id).copied() else { return };
        match arrived {
            None => self.release(id),
            // Completed, or about to be.
            Some(arrived) if arrived >= upload.announced => self.completed(id, arrived, now),
            Some(arrived) if arrived > upload.arrived => {
                let new = Upload { arrived, renewed: now, active: now, ..upload }.valued(now);
                self.replace(id, upload, new);
            }
            Some(arrived) => self.replace(id, upload, Upload { arrived, ..upload }.valued(now)),
        }
    }

    /// Turns an upload into a stored share of `parts` bytes besides part 0, with the lifetime of its request.
    pub(super) fn completed(&mut self, id: ShareId, parts: u64, now: Instant) {
        let Some(upload) = self.uploads.remove(&id) else { return };
        let bytes = Charge { fixed: upload.fixed, parts };
        self.promised = self.promised.saturating_sub(upload.promised);
        self.recharge(upload.client, Pot::Open, upload.charged, bytes);
        self.store(id, Stored { network: upload.client, pot: Pot::Open, bytes, until: now + upload.lifetime });
    }

    /// Sets when the bytes of an opened share are removed.
    pub(super) fn opened(&mut self, id: ShareId, until: Instant) {
        if let Some(stored) = self.stored.get_mut(&id) {
            stored.until = until;
        }
    }

    /// Gives back the bytes of a share or upload that has ended.
    pub(super) fn release(&mut self, id: ShareId) {
        if let Some(upload) = self.uploads.remove(&id) {
            self.promised = self.promised.saturating_sub(upload.promised);
            self.recharge(upload.client, Pot::Open, upload.charged, Charge::default());
            let stored = Charge { parts: upload.arrived, ..upload.charged };
            self.since = self.since.saturating_sub(signed(self.recorded(stored)));
        }
        if let Some(Stored { network, pot, bytes, .. }) = self.stored.remove(&id) {
            self.recharge(network, pot, bytes, Charge::default());
            self.since = self.since.saturating_sub(signed(self.recorded(bytes)));
        }
    }

    /// Returns the accounts of a client that the store has not been asked about, or all of them.
    pub(super) fn accounts(&self, client: ClientNetwork, all: bool) -> Vec<Account> {
        let pots = [Pot::Open, Pot::Kept, Pot::Files].into_iter().take(if self.files.is_some() { 3 } else { 2 });
        let accounts = pots.flat_map(|pot| networks(client).map(move |(network, _)| Account { network, pot }));
        let known = |account: &Account| self.uses.get(account).is_some_and(|used| used.shared.is_some());
        accounts.filter(|account| all || !known(account)).collect()
    }

    /// Returns the accounts with bytes that the store must be told.
    pub(super) fn unsent(&self) -> Vec<Account> {
        self.uses.iter().filter(|(_, used)| used.unsent != 0).map(|(account, _)| *account).collect()
    }

    /// Takes the bytes that the store must be told about these accounts.
    pub(super) fn take_unsent(&mut self, accounts: &[Account]) -> Vec<i64> {
        let take = |account: &Account| {
            let Some(used) = self.uses.get_mut(account) else { return 0 };
            let bytes = mem::take(&mut used.unsent);
            used.sending += bytes;
            bytes
        };
        accounts.iter().map(take).collect()
    }

    /// Takes over the store's totals for accounts after it was told their `sent` bytes, or keeps these bytes for later
    /// when the call failed. Does nothing when a new day has begun since.
    pub(super) fn sent(&mut self, key: [u8; 32], accounts: &[Account], sent: &[i64], totals: Option<&[i64]>) {
        if self.key != Some(key) {
            return;
        }
        for (n, (account, bytes)) in accounts.iter().zip(sent).enumerate() {
            let total = totals.and_then(|totals| totals.get(n));
            let used = self.use_of(*account);
            used.sending -= bytes;
            match total {
                Some(total) => used.shared = Some(*total),
                None => used.unsent += bytes,
            }
        }
    }
}
