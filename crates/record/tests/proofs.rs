//! The tree's proofs against RFC 6962's own values, against all small trees, and against corruption.

use zhiheng_record::verify::{
    Checkpoint, CompactRange, EMPTY_ROOT, Hash, Nodes, NotProved, Note, VerifierKey, consistency_proof,
    inclusion_proof, leaf_hash, node_hash, root_of, to_hex, verify_consistency, verify_inclusion,
};

/// A whole tree, level by level.
struct Tree(Vec<Vec<Hash>>);

impl Tree {
    fn of(leaves: Vec<Hash>) -> Tree {
        let mut levels = vec![leaves];
        while levels[levels.len() - 1].len() > 1 {
            let below = &levels[levels.len() - 1];
            levels.push(below.chunks_exact(2).map(|pair| node_hash(&pair[0], &pair[1])).collect());
        }
        Tree(levels)
    }

    fn numbered(count: u64) -> Tree {
        Tree::of((0..count).map(|n| leaf_hash(&n.to_be_bytes())).collect())
    }
}

impl Nodes for Tree {
    fn node(&self, height: u32, index: u64) -> Option<Hash> {
        self.0.get(height as usize)?.get(index as usize).copied()
    }
}

/// The recursive definition of RFC 6962, section 2.1.
fn definition(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => EMPTY_ROOT,
        [leaf] => *leaf,
        _ => {
            let split = leaves.len().next_power_of_two() / 2;
            node_hash(&definition(&leaves[..split]), &definition(&leaves[split..]))
        }
    }
}

#[test]
fn roots_are_those_of_the_reference_implementation() {
    let leaves: [&[u8]; 8] = [b"", &[0], &[0x10], b" !", b"01", b"@ABC", b"PQRSTUVW", b"`abcdefghijklmno"];
    let roots = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];
    let mut range = CompactRange::new();
    for (size, root) in roots.iter().enumerate() {
        let hashes: Vec<Hash> = leaves[..size].iter().map(|leaf| leaf_hash(leaf)).collect();
        assert_eq!(to_hex(&range.root()), *root, "{size}");
        assert_eq!(root_of(&Tree::of(hashes), size as u64).map(|hash| to_hex(&hash)).as_deref(), Some(*root));
        if let Some(leaf) = leaves.get(size) {
            range.push(leaf_hash(leaf));
        }
    }
}

#[test]
fn every_pair_of_small_trees_is_proved_and_no_neighbour_is() {
    const MOST: u64 = 300;
    let tree = Tree::numbered(MOST);
    let roots: Vec<Hash> = (0..=MOST).map(|size| root_of(&tree, size).expect("a root")).collect();
    for size in 0..=MOST {
        assert_eq!(roots[size as usize], definition(&tree.0[0][..size as usize]), "{size}");
        for index in 0..size {
            let proof = inclusion_proof(&tree, index, size).expect("a proof");
            let leaf = &tree.0[0][index as usize];
            assert!(proof.len() <= 9);
            assert_eq!(verify_inclusion(index, size, leaf, &proof, &roots[size as usize]), Ok(()));
            for other in [index.wrapping_sub(1), index + 1] {
                assert!(verify_inclusion(other, size, leaf, &proof, &roots[size as usize]).is_err());
            }
        }
        for old in 0..=size {
            let proof = consistency_proof(&tree, old, size).expect("a proof");
            let (first, second) = (&roots[old as usize], &roots[size as usize]);
            assert_eq!(verify_consistency(old, size, &proof, first, second), Ok(()), "{old} {size}");
            if old > 0 && old < size {
                assert!(verify_consistency(old - 1, size, &proof, first, second).is_err(), "{old} {size}");
                assert!(verify_consistency(old, size, &proof, second, first).is_err(), "{old} {size}");
            }
        }
    }
}

#[test]
fn one_changed_bit_is_seen() {
    let tree = Tree::numbered(200);
    for (index, size) in [(0, 1), (0, 2), (5, 7), (63, 64), (64, 65), (130, 200), (199, 200)] {
        let root = root_of(&tree, size).expect("a root");
        let leaf = tree.0[0][index as usize];
        let proof = inclusion_proof(&tree, index, size).expect("a proof");
        for bit in 0..256 {
            let flip = |hash: &mut Hash| hash[bit / 8] ^= 1 << (bit % 8);
            for step in 0..proof.len() {
                let mut wrong = proof.clone();
                flip(&mut wrong[step]);
                assert_eq!(verify_inclusion(index, size, &leaf, &wrong, &root), Err(NotProved::Root));
            }
            let (mut other_leaf, mut other_root) = (leaf, root);
            flip(&mut other_leaf);
            flip(&mut other_root);
            assert!(verify_inclusion(index, size, &other_leaf, &proof, &root).is_err());
            assert!(verify_inclusion(index, size, &leaf, &proof, &other_root).is_err());
        }
        if size > 2 {
            let old = size - 2;
            let (old_root, proof) =
                (root_of(&tree, old).expect("a root"), consistency_proof(&tree, old, size));
            let proof = proof.expect("a proof");
            for step in 0..proof.len() {
                for bit in 0..256 {
                    let mut wrong = proof.clone();
                    wrong[step][bit / 8] ^= 1 << (bit % 8);
                    assert!(verify_consistency(old, size, &wrong, &old_root, &root).is_err());
                }
            }
        }
    }
}

#[test]
fn hostile_proofs_are_not_proved_and_do_no_harm() {
    let tree = Tree::numbered(10);
    let root = root_of(&tree, 10).expect("a root");
    let leaf = tree.0[0][3];
    let proof = inclusion_proof(&tree, 3, 10).expect("a proof");
    let refused = |index, size, proof: &[Hash]| verify_inclusion(index, size, &leaf, proof, &root).is_err();
    let mut longer = proof.clone();
    longer.push([0; 32]);
    assert!(refused(3, 10, &longer));
    longer.insert(0, EMPTY_ROOT);
    assert!(refused(3, 10, &longer));
    assert!(refused(3, 10, &proof[..proof.len() - 1]));
    assert!(refused(3, 10, &[]));
    for (index, size) in [
        (0, 0),
        (3, 0),
        (3, 3),
        (10, 10),
        (u64::MAX, 10),
        (3, u64::MAX),
        (u64::MAX - 1, u64::MAX),
        (u64::MAX, 0),
    ] {
        assert!(refused(index, size, &proof), "{index} {size}");
        assert!(refused(index, size, &vec![leaf; 70]), "{index} {size}");
    }
    for (old, new) in [(11, 10), (u64::MAX, 10), (10, u64::MAX), (1 << 63, u64::MAX), (0, 5), (5, 5)] {
        for length in [1, 2, 64, 70] {
            assert!(verify_consistency(old, new, &vec![root; length], &root, &leaf).is_err(), "{old} {new}");
        }
    }
    assert_eq!(verify_consistency(10, 10, &[], &root, &root), Ok(()));
    assert_eq!(verify_consistency(0, 10, &[], &EMPTY_ROOT, &root), Ok(()));
    assert!(verify_consistency(0, 10, &[], &root, &root).is_err());
}

#[test]
fn checkpoints_and_notes_of_another_form_are_refused() {
    let root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
    let good = format!("example.com/log\n15\n{root}\n");
    let read = Checkpoint::parse(&good).expect("a checkpoint");
    assert_eq!((read.origin.as_str(), read.size, read.text()), ("example.com/log", 15, good.clone()));
    for bad in [
        format!("example.com/log\n015\n{root}\n"),
        format!("example.com/log\n+15\n{root}\n"),
        format!("example.com/log\n-1\n{root}\n"),
        format!("example.com/log\n18446744073709551616\n{root}\n"),
        format!("example.com/log\n0\n{root}\n"),
        format!("example.com/log\n15\n{root}"),
        format!("example.com/log\n15\n{root}\n\n"),
        format!("\n15\n{root}\n"),
        "example.com/log\n15\nAAAA\n".to_owned(),
        "example.com/log\n15\n!!!!\n".to_owned(),
        "example.com/log\n15\n".to_owned(),
        String::new(),
    ] {
        assert!(Checkpoint::parse(&bad).is_err(), "{bad:?}");
    }
    // The example key and note of the signed-note specification of Go's module for notes.
    let key = VerifierKey::parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
        .expect("a key");
    let note = "If you think cryptography is the answer to your problem,\n\
                then you don't know what your problem is.\n\n\
                \u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    let parsed = Note::parse(note).expect("a note");
    assert_eq!(key.verify(&parsed), Ok(()));
    assert!(key.verify(&Note::parse(&note.replace("answer", "amswer")).expect("a note")).is_err());
    for place in 0..note.len() {
        let mut bytes = note.as_bytes().to_vec();
        bytes[place] ^= 1;
        let Ok(text) = String::from_utf8(bytes) else { continue };
        let verified = Note::parse(&text).and_then(|note| key.verify(&note));
        assert!(verified.is_err(), "{place}: {text}");
    }
    assert!(
        VerifierKey::parse("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").is_err()
    );
    for text in
        ["", "a", "\n\n", "text\n\n", "text\n\n\u{2014} \n", "text\n\n- x AAAA\n", "text\n\n\u{2014} x y"]
    {
        assert!(Note::parse(text).is_err(), "{text:?}");
    }
}
