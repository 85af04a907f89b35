//! Bytes of unknown encoding → UTF-8 bytes, decided on the way.
//!
//! A byte order mark decides at once. Without one the text is passed through as long as it is ASCII; at the
//! first other byte a window is looked at: UTF-8 if it is valid UTF-8, else GB 18030 (what Chinese
//! spreadsheets write by default) if it is valid GB 18030, else UTF-8, whose broken rows are then refused one
//! by one.

use std::io::{self, Read};

use encoding_rs::{Encoding, GB18030, UTF_16BE, UTF_16LE};

/// Bytes after the first non-ASCII one that are looked at.
const WINDOW: usize = 16 << 10;
const CHUNK: usize = 64 << 10;
/// Valid multi-byte sequences that make a text UTF-8 even if it breaks later.
const TRUSTED: usize = 8;

enum Mode {
    Undecided,
    Utf8,
    Other(Box<encoding_rs::Decoder>),
}

/// A reader that gives UTF-8 (not necessarily valid, if the file is not).
pub(super) struct Decoder<R> {
    inner: R,
    mode: Mode,
    name: Option<&'static str>,
    raw: Vec<u8>,
    at: usize,
    ended: bool,
    out: Vec<u8>,
    out_at: usize,
    consumed: u64,
}

impl<R: Read> Decoder<R> {
    pub(super) fn new(inner: R) -> io::Result<Decoder<R>> {
        let mut decoder = Decoder {
            inner,
            mode: Mode::Undecided,
            name: None,
            raw: Vec::with_capacity(CHUNK),
            at: 0,
            ended: false,
            out: Vec::new(),
            out_at: 0,
            consumed: 0,
        };
        decoder.fill(4)?;
        if let Some((encoding, length)) = Encoding::for_bom(&decoder.raw) {
            decoder.at = length;
            decoder.decide(encoding);
        }
        Ok(decoder)
    }

    /// The encoding, once anything but ASCII has been seen or a byte order mark was there.
    pub(super) fn encoding(&self) -> Option<&'static str> {
        self.name
    }

    /// Bytes taken from the source.
    pub(super) fn consumed(&self) -> u64 {
        self.consumed
    }

    fn decide(&mut self, encoding: &'static Encoding) {
        self.name = Some(match encoding.name() {
            "gb18030" => "GB18030",
            name => name,
        });
        self.mode = if encoding == GB18030 || encoding == UTF_16LE || encoding == UTF_16BE {
            Mode::Other(Box::new(encoding.new_decoder_without_bom_handling()))
        } else {
            Mode::Utf8
        };
    }

    /// Reads until at least `wanted` unread bytes are there or the source ends.
    fn fill(&mut self, wanted: usize) -> io::Result<()> {
        if self.at > 0 {
            self.raw.drain(..self.at);
            self.at = 0;
        }
        while self.raw.len() < wanted && !self.ended {
            let before = self.raw.len();
            self.raw.resize(before + CHUNK, 0);
            let got = loop {
                match self.inner.read(&mut self.raw[before..]) {
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    other => break other,
                }
            };
            let got = match got {
                Ok(got) => got,
                Err(error) => {
                    self.raw.truncate(before);
                    return Err(error);
                }
            };
            self.raw.truncate(before + got);
            self.consumed += got as u64;
            self.ended = got == 0;
        }
        Ok(())
    }

    fn look(&mut self) -> io::Result<()> {
        self.fill(WINDOW)?;
        let text = &self.raw[..];
        let encoding = match std::str::from_utf8(text) {
            Ok(_) => encoding_rs::UTF_8,
            // Cut in the middle of a character.
            Err(error) if error.error_len().is_none() && !self.ended => encoding_rs::UTF_8,
            Err(error) => {
                let good = &text[..error.valid_up_to()];
                let leads = good.iter().filter(|&&byte| byte >= 0xc0).count();
                if leads >= TRUSTED || !is_gb18030(text, self.ended) { encoding_rs::UTF_8 } else { GB18030 }
            }
        };
        self.decide(encoding);
        Ok(())
    }

    fn pass(&mut self, out: &mut [u8], most: usize) -> usize {
        let count = most.min(out.len());
        out[..count].copy_from_slice(&self.raw[self.at..self.at + count]);
        self.at += count;
        count
    }
}

fn is_gb18030(bytes: &[u8], last: bool) -> bool {
    let mut decoder = GB18030.new_decoder_without_bom_handling();
    let mut scratch = [0_u8; 4096];
    let mut at = 0;
    loop {
        let (result, read, _) = decoder.decode_to_utf8_without_replacement(&bytes[at..], &mut scratch, last);
        at += read;
        match result {
            encoding_rs::DecoderResult::InputEmpty => return true,
            encoding_rs::DecoderResult::OutputFull => {}
            encoding_rs::DecoderResult::Malformed(..) => return false,
        }
    }
}

impl<R: Read> Read for Decoder<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if out.is_empty() {
            return Ok(0);
        }
        loop {
            if self.out_at < self.out.len() {
                let count = (self.out.len() - self.out_at).min(out.len());
                out[..count].copy_from_slice(&self.out[self.out_at..self.out_at + count]);
                self.out_at += count;
                return Ok(count);
            }
            if matches!(self.mode, Mode::Undecided) {
                self.fill(1)?;
                let ascii = self.raw[self.at..].iter().position(|byte| *byte >= 0x80);
                match ascii {
                    Some(0) => {
                        self.look()?;
                        continue;
                    }
                    Some(most) => return Ok(self.pass(out, most)),
                    None if self.raw.is_empty() => return Ok(0),
                    None => return Ok(self.pass(out, self.raw.len() - self.at)),
                }
            }
            if matches!(self.mode, Mode::Utf8) && self.at < self.raw.len() {
                return Ok(self.pass(out, self.raw.len() - self.at));
            }
            if let Mode::Utf8 = self.mode {
                let got = self.inner.read(out)?;
                self.consumed += got as u64;
                return Ok(got);
            }
            if self.at == self.raw.len() {
                self.fill(1)?;
            }
            let Mode::Other(decoder) = &mut self.mode else { return Ok(0) };
            let last = self.ended;
            let raw = &self.raw[self.at..];
            let room = decoder.max_utf8_buffer_length(raw.len()).unwrap_or(CHUNK * 4);
            self.out.clear();
            self.out.resize(room, 0);
            let (_, read, written, _) = decoder.decode_to_utf8(raw, &mut self.out, last);
            self.out.truncate(written);
            self.out_at = 0;
            self.at += read;
            if last && self.at == self.raw.len() {
                // The decoder has finished and must not be asked again; what is left to read is nothing.
                self.mode = Mode::Utf8;
                if written == 0 {
                    return Ok(0);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> (String, Option<&'static str>) {
        let mut decoder = Decoder::new(bytes).unwrap();
        let mut out = Vec::new();
        decoder.read_to_end(&mut out).unwrap();
        (String::from_utf8(out).unwrap(), decoder.encoding())
    }

    #[test]
    fn five_encodings_give_one_text() {
        // The last character has four bytes in GB 18030.
        let text = "企业名称,地址\n定西𠮷野家㐱,陇西县\n".repeat(4000);
        let utf16 = |big: bool| -> Vec<u8> {
            let order = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
            std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(order).collect()
        };
        let with_mark = [b"\xef\xbb\xbf", text.as_bytes()].concat();
        for (bytes, name) in [
            (text.as_bytes().to_vec(), "UTF-8"),
            (with_mark, "UTF-8"),
            (GB18030.encode(&text).0.into_owned(), "GB18030"),
            (utf16(false), "UTF-16LE"),
            (utf16(true), "UTF-16BE"),
        ] {
            let (read, encoding) = decoded(&bytes);
            assert!(read == text, "{name}");
            assert_eq!(encoding, Some(name));
        }
    }

    #[test]
    fn late_chinese_is_recognised_after_much_ascii() {
        let text = format!("{}陇西县\n", "plain,row\n".repeat(20_000));
        let (bytes, _, _) = GB18030.encode(&text);
        assert_eq!(decoded(&bytes), (text, Some("GB18030")));
        assert_eq!(decoded(b"only ascii").1, None);
        assert_eq!(decoded(b"").0, "");
    }

    #[test]
    fn one_broken_byte_does_not_turn_utf8_into_gb18030() {
        let mut bytes = "定西市陇西县渭源县临洮县".as_bytes().to_vec();
        bytes.extend_from_slice(b"\xd6\xd0");
        let mut decoder = Decoder::new(&bytes[..]).unwrap();
        let mut out = Vec::new();
        decoder.read_to_end(&mut out).unwrap();
        assert_eq!(decoder.encoding(), Some("UTF-8"));
        assert_eq!(out, bytes);
    }
}
