use super::OUTBOX_TOKEN;
use service::MasterKey;
use std::{
    io,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Stdio,
};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, Lines},
    net::{TcpListener, TcpStream},
    process::{Child, ChildStderr, Command},
    task::JoinHandle,
};

/// The built server, running on a port of its own.
pub struct Process {
    pub address: SocketAddr,
    child: Child,
    /// What it writes to its log, once it has ended.
    log: JoinHandle<String>,
}

fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tenantry"));
    command.env_clear().kill_on_drop(true).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// The same for all processes of all tests.
pub fn secret_file() -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("tenantry.secret");
    // Whole or not at all, though another test may write it at the same moment.
    let draft = path.with_extension(std::process::id().to_string());
    std::fs::write(&draft, MasterKey::new([7; 32]).to_base64()).unwrap();
    std::fs::rename(&draft, &path).unwrap();
    path
}

async fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap()
}

impl Process {
    /// Starts a server, and returns when it listens.
    pub async fn start(database_url: &str, settings: &[(&str, &str)]) -> Self {
        // Somebody else may take the port before the server does.
        for _ in 0..5 {
            let address = free_address().await;
            let mut command = command();
            command.env("TENANTRY_BIND", address.to_string()).env("TENANTRY_DATABASE_URL", database_url);
            command.env("TENANTRY_OUTBOX_TOKEN", OUTBOX_TOKEN);
            if !database_url.starts_with("sqlite:") {
                command.env("TENANTRY_SECRET_FILE", secret_file());
            }
            let mut child = command.envs(settings.iter().copied()).spawn().unwrap();
            let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
            let mut log = String::new();
            while let Some(line) = lines.next_line().await.unwrap() {
                log.push_str(&line);
                log.push('\n');
                if line.contains("serving http") {
                    return Self { address, child, log: tokio::spawn(follow(lines, log)) };
                }
            }
            child.wait().await.unwrap();
            assert!(log.contains("cannot listen on"), "the server does not start: {log}");
        }
        panic!("no port is free");
    }

    /// `kill -9`.
    pub async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }

    /// SIGTERM; gives the exit code and the log.
    pub async fn stop(mut self) -> (Option<i32>, String) {
        let id = self.child.id().unwrap().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().await.unwrap().success());
        let status = self.child.wait().await.unwrap();
        (status.code(), self.log.await.unwrap())
    }
}

async fn follow(mut lines: Lines<BufReader<ChildStderr>>, mut log: String) -> String {
    while let Ok(Some(line)) = lines.next_line().await {
        log.push_str(&line);
        log.push('\n');
    }
    log
}

/// Runs a command of the binary to its end; gives the exit code, and what it wrote.
pub async fn run_to_end(arguments: &[&str], settings: &[(&str, &str)], folder: &Path) -> (i32, String) {
    let output = command().args(arguments).envs(settings.iter().copied()).current_dir(folder).output().await.unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8(text).unwrap())
}

/// One request over a connection of its own; gives the status, and the whole of the answer.
pub async fn send(to: SocketAddr, line: &str, session: &str, body: &str) -> io::Result<(u16, String)> {
    let length = body.len();
    let request = format!(
        "{line} HTTP/1.1\r\nHost: {to}\r\nConnection: close\r\nAccept: application/json\r\nCookie: {session}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    let mut connection = TcpStream::connect(to).await?;
    connection.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    connection.read_to_end(&mut answer).await?;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok());
    Ok((status.ok_or(io::ErrorKind::UnexpectedEof)?, answer))
}
