//! Checks of requests: their size, speed, paths and addresses, and the store behind them.

use super::super::client::{Exchange, Failure};
use super::super::observe::{Clients, SLOW, Upload, WAIT};
use super::super::page;
use super::super::proxy::Proxy;
use super::super::remedy::Trouble;
use super::{Judgement, described, fault, not_tried, ok, own_code, refused_for_now, seconds, short, warning};
use std::time::Duration;

/// Whether the store works, and what it guarantees.
pub(super) fn store(ready: &Exchange) -> Judgement {
    let Ok(answer) = ready else { return not_tried(format!("/health/ready: {}", described(ready))) };
    let body = answer.json();
    let (Some(status), Some(store)) = (body["status"].as_str(), body["store"].as_str()) else {
        return not_tried("the proxy does not pass /health/ready on; run \"onetimeshare healthcheck\" on the server");
    };
    if answer.status != 200 || status != "ready" {
        return fault(Trouble::StoreDown, format!("{} is {}", short(store), short(status)));
    }
    match body["guarantee"].as_str().unwrap_or("unknown") {
        "strict" => ok(format!("{}, with the guarantee strict", short(store))),
        weaker => warning(Trouble::StoreWeak, format!("{}, with the guarantee {}", short(store), short(weaker))),
    }
}

/// Whether `%23` stays as it is in a path. `damaged` is the page of a link, `marked` an address that is no page unless the
/// path ends at `%23`.
pub(super) fn paths(damaged: &Exchange, marked: &Exchange) -> Judgement {
    if marked.as_ref().is_ok_and(|answer| answer.status == 200 && answer.text().trim() == "live") {
        return fault(Trouble::Path, "the proxy cuts paths off at %23");
    }
    match damaged {
        Ok(answer) if answer.status == 200 && page::name(&answer.text()).as_deref() == Some("open") => {
            ok("arrives as it was sent")
        }
        got => fault(Trouble::Path, format!("the page of a link with %23 in place of #: {}", described(got))),
    }
}

/// Whether a part of a file goes up and down.
pub(super) fn parts(upload: &Upload) -> Judgement {
    if let Some(reason) = [&upload.created, &upload.whole].into_iter().find_map(refused_for_now) {
        return not_tried(reason);
    }
    match &upload.created {
        Ok(answer) if matches!(answer.status, 200 | 201) => {}
        got => return fault(Trouble::Part, format!("a share cannot be created: {}", described(got))),
    }
    match &upload.whole {
        Ok(answer) if answer.status == 204 => {}
        got => return fault(Trouble::Part, format!("a request of {} bytes: {}", upload.part.len(), described(got))),
    }
    match &upload.fetched {
        // The slow part is missing, so the share could not be opened; another check tells.
        _ if !upload.slow.as_ref().is_ok_and(|answer| answer.status == 204) => {
            ok(format!("{} bytes arrive in one request", upload.part.len()))
        }
        Ok(answer) if answer.status == 200 && answer.body == upload.part => {
            ok(format!("{} bytes go up and down unchanged", upload.part.len()))
        }
        Ok(answer) if answer.status == 200 => {
            fault(Trouble::Altered, "a part comes back with other bytes than were sent")
        }
        got => refused_for_now(got)
            .map_or_else(|| fault(Trouble::Part, format!("a part cannot be fetched: {}", described(got))), not_tried),
    }
}

/// Whether a form with the largest files that the site takes is let in. `announced` is a body of that length of which only the
/// start is sent.
pub(super) fn form_size(max_size: u64, announced: &Exchange) -> Judgement {
    let size = format!("{}.{} MB", max_size / 1_000_000, max_size / 100_000 % 10);
    match announced {
        Ok(answer) if answer.status == 413 => {
            fault(Trouble::FormSize, format!("a form of {size}, as max_size allows: {}", described(announced)))
        }
        // 504: the proxy waited for the program, which had not received the whole body.
        Ok(answer) if matches!(answer.status, 200 | 504) => ok(format!("a form of {size} is let in")),
        Err(Failure::Silent(_)) => ok(format!("a form of {size} is let in")),
        got => not_tried(format!("a form of {size} was announced: {}", described(got))),
    }
}

/// Whether the program gets a request before its body is complete. The program answers after
/// 10 seconds although the body is not finished.
pub(super) fn streaming(stalled: &Exchange, proxies: &[Proxy]) -> Judgement {
    match stalled {
        Ok(answer) if answer.status == 200 => ok("the program gets bodies as they arrive"),
        Err(Failure::Silent(_)) if proxies.contains(&Proxy::Apache) => {
            not_tried("Apache passes the program's answer on only after the whole body, also where it streams")
        }
        Err(Failure::Silent(time)) => fault(
            Trouble::Buffered,
            format!(
                "the program gets no body before it is complete: no answer within {} to one that is not finished",
                seconds(*time)
            ),
        ),
        got => not_tried(format!("a body that is not finished: {}", described(got))),
    }
}

/// Whether responses are streamed, which no request can tell.
pub(super) fn response_streaming() -> Judgement {
    not_tried("cannot be seen from outside; compare the proxy's settings with docs/deployment.md, \"TLS proxy\"")
}

/// Whether a part may take ten seconds.
pub(super) fn slow_upload(upload: &Upload) -> Judgement {
    if let Some(reason) = [&upload.created, &upload.slow].into_iter().find_map(refused_for_now) {
        return not_tried(reason);
    }
    let created = upload.created.as_ref().is_ok_and(|answer| matches!(answer.status, 200 | 201));
    match &upload.slow {
        _ if !created => not_tried("no share could be created"),
        Ok(answer) if answer.status == 204 => ok(format!("a part that takes {} arrives", seconds(answer.took))),
        Ok(answer) if answer.status == 413 => not_tried("parts are refused"),
        got => fault(Trouble::SlowUpload, format!("a part that takes {}: {}", seconds(SLOW), described(got))),
    }
}

/// Whether a status request may wait for as long as it asks.
pub(super) fn long_wait(waited: &Exchange) -> Judgement {
    if let Some(reason) = refused_for_now(waited) {
        return not_tried(reason);
    }
    match waited {
        Ok(answer) if answer.status == 200 && answer.took < Duration::from_secs(WAIT - 1) => not_tried(format!(
            "the site answered after {} although nothing had changed; many requests may be waiting",
            seconds(answer.took)
        )),
        Ok(answer) if answer.status == 200 => ok(format!("a request waits for {}", seconds(answer.took))),
        Ok(answer) if own_code(answer).is_some() => not_tried(described(waited)),
        got => fault(Trouble::Wait, format!("a request that waits for {WAIT} s: {}", described(got))),
    }
}

/// Whether the proxy speaks HTTP/1.1 to the program. Only HTTP/1.1 knows bodies of unannounced length, so a proxy that streams
/// bodies but announces the length of such a one speaks HTTP/1.0. The program refuses it with 411.
pub(super) fn http_version(stalled: &Exchange, chunked: &Exchange) -> Judgement {
    if let Some(reason) = refused_for_now(chunked) {
        return not_tried(reason);
    }
    let Ok(answer) = chunked else { return not_tried(format!("a body without a length: {}", described(chunked))) };
    match (own_code(answer).as_deref(), stalled) {
        (Some("length_needed"), _) => ok("a body without a length arrives as it is"),
        (Some("not_found"), Ok(streamed)) if streamed.status == 200 => {
            fault(Trouble::OldHttp, "the proxy holds a body without a length to count it, as for HTTP/1.0")
        }
        (Some("not_found"), _) => {
            not_tried("the proxy holds all bodies, so that the version makes no difference that shows")
        }
        _ => not_tried(format!("a body without a length: {}", described(chunked))),
    }
}

/// Whether the program tells visitors apart by their addresses. It counts wrong passwords by client.
pub(super) fn addresses(clients: &Clients) -> Judgement {
    if let Some(reason) = refused_for_now(&clients.tried) {
        return not_tried(reason);
    }
    let left = |got: &Exchange| got.as_ref().ok().and_then(|answer| answer.json()["tries_left"].as_u64());
    let [Some(own), Some(second)] = clients.again.each_ref().map(left) else {
        return not_tried(format!("looks at a share of its own: {}", described(&clients.again[0])));
    };
    if left(&clients.tried) != Some(own) || own != second {
        return warning(Trouble::ChangingAddress, "a visitor's connections count as different clients");
    }
    match left(&clients.forged) {
        Some(forged) if forged != own => {
            return fault(Trouble::ForgedAddress, "the program believes an X-Forwarded-For that a visitor sends");
        }
        Some(_) => {}
        None => return not_tried(format!("a request with X-Forwarded-For: {}", described(&clients.forged))),
    }
    match clients.other.as_ref().map(left) {
        Some(Some(other)) if other == own => {
            fault(Trouble::SharedAddress, "requests from two addresses count as one client")
        }
        Some(Some(_)) => ok("told apart; a forged X-Forwarded-For is not believed"),
        Some(None) | None => not_tried(
            "this machine has one address for the site, so whether visitors are told apart does not show; a forged \
             X-Forwarded-For is not believed",
        ),
    }
}

/// Whether metrics are closed to visitors.
pub(super) fn metrics(answers: &[Exchange]) -> Judgement {
    let open = |got: &Exchange| {
        got.as_ref().is_ok_and(|answer| answer.status == 200 && answer.text().contains("onetimeshare_"))
    };
    if answers.iter().any(open) {
        return fault(Trouble::Metrics, "/metrics shows the metrics to everybody");
    }
    ok("/metrics shows nothing")
}
