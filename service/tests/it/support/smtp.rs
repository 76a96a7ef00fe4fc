use std::sync::{Arc, Mutex};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// How the server takes a letter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Answer {
    #[default]
    Keep,
    Refuse,
    /// There is no such mailbox.
    NoMailbox,
    /// What it says to the recipient.
    Code(&'static str),
    /// The letter has arrived, but its sender never learns of it.
    KeepAndHangUp,
}

/// A mail server that speaks as much SMTP as it takes to receive a letter, or to refuse it.
#[derive(Clone, Default)]
pub struct SmtpServer {
    pub url: String,
    answer: Arc<Mutex<Answer>>,
    letters: Arc<Mutex<Vec<String>>>,
}

impl SmtpServer {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self { url: format!("smtp://{}", listener.local_addr().unwrap()), ..Self::default() };
        let accepting = server.clone();
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                let server = accepting.clone();
                // A client that hangs up has said enough.
                tokio::spawn(async move { server.serve(connection).await.ok() });
            }
        });
        server
    }

    pub fn answer(&self, answer: Answer) {
        *self.answer.lock().unwrap() = answer;
    }

    /// The letters as their reader has them, headers and all: quoted-printable is undone.
    pub fn letters(&self) -> Vec<String> {
        let read = |letter: &String| {
            let (headers, body) = letter.split_once("\n\n").unwrap();
            format!("{headers}\n\n{}", body.replace("=\n", "").replace("=3D", "="))
        };
        self.letters.lock().unwrap().iter().map(read).collect()
    }

    fn answers(&self, answer: Answer) -> bool {
        *self.answer.lock().unwrap() == answer
    }

    fn code(&self) -> Option<&'static str> {
        match *self.answer.lock().unwrap() {
            Answer::Code(code) => Some(code),
            _ => None,
        }
    }

    async fn serve(self, connection: TcpStream) -> std::io::Result<()> {
        let (reader, mut writer) = connection.into_split();
        let mut lines = BufReader::new(reader).lines();
        writer.write_all(b"220 tests\r\n").await?;
        let mut letter: Option<String> = None;
        while let Some(line) = lines.next_line().await? {
            let answer = match (&mut letter, line.as_str()) {
                (Some(_), ".") => {
                    let letter = letter.take().unwrap_or_default();
                    let answer = *self.answer.lock().unwrap();
                    if answer != Answer::Refuse {
                        self.letters.lock().unwrap().push(letter);
                    }
                    match answer {
                        Answer::Keep => "250 kept\r\n",
                        Answer::Refuse | Answer::NoMailbox | Answer::Code(_) => "451 not now\r\n",
                        Answer::KeepAndHangUp => return Ok(()),
                    }
                }
                (Some(letter), line) => {
                    letter.push_str(line.strip_prefix('.').unwrap_or(line));
                    letter.push('\n');
                    continue;
                }
                (None, line) if line.starts_with("RCPT") && self.answers(Answer::NoMailbox) => "550 5.1.1 nobody\r\n",
                (None, line) if line.starts_with("RCPT") && self.code().is_some() => {
                    writer.write_all(format!("{}\r\n", self.code().unwrap_or_default()).as_bytes()).await?;
                    continue;
                }
                (None, "DATA") => {
                    letter = Some(String::new());
                    "354 go on\r\n"
                }
                (None, "QUIT") => "221 bye\r\n",
                (None, _) => "250 well\r\n",
            };
            writer.write_all(answer.as_bytes()).await?;
        }
        Ok(())
    }
}
