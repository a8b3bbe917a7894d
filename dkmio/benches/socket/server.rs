//! A server on the loopback that answers each request alike: HTTP/1.1 with connections that stay open, a thread for each.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

/// Prints its port, and serves until it is killed.
pub fn serve(answer: &str) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    println!("{}", listener.local_addr().expect("an address").port());
    let answer: Arc<[u8]> = with_head(answer.as_bytes()).into();
    for stream in listener.incoming() {
        let (stream, answer) = (stream.expect("a connection"), answer.clone());
        std::thread::spawn(move || answer_each(stream, &answer));
    }
}

fn with_head(body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 200 OK\r\nserver: Server\r\ncontent-type: application/x-amz-json-1.0\r\ncontent-length: {}\r\n\
         x-amzn-requestid: RDEXAMPLE\r\nx-amz-crc32: {}\r\n\r\n",
        body.len(),
        crc32(body)
    );
    [head.as_bytes(), body].concat()
}

fn crc32(bytes: &[u8]) -> u32 {
    let of_bit = |crc: u32| (crc >> 1) ^ (0xEDB8_8320 * (crc & 1));
    let of_byte = |crc: u32, byte: &u8| (0..8).fold(crc ^ u32::from(*byte), |crc, _| of_bit(crc));
    !bytes.iter().fold(u32::MAX, of_byte)
}

fn answer_each(mut stream: TcpStream, answer: &[u8]) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let (mut received, mut chunk) = (Vec::new(), [0; 16_384]);
    loop {
        while let Some(length) = request_length(&received) {
            received.drain(..length);
            stream.write_all(answer)?;
        }
        match stream.read(&mut chunk)? {
            0 => return Ok(()),
            count => received.extend_from_slice(&chunk[..count]),
        }
    }
}

/// Returns the length of the first request, if all of it came.
fn request_length(received: &[u8]) -> Option<usize> {
    let end = received.windows(4).position(|bytes| bytes == b"\r\n\r\n")? + 4;
    let head = std::str::from_utf8(&received[..end]).ok()?;
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim().parse::<usize>().ok())?
    });
    let length = end + length.unwrap_or(0);
    (received.len() >= length).then_some(length)
}
