//! The ledger as files: whoever has the tiles alone comes to the root that is signed.

use base64::Engine as _;
use sha2::{Digest as _, Sha256};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::figures::sampled;
use crate::world::World;

type Hash = [u8; 32];

/// RFC 6962, 2.1: the hash of an inner node.
fn node(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// RFC 6962, 2.1: the root over hashes of leaves, split at the largest power of two below their number.
fn root(leaves: &[Hash]) -> Hash {
    if let [leaf] = leaves {
        return *leaf;
    }
    let split = leaves.len().next_power_of_two() / 2;
    let (left, right) = leaves.split_at(split);
    node(&root(left), &root(right))
}

/// Head and bytes of an answer.
async fn fetch(world: &World, path: &str) -> (String, Vec<u8>) {
    let address = world.public().address;
    let mut stream = tokio::net::TcpStream::connect(address).await.expect("a connection");
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.expect("sent");
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.expect("read");
    let at = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
    (String::from_utf8_lossy(&bytes[..at]).to_lowercase(), bytes[at + 4..].to_vec())
}

fn hashes(bytes: &[u8]) -> Vec<Hash> {
    assert_eq!(bytes.len() % 32, 0);
    bytes.chunks(32).map(|hash| hash.try_into().expect("32 bytes")).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_root_follows_from_the_tiles_alone() {
    let world = World::new().await;
    sampled(&world, "621122", 700, 3).await;
    let (head, note) = fetch(&world, "/ledger/checkpoint").await;
    assert!(head.contains("cache-control: no-cache") && head.contains("text/plain"), "{head}");
    let note = String::from_utf8(note).expect("text");
    let mut lines = note.lines();
    assert_eq!(lines.next(), Some("test.example/quality"));
    let size: usize = lines.next().expect("a size").parse().expect("a number");
    let signed =
        base64::engine::general_purpose::STANDARD.decode(lines.next().expect("a root")).expect("base64");
    assert_eq!(size as u64, world.ledger.size().await.expect("a size"));
    assert!((513..768).contains(&size), "two full tiles and a part: {size}");

    let mut leaves = Vec::new();
    for n in 0..size / 256 {
        let (head, bytes) = fetch(&world, &format!("/ledger/tile/0/{n:03}")).await;
        assert!(head.contains("immutable") && head.contains("max-age=31536000"), "{head}");
        assert_eq!(bytes.len(), 256 * 32);
        leaves.extend(hashes(&bytes));
    }
    let rest = size % 256;
    let (head, bytes) = fetch(&world, &format!("/ledger/tile/0/{:03}.p/{rest}", size / 256)).await;
    assert!(head.starts_with("http/1.1 200"), "{head}");
    leaves.extend(hashes(&bytes));
    assert_eq!(leaves.len(), size);
    assert_eq!(root(&leaves).to_vec(), signed);

    // Level 1 holds the roots of the full tiles below, and the proof of an entry is in the same tree.
    let (_, bytes) = fetch(&world, "/ledger/tile/1/000.p/2").await;
    assert_eq!(hashes(&bytes), [root(&leaves[..256]), root(&leaves[256..512])]);
    let proof = world.public().get(&format!("/api/v1/ledger/entries/5/proof?size={size}")).await.json();
    let hex = |hash: &Hash| hash.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    assert_eq!(proof["data"]["leaf"], hex(&leaves[5]));
    assert_eq!(proof["data"]["root"], hex(&root(&leaves)));

    // A part is the beginning of what comes later, under its own address for ever.
    let (_, before) = fetch(&world, "/ledger/tile/0/002.p/9").await;
    sampled(&world, "621123", 300, 0).await;
    assert_eq!(fetch(&world, "/ledger/tile/0/002.p/9").await.1, before);
    let (_, whole) = fetch(&world, "/ledger/tile/0/002").await;
    assert_eq!(&whole[..before.len()], before);

    // Nothing else is there: no entries, no second address, nothing beyond the end.
    for path in [
        "/ledger/tile/entries/000",
        "/ledger/tile/0/x000/000",
        "/ledger/tile/0/0",
        "/ledger/tile/00/000",
        "/ledger/tile/0/000.p/256",
        "/ledger/tile/0/900",
        "/ledger/tile/1/000",
        "/ledger/tile/7/000.p/1",
        "/ledger/tile/63/000.p/1",
        "/ledger/tile/0/000.p/-1",
    ] {
        let (head, _) = fetch(&world, path).await;
        assert!(head.starts_with("http/1.1 404"), "{path}: {head}");
    }
    let (_, key) = fetch(&world, "/ledger/key").await;
    assert_eq!(String::from_utf8(key).expect("text").trim(), world.ledger.key().to_string());
}
