//! Slots of a cluster: the slot of a key, slot maps and redirects.

use super::target::Address;
use ::redis::Value;

/// Number of slots of a cluster.
pub(super) const SLOT_COUNT: u16 = 16_384;

/// Returns the slot of a key: the CRC-16/XMODEM of its hash tag (the text between the first braces), or of the whole key.
pub(super) fn slot(key: &[u8]) -> u16 {
    let tag = key.iter().position(|byte| *byte == b'{').and_then(|open| {
        let rest = key.get(open + 1..)?;
        rest.iter().position(|byte| *byte == b'}').filter(|length| *length > 0).and_then(|close| rest.get(..close))
    });
    let crc = tag.unwrap_or(key).iter().fold(0_u16, |crc, byte| {
        (0..8).fold(
            crc ^ (u16::from(*byte) << 8),
            |crc, _| {
                if crc & 0x8000 == 0 { crc << 1 } else { (crc << 1) ^ 0x1021 }
            },
        )
    });
    crc % SLOT_COUNT
}

/// Parses the reply to `CLUSTER SLOTS` into slot ranges and their primaries. A node without a known address is `sender`,
/// the node that replied.
pub(super) fn ranges(reply: &Value, sender: &Address) -> Option<Vec<(u16, u16, Address)>> {
    let Value::Array(ranges) = reply else { return None };
    ranges
        .iter()
        .map(|range| {
            let Value::Array(range) = range else { return None };
            let [Value::Int(first), Value::Int(last), Value::Array(primary), ..] = &range[..] else { return None };
            let (first, last) = (u16::try_from(*first).ok()?, u16::try_from(*last).ok()?);
            let [host, Value::Int(port), ..] = &primary[..] else { return None };
            let host = match host {
                Value::BulkString(host) if !host.is_empty() && host != b"?" => String::from_utf8(host.clone()).ok()?,
                _ => sender.0.clone(),
            };
            (first <= last && last < SLOT_COUNT).then_some((first, last, (host, u16::try_from(*port).ok()?)))
        })
        .collect()
}

/// Parses the details of `MOVED` and `ASK`: a slot and its node.
pub(super) fn redirect(details: &str, sender: &Address) -> Option<(u16, Address)> {
    let (slot, address) = details.split_once(' ')?;
    let (host, port) = address.rsplit_once(':')?;
    let slot = slot.parse().ok().filter(|slot| *slot < SLOT_COUNT)?;
    let host = if host.is_empty() || host == "?" { sender.0.clone() } else { host.to_owned() };
    Some((slot, (host, port.parse().ok()?)))
}

#[cfg(test)]
mod tests {
    use super::{SLOT_COUNT, ranges, redirect, slot};
    use ::redis::Value;

    #[test]
    fn slots_are_those_of_the_specification() {
        // The check value of the specification, and results of `CLUSTER KEYSLOT`.
        assert_eq!(slot(b"123456789"), 0x31C3 % SLOT_COUNT);
        for (key, expected) in [("foo", 12_182), ("hit_counter", 7_602), ("", 0)] {
            assert_eq!(slot(key.as_bytes()), expected, "{key}");
        }
        for (key, same) in [("share:{abc}", "abc"), ("share:{abc}:parts", "abc"), ("{abc}{def}", "abc")] {
            assert_eq!(slot(key.as_bytes()), slot(same.as_bytes()), "{key}");
        }
        assert_ne!(slot(b"foo{}{bar}"), slot(b"bar"), "empty braces do not count");
    }

    #[test]
    fn slot_maps_and_redirects_are_parsed() {
        let sender = ("10.0.0.1".to_owned(), 7_000);
        let node = |host: &[u8], port| Value::Array(vec![Value::BulkString(host.to_vec()), Value::Int(port)]);
        let range = |first, last, node| Value::Array(vec![Value::Int(first), Value::Int(last), node]);
        let reply = Value::Array(vec![range(0, 99, node(b"", 7_000)), range(100, 16_383, node(b"10.0.0.2", 7_001))]);
        let expected = [(0, 99, sender.clone()), (100, 16_383, ("10.0.0.2".to_owned(), 7_001))];
        assert_eq!(ranges(&reply, &sender).unwrap(), expected);
        for bad in [range(0, 16_384, node(b"h", 1)), range(5, 4, node(b"h", 1)), range(0, 1, node(b"h", 70_000))] {
            assert_eq!(ranges(&Value::Array(vec![bad]), &sender), None);
        }
        assert_eq!(redirect("3999 127.0.0.1:6381", &sender), Some((3_999, ("127.0.0.1".into(), 6_381))));
        assert_eq!(redirect("3999 :6381", &sender), Some((3_999, ("10.0.0.1".into(), 6_381))));
        assert_eq!(redirect("3999 ::1:6381", &sender), Some((3_999, ("::1".into(), 6_381))));
        for bad in ["", "3999", "99999 h:1", "x h:1", "1 h", "1 h:x"] {
            assert_eq!(redirect(bad, &sender), None, "{bad}");
        }
    }
}
