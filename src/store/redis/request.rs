//! Encoding of Redis commands by the client library.

use ::redis::Cmd;

/// Encoded commands. One `Cmd` holds the arguments of each in turn, so that its buffers grow once; the library's `Pipeline`
/// allocates two for each command.
pub(super) struct Request {
    command: Cmd,
    bytes: Vec<u8>,
}

impl Request {
    /// Allocates a buffer of `bytes`.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self { command: Cmd::with_capacity(16, 1024), bytes: Vec::with_capacity(bytes) }
    }

    /// Begins a command. The caller adds its arguments.
    pub(super) fn cmd(&mut self, name: &str) -> &mut Cmd {
        self.end();
        self.command.arg(name)
    }

    /// Encodes the current command.
    fn end(&mut self) {
        if self.command.args_iter().len() > 0 {
            self.command.write_packed_command(&mut self.bytes);
            self.command.clear();
        }
    }

    /// Returns the encoded commands.
    pub(super) fn into_bytes(mut self) -> Vec<u8> {
        self.end();
        self.bytes
    }
}
