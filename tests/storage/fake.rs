//! A fake Redis server with wrong replies.

use crate::fixture::{numbered_id, record};
use onetimeshare::store::{Command, RedisOptions, RedisStorage, RedisTarget, Reply, Storage, StoreError};
use std::io::{BufRead, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

type Answers = fn(&[Vec<u8>]) -> Option<String>;

/// Starts a fake Redis. Returns a store that uses it and its number of connections. `answers` overrides correct replies.
fn serve(answers: Answers) -> (RedisStorage, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let connections = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&connections);
    // The thread ends with the process.
    thread::spawn(move || {
        for stream in listener.incoming() {
            counted.fetch_add(1, Ordering::SeqCst);
            thread::spawn(move || talk(&stream.unwrap(), answers));
        }
    });
    let target = RedisTarget::parse(&format!("redis://{address}")).unwrap();
    (RedisStorage::new(target, RedisOptions { pool_size: 2, ..RedisOptions::default() }).unwrap(), connections)
}

fn talk(stream: &TcpStream, answers: Answers) {
    let mut reader = BufReader::new(stream);
    let mut writer = stream;
    while let Some(words) = command(&mut reader) {
        let answer = answers(&words).unwrap_or_else(|| match &words[0][..] {
            b"ECHO" => format!("${}\r\n{}\r\n", words[1].len(), String::from_utf8_lossy(&words[1])),
            b"TIME" => "*2\r\n$10\r\n1700000000\r\n$6\r\n123456\r\n".into(),
            b"PING" => "+PONG\r\n".into(),
            // The ping of the store is a script.
            b"EVAL" if words[3] == b"hit_counter" => "*2\r\n$11\r\nhit_counter\r\n:1\r\n".into(),
            b"GET" => "$-1\r\n".into(),
            _ => "+OK\r\n".into(),
        });
        if writer.write_all(answer.as_bytes()).is_err() {
            return;
        }
    }
}

fn command(reader: &mut impl BufRead) -> Option<Vec<Vec<u8>>> {
    let number = |reader: &mut dyn BufRead| {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        line.trim_end().get(1..)?.parse::<usize>().ok()
    };
    let count = number(reader)?;
    (0..count)
        .map(|_| {
            let mut word = vec![0; number(reader)? + 2];
            reader.read_exact(&mut word).ok()?;
            word.truncate(word.len() - 2);
            Some(word)
        })
        .collect()
}

fn bulk(text: &[u8]) -> String {
    format!("${}\r\n{}\r\n", text.len(), String::from_utf8_lossy(text))
}

fn load(storage: &RedisStorage, n: u64) -> Result<Reply, StoreError> {
    storage.execute(vec![Command::Load { id: numbered_id(n) }]).remove(0)
}

#[test]
fn the_fake_redis_is_accepted_when_its_replies_are_correct() {
    let (storage, connections) = serve(|words| (words[0] == b"GET").then(|| bulk(&record(numbered_id(1), "waiting"))));
    for _ in 0..3 {
        let Ok(Reply::Loaded(loaded)) = load(&storage, 1) else { panic!() };
        assert_eq!(loaded.record, Some(record(numbered_id(1), "waiting")));
        assert_eq!(loaded.now.0, 1_700_000_000_123);
    }
    // One in use, one idle in the pool, and one for fetching the settings.
    assert!(connections.load(Ordering::SeqCst) <= 3);
}

#[test]
fn a_record_of_another_share_is_rejected_and_closes_the_connection() {
    let (storage, connections) = serve(|words| (words[0] == b"GET").then(|| bulk(&record(numbered_id(1), "waiting"))));
    for _ in 0..5 {
        assert!(matches!(load(&storage, 2), Err(StoreError::Unavailable(_))));
    }
    assert!(matches!(load(&storage, 1), Ok(Reply::Loaded(_))));
    assert!(connections.load(Ordering::SeqCst) >= 6, "each wrong reply closes a connection");
}

#[test]
fn one_unreadable_key_does_not_fail_a_load_of_several() {
    let all = |storage: &RedisStorage| {
        storage.execute(vec![Command::LoadAll { ids: vec![numbered_id(1), numbered_id(2)] }]).remove(0)
    };
    let one_odd: Answers = |words| match words {
        [get, key] if get == b"GET" && key.ends_with(format!("{{{}}}", numbered_id(1)).as_bytes()) => {
            Some("-WRONGTYPE share:{secret}\r\n".into())
        }
        [get, _] if get == b"GET" => Some(bulk(&record(numbered_id(2), "waiting"))),
        _ => None,
    };
    let Ok(Reply::LoadedAll(loaded)) = all(&serve(one_odd).0) else { panic!() };
    assert_eq!((&loaded[0].record, &loaded[1].record), (&None, &Some(record(numbered_id(2), "waiting"))));
    let loading: Answers = |words| (words[0] == b"GET").then(|| "-LOADING share:{secret}\r\n".into());
    assert!(matches!(all(&serve(loading).0), Err(StoreError::Unavailable(_))));
    let foreign: Answers = |words| (words[0] == b"GET").then(|| bulk(&record(numbered_id(3), "waiting")));
    assert!(matches!(all(&serve(foreign).0), Err(StoreError::Unavailable(_))));
}

#[test]
fn a_reply_to_another_request_is_rejected_and_closes_the_connection() {
    let wrong: [Answers; 4] = [
        |words| (words[0] == b"ECHO").then(|| bulk(b"tag:late")),
        |words| (words[0] == b"ECHO").then(|| ":1\r\n".into()),
        |words| (words[0] == b"TIME").then(|| "+OK\r\n".into()),
        |words| (words[0] == b"GET").then(|| "HTTP/1.1 400 Bad Request\r\n\r\n".into()),
    ];
    for answers in wrong {
        let (storage, connections) = serve(answers);
        for _ in 0..3 {
            assert!(matches!(load(&storage, 1), Err(StoreError::Unavailable(_))));
        }
        assert!(connections.load(Ordering::SeqCst) >= 3);
    }
}

#[test]
fn temporary_errors_are_unavailable_and_a_full_redis_is_full() {
    macro_rules! get_answers {
        ($($error:literal => $told:literal),+ $(,)?) => {
            [$(((|words| (words[0] == b"GET").then(|| concat!("-", $error, " share:{secret}\r\n").into())) as Answers, $told)),+]
        };
    }
    for (answers, told) in get_answers! {
        "LOADING" => "loading", "READONLY" => "replica", "MASTERDOWN" => "primary", "CLUSTERDOWN" => "cluster",
        "MISCONF" => "disk", "NOREPLICAS" => "replicas", "TRYAGAIN" => "moving", "BUSY" => "busy", "NOAUTH" => "password",
        "NOPERM" => "allow", "ERR" => "ERR", "WRONGTYPE" => "did not write",
    } {
        let (storage, _) = serve(answers);
        let Err(StoreError::Unavailable(text)) = load(&storage, 1) else { panic!() };
        assert!(text.contains(told) && !text.contains("secret"), "{told}: {text}");
        // The error of one command does not affect the others.
        let mixed = storage.execute(vec![Command::Ping, Command::Load { id: numbered_id(1) }, Command::Ping]);
        assert!(mixed[0].is_ok() && mixed[1].is_err() && mixed[2].is_ok());
    }
    let [(answers, _)] = get_answers! { "OOM" => "" };
    assert_eq!(load(&serve(answers).0, 1), Err(StoreError::Full));
}
